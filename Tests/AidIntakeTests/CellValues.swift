import Testing

@testable import AidIntake

/// The value of a workbook cell in every form the format allows.
@Suite struct CellValues {
  static let values: [(cells: String, line: String)] = [
    ("<c r=\"A2\"><v>12</v></c><c r=\"B2\" t=\"n\"><v>-3.50</v></c>", "12,-3.5"),
    (
      "<c r=\"A2\"><v> 12 </v></c><c r=\"B2\"><v>+5</v></c><c r=\"C2\"><v>.5</v></c><c r=\"D2\"><v>5.</v></c>",
      "12,5,0.5,5"
    ),
    (
      "<c r=\"A2\"><v>1E+100</v></c><c r=\"B2\"><v>0.30000000000000004</v></c><c r=\"C2\"><v>-0</v></c>",
      "1e+100,0.30000000000000004,-0"
    ),
    (
      "<c r=\"A2\"><v>8097.6899999999996</v></c><c r=\"B2\"><v>1.1010519120229E+17</v></c>",
      "8097.69,110105191202290000"
    ),
    (
      "<c r=\"A2\" t=\"b\"><v>1</v></c><c r=\"B2\" t=\"b\"><v>0</v></c><c r=\"C2\" t=\"b\"><v>true</v></c>",
      "TRUE,FALSE,TRUE"
    ),
    ("<c r=\"A2\" t=\"e\"><v>#REF!</v></c><c r=\"B2\" t=\"e\"><v>#N/A</v></c>", "#REF!,#N/A"),
    ("<c r=\"A2\" t=\"str\"><f>\"a\"</f><v>王&amp;李 &lt;x&gt; &#20108;&#x4E09;</v></c>", "王&李 <x> 二三"),
    (
      "<c r=\"A2\"><f t=\"shared\" ref=\"A2:A9\" si=\"0\">B1*2</f><v>6</v></c><c r=\"B2\"><f/><v>7</v></c>",
      "6,7"
    ),
    ("<c r=\"A2\"><f>B1</f></c><c r=\"B2\" t=\"str\"><f>B1</f><v></v></c><c r=\"C2\"><v>1</v></c>", ",,1"),
    ("<c r=\"A2\" t=\"inlineStr\"><is><t>张 三</t></is></c><c r=\"B2\"><is><t>x</t></is></c>", "张 三,x"),
    (
      "<c r=\"A2\" t=\"inlineStr\"><is><r><rPr><b/><sz val=\"9\"/></rPr><t>a</t></r>"
        + "<r><t xml:space=\"preserve\"> b</t></r></is></c>",
      "a b"
    ),
    (
      "<c r=\"A2\" t=\"inlineStr\"><is><r><t>a</t></r><rPh sb=\"0\" eb=\"1\"><t>PH</t></rPh>"
        + "<r><t>b</t></r></is></c>",
      "ab"
    ),
    (
      "<c r=\"A2\" t=\"inlineStr\"><is><t>a_x000D_b_x005F_x000A_ _xD83D_ _x00e9_</t></is></c>",
      "\"a\rb_x000A_ _xD83D_ é\""
    ),
    ("<c r=\"A2\" t=\"str\"><v>a\nb&#10;c</v></c>", "\"a\nb\nc\""),
    (
      "<c r=\"A2\" t=\"str\"><v xml:space=\"preserve\"> a </v></c><c r=\"B2\" t=\"str\"><v> b </v></c>",
      " a , b "
    ),
    ("<c r=\"A2\" t=\"str\"><v>a<!-- c -->b<![CDATA[<d>]]></v></c>", "ab<d>"),
    (
      "<c r=\"A2\" t=\"d\"><v>2023-05-01</v></c><c r=\"B2\" t=\"d\"><v>2023-05-01T08:30:00.5Z</v></c>"
        + "<c r=\"C2\" t=\"d\"><v>PT26H30M</v></c>",
      "2023-05-01,2023-05-01T08:30:00.500,26:30:00"
    ),
    ("<c r=\"A2\" s=\"7\" cm=\"1\" vm=\"2\" ph=\"1\"><v>1</v></c>", "1"),
    ("\n  <c r=\"A2\">\n    <f>B1</f>\n    <v>1</v>\n  </c>\n", "1"),
    ("<c><v>1</v></c><c r=\"D2\"><v>2</v></c><c><v>3</v></c>", "1,,,2,3"),
    ("<c r=\"c2\"><v>3</v></c><c r=\"A2\"><v>1</v></c><c r=\"B2\"><v>2</v></c>", "1,2,3"),
    ("<c r=\"A2\" t=\"e\"><v/></c><c r=\"B2\" t=\"e\"/>", "#ERR!,#ERR!"),
    ("<c r=\"A2\"><v>1</v></c><c r=\"XFD2\" s=\"3\"/>", "1"),
    ("<c r=\"A2\" z:q=\"1\"><v>1</v></c>", "1"),
    ("<c r=\"A2\"><v>1</v><extLst><ext uri=\"x\"/></extLst></c>", "1"),
    (
      "<c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v> 1 </v></c><c r=\"C2\" t=\"s\"><v>2</v></c>",
      "甲乙, b ,x"
    ),
  ]

