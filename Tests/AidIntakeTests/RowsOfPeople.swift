import AidModel
import Testing

@testable import AidIntake

/// Rows that no one filled in, rows of one person under merged cells, hidden rows.
@Suite struct RowsOfPeople {
  private static let heading = ["序号", "工号", "姓名", "所在单位", "银行卡号", "自付金额", "出院日期", "备注"]

  private static func read(_ rows: [[String]], merges: [MergedRange] = []) -> TableFixture.Read {
    TableFixture.read(rows: [heading] + rows, merges: merges)
  }

  private static let person = ["#1", "1001", "赵一鸣", "机械学院", "6200000000000000000", "#500", "2023-05-01"]

  @Test func whatAFormHoldsBeforeAnybodyFillsItInIsABlankRow() {
    for prepared in [
      ["#2", "", "", "机械学院"], ["", "", "", "机械学院", "", "#0"], ["#2"], ["2"], ["2."],
      ["#2", "", "", "机械学院", "", "0.00"], ["#2", "", "=", "机械学院", "", "=0", "="],
      ["#2", "", "", "", "", "0元"],
      ["2", "", "#N/A", "", "#N/A", "=0"], ["2", "", "", "机械学院", "#VALUE!", "#DIV/0!"],
    ] {
      let read = Self.csvOrSheet([Self.person, prepared])
      #expect(
        read.rows.map(\.number) == [2] && read.dropped(.blank) == [3], "\(prepared) \(read.report.dropped)")
      #expect(read.report.rows == read.rows.count + read.report.dropped.count)
    }
  }

  /// Texts that begin with `#` mean numbers in the fixture's sheets; errors are read from a CSV instead.
  private static func csvOrSheet(_ rows: [[String]]) -> TableFixture.Read {
    let hasErrors = rows.joined().contains { $0.hasPrefix("#N") || $0.hasPrefix("#V") || $0.hasPrefix("#D") }
    if !hasErrors { return read(rows) }
    let lines = ([heading] + rows).map { row in
      row.map { cell in
        cell.hasPrefix("#") && cell.dropFirst().allSatisfy(\.isNumber) || cell.hasPrefix("=")
          ? String(cell.dropFirst()) : cell
      }.joined(separator: ",")
    }
    return TableFixture.read(lines.joined(separator: "\n") + "\n")
  }

  @Test func aRowThatMayBeSomebodyIsKept() {
    for row in [
      ["#2", "", "", "机械学院", "", "#300"], ["#2", "", "钱双林", "机械学院", "", "#0"],
      ["#2", "1002", "", "", "", "#0"],
      ["#2", "", "", "机械学院", "6200000000000000001"], ["#2", "", "", "机械学院", "", "约500"],
      ["#2", "", "", "机械学院", "", "", "2023-05-01"], ["2", "#REF!", "#REF!", "机械学院", "#REF!", "#REF!"],
      ["2", "#N/A", "", "机械学院", "", "0"], ["2", "", "", "机械学院", "", "#REF!"],
    ] {
      let read =
        row.contains { $0.hasPrefix("#R") || $0.hasPrefix("#N") }
        ? TableFixture.read(
          Self.heading.joined(separator: ",") + "\n1,1001,赵一鸣,,,5,\n" + row.joined(separator: ",") + "\n")
        : Self.read([Self.person, row])
      #expect(read.rows.count == 2, "\(row) \(read.report.dropped)")
    }
  }

  @Test func aRowWithinSomebodysMergedCellsIsTheirs() {
    let lower = ["", "", "", "", "", "#10000", "2023-06-01"]
    for column in [Int32(0), 1, 2] {
      let read = Self.read(
        [Self.person, lower, ["#2", "1002", "钱双林", "", "", "#7"]],
        merges: [TableFixture.merge(2, 3, column, column)])
      #expect(read.texts("staff_no") == ["1001", "1001", "1002"], "\(column)")
      #expect(read.texts("name") == ["赵一鸣", "赵一鸣", "钱双林"])
      #expect(read.texts("account") == ["6200000000000000000", "6200000000000000000", ""])
      #expect(read.texts("self_pay") == ["500.00", "10000.00", "7.00"], "an amount is never filled in")
      let said = read.finding("PERSON-MERGED")
      #expect(said?.kind.severity == .repaired && said?.place.row == 3 && said?.arguments.first == "2")
    }
    let whole = Self.read(
      [Self.person, lower], merges: (0...4).map { TableFixture.merge(2, 3, $0, $0) })
    #expect(whole.texts("staff_no") == ["1001", "1001"] && whole.codes.isEmpty, "\(whole.codes)")
  }

  @Test func aRowOfSomebodyElseWithinAMergeStaysTheirs() {
    for other in [["", "1002", "", "", "", "#7"], ["", "", "钱双林", "", "", "#7"]] {
      let read = Self.read([Self.person, other], merges: [TableFixture.merge(2, 3, 0, 0)])
      #expect(read.texts("account") == ["6200000000000000000", ""] && !read.codes.contains("PERSON-MERGED"))
    }
    let unit = Self.read(
      [Self.person, ["", "", "", "", "", "#7"]], merges: [TableFixture.merge(2, 3, 3, 3)])
    #expect(unit.texts("staff_no") == ["1001", ""], "a merged unit is not one person's")
  }

  @Test func aPictureWhereNothingDependsOnItIsANote() {
    let picture = "=DISPIMG(&quot;ID_1&quot;,1)"
    let workbook = TestWorkbook(
      rows: TestWorkbook.texts(1, ["工号", "姓名", "自付金额", "备注", "附件"])
        + TestWorkbook.texts(2, ["1001", "张三", "5", picture, picture]))
    let read = TableFixture.read(workbook.bytes)
    #expect(read.codes.sorted() == ["CELL-PICTURE", "COLUMN-UNKNOWN"], "\(read.findings)")
    #expect(read.texts("remark") == [""] && read.findings.allSatisfy { $0.kind.severity == .note })
    let named = TestWorkbook(
      rows: TestWorkbook.texts(1, ["工号", "姓名", "自付金额"]) + TestWorkbook.texts(2, ["1001", picture, "5"]))
    #expect(TableFixture.read(named.bytes).rows.first?.fields[1].notes.contains(.formulaLike) == true)
  }

  @Test func aHiddenApplicationWaits() {
    let workbook = TestWorkbook(
      rows: TestWorkbook.texts(1, ["工号", "姓名", "自付金额"]) + TestWorkbook.texts(2, ["1001", "张三", "5"])
        + TestWorkbook.texts(3, ["1002", "李四", "6"]).replacing(
          "<row r=\"3\"", with: "<row r=\"3\" hidden=\"1\""))
    let read = TableFixture.read(workbook.bytes)
    let hidden = read.findings.filter { $0.kind.code == "HIDDEN-ROW" }
    #expect(read.rows.count == 2 && hidden.map(\.place.row) == [3] && hidden[0].kind.severity == .hold)
  }
}

