import AidModel
import AidPipeline
import AidReview
import Foundation
import Testing

/// The outcome of rows appears in every report, however many there are.
@Suite struct RowsAndReports {
  private static func run(_ list: String) throws -> (scratch: Scratch, report: BatchReport) {
    let scratch = try BadInput.scratch([("a.csv", "", list)])
    return (scratch, try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse)).report)
  }

  private static func outcomes(_ report: BatchReport) -> [String: String] {
    var outcomes: [String: String] = [:]
    for entry in report.book.entries {
      let award = report.book.award(entry)
      outcomes[award.staffNo] = award.outcome.rawValue
    }
    return outcomes
  }

  /// Half of a person's costs is neither a payment nor a refusal.
  @Test func whoeverHasRowsWithoutANameBelowWaits() throws {
    for rows in [
      "1001,张三,1000\n,,2000\n", "1001,张三,1000\n,张三,2000\n", "1001,张三,1000\n,,2000\n,,3000\n",
      "1001,张三,1000\n,,2000\n,张三,3000\n",
    ] {
      let (_, report) = try Self.run("工号,姓名,自付金额\n1002,李四,1000\n\(rows)1003,王五,1000\n")
      let found = Self.outcomes(report)
      #expect(
        found["1001"] == "held" && found["1002"] == "paid" && found["1003"] == "paid", "\(rows) \(found)")
      let said = report.findings.filter { $0.kind.code == "PERSON-UNSURE" }
      #expect(said.map(\.place.row) == [3], "said once, of the person: \(said)")
    }
    for rows in ["1001,张三,1000\n,钱七,2000\n", "1001,张三,1000\n小计,,1000\n,,2000\n"] {
      let (_, report) = try Self.run("工号,姓名,自付金额\n\(rows)")
      #expect(Self.outcomes(report)["1001"] == "paid", "\(rows)")
    }
  }

  @Test func aMillionBlankRowsMakeNoLongReport() throws {
    let blank = (0..<6000).map { $0 % 2 == 0 ? ",,\n" : "1001,张三,1\n" }.joined()
    let (scratch, report) = try Self.run("工号,姓名,自付金额\n" + blank + String(repeating: ",,\n", count: 5000))
    let json = scratch.text("out/reports/validation.json")
    #expect(report.totals.isConserved && report.files[0].dropped.count == 8001)
    #expect(
      json.contains("\"blank\": 8000") && json.components(separatedBy: "\"reason\": \"blank\"").count < 1100)
    let (few, _) = try Self.run("工号,姓名,自付金额\n,,\n,,\n1001,张三,1\n")
    let short = few.text("out/reports/validation.json")
    #expect(short.contains("\"row\": 3,\n          \"reason\": \"blank\"\n") && !short.contains("\"to\":"))
  }

  @Test func applicationsOfAUnitAddUp() throws {
    let scratch = try BadInput.scratch([
      ("a.csv", "", "工号,姓名,单位,自付金额\n1001,张三,机械学院,1000\n1002,李四,机械学院,5\n"),
      ("p.yaml", "benefits:", "count:\n  - {when: self_pay >= 100, otherwise: 太少}\nbenefits:"),
    ])
    let result = try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse))
    #expect(result.report.totals.notCounted == 1)
    let json = scratch.text("out/reports/summary.json")
    #expect(
      json.components(separatedBy: "\"not_counted\": 1").count == 4, "programme, unit and totals: \(json)")
    #expect(ConsoleSummary.text(result.report, language: .zh).contains("不计入 1，金额"))
    #expect(scratch.text("out/reports/summary.html").contains("<th>不计入</th>") || json.contains("not_counted"))
  }

  @Test func aUnitOfMoneyOfAnEntryForSeveralListsIsNotEveryLists() throws {
    let scratch = try BadInput.scratch([
      ("batch.yaml", "files: [a.csv]", "files: [applications/], unit_of_money: 万元"),
      ("a.csv", "", "工号,姓名,自付金额\n1001,张三,3000\n"),
    ])
    try scratch.write("b/applications/a.csv", "工号,姓名,自付金额（万元）\n1001,张三,0.3\n")
    try scratch.write("b/applications/b.csv", "工号,姓名,自付金额\n1002,李四,3000\n")
    var found = Self.outcomes(try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse)).report)
    #expect(found == ["1001": "paid", "1002": "held"])
    let own =
      "files: [applications/a.csv]}\n  - {programme: aid, files: [applications/b.csv], unit_of_money: 万元"
    try scratch.write(
      "b/batch.yaml",
      scratch.text("b/batch.yaml").replacing("files: [applications/], unit_of_money: 万元", with: own))
    let report = try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse)).report
    found = Self.outcomes(report)
    #expect(found == ["1001": "held", "1002": "paid"], "an entry of its own speaks for b alone: \(found)")
  }
}
