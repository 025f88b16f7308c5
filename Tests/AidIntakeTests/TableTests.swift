import AidModel
import Testing

@testable import AidIntake

/// Lists as offices make them: what is heading, what is data, what is neither.
@Suite struct TableTests {
  @Test func headingWhereverItStandsInAnyOrder() {
    let notes = (1...20).map { "填表说明 \($0)" }.joined(separator: "\n")
    let read = TableFixture.read("2023年困难补助汇总表\n\n\(notes)\n备注,自付金额,工号,序号,姓名\n,1200.50,0012,1,张三\n")
    #expect(read.report.headerRow == 23)
    #expect(read.texts("staff_no") == ["0012"] && read.texts("self_pay") == ["1200.50"])
    #expect(read.texts("name") == ["张三"])
    #expect(read.report.rows == 1 + read.report.dropped.count)
  }

  @Test func headingsWithMarksNotesUnitsAndBreaks() {
    let index = HeadingIndex(TableFixture.layout)
    for text in [
      "身份证号码", "身份证\n号码", "*身份证号码", "身份证号码（必填）", "身 份 证 号", "身份证号：", "必填 身份证号", "身份证号【18位】", "3.身份证号",
      "③身份证号",
      "★身份证号", "id_number", "ID_Number", "身份证号/身份证号码", "身份证号＊",
    ] {
      #expect(index.column(text) == CommonColumn.idNumber.rawValue, "\(text)")
    }
    let money = TableFixture.layout.index(of: "self_pay")
    for text in ["自付金额（元）", "自付金额/元", "自付金额(单位：元)", "自付金额，单位：元", "自付金额万元"] {
      #expect(index.column(text) == money, "\(text)")
    }
    for text in ["姓名/单位", "与患者关系/姓名", "家属姓名", "", "元", "1"] { #expect(index.column(text) == nil, "\(text)") }
  }

  @Test func headingsOfTwoRows() {
    let merges = [
      TableFixture.merge(1, 1, 0, 4), TableFixture.merge(2, 3, 0, 0), TableFixture.merge(2, 3, 1, 1),
      TableFixture.merge(2, 2, 2, 3),
    ]
    let rows = [
      ["汇总表"], ["工号", "姓名", "自付金额", "", "出院日期"], ["", "", "门诊", "住院"],
      ["1001", "张三", "10.00", "20.00", "2023-05-01"],
    ]
    let policy = Layout(
      programme: "aid",
      columns: TableFixture.common + [
        Column(name: "clinic", headings: ["自付金额/门诊"], type: .money),
        Column(name: "ward", headings: ["自付金额住院"], type: .money),
      ])
    #expect(policy.columns.count == 21)
    for merged in [merges, []] {
      let read = TableFixture.read(
        rows: [rows[0], ["工号", "姓名", "费用", "", "出院日期"], ["", "", "门诊自付金额", "自付金额"], rows[3]],
        merges: merged)
      #expect(read.report.headerRow == 3 && read.texts("clinic") == ["10.00"], "\(read.report)")
      #expect(read.texts("self_pay") == ["20.00"] && read.dropped(.heading) == [2, 3])
    }
  }

  @Test func pathsTellColumnsThatEndAlike() {
    let rows = [
      ["序号", "工号", "姓名", "门诊", "", "住院", "", "家庭成员", ""],
      ["", "", "", "自付金额", "票据张数", "自付金额", "票据张数", "姓名", "关系"],
      ["1", "1001", "张三", "10.00", "1", "20.00", "2", "李四", "妻子"],
    ]
    let merges = [
      TableFixture.merge(1, 2, 0, 0), TableFixture.merge(1, 2, 1, 1), TableFixture.merge(1, 2, 2, 2),
      TableFixture.merge(1, 1, 3, 4), TableFixture.merge(1, 1, 5, 6), TableFixture.merge(1, 1, 7, 8),
    ]
    for merged in [merges, []] {
      let read = TableFixture.read(rows: rows, merges: merged)
      #expect(
        read.texts("clinic") == ["10.00"] && read.texts("self_pay") == ["20.00"], "\(read.report.columns)")
      #expect(read.texts("name") == ["张三"], "a relative's name is another column")
      #expect(!read.codes.contains("COLUMN-TWICE"), "\(read.codes)")
      #expect(read.report.columns.contains { $0.heading == "家庭成员 / 姓名" && $0.name == nil })
    }
  }

