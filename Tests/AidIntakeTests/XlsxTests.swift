import Foundation
import Testing

@testable import AidIntake

/// The contents of workbooks, cell by cell.
@Suite struct XlsxTests {
  static func raw(_ book: TestWorkbook) throws -> String { try TestFile(book.bytes).raw() }

  @Test func everyKindOfCell() throws {
    let rows = """
      <row r="1"><c r="A1"><v>12</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="b"><v>1</v></c>\
      <c r="D1" t="e"><v>#REF!</v></c><c r="E1" t="str"><f>A1</f><v>x</v></c>\
      <c r="F1" t="inlineStr"><is><r><t>富</t></r><r><t xml:space="preserve"> 文</t></r></is></c></row>
      <row r="3"><c r="B3"><v>8097.6899999999996</v></c><c r="C3"><v>1E+20</v></c><c r="D3"><v>-0.5</v></c>\
      <c r="E3"><f>1+1</f></c><c r="F3"><f>1+1</f><v>2</v></c></row>
      """
    let shared = "<si><t>共&amp;享</t><rPh sb=\"0\" eb=\"1\"><t>gòng</t></rPh></si>"
    let expected = "12,共&享,TRUE,#REF!,x,富 文\n,,,,,\n,8097.69,100000000000000000000,-0.5,,2\n"
    for deflated in [false, true] {
      var book = TestWorkbook(rows: rows, shared: shared)
      book.isDeflated = deflated
      #expect(try Self.raw(book) == expected)
    }
  }

  @Test func strictNamespacesPrefixesAndOtherPlaces() throws {
    let rows = TestWorkbook.texts(1, ["甲", "乙"])
    let strict = TestWorkbook(
      rows: rows, main: "http://purl.oclc.org/ooxml/spreadsheetml/main",
      relations: "http://purl.oclc.org/ooxml/officeDocument/relationships")
    #expect(try Self.raw(strict) == "甲,乙\n")
    for target in ["/xl/worksheets/sheet1.xml", "./worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml"] {
      #expect(try Self.raw(TestWorkbook(rows: rows, target: target)) == "甲,乙\n", "\(target)")
    }
    var prefixed = TestWorkbook(rows: "")
    prefixed.change("xl/worksheets/sheet1.xml") { _ in
      "<x:worksheet xmlns:x=\"\(TestWorkbook.main)\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"inlineStr\"><x:is>"
        + "<x:t>丙</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    }
    #expect(try Self.raw(prefixed) == "丙\n")
    var upper = TestWorkbook(rows: rows)
    for i in upper.parts.indices where upper.parts[i].name.hasSuffix("sheet1.xml") {
      upper.parts[i].name = "XL/Worksheets/Sheet1.xml"
    }
    #expect(try Self.raw(upper) == "甲,乙\n")
  }

  @Test func cellsWithoutReferencesAndEscapes() throws {
    let rows =
      "<row><c><v>1</v></c><c><v>2</v></c></row><row><c r=\"C2\"><v>3</v></c><c><v>4</v></c></row>"
      + "<row r=\"5\"><c t=\"inlineStr\"><is><t>a_x000D__x000A_b_x005F_x0041_</t></is></c></row>"
    #expect(try Self.raw(TestWorkbook(rows: rows)) == "1,2,,\n,,3,4\n,,,\n,,,\n\"a\r\nb_x0041_\",,,\n")
  }

  @Test func numberFormatsThatMakeDays() throws {
    let styles =
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"
      + "<numFmt numFmtId=\"165\" formatCode=\"0.00&quot;day&quot;\"/></numFmts>"
      + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
      + "<xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"22\"/></cellXfs>"
    let rows =
      "<row r=\"1\"><c><v>45356</v></c><c s=\"1\"><v>45356</v></c><c s=\"2\"><v>45356</v></c>"
      + "<c s=\"3\"><v>45356</v></c><c s=\"4\"><v>45356.75</v></c><c t=\"d\"><v>2024-03-05</v></c></row>"
    #expect(
      try Self.raw(TestWorkbook(rows: rows, styles: styles))
        == "45356,2024-03-05,2024-03-05,45356,2024-03-05T18:00:00,2024-03-05\n")
    let from1904 = TestWorkbook(rows: rows, styles: styles, workbook: "<workbookPr date1904=\"1\"/>")
    #expect(try Self.raw(from1904).contains("2028-03-06"))
  }

