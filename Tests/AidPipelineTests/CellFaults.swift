import AidModel
import AidPipeline
import Foundation
import Testing

/// Faulty cells in every kind of list: applications, roster, history, decisions.
@Suite struct CellFaults {
  static func rehearse(_ scratch: Scratch) throws -> RunResult {
    try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse))
  }

  static func beside(_ lines: String) -> (file: String, from: String, to: String) {
    ("batch.yaml", "applications:", lines + "\napplications:")
  }

  private static let dated = (
    file: "p.yaml", from: "\nbenefits:",
    to: """

      - {name: discharged, type: date, heading: [出院日期], required: true}
    count:
      - {when: discharged in period}
    benefits:
    """
  )

  @Test func whatIsNoTimeBehindADayHoldsTheRow() throws {
    let cells = [
      "2023-05-01", "2023-12-28 至 2024-01-06", "2023-12-30 取消", "2023-05-01 25:00", "2023-05-01T",
      "2023-05-01 08:30", "2023-05-01 12",
    ]
    let list = "工号,姓名,自付金额,出院日期\n" + cells.enumerated().map { "10\(10 + $0),张三\($0),1000,\($1)\n" }.joined()
    let report = try Self.rehearse(BadInput.scratch([Self.dated, ("a.csv", "", list)])).report
    #expect(
      report.findings.filter { $0.kind.code == "DATE-FORMAT" }.map { "\($0.place)" } == [
        "a.csv!D3", "a.csv!D4", "a.csv!D5", "a.csv!D6", "a.csv!D8",
      ])
    #expect(report.totals.held == 5 && report.totals.paid == 2)
  }

  /// The last hours of the year in UTC are the first day of the next year in China, outside the period.
  @Test func aMomentIsADayOfTheBatchsTimeZone() throws {
    let list =
      "工号,姓名,自付金额,出院日期\n1001,张三,1000,2023-12-31T16:00:00Z\n1002,李四,1000,2022-12-31T16:00:00.000Z\n"
      + "1003,王五,1000,2023-12-31T15:00:00Z\n"
    let changes = [
      Self.dated, ("a.csv", "", list), ("batch.yaml", "pay_date: 2023-12-28", "pay_date: 2024-01-15"),
    ]
    let china = try Self.rehearse(BadInput.scratch(changes)).report
    let moved = china.findings.filter { $0.kind.code == "DATE-REPAIRED" }
    #expect(
      moved.map { "\($0.place)" } == ["a.csv!D2", "a.csv!D3"]
        && moved.allSatisfy { $0.kind.severity == .repaired })
    #expect(
      moved[0].message(.zh).contains("2024-01-01") && moved[0].message(.en).contains("2023-12-31T16:00:00Z"))
    #expect(china.totals.paid == 2 && china.totals.notCounted == 1)
    let zone = ("batch.yaml", "batch: t-1", "batch: t-1\ntimezone: +00:00")
    let greenwich = try Self.rehearse(BadInput.scratch(changes + [zone])).report
    #expect(greenwich.totals.paid == 2 && !greenwich.findings.contains { $0.kind.code == "DATE-REPAIRED" })
    let wrong = try BadInput.scratch([("batch.yaml", "batch: t-1", "timezone: Asia/Shanghai\nbatch: t-1")])
    #expect(
      BadInput.failure(wrong)?.text(.en).contains("batch.yaml:1:11: not a timezone: Asia/Shanghai") == true)
  }

  @Test(arguments: [
    ("paid_on", "2023-03-01 至 2023-03-05", "DATE-FORMAT"), ("paid_on", "2023-03-01 退回", "DATE-FORMAT"),
    ("paid_on", "NULL", "PLACEHOLDER-TEXT"),
    ("amount", "#N/A", "PLACEHOLDER-TEXT"), ("programme", "#REF!", "PLACEHOLDER-TEXT"),
    ("programme", "同上", "PLACEHOLDER-TEXT"),
    ("staff_no", "nan", "PLACEHOLDER-TEXT"), ("staff_no", "〃", "PLACEHOLDER-TEXT"),
    ("id_number", "420100199001011000", "DIGITS-ZEROED"),
    ("status", "None", "PLACEHOLDER-TEXT"), ("batch", "ditto", "PLACEHOLDER-TEXT"),
    ("id_number", "4.201E+17", "ID-AS-NUMBER"),
  ])
  func aHistoryThatCannotBeReadStopsTheRun(_ column: String, _ cell: String, _ code: String) throws {
    let names = ["batch", "programme", "staff_no", "id_number", "amount", "paid_on", "status"]
    var cells = ["t-0", "aid", "1001", "", "200.00", "2023-03-01", ""]
    let at = try #require(names.firstIndex(of: column))
    cells[at] = cell
    let scratch = try BadInput.scratch([Self.beside("history: [h.csv]")])
    try scratch.write("b/h.csv", names.joined(separator: ",") + "\n" + cells.joined(separator: ",") + "\n")
    let failure = try #require(BadInput.failure(scratch), "\(column) \(cell)")
    let place = "h.csv!" + ["A", "B", "C", "D", "E", "F", "G"][at] + "2"
    #expect(failure.text(.zh).contains(place) && failure.text(.en).contains(code), "\(failure.text(.zh))")
  }

  @Test func aPaymentInAnotherZoneIsTold() throws {
    let scratch = try BadInput.scratch([
      Self.beside("history: [h.csv]"), ("p.yaml", "benefits:", "caps: [{per: year, at: 300}]\nbenefits:"),
    ])
    try scratch.write("b/h.csv", "programme,staff_no,amount,paid_on\naid,1001,200.00,2022-12-31T16:00:00Z\n")
    let report = try Self.rehearse(scratch).report
    #expect(report.book.paid == Money(fen: 10_000), "paid in China's 2023")
    #expect(report.findings.filter { $0.kind.code == "DATE-REPAIRED" }.map { "\($0.place)" } == ["h.csv!D2"])
  }

  @Test(arguments: [
    ("decided_by", "同上"), ("decided_by", "#N/A"), ("amount", "null"), ("decided_on", "2023-12-01、2023-12-05"),
    ("staff_no", "TRUE"),
  ])
  func aDecisionThatCannotBeReadStopsTheRun(_ column: String, _ cell: String) throws {
    let names = ["programme", "staff_no", "amount", "reason", "decided_by", "decided_on"]
    var cells = ["aid", "1001", "200.00", "同上", "王主席", "2023-12-01"]
    let at = try #require(names.firstIndex(of: column))
    cells[at] = cell
    let scratch = try BadInput.scratch([Self.beside("decisions: [d.csv]")])
    try scratch.write("b/d.csv", names.joined(separator: ",") + "\n" + cells.joined(separator: ",") + "\n")
    #expect(BadInput.failure(scratch)?.text(.zh).contains("d.csv!") == true, "\(column) \(cell)")
  }

  /// The person of the row waits, and no one else.
  @Test(arguments: ["#N/A", "NULL", "同上", "6200000000000010000", "TRUE"])
  func aRosterRowThatCannotBeReadMakesItsPersonWait(_ cell: String) throws {
    let scratch = try BadInput.scratch([
      Self.beside("roster: [r.csv]"), ("a.csv", "", BadInput.list + "1002,李四,1000\n"),
    ])
    try scratch.write(
      "b/r.csv", "工号,姓名,开户银行,银行卡号,状态\n1001,张三,工商银行,\(cell),在职\n1002,李四,工商银行,6200000000000000018,#N/A\n")
    let report = try Self.rehearse(scratch).report
    #expect(report.totals.held == 1 && report.totals.paid == 1, "\(cell)")
    let doubt = report.findings.first { $0.kind.severity == .hold }
    #expect(doubt?.message(.zh).contains("r.csv!D2") == true, "\(doubt?.message(.zh) ?? "nobody waits")")
  }

  @Test func noWordLeftForAValueReachesTheLedger() throws {
    let words = ["#N/A", "NULL", "nan", "None", "同上", "TRUE", "2023-05-01"]
    var list = "工号,姓名,单位,开户银行,银行卡号,自付金额\n1001,张三,图书馆,工商银行,6200000000000000018,1000\n"
    for (i, word) in words.enumerated() {
      list +=
        "20\(10 + i),李四,\(word),工商银行,6200000000000000026,1000\n30\(10 + i),王五,图书馆,\(word),6200000000000000034,1000\n"
      list += "40\(10 + i),赵六,图书馆,工商银行,\(word),1000\n50\(10 + i),\(word),图书馆,工商银行,6200000000000000042,1000\n"
    }
    let scratch = try BadInput.scratch([("a.csv", "", list)])
    let report = try BatchRun.run(scratch.request(scratch.path + "/b")).report
    #expect(report.totals.held == words.count * 4 && report.totals.paid == 1)
    let validation = scratch.text("out/reports/validation.json")
    #expect(
      validation.contains("“银行卡号”是“#N/A”") && !validation.contains("**/A"), "the word is shown, not masked")
  }

  /// Every tenth card of sixteen digits ends in 0: the check digit and the rest of the list decide.
  @Test(arguments: [
    (["6200000000000010"], 1), (["6200000000000070"], 0), (["6200000000000010", "6200000000000020"], 2),
    (["6200000000000010", "6200000000000022"], 0), (["6200000000000022", "6200000000000010"], 0),
    (["6200000000000010", "6200000000000013"], 1), (["6200000000000010", "6200000000010000000"], 2),
  ])
  func aSixteenthDigitIsJudgedByItsList(_ cards: [String], _ held: Int) throws {
    let names = ["张三", "李四"]
    let rows = cards.enumerated().map { "10\(10 + $0),\(names[$0]),\($1),1000\n" }
    let list = "工号,姓名,银行卡号,自付金额\n" + rows.joined()
    let report = try Self.rehearse(BadInput.scratch([("a.csv", "", list)])).report
    #expect(report.findings.count { $0.kind.code == "DIGITS-ZEROED" } == held, "\(cards)")
    #expect(report.totals.held == held && report.totals.paid == cards.count - held)
  }

  @Test func aChoiceThatDoesNotFitNamesTheChoices() throws {
    let column = """

        - {name: kind, type: choice, heading: [困难类型], choices: [本人患病, 家属患病, 子女上学]}
        - {name: sole, type: flag, heading: [独生]}
      benefits:
      """
    let list = """
      工号,姓名,自付金额,困难类型,独生
      1001,张三,1000,家属重病,是
      1002,李四,1000,天灾,否
      1003,王五,1000,子女上学,☑
      1004,赵六,1000,本人,√是 □否

      """
    let report = try Self.rehearse(
      BadInput.scratch([("p.yaml", "\nbenefits:", column), ("a.csv", "", list)])
    ).report
    let found = report.findings.filter { $0.kind.code == "CHOICE-UNKNOWN" }
    #expect(found.map { "\($0.place)" } == ["a.csv!D2", "a.csv!D3", "a.csv!E4", "a.csv!D5", "a.csv!E5"])
    #expect(
      found[0].message(.zh).hasSuffix("可选：本人患病、家属患病、子女上学") && found[0].hint(.zh).contains("最接近的是“家属患病”"))
    #expect(found[1].message(.en).hasSuffix("本人患病、家属患病、子女上学") && !found[1].hint(.en).contains("nearest"))
    #expect(found[2].message(.zh).contains("是/否") && found[4].message(.zh).contains("√/×"))
    #expect(found[3].hint(.zh).contains("本人患病"))
  }

  /// Staff numbers in number cells have lost any zeros: reported once per list.
  @Test func numbersInNumberCellsAreNoted() throws {
    func sheet(_ type: String) -> String {
      func row(_ cells: [(type: String, text: String)]) -> String {
        "<Row>"
          + cells.map { "<Cell><Data ss:Type=\"\($0.type)\">\($0.text)</Data></Cell>" }.joined() + "</Row>"
      }
      let head = row(["工号", "姓名", "联系电话", "自付金额"].map { ("String", $0) })
      let rows = ["1001", "1002"].map {
        row([(type, $0), ("String", "张三"), (type, "1380000\($0)"), ("Number", "1000")])
      }
      let names = "urn:schemas-microsoft-com:office:spreadsheet"
      return "<Workbook xmlns=\"\(names)\" xmlns:ss=\"\(names)\"><Worksheet ss:Name=\"表\"><Table>"
        + head + rows.joined() + "</Table></Worksheet></Workbook>"
    }
    let report = try Self.rehearse(BadInput.scratch([("a.csv", "", sheet("Number"))])).report
    let found = report.findings.filter { $0.kind.code == "NUMBER-AS-NUMBER" }
    #expect(found.map(\.kind.severity) == [.note, .note] && found.map(\.column) == ["staff_no", "phone"])
    #expect(found[0].message(.en).contains("2 cells of '工号'") && report.totals.paid == 2)
    let text = try Self.rehearse(BadInput.scratch([("a.csv", "", sheet("String"))])).report
    #expect(!text.findings.contains { $0.kind.code == "NUMBER-AS-NUMBER" })
  }
}
