import AidModel
import Testing

@testable import AidIntake

/// Times written as text: fractions of a second of any length, rounded to milliseconds, even across midnight.
@Suite struct MomentTests {
  /// A time, and how it is read.
  static let moments = [
    ("2014-01-16T15:59:59.99999979045242400", "2014-01-16T16:00:00"),
    ("2014-01-16T15:59:59.999999790", "2014-01-16T16:00:00"),
    ("2014-01-16T23:59:59.999999790", "2014-01-17"),
    ("2023-12-31T23:59:59.9995", "2024-01-01"),
    ("2024-02-28T23:59:59.99999999999999999999999", "2024-02-29"),
    ("2023-02-28T23:59:59.9996", "2023-03-01"),
    ("2023-05-01T23:59:59.9994", "2023-05-01T23:59:59.999"),
    ("2009-01-01T11:00:00.00000020954757600", "2009-01-01T11:00:00"),
    ("2009-01-01T00:00:00.0004", "2009-01-01"),
    ("2009-01-01T08:59:59.9996", "2009-01-01T09:00:00"),
    ("2009-01-01T08:30:59.1235", "2009-01-01T08:30:59.124"),
    ("2009-01-01T08:30:59.1", "2009-01-01T08:30:59.100"),
    ("2009-01-01T24:00:00", "2009-01-02"),
    ("2009-01-01T08:30", "2009-01-01T08:30:00"),
    ("2009-01-01", "2009-01-01"),
  ]

  static let wrong = [
    "2009-01-01T", "2009-01-01T8", "2009-01-01T24:00:01", "2009-01-01T25:00:00", "2009-01-01T08:60:00",
    "2009-01-01T08:30:60", "2009-01-01T08:30:00.", "2009-01-01T08:30:00.5x", "2009-02-30T08:30:00",
    "9999-12-31T23:59:59.9999",
  ]

  private static func strict(_ value: String) -> String {
    let book = TestWorkbook(rows: "<row r=\"1\"><c r=\"A1\" t=\"d\"><v>\(value)</v></c></row>").bytes
    var (scanned, parsed) = (IntakeLimits.standard, IntakeLimits.standard)
    (scanned.reader, parsed.reader) = (.scanner, .libxml2)
    let (a, b) = (TableFixture.raw(book, limits: scanned), TableFixture.raw(book, limits: parsed))
    #expect(a == b)
    return a
  }

  private static func open(_ value: String) -> String {
    let cell = "<table:table-cell office:value-type=\"date\" office:date-value=\"\(value)\"/>"
    return TableFixture.raw(
      KindFixture.flat(
        "<table:table table:name=\"S\"><table:table-row>\(cell)</table:table-row></table:table>"))
  }

  private static func xml2003(_ value: String) -> String {
    TableFixture.raw(
      "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
        + "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"S\"><Table><Row><Cell>"
        + "<Data ss:Type=\"DateTime\">\(value)</Data></Cell></Row></Table></Worksheet></Workbook>")
  }

  @Test func fractionsAreRoundedInEveryFormat() {
    for (written, read) in Self.moments {
      #expect(Self.strict(written) == read + "\n", "strict \(written)")
      #expect(Self.open(written) == read + "\n", "ods \(written)")
      #expect(Self.xml2003(written) == read + "\n", "xml \(written)")
    }
  }

  @Test func whatIsNoMomentIsRefused() {
    for written in Self.wrong {
      for raw in [Self.strict(written), Self.open(written), Self.xml2003(written)] {
        #expect(raw.hasPrefix("FILE-UNREADABLE"), "\(written): \(raw)")
      }
    }
  }

  @Test func timesAloneAndSpans() {
    #expect(Self.strict("10:59:59.9999999999984025") == "11:00:00\n")
    #expect(Self.strict("PT10H59M59.9999999999984025S") == "11:00:00\n")
    #expect(Moment(duration: "PT10H59M59.9999999999984025S")?.text == "11:00:00")
    #expect(Moment(duration: "PT0.0004S")?.text == "00:00:00")
    #expect(Moment(duration: "-PT0.0006S")?.text == "-00:00:00.001")
    #expect(Moment(duration: "P1DT2H30M")?.text == "26:30:00")
    #expect(Moment(duration: "PT1.5H")?.text == "01:30:00")
    #expect(Moment(duration: "PT99999999999999H") == nil)
  }

  @Test func booleansOfOpenDocument() {
    for (written, read) in [("true", "TRUE"), ("1", "TRUE"), ("false", "FALSE"), ("0", "FALSE")] {
      let cell = "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"\(written)\"/>"
      let raw = TableFixture.raw(
        KindFixture.flat(
          "<table:table table:name=\"S\"><table:table-row>\(cell)</table:table-row></table:table>"))
      #expect(raw == read + "\n")
    }
  }
}

/// Serial numbers just before midnight.
@Suite struct MomentsBeforeMidnight {
  private static func day(_ cell: String) -> String {
    let heading = TestWorkbook.texts(1, ["工号", "姓名", "自付金额", "出院日期"])
    let row =
      "<row r=\"2\">" + ["1001", "张三", "5"].map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined()
      + cell
      + "</row>"
    let styles = "<cellXfs><xf/><xf numFmtId=\"22\"/></cellXfs>"
    return TableFixture.read(TestWorkbook(rows: heading + row, styles: styles).bytes).texts("discharged")[0]
  }

  @Test func secondsAreRoundedBeforeTheDayIsTaken() {
    // 86399.5 seconds are 0.99999421 of a day.
    let serials = [
      ("45046", "2023-04-30"), ("45046.5", "2023-04-30"), ("45046.99998", "2023-04-30"),
      ("45046.999994", "2023-04-30"), ("45046.999995", "2023-05-01"), ("45046.99999999", "2023-05-01"),
      ("45046.999999999999", "2023-05-01"), ("45291.999997", "2024-01-01"),
    ]
    for (serial, day) in serials {
      #expect(Self.day("<c s=\"1\"><v>\(serial)</v></c>") == day, "\(serial)")
    }
    #expect(Self.day("<c t=\"d\"><v>2023-04-30T23:59:59.6</v></c>") == "2023-05-01")
    #expect(Self.day("<c t=\"d\"><v>2023-04-30T23:59:59.4</v></c>") == "2023-04-30")
  }

  @Test func theDumpKeepsTheMoment() {
    let styles = "<cellXfs><xf/><xf numFmtId=\"22\"/></cellXfs>"
    let book = TestWorkbook(rows: "<row r=\"1\"><c s=\"1\"><v>45046.999995</v></c></row>", styles: styles)
    #expect(TableFixture.raw(book.bytes) == "2023-04-30T23:59:59.568\n")
  }
}
