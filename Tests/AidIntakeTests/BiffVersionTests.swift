import AidModel
import Testing

@testable import AidIntake

/// Workbooks of Excel 5.0/95, which are read, and of earlier versions, which are named.
@Suite struct BiffVersionTests {
  typealias Kind = KindFixture

  private static func label(_ fixture: BiffFixture, _ row: Int, _ column: Int, _ text: String) -> [UInt8] {
    Kind.cell(0x204, row, column, fixture.text(text))
  }

  private static func list(_ fixture: BiffFixture) -> [UInt8] {
    ["工号", "姓名", "自付金额"].enumerated().flatMap { label(fixture, 0, $0, $1) } + label(fixture, 1, 0, "1001")
      + label(fixture, 1, 1, "张三") + Kind.cell(0x203, 1, 2, Kind.stored(12345.67))
  }

  @Test func excel5IsRead() {
    for page in [936, nil, 54936] {
      for isBare in [false, true] {
        var fixture = BiffFixture(version: .biff5, codePage: page)
        fixture.sheets = [("表", Self.list(fixture))]
        let bytes = isBare ? fixture.stream : fixture.file
        let read = TableFixture.read(bytes)
        #expect(read.texts("name") == ["张三"] && read.texts("self_pay") == ["12345.67"], "\(read.findings)")
        #expect(read.report.sheet == "表" && read.report.kind == "xls" && read.codes.isEmpty)
      }
    }
  }

  @Test func textsAreInTheirCodePage() {
    let pages: [(page: Int, bytes: [UInt8], text: String)] = [
      (936, [0xD5, 0xC5], "张"), (950, [0xB1, 0x69], "張"), (932, [0x92, 0xA3], "張"), (1252, [0xE9], "é"),
      (1251, [0xE9], "й"), (0x8001, [0xE9], "é"), (936, [0x81, 0x30, 0x81, 0x30], "\u{80}"),
      (936, [0xFE, 0x59], "\u{9FB4}"), (65001, Array("张".utf8), "张"), (1252, [0x41], "A"),
    ]
    for (page, bytes, text) in pages {
      var fixture = BiffFixture(version: .biff5, codePage: page)
      fixture.sheets = [("S", Kind.cell(0x204, 0, 0, Kind.little(bytes.count, 2) + bytes))]
      #expect(fixture.raw() == "\(text)\n", "\(page)")
    }
  }

  @Test func bytesThatMeanNothingAreRefused() {
    for (page, bytes) in [(936, [0xD5]), (936, [0xFF, 0xFF]), (932, [0x81]), (20127, [0xE9])]
      as [(Int, [UInt8])]
    {
      var fixture = BiffFixture(version: .biff5, codePage: page)
      fixture.sheets = [("S", Kind.cell(0x204, 0, 0, Kind.little(bytes.count, 2) + bytes))]
      #expect(fixture.raw().hasPrefix("FILE-UNREADABLE") && fixture.raw().contains("code page \(page)"))
    }
    var fixture = BiffFixture(version: .biff5, codePage: 4711)
    fixture.sheets = [("S", [])]
    #expect(fixture.raw().contains("the code page 4711 is not known here"))
  }

  @Test func formatsFontsAndDatesOfExcel5() {
    var fixture = BiffFixture(version: .biff5)
    func font(_ flags: Int) -> [UInt8] {
      Kind.record(0x31, Kind.little(200, 2) + Kind.little(flags, 2) + Kind.little(0, 10))
    }
    func format(_ id: Int, _ code: String) -> [UInt8] {
      let bytes = BiffFixture.chinese(code)
      return Kind.record(0x41E, Kind.little(id, 2) + [UInt8(bytes.count)] + bytes)
    }
    func cellFormat(_ font: Int, _ code: Int) -> [UInt8] {
      Kind.record(0xE0, Kind.little(font, 2) + Kind.little(code, 2) + Kind.little(0, 12))
    }
    fixture.globals =
      font(0) + font(8) + format(164, "yyyy\"年\"mm") + format(165, "0.00\"万元\"") + cellFormat(0, 0)
      + format(166, "0") + cellFormat(0, 164) + cellFormat(0, 165) + cellFormat(1, 0)
    let heading = ["工号", "姓名", "自付金额"].enumerated().flatMap { Self.label(fixture, 0, $0, $1) }
    let rich = Kind.cell(0xD6, 2, 1, fixture.text("张三") + [1, 0, 1])
    fixture.sheets = [
      (
        "表",
        heading + Self.label(fixture, 1, 0, "1001") + Self.label(fixture, 1, 1, "张三")
          + Kind.cell(0x203, 1, 2, format: 2, Kind.stored(1.5)) + Self.label(fixture, 2, 0, "1002") + rich
          + Kind.cell(0x203, 2, 2, format: 3, Kind.stored(2))
          + Kind.cell(0x203, 3, 5, format: 1, Kind.stored(45_047))
      )
    ]
    #expect(fixture.raw().hasSuffix("1002,张三,2,,,\n,,,,,2023-05-01\n"), "\(fixture.raw())")
    let findings = TableFixture.read(fixture.file).findings
    #expect(findings.contains { $0.kind.code == "UNIT-OF-MONEY" && $0.arguments == ["万元", "C2"] })
    #expect(findings.contains { $0.kind.code == "CELL-STRUCK" && $0.arguments == ["B3、C3"] }, "\(findings)")
  }

