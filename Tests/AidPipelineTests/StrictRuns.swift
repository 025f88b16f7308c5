import AidModel
import AidPipeline
import Testing

/// What `run --strict` refuses, and how it says why.
@Suite struct StrictRuns {
  private static func strict(_ scratch: Scratch) throws -> RunResult {
    var request = scratch.request(scratch.path + "/b")
    request.strict = true
    return try BatchRun.run(request)
  }

  /// Also where the row has neither unit nor staff number.
  @Test(arguments: ["工号,姓名,自付金额\n1001,张三,约5000\n", "身份证号,姓名,自付金额\n420100190001010000,张三,5\n"])
  func theRowThatWaitsIsNamed(_ list: String) throws {
    let scratch = try BadInput.scratch([("a.csv", "", list)])
    let result = try Self.strict(scratch)
    #expect(result.exitStatus == 2)
    #expect(result.report.stops.first?.text.contains("a.csv!2") == true, "\(result.report.stops)")
    #expect(!scratch.exists("out/ledgers"))
  }

  @Test func applicationsOnAHiddenSheetAreRefusedToo() throws {
    func sheet(_ name: String, _ row: [String], _ options: String) -> String {
      let rows = [["工号", "姓名", "自付金额"], row].map { cells in
        "<Row>" + cells.map { "<Cell><Data ss:Type=\"String\">\($0)</Data></Cell>" }.joined() + "</Row>"
      }
      return "<Worksheet ss:Name=\"\(name)\"><Table>\(rows.joined())</Table>\(options)</Worksheet>"
    }
    let hidden =
      "<WorksheetOptions xmlns=\"urn:schemas-microsoft-com:office:excel\"><Visible>SheetHidden</Visible>"
      + "</WorksheetOptions>"
    let schema = "urn:schemas-microsoft-com:office:spreadsheet"
    let list =
      "<?xml version=\"1.0\"?><Workbook xmlns=\"\(schema)\" xmlns:ss=\"\(schema)\">"
      + sheet("申请", ["1001", "张三", "1000"], "") + sheet("旧表", ["1002", "李四", "2000"], hidden) + "</Workbook>"
    let scratch = try BadInput.scratch([("a.csv", "", list)])
    let result = try Self.strict(scratch)
    #expect(result.exitStatus == 2 && result.report.stops.first?.text.contains("旧表") == true)
    var request = scratch.request(scratch.path + "/b")
    request.confirm = { $0.zh.contains("1 处像申请的行没有读入") ? false : true }
    #expect(throws: PipelineFailure.self) { try BatchRun.run(request) }
    request.confirm = { _ in true }
    #expect(try BatchRun.run(request).exitStatus == 1)
    #expect(scratch.text("out/ledgers/t-1-finance-office.csv").contains(",250.00,"))
  }
}
