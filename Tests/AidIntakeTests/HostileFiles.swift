import AidModel
import Testing

@testable import AidIntake

/// Malicious files. Each is rejected quickly, or read as harmless rows.
@Suite(.serialized) struct HostileFiles {
  typealias Kind = KindFixture

  /// Reads every sheet to its end.
  /// - Returns: the code of the refusal, or `read`.
  static func outcome(
    _ bytes: [UInt8], limits: IntakeLimits = .standard, xml: XMLMapping? = nil
  ) -> String {
    TableFixture.withFile(bytes) { path in
      do throws(IntakeFailure) {
        let file = try InputFile(path: path, name: "x", limits: limits, xml: xml)
        for sheet in file.sheets.indices {
          var reader = try file.open(sheet: sheet)
          while try reader.next() != nil {}
        }
        return "read"
      } catch {
        return error.finding.kind.code
      }
    }
  }

  /// Under a second in a release build on one core; debug builds on a busy machine get thirty.
  static func expect(
    _ bytes: [UInt8], _ wanted: String, _ what: String, limits: IntakeLimits = .standard,
    xml: XMLMapping? = nil
  ) {
    let clock = ContinuousClock()
    var found = ""
    let time = clock.measure { found = outcome(bytes, limits: limits, xml: xml) }
    #expect(found == wanted, "\(what): \(found)")
    #expect(time < .seconds(30), "\(what) takes \(time)")
  }

  static let text = "<c t=\"inlineStr\"><is><t>甲</t></is></c>"

  static func book(_ rows: String = "", after: String = "", _ shape: (inout SheetPackage) -> Void = { _ in })
    -> [UInt8]
  {
    var package = SheetPackage(rows, after: after)
    shape(&package)
    return package.bytes
  }

  static func zip(_ shape: @escaping (inout ZipFixture) -> Void) -> [UInt8] {
    book("<row>\(text)</row>") { $0.shape = shape }
  }

  // MARK: archives

  @Test func zipBombs() {
    let zeros = String(repeating: "0", count: 24 << 20)
    Self.expect(Self.book("<row><c><v>\(zeros)</v></c></row>"), "FILE-LIMIT", "24 MiB of zeros")
    let bomb = { (zip: inout ZipFixture) in zip.add("media/bomb.bin", zeros) }
    Self.expect(Self.zip(bomb), "FILE-LIMIT", "a bomb in a part that is not read")
    Self.expect(
      Self.zip { zip in
        bomb(&zip)
        for i in 0..<200 {
          var part = zip.parts[zip.parts.count - 1]
          (part.name, part.sharesBytesOf) = ("media/\(i).bin", "media/bomb.bin")
          part.bytes = []
          zip.parts.append(part)
        }
      }, "FILE-UNREADABLE", "parts that overlap")
    for size in [0, 10, 5_000] {
      Self.expect(
        Self.zip { $0.parts[$0.parts.count - 1].size = size }, "FILE-UNREADABLE",
        "a part that says \(size) bytes")
    }
    Self.expect(
      Self.zip {
        $0.parts[0].isLong = true
        $0.parts[0].size = 5 << 30
      }, "FILE-LIMIT", "a part that says 5 GiB")
    Self.expect(
      Self.zip { zip in for i in 0...20_000 { zip.add("a/\(i)", "", deflated: false) } }, "FILE-LIMIT",
      "20,000 parts and more")
  }

  @Test func partNames() {
    for name in ["../../etc/cron.d/x", "xl/../../x", "..\\..\\x", "/../x"] {
      Self.expect(Self.zip { $0.add(name, "x") }, "FILE-UNREADABLE", name)
    }
    Self.expect(Self.zip { $0.add(SheetPackage.sheet, "x") }, "FILE-UNREADABLE", "a part twice")
    Self.expect(
      Self.zip { $0.add("/" + SheetPackage.sheet, "x") }, "FILE-UNREADABLE", "a part twice, with a slash")
    Self.expect(Self.zip { $0.add("con", "x") }, "read", "names are not paths")
  }

