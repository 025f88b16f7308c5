import AidModel
import AidPipeline
import Testing

/// Entries of `applications` with more than file names.
@Suite struct ListKinds {
  static let export = """
    <?xml version="1.0"?>
    <export><applicants>
    <applicant id="1001"><name>张三</name><cost><outpatient>1000</outpatient></cost></applicant>
    <applicant id="1002"><name>李四</name><cost><outpatient>abc</outpatient></cost></applicant>
    </applicants></export>
    """
  static let xml =
    "xml: {row: /export/applicants/applicant, columns: {staff_no: \"@id\", self_pay: cost/outpatient}}"

  static func scratch(_ entry: String, list: String = "") throws -> Scratch {
    let scratch = try BadInput.scratch([("batch.yaml", "files: [a.csv]", "files: [a.*], \(entry)")])
    if list.isEmpty { try scratch.write("b/a.csv", export) } else { try scratch.write("b/a.csv", list) }
    return scratch
  }

  @Test func exportsAreReadThroughTheirMapping() throws {
    let scratch = try Self.scratch(Self.xml)
    #expect(try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse)).exitStatus == 1)
    let text = scratch.text("out/explanations.jsonl")
    #expect(
      text.contains(
        "\"outcome\":\"paid\",\"amount\":\"250.00\",\"rows\":[{\"file\":\"a.csv\",\"sheet\":\"\",\"row\":3"))
    #expect(text.contains("\"staff_no\":\"1002\"") && text.contains("AMOUNT-FORMAT"))
  }

  @Test func aWrongMappingIsRefusedWithItsPlace() throws {
    for (from, to, says) in [
      ("row: /", "row: ", "batch.yaml:7:47"), ("@id", "@id[", "not an XPath"),
      ("staff_no", "staff", "no column 'staff'"),
      ("cost/outpatient", "../../x", "leaves its row"),
      ("row: /export/applicants/applicant, ", "", "lacks 'row'"),
      ("columns: {", "namespaces: {}, columns: {", "namespaces"),
      ("row: ", "schema: a.csv, row: ", "not a valid XML Schema"),
      ("row: ", "schema: ../x, row: ", "leaves the batch"),
    ] {
      let scratch = try Self.scratch(Self.xml.replacing(from, with: to))
      let text = BadInput.failure(scratch)?.text(.en) ?? ""
      #expect(text.contains(says), "\(to): \(text)")
    }
    let elsewhere = try Self.scratch(Self.xml.replacing("/applicants", with: "/nobody"))
    #expect(try BatchRun.run(elsewhere.request(elsewhere.path + "/b")).exitStatus == 2)
    #expect(elsewhere.text("out/reports/validation.json").contains("HEADER-NOT-FOUND"))
  }

  @Test func tenThousandsAreHeldUntilTheBatchFileConfirmsThem() throws {
    let list = "工号,姓名,自付金额（万元）\n1001,张三,1.23456\n1002,李四,2万\n"
    let held = try Self.scratch("sheet: 1", list: list)
    #expect(try BatchRun.run(held.request(held.path + "/b", .rehearse)).exitStatus == 1)
    #expect(!held.text("out/explanations.jsonl").contains("\"outcome\":\"paid\""))
    #expect(held.text("out/reports/validation.json").contains("unit_of_money: 万元"))
    let confirmed = try Self.scratch("unit_of_money: 万元", list: list)
    #expect(try BatchRun.run(confirmed.request(confirmed.path + "/b", .rehearse)).exitStatus == 1)
    let text = confirmed.text("out/explanations.jsonl")
    #expect(text.contains("\"value\":\"12345.60\"") && text.contains("\"amount\":\"3086.40\""), "\(text)")
    let report = confirmed.text("out/reports/validation.json")
    #expect(
      report.contains("UNIT-CONVERTED") && report.contains("AMOUNT-FORMAT")
        && !report.contains("UNIT-OF-MONEY"))
    let unknown = try Self.scratch("unit_of_money: 美元", list: list)
    #expect(BadInput.failure(unknown)?.text(.en).contains("unknown unit of money") == true)
  }
}

/// `columns.yaml` in a batch folder.
@Suite struct OfficeHeadingsTests {
  static let list = "人员代码,大名,掏的钱,备注\n1001,张三,1000,x\n统计,,1000,\n"
  static let columns = """
    headings:
      staff_no: [人员代码]
      name: 大名
      self_pay: [掏的钱, 备注]
    words: {totals: [统计]}
    """

