import AidModel
import Testing

@testable import AidIntake

/// Marks of a cell besides its value: struck through in part or whole, a unit of money, leading zeros.
@Suite struct MarkedCellTests {
  private static func text(_ text: String) -> String { "<c t=\"inlineStr\"><is><t>\(text)</t></is></c>" }

  private static let heading =
    "<row r=\"1\">" + ["工号", "姓名", "自付金额"].map(text).joined() + "</row>"

  private static func book(
    _ row: String, shared: String? = nil, styles: String? = nil, attributes: String = ""
  ) -> [UInt8] {
    TestWorkbook(
      rows: heading
        + "<row r=\"2\" \(attributes)>\(row)</row><row r=\"3\">\(text("1002"))\(text("李四"))\(text("2"))</row>",
      shared: shared, styles: styles
    ).bytes
  }

  private static func run(_ text: String, _ properties: String = "") -> String {
    "<r>\(properties.isEmpty ? "" : "<rPr>\(properties)</rPr>")<t>\(text)</t></r>"
  }

  private static func expectStruck(_ bytes: [UInt8], _ cells: String?, _ what: String) {
    for reader in SheetReading.allCases {
      var limits = IntakeLimits.standard
      limits.reader = reader
      let findings = TableFixture.withFile(bytes) { path -> [Finding] in
        guard let file = try? InputFile(path: path, name: "x", limits: limits),
          let (_, findings) = try? TableFile.read(
            file, sheet: nil, purpose: "aid", layout: TableFixture.layout,
            vocabulary: TableFixture.vocabulary,
            rows: { _, _ in })
        else { return [] }
        return findings.filter { $0.kind.code == "CELL-STRUCK" }
      }
      #expect(findings.map(\.arguments) == (cells.map { [[$0]] } ?? []), "\(what), \(reader)")
      #expect(findings.allSatisfy { $0.kind.severity == .hold && $0.place.row == 2 }, "\(what)")
    }
  }

