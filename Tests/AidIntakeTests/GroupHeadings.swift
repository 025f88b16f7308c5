import AidModel
import Testing

@testable import AidIntake

/// Two-line headings: a column on the upper line only is not lost, and columns below a group of relatives are
/// not the applicant's.
@Suite struct GroupHeadings {
  private static func name(_ read: TableFixture.Read, _ column: Int32) -> String? {
    read.report.columns.first { $0.column == column }?.name ?? nil
  }

  @Test func aColumnOfTheUpperLineAloneIsNotLost() {
    for merges in [
      [TableFixture.merge(1, 1, 0, 2), TableFixture.merge(1, 1, 3, 4), TableFixture.merge(1, 2, 5, 5)],
      [TableFixture.merge(1, 1, 0, 2), TableFixture.merge(1, 1, 3, 4)], [],
    ] {
      let read = TableFixture.read(
        rows: [
          ["本人情况", "", "", "费用情况", "", "门诊自付金额"], ["姓名", "工号", "身份证号", "住院自付金额", "出院日期"],
          ["张三", "1001", "", "5", "2023-05-01", "7"],
        ], merges: merges)
      #expect(read.texts("clinic") == ["7.00"] && read.texts("self_pay") == ["5.00"], "\(read.findings)")
    }
    let title = TableFixture.read(rows: [
      ["2023 年申请表", "", "", "附件"], ["姓名", "工号", "自付金额"], ["张三", "1001", "5"],
    ])
    #expect(title.report.headerRow == 2 && title.codes.isEmpty && title.report.columns.count == 3)
  }

  @Test func relativesAreNotTheApplicant() {
    for group in ["家属情况", "直系亲属", "子女信息", "患者", "被救助人", "父母情况"] {
      for merges in [[TableFixture.merge(1, 1, 0, 2), TableFixture.merge(1, 1, 3, 6)], []] {
        let read = TableFixture.read(
          rows: [
            ["本人情况", "", "", group, "", "", "", "自付金额"], ["姓名", "工号", "身份证号", "姓名", "身份证号", "银行卡号", "单位"],
            ["张三", "1001", "", "李四", "420100197001010039", "6200000000000000000", "外单位", "5"],
          ], merges: merges)
        #expect(read.texts("name") == ["张三"] && read.texts("account") == [""], "\(group) \(read.findings)")
        #expect(read.texts("id_number") == [""] && read.texts("unit") == [""])
        #expect(Set(read.codes) == ["COLUMN-UNKNOWN"] && read.findings[0].arguments == ["\(group) / 姓名"])
      }
    }
    let loose = TableFixture.read(
      rows: [
        ["姓名", "工号", "自付金额", "家属情况"], ["", "", "", "姓名", "身份证号", "银行卡号", "单位", "联系电话"],
        ["张三", "1001", "5", "李四", "420100197001010039", "6200000000000000000", "外单位", "1"],
      ], merges: (0...2).map { TableFixture.merge(1, 2, $0, $0) } + [TableFixture.merge(1, 1, 3, 7)])
    #expect(loose.texts("name") == ["张三"] && loose.texts("account") == [""], "\(loose.findings)")
  }

  @Test func aSpouseHasColumnsAndAnApplicantKeepsTheirs() {
    let spouse = TableFixture.read(rows: [
      ["职工", "", "", "配偶情况"], ["姓名", "工号", "自付金额", "姓名", "身份证号", "单位"],
      ["张三", "1001", "5", "李四", "420100197001010039", "外单位"],
    ])
    #expect(spouse.texts("name") == ["张三"] && spouse.texts("spouse_name") == ["李四"], "\(spouse.findings)")
    #expect(spouse.texts("spouse_id") == ["420100197001010039"] && spouse.texts("unit") == [""])
    let patient = TableFixture.read(
      rows: [
        ["患者（职工本人）", "", "", "费用"], ["姓名", "工号", "身份证号", "自付金额", "出院日期"],
        ["张三", "1001", "", "5", "2023-05-01"],
      ], merges: [TableFixture.merge(1, 1, 0, 2), TableFixture.merge(1, 1, 3, 4)])
    #expect(patient.texts("name") == ["张三"] && patient.codes.isEmpty, "\(patient.findings)")
    let costs = TableFixture.read(
      rows: [
        ["申请人", "", "患者"], ["姓名", "工号", "姓名", "自付金额"], ["张三", "1001", "李四", "5"],
      ], merges: [TableFixture.merge(1, 1, 0, 1), TableFixture.merge(1, 1, 2, 3)])
    #expect(costs.texts("name") == ["张三"] && costs.texts("self_pay") == ["5.00"], "\(costs.findings)")
  }

  @Test func titlesAndNotesAreNoGroups() {
    let title = TableFixture.read(
      rows: [
        ["职工家属慰问申请表", "", "", "附件一"], ["姓名", "工号", "自付金额"], ["张三", "1001", "5"],
      ], merges: [TableFixture.merge(1, 1, 0, 2)])
    #expect(title.texts("name") == ["张三"] && title.codes.isEmpty, "\(title.findings)")
    let line = TableFixture.read(rows: [
      ["填报：某某", "", "", "备注"], ["姓名", "工号", "自付金额"], ["张三", "1001", "5"],
    ])
    #expect(line.report.headerRow == 2 && line.report.columns.count == 3, "\(line.report.columns)")
    let note = TableFixture.read(
      rows: [
        ["姓名", "工号", "自付金额", "spouse_name", "配偶身份证号"], ["", "", "（元）", "", "（18位）"],
        ["张三", "1001", "5", "李四", "420100197001010039"],
      ], merges: [TableFixture.merge(1, 2, 0, 0), TableFixture.merge(1, 2, 1, 1)])
    #expect(note.texts("spouse_id") == ["420100197001010039"] && note.codes.isEmpty, "\(note.findings)")
  }

  @Test func aPolicysOwnColumnsAreFoundByThePathOrByTheRelative() {
    for heading in ["家属姓名", "家属情况/姓名"] {
      let layout = Layout(
        programme: "aid",
        columns: TableFixture.common + [
          Column(name: "self_pay", headings: ["自付金额"], type: .money),
          Column(name: "relative", headings: [heading], type: .text),
        ])
      let index = HeadingIndex(layout)
      let rows = [["职工", "", "", "家属情况", ""], ["姓名", "工号", "自付金额", "姓名", "身份证号"]]
      let block = HeadingBlock(rows.enumerated().map(Self.loose), merges: MergeMap([]), index: index)
      #expect(block.resolve(["家属情况", "姓名"], 3, 0...1).column == layout.index(of: "relative"), "\(heading)")
      #expect(block.resolve(["家属情况", "身份证号"], 4, 0...1).column == nil)
    }
  }

  private static func loose(_ number: Int, _ row: [String]) -> LooseRow {
    var chunk = RowChunk()
    for (column, cell) in row.enumerated() where !cell.isEmpty {
      let start = Int32(chunk.bytes.count)
      chunk.bytes += Array(cell.utf8)
      chunk.cells.append(
        CellSlot(
          column: Int32(column), kind: .text, hasFormula: false, start: start,
          count: Int32(chunk.bytes.count) - start))
    }
    return LooseRow(
      RowSlot(
        number: Int32(number + 1), firstCell: 0, cellCount: Int32(chunk.cells.count), isHidden: false),
      of: chunk)
  }
}
