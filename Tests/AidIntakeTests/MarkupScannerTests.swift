import AidModel
import Foundation
import Testing

@testable import AidIntake

/// The scanner of OpenDocument and XML spreadsheets and libxml2 alone read the same rows, down to marks and merged
/// cells, or refuse in the same words.
@Suite struct MarkupScannerTests {
  /// All that is read of all sheets, as text.
  static func outcome(_ path: String, _ reader: SheetReading) -> String {
    var limits = IntakeLimits.standard
    limits.reader = reader
    var out = ""
    do throws(IntakeFailure) {
      let file = try InputFile(path: path, name: "t", limits: limits)
      for sheet in file.sheets.indices {
        out += "\(file.sheets[sheet])\n"
        var reader = try file.open(sheet: sheet)
        while let chunk = try reader.next() {
          for row in chunk.rows {
            out += "\(row.number)\(row.isHidden ? "h" : "")"
            for slot in chunk.cells[Int(row.firstCell)..<Int(row.firstCell + row.cellCount)].prefix(40) {
              let text = String(
                decoding: chunk.bytes[Int(slot.start)..<Int(slot.start + slot.count)], as: UTF8.self)
              out += "|\(slot.column) \(slot.kind)\(slot.hasFormula ? "=" : "") \(text)"
            }
            out += " \(row.cellCount)\n"
          }
        }
        out += "\(reader.mergedRanges) \(reader.hiddenColumns) \(reader.markedCells) \(reader.isFiltered)\n"
      }
      return out
    } catch {
      return "refused " + error.finding.kind.code + " \(error.finding.place) "
        + error.finding.arguments.joined(separator: " ")
    }
  }

  /// - Returns: whether the file is read.
  @discardableResult
  static func same(_ bytes: [UInt8], _ what: String) -> Bool {
    TableFixture.withFile(bytes) { path in
      let (fast, reference) = (outcome(path, .scanner), outcome(path, .libxml2))
      #expect(fast == reference, "\(what)")
      return !reference.hasPrefix("refused")
    }
  }

  private static let styles =
    "<style:style style:name=\"ce2\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>"
    + "<style:style style:name=\"T1\"><style:text-properties style:text-line-through-type=\"single\"/></style:style>"
  private static let sheetStyles =
    "<Styles><Style ss:ID=\"s1\"><Font ss:StrikeThrough=\"1\"/></Style>"
    + "<Style ss:ID=\"s2\"><NumberFormat ss:Format=\"00000000\"/></Style>"
    + "<Style ss:ID=\"s3\"><NumberFormat ss:Format=\"[$$-409]#,##0.00\"/></Style></Styles>"

  private static func rounds(_ usual: Int) -> UInt64 {
    UInt64(ProcessInfo.processInfo.environment["MUTANTS"].flatMap { Int($0) } ?? usual)
  }

  /// A document of OpenDocument from a seed, with styles or without, as one file or a package.
  static func openDocument(_ seed: UInt64, rows: Int, oddity: Int) -> [UInt8] {
    var markup = RandomMarkup(seed: seed, oddity: oddity)
    let table = markup.openDocumentTable(rows: rows)
    if seed % 4 == 1 { return KindFixture.archive(KindFixture.package(table)) }
    return KindFixture.flat(table, styles: seed % 2 == 0 ? styles : "")
  }

  static func spreadsheet(_ seed: UInt64, rows: Int, oddity: Int) -> [UInt8] {
    var markup = RandomMarkup(seed: seed, oddity: oddity)
    return XMLKindTests.workbook(
      (seed % 2 == 0 ? sheetStyles : "") + markup.spreadsheet(rows: rows))
  }

  /// Set `MUTANTS=100000` for a long run.
  @Test func generatedTablesOfOpenDocument() {
    var read = 0
    for seed in 0..<Self.rounds(120) {
      let oddity = [1_000_000, 400, 60][Int(seed % 3)]
      if Self.same(Self.openDocument(seed, rows: 12, oddity: oddity), "seed \(seed)") { read += 1 }
    }
    #expect(read > 20, "enough are read: \(read)")
  }

