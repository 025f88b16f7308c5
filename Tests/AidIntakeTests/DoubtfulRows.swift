import AidModel
import Testing

@testable import AidIntake

/// Rows that may be examples, rows with too many cells: no one is left out, nothing disappears silently.
@Suite struct DoubtfulRows {
  private static func row(_ serial: String, _ name: String, _ staffNo: String, _ id: String, _ remark: String)
    -> TableFixture.Read
  {
    TableFixture.read(
      "序号,姓名,工号,身份证号,自付金额,备注\n1,张三,1001,,5,\n\(serial),\(name),\(staffNo),\(id),7,\(remark)\n")
  }

  private static let id = "420100197001010039"

  @Test func anExampleIsDroppedOnlyWhereItCannotBeAPerson() {
    for (serial, name, staffNo, id) in [
      ("例", "张三", "0000", ""), ("（示例）", "张三", "20230001", "420100197001010031"), ("1", "示例", "", ""),
      ("例：", "张三", "", ""), ("1", "某某", "样例", ""), ("示例1", "张三", "", "42010019700101****"),
      ("1", "张三（示例）", "0000", ""),
    ] {
      let read = Self.row(serial, name, staffNo, id, "")
      #expect(read.dropped(.example) == [3], "\(serial) \(name) \(staffNo) \(id)")
    }
    for (serial, name, remark) in [
      ("例", "张三", ""), ("1", "示例", ""), ("1", "张三（例）", ""),
    ] {
      let read = Self.row(serial, name, "1002", Self.id, remark)
      #expect(read.rows.count == 2 && read.codes == ["EXAMPLE-ROW"], "\(serial) \(name) \(remark)")
      #expect(read.findings.first?.place.row == 3 && read.findings.first?.kind.severity == .hold)
    }
    for (serial, name, remark) in [
      ("1", "张示例", ""), ("1", "张三", "发票见示例"), ("1", "张三", "病例已交"), ("1例", "张三", ""),
      ("1", "张三", "例：住院"), ("1", "张三", "示例"), ("1", "张三", "例"), ("1", "张三", "样例"),
    ] {
      let read = Self.row(serial, name, "1002", Self.id, remark)
      #expect(read.rows.count == 2 && read.codes.isEmpty, "\(serial) \(name) \(remark)")
    }
  }

  @Test func aRemarkOnSomebodyUncertainWaits() {
    for remark in ["示例", "填写示例请删", "例：住院"] {
      for id in ["", "420100197001010031"] {
        let read = Self.row("1", "张三", "1002", id, remark)
        #expect(read.rows.count == 2 && read.codes == ["EXAMPLE-ROW"], "\(remark) \(id)")
      }
    }
  }

  @Test func linesOfTheFormAreNobody() {
    let form: [([String], DropReason)] = [
      (["必填", "必填", "必填", "必填", "必填", "选填"], .heading), (["1", "2", "3", "4", "5", "6"], .heading),
      (["填写说明", "与证件一致", "8位", "18位", "单位：元", "选填"], .title), (["", "（以下空白）"], .title),
      (["分工会主席（签字）：", "", "", "", "联系电话：13800000000"], .signature),
      (["负责人：张某", "", "", "审核人：李某", "填表日期：2023年12月1日"], .signature),
      (["单位盖章", "", "", "", "2023年12月5日"], .signature),
      (["制表：", "周某", "", "审核：", "李某", "2023-12-01"], .signature),
      (["单位公章", "", "", "党组织负责人签字", "", "年   月   日"], .signature),
      (["", "审核人：李某", "日期：2023年12月", "2023-12-05", ""], .signature),
    ]
    let heading = ["序号", "姓名", "工号", "身份证号", "自付金额", "备注"]
    let read = TableFixture.read(rows: [heading] + form.map(\.0) + [["1", "张三", "1001", "", "5"]])
    #expect(read.rows.map(\.number) == [Int32(form.count + 2)], "\(read.rows.map(\.number))")
    for (i, line) in form.enumerated() {
      #expect(read.dropped(line.1).contains(Int32(i + 2)), "\(line) \(read.report.dropped)")
    }
    let people = [
      ["1", "张三", "1001", "", "", "审核人：李某"], ["2", "李四", "", "42010019700101003", "", "未签字"],
      ["3", "王五", "", "", "5", "日期：不详"], ["4", "赵六", "", "", "", "未盖章"],
      ["5", "钱七", "", "", "约5", "签字：钱七"],
    ]
    let kept = TableFixture.read(rows: [heading] + people)
    #expect(kept.rows.count == people.count, "\(kept.report.dropped)")
  }

