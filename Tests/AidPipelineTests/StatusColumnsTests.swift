import AidModel
import AidPipeline
import Testing

/// What became of a payment is read wherever a list says it.
@Suite struct StatusColumnsTests {
  private static let heading = "批次,项目,工号,金额,发放日期"
  private static let line = "t-0,aid,1001,400.00,2023-03-01"

  private func office(_ headings: String, _ cells: String...) throws -> Office {
    let office = try Office()
    try office.batch("t-1", ["1001,2000,2023-05-01"], beside: "history: [h.csv]")
    let lines = cells.enumerated().map { Self.line.replacing("1001", with: "100\($0 + 1)") + "," + $1 }
    let text = ([Self.heading + "," + headings] + lines).joined(separator: "\n") + "\n"
    try office.scratch.write("t-1/h.csv", text)
    try office.scratch.write("h.csv", text)
    return office
  }

  @Test(arguments: [
    "状态", "交易状态", "处理结果", "银行反馈", "银行处理结果", "结果", "退票原因", "失败原因", "回盘结果", "处理状态", "去向", "备注", "说明",
  ])
  func aReturnedPaymentIsReadUnderAnyHeading(_ heading: String) throws {
    let office = try office(heading, "退票")
    #expect(try office.run("t-1") == ["1001": "500.00"], "\(heading)")
    #expect(try office.codes("t-1").contains("COLUMN-UNKNOWN") == ["去向", "备注", "说明"].contains(heading))
    try office.take("h.csv")
  }

  @Test(arguments: [
    ("状态,处理结果", "已发放,退票"), ("状态,去向", "已发放,退票"), ("状态,退票原因", "已发放,户名不符"), ("状态,退票原因", ",卡号抄错了"),
    ("退票理由", "卡号抄错了"), ("状态,失败原因", "退票,已补发"), ("处理结果", "看情况"), ("状态,交易状态", "在途,失败"),
  ])
  func whatDoesNotGoTogetherStops(_ headings: String, _ cells: String) throws {
    let office = try office(headings, cells)
    #expect(try office.codes("t-1").contains("STATUS-UNKNOWN"), "\(headings) \(cells)")
    let failure = #expect(throws: PipelineFailure.self) { try office.take("h.csv") }
    #expect(failure?.text(.zh).contains("STATUS-UNKNOWN") == true)
  }

  /// One cell of a column of other words.
  @Test func aWordOfAReturnAmongOthersStops() throws {
    let office = try office("状态,备注", "已发放,退票", "已发放,春节前")
    #expect(try office.codes("t-1").contains("STATUS-UNKNOWN"))
  }

  @Test(arguments: [
    ("状态,处理结果", "已发放,成功", "100.00"), ("状态,处理结果", ",退票", "500.00"), ("状态,退票原因", "退票,卡号抄错了", "500.00"),
    ("状态,退票原因", "退票已补发,户名不符", "100.00"), ("状态,退票原因", "已发放,无", "100.00"), ("失败原因", "户名不符", "500.00"),
    ("状态,备注", "已发放,春节前", "100.00"),
  ])
  func whatGoesTogetherIsTaken(_ headings: String, _ cells: String, _ pays: String) throws {
    let office = try office(headings, cells)
    #expect(try office.run("t-1") == ["1001": pays], "\(headings) \(cells)")
  }

  @Test func anImportWithoutContentsSaysSo() throws {
    let office = try office("状态", "已发放")
    #expect(try office.take("h.csv").contains("没有 contents"))
  }
}
