import AidModel
import Testing

@testable import AidIntake

/// XML spreadsheets of 2003, and XML exports read through a mapping.
@Suite struct XMLKindTests {
  static func workbook(_ sheets: String) -> [UInt8] {
    Array(
      ("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>"
        + "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
        + "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\" "
        + "xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\(sheets)</Workbook>").utf8)
  }

  static func sheet(_ rows: String, name: String = "表", options: String = "") -> String {
    "<Worksheet ss:Name=\"\(name)\"><Table>\(rows)</Table>\(options)</Worksheet>"
  }

  static func cell(_ type: String, _ text: String, _ attributes: String = "") -> String {
    "<Cell \(attributes)><Data ss:Type=\"\(type)\">\(text)</Data></Cell>"
  }

  @Test func everyKindOfCell() {
    let rows =
      "<Row>\(Self.cell("String", "工号"))\(Self.cell("String", "a&#10;b &amp; c", "ss:Index=\"3\""))</Row>"
      + "<Row ss:Index=\"3\">\(Self.cell("Number", "12345.67"))\(Self.cell("Boolean", "1"))"
      + "\(Self.cell("Error", "#N/A"))</Row>"
      + "<Row>\(Self.cell("DateTime", "2023-05-01T00:00:00.000"))"
      + "\(Self.cell("DateTime", "2023-05-01T08:30:15.000"))"
      + "\(Self.cell("DateTime", "1899-12-31T08:30:00.000"))</Row>"
      + "<Row><Cell><ss:Data ss:Type=\"String\" xmlns=\"http://www.w3.org/TR/REC-html40\">"
      + "<B>张</B><Font>三</Font></ss:Data>"
      + "<Comment><ss:Data>批注</ss:Data></Comment></Cell>"
      + "<Cell ss:Formula=\"=1\"/>\(Self.cell("Number", "5", "ss:Formula=\"=2+3\""))</Row>"
    #expect(
      TableFixture.raw(Self.workbook(Self.sheet(rows)))
        == "工号,,\"a\nb & c\"\n,,\n12345.67,TRUE,#N/A\n2023-05-01,2023-05-01T08:30:15,08:30:00\n张三,,5\n")
  }

  @Test func listsWithMergesHiddenRowsAndSheets() {
    let heading =
      "<Row>" + ["工号", "姓名", "所在单位", "自付金额"].map { Self.cell("String", $0) }.joined() + "</Row>"
    let rows =
      "<Column ss:Index=\"2\" ss:Hidden=\"1\"/>"
      + "<Row>\(Self.cell("String", "汇总表", "ss:MergeAcross=\"3\""))</Row>" + heading
      + "<Row>\(Self.cell("String", "1001"))\(Self.cell("String", "张三"))"
      + "\(Self.cell("String", "机械", "ss:MergeDown=\"1\""))\(Self.cell("Number", "1"))</Row>"
      + "<Row ss:Hidden=\"1\">\(Self.cell("String", "1002"))\(Self.cell("String", "李四"))"
      + "\(Self.cell("Number", "2", "ss:Index=\"4\""))</Row>"
    let hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    let read = TableFixture.read(
      Self.workbook(
        Self.sheet(heading + heading, name: "旧", options: hidden) + Self.sheet(rows, name: "新")))
    #expect(read.report.sheet == "新" && read.report.kind == "xml" && read.report.headerRow == 2)
    #expect(read.texts("unit") == ["机械", "机械"] && read.texts("self_pay") == ["1.00", "2.00"])
    #expect(read.codes.sorted() == ["HIDDEN-COLUMN", "HIDDEN-ROW", "HIDDEN-SHEET"], "\(read.codes)")
  }

  @Test func brokenSpreadsheetsAreRefused() {
    for (rows, says) in [
      ("<Row>\(Self.cell("Number", "x"))</Row>", "without a number"),
      ("<Row>\(Self.cell("DateTime", "2023-02-30T00:00:00"))</Row>", "without a date"),
      ("<Row>\(Self.cell("Boolean", "2"))</Row>", "wrong boolean"),
      ("<Row ss:Index=\"2\"/><Row ss:Index=\"1\"/>", "out of order"),
      (
        "<Row>\(Self.cell("String", "a", "ss:Index=\"3\""))\(Self.cell("String", "a", "ss:Index=\"1\""))</Row>",
        "out of order"
      ),
      ("<Row><Cell></Row>", "not well-formed"),
      ("<Row ss:Index=\"1048577\">\(Self.cell("String", "a"))</Row>", "FILE-LIMIT"),
    ] {
      let text = TableFixture.raw(Self.workbook(Self.sheet(rows)))
      #expect(text.contains(says), "\(rows) \(text)")
    }
  }

  // MARK: Mapped exports

  static let export = """
    <?xml version="1.0" encoding="UTF-8"?>
    <export date="2023-12-01">
      <unit name="机械学院">
        <applicant id="1001"><name>张三</name><cost><outpatient>12.50</outpatient><inpatient>100</inpatient></cost>
          <left>2023-05-01</left></applicant>
        <applicant id="1002">
          <name>李四 &amp; 子</name><cost><outpatient>1</outpatient><outpatient>2</outpatient></cost></applicant>
        <applicant/>
      </unit>
    </export>
    """
  static let mapping = XMLMapping(
    row: "/export/unit/applicant",
    columns: [
      .init(name: "staff_no", path: "@id"), .init(name: "name", path: "name"),
      .init(name: "unit", path: "../@name"), .init(name: "clinic", path: "cost/outpatient"),
      .init(name: "self_pay", path: "sum(cost/*)"), .init(name: "discharged", path: "left"),
    ])

  static func read(
    _ text: String, _ mapping: XMLMapping = mapping, unit: MoneyUnit? = nil
  ) -> TableFixture.Read {
    TableFixture.withFile(Array(text.utf8)) { path in
      var read = TableFixture.Read()
      do throws(IntakeFailure) {
        let file = try InputFile(path: path, name: "x", xml: mapping)
        (read.report, read.findings) = try TableFile.read(
          file, sheet: nil, purpose: "aid", layout: TableFixture.layout, vocabulary: TableFixture.vocabulary,
          unit: unit, restart: { read.rows = [] }, rows: { read.rows += $1 })
      } catch {
        read.findings = [error.finding]
      }
      return read
    }
  }

  @Test func rowsAndColumnsByPath() {
    let read = Self.read(Self.export)
    #expect(read.rows.map(\.number) == [4, 6, 8], "\(read.rows.map(\.number)) \(read.findings)")
    #expect(read.texts("staff_no") == ["1001", "1002", ""] && read.texts("name") == ["张三", "李四&子", ""])
    #expect(read.texts("unit") == ["机械学院", "机械学院", "机械学院"])
    #expect(
      read.texts("self_pay") == ["112.50", "3.00", "0.00"] && read.texts("clinic") == ["12.50", "", ""])
    #expect(read.rows[1].fields[TableFixture.layout.index(of: "clinic")!].notes == .cellError, "two values")
    #expect(read.texts("discharged") == ["2023-05-01", "", ""])
    #expect(read.report.kind == "xml" && read.report.headerRow == nil && read.report.rows == 3)
    #expect(read.report.columns.map(\.heading).contains("sum(cost/*)"))
  }

  @Test func everyRowHasANumberOfItsOwn() {
    let line = Self.export.replacing("\n", with: " ")
    #expect(Self.read(line).rows.map(\.number) == [1, 2, 3])
    let empty = XMLMapping(
      row: "//applicant",
      columns: [.init(name: "staff_no", path: "@id"), .init(name: "self_pay", path: "left")])
    let read = Self.read(Self.export, empty)
    #expect(read.rows.count == 2 && read.dropped(.blank) == [8], "\(read.report.dropped)")
  }

  @Test func namespaces() {
    let text = "<e:export xmlns:e=\"urn:e\"><e:a id=\"1001\"><e:m>5</e:m></e:a></e:export>"
    let columns: [XMLMapping.Column] = [
      .init(name: "staff_no", path: "@id"), .init(name: "self_pay", path: "q:m"),
    ]
    let read = Self.read(
      text, XMLMapping(row: "/q:export/q:a", columns: columns, namespaces: [("q", "urn:e")]))
    #expect(read.texts("self_pay") == ["5.00"], "\(read.findings)")
    let plain = Self.read(
      text, XMLMapping(row: "/export/a", columns: [columns[0], .init(name: "self_pay", path: "m")]))
    #expect(plain.codes == ["HEADER-NOT-FOUND"] && plain.findings[0].message(.en).contains("xmlns=urn:e"))
  }

  @Test func pathsThatWouldFindNothingInSilenceAreRefused() {
    for row in ["applicant", "/a[1]", "/a/@b", "/a[", "/q:a", "count(/a)", "/a/text()"] {
      #expect(XMLMapping.problem(withRow: row) != nil, "\(row)")
    }
    for row in ["/a", "/a/b/c", "//b", "/a//b", "/a/*"] {
      #expect(XMLMapping.problem(withRow: row) == nil, "\(row)")
    }
    for path in [
      "/export/@date", "../name", "..", "ancestor::x", "../../unit", "preceding-sibling::a", "a + /b",
      "id('x')", "parent::x",
      "//a", "a[", "q:a", "$x", "f(x)", "../@a | ../b",
    ] {
      #expect(XMLMapping.problem(withColumn: path) != nil, "\(path)")
    }
    for path in [
      "@id", "cost/outpatient", "sum(cost/*)", "../@name", "../../@n", "concat(a, '/', b)", ".//x",
      "string(a)", "a[@t='..']",
      "a/b | c", "a * 2", "a[2]/b", "../@a | b",
    ] {
      #expect(XMLMapping.problem(withColumn: path) == nil, "\(path)")
    }
  }

  @Test func whatIsNoSingleValueIsAnError() {
    func value(_ path: String) -> Field {
      let columns: [XMLMapping.Column] = [
        .init(name: "staff_no", path: "@id"), .init(name: "self_pay", path: path),
      ]
      return Self.read(Self.export, XMLMapping(row: "//applicant", columns: columns))
        .rows[0].fields[TableFixture.layout.index(of: "self_pay")!]
    }
    #expect(value("cost").notes == .cellError, "12.50 and 100 run together would be 12.50100")
    #expect(value("number(name)").notes == .cellError && value("1 div 0").notes == .cellError)
    #expect(value("cost/outpatient > 1").notes == .amountFormat, "a boolean is no amount")
    #expect(value("cost/outpatient * 3").value.plain == "37.50")
  }

  @Test func schemas() {
    func schema(_ type: String) -> [UInt8] {
      Array(
        ("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"e\"><xs:complexType><xs:sequence>"
          + "<xs:element name=\"a\" maxOccurs=\"unbounded\"><xs:complexType>"
          + "<xs:attribute name=\"id\" type=\"\(type)\"/>"
          + "</xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>").utf8)
    }
    let columns: [XMLMapping.Column] = [
      .init(name: "staff_no", path: "@id"), .init(name: "self_pay", path: "@id"),
    ]
    func codes(_ text: String, _ type: String) -> TableFixture.Read {
      Self.read(text, XMLMapping(row: "/e/a", columns: columns, schema: (schema(type), "s.xsd")))
    }
    #expect(codes("<e>\n<a id=\"1001\"/></e>", "xs:integer").rows.count == 1)
    let wrong = codes("<e>\n<a id=\"x1\"/></e>", "xs:integer")
    #expect(wrong.codes == ["XML-SCHEMA"] && wrong.findings[0].place.row == 2, "\(wrong.findings)")
    #expect(codes("<e><b/></e>", "xs:string").codes == ["XML-SCHEMA"])
    #expect(XMLMapping.problem(withSchema: schema("xs:string")) == nil)
    #expect(XMLMapping.problem(withSchema: schema("xs:nothing")) != nil)
    #expect(XMLMapping.problem(withSchema: Array("<x/>".utf8)) != nil)
    let including =
      "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">"
      + "<xs:include schemaLocation=\"/etc/hostname\"/></xs:schema>"
    #expect(XMLMapping.problem(withSchema: Array(including.utf8)) != nil, "another file is not opened")
  }

  @Test func hostileExports() {
    let bomb =
      "<!DOCTYPE e [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/hostname\">]><e><a id=\"&b;\">&a;</a></e>"
    #expect(Self.read(bomb).codes == ["XML-DOCTYPE"])
    #expect(Self.read("<export><unit><applicant id=\"1\">").codes == ["FILE-UNREADABLE"])
    #expect(Self.read("工号,姓名\n").codes == ["FILE-KIND"], "a mapping, and no XML")
    let deep = String(repeating: "<a>", count: 5000)
    #expect(Self.read(deep).codes == ["FILE-UNREADABLE"])
    let include =
      "<export xmlns:xi=\"http://www.w3.org/2001/XInclude\"><unit><applicant id=\"1001\">"
      + "<xi:include href=\"/etc/hostname\" parse=\"text\"/></applicant></unit></export>"
    #expect(Self.read(include).texts("staff_no") == ["1001"], "an inclusion is an element like others")
  }

  @Test func amountsInTenThousandsAreConvertedExactly() {
    let text =
      "<export><unit><applicant id=\"1001\"><cost><outpatient>1.234567</outpatient></cost></applicant></unit></export>"
    let read = Self.read(text, unit: .tenThousand)
    #expect(
      read.texts("clinic") == ["12345.67"] && read.texts("self_pay") == ["12345.67"], "\(read.findings)")
    #expect(read.finding("UNIT-CONVERTED")?.arguments.first == "万元")
  }

  // MARK: Kinds recognised by content

  @Test func theContentTellsTheKind() {
    for page in [
      "<html><table><tr><td>工号</td></tr></table></html>", "\u{FEFF}\n <!-- x --><TABLE border=1>",
      "<!DOCTYPE html><p>",
      "<meta charset=utf-8>", "MIME-Version: 1.0\nContent-Type: multipart/related",
      "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"/>",
    ] {
      let text = TableFixture.raw(page)
      #expect(text.hasPrefix("FILE-KIND") && text.contains("HTML"), "\(page) \(text)")
    }
    #expect(TableFixture.raw("<export><a/></export>").contains("root export"))
    #expect(
      TableFixture.raw("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a/>").hasPrefix("XML-DOCTYPE")
    )
    #expect(TableFixture.raw("<工号,姓名\n1,2\n") == "<工号,姓名\n1,2\n", "a list may begin with a bracket")
    let binary = KindFixture.archive([("[Content_Types].xml", "<Types/>"), ("xl/workbook.bin", "x")])
    #expect(TableFixture.raw(binary).contains(".xlsb"))
    let word = KindFixture.archive([("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<x/>")])
    #expect(TableFixture.raw(word).contains("Word"))
  }
}