  static let shared = """
    <si><r><rPr><b/></rPr><t>甲</t></r><r><t>乙</t></r><rPh sb="0" eb="1"><t>PH</t></rPh>\
    <phoneticPr fontId="1" type="noConversion"/></si>
    <si><t xml:space="preserve"> b </t><phoneticPr fontId="1"/></si><si><t>x</t></si>
    """

  @Test func everyShapeIsReadByBothReaders() throws {
    for (cells, line) in Self.values {
      #expect(try BothReaders.row(cells, shared: Self.shared) == line, "\(cells)")
    }
  }

  static let refused: [String] = [
    "<c r=\"A2\"><v>abc</v></c>", "<c r=\"A2\"><v>1E400</v></c>", "<c r=\"A2\"><v>1 2</v></c>",
    "<c r=\"A2\"><v>0x10</v></c>", "<c r=\"A2\"><v>NaN</v></c>", "<c r=\"A2\" t=\"x\"><v>1</v></c>",
    "<c r=\"A2\" t=\"\"><v>1</v></c>", "<c r=\"A2\" t=\"b\"><v>2</v></c>", "<c r=\"$A$2\"><v>1</v></c>",
    "<c r=\"2A\"><v>1</v></c>", "<c r=\"A2\" t=\"d\"><v>2023-02-30</v></c>",
    "<c r=\"A2\" t=\"d\"><v>yesterday</v></c>", "<c r=\"A2\" t=\"s\"><v>3</v></c>",
    "<c r=\"A2\" t=\"s\"><v>-1</v></c>", "<c r=\"A2\"><v>1</v><v>2</v></c>",
    "<c r=\"A2\" t=\"inlineStr\"><v>1</v></c>", "<c r=\"A2\"><v>&x;</v></c>",

    "<c r=\"A2\" r=\"A2\"><v>1</v></c>", "<c r=\"A2\"><v>1</v></d>", "<c r=\"A2\"><v>a]]>b</v></c>",
    "<c r=\"A2\" t=\"str\"><v>\u{1}</v></c>", "<c r=\"A2\" t=\"str\"><v>\u{FFFE}</v></c>",
    "<c r=\"A2\" t=\"str\"><v>&#0;</v></c>", "<c r=\"A2\"><v>1</v></c><c r=\"B3\"><v>1</v></c>",
    "<c r=\"A2\"><c r=\"B2\"/></c>", "<row r=\"3\"/>",
    "<c r=\"A2\"><v>1</v></c><c r=\"A2\"><v>2</v></c>",
    "<c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v></c><c r=\"B2\"><v>2</v></c>",
  ]

  @Test func whatIsNotRightIsRefused() throws {
    for cells in Self.refused {
      let line = try BothReaders.row(cells, shared: Self.shared)
      #expect(line.hasPrefix("refused: FILE-UNREADABLE"), "\(cells) gives \(line)")
    }
  }

  @Test func brokenUTF8IsRefused() throws {
    for wrong: [UInt8] in [
      [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE4, 0xB8], [0xFF], [0x80],
    ] {
      var package = SheetPackage()
      let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\" t=\"str\"><v>"
      let xml = SheetPackage.worksheet("<sheetData>\(rows)@</v></c></row></sheetData>")
      package.set(SheetPackage.sheet, xml.utf8.flatMap { $0 == UInt8(ascii: "@") ? wrong : [$0] })
      guard case .refused(let what) = try BothReaders.read(package.bytes) else {
        Issue.record("\(wrong) was read")
        continue
      }
      #expect(what.hasPrefix("FILE-UNREADABLE"))
    }
  }

  @Test func numbersPrintInTheShortestFormThatReadsBack() {
    var seed: UInt64 = 7
    for _ in 0..<20_000 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: seed)
      if !value.isFinite { continue }
      let text = String(decoding: StoredNumber.shortest(Array("\(value)".utf8)), as: UTF8.self)
      #expect(Double(text)?.bitPattern == value.bitPattern, "\(value)")
    }
  }

  @Test func shortNumbersAreReadAsTheSystemReadsThem() {
    var seed: UInt64 = 11
    for _ in 0..<20_000 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var digits = Array(String(seed >> 20).utf8.prefix(Int(seed % 15) + 1))
      if seed & 64 != 0, digits.count > 1 { digits.insert(UInt8(ascii: "."), at: digits.count / 2) }
      let text = String(decoding: digits, as: UTF8.self)
      #expect(
        digits.withUnsafeBufferPointer { StoredNumber.value($0.baseAddress!, $0.count) } == Double(text),
        "\(text)")
    }
  }
}
