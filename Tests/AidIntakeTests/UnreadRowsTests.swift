import AidModel
import Testing

@testable import AidIntake

/// Rows that look like the list's and are not read: they wait, wherever they are.
@Suite struct UnreadRowsTests {
  static let heading = ["工号", "姓名", "自付金额"]
  static func person(_ number: Int) -> [String] { ["\(1000 + number)", "张三", "\(number)"] }
  static let people = (1...3).map(person)

  enum Kind: CaseIterable { case csv, xlsx, ods, xml }

  static func file(_ kind: Kind, _ rows: [[String]]) throws -> [UInt8] {
    switch kind {
    case .csv: return Array(rows.map { $0.joined(separator: ",") + "\n" }.joined().utf8)
    case .xlsx:
      return TestWorkbook(rows: rows.enumerated().map { TestWorkbook.texts($0 + 1, $1) }.joined()).bytes
    case .ods: return KindFixture.flat(table("表", rows))
    case .xml: return SeveralSheets.book([("表", rows)])
    }
  }

  private static func table(_ name: String, _ rows: [[String]]) -> String {
    let rows = rows.map { row in
      "<table:table-row>"
        + row.map { "<table:table-cell office:value-type=\"string\"><text:p>\($0)</text:p>" }
        .map { $0 + "</table:table-cell>" }.joined() + "</table:table-row>"
    }
    return "<table:table table:name=\"\(name)\">\(rows.joined())</table:table>"
  }

  @Test(arguments: Kind.allCases, [2, 5, 50, 500])
  func rowsAboveTheHeadingWait(_ kind: Kind, _ row: Int) throws {
    let rows = (1..<row).map(Self.person) + [Self.heading, Self.person(row)]
    let read = TableFixture.read(try Self.file(kind, rows))
    let finding = read.finding("HEADER-NOT-FOUND")
    #expect(read.rows.count == 1 && finding?.kind.severity == .hold, "\(kind) \(row) \(read.findings)")
    #expect(finding?.arguments == ["\(row)", "\(row - 1)", "1"] && finding?.place.row == 1)
  }

  @Test func titlesNotesAndExamplesAboveTheHeadingAreNoRows() {
    for line in [
      "困难补助申请表", "2023年度,,第1页", "单位：机械学院,,2023-12-01", "填表人：,张三,13800000000", "合计,3,6000",
      "收款单位,工会,银行卡号,6200000000000000001", "例,李四,5000", "示例,1001,张三,500", "1,2,3,4", "说明：,1001,5",
      "机械学院,12,5000",
    ] {
      let read = TableFixture.read(line + "\n工号,姓名,自付金额,银行卡号\n1001,张三,5,\n")
      #expect(read.finding("HEADER-NOT-FOUND") == nil && read.rows.count == 1, "\(line) \(read.findings)")
    }
  }

  @Test(arguments: [
    people, [["法学院补报（续）"]] + people, [["职工", "编号", "证件", "卡号"], ["李四", "7", "x", "6200000000000000001"]],
  ])
  func furtherPagesWait(_ page: [[String]]) {
    let list = ("表", [Self.heading, Self.person(9)])
    let tables = Self.table(list.0, list.1) + Self.table("第2页", page)
    for bytes in [SeveralSheets.book([list, ("第2页", page)]), KindFixture.flat(tables)] {
      let read = TableFixture.read(bytes)
      #expect(read.codes == ["SHEET-UNUSED"] && read.findings[0].kind.severity == .hold, "\(read.findings)")
      #expect(read.findings[0].kind.leavesRowsUnread && read.findings[0].place.sheet == "第2页")
    }
  }

  @Test func otherSheetsAreNoPages() {
    for rows in [
      [["填表说明"], ["1、", "工号必填", "例如 1001"]],
      [["单位", "人数", "金额"], ["机械学院", "1200", "5000"], ["图书馆", "1300", "6"]],
      [["年份", "人数", "金额"], ["2023", "1200", "5000"]],
      [["门诊", "1"], ["住院", "2"]], [["工号", "姓名", "自付金额"]],
    ] {
      let read = TableFixture.read(SeveralSheets.book([("表", [Self.heading] + Self.people), ("别的", rows)]))
      #expect(read.codes.isEmpty && read.rows.count == 3, "\(rows) \(read.findings)")
    }
  }

  @Test func aListSetAsideByNameIsSaid() {
    let list = ("汇总", [Self.heading, Self.person(1)])
    let other = ("补报", [Self.heading, Self.person(2), Self.person(3)])
    let read = TableFixture.read(SeveralSheets.book([list, other]), sheet: "汇总")
    #expect(read.codes == ["SHEET-UNUSED"] && read.findings[0].arguments == ["补报", "2", "2"])
    #expect(read.findings[0].kind.severity == .hold)
    let directory = ("通讯录", [["姓名", "工号", "联系电话"], ["李四", "1002", "1"]])
    let noted = TableFixture.read(SeveralSheets.book([list, directory]), sheet: "汇总")
    #expect(noted.codes == ["SHEET-UNUSED"] && noted.findings[0].kind.severity == .note)
  }
}
