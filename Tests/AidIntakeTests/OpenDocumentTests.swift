import AidModel
import Testing

@testable import AidIntake

@Suite struct OpenDocumentTests {
  typealias Fixture = KindFixture

  static func raw(_ rows: String, limits: IntakeLimits = .standard) -> String {
    TableFixture.raw(Fixture.flat("<table:table table:name=\"表\">\(rows)</table:table>"), limits: limits)
  }

  static func row(_ cells: String, _ attributes: String = "") -> String {
    "<table:table-row \(attributes)>\(cells)</table:table-row>"
  }

  static func text(_ text: String, _ attributes: String = "") -> String {
    "<table:table-cell office:value-type=\"string\" \(attributes)><text:p>\(text)</text:p></table:table-cell>"
  }

  static func value(_ type: String, _ value: String, _ shown: String = "显示") -> String {
    "<table:table-cell office:value-type=\"\(type)\" \(value)><text:p>\(shown)</text:p></table:table-cell>"
  }

  @Test func everyKindOfCell() {
    let rows =
      Self.row(Self.text("工号") + Self.text("a<text:s text:c=\"2\"/>b<text:tab/>c<text:line-break/>d"))
      + Self.row(
        Self.value("float", "office:value=\"12345.67\"") + Self.value("percentage", "office:value=\"0.25\"")
          + Self.value("currency", "office:currency=\"CNY\" office:value=\"1E+2\""))
      + Self.row(
        Self.value("date", "office:date-value=\"2023-05-01\"")
          + Self.value("date", "office:date-value=\"2023-05-01T08:30:15.500000000\"")
          + Self.value("time", "office:time-value=\"PT26H30M00S\""))
      + Self.row(
        Self.value("boolean", "office:boolean-value=\"true\"")
          + Self.value("string", "calcext:value-type=\"error\" office:string-value=\"\"", "#N/A")
          + Self.value("string", "office:string-value=\"值\"", "显示"))
    #expect(
      Self.raw(rows)
        == "工号,\"a  b\tc\nd\",\n12345.67,0.25,100\n2023-05-01,2023-05-01T08:30:15.500,26:30:00\nTRUE,#N/A,值\n",
      "\(Self.raw(rows))")
  }

  @Test func layoutOfTheXMLIsNoText() {
    let rows = Self.row(
      "<table:table-cell office:value-type=\"string\">\n  <text:p>  张\n   <text:span>三</text:span> \n</text:p>\n"
        + "<text:p>李四</text:p></table:table-cell>")
    #expect(Self.raw(rows) == "\"张 三\n李四\"\n")
  }

  @Test func notesDrawingsAndPhoneticsAreLeftOut() {
    let note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    let frame =
      "<draw:frame xmlns:draw=\"urn:d\"><draw:text-box><text:p>图</text:p></draw:text-box>"
      + "<table:table table:name=\"内\"><table:table-row>\(Self.text("内"))</table:table-row></table:table></draw:frame>"
    let ruby =
      "<text:ruby><text:ruby-base>张</text:ruby-base><text:ruby-text>zhang</text:ruby-text></text:ruby>"
    let rows =
      "<table:shapes>\(frame)</table:shapes>"
      + Self.row(
        "<table:table-cell office:value-type=\"string\">\(note)<text:p>\(ruby)三</text:p>\(frame)</table:table-cell>"
      )
    #expect(Self.raw(rows) == "张三\n")
  }

  @Test func repeatedRowsAndColumns() {
    let rows =
      Self.row(
        Self.text("a", "table:number-columns-repeated=\"3\"")
          + "<table:table-cell table:number-columns-repeated=\"2\"/>" + Self.text("b"))
      + Self.row(
        "<table:table-cell table:number-columns-repeated=\"16384\"/>", "table:number-rows-repeated=\"2\"")
      + Self.row(Self.text("c"), "table:number-rows-repeated=\"2\"")
      + Self.row(
        "<table:table-cell table:number-columns-repeated=\"16384\"/>",
        "table:number-rows-repeated=\"1048570\"")
    #expect(Self.raw(rows) == "a,a,a,,,b\n,,,,,\n,,,,,\nc,,,,,\nc,,,,,\n")
    let wide = Self.row(Self.text("a", "table:number-columns-repeated=\"20000\""))
    #expect(Self.raw(wide).hasPrefix("FILE-LIMIT"))
    let deep = Self.row(Self.text("a"), "table:number-rows-repeated=\"2000000\"")
    #expect(Self.raw(deep).hasPrefix("FILE-LIMIT"))
    let both = Self.row(
      Self.text("a", "table:number-columns-repeated=\"16384\""), "table:number-rows-repeated=\"1000000\"")
    #expect(Self.raw(both).hasPrefix("FILE-LIMIT"))
  }

  @Test func listsInPackages() {
    let heading = Self.row(["工号", "姓名", "所在单位", "自付金额"].map { Self.text($0) }.joined())
    let rows =
      "<table:table-column/><table:table-column table:visibility=\"collapse\"/>" + heading
      + Self.row(
        Self.text("1001") + Self.text("张三") + Self.text("机械", "table:number-rows-spanned=\"2\"")
          + Self.value("float", "office:value=\"1.5\""))
      + Self.row(
        Self.text("1002") + Self.text("李四") + "<table:covered-table-cell/>"
          + Self.value("float", "office:value=\"2\""), "table:visibility=\"filter\"")
    let styles =
      "<style:style style:name=\"ta2\" style:family=\"table\">"
      + "<style:table-properties table:display=\"false\"/></style:style>"
    let tables =
      "<table:table table:name=\"旧\" table:style-name=\"ta2\">\(heading)\(Self.row(Self.text("9")))</table:table>"
      + "<table:table table:name=\"新\">\(rows)</table:table>"
    let flat = TableFixture.read(Fixture.flat(tables, styles: styles))
    #expect(flat.report.sheet == "新" && flat.report.kind == "fods")
    #expect(flat.texts("unit") == ["机械", "机械"] && flat.texts("self_pay") == ["1.50", "2.00"])
    #expect(
      flat.codes.sorted() == ["FILTERED-ROWS", "HIDDEN-COLUMN", "HIDDEN-ROW", "HIDDEN-SHEET"], "\(flat.codes)"
    )
    let package = TableFixture.read(
      Fixture.archive(Fixture.package("<table:table table:name=\"新\">\(rows)</table:table>")))
    #expect(
      package.report.kind == "ods" && package.texts("staff_no") == ["1001", "1002"], "\(package.findings)")
  }

  @Test func whatIsRefused() {
    let manifest =
      "<manifest:manifest xmlns:manifest=\"urn:m\"><manifest:encryption-data/></manifest:manifest>"
    let encrypted = Fixture.package("") + [("META-INF/manifest.xml", manifest)]
    #expect(TableFixture.raw(Fixture.archive(encrypted)).hasPrefix("FILE-ENCRYPTED"))
    #expect(TableFixture.raw(Fixture.archive(Fixture.package(""))).hasPrefix("FILE-KIND"), "no sheets")
    #expect(Self.raw("<table:table-row>").hasPrefix("FILE-UNREADABLE"))
    #expect(Self.raw(Self.row(Self.value("float", "office:value=\"x\""))).contains("without a number"))
    #expect(
      Self.raw(Self.row(Self.value("date", "office:date-value=\"2023-02-30\""))).contains("without a date"))
    #expect(Self.raw(Self.row(Self.value("money", ""))).contains("unknown type"))
    let doctype =
      Array("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]>".utf8) + Fixture.flat("").dropFirst(21)
    #expect(TableFixture.raw(doctype).hasPrefix("XML-DOCTYPE"))
  }
}