  @Test func generatedXMLSpreadsheets() {
    var read = 0
    for seed in 0..<Self.rounds(120) {
      let oddity = [1_000_000, 400, 60][Int(seed % 3)]
      if Self.same(Self.spreadsheet(seed, rows: 12, oddity: oddity), "seed \(seed)") { read += 1 }
    }
    #expect(read > 8, "enough are read: \(read)")
  }

  @Test func changedBytes() {
    let pieces = [
      "<table:table-row>", "</table:table-row>", "<text:p>", "</text:p>", "<text:s/>", "<table:table-cell/>",
      " table:style-name=\"ce2\"", "<Row>", "</Row>", "<Cell/>", "</Data>", " ss:Index=\"9\"",
      "xmlns:table=\"q\" ",
    ]
    var state: UInt64 = 20_240_117
    for round in 0..<Self.rounds(200) {
      let seed = round % 40
      let good =
        round % 2 == 0
        ? Self.openDocument(4 * seed, rows: 4, oddity: 100_000)
        : Self.spreadsheet(seed, rows: 4, oddity: 100_000)
      Self.same(ScannerAgainstReference.mutated(good, &state, with: pieces), "round \(round)")
    }
  }

  @Test func filesThatEndEarly() {
    for seed in 0..<Self.rounds(20) {
      var numbers = SeededNumbers(seed: seed)
      let good =
        seed % 2 == 0
        ? Self.openDocument(4 * seed, rows: 6, oddity: 200) : Self.spreadsheet(seed, rows: 6, oddity: 200)
      for _ in 0..<4 {
        let read = Self.same(Array(good.prefix(200 + numbers.below(good.count - 200))), "seed \(seed)")
        #expect(!read, "half a file is none: seed \(seed)")
      }
    }
  }

  /// The bytes come in pieces of 256 KiB: rows, tags and characters are cut anywhere.
  @Test func documentsOfSeveralPieces() {
    for seed: UInt64 in [4, 5] {
      Self.same(Self.openDocument(seed, rows: 700, oddity: 3000), "OpenDocument \(seed)")
      Self.same(Self.spreadsheet(seed + 100, rows: 1300, oddity: 1_000_000), "spreadsheet \(seed)")
    }
    // A row longer than a piece.
    let long = String(repeating: "<table:table-cell><text:p>长</text:p></table:table-cell>", count: 9000)
    let row = "<table:table-row><table:table-cell><text:p>短</text:p></table:table-cell></table:table-row>"
    let rows = row + row + "<table:table-row>\(long)</table:table-row>" + row + row
    #expect(Self.same(KindFixture.flat("<table:table table:name=\"长\">\(rows)</table:table>"), "a long row"))
  }

  @Test func otherPrefixesAndEncodings() throws {
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    for seed in 0..<5 as Range<UInt64> {
      let office = text(Self.openDocument(4 * seed, rows: 5, oddity: 1_000_000))
      let sheet = text(Self.spreadsheet(seed, rows: 5, oddity: 1_000_000))
      for (what, changed) in [
        ("another prefix", office.replacing("table:", with: "t:").replacing("xmlns:table", with: "xmlns:t")),
        (
          "a prefix bound to another name", office.replacing("xmlns:text=\"urn:o", with: "xmlns:text=\"urn:p")
        ),
        ("prefixes exchanged", office.replacing(":text=", with: ":q=").replacing(":table=", with: ":text=")),
        ("rows with prefix", sheet.replacing("<Row", with: "<ss:Row").replacing("</Row", with: "</ss:Row")),
        ("another default", sheet.replacing("<Table", with: "<Table xmlns=\"urn:other\"")),
        ("single quotes", office.replacing("\"", with: "'")),
        ("a byte order mark", "\u{FEFF}" + office),
        ("an encoding that is named", sheet.replacing("?><?mso", with: " encoding=\"utf-8\"?><?mso")),
        ("another encoding", sheet.replacing("?><?mso", with: " encoding=\"ISO-8859-1\"?><?mso")),
        ("lines of Windows", office.replacing("><", with: ">\r\n<")),
      ] {
        Self.same(Array(changed.utf8), "\(what), seed \(seed)")
      }
      let wide = sheet.replacing("?><?mso", with: " encoding=\"UTF-16\"?><?mso")
      let data = try #require(("\u{FEFF}" + wide).data(using: .utf16LittleEndian))
      Self.same([UInt8](data), "two bytes a character, seed \(seed)")
      Self.same(Array(office.utf8.map { $0 == 0xE5 ? 0xFF : $0 }), "no UTF-8, seed \(seed)")
    }
  }
}