  static func scratch(_ columns: String?) throws -> Scratch {
    let scratch = try BadInput.scratch([("a.csv", "", list)])
    if let columns { try scratch.write("b/columns.yaml", columns) }
    return scratch
  }

  @Test func officesNameTheirColumns() throws {
    let without = try Self.scratch(nil)
    #expect(try BatchRun.run(without.request(without.path + "/b")).exitStatus == 2)
    let scratch = try Self.scratch(Self.columns.replacing(", 备注", with: ""))
    #expect(try BatchRun.run(scratch.request(scratch.path + "/b")).exitStatus == 0)
    #expect(scratch.text("out/ledgers/t-1-finance-office.csv").contains(",250.00,"))
    #expect(scratch.text("out/manifest.json").contains("columns.yaml"))
    var request = Inspection.Request(file: scratch.path + "/b/a.csv")
    request.policy = scratch.path + "/b/p.yaml"
    var text = ""
    try Inspection.show(request) { text += String(decoding: $0, as: UTF8.self) }
    #expect(text.contains("A 人员代码 → staff_no") && text.contains("C 掏的钱 → self_pay (money)"), "\(text)")
  }

  @Test func aHeadingGivenAwayIsTakenFromItsOldColumn() throws {
    let scratch = try Self.scratch(Self.columns)
    _ = try BatchRun.run(scratch.request(scratch.path + "/b"))
    #expect(scratch.text("out/reports/validation.json").contains("COLUMN-TWICE"), "备注 is an amount now, too")
  }

  /// The policy is not at fault for a heading that the office assigns elsewhere.
  @Test func aHeadingOfThePolicyMayBeGivenAway() throws {
    let scratch = try BadInput.scratch([("a.csv", "", "工号,姓名,掏的钱,自付金额\n1001,张三,1000,无\n")])
    try scratch.write("b/columns.yaml", "headings: {self_pay: [掏的钱], remark: [自付金额]}\n")
    #expect(try BatchRun.run(scratch.request(scratch.path + "/b")).exitStatus == 0)
    #expect(scratch.text("out/ledgers/t-1-finance-office.csv").contains(",250.00,"))
  }

  @Test func mistakesAreRefusedWithTheirPlace() throws {
    for (columns, says) in [
      ("headings: {self_pai: [掏的钱]}", "columns.yaml:1:"), ("headings: [x]", "must map column names"),
      ("headings: {staff_no: [甲], name: [甲]}", "given to both"), ("heading: {}", "unknown key 'heading'"),
      ("words: {total: [甲]}", "unknown key 'total'"), ("headings: {", "not well-formed YAML"),
    ] {
      let text = BadInput.failure(try Self.scratch(columns))?.text(.en) ?? ""
      #expect(text.contains(says), "\(columns): \(text)")
    }
  }
}

/// Crossed-out rows.
@Suite struct StruckRows {
  @Test func aStruckRowWaits() throws {
    let sheet = """
      <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
      xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
      <Styles><Style ss:ID="s1"><Font ss:StrikeThrough="1"/></Style></Styles><Worksheet ss:Name="表"><Table>
      <Row><Cell><Data ss:Type="String">工号</Data></Cell><Cell><Data ss:Type="String">自付金额</Data></Cell>
      <Cell><Data ss:Type="String">别的</Data></Cell></Row>
      <Row><Cell ss:StyleID="s1"><Data ss:Type="String">1001</Data></Cell>
      <Cell><Data ss:Type="Number">1000</Data></Cell></Row>
      <Row><Cell><Data ss:Type="String">1002</Data></Cell><Cell><Data ss:Type="Number">1000</Data></Cell>
      <Cell ss:StyleID="s1"><Data ss:Type="String">x</Data></Cell></Row>
      </Table></Worksheet></Workbook>
      """
    let scratch = try BadInput.scratch([("a.csv", "", sheet)])
    #expect(try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse)).exitStatus == 1)
    let text = scratch.text("out/explanations.jsonl")
    #expect(
      text.contains("CELL-STRUCK")
        && text.contains("\"staff_no\":\"1002\",\"name\":\"\",\"unit\":\"\",\"outcome\":\"paid\""))
  }
}
