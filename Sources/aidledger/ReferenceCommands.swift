import AidModel
import AidPipeline
import ArgumentParser

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "新建批次文件夹。Lay out a new batch folder.")

  @Argument(help: "新文件夹。New folder.")
  var folder: String
  @OptionGroup var common: CommonOptions

  func run() throws {
    let text = try Console.refusing(common.lang) { () throws(PipelineFailure) in
      try NewBatch.lay(out: folder, templates: common.templates, language: common.lang)
    }
    Console.result(text)
  }
}

/// The reader for the rows of a workbook. Both give the same cells or the same failure.
enum ReaderChoice: String, ExpressibleByArgument, CaseIterable { case scanner, libxml2 }

enum InspectFormat: String, ExpressibleByArgument, CaseIterable { case csv, json }

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "看导入程序看到的内容。Show what the importer sees.")

  @Argument(help: "表格文件。A list.")
  var file: String
  @Option(help: "工作表名或序号。Sheet name or number.")
  var sheet: String?
  @Option(help: "csv | json")
  var format: InspectFormat = .csv
  @Flag(help: "逐格照原样输出。Every cell as stored.")
  var raw = false
  @Flag(help: "显示完整的证件号和卡号。Show personal numbers in full.")
  var unmasked = false
  @Option(help: "按哪份办法识别列。Read the columns of this policy.")
  var policy: String?
  @Option(help: "模板文件夹。Template folder.")
  var templates: String?
  @Option(help: "scanner | libxml2")
  var reader: ReaderChoice = .scanner
  @OptionGroup var password: PasswordOption
  @Option(help: "zh | en")
  var lang: Language = .zh

  func run() throws {
    var request = Inspection.Request(file: file)
    request.usesLibxml2Only = reader == .libxml2
    request.passwords = try password.read(lang)
    request.sheet = sheet
    request.json = format == .json
    request.raw = raw
    request.unmasked = unmasked
    request.policy = policy
    request.templates = templates
    request.language = lang
    let ready = request
    try Console.refusing(lang) { () throws(PipelineFailure) in try Inspection.show(ready) { Console.data($0) }
    }
  }
}

struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "办法文件。Policy files.", subcommands: [Check.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "检查办法文件并演算其中的例子。Check policy files and run their examples.")

    @Argument(help: "办法文件。Policy files.")
    var files: [String]
    @OptionGroup var common: CommonOptions

    func run() throws {
      let result = try Console.refusing(common.lang) { () throws(PipelineFailure) in
        try PolicyCheck.check(files, templates: common.templates, language: common.lang)
      }
      if common.format == .json || !result.text.isEmpty {
        Console.result(common.format, text: result.text, json: result.json)
      }
      if let failure = result.failure {
        Console.aside(failure.text(common.lang))
        throw ExitStatus(status: 2)
      }
    }
  }
}

struct FindingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "findings", abstract: "核对结果目录：含义、后果、例子、处理。The catalogue of findings.")

  @Argument(help: "代码，例如 ID-CHECKSUM。A code.")
  var code: String?
  @OptionGroup var common: CommonOptions

  func run() throws {
    guard let text = FindingsPage.text(code: code, language: common.lang, json: common.format == .json) else {
      Console.aside(
        Bilingual(
          "没有代码 \(code ?? "")\n  → 全部代码：aidledger findings",
          "no finding \(code ?? "")\n  → all codes: aidledger findings"
        )
        .text(common.lang))
      throw ExitStatus(status: 64)
    }
    Console.result(text)
  }
}

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "历次发放记录。Payments of earlier batches.",
    subcommands: [List.self, Import.self, Export.self, Check.self, Restore.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出已入账批次。Posted batches.")
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (text, json) = try Console.refusing(common.lang) { () throws(PipelineFailure) in
        try PaymentHistory.list(store: common.store ?? "aidledger.sqlite", language: common.lang)
      }
      Console.result(common.format, text: text, json: json)
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "import", abstract: "导入以往发放记录。")
    @Argument(help: "表格文件。Lists.")
    var files: [String]
    @OptionGroup var common: CommonOptions

    func run() throws {
      let passwords = try common.password.read(common.lang)
      let text = try Console.refusing(common.lang) { () throws(PipelineFailure) in
        try HistoryImport.run(
          files, store: common.store ?? "aidledger.sqlite", templates: common.templates, passwords: passwords,
          language: common.lang)
      }
      Console.result(text)
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "检查记录库是否完好。Check that the store is as it was left.")
    @Flag(help: "各笔记录完好、只是文件被别的程序改写过时，重新封存。Seal again a store whose entries are whole.")
    var accept = false
    @OptionGroup var common: CommonOptions

    func run() throws {
      let text = try Console.refusing(common.lang) { () throws(PipelineFailure) in
        try StoreCare.check(
          store: common.store ?? "aidledger.sqlite", accepts: accept, language: common.lang)
      }
      Console.result(text)
    }
  }

  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "从记录库原样重写一个已入账批次的结果。Write the results of a posted batch again.")
    @Argument(help: "批次号。The batch's name.")
    var batch: String
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if common.out == nil { throw ValidationError("请用 --out 给出文件夹。Name the folder with --out.") }
    }

    func run() throws {
      let text = try Console.refusing(common.lang) { () throws(PipelineFailure) in
        try StoreCare.restore(
          batch: batch, out: common.out ?? "", store: common.store ?? "aidledger.sqlite",
          language: common.lang)
      }
      Console.result(text)
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "export", abstract: "以 CSV 输出发放记录。")
    @OptionGroup var common: CommonOptions

    func run() throws {
      let bytes = try Console.refusing(common.lang) { () throws(PipelineFailure) in
        try PaymentHistory.export(store: common.store ?? "aidledger.sqlite", asJSON: common.format == .json)
      }
      Console.data(bytes)
    }
  }
}

/// For measurements: reads and counts every cell.
struct ReadAllCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "read-all", shouldDisplay: false)

  @Argument var files: [String]
  @Option var reader: ReaderChoice = .scanner
  @OptionGroup var password: PasswordOption

  func run() throws {
    let passwords = try password.read(.en)
    for file in files {
      let text = try Console.refusing(.en) { () throws(PipelineFailure) in
        try ReadingAll.count(file, usesLibxml2Only: reader == .libxml2, passwords: passwords)
      }
      Console.result(text)
    }
  }
}
