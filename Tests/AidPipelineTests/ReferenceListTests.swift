import AidModel
import AidPipeline
import Foundation
import Testing

/// What roster, history, decisions and earlier batches say about a list, and the effects of their own faults.
@Suite struct ReferenceListTests {
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
    // The person received something in this period, which is only noted.
    #expect(found.filter { $0.kind.severity == .note }.map { "\($0.place)" } == ["a.csv!2"])
    #expect(report.totals.held == 1 && report.totals.paid == 1)
    #expect(try Verification.verify(second).isSound)
  }

  /// If a payment came back, its invoice may be handed in again, and no other.
  @Test func anInvoiceWhosePaymentCameBackIsPaidAgain() throws {
    let column = "\n  - {name: fapiao, type: text, heading: [发票号]}\nbenefits:"
    let list = "工号,姓名,自付金额,发票号\n1001,张三,1000,0012\n1002,李四,500,0013\n"
    let scratch = try BadInput.scratch([("p.yaml", "\nbenefits:", column), ("a.csv", BadInput.list, list)])
    let request = scratch.request(scratch.path + "/b")
    let first = try BatchRun.run(request).report
    let paid = try #require(first.book.entries.first { $0.outcome == .paid }).amount.plain
    try scratch.write(
      "h.csv", "batch,programme,staff_no,amount,paid_on,status\nt-1,aid,1001,\(paid),2024-01-05,退票\n")
    _ = try HistoryImport.run([scratch.path + "/h.csv"], store: request.store, templates: nil, language: .zh)
    try scratch.write("b/batch.yaml", BadInput.batch.replacing("batch: t-1", with: "batch: t-2"))
    var second = request
    second.out = scratch.path + "/out2"
    let report = try BatchRun.run(second).report
    #expect(report.totals.paid == 1 && report.totals.held == 1)
    #expect(report.book.paid.plain == paid)
  }

  /// A reason or a name without an amount is neither a decision nor nothing; a blank line is nothing.
  @Test(arguments: [("本人放弃", "", true), ("", "赵主席", true), ("", "", false)])
  func aDecisionNeedsItsAmount(_ reason: String, _ by: String, _ stops: Bool) throws {
    let scratch = try BadInput.scratch(Self.beside("decisions: [d.csv]"))
    try scratch.write(
      "b/d.csv", "programme,staff_no,amount,reason,decided_by\naid,1001,,\(reason),\(by)\n")
    let failure = BadInput.failure(scratch)?.text(.en)
    #expect(
      (failure?.contains("d.csv!2") == true && failure?.contains("no amount") == true) == stops,
      "\(failure ?? "")")
  }

  @Test func theSameHistoryTwiceIsRefused() throws {
    let scratch = try BadInput.scratch(Self.beside("history: [h1.csv, h2.csv]"))
    let text = "batch,programme,staff_no,amount,paid_on\nt-0,aid,1001,20.00,2023-03-01\n"
    try scratch.write("b/h1.csv", text)
    try scratch.write("b/h2.csv", text)
    #expect(BadInput.failure(scratch)?.text(.zh).contains("同一个文件") == true)
  }

  /// The roster makes the number unambiguous; a cap must count the payment.
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

  /// A unit that is not confirmed would change every amount of the list.
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

  /// No decision of a committee is ignored silently.
  @Test func aDecisionThatIsNotUsedIsTold() throws {
    let scratch = try BadInput.scratch(
      Self.beside("decisions: [d.csv]") + [
        ("p.yaml", BadInput.policy, Self.committee),
        ("a.csv", BadInput.list, "工号,姓名,kind\n1001,张三,甲\n1001,张三,乙\n1002,李四,乙\n"),
      ])
    // For several rows the record must be named; a fixed amount is not up for decision.
    try scratch.write("b/d.csv", "工号,金额\n1001,800\n1002,900\n")
    let report = try Self.rehearse(scratch).report
    let unused = report.findings.filter { $0.kind.code == "DECISION-UNUSED" }.map { "\($0.place)" }
    #expect(unused == ["d.csv!B2"])
    let range = report.findings.filter { $0.kind.code == "DECISION-RANGE" }.map { "\($0.place)" }
    #expect(range == ["d.csv!B3"])
    #expect(report.findings.contains { $0.kind.code == "DECISION-MISSING" })
    #expect(report.book.paid == Money(fen: 300_000) && report.totals.held == 2)
  }

  @Test func aColumnThePolicyLooksAtIsMissed() throws {
    let scratch = try BadInput.scratch([
      ("p.yaml", "columns:", "fund: pool\nwhen_short: priority\npriority: [unit_rank desc]\ncolumns:"),
      ("batch.yaml", "applications:", "funds: {pool: {amount: 100}}\napplications:"),
    ])
    let found = try Self.rehearse(scratch).report.findings.filter { $0.kind.code == "COLUMN-ABSENT" }
    #expect(found.map(\.column) == ["unit_rank"])
  }

  /// Those who received least before come first: a key of `priority` uses the history.
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

  /// A name that the bank cannot encode makes only one person wait.
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
      Masking.text("卡6200000000000021，号42010019700303021x") == "卡620000******0021，号4201**********021x")
    #expect(Masking.text("24312000000098765432") == "24312000000098765432")
  }
}

