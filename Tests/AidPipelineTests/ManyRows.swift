import AidModel
import AidPipeline
import Testing

/// Sizes that no form intends but some list will have.
@Suite struct ManyRows {
  /// Assessing a person with three thousand rows again for every row would take nine million assessments.
  @Test(.timeLimit(.minutes(10))) func onePersonWithThousandsOfRows() throws {
    let rows = (1...3000).map { "1001,张三,\($0).00" }.joined(separator: "\n")
    let scratch = try BadInput.scratch([
      ("p.yaml", "benefits:", "award_per: row\nbenefits:"), ("a.csv", "1001,张三,1000", rows),
    ])
    let result = try BatchRun.run(scratch.request(scratch.path + "/b"))
    #expect(result.report.totals.paid == 3000)
    #expect(scratch.text("out/explanations.jsonl").split(separator: "\n").count == 3000)
  }
}