/// The separator of a CSV is detected by its headings.
@Suite struct SeparatorTests {
  private static let rows = [
    ["工号", "姓名", "2023年自付", "自付金额", "备注"], ["00120001", "赵一鸣", "1", "1,000.00", "肺炎;手术"],
    ["00120002", "钱双林", "2", "200", "住院，已结算；复查"],
  ]

  private static func list(_ mark: String) -> String {
    rows.map { row in
      row.map { $0.contains(mark) || $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: mark)
    }.joined(separator: "\n") + "\n"
  }

  @Test func anyOfThemIsFound() {
    for mark in [",", ";", "\t", "|", "，", "；"] {
      for title in ["", "江城大学，2023年；说明：请如实填写，谢谢\n", "a|b;c,d\n"] {
        let read = TableFixture.read(title + Self.list(mark))
        #expect(read.texts("self_pay") == ["1000.00", "200.00"], "\(mark) \(title) \(read.codes)")
        #expect(read.texts("remark") == ["肺炎;手术", "住院，已结算；复查"])
        #expect(read.report.separator?.isEmpty == false)
      }
    }
  }

  @Test func unquotedAmountsWithThousandsCommasDoNotMislead() {
    let read = TableFixture.read("工号；姓名；自付金额\n1001；张三；1,000.00\n1002；李四；2,000.00\n")
    #expect(read.texts("self_pay") == ["1000.00", "2000.00"], "\(read.findings)")
  }

