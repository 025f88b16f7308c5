import AidModel
import AidPipeline
import ArgumentParser

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "换办法试算：要多少钱、谁多谁少。What a batch would cost under other policies.")

  @Argument(help: "批次文件夹。Batch folder.")
  var batch: String
  @Option(parsing: .upToNextOption, help: "要比较的办法文件。Policy files to compare.")
  var policy: [String] = []
  @Option(help: "参数=从..到:步长，例如 deductible=10000..30000:5000。NAME=FROM..TO:STEP.")
  var sweep: [String] = []
  @Option(help: "另写一个网页。Write a page too.")
  var html: String?
  @Flag(help: "覆盖已有的网页文件。Replace an existing file.")
  var force = false
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if policy.isEmpty, sweep.isEmpty {
      throw ValidationError("请给出 --policy 或 --sweep。Give --policy or --sweep.")
    }
    try Named.refuseEmpty([("--html", html)])
  }

  func run() throws {
    let request = try common.request(batch)
    let language = common.lang
    let result = try Console.refusing(language) { () throws(PipelineFailure) in
      // Ask before the work, not after it.
      if let html {
        try Simulation.refuseToReplace(html, replaces: force) { Streams.answer($0.text(language)) }
      }
      let result = try Simulation.run(request, policies: policy, sweeps: sweep)
      if let html { try Simulation.write(result.html, to: html, request: request) }
      return result
    }
    Console.result(common.format, text: result.text, json: result.json)
  }
}

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "比较两次结果：谁新增、消失、变化，为什么。Who is new, gone, changed, and why.")

  @Argument(help: "批次文件夹、out 文件夹或台账。Batch folder, out folder or ledger.")
  var a: String
  @Argument(help: "与之比较的另一个。The other one.")
  var b: String
  @OptionGroup var common: CommonOptions

  func run() throws {
    let request = try common.request(a)
    let result = try Console.refusing(common.lang) { () throws(PipelineFailure) in
      try Differing.run(a, b, request: request, store: common.store)
    }
    Console.result(common.format, text: result.text, json: result.json)
  }
}