  @Test func otherListsLoseNoRowForAWord() throws {
    let layout = Layout(
      programme: "",
      columns: [
        Column(name: "batch", type: .text), Column(name: "programme", headings: ["项目"], type: .text),
        Column(name: "staff_no", headings: ["工号"], type: .text, role: .staffNumber),
        Column(name: "id_number", type: .text, role: .idNumber),
        Column(name: "amount", headings: ["金额"], type: .money),
      ])
    func read(_ csv: String) throws -> (rows: Int, findings: [Finding]) {
      try TableFixture.withFile(Array(csv.utf8)) { path in
        var count = 0
        let (_, findings) = try TableFile.read(
          InputFile(path: path, name: "h.csv"), sheet: nil, purpose: "history", layout: layout,
          vocabulary: TableFixture.vocabulary, rows: { count += $1.count })
        return (count, findings)
      }
    }
    #expect(try read("项目,工号,金额\n示例,1001,5\n小计,1002,5\n例,1003,5\n合计,,15\n").rows == 3)
    #expect(try read("项目,工号,金额,金额\naid,1001,5,6\n").findings.map(\.kind.code) == ["COLUMN-TWICE"])
    let shifted = try read("项目,工号,金额\naid,1001,1,234.50\n").findings
    #expect(shifted.map(\.kind.code) == ["CELL-BEYOND"] && shifted[0].kind.severity == .hold)
  }

  @Test func aNameAloneIsAPersonWithAllElseForgotten() {
    let read = TableFixture.read("工号,姓名,自付金额\n1001,张三,1\n,李四,\n文学院,,\n")
    #expect(read.rows.map(\.number) == [2, 3] && read.dropped(.title) == [4], "\(read.report.dropped)")
  }

  @Test func aRowOfACSVWithMoreCellsThanHeadingsWaits() {
    for (row, said) in [
      ("1002,李四,1,234.50", "D3"), ("1002,李四,1,234,567", "D3、E3"), ("1002,李四,5,", "4 > 3"),
    ] {
      let read = TableFixture.read("工号,姓名,自付金额\n1001,张三,1\n\(row)\n")
      #expect(
        read.codes == ["CELL-BEYOND"] && read.findings[0].arguments == [said], "\(row) \(read.findings)")
      #expect(read.findings.first?.place.row == 3 && read.findings.first?.kind.severity == .hold)
    }
    let blank = TableFixture.read("工号,姓名,自付金额,,备注\n1001,张三,1,另有 5000,\n1002,李四,1, ,\n")
    #expect(blank.codes == ["CELL-BEYOND"] && blank.findings[0].place.row == 2, "\(blank.findings)")
    let wider = TableFixture.read("2023 年,,,,\n工号,姓名,自付金额\n1001,张三,\"1,234.50\"\n合计,,\"1,234.50\",,,\n")
    #expect(wider.codes.isEmpty, "titles and totals may be wider: \(wider.findings)")
    let shifted = (1...1500).map { "\(1000 + $0),张三,1,234.50" }.joined(separator: "\n")
    let all = TableFixture.read("工号,姓名,自付金额\n\(shifted)\n")
    #expect(all.codes == ["CELL-BEYOND"] && all.findings[0].place.row == -1, "the sheet waits as a whole")
  }

  @Test func aCellBesideTheTableOfAWorkbookIsNoted() {
    let read = TableFixture.read(rows: [
      ["工号", "姓名", "自付金额", "", "备注"], ["1001", "张三", "1", "另有 5000"], ["1002", "李四", "2", "", "", "x"],
      ["1003", "王五", "3", "#7"], ["合计", "", "6", "x"],
    ])
    #expect(read.codes == ["COLUMN-UNKNOWN", "COLUMN-UNKNOWN"], "\(read.findings)")
    #expect(read.findings.map(\.arguments) == [["D2、D4"], ["F3"]] && read.findings[0].place.cell == "D2")
  }
}
