import AidModel
import Testing

@testable import AidIntake

/// A stored time keeps its zone until a date is asked for, in every kind of file; displayed as stored it has
/// none, as in spreadsheet programs.
@Suite struct MomentsWithZones {
  private typealias Fixture = KindFixture

  private static let moments = [
    ("2023-12-31T16:00:00Z", "2024-01-01"), ("2023-12-31T23:30:00+08:00", "2023-12-31"),
    ("2023-12-31T11:00:00.000-05:00", "2024-01-01"), ("2024-01-01T00:00:00", "2024-01-01"),
    ("2023-12-31T00:00:00Z", "2023-12-31"), ("2024-01-01T01:00:00+1000", "2023-12-31"),
  ]

  private static func check(_ kind: String, _ bytes: (String) throws -> [UInt8]) throws {
    for (moment, day) in moments {
      let file = try bytes(moment)
      let read = TableFixture.read(file)
      let field = try #require(
        read.rows.first?.fields[TableFixture.layout.index(of: "discharged")!], "\(kind) \(moment)")
      #expect(field.value == .date(CivilDate(iso: day)!), "\(kind) \(moment) \(field)")
      #expect(field.notes.contains(.dateMoved) == !moment.hasPrefix(day), "\(kind) \(moment)")
      if kind != "csv" {
        let raw = TableFixture.raw(file)
        #expect(
          raw.contains(String(moment.prefix(10))) && !raw.contains("Z") && !raw.contains("+"),
          "\(kind) \(raw)")
      }
    }
  }

  @Test func everyKindOfFile() throws {
    let heading = ["工号", "姓名", "自付金额", "出院日期"]
    let values = ["1001", "张三", "1000"]
    try Self.check("csv") { Array((heading.joined(separator: ",") + "\n1001,张三,1000,\($0)\n").utf8) }
    try Self.check("xlsx") { moment in
      let texts = values.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined()
      return TestWorkbook(
        rows: TestWorkbook.texts(1, heading) + "<row r=\"2\">\(texts)<c t=\"d\"><v>\(moment)</v></c></row>"
      ).bytes
    }
    try Self.check("ods") { moment in
      func text(_ text: String) -> String {
        "<table:table-cell office:value-type=\"string\"><text:p>\(text)</text:p></table:table-cell>"
      }
      let day =
        "<table:table-cell office:value-type=\"date\" office:date-value=\"\(moment)\">"
        + "<text:p>x</text:p></table:table-cell>"
      let rows = [heading.map(text).joined(), values.map(text).joined() + day].map {
        "<table:table-row>\($0)</table:table-row>"
      }
      return Fixture.flat("<table:table table:name=\"表\">\(rows.joined())</table:table>")
    }
    try Self.check("xml") { moment in
      func cell(_ type: String, _ text: String) -> String {
        "<Cell><Data ss:Type=\"\(type)\">\(text)</Data></Cell>"
      }
      let names = "urn:schemas-microsoft-com:office:spreadsheet"
      let rows = [
        heading.map { cell("String", $0) }, values.map { cell("String", $0) } + [cell("DateTime", moment)],
      ].map { "<Row>\($0.joined())</Row>" }
      return Array(
        ("<Workbook xmlns=\"\(names)\" xmlns:ss=\"\(names)\"><Worksheet ss:Name=\"表\"><Table>"
          + rows.joined() + "</Table></Worksheet></Workbook>").utf8)
    }
  }

  @Test func whatIsNoZoneIsNone() {
    for (text, length) in [
      ("2023-05-01T08:30:00Z", 1), ("2023-05-01T08:30+08:00", 6), ("2023-05-01T08:30-0500", 5),
      ("2023-05-01T08:30+08", 3),
      ("2023-05-01T08:30:00", 0), ("2023-05-01", 0), ("2023-05-01T08", 0), ("2023-05-01T08:30+8", 0),
      ("08:30:00-", 0),
    ] {
      #expect(MomentZone.length(Array(text.utf8)) == length, "\(text)")
    }
  }
}
