import AidModel
import AidPipeline
import Foundation
import Testing

/// `template`, and what results from filling in a form.
@Suite struct BlankForms {
  /// Every type of column, choices too long for an inline drop-down, and headings used by other columns too.
  static let policy = """
    policy: p-1
    programme: aid
    title: 互助 & 补助
    valid: {from: 2023-01-01, to: 2023-12-31}
    columns:
      - {name: self_pay, type: money, heading: [自付金额], required: true}
      - {name: kind, type: choice, heading: [类别, 编号], choices: [门诊, 住院], required: true}
      - {name: level, type: choice, heading: [档次], choices: [LONG]}
      - {name: both, type: flag, heading: [是否双职工], blank: 否}
      - {name: left, type: date, heading: [出院日期]}
      - {name: children, type: integer, heading: [子女数]}
      - {name: score, type: number}
      - {name: reason, type: text, heading: [困难原因]}
    eligible:
      - {when: unit_rank <= 5 and not both and kind = '住院' and score > 1, otherwise: 否}
      - {when: left in period and children = 2 and level = 'L39', otherwise: 否}
    benefits:
      - {name: b, base: sum(self_pay), rate: 25%}
    """.replacing(
      "LONG", with: (0..<40).map { "等级\($0)甲乙丙丁" }.joined(separator: ", ") + ", L39")

  static func scratch() throws -> (scratch: Scratch, request: BlankWorkbook.Request) {
    let scratch = try BadInput.scratch([("p.yaml", "", policy), ("batch.yaml", "a.csv", "a.xlsx")])
    try FileManager.default.removeItem(atPath: scratch.path + "/b/a.csv")
    var request = BlankWorkbook.Request(subject: scratch.path + "/b/p.yaml")
    request.out = scratch.path + "/b/a.xlsx"
    return (scratch, request)
  }

  @Test func filledInAndImportedUnchanged() throws {
    let (scratch, request) = try Self.scratch()
    _ = try BlankWorkbook.write(request)
    var form = try FilledForm(path: scratch.path + "/b/a.xlsx")
    #expect(form.headings.first == "序号" && form.headings.last == "备注")
    #expect(form.headings.contains("所在单位") && form.headings.contains("基层工会排序"))
    try form.fill([
      "序号": "1", "姓名": "张三", "工号": "00120001", "身份证号": "420100199001010011", "性别": "男",
      "所在单位": "机械学院", "人员类别": "在编", "联系电话": "02700000000", "开户银行": "工商银行",
      "银行卡号": "6200000000000000018", "户名": "张三", "基层工会排序": "#1", "自付金额": "#1234.56", "类别": "住院",
      "档次": "L39", "是否双职工": "否", "出院日期": "#45200", "子女数": "#2", "score": "#1.5", "困难原因": "住院",
    ])
    try scratch.write("b/a.xlsx", form.bytes)
    let result = try BatchRun.run(scratch.request(scratch.path + "/b"))
    let findings = result.report.findings.map { "\($0.kind.code) \($0.message(.en))" }
    #expect(result.exitStatus == 0 && findings.isEmpty, "\(findings)")
    #expect(scratch.text("out/ledgers/t-1-finance-office.csv").contains(",308.64,"))
  }