/// Years, refusals by committees, and choices between programmes across batches.
@Suite struct LaterBatches {
  /// December's aid is paid in January; it counts for the year of its batch.
  @Test func whatIsPaidAfterTheYearsEndCountsForTheYear() throws {
    let scratch = try BadInput.scratch([
      ("p.yaml", "benefits:", "caps: [{per: year, at: 300}]\nbenefits:"),
      ("p.yaml", "valid: {from: 2023-01-01, to: 2023-12-31}", "valid: {from: 2023-01-01}"),
      ("batch.yaml", "pay_date: 2023-12-28", "pay_date: 2024-01-20"),
    ])
    func post(_ batch: String, _ year: String, payDate: String) throws -> BatchReport {
      let text = BadInput.batch.replacing("batch: t-1", with: "batch: \(batch)")
        .replacing("from: 2023-01-01, to: 2023-12-31", with: "from: \(year)-01-01, to: \(year)-12-31")
        .replacing("pay_date: 2023-12-28", with: "pay_date: \(payDate)")
      try scratch.write("b/batch.yaml", text)
      // Another application: the same row would wait.
      try scratch.write("b/a.csv", BadInput.list.replacing("1000", with: batch == "t-2" ? "1200" : "1000"))
      var request = scratch.request(scratch.path + "/b")
      request.out = scratch.path + "/" + batch
      let report = try BatchRun.run(request).report
      #expect(try Verification.verify(request).isSound, "\(batch)")
      return report
    }
    #expect(try post("t-1", "2023", payDate: "2024-01-20").book.paid == Money(fen: 25_000))
    let second = try post("t-2", "2023", payDate: "2024-03-01")
    #expect(second.book.paid == Money(fen: 5_000))
    #expect(second.findings.contains { $0.kind.code == "PAID-BEFORE" })
    // And not for the year of payment.
    #expect(try post("t-3", "2024", payDate: "2024-12-20").book.paid == Money(fen: 25_000))
  }

  @Test(arguments: [
    ("2023-01-01", "2023-12-31", "2023-01-01", "2023-12-31"),
    ("2023-07-01", "2024-06-30", "2023-07-01", "2024-06-30"),
    ("2023-07-01", "2023-12-31", "2023-01-01", "2023-12-31"),
    ("2023-11-01", "2024-02-29", "2023-11-01", "2024-12-31"),
    ("2024-02-29", "2024-02-29", "2024-01-01", "2024-12-31"),
  ])
  func everyTermHasItsYear(_ from: String, _ to: String, _ first: String, _ last: String) {
    func period(_ a: String, _ b: String) -> Period? {
      CivilDate(iso: a).flatMap { a in CivilDate(iso: b).flatMap { Period(from: a, to: $0) } }
    }
    #expect(period(from, to)?.year == period(first, last))
  }

