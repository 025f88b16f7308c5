/// Numbers from a seed: the same in every run.
struct SeededNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func one<Element>(of choices: [Element]) -> Element { choices[below(choices.count)] }

  mutating func happens(oneIn count: Int) -> Bool { below(count) == 0 }
}

/// XML that means the same, or nearly, written in many ways; how odd it gets is up to `oddity`: one in so many.
struct RandomMarkup {
  var numbers: SeededNumbers
  let oddity: Int

  init(seed: UInt64, oddity: Int) { (numbers, self.oddity) = (SeededNumbers(seed: seed), oddity) }

  mutating func isOdd() -> Bool { numbers.happens(oneIn: oddity) }

  mutating func space() -> String { isOdd() ? numbers.one(of: ["\n  ", "\t", "\r\n ", "  "]) : " " }

  /// Attributes in any order; now and then in single quotes, with references in them or with one too many.
  mutating func attributes(_ list: [(String, String)], odd: [String]) -> String {
    var list = list
    if numbers.happens(oneIn: 3) { list.reverse() }
    if isOdd(), let first = list.first { list.append(first) }
    var out = ""
    for (name, value) in list {
      var value = value
      if isOdd() {
        value += numbers.one(of: ["&#65;", "&amp;", "&quot;", "\n", "é", "<", "&#xFFFF;", "\t "])
      }
      let quote = isOdd() ? "'" : "\""
      out += space() + name + (isOdd() ? " = " : "=") + quote + value + quote
    }
    if isOdd() { out += " " + numbers.one(of: odd) }
    return out + (isOdd() ? space() : "")
  }

  /// Text as it stands in XML.
  mutating func text() -> String {
    var out = ""
    for _ in 0..<(1 + numbers.below(3)) {
      out += numbers.one(of: ["张三", "计算机学院", "ab c", "00123", "12.5", "-3", "x&amp;y", "&#24352;", "𠮷"])
      if isOdd() {
        out += numbers.one(of: [
          "  ", "\n ", "&#10;", "&#9;", "\r\n", "]]>", "]]", "&lt;", "&nbsp;", "&#0;", "\u{1}", "\u{FFFE}",
          "é",
          "<!-- x -->", "<![CDATA[<甲> & ]]>", "<?p q?>", ">", "'\"", "\u{85}", "\u{2028}", "&#xD7FF;",
          "&#xD800;",
        ])
      }
    }
    return out
  }
}

/// Tables of OpenDocument.
extension RandomMarkup {
  mutating func openDocumentCell() -> String {
    let name = numbers.happens(oneIn: 12) ? "table:covered-table-cell" : "table:table-cell"
    var list: [(String, String)] = []
    if numbers.happens(oneIn: 3) {
      list.append(("table:style-name", numbers.one(of: ["ce1", "ce2", "ce9"])))
    }
    if numbers.happens(oneIn: 6) {
      list.append(("table:number-columns-repeated", numbers.one(of: ["2", "3", "1", "0", "16384", "x", ""])))
    }
    if numbers.happens(oneIn: 8) { list.append(("table:formula", "of:=IF([.A1]=&quot;x&quot;;1;2)")) }
    if numbers.happens(oneIn: 12) {
      list.append(("table:number-columns-spanned", numbers.one(of: ["1", "2"])))
      list.append(("table:number-rows-spanned", numbers.one(of: ["1", "3"])))
    }
    if numbers.happens(oneIn: 10) { list.append(("table:content-validation-name", "val1")) }
    if numbers.happens(oneIn: 5) {
      if numbers.happens(oneIn: 2) { return "<\(name)\(attributes(list, odd: Self.oddOffice))/>" }
    } else {
      list += openDocumentValue()
    }
    var content = ""
    for _ in 0..<(numbers.happens(oneIn: 8) ? numbers.below(3) : 1) { content += paragraph() }
    if isOdd() {
      content += numbers.one(of: [
        "<office:annotation><text:p>批</text:p></office:annotation>", "<text:h>标题</text:h>", "<text:p/>",
        "\n ", "y",
        "<draw:frame><text:p>图</text:p></draw:frame>", "<!-- c -->", "<text:list/>",
      ])
    }
    return "<\(name)\(attributes(list, odd: Self.oddOffice))>\(content)</\(name)>"
  }

  private static let oddOffice = [
    "calcext:value-type=\"error\"", "foo:bar=\"1\"", "office:value-type=\"string\"", "plain=\"1\"",
    "xmlns:table=\"urn:other\"", "xmlns:q=\"urn:q\"", "table:protected=\"true\"", "text:c=\"1\"",
  ]