  @Test func whatAFormHolds() throws {
    let (scratch, request) = try Self.scratch()
    _ = try BlankWorkbook.write(request)
    let form = try FilledForm(path: scratch.path + "/b/a.xlsx")
    let sheet = form.part(FilledForm.sheet)
    #expect(sheet.contains("state=\"frozen\"") && sheet.contains("&amp;&amp;"))
    #expect(
      sheet.contains("<formula1>\"门诊,住院\"</formula1>") && sheet.contains("<formula1>\"是,否\"</formula1>"))
    #expect(sheet.contains("<formula1>Meta!$D$1:$D$41</formula1>"))
    for (kind, count) in [("decimal", 2), ("whole", 2), ("date", 1), ("list", 3)] {
      let found = sheet.components(separatedBy: "type=\"\(kind)\"").count - 1
      #expect(found == count, "\(kind): \(found)")
    }
    #expect(form.part("xl/workbook.xml").contains("name=\"Meta\" sheetId=\"2\" state=\"hidden\""))
    let notes = form.part("xl/comments1.xml")
    #expect(notes.contains("从下拉列表中选一项：门诊、住院。必填。") && notes.contains("不填视为“否”"))
    let texts = form.part("xl/sharedStrings.xml")
    #expect(texts.contains(SHA256.hex(SHA256.hash(Array(Self.policy.utf8)))) && texts.contains(">p-1<"))
    #expect(form.part("docProps/core.xml").contains("2020-01-01T00:00:00Z"))
  }

  @Test func sameBytesAndNothingReplacedUnasked() throws {
    let (scratch, request) = try Self.scratch()
    _ = try BlankWorkbook.write(request)
    let first = try Data(contentsOf: URL(filePath: scratch.path + "/b/a.xlsx"))
    #expect(throws: PipelineFailure.self) { _ = try BlankWorkbook.write(request) }
    var again = request
    again.replaces = true
    Thread.sleep(forTimeInterval: 1.1)
    _ = try BlankWorkbook.write(again)
    #expect(try Data(contentsOf: URL(filePath: scratch.path + "/b/a.xlsx")) == first)
    #expect(!scratch.exists("b/a.xlsx.part"))
  }

  /// For every shipped policy, all headings are read back as their columns.
  @Test func everyShippedPolicyHasAForm() throws {
    let scratch = try Scratch()
    let folder = Project.root.appending(path: "Templates/policies").path(percentEncoded: false)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".yaml") {
      var request = BlankWorkbook.Request(subject: String(name.dropLast(5)))
      request.out = scratch.path + "/" + name + ".xlsx"
      request.language = .en
      _ = try BlankWorkbook.write(request)
      var inspection = Inspection.Request(file: scratch.path + "/" + name + ".xlsx")
      inspection.policy = folder + "/" + name
      var text = ""
      try Inspection.show(inspection) { text += String(decoding: $0, as: UTF8.self) }
      #expect(text.contains("姓名 → name") && !text.contains("→ ?") && !text.contains("COLUMN-"), "\(text)")
    }
  }

  @Test func aProgrammeNamesItsLatestPolicy() throws {
    let scratch = try Scratch()
    var request = BlankWorkbook.Request(subject: "serious-illness-mutual-aid")
    request.out = scratch.path + "/x.xlsx"
    let said = try BlankWorkbook.write(request)
    #expect(said.contains("cug-serious-illness-2024") && said.contains("whu-serious-illness-2017"))
    request.subject = "no-such-programme"
    #expect {
      try BlankWorkbook.write(request)
    } throws: {
      ($0 as? PipelineFailure)?.text(.en).contains("serious-illness-mutual-aid") == true
    }
  }

  /// The batch is named after its folder, and its dates match.
  @Test func aNewBatchIsNamedAfterItsFolder() throws {
    let scratch = try Scratch()
    for (folder, batch, period, payDate, said) in [
      ("2026-12", "2026-12", "{from: 2026-01-01, to: 2026-12-31}", "2026-12-28", ""),
      ("2027-02", "2027-02", "{from: 2027-01-01, to: 2027-02-28}", "2027-02-28", ""),
      ("2025", "2025", "{from: 2025-01-01, to: 2025-12-31}", "2025-12-28", ""),
      ("2026年12月", "2026-12", "{from: 2026-01-01, to: 2026-12-31}", "2026-12-28", "2026年12月"),
      ("spring_1", "spring-1", "{from: 2024-01-01, to: 2024-12-31}", "2024-12-27", "spring_1"),
      ("困难补助", "batch", "{from: 2024-01-01, to: 2024-12-31}", "2024-12-27", "没有年份"),
      ("relief", "relief", "{from: 2024-01-01, to: 2024-12-31}", "2024-12-27", "没有年份"),
    ] {
      let text = try NewBatch.lay(out: scratch.path + "/" + folder, templates: nil, language: .zh)
      let lines = scratch.text(folder + "/batch.yaml").split(separator: "\n").map(String.init)
      #expect(lines.contains { $0.hasPrefix("batch: \(batch) ") }, "\(folder)")
      #expect(lines.contains("period: \(period)") && lines.contains("pay_date: \(payDate)"), "\(lines)")
      #expect(said.isEmpty ? !text.contains("batch.yaml 里") : text.contains(said), "\(text)")
      // It can be filled in and validated as it is.
      try scratch.write(
        folder + "/applications/图书馆.CSV", "工号,姓名,银行卡号,申请金额\n00120001,张三,6200000000000000042,100\n")
      let result = try BatchRun.run(scratch.request(scratch.path + "/" + folder, .rehearse))
      #expect(result.exitStatus == 0 && result.report.batch == batch, "\(folder)")
    }
  }

  @Test func aFormIsNotWrittenIntoAFolderThatIsNotThere() throws {
    let scratch = try Scratch()
    var request = BlankWorkbook.Request(subject: "serious-illness-mutual-aid")
    request.out = scratch.path + "/none/x.xlsx"
    #expect {
      try BlankWorkbook.write(request)
    } throws: {
      let text = ($0 as? PipelineFailure)?.text(.en) ?? ""
      return text.contains("there is no folder") && !text.contains("libxlsxwriter")
    }
  }

  @Test func aNewBatchFolderHasItsForms() throws {
    let scratch = try Scratch()
    _ = try NewBatch.lay(out: scratch.path + "/new", templates: nil, language: .zh)
    let form = try FilledForm(path: scratch.path + "/new/forms/hardship-grant.xlsx")
    #expect(form.headings.contains("申请金额"))
  }
}
