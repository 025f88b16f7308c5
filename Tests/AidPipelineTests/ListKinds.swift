import AidModel
import AidPipeline
import Testing

/// Entries of `applications` that say more than where the files are.
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
