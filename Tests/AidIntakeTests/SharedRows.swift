import AidModel
import Testing

@testable import AidIntake

/// A large sheet gives the same result with several threads as with one: rows, findings, totals, dropped
/// rows.
@Suite struct SharedRows {
  private static func text(rows: Int) -> String {
    var text = "工号,姓名,备注,自付金额,出院日期\n"
    var fen = 0
    var sum = 0
    for n in 1...rows {
      switch n % 1500 {
      case 0:
        // Every other total is right, and one column is unreadable towards the end.
        text += "合计,,,\(sum / 100 + (n % 3000 == 0 ? 0 : 1)).\(sum % 100 < 10 ? "0" : "")\(sum % 100),\n"
      case 700: text += "工号,姓名,备注,自付金额,出院日期\n"
      case 800: text += "姓名,工号,自付金额,备注,出院日期\n"
      case 900: text += ",,,,\n"
      case 1000: text += "示例,张三,,1,\n"
      default:
        fen = (fen + 7919) % 1_000_000
        sum += fen
        let odd = n % 97 == 0 ? " 甲 " : n % 89 == 0 ? "=1" : "乙"
        text +=
          "\(10_000 + n),张三,\(odd),\(fen / 100).\(fen % 100 < 10 ? "0" : "")\(fen % 100),2023-05-0\(n % 9 + 1)\n"
      }
    }
    return text
  }

  private struct Outcome: Equatable {
    var rows: [String] = []
    var findings: [String] = []
    var dropped: [String] = []
    var counted = 0
  }

  private static func read(_ bytes: [UInt8], threads: Int) throws -> Outcome {
    try TableFixture.withFile(bytes) { path in
      var outcome = Outcome()
      let (report, findings) = try TableFile.read(
        InputFile(path: path, name: "x.csv"), sheet: nil, purpose: "aid", layout: TableFixture.layout,
        vocabulary: TableFixture.vocabulary, threads: threads, taker: { _ in RowList() },
        taken: { _, rows in
          outcome.rows += rows.map { row in
            "\(row.number) "
              + row.fields.map { "\($0.value.plain) \($0.notes.rawValue)" }.joined(separator: "|")
          }
        })
      outcome.findings = findings.map { "\($0.kind.code) \($0.place) \($0.arguments)" }
      outcome.dropped = report.dropped.map { "\($0.row) \($0.reason)" }
      outcome.counted = report.rows
      return outcome
    }
  }

  @Test func theSameByOneThreadAndByFour() throws {
    let bytes = Array(Self.text(rows: 30_000).utf8)
    let (one, four) = (try Self.read(bytes, threads: 1), try Self.read(bytes, threads: 4))
    #expect(one == four)
    #expect(one.rows.count == 30_000 - 5 * 20 && one.counted == 30_001)
    #expect(one.findings.count { $0.hasPrefix("TOTAL-MISMATCH") } == 10)
    #expect(one.findings.count { $0.hasPrefix("SHEET-AMBIGUOUS") } == 1)
  }

  /// Rows are being read when the file turns out to be truncated: it is rejected all the same.
  @Test func cutOffWhileRowsAreRead() throws {
    func cells(_ texts: [String]) -> String {
      "<Row>" + texts.map { "<Cell><Data ss:Type=\"String\">\($0)</Data></Cell>" }.joined() + "</Row>"
    }
    var text = """
      <?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
       xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>
      """
    text += cells(["工号", "姓名", "自付金额"])
    for n in 1...40_000 { text += cells(["\(10_000 + n)", "张三", "1.00"]) }
    for threads in [1, 4] {
      #expect(throws: IntakeFailure.self) { _ = try Self.read(Array(text.utf8), threads: threads) }
      let whole = text + "</Table></Worksheet></Workbook>"
      #expect(try Self.read(Array(whole.utf8), threads: threads).rows.count == 40_000)
    }
  }
}
