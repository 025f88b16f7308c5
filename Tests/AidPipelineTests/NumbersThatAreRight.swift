import AidModel
import AidPipeline
import Testing

/// Numbers that look damaged and are not, numbers that look alike, and the form of ID numbers that a bank takes.
@Suite struct NumbersThatAreRight {
  private func rehearse(_ list: String) throws -> BatchReport {
    let scratch = try BadInput.scratch([("a.csv", "", list)])
    return try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse)).report
  }

  static let genuine = ["420100196009091000", "420100196001014000", "420100196001022000"]
  static let others = ["420100196001011010", "42010019600101123X", "420100197005053458"]
  static let wrong = "420100199001011000"

  /// A right ID number that ends in 000 is somebody's; several of one list, or one beside a wrong one, are what a
  /// spreadsheet has left. (An X was never in a number cell and tells nothing.)
  @Test(arguments: [
    ([genuine[0]], 0), ([genuine[0], others[0], others[1]], 0), ([genuine[0], genuine[1]], 2),
    ([genuine[0], wrong], 2), ([genuine[0], genuine[1], genuine[2], others[2]], 3),
    ([others[0], others[2]], 0),
  ])
  func aListTellsWhetherDigitsWereLost(_ ids: [String], _ held: Int) throws {
    let rows = ids.enumerated().map { "10\(10 + $0),张三\($0),\($1),1000\n" }
    let report = try rehearse("工号,姓名,身份证号,自付金额\n" + rows.joined())
    #expect(report.findings.count { $0.kind.code == "DIGITS-ZEROED" } == held, "\(ids)")
    #expect(report.totals.held == held && report.totals.paid == ids.count - held, "\(ids)")
  }

  /// In a long list two of them are no sign of anything.
  @Test func chanceGivesAFew() throws {
    var rows = (0..<120).map { number in
      let old = "420100700101" + String(String(1000 + number).dropFirst())
      return "\(2000 + number),李四\(number),\(OnePerson.extended(old)),1000\n"
    }
    rows += Self.genuine.prefix(2).enumerated().map { "10\(10 + $0),张三\($0),\($1),1000\n" }
    let report = try rehearse("工号,姓名,身份证号,自付金额\n" + rows.joined())
    #expect(report.totals.held == 0, "\(report.findings.map(\.kind.code))")
  }

  @Test func theRosterReleasesThem() throws {
    let office = try Office()
    try office.batch("t-1", [], policy: RowsPaidBefore.open, beside: "roster: [r.csv]")
    let rows = Self.genuine.enumerated().map { "10\(10 + $0),张三\($0),\($1)" }
    try office.scratch.write("t-1/r.csv", "工号,姓名,身份证号\n" + rows.map { $0 + "\n" }.joined())
    try office.scratch.write("t-1/a.csv", "工号,姓名,身份证号,自付金额\n" + rows.map { $0 + ",1000\n" }.joined())
    #expect(try office.run("t-1") == ["1010": "500.00", "1011": "500.00", "1012": "500.00"])
    // Not under somebody else's number.
    let other = rows[0].replacing(Self.genuine[0], with: Self.others[0]) + "\n1019,王五,\(Self.others[2])\n"
    try office.scratch.write("t-1/r.csv", "工号,姓名,身份证号\n" + other)
    #expect(try office.run("t-1")["1010"] == "held")
  }

  @Test func aHistoryListWithSuchANumberIsRead() throws {
    let office = try Office()
    try office.list("h.csv", ["t-0,aid,,\(Self.genuine[0]),100.00,2023-03-01,"])
    #expect(throws: Never.self) { try office.take("h.csv") }
    try office.list("h.csv", ["t-0,aid,,\(Self.wrong),100.00,2023-03-01,"])
    #expect(throws: PipelineFailure.self) { try office.take("h.csv") }
  }

  @Test(arguments: ["1OO1", "l001", "100I", "1О01", "1oo1", "OO1OO1", "1〇〇1"])
  func staffNumbersThatLookAlikeWaitUnderOneName(_ other: String) throws {
    let rows = { (name: String) in "工号,姓名,自付金额\n1001,张三,1000\n\(other),\(name),1000\n" }
    let one = try rehearse(rows("张三"))
    #expect(one.totals.held == 2 && one.findings.contains { $0.kind.code == "PERSON-UNSURE" })
    let two = try rehearse(rows("李四"))
    #expect(two.totals.paid == 2, "\(two.findings.map(\.kind.code))")
    #expect(two.findings.contains { $0.kind.code == "PERSON-UNSURE" && $0.kind.severity == .note })
  }

  /// Letters in front or behind tell units and kinds of staff apart; nothing is said of them.
  @Test func lettersAreOrdinary() throws {
    let numbers = ["A1001", "L1001", "IT12", "1001", "11001", "1001A", "工1001"]
    let rows = numbers.map { "\($0),张三,1000\n" }
    let report = try rehearse("工号,姓名,自付金额\n" + rows.joined())
    #expect(!report.findings.contains { ["PERSON-UNSURE", "CELL-MISFIT"].contains($0.kind.code) })
  }

  @Test(arguments: ["1001\u{303F}", "1001\u{1D159}", "10№01", "1001★"])
  func aSymbolInAStaffNumberWaits(_ staffNo: String) throws {
    let report = try rehearse("工号,姓名,自付金额\n\(staffNo),张三,1000\n1002,李四,1000\n")
    #expect(report.totals.held == 1 && report.totals.paid == 1)
  }

  /// What was paid under a number that looks like this one counts under the same name, and is somebody else's under
  /// another; without a name the person waits.
  @Test(arguments: [("1OO1", "1001"), ("1001", "1OO1")], [true, false])
  func earlierPaymentsUnderANumberThatLooksAlike(_ numbers: (String, String), _ imported: Bool) throws {
    let (earlier, now) = numbers
    for (name, paid) in [("张三", "400.00"), ("李四", "500.00"), ("", "held")] {
      let office = try Office()
      let list = "batch,programme,staff_no,name,amount,paid_on\nt-0,aid,\(earlier),\(name),100,2023-03-01\n"
      try office.scratch.write(imported ? "h.csv" : "t-1/h.csv", list)
      if imported { try office.take("h.csv") }
      try office.batch("t-1", [], beside: imported ? "" : "history: [h.csv]")
      try office.scratch.write("t-1/a.csv", "工号,姓名,自付金额,出院日期\n\(now),张三,2000,2023-05-01\n")
      #expect(try office.run("t-1") == [now: paid], "\(name)")
    }
  }

  @Test(arguments: [("1OO1", "1001"), ("1001", "1OO1")])
  func batchesPostedUnderANumberThatLooksAlike(_ earlier: String, _ now: String) throws {
    let office = try Office()
    for (name, staffNo, day) in [("t-1", earlier, "2023-05-01"), ("t-2", now, "2023-06-01")] {
      try office.batch(name, [])
      try office.scratch.write("\(name)/a.csv", "工号,姓名,自付金额,出院日期\n\(staffNo),张三,600,\(day)\n")
    }
    #expect(try office.run("t-1", .post) == [earlier: "300.00"])
    #expect(try office.run("t-2") == [now: "200.00"], "500.00 a year")
  }

  /// Where the eighteen digits of a 15-digit number may stand.
  enum Elsewhere: CaseIterable { case roster, row, history, nowhere }

  @Test(arguments: Elsewhere.allCases)
  func theLedgerHasEighteenDigitsWhereTheyAreKnown(_ where: Elsewhere) throws {
    let office = try Office()
    let (old, new) = ("420100600101101", OnePerson.extended("420100600101101"))
    let beside = [Elsewhere.roster: "roster: [r.csv]", .history: "history: [h.csv]"][`where`] ?? ""
    try office.batch("t-1", [], policy: RowsPaidBefore.open, beside: beside)
    let second = `where` == .row ? "1001,张三,\(new),20,2023-06-01\n" : ""
    try office.scratch.write(
      "t-1/a.csv", "工号,姓名,身份证号,自付金额,出院日期\n1001,张三,\(old),1000,2023-05-01\n" + second)
    // A list that the batch does not name would stop it.
    if `where` == .roster { try office.scratch.write("t-1/r.csv", "工号,姓名,身份证号\n1001,张三,\(new)\n") }
    if `where` == .history { try office.list("t-1/h.csv", ["t-0,aid,1001,\(new),10.00,2022-03-01,"]) }
    let report = try BatchRun.run(office.request("t-1", .post)).report
    let ledger = office.scratch.text("t-1/out/ledgers/t-1-finance-office.csv")
    let isKnown = `where` != .nowhere
    #expect(ledger.contains(new) == isKnown && ledger.contains("\(old),") == !isKnown, "\(ledger)")
    #expect(report.findings.count { $0.kind.code == "ID-15-DIGIT" } == (isKnown ? 2 : 1))
    #expect(report.totals.held == 0)
  }
}