  static let two = """
    policy: q-1
    programme: other
    valid: {from: 2023-01-01}
    exclusive: [{with: aid, keep: ask}]
    columns:
      - {name: self_pay, type: money, heading: [自付金额]}
    benefits:
      - {name: b, amount: 300}
    """

  /// The rule asks for a decision, which counts in the same batch and next to an earlier batch's payment.
  @Test func aChoiceBesideAnEarlierPaymentCanBeMade() throws {
    let scratch = try BadInput.scratch([
      ("batch.yaml", "policies: [p.yaml]", "policies: [q.yaml]"),
      ("batch.yaml", "programme: aid", "programme: other"),
      ("batch.yaml", "applications:", "history: [h.csv]\ndecisions: [d.csv]\napplications:"),
      (
        "a.csv", BadInput.list,
        "工号,姓名,自付金额\n1001,张三,1000\n1002,李四,1000\n1003,王五,1000\n1004,赵六,1000\n"
      ),
    ])
    try scratch.write("b/q.yaml", Self.two)
    try scratch.write(
      "b/h.csv",
      "programme,staff_no,amount,paid_on\n" + (1001...1004).map { "aid,\($0),200.00,2023-03-01\n" }.joined())
    try scratch.write("b/d.csv", "programme,staff_no,amount\nother,1001,300\nother,1002,0\nother,1004,100\n")
    let report = try ReferenceListTests.rehearse(scratch).report
    let ends = report.book.entries.map { "\($0.outcome.rawValue) \($0.amount)" }
    #expect(ends == ["paid 300.00", "refused 0.00", "held 0.00", "held 0.00"])
    // The last decision differs from the policy's amount: a person must look.
    #expect(
      report.findings.filter { $0.kind.code == "DECISION-RANGE" }.map { "\($0.place)" } == ["d.csv!C4"])
    #expect(!report.findings.contains { $0.kind.code == "HISTORY-PROGRAMME" })
  }

  /// A range applies only to those who get something.
  @Test func aCommitteeMaySayNo() throws {
    let scratch = try BadInput.scratch([
      ("p.yaml", BadInput.policy, ReferenceListTests.committee.replacing("award_per: row\n", with: "")),
      ("a.csv", BadInput.list, "工号,姓名,kind\n1001,张三,甲\n"),
      ("batch.yaml", "applications:", "decisions: [d.csv]\napplications:"),
    ])
    try scratch.write("b/d.csv", "工号,金额,理由\n1001,0,材料不全\n")
    let report = try ReferenceListTests.rehearse(scratch).report
    let award = report.book.award(report.book.entries[0])
    #expect(award.outcome == .refused && award.reasons.map(\.text) == ["评审决定不予补助：材料不全"])
    #expect(award.rows.map { $0.reason?.text } == ["评审决定不予补助：材料不全"])
    #expect(report.findings.isEmpty, "\(report.findings.map(\.kind.code))")
  }

  @Test func aPolicyThatBeganWithinThePeriodIsTold() throws {
    let scratch = try BadInput.scratch([
      ("batch.yaml", "policies: [p.yaml]", "policies: [p.yaml, q.yaml]"),
      ("p.yaml", "to: 2023-12-31", "to: 2023-06-30"),
    ])
    try scratch.write(
      "b/q.yaml",
      BadInput.policy.replacing("policy: p-1", with: "policy: p-2")
        .replacing("from: 2023-01-01", with: "from: 2023-07-01"))
    let found = try ReferenceListTests.rehearse(scratch).report.findings
    #expect(found.map(\.kind.code) == ["POLICY-CHANGED"])
  }
}