  @Test func relationshipsInCircles() {
    for target in [
      "../xl/workbook.xml", "_rels/workbook.xml.rels", "../_rels/.rels", "worksheets/../workbook.xml",
    ] {
      Self.expect(SheetPackage("", target: target).bytes, "FILE-UNREADABLE", "a sheet that is \(target)")
    }
    let main = SheetPackage.relation("r1", "officeDocument", "_rels/.rels")
    Self.expect(
      Self.book { $0["_rels/.rels"] = SheetPackage.relationships(main) }, "FILE-KIND",
      "a workbook that is its relations")
    // A sheet of a thousand rows, shown ten thousand times.
    let row = "<row>" + String(repeating: Self.text, count: 20) + "</row>"
    let sheets = (1...10_000).map { "<sheet name=\"s\($0)\" sheetId=\"\($0)\" r:id=\"r1\"/>" }.joined()
    Self.expect(
      Self.book(String(repeating: row, count: 1000)) {
        $0["xl/workbook.xml"] = $0["xl/workbook.xml"].replacing("<sheets>", with: "<sheets>" + sheets)
      }, "FILE-UNREADABLE", "one part as ten thousand sheets")
  }

  // MARK: sheets

  @Test func cellsOfNothing() {
    var limits = IntakeLimits()
    limits.cellsMax = 1 << 18
    let row = "<row>" + String(repeating: "<c/>", count: 16_384) + "</row>"
    Self.expect(Self.book(String(repeating: row, count: 17)), "read", "blank cells")
    Self.expect(
      Self.book(String(repeating: row, count: 17)), "FILE-LIMIT", "more cells than allowed", limits: limits)
    Self.expect(Self.book(String(repeating: row, count: 300)), "FILE-LIMIT", "nothing packed too well")
    let repeated =
      "<table:table table:name=\"t\"><table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell "
      + "office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16384\"/></table:table-row>"
      + "</table:table>"
    Self.expect(Kind.flat(repeated), "FILE-LIMIT", "17 billion cells in one")
    Self.expect(Kind.archive(Kind.package(repeated)), "FILE-LIMIT", "17 billion cells in a package")
    let wide =
      "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\" "
      + "table:number-columns-repeated=\"16384\"/></table:table-row>"
    Self.expect(
      Kind.flat("<table:table table:name=\"t\">\(String(repeating: wide, count: 1_000))</table:table>"),
      "FILE-LIMIT",
      "a thousand rows of 16,384 cells in one")
    let nothing =
      "<table:table-row table:number-rows-repeated=\"999999999\"><table:table-cell/></table:table-row>"
    Self.expect(
      Kind.flat("<table:table table:name=\"t\">\(nothing)\(nothing)</table:table>"), "read", "rows of nothing"
    )
  }

  @Test func rowsAndColumnsAtTheEdge() {
    func row(_ number: String, _ cell: String) -> String {
      "<row r=\"\(number)\"><c r=\"\(cell)\"><v>1</v></c></row>"
    }
    Self.expect(Self.book(row("1048576", "XFD1048576")), "read", "the last cell")
    Self.expect(Self.book(row("1048577", "A1048577")), "FILE-LIMIT", "a row past the last")
    Self.expect(Self.book(row("1", "XFE1")), "FILE-LIMIT", "a column past the last")
    Self.expect(
      Self.book("<row r=\"1048576\">\(Self.text)</row><row>\(Self.text)</row>"), "FILE-LIMIT", "one row more")
    Self.expect(Self.book(row("0", "A1")), "FILE-LIMIT", "row 0")
    for number in ["-1", "99999999999999999999", "1e3", ""] {
      Self.expect(Self.book(row(number, "A1")), "FILE-UNREADABLE", "row \(number)")
    }
    let xml = { (rows: String) in XMLKindFixture.workbook(rows) }
    Self.expect(
      xml("<Row ss:Index=\"1048577\"><Cell><Data ss:Type=\"String\">x</Data></Cell></Row>"), "FILE-LIMIT",
      "row")
    Self.expect(
      xml("<Row><Cell ss:Index=\"16385\"><Data ss:Type=\"String\">x</Data></Cell></Row>"), "FILE-LIMIT", "col"
    )
  }