  @Test func runsOfAText() {
    let shared = "<si>\(Self.run("5000", "<b/><strike/>"))\(Self.run("3000"))</si><si><t>张三</t></si>"
    let rest = Self.text("1001") + Self.text("张三")
    let sharedCell = "<c r=\"C2\" t=\"s\"><v>0</v></c>"
    Self.expectStruck(Self.book(rest + sharedCell, shared: shared), "C2", "a shared string")
    #expect(
      TableFixture.read(Self.book(rest + sharedCell, shared: shared)).texts("self_pay")[0] == "50003000.00")
    for value in ["0", "false"] {
      let off = "<si>\(Self.run("50", "<strike val=\"\(value)\"/>"))</si>"
      Self.expectStruck(Self.book(rest + sharedCell, shared: off), nil, "strike says \(value)")
    }
    let inline =
      "<c r=\"C2\" t=\"inlineStr\"><is>\(Self.run("5", "<strike val=\"1\"/>"))\(Self.run("3"))</is></c>"
    Self.expectStruck(Self.book(rest + inline), "C2", "an inline string")
    Self.expectStruck(
      Self.book(rest + inline.replacing("val=\"1\"", with: "val=\"0\"")), nil, "an inline string that is not")
    let phonetic = "<si><t>50</t><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si>"
    Self.expectStruck(Self.book(rest + sharedCell, shared: phonetic), nil, "phonetic text")
  }

  private static let struckStyle =
    "<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/></cellXfs>"
    + "<dxfs><dxf><font><strike/></font></dxf></dxfs>"

  @Test func cellsAndRows() {
    let plain = Self.text("1001") + Self.text("张三") + "<c><v>5</v></c>"
    let struck = Self.text("1001") + Self.text("张三") + "<c s=\"1\"><v>5</v></c>"
    Self.expectStruck(Self.book(plain, styles: Self.struckStyle), nil, "a style that is not used")
    Self.expectStruck(Self.book(struck, styles: Self.struckStyle), "C2", "a cell without reference")
    Self.expectStruck(
      Self.book(plain, styles: Self.struckStyle, attributes: "s=\"1\" customFormat=\"1\""), "A2、B2、C2",
      "a row")
  }

  @Test func pastTenThousandTheSheetWaits() {
    let rows = (2...10_100).map { "<row r=\"\($0)\"><c r=\"A\($0)\" s=\"1\"><v>\(1000 + $0)</v></c></row>" }
    let bytes = TestWorkbook(rows: Self.heading + rows.joined(), styles: Self.struckStyle).bytes
    let found = TableFixture.read(bytes).findings.filter { $0.kind.code == "CELL-STRUCK" }
    #expect(found.count == 1 && found[0].place.row == -1, "\(found.count)")
  }

  @Test func unitsInNumberFormats() {
    let styles =
      "<numFmts><numFmt numFmtId=\"170\" formatCode=\"0.00&quot;万元&quot;\"/></numFmts>"
      + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs>"
    let bytes = Self.book(
      Self.text("1001") + Self.text("张三") + "<c r=\"C2\" s=\"1\"><v>1.5</v></c>", styles: styles)
    let found = TableFixture.read(bytes).finding("UNIT-OF-MONEY")
    #expect(found?.arguments == ["万元", "C2"] && found?.place.row == 2, "\(String(describing: found))")
    let confirmed = TableFixture.read(bytes, unit: .tenThousand)
    #expect(confirmed.codes == ["UNIT-CONVERTED"] && confirmed.texts("self_pay")[0] == "15000.00")
  }

  @Test func zerosThatAFormatShows() {
    let styles =
      "<numFmts><numFmt numFmtId=\"170\" formatCode=\"00000000\"/></numFmts>"
      + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs>"
    let bytes = Self.book(
      "<c r=\"A2\" s=\"1\"><v>1</v></c>" + Self.text("张三") + "<c s=\"1\"><v>12.5</v></c>", styles: styles)
    let read = TableFixture.read(bytes)
    #expect(
      read.texts("staff_no")[0] == "00000001" && read.texts("self_pay")[0] == "12.50",
      "\(read.texts("staff_no"))")
    #expect(read.rows[0].fields[CommonColumn.staffNo.rawValue].notes == .zerosOfFormat)
    #expect(TableFixture.raw(bytes).contains("\n1,张三,12.5\n"), "as stored")
  }

  @Test func otherKinds() {
    typealias Fixture = KindFixture
    func xml(_ cell: String, styles: String = "") -> TableFixture.Read {
      func text(_ text: String) -> String { XMLKindTests.cell("String", text) }
      let heading = ["工号", "姓名", "自付金额"].map(text).joined()
      let rows = "<Row>\(heading)</Row><Row>\(text("1001"))\(text("张三"))\(cell)</Row>"
      return TableFixture.read(
        XMLKindTests.workbook("<Styles>\(styles)</Styles>" + XMLKindTests.sheet(rows)))
    }
    let runs =
      "<Cell><ss:Data ss:Type=\"String\" xmlns=\"http://www.w3.org/TR/REC-html40\"><S>5</S>3</ss:Data></Cell>"
    #expect(xml(runs).finding("CELL-STRUCK")?.arguments == ["C2"])
    let money = "<Style ss:ID=\"m\"><NumberFormat ss:Format=\"0&quot;万元&quot;\"/></Style>"
    #expect(
      xml(XMLKindTests.cell("Number", "5", "ss:StyleID=\"m\""), styles: money).finding("UNIT-OF-MONEY")?.place
        .row == 2)
    let table = { (cell: String) in
      "<table:table table:name=\"表\">"
        + OpenDocumentTests.row(["工号", "姓名", "自付金额"].map { OpenDocumentTests.text($0) }.joined())
        + OpenDocumentTests.row(OpenDocumentTests.text("1001") + OpenDocumentTests.text("张三") + cell)
        + "</table:table>"
    }
    let struck =
      "<style:style style:name=\"T1\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>"
    let span = OpenDocumentTests.text("<text:span text:style-name=\"T1\">5000</text:span>3000")
    let open = TableFixture.read(Fixture.flat(table(span), styles: struck))
    #expect(open.finding("CELL-STRUCK")?.arguments == ["C2"] && open.texts("self_pay") == ["50003000.00"])
    let dollars = OpenDocumentTests.value("currency", "office:currency=\"USD\" office:value=\"5\"")
    #expect(
      TableFixture.read(Fixture.flat(table(dollars))).finding("UNIT-OF-MONEY")?.arguments == ["USD", "C2"])
    let zeros = OpenDocumentTests.value("float", "office:value=\"7\"", "0007")
    #expect(OpenDocumentTests.raw(OpenDocumentTests.row(zeros)) == "7\n")
  }

  @Test func richTextOfOldWorkbooks() {
    typealias Fixture = KindFixture
    func font(_ flags: Int) -> [UInt8] {
      Fixture.record(0x31, Fixture.little(200, 2) + Fixture.little(flags, 2) + Fixture.little(0, 12))
    }
    let texts = ["工号", "姓名", "自付金额", "1001", "张三"].flatMap { Fixture.text($0) }
    let units = Array("50003000".utf16)
    let rich =
      Fixture.little(units.count, 2) + [8 | 1] + Fixture.little(1, 2)
      + units.flatMap { Fixture.little(Int($0), 2) }
      + Fixture.little(0, 2) + Fixture.little(1, 2)
    let strings = Fixture.record(0xFC, Fixture.little(6, 4) + Fixture.little(6, 4) + texts + rich)
    let globals = font(0) + font(8) + Fixture.record(0xE0, Fixture.little(0, 20)) + strings
    let cells = (0..<6).flatMap { Fixture.cell(0xFD, $0 / 3, $0 % 3, Fixture.little($0, 4)) }
    let stream = Fixture.stream(globals: globals, sheets: [("表", 0, cells)])
    let read = TableFixture.read(Fixture.compound("Workbook", stream))
    #expect(read.finding("CELL-STRUCK")?.arguments == ["C2"], "\(read.findings)")
    #expect(read.texts("self_pay") == ["50003000.00"])
  }
}