  private mutating func openDocumentValue() -> [(String, String)] {
    let value: [(String, String)] = numbers.one(of: [
      [("office:value-type", "string")], [("office:value-type", "string")],
      [("office:value-type", "string"), ("office:string-value", "值")],
      [("office:value-type", "float"), ("office:value", "12.50")],
      [("office:value-type", "float"), ("office:value", "123")],
      [("office:value-type", "float"), ("office:value", "1E+3")],
      [("office:value-type", "percentage"), ("office:value", "0.25")],
      [("office:value-type", "currency"), ("office:value", "5"), ("office:currency", "CNY")],
      [("office:value-type", "currency"), ("office:value", "5"), ("office:currency", "USD")],
      [("office:value-type", "date"), ("office:date-value", "2023-05-01")],
      [("office:value-type", "date"), ("office:date-value", "2023-05-01T08:30:15.5")],
      [("office:value-type", "time"), ("office:time-value", "PT26H30M00S")],
      [("office:value-type", "boolean"), ("office:boolean-value", "true")],
      [("office:value-type", "boolean"), ("office:boolean-value", "0")],
    ])
    guard numbers.happens(oneIn: 2) else { return value }
    return value + [("calcext:value-type", value[0].1)]
  }

  private mutating func paragraph() -> String {
    var inside = numbers.happens(oneIn: 5) ? "00123" : text()
    if numbers.happens(oneIn: 4) {
      inside += numbers.one(of: [
        "<text:s/>", "<text:s text:c=\"3\"/>b", "<text:tab/>", "<text:line-break/>x",
        "<text:span text:style-name=\"T1\">删</text:span>", "<text:span>普<text:s/>通</text:span> ",
        "<text:span/>",
        "<text:span text:style-name=\"T1\"/>", " <text:s text:c=\"x\"/> ",
      ])
    }
    if isOdd() {
      inside += numbers.one(of: [
        "<text:a xlink:href=\"u\">链</text:a>", "<text:ruby><text:ruby-text>z</text:ruby-text></text:ruby>",
        "<text:s text:c=\"131072\"/>", "<text:s>x</text:s>", "</text:span>", "<text:span>",
        "<text:date>1</text:date>",
        "<text:note>n</text:note>", "<office:annotation/>", "<text:tab />", "<text:s text:d=\"1\"/>",
      ])
    }
    let style =
      numbers.happens(oneIn: 10) ? attributes([("text:style-name", "T1")], odd: ["text:x=\"1\""]) : ""
    return "<text:p\(style)>\(inside)</text:p>"
  }

  mutating func openDocumentRow() -> String {
    var list: [(String, String)] = [("table:style-name", "ro1")]
    if numbers.happens(oneIn: 8) {
      list.append(("table:number-rows-repeated", numbers.one(of: ["2", "1", "0", "1000"])))
    }
    if numbers.happens(oneIn: 8) {
      list.append(("table:visibility", numbers.one(of: ["collapse", "filter", "visible"])))
    }
    if numbers.happens(oneIn: 12) { list.append(("table:default-cell-style-name", "ce2")) }
    let tag = attributes(list, odd: ["table:x=\"1\"", "xmlns:text=\"urn:other\"", "xml:id=\"a\""])
    if numbers.happens(oneIn: 20) { return "<table:table-row\(tag)/>" }
    var cells = ""
    for _ in 0..<(1 + numbers.below(5)) { cells += openDocumentCell() + (isOdd() ? space() : "") }
    return "<table:table-row\(tag)>\(cells)</table:table-row>"
  }

  mutating func openDocumentTable(rows: Int) -> String {
    var out = "<table:table table:name=\"表\"\(isOdd() ? " xmlns:text=\"urn:other\"" : "")>"
    out += "<table:table-column table:default-cell-style-name=\"ce1\"/><table:table-column/>"
    var groups = 0
    for _ in 0..<rows {
      if numbers.happens(oneIn: 10) {
        out += "<table:table-row-group>"
        groups += 1
      }
      out += openDocumentRow()
      if groups > 0, numbers.happens(oneIn: 3) {
        out += "</table:table-row-group>"
        groups -= 1
      }
      if isOdd() {
        out += numbers.one(of: [
          "<!-- <table:table-row> -->", "\n", "<table:shapes><table:table-row/></table:shapes>", "<?p?>", "x",
          "</table:table><table:table table:name=\"二\">", "<table:table-rows></table:table-rows>",
        ])
      }
    }
    for _ in 0..<groups { out += "</table:table-row-group>" }
    return out + "</table:table>"
  }
}

