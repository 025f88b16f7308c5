import AidModel
import AidPipeline
import Foundation
import Testing

/// What roster, history, decisions and earlier batches say about a list, and what becomes of their own faults.
@Suite struct BesideLists {
  static func rehearse(_ scratch: Scratch) throws -> RunResult {
    try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse))
  }

  static func beside(_ lines: String) -> [(file: String, from: String, to: String)] {
    [("batch.yaml", "applications:", lines + "\napplications:")]
  }

  @Test func anInvoiceIsPaidOnce() throws {
    let column = "\n  - {name: fapiao, type: text, heading: [发票号]}\nbenefits:"
    let scratch = try BadInput.scratch([
      ("p.yaml", "\nbenefits:", column),
      ("a.csv", BadInput.list, "工号,姓名,自付金额,发票号\n1001,张三,1000,No 0012\n1002,李四,500,0013\n"),
    ])
    let request = scratch.request(scratch.path + "/b")
    _ = try BatchRun.run(request)
    #expect(try Verification.verify(request).isSound)
    try scratch.write("b/batch.yaml", BadInput.batch.replacing("batch: t-1", with: "batch: t-2"))
    try scratch.write("b/a.csv", "工号,姓名,自付金额,发票号\n1002,李四,1000,NO0012\n1003,王五,500,0014\n")
    var second = request
    second.out = scratch.path + "/out2"
    let report = try BatchRun.run(second).report
    let found = report.findings.filter { $0.kind.code == "PAID-BEFORE" }
    #expect(found.filter { $0.kind.severity == .hold }.map { "\($0.place)" } == ["a.csv!D2"])
    // The person had something in this period, which is only told.
    #expect(found.filter { $0.kind.severity == .note }.map { "\($0.place)" } == ["a.csv!2"])
    #expect(report.totals.held == 1 && report.totals.paid == 1)
    #expect(try Verification.verify(second).isSound)
  }

  @Test func theSameHistoryTwiceIsRefused() throws {
    let scratch = try BadInput.scratch(Self.beside("history: [h1.csv, h2.csv]"))
    let text = "batch,programme,staff_no,amount,paid_on\nt-0,aid,1001,20.00,2023-03-01\n"
    try scratch.write("b/h1.csv", text)
    try scratch.write("b/h2.csv", text)
    #expect(BadInput.failure(scratch)?.text(.zh).contains("同一个文件") == true)
  }

  /// A roster leaves no doubt which number is meant; a cap must see the payment.
  @Test func zerosLostInAHistoryAreFound() throws {
    let scratch = try BadInput.scratch(
      Self.beside("history: [h.csv]\nroster: [r.csv]") + [
        ("a.csv", "1001", "00001001"), ("p.yaml", "benefits:", "caps: [{per: year, at: 300}]\nbenefits:"),
      ])
    try scratch.write("b/r.csv", "工号,姓名\n00001001,张三\n")
    try scratch.write("b/h.csv", "programme,staff_no,amount,paid_on\naid,1001,200.00,2023-03-01\n")
    let report = try Self.rehearse(scratch).report
    #expect(report.book.paid == Money(fen: 10_000))
    #expect(report.findings.contains { $0.kind.code == "STAFF-NO-ZEROS" })
  }

  @Test func aHistoryOfAnotherProgrammeIsTold() throws {
    let scratch = try BadInput.scratch(Self.beside("history: [h.csv]"))
    try scratch.write("b/h.csv", "programme,staff_no,amount,paid_on\nmutual,1001,200.00,2023-03-01\n")
    let found = try Self.rehearse(scratch).report.findings.filter { $0.kind.code == "HISTORY-PROGRAMME" }
    #expect(found.map { "\($0.place)" } == ["h.csv!A2"])
  }

  /// A unit that nobody confirmed would change every amount of the list.
  @Test(arguments: [
    ("history: [h.csv]", "programme,staff_no,金额（万元）,paid_on\naid,1001,0.1,2023-03-01\n"),
    ("decisions: [h.csv]", "项目,工号,金额（万元）\naid,1001,0.1\n"),
  ])
  func whatHoldsAListBesideStopsTheRun(_ line: String, _ text: String) throws {
    let scratch = try BadInput.scratch(Self.beside(line))
    try scratch.write("b/h.csv", text)
    let failure = try #require(BadInput.failure(scratch))
    #expect(failure.text(.zh).contains("UNIT-OF-MONEY") && failure.text(.zh).contains("h.csv"))
  }

  static let committee = """
    policy: p-1
    programme: aid
    valid: {from: 2023-01-01, to: 2023-12-31}
    award_per: row
    columns:
      - {name: kind, type: choice, choices: [甲, 乙], required: true}
    benefits:
      - {name: b, table: {by: kind, rows: {甲: [500, 1000], 乙: 3000}}}
    """

  /// Nothing a committee wrote is passed over in silence.
  @Test func aDecisionThatIsNotUsedIsTold() throws {
    let scratch = try BadInput.scratch(
      Self.beside("decisions: [d.csv]") + [
        ("p.yaml", BadInput.policy, Self.committee),
        ("a.csv", BadInput.list, "工号,姓名,kind\n1001,张三,甲\n1001,张三,乙\n1002,李四,乙\n"),
      ])
    // Of several rows the record must be named; a fixed amount is not decided on.
    try scratch.write("b/d.csv", "工号,金额\n1001,800\n1002,900\n")
    let report = try Self.rehearse(scratch).report
    let unused = report.findings.filter { $0.kind.code == "DECISION-UNUSED" }.map { "\($0.place)" }
    #expect(unused == ["d.csv!B2", "d.csv!B3"])
    #expect(report.findings.contains { $0.kind.code == "DECISION-MISSING" })
    #expect(report.book.paid == Money(fen: 600_000))
  }

  @Test func aColumnThePolicyLooksAtIsMissed() throws {
    let scratch = try BadInput.scratch([
      ("p.yaml", "columns:", "fund: pool\nwhen_short: priority\npriority: [unit_rank desc]\ncolumns:"),
      ("batch.yaml", "applications:", "funds: {pool: {amount: 100}}\napplications:"),
    ])
    let found = try Self.rehearse(scratch).report.findings.filter { $0.kind.code == "COLUMN-ABSENT" }
    #expect(found.map(\.column) == ["unit_rank"])
  }

  /// Who had least before comes first: a key of `priority` sees the history.
  @Test func prioritySeesWhatWasPaid() throws {
    let scratch = try BadInput.scratch(
      Self.beside("history: [h.csv]\nfunds: {pool: {amount: 250}}") + [
        (
          "p.yaml", "columns:",
          "fund: pool\nwhen_short: priority\npay_partial: true\npriority: [paid.lifetime]\ncolumns:"
        ),
        ("a.csv", BadInput.list, "工号,姓名,自付金额\n1001,张三,1000\n1002,李四,1000\n"),
      ])
    try scratch.write("b/h.csv", "programme,staff_no,amount,paid_on\naid,1001,200.00,2022-03-01\n")
    let report = try Self.rehearse(scratch).report
    let paid = report.book.entries.filter { $0.outcome == .paid }.map { report.book.claimant(of: $0).staffNo }
    #expect(paid == ["1002"])
  }

  @Test func limitsAreSettable() throws {
    let list = "工号,姓名,自付金额\n1001,张三,1000\n1002,李四,1000\n1003,王五,1000\n"
    func report(_ limits: String) throws -> BatchReport {
      let scratch = try BadInput.scratch(
        Self.beside("limits: {\(limits)}") + [("a.csv", BadInput.list, list)])
      return try Self.rehearse(scratch).report
    }
    #expect(try report("rows: 4").totals.paid == 3)
    #expect(try report("rows: 3").findings.map(\.kind.code) == ["FILE-LIMIT"])
    #expect(try report("columns: 2").findings.map(\.kind.code) == ["FILE-LIMIT"])
    for wrong in ["rows: 0", "columns: 20000", "cells: many", "pages: 3"] {
      #expect(throws: PipelineFailure.self) { try report(wrong) }
    }
  }

  /// One name the bank cannot write makes one person wait.
  @Test func whatALedgerCannotHoldHoldsOnlyItsRow() throws {
    let scratch = try BadInput.scratch([
      ("batch.yaml", "applications:", "ledgers: [l.yaml]\napplications:"),
      ("a.csv", "1001,张三,1000\n", "1001,张䶮,1000\n1002,李四,500\n"),
    ])
    try scratch.write(
      "b/l.yaml",
      "ledger: t\namount: yuan\nencoding: gbk\ncolumns:\n  - {label: 户名, value: name, required: true}\n"
        + "  - {label: 金额, value: amount}\n")
    let report = try Self.rehearse(scratch).report
    let found = report.findings.filter { $0.kind.code == "NAME-UNENCODABLE" }
    #expect(found.map { "\($0.place)" } == ["a.csv!B2"])
    #expect(report.totals.held == 1 && report.totals.paid == 1)
  }

  /// A shifted row puts numbers where no rule looks for them.
  @Test func longNumbersAreMaskedWhereverTheyStand() throws {
    let scratch = try BadInput.scratch([("a.csv", "1001,张三,1000", "1001,张三,6200000000000021")])
    let report = try Self.rehearse(scratch).report
    for name in ["reports/validation.json", "reports/validation.html", "explanations.jsonl"] {
      #expect(!scratch.text("out/" + name).contains("6200000000000021"), "\(name)")
    }
    #expect(!report.findings.isEmpty || report.totals.paid == 1)
    #expect(
      Masking.longNumbers("卡6200000000000021，号42010019700303021x") == "卡620000******0021，号4201**********021x")
    #expect(Masking.longNumbers("24312000000098765432") == "24312000000098765432")
  }
}
