import AidModel
import AidPipeline
import ArgumentParser

struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "写出办法的空白申请表。Write the blank application workbook of a policy.")

  @Argument(help: "办法文件，或自带办法的编号、项目名。A policy file, or the id or programme of a shipped one.")
  var subject: String
  @Option(name: .shortAndLong, help: "写到哪里（默认 项目名.xlsx）。Where to (default PROGRAMME.xlsx).")
  var out: String?
  @Flag(help: "覆盖已有的文件。Replace an existing file.")
  var force = false
  @Option(help: "模板文件夹。Template folder.")
  var templates: String?
  @Option(help: "zh | en")
  var lang: Language = .zh

  func validate() throws {
    try Named.refuseEmpty([("subject", subject), ("--out", out), ("--templates", templates)])
  }

  func run() throws {
    var request = BlankWorkbook.Request(subject: subject)
    request.out = out
    request.replaces = force
    request.templates = templates
    request.language = lang
    let ready = request
    Console.result(
      try Console.refusing(lang) { () throws(PipelineFailure) in try BlankWorkbook.write(ready) })
  }
}
