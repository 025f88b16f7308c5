public import AidModel
import AidPipeline
public import ArgumentParser
import Glibc

enum ProgressChoice: String, ExpressibleByArgument, CaseIterable { case auto, never }
enum TextFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

extension Language: ExpressibleByArgument {}

/// Passwords for protected workbooks, from a file: on a command line other users could read them.
struct PasswordOption: ParsableArguments {
  @Option(help: "工作簿的打开密码，文本文件，每行一个。File of passwords to try on workbooks, one a line.")
  var passwordFile: String?

  /// Prints any warning on standard error.
  func read(_ language: Language) throws -> PasswordFile.Passwords {
    guard let passwordFile else { return PasswordFile.none }
    let (passwords, warning) = try Console.refusing(language) { () throws(PipelineFailure) in
      try PasswordFile.read(passwordFile)
    }
    if let warning { Console.aside(warning.text(language)) }
    return passwords
  }
}

/// Options that name a file or folder.
enum Named {
  /// An empty name is a mistake (`--store "$STORE"`), and as a path would mean the current folder.
  static func refuseEmpty(_ options: [(name: String, value: String?)]) throws {
    for option in options where option.value?.isEmpty == true {
      throw ValidationError("\(option.name)：路径是空的。\(option.name): the path is empty.")
    }
  }
}

/// Options of every command.
struct CommonOptions: ParsableArguments {
  @Option(help: "输出文件夹（默认 BATCH/out）。Output folder.")
  var out: String?
  @Option(help: "已发记录库（默认 BATCH/../aidledger.sqlite）。Store of posted batches.")
  var store: String?
  @Option(help: "模板文件夹。Template folder.")
  var templates: String?
  @Option(help: "zh | en")
  var lang: Language = .zh
  @Option(help: "标准输出的格式 text | json。Format of standard output.")
  var format: TextFormat = .text
  @Option(help: "auto | never")
  var progress: ProgressChoice = .auto
  @Option(
    help: "用几个线程（默认处理器数）：读名单、检查、计算、写出都用。Threads for reading, checking, assessing and writing.")
  var threads: Int?
  @Option(help: "scanner | libxml2：工作簿的行由谁读，结果相同。Who reads the rows of workbooks; the result is the same.")
  var reader: ReaderChoice = .scanner
  @OptionGroup var password: PasswordOption
  @Flag(help: .hidden)
  var reversedDiscovery = false

  func validate() throws {
    if let threads, !(1...64).contains(threads) {
      throw ValidationError("--threads: 1…64")
    }
    try Named.refuseEmpty([("--out", out), ("--store", store), ("--templates", templates)])
  }

  func request(_ batch: String) throws -> RunRequest {
    var request = RunRequest(folder: batch)
    if let out { request.out = out }
    if let store { request.store = store }
    request.templates = templates
    request.language = lang
    request.threads = threads ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    request.reversedDiscovery = reversedDiscovery
    request.usesLibxml2Only = reader == .libxml2
    request.passwords = try password.read(lang)
    if progress == .auto, isatty(2) == 1 {
      request.progress = { Console.put(Array(("\r" + $0 + " ").utf8), on: 2) }
    }
    return request
  }
}