/// Tables of XML spreadsheets.
extension RandomMarkup {
  private static let oddSheet = [
    "ss:Foo=\"1\"", "Index=\"3\"", "x:y=\"1\"", "xmlns=\"urn:other\"", "xmlns:q=\"urn:q\"", "zz:a=\"1\"",
  ]

  mutating func spreadsheetCell() -> String {
    var list: [(String, String)] = []
    if numbers.happens(oneIn: 3) { list.append(("ss:StyleID", numbers.one(of: ["s1", "s2", "s3", "s9"]))) }
    if numbers.happens(oneIn: 15) { list.append(("ss:Index", numbers.one(of: ["4", "7", "1", "x", "0"]))) }
    if numbers.happens(oneIn: 12) { list.append(("ss:MergeAcross", numbers.one(of: ["1", "0"]))) }
    if numbers.happens(oneIn: 15) { list.append(("ss:MergeDown", "2")) }
    if numbers.happens(oneIn: 8) { list.append(("ss:Formula", "=RC[-1]&amp;&quot;x&quot;")) }
    let tag = attributes(list, odd: Self.oddSheet)
    if numbers.happens(oneIn: 8) { return "<Cell\(tag)/>" }
    let (type, value) = numbers.one(of: [
      ("String", nil), ("String", nil), ("String", nil), ("Number", "12.50"), ("Number", "-7"),
      ("Number", "1E3"),
      ("Number", "5"), ("Boolean", "1"), ("Boolean", "0"), ("DateTime", "2023-05-01T00:00:00.000"),
      ("DateTime", "2023-05-01T08:30:00.000"), ("DateTime", "1899-12-31T26:30:00.000"), ("Error", "#N/A"),
      ("String", ""),
    ])
    var inside = value ?? text()
    if isOdd() {
      inside += numbers.one(of: [" ", "x", "&#49;", "<B>粗</B>", "<x:PhoneticText>z</x:PhoneticText>", "\n"])
    }
    var data = attributes([("ss:Type", type)], odd: Self.oddSheet)
    if numbers.happens(oneIn: 10) { data += " x:Ticked=\"1\"" }
    var content = "<Data\(data)>\(inside)</Data>"
    if numbers.happens(oneIn: 8) { content += "<NamedCell ss:Name=\"_FilterDatabase\"/>" }
    if isOdd() {
      content += numbers.one(of: [
        "<Comment><ss:Data>批</ss:Data></Comment>", "<Data ss:Type=\"String\">二</Data>", "\n", "y",
        "<!-- c -->",
        "<NamedCell ss:Name='a'/>", "<NamedCell ss:Name=\"a\" ss:Name=\"b\"/>", "<Data/>",
        "<ss:Data ss:Type=\"String\" xmlns=\"http://www.w3.org/TR/REC-html40\"><S>划</S></ss:Data>",
      ])
    }
    return "<Cell\(tag)>\(content)</Cell>"
  }

  mutating func spreadsheetRow() -> String {
    var list: [(String, String)] = []
    if numbers.happens(oneIn: 6) { list.append(("ss:AutoFitHeight", "0")) }
    if numbers.happens(oneIn: 6) { list.append(("ss:Height", numbers.one(of: ["14.25", "0", "0.0", "x"]))) }
    if numbers.happens(oneIn: 10) { list.append(("ss:Hidden", numbers.one(of: ["1", "0"]))) }
    if numbers.happens(oneIn: 20) { list.append(("ss:Span", "2")) }
    if numbers.happens(oneIn: 40) { list.append(("ss:Index", numbers.one(of: ["500", "3"]))) }
    if numbers.happens(oneIn: 10) { list.append(("ss:StyleID", "s1")) }
    let tag = attributes(list, odd: Self.oddSheet)
    if numbers.happens(oneIn: 20) { return "<Row\(tag)/>" }
    var cells = ""
    for _ in 0..<(1 + numbers.below(5)) { cells += space() + spreadsheetCell() }
    return "<Row\(tag)>\(cells)\n</Row>"
  }

  mutating func spreadsheet(rows: Int) -> String {
    var out =
      "<Worksheet ss:Name=\"表\"><Table\(isOdd() ? " xmlns:x=\"urn:other\"" : "")><Column ss:Hidden=\"1\"/>"
    for _ in 0..<rows {
      out += spreadsheetRow()
      if isOdd() { out += numbers.one(of: ["\n", "<!-- <Row> -->", "<?p?>", "x", "<ss:Row/>", "<Column/>"]) }
    }
    return out + "</Table></Worksheet>"
  }
}