  @Test func mergedRanges() {
    var limits = IntakeLimits()
    #expect(limits.mergesMax == 100_000)
    limits.mergesMax = 1_000
    let merges = (1...1_001).map { "<mergeCell ref=\"A\($0):B\($0)\"/>" }.joined()
    Self.expect(
      Self.book("<row>\(Self.text)</row>", after: "<mergeCells>\(merges)</mergeCells>"), "FILE-LIMIT",
      "merged ranges",
      limits: limits)
    let spanned =
      "<table:table-row>"
      + String(repeating: "<table:table-cell table:number-columns-spanned=\"2\"/>", count: 1_001)
      + "</table:table-row>"
    Self.expect(
      Kind.flat("<table:table table:name=\"t\">\(spanned)</table:table>"), "FILE-LIMIT", "spanned cells",
      limits: limits)
    let across = String(
      repeating: "<Row><Cell ss:MergeAcross=\"1\"><Data ss:Type=\"String\">x</Data></Cell></Row>",
      count: 1_001)
    Self.expect(
      XMLKindFixture.workbook(across), "FILE-LIMIT", "cells merged across",
      limits: limits)
    let ranges = Kind.record(
      0xE5, Kind.little(1000, 2) + (0..<1000).flatMap { _ in Kind.little(0, 6) + Kind.little(1, 2) })
    let records = [[UInt8]](repeating: ranges, count: 2).flatMap { $0 }
    Self.expect(
      Kind.compound("Workbook", Kind.stream(sheets: [("表", 0, records)])), "FILE-LIMIT",
      "ranges of an old workbook",
      limits: limits)
  }

  @Test func indexesAndSerialsOutOfRange() {
    for index in ["1", "99999999", "4294967296", "-1", "99999999999999999999", "x"] {
      let package = SheetPackage("<row><c t=\"s\"><v>\(index)</v></c></row>", shared: "<si><t>x</t></si>")
      Self.expect(package.bytes, "FILE-UNREADABLE", "shared string \(index)")
    }
    let styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>"
    for serial in ["-1", "0", "60", "2958466", "1e300", "-1e300", "99999999999999999999", "1e-300"] {
      let package = SheetPackage(
        "<row><c s=\"0\"><v>\(serial)</v></c><c s=\"7\"><v>1</v></c></row>", styles: styles)
      let found = Self.outcome(package.bytes)
      #expect(found == "read" || found == "FILE-UNREADABLE", "\(serial): \(found)")
    }
    let list = TableFixture.read(Array("工号,姓名,自付金额,出院日期\n1001,张三,1,2958466\n".utf8))
    #expect(list.rows[0].fields[TableFixture.layout.index(of: "discharged")!].value == .unreadable)
  }

  // MARK: XML

  static let mapping = XMLMapping(row: "/e/a", columns: [.init(name: "staff_no", path: "@id")])

  /// The same markup in every XML-based kind.
  static func everywhere(_ markup: String, prolog: String = "") -> [(String, [UInt8], XMLMapping?)] {
    [
      (
        "xlsx",
        book {
          $0[SheetPackage.sheet] =
            prolog + SheetPackage.worksheet("<sheetData/>\(markup)").drop { $0 != "\n" }
        }, nil
      ),
      (
        "fods",
        Array(
          (prolog
            + String(decoding: Kind.flat("<table:table table:name=\"t\"/>" + markup), as: UTF8.self).drop {
              $0 != ">"
            }.dropFirst()).utf8),
        nil
      ),
      (
        "xml",
        Array(
          (prolog + XMLKindFixture.text("<Row/>").replacing("</Workbook>", with: markup + "</Workbook>")).utf8
        ), nil
      ),
      ("mapped", Array("\(prolog)<e><a id=\"1\">\(markup)</a></e>".utf8), mapping),
    ]
  }

