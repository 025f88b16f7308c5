import AidModel
import ArgumentParser

/// Documented commands that do not exist yet: refused by name, with an alternative.
private func notYet(_ name: String, meanwhile: Bilingual) throws -> Never {
  Console.aside(
    Bilingual(
      "aidledger \(name) 尚不支持\n  → \(meanwhile.zh)",
      "aidledger \(name) is not supported yet\n  → \(meanwhile.en)"
    ).text(.zh))
  throw ExitStatus(status: 2)
}

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "review", abstract: "评审工作表（尚不支持）。")
  @Argument(parsing: .allUnrecognized) var rest: [String] = []
  func run() throws {
    try notYet(
      "review",
      meanwhile: Bilingual(
        "请用 reports/summary.html 评审，把金额写进 decisions 表。",
        "Review with reports/summary.html and write the amounts into a decisions list."))
  }
}

struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "reconcile", abstract: "核对银行回盘（尚不支持）。")
  @Argument(parsing: .allUnrecognized) var rest: [String] = []
  func run() throws {
    try notYet(
      "reconcile",
      meanwhile: Bilingual(
        "请人工按记录号核对回盘；退票、失败的各笔写成一份以往发放表（原批次、项目、工号、金额、原发放日期，状态写“退票”或“失败”），"
          + "用 aidledger history import 导入，它们就不再算作已领。",
        "Match the bank's return by record id by hand. Write what came back or failed as a history list (batch, "
          + "programme, staff number, amount and day as they were paid, status returned or failed) and take it in with "
          + "`aidledger history import`: it then no longer counts as paid."))
  }
}

struct ReissueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "reissue", abstract: "补发台账（尚不支持）。")
  @Argument(parsing: .allUnrecognized) var rest: [String] = []
  func run() throws {
    try notYet(
      "reissue",
      meanwhile: Bilingual(
        "请先查清哪几笔确实退回、没有到账，用 aidledger history import 导入退票记录（状态写“退票”）；没有这条记录，再次申请会按已发处理。",
        "Find out first which payments came back for certain, and take them in with `aidledger history import` (status "
          + "returned); without that a second application counts as paid already."))
  }
}