  @Test func aQuoteAfterBlanksOpensAField() {
    let read = TableFixture.read("\"工号\", \"备注\", \"自付金额\"\n\"1001\", \"住院, 手术\",  \"1,000\"\n")
    #expect(read.texts("remark") == ["住院, 手术"] && read.texts("self_pay") == ["1000.00"], "\(read.findings)")
    let text = TableFixture.raw("a,b\n 5 \"x\" 3, \"y\" z\n")
    #expect(text == "a,b\n\" 5 \"\"x\"\" 3\",\" \"\"y\"\" z\"\n", "\(text)")
  }

  @Test func theSeparatorIsSaid() {
    #expect(InspectTests.inspect("工号|姓名|自付金额\n1001|张三|5\n").contains("分隔符：竖线"))
    #expect(InspectTests.inspect("工号,姓名,自付金额\n1001,张三,5\n", json: true).contains("\"separator\""))
    let read = TableFixture.read("甲^乙^丙\n1^2^3\n")
    #expect(
      read.findings[0].message(.zh).contains("分隔符按逗号") && read.findings[0].message(.zh).contains("sep="))
    #expect(TableFixture.read("sep=|\n工号|姓名|自付金额\n1001|张三|5\n").texts("self_pay") == ["5.00"])
  }
}

/// Totals next to unreadable cells.
@Suite struct TotalsBesideUnreadable {
  private static func codes(_ rows: String, _ total: String) -> [String] {
    TableFixture.read("工号,姓名,自付金额\n\(rows)合计,,\(total)\n").codes.filter { $0.hasPrefix("TOTAL") }
  }

  @Test func aTotalThatCannotBeComparedIsSaid() {
    #expect(Self.codes("1001,张三,约100\n", "100") == ["TOTAL-UNCHECKED"])
    #expect(Self.codes("1001,张三,约100\n1002,李四,200\n", "300") == ["TOTAL-UNCHECKED"])
    #expect(Self.codes("1001,张三,100\n", "约100") == ["TOTAL-UNCHECKED"])
    #expect(Self.codes("1001,张三,100\n", "#REF!") == ["TOTAL-UNCHECKED"])
    #expect(Self.codes("1001,张三,100\n", "元") == [])
    #expect(Self.codes("1001,张三,100\n1002,李四,\n", "100") == [], "a blank is no unreadable amount")
  }

  @Test func whatWasReadMayShowByItselfThatATotalIsWrong() {
    #expect(Self.codes("1001,张三,约100\n1002,李四,400\n", "300") == ["TOTAL-MISMATCH"])
    #expect(
      Self.codes("1001,张三,-100\n1002,李四,400\n", "300") == ["TOTAL-UNCHECKED"],
      "what is missing is less than nothing")
  }

  @Test func aSubtotalOfRowsThatCouldBeReadIsComparedAllTheSame() {
    let read = TableFixture.read(
      "工号,姓名,自付金额\n1001,张三,约100\n小计,,100\n1002,李四,200\n小计,,250\n1003,王五,5\n小计,,5\n总计,,355\n")
    let totals = read.findings.filter { $0.kind.code.hasPrefix("TOTAL") }
    #expect(
      totals.map { "\($0.kind.code) \($0.place.row)" } == [
        "TOTAL-UNCHECKED 3", "TOTAL-UNCHECKED 5", "TOTAL-UNCHECKED 8",
      ], "\(totals)")
  }
}
