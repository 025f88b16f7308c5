import AidModel
import AidPipeline
import Testing

/// Rows above a heading: applications wait, other lists stop the run.
@Suite struct UnreadRowsInBatches {
  @Test func applicationsAboveTheHeadingAreNotForgotten() throws {
    let scratch = try BadInput.scratch([("a.csv", "", "1002,李四,1000\n工号,姓名,自付金额\n1001,张三,1000\n")])
    let result = try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse))
    #expect(result.exitStatus == 1 && result.report.unreadApplications.count == 1)
    let last = try BadInput.scratch([("a.csv", "", "1002,李四,1000\n1001,张三,1000\n工号,姓名,自付金额\n")])
    #expect(try BatchRun.run(last.request(last.path + "/b", .rehearse)).exitStatus == 1)
    var strict = scratch.request(scratch.path + "/b", .rehearse)
    strict.strict = true
    #expect(try BatchRun.run(strict).exitStatus == 2)
  }

  @Test(arguments: [2, 5, 50])
  func paymentsAboveTheHeadingStopTheRun(_ row: Int) throws {
    let office = try Office()
    try office.batch("t-1", ["1001,1000,2023-05-01"], beside: "history: [h.csv]")
    let path = try office.list("t-1/h.csv", ["t-0,aid,1001,,500.00,2023-03-28,已发"])
    let line = "t-0,aid,1002,,500.00,2023-03-28,已发\n"
    try office.scratch.write(
      "t-1/h.csv", String(repeating: line, count: row - 1) + office.scratch.text("t-1/h.csv"))
    #expect(throws: PipelineFailure.self, "\(path)") { try office.run("t-1") }
    #expect(throws: PipelineFailure.self) { try office.take("t-1/h.csv") }
  }
}