/// Which rows the scanners read by themselves; they would be of no use if they left all to libxml2.
@Suite struct MarkupScannerShapes {
  private static func isRead<State: SheetMarkup & ~Copyable>(_ row: String, _ type: State.Type) -> Bool {
    var state = State(wanted: 0, limits: .standard)
    let bytes = Array(row.utf8) + [UInt8](repeating: 0, count: PartPieces.padding)
    return bytes.withUnsafeBufferPointer { bytes in
      let start = bytes.baseAddress!
      let end = state.scanRow(start + State.rowStart.utf8CodeUnitCount)
      return end == start + row.utf8.count && state.builder.fault == nil
    }
  }

  @Test func rowsOfOpenDocument() {
    let text =
      "<table:table-cell office:value-type=\"string\"><text:p>张三 &amp; 李四</text:p></table:table-cell>"
    for cells in [
      text, "<table:table-cell/>", "<table:covered-table-cell table:number-columns-repeated=\"3\"/>",
      "<table:table-cell table:style-name=\"ce1\" office:value-type=\"float\" office:value=\"1\"><text:p>1</text:p>"
        + "</table:table-cell>",
      "<table:table-cell table:formula=\"of:=&quot;a&quot;\" office:value-type=\"date\" "
        + "office:date-value=\"2023-01-01\"/>",
      "<table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"1\"><text:p>a<text:s/>"
        + "<text:span text:style-name=\"T1\">b</text:span><text:tab/>c<text:line-break/></text:p>\n<text:p/>"
        + "</table:table-cell>",
    ] {
      for row in [
        "<table:table-row>\(cells)</table:table-row>",
        "<table:table-row table:style-name=\"ro1\" table:visibility=\"collapse\">\n\(text)\(cells)</table:table-row>",
      ] {
        #expect(Self.isRead(row, OpenDocumentState.self), "\(row)")
      }
    }
    for cells in [
      "<table:table-cell><!-- --></table:table-cell>", "<table:table-cell office:value-type='string'/>",
      "<table:table-cell><office:annotation/></table:table-cell>", "<table:table-cell foo=\"1\"/>",
      "<table:table-cell><text:p>a\r\n</text:p></table:table-cell>", "<table:table-cell><text:p>&x;</text:p>",
    ] {
      #expect(!Self.isRead("<table:table-row>\(cells)</table:table-row>", OpenDocumentState.self), "\(cells)")
    }
  }

  @Test func rowsOfXMLSpreadsheets() {
    for cells in [
      "<Cell ss:StyleID=\"s21\"><Data ss:Type=\"String\">a&#10;b</Data></Cell>\n", "<Cell/>",
      "<Cell ss:Index=\"4\" ss:Formula=\"=&quot;&quot;\"><Data ss:Type=\"Number\">1</Data>"
        + "<NamedCell ss:Name=\"a\"/></Cell>",
      "<Cell ss:MergeAcross=\"1\"><Data ss:Type=\"DateTime\">2023-01-01T00:00:00.000</Data></Cell>",
    ] {
      let row = "<Row ss:AutoFitHeight=\"0\" ss:Height=\"14.25\">\r\n\(cells)</Row>"
      #expect(Self.isRead(row, SpreadsheetMLState.self), "\(row)")
    }
    for cells in [
      "<Cell><Data ss:Type=\"String\"><B>a</B></Data></Cell>", "<Cell><Comment/></Cell>",
      "<Cell><Data ss:Type=\"String\">a</Data><Data ss:Type=\"String\">b</Data></Cell>", "<ss:Cell/>",
    ] {
      #expect(!Self.isRead("<Row>\(cells)</Row>", SpreadsheetMLState.self), "\(cells)")
    }
  }
}
