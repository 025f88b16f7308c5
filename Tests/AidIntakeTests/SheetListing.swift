import AidModel
import Testing

@testable import AidIntake

/// Sheets are listed without parsing their rows; if that is ambiguous, everything is parsed.
@Suite struct SheetListing {
  static func left(_ text: String, pieces size: Int) -> String {
    var skipper = RowSkipper(row: "t:row")
    var kept: [UInt8] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      let piece = Array(bytes[start..<min(start + size, bytes.count)])
      kept += piece.withUnsafeBufferPointer { skipper.left(of: $0, isOver: false) }
    }
    kept += skipper.left(of: UnsafeBufferPointer(start: nil, count: 0), isOver: true)
    return String(decoding: kept, as: UTF8.self)
  }

  @Test func rowsAreLeftOutHoweverThePiecesFall() {
    let rows = "<t:row><c>1</c></t:row>\n<t:row a=\"1\"/><t:row\n a='/'><t:c/></t:row>"
    let text = "<t:table><t:rows/><t:row-group>\(rows)</t:row-group><x>甲</x>\(rows)</t:table><t:ro"
    let wanted = "<t:table><t:rows/><t:row-group>\n</t:row-group><x>甲</x>\n</t:table><t:ro"
    for size in [1, 2, 3, 5, 7, 11, 64, 1000] { #expect(Self.left(text, pieces: size) == wanted, "\(size)") }
  }

  static func names(_ tables: String) -> [String] {
    let bytes = KindFixture.archive(KindFixture.package(tables))
    return TableFixture.withFile(bytes) { path in
      do throws(IntakeFailure) {
        let file = try InputFile(path: path, name: "x")
        for sheet in file.sheets.indices {
          var reader = try file.open(sheet: sheet)
          while try reader.next() != nil {}
        }
        return file.sheets.map(\.name)
      } catch {
        return [error.finding.kind.code]
      }
    }
  }

  static func table(_ name: String, _ rows: String) -> String {
    "<table:table table:name=\"\(name)\">\(rows)</table:table>"
  }

  @Test func rowsThatHideSheetsDoNot() {
    let cell = "<table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell>"
    let row = "<table:table-row>\(cell)</table:table-row>"
    let inner = "<table:table-cell>" + Self.table("in", row) + "</table:table-cell>"
    for (what, rows) in [
      ("plain", row), ("none", ""), ("a table in a cell", "<table:table-row>\(inner)</table:table-row>"),
      ("a comment", "<!-- <table:table-row> -->" + row),
      ("a comment that ends a row", row + "<!-- </table:table-row> -->"),
      ("a comment in a row", "<table:table-row><!-- </table:table-row> -->\(cell)</table:table-row>"),
      ("a bracket in an attribute", "<table:table-row table:style-name=\"a>b\">\(cell)</table:table-row>"),
      ("a sign in an attribute", "<table:table-row table:style-name=\"a/>b\">\(cell)</table:table-row>"),
      ("an empty row", "<table:table-row/>" + row),
    ] {
      let found = Self.names(Self.table("一", rows) + Self.table("二", row))
      #expect(found == ["一", "二"] || found == ["FILE-UNREADABLE"], "\(what): \(found)")
      if !what.contains("comment"), !what.contains("sign") { #expect(found == ["一", "二"], "\(what)") }
    }
    // The comment contains what looks like the end of one table and the beginning of another.
    let hidden =
      "<!-- <table:table-row> --></table:table>" + Self.table("丙", row) + "<!-- </table:table-row> -->"
    let found = Self.names(
      "<table:table table:name=\"一\">\(row)\(hidden)<table:table table:name=\"丁\">\(row)</table:table>")
    #expect(found == ["一", "丙", "丁"] || found == ["FILE-UNREADABLE"], "\(found)")
  }

  @Test func anXMLSpreadsheetOfSeveralSheets() {
    let row = "<Row><Cell><Data ss:Type=\"String\">x</Data></Cell></Row><Row/>"
    for rows in [row, "<Row ss:Height=\"1>0\">\(row)</Row>", "<!-- <Row> -->" + row, ""] {
      let bytes = XMLKindTests.workbook(
        XMLKindTests.sheet(rows) + XMLKindTests.sheet(row, name: "另"))
      let outcome = HostileFiles.outcome(bytes)
      #expect(outcome == "read" || outcome == "FILE-UNREADABLE", "\(rows): \(outcome)")
      if rows == row { #expect(outcome == "read") }
    }
  }
}