  @Test func repeatedHeadingsAreDroppedAndMovedOnesStop() {
    let same = TableFixture.read("工号,姓名,自付金额\n1001,张三,1\n工号,姓名,自付金额\n1002,李四,2\n")
    #expect(same.rows.count == 2 && same.dropped(.heading) == [1, 3])
    #expect(!same.codes.contains("SHEET-AMBIGUOUS"))
    let moved = TableFixture.read("工号,姓名,自付金额\n1001,张三,1\n姓名,工号,自付金额\n李四,1002,2\n")
    #expect(moved.codes.contains("SHEET-AMBIGUOUS"))
    #expect(moved.finding("SHEET-AMBIGUOUS")?.arguments[0].contains("第 3 行") == true)
  }

  @Test func sideBySideTablesAreRefusedWithBothPlaces() {
    let read = TableFixture.read("工号,姓名,自付金额,,工号,姓名,自付金额\n1001,张三,1,,1002,李四,2\n")
    #expect(read.finding("SHEET-AMBIGUOUS")?.arguments == ["A1:C1、E1:G1"], "\(read.findings)")
    #expect(read.finding("SHEET-AMBIGUOUS")?.kind.severity == .stop)
  }

  @Test func rowsThatAreNoApplications() {
    let read = TableFixture.read(
      """
      2023年度医疗补助汇总表,,,,
      填报单位（盖章）：机械学院,,,,填报日期：2023-12-01
      序号,工号,姓名,自付金额,备注
      例,0000,示例,100,
      1,1001,张三,100.00,
      2,1002,李四,200.00,
      3,,,,
      ,,,,
      小 计,,,300.00,
      4,1003,王五,50.00,填写示例请删
      5,1004,赵六,50.00,病例已交
      机械学院合计,,,400,
      合 计（大写）：肆佰元整,,,,
      本页小计:,,,,
      总　计,3人,,"400.00",
      注：本表一式两份,,,,
      制表人：,孙七,审核人：,周八,
      负责人（签字）,,孙七,,2023年12月1日
      """)
    #expect(
      read.texts("staff_no") == ["1001", "1002", "1003", "1004"],
      "\(read.texts("staff_no")) \(read.report.dropped)")
    #expect(read.texts("unit") == Array(repeating: "机械学院", count: 4))
    #expect(read.dropped(.title) == [1, 2, 16] && read.dropped(.heading) == [3])
    #expect(read.dropped(.example) == [4] && read.dropped(.blank) == [7, 8], "\(read.report.dropped)")
    #expect(read.dropped(.total) == [9, 12, 13, 14, 15], "\(read.report.dropped)")
    #expect(read.dropped(.signature) == [17, 18])
    #expect(read.report.rows == read.rows.count + read.report.dropped.count)
    #expect(read.codes == ["EXAMPLE-ROW"] && read.findings[0].place.cell == "E10", "\(read.findings)")
  }

  @Test func totalsAreCompared() {
    let read = TableFixture.read("工号,姓名,自付金额\n1001,张三,100\n1002,李四,200\n合计,,\"301.00\"\n")
    #expect(read.finding("TOTAL-MISMATCH")?.arguments == ["自付金额", "301.00", "300.00"], "\(read.findings)")
    let pages = TableFixture.read(
      "工号,姓名,自付金额\n1001,张三,100\n本页合计,,100\n1002,李四,200\n本页合计,,200\n总计,,300\n")
    #expect(!pages.codes.contains("TOTAL-MISMATCH"))
    let unread = TableFixture.read("工号,姓名,自付金额\n1001,张三,约100\n合计,,100\n")
    #expect(!unread.codes.contains("TOTAL-MISMATCH"), "nothing is said where a row is not read")
  }

  @Test func rowsWithoutIdentifierThatStillAskForMoneyAreData() {
    let read = TableFixture.read("工号,姓名,自付金额,备注\n,张三,100,\n,,200,\n,王五,,审核：已看\n1001,审核处,5,\n")
    #expect(read.rows.map(\.number) == [2, 3, 5], "\(read.report.dropped)")
    #expect(read.texts("self_pay") == ["100.00", "200.00", "5.00"])
  }

  @Test func rowsNumberedInAdvanceWithIdleFormulasAreBlank() {
    let read = TableFixture.read(rows: [
      ["序号", "工号", "姓名", "自付金额"], ["#1", "1001", "张三", "=5.5"], ["#2", "", "", "=0"],
      ["#3", "", "", "=0.00"],
      ["#4", "", "李四", "=0"],
    ])
    #expect(read.rows.map(\.number) == [2, 5] && read.dropped(.blank) == [3, 4], "\(read.report.dropped)")
  }

  @Test func mergedTextIsFilledOnlyInsideTheMerge() {
    let rows = [
      ["单位", "工号", "姓名", "自付金额"], ["机械学院", "1001", "张三", "1"], ["", "1002", "李四", "2"],
      ["", "1003", "王五", "3"],
    ]
    let merged = TableFixture.read(rows: rows, merges: [TableFixture.merge(2, 3, 0, 0)])
    #expect(merged.texts("unit") == ["机械学院", "机械学院", ""])
    #expect(TableFixture.read(rows: rows).texts("unit") == ["机械学院", "", ""], "a plain blank is unknown")
  }

  @Test func aMergedAmountIsNotPaidTwice() {
    let read = TableFixture.read(
      rows: [["工号", "姓名", "自付金额"], ["1001", "张三", "5000"], ["1002", "李四", ""], ["1003", "王五", "1"]],
      merges: [TableFixture.merge(2, 3, 2, 2)])
    #expect(read.texts("self_pay") == ["5000.00", "", "1.00"])
    let merged = read.findings.filter { $0.kind.code == "AMOUNT-MERGED" }
    #expect(
      merged.map(\.place.row) == [2, 3] && merged[0].arguments == ["自付金额", "C2:C3"], "\(read.findings)")
    #expect(merged[0].kind.severity == .hold)
  }

  @Test func whatAMergeCoversIsNotPaid() {
    let rows = [
      ["工号", "姓名", "门诊自付金额", "自付金额"], ["1001", "张三", "1", "3000"], ["1002", "李四", "2", "1000"],
      ["1003", "王五", "3", "1000"], ["1004", "赵六", "4", "5"],
    ]
    for (merge, held, amounts) in [
      (TableFixture.merge(2, 4, 3, 3), [2, 3, 4], ["3000.00", "", "", "5.00"]),
      (TableFixture.merge(3, 3, 1, 3), [3, 3], ["3000.00", "", "1000.00", "5.00"]),
      (TableFixture.merge(1, 3, 3, 3), [2, 3], ["", "", "1000.00", "5.00"]),
    ] as [(MergedRange, [Int32], [String])] {
      let read = TableFixture.read(rows: rows, merges: [merge])
      let merged = read.findings.filter { $0.kind.code == "AMOUNT-MERGED" }
      #expect(
        merged.map(\.place.row) == held && read.texts("self_pay") == amounts, "\(merge) \(read.findings)")
    }
  }

  @Test func twoColumnsOfOneMeaning() {
    let spare = TableFixture.read("工号,姓名,自付金额,备注,备注,单位,所在单位\n1001,张三,1,a,b,文学院,理学院\n")
    #expect(spare.codes == ["COLUMN-SPARE", "COLUMN-SPARE"] && spare.findings[0].kind.severity == .note)
    #expect(spare.texts("remark") == ["a"] && spare.texts("unit") == ["文学院"])
    for heading in ["自付金额", "工号", "身份证号"] {
      let read = TableFixture.read("工号,姓名,自付金额,身份证号,\(heading)\n1001,张三,1,,1\n")
      #expect(read.codes == ["COLUMN-TWICE"], "\(heading) \(read.codes)")
    }
  }

  @Test func unitsOfMoney() {
    for title in ["单位：万元", "（单位：万元）", "金额单位: 万元", "汇总表（万元）", "以万元为单位"] {
      let read = TableFixture.read("\(title)\n工号,姓名,自付金额\n1001,张三,1\n")
      #expect(read.codes.contains("UNIT-OF-MONEY"), "\(title) \(read.codes)")
      #expect(read.texts("unit") == [""], "\(title)")
    }
    for title in ["单位：元", "最高补助5万元的汇总表", "单位：机械学院", "单位：人民币元"] {
      let read = TableFixture.read("\(title)\n工号,姓名,自付金额\n1001,张三,1\n")
      #expect(!read.codes.contains("UNIT-OF-MONEY"), "\(title)")
    }
    for heading in ["自付金额（万元）", "自付金额/万元", "自付金额(单位：千元)"] {
      let read = TableFixture.read("工号,姓名,\(heading)\n1001,张三,1\n")
      #expect(read.finding("UNIT-OF-MONEY")?.arguments.last == "C1", "\(heading) \(read.codes)")
    }
  }

  @Test func theUnitThatSendsTheList() {
    for title in [
      "填报单位：机械学院", "填报单位（盖章）：机械学院", "单位名称:机械学院   填表人：张三", "报送单位,机械学院", "二级工会（公章）：,机械学院",
    ] {
      let read = TableFixture.read("\(title)\n工号,姓名,自付金额\n1001,张三,1\n")
      #expect(read.texts("unit") == ["机械学院"], "\(title)")
    }
    let own = TableFixture.read("单位：机械学院\n工号,姓名,所在单位,自付金额\n1001,张三,文学院,1\n1002,李四,,1\n")
    #expect(own.texts("unit") == ["文学院", "机械学院"])
  }

  @Test func columnsThatAreMissingDoubledOrUnknown() {
    let read = TableFixture.read("工号,姓名,科室,备注,备注\n1001,张三,一室,a,b\n")
    #expect(read.finding("COLUMN-MISSING")?.column == "self_pay")
    #expect(read.finding("COLUMN-UNKNOWN")?.place.cell == "C1")
    #expect(read.finding("COLUMN-SPARE")?.arguments == ["备注", "D1、E1"], "\(read.findings)")
    #expect(read.codes.filter { $0 == "SHEET-AMBIGUOUS" }.isEmpty)
    let nobody = TableFixture.read("姓名,自付金额\n张三,1\n")
    #expect(nobody.findings.contains { $0.kind.code == "COLUMN-MISSING" && $0.column == "staff_no" })
  }

  @Test func noHeadingAndNoRows() {
    #expect(TableFixture.read("甲,乙\n1,2\n").codes == ["HEADER-NOT-FOUND"])
    #expect(TableFixture.read("\n\n").codes == ["HEADER-NOT-FOUND"])
    let blank = TableFixture.read("工号,姓名,自付金额\n,,\n")
    #expect(blank.rows.isEmpty && blank.report.headerRow == 1)
  }

  @Test func aTotalIsNoPersonHoweverItIsSpelled() {
    for text in [
      "合计", "合 计", "合　计：", "总计（元）", "合计人数", "合计3人", "小计:", "Total", "本页合计", "累计", "共计 5 人", "文学院小计",
    ] {
      let read = TableFixture.read("工号,姓名,自付金额\n1001,张三,1\n\(text),,1\n")
      #expect(read.dropped(.total) == [3], "\(text) \(read.report.dropped)")
    }
    for name in ["合计划", "小计算"] {
      let read = TableFixture.read("工号,姓名,自付金额\n1001,\(name),1\n")
      #expect(read.rows.count == 1, "a person with a number is never a total: \(name)")
    }
  }
}
