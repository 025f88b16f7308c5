import AidModel
import AidPipeline
import ArgumentParser

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "导入并核对，写 reports/。Import and check only.")

  @Argument(help: "批次文件夹。Batch folder.")
  var batch: String
  @OptionGroup var common: CommonOptions

  func run() throws {
    var request = try common.request(batch)
    request.depth = .validate
    try finish(request, common)
  }
}

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "导入、核对、计算、出台账。Import, check, calculate, export.")

  @Argument(help: "批次文件夹。Batch folder.")
  var batch: String
  @Flag(help: "只演算，不出台账、不入账。Everything but paying.")
  var dryRun = false
  @Flag(help: "有任何待处理的行就整批不发。Any held row refuses the whole run.")
  var strict = false
  @Flag(help: "在终端上不再询问。No question on a terminal before posting while rows wait.")
  var yes = false
  @OptionGroup var common: CommonOptions

  func run() throws {
    var request = try common.request(batch)
    request.depth = dryRun ? .rehearse : .post
    request.strict = strict
    if !yes {
      let language = common.lang
      request.confirm = { Streams.answer($0.text(language)) ?? true }
    }
    try finish(request, common)
  }
}

private func finish(_ request: RunRequest, _ common: CommonOptions) throws {
  let result = try Console.refusing(common.lang) { () throws(PipelineFailure) in try BatchRun.run(request) }
  // A posting remains valid even if its summary cannot be printed.
  let text =
    common.format == .json ? RunSummary.json(result) : RunSummary.text(result, language: common.lang)
  if result.report.stage == .posted {
    Console.offer(
      text, as: common.format,
      otherwise: Bilingual(
        "批次 \(result.report.batch) 已经入账；摘要写不到标准输出，见 \(result.out)/reports/summary.html",
        "batch \(result.report.batch) is posted; its summary cannot be written to standard output, see "
          + "\(result.out)/reports/summary.html"
      ).text(common.lang))
  } else {
    Console.result(text, as: common.format)
  }
  for remaining in result.remaining { Console.aside(remaining.text(common.lang)) }
  for stop in result.report.stops { Console.aside(stop.text) }
  if result.exitStatus != 0 { throw ExitStatus(status: result.exitStatus) }
}

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "一笔补助怎样得来。How one award came about.")

  @Argument(help: "批次文件夹。Batch folder.")
  var batch: String
  @Option(help: "工号。Staff number.")
  var staffNo: String?
  @Option(help: "记录号。Record id.")
  var record: String?
  @Option(
    help: "姓名，与名单里写的一字不差；同名的按单位列出。The name as the list has it; namesakes are listed by unit.")
  var name: String?
  @Option(help: "项目。Programme.")
  var programme: String?
  @Flag(help: "不改变金额的步骤也列出。Steps that change nothing too.")
  var all = false
  @Option(
    help:
      "把给本人的通知书写到这个文件（每笔一页 A4）；只覆盖以前的通知书。Write the letter the member gets; only an earlier letter is replaced."
  )
  var letter: String?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if [staffNo, record, name].count(where: { $0 != nil }) != 1 {
      throw ValidationError(
        "请给出 --staff-no、--record、--name 之一。Give one of --staff-no, --record and --name.")
    }
    try Named.refuseEmpty([("--letter", letter)])
  }

  func run() throws {
    let request = try common.request(batch)
    let found = try Console.refusing(common.lang) { () throws(PipelineFailure) in
      try Explaining.find(
        request,
        Explaining.Question(staffNo: staffNo, record: record, name: name, programme: programme))
    }
    if let letter {
      let written = try Console.refusing(common.lang) { () throws(PipelineFailure) in
        try LetterFile.write(found, of: request, to: letter)
      }
      Console.aside(written)
    }
    Console.result(common.format, text: found.text(all: all), json: found.json)
  }
}

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "由原始输入重算已入账批次并逐项核对。Recompute a posted batch and compare.")

  @Argument(help: "批次文件夹。Batch folder.")
  var batch: String
  @OptionGroup var common: CommonOptions

  func run() throws {
    let request = try common.request(batch)
    let outcome = try Console.refusing(common.lang) { () throws(PipelineFailure) in
      try Verification.verify(request)
    }
    Console.result(common.format, text: outcome.text, json: outcome.json)
    if !outcome.isSound { throw ExitStatus(status: 2) }
  }
}