  /// Each is rejected by name; none is read in part.
  @Test func filesThatAreNotRight() throws {
    let rows = TestWorkbook.texts(1, ["甲"])
    func code(_ edit: (inout TestWorkbook) -> Void) throws -> String? {
      var book = TestWorkbook(rows: rows, shared: "<si><t>x</t></si>")
      edit(&book)
      return try TestFile(book.bytes).refusal()
    }
    let sheet = "xl/worksheets/sheet1.xml"
    #expect(try code { _ in } == nil)
    #expect(try code { $0.change(sheet) { $0.replacing("</row>", with: "") } } == "FILE-UNREADABLE")
    #expect(try code { $0.change(sheet) { $0 + "<more/>" } } == "FILE-UNREADABLE")
    let bomb = "<!DOCTYPE w [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>"
    #expect(
      try code { $0.change(sheet) { $0.replacing("<worksheet", with: bomb + "<worksheet") } } == "XML-DOCTYPE"
    )
    #expect(
      try code { $0.change("xl/workbook.xml") { $0.replacing("<workbook", with: bomb + "<workbook") } }
        == "XML-DOCTYPE")
    #expect(
      try code { $0.change("xl/sharedStrings.xml") { $0.replacing("<sst", with: bomb + "<sst") } }
        == "XML-DOCTYPE")
    #expect(try code { $0.change(sheet) { $0.replacing(">甲<", with: ">&external;<") } } == "FILE-UNREADABLE")
    #expect(
      try code {
        $0.change(sheet) {
          $0.replacing("<c t=\"inlineStr\">", with: "<c t=\"s\"><v>7</v></c><c t=\"inlineStr\">")
        }
      }
        == "FILE-UNREADABLE")
    #expect(try code { $0.parts.removeAll { $0.name == sheet } } == "FILE-UNREADABLE")
    #expect(try code { $0.parts.removeAll { $0.name.hasPrefix("_rels") } } == "FILE-KIND")
    #expect(
      try code { $0.change(sheet) { $0.replacing("<row r=\"1\">", with: "<row r=\"1048577\">") } }
        == "FILE-LIMIT")
    #expect(try code { $0.change(sheet) { $0.replacing("<c ", with: "<c r=\"XFE1\" ") } } == "FILE-LIMIT")
  }

  @Test func damagedArchives() throws {
    let good = TestWorkbook(rows: TestWorkbook.texts(1, ["甲"])).bytes
    #expect(try TestFile(Array(good.dropLast(30))).refusal() == "FILE-UNREADABLE")
    #expect(try TestFile(Array(good.prefix(100))).refusal() == "FILE-UNREADABLE")
    var changed = good
    let text = Array("甲".utf8)
    let at = try #require(good.indices.first { good[$0...].starts(with: text) })
    changed[at + 2] ^= 1
    #expect(try TestFile(changed).refusal() == "FILE-UNREADABLE", "the checksum of a part is checked")
    #expect(try TestFile([]).refusal() == "FILE-UNREADABLE")
    let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 1016)
    #expect(try TestFile(old).refusal() == "FILE-KIND")
    let encrypted = old + "EncryptedPackage".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } + [0, 0]
    #expect(try TestFile(encrypted + [UInt8](repeating: 0, count: 96)).refusal() == "FILE-ENCRYPTED")
    #expect(try TestFile(Array("%PDF-1.7".utf8)).refusal() == "FILE-KIND")
  }

  @Test func limitsStopBombs() throws {
    var bomb = TestWorkbook(rows: TestWorkbook.texts(1, [String(repeating: "0", count: 100_000)]))
    bomb.isDeflated = true
    var limits = IntakeLimits()
    limits.inflationRatioFrom = 1 << 16
    limits.inflationRatioMax = 50
    #expect(try TestFile(bomb.bytes).refusal(limits: limits) == "FILE-LIMIT")
    limits = IntakeLimits()
    limits.cellBytesMax = 1000
    #expect(try TestFile(bomb.bytes).refusal(limits: limits) == "FILE-LIMIT")
  }

  @Test func hiddenAndMergedAreSeen() throws {
    let rows = "<row r=\"1\"><c><v>1</v></c></row><row r=\"2\" hidden=\"1\"><c><v>2</v></c></row>"
    let after = "<autoFilter ref=\"A1:B9\"/><mergeCells count=\"1\"><mergeCell ref=\"A1:B3\"/></mergeCells>"
    let file = try TestFile(TestWorkbook(rows: rows, after: after).bytes)
    var reader = try InputFile(path: file.path, name: "t").open(sheet: 0)
    var hidden: [Int32] = []
    while let chunk = try reader.next() { hidden += chunk.rows.filter(\.isHidden).map(\.number) }
    #expect(hidden == [2] && reader.isFiltered)
    #expect(reader.mergedRanges == [MergedRange(firstRow: 1, lastRow: 3, firstColumn: 0, lastColumn: 1)])
  }
}