  @Test func deepXML() {
    let deep = String(repeating: "<d>", count: 50_000) + String(repeating: "</d>", count: 50_000)
    for (kind, bytes, xml) in Self.everywhere(deep) {
      // Nothing recurses: unknown elements are skipped, except in a mapped row, which is built as a tree.
      Self.expect(bytes, kind == "mapped" ? "FILE-UNREADABLE" : "read", kind, xml: xml)
    }
  }

  @Test func giants() {
    let giant = String(repeating: "x", count: 11_000_000)
    for (kind, bytes, xml) in Self.everywhere("<d a=\"\(giant)\"/>") {
      Self.expect(bytes, "FILE-UNREADABLE", "an attribute in \(kind)", xml: xml)
    }
    for (kind, bytes, xml) in Self.everywhere("<\(giant)/>") {
      Self.expect(bytes, "FILE-UNREADABLE", "a name in \(kind)", xml: xml)
    }
    Self.expect(
      Self.book("<row><c t=\"inlineStr\"><is><t>\(giant)</t></is></c></row>"), "FILE-LIMIT", "a text")
    Self.expect(
      SheetPackage("<row><c t=\"s\"><v>0</v></c></row>", shared: "<si><t>\(giant)</t></si>").bytes,
      "FILE-LIMIT",
      "a shared string")
    Self.expect(
      Kind.flat(
        "<table:table table:name=\"t\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>\(giant)"
          + "</text:p></table:table-cell></table:table-row></table:table>"), "FILE-LIMIT", "a paragraph")
    Self.expect(
      XMLKindFixture.workbook("<Row><Cell><Data ss:Type=\"String\">\(giant)</Data></Cell></Row>"),
      "FILE-LIMIT",
      "a text of an XML spreadsheet")
    Self.expect(Array("工号,姓名\n1,\(giant)\n".utf8), "FILE-LIMIT", "a field of a text file")
    Self.expect(Array("工号,姓名\n1,\"\(giant)\n".utf8), "FILE-LIMIT", "an open quotation mark")
  }

  @Test func entitiesAndOutsideFiles() {
    var bomb = "<!DOCTYPE d [<!ENTITY a0 \"ha\">"
    for i in 1...30 { bomb += "<!ENTITY a\(i) \"" + String(repeating: "&a\(i - 1);", count: 10) + "\">" }
    let prologs = [
      bomb + "]>", "<!DOCTYPE d [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>",
      "<!DOCTYPE d [<!ENTITY f SYSTEM \"http://127.0.0.1:9/x\">]>",
      "<!DOCTYPE d SYSTEM \"http://127.0.0.1:9/x.dtd\">",
      "<!DOCTYPE d [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/x\"> %p;]>",
      "<!DOCTYPE d PUBLIC \"x\" \"file:///x\">",
    ]
    for prolog in prologs {
      for (kind, bytes, xml) in Self.everywhere(
        "<d>&f;&a30;</d>", prolog: "<?xml version=\"1.0\"?>\n" + prolog)
      {
        Self.expect(bytes, "XML-DOCTYPE", "\(kind): \(prolog.prefix(60))", xml: xml)
      }
    }
    for (kind, bytes, xml) in Self.everywhere("<d>&a30;</d>") {
      Self.expect(bytes, "FILE-UNREADABLE", "an entity nobody declared in \(kind)", xml: xml)
    }
    let include =
      "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/hostname\" parse=\"text\"/>"
    for (kind, bytes, xml) in Self.everywhere(include) {
      #expect(Self.outcome(bytes, xml: xml) == "read", "\(kind)")
    }
    #expect(Self.outcome(Self.book("<row><c t=\"inlineStr\"><is><t>\(include)</t></is></c></row>")) == "read")
  }
}

/// An XML spreadsheet with one sheet.
enum XMLKindFixture {
  static func text(_ rows: String) -> String {
    String(decoding: XMLKindTests.workbook(XMLKindTests.sheet(rows)), as: UTF8.self)
  }

  static func workbook(_ rows: String) -> [UInt8] { Array(text(rows).utf8) }
}