  @Test func richTextsOfBiff8KnowTheirFonts() {
    var fixture = BiffFixture()
    let font = Kind.record(0x31, Kind.little(200, 2) + Kind.little(8, 2) + Kind.little(0, 10))
    fixture.globals = Kind.record(0x31, Kind.little(0, 14)) + font + Kind.record(0xE0, Kind.little(0, 20))
    let rich = fixture.text("张三") + Kind.little(1, 2) + Kind.little(1, 2) + Kind.little(1, 2)
    fixture.sheets = [
      (
        "表",
        ["工号", "姓名", "自付金额"].enumerated().flatMap { Self.label(fixture, 0, $0, $1) }
          + Self.label(fixture, 1, 0, "1001") + Kind.cell(0xD6, 1, 1, rich)
          + Kind.cell(0x203, 1, 2, Kind.stored(2))
      )
    ]
    #expect(TableFixture.read(fixture.file).finding("CELL-STRUCK")?.arguments == ["B2"])
  }

  @Test func olderVersionsAreNamed() {
    let old: [(type: Int, version: Int, says: String)] = [
      (0x009, 0x2, "BIFF2"), (0x209, 0x300, "BIFF3"), (0x409, 0x400, "BIFF4"), (0x809, 0x200, "BIFF2"),
      (0x809, 0x300, "BIFF3"), (0x809, 0x400, "BIFF4"),
    ]
    for (type, version, says) in old {
      for content in [0x10, 0x20, 0x40, 0x100] {
        let stream =
          Kind.record(type, Kind.little(version, 2) + Kind.little(content, 2) + [0, 0])
          + Kind.cell(0x203, 0, 0, Kind.stored(12.5)) + Kind.record(0x0A, [])
        for bytes in [stream, Kind.compound("Book", stream), Kind.compound("Workbook", stream)] {
          let raw = TableFixture.raw(bytes)
          #expect(
            raw.hasPrefix("FILE-KIND") && raw.contains(says), "\(raw)")
        }
      }
    }
  }

  @Test func theRemedyForOlderVersionsIsToSaveThemAnew() {
    #expect(IntakeFindings.fileKind.remedy.en.contains("save it as .xlsx"))
  }

  @Test func aStreamWithoutContainerIsRead() {
    for version in BiffFixture.bothVersions {
      var fixture = BiffFixture(version: version)
      fixture.sheets = [("表", Self.list(fixture)), ("名", Self.label(fixture, 0, 0, "x"))]
      #expect(TableFixture.raw(fixture.stream) == "工号,姓名,自付金额\n1001,张三,12345.67\n")
      #expect(TableFixture.raw(fixture.stream, sheet: 1) == "x\n")
    }
  }

  @Test func textsAreNoStreams() {
    for text in ["\t\u{4}工号\n1001\n", "\t姓名\n张三\n"] {
      #expect(!TableFixture.raw(text).hasPrefix("FILE-KIND"), "\(text)")
    }
  }

  @Test func workbooksOfChartsAreNamed() {
    for version in BiffFixture.bothVersions {
      for kind in [1, 2, 6] {
        let raw = BiffFixture(version: version, sheetKind: kind).raw()
        #expect(raw.hasPrefix("FILE-KIND") && raw.contains("without a worksheet"), "\(raw)")
      }
    }
    var book = TestWorkbook(rows: "")
    for kind in ["chartsheet", "dialogsheet", "xlMacrosheet"] {
      book.change("xl/_rels/workbook.xml.rels") {
        $0.replacing("/worksheet\"", with: "/\(kind)\"").replacing("/chartsheet\"", with: "/\(kind)\"")
          .replacing("/dialogsheet\"", with: "/\(kind)\"")
      }
      let raw = TableFixture.raw(book.bytes)
      #expect(raw.hasPrefix("FILE-KIND") && raw.contains("without a worksheet"), "\(kind): \(raw)")
    }
    #expect(!IntakeFindings.noWorksheets.remedy.en.contains(".xlsx"))
  }
}
