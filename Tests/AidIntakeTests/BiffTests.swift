import AidModel
import Testing

@testable import AidIntake

/// Excel 97–2003 workbooks.
@Suite struct BiffTests {
  typealias Fixture = KindFixture

  /// Formats 0 to 3: plain, a built-in date, date and time, elapsed time.
  static let formats: [UInt8] =
    Fixture.record(0x31, Fixture.little(200, 2) + Fixture.little(0, 14))
    + Fixture.record(0x41E, Fixture.little(164, 2) + Fixture.text("yyyy-mm-dd hh:mm:ss"))
    + Fixture.record(0x41E, Fixture.little(165, 2) + Fixture.text("[h]:mm:ss", wide: false))
    + [0, 14, 164, 165].flatMap {
      Fixture.record(0xE0, Fixture.little(0, 2) + Fixture.little($0, 2) + Fixture.little(0, 16))
    }

  static func raw(globals: [UInt8] = formats, _ records: [UInt8], small: Bool = true) -> String {
    var stream = Fixture.stream(globals: globals, sheets: [("表", 0, records)])
    if !small { stream += [UInt8](repeating: 0, count: 5000) }
    return TableFixture.raw(Fixture.compound("Workbook", stream))
  }

  @Test func everyKindOfCell() {
    let strings = Fixture.record(
      0xFC,
      Fixture.little(3, 4) + Fixture.little(3, 4) + Fixture.text("张三") + Fixture.text("abc", wide: false)
        // Rich text with one run, and phonetic text of four bytes: both are left out.
        + Fixture.little(2, 2) + [0x0D] + Fixture.little(1, 2) + Fixture.little(4, 4)
        + Fixture.text("𠮷")[3...] + [9, 9, 9, 9] + [8, 8, 8, 8])
    let records =
      Fixture.cell(0xFD, 0, 0, Fixture.little(0, 4)) + Fixture.cell(0xFD, 0, 1, Fixture.little(2, 4))
      + Fixture.cell(0xFD, 0, 3, Fixture.little(1, 4)) + Fixture.cell(0x204, 0, 4, Fixture.text("标签"))
      + Fixture.cell(0x203, 1, 0, Fixture.stored(12345.67))
      + Fixture.cell(0x203, 1, 1, Fixture.stored(0.1 + 0.2))
      // Packed numbers: 100.01 in hundredths, the integer −7, and the upper bits of 1.5.
      + Fixture.cell(0x27E, 1, 2, Fixture.little(10001 << 2 | 3, 4))
      + Fixture.cell(0x27E, 1, 3, Fixture.little(-7 << 2 | 2, 4))
      + Fixture.record(
        0xBD,
        Fixture.little(2, 2) + Fixture.little(0, 2) + Fixture.little(0, 2)
          + Fixture.little(5 << 2 | 2, 4) + Fixture.little(1, 2) + Fixture.little(45_047 << 2 | 2, 4)
          + Fixture.little(1, 2))
      + Fixture.cell(0x203, 2, 2, format: 2, Fixture.stored(45_047.354340277777))
      + Fixture.cell(0x203, 2, 3, format: 3, Fixture.stored(1.5))
      + Fixture.cell(0x205, 3, 0, [1, 0]) + Fixture.cell(0x205, 3, 1, [0, 0])
      + Fixture.cell(0x205, 3, 2, [0x2A, 1]) + Fixture.cell(0x205, 3, 3, [0x17, 1])
    let expected =
      "张三,𠮷,,abc,标签\n12345.67,0.30000000000000004,100.01,-7,\n"
      + "5,2023-05-01,2023-05-01T08:30:15,36:00:00,\nTRUE,FALSE,#N/A,#REF!,\n"
    for small in [true, false] {
      #expect(Self.raw(globals: Self.formats + strings, records, small: small) == expected)
    }
  }

  @Test func formulasGiveTheirCachedValues() {
    func formula(_ row: Int, _ value: [UInt8]) -> [UInt8] {
      Fixture.cell(0x06, row, 0, value + Fixture.little(0, 6) + Fixture.little(0, 2))
    }
    func special(_ kind: UInt8, _ value: UInt8) -> [UInt8] { [kind, 0, value, 0, 0, 0, 0xFF, 0xFF] }
    let records =
      formula(0, Fixture.stored(2.5)) + formula(1, special(0, 0))
      + Fixture.record(0x4BC, Fixture.little(0, 10)) + Fixture.record(0x207, Fixture.text("结果"))
      + formula(2, special(1, 1)) + formula(3, special(2, 0x07)) + formula(4, special(3, 0))
      + formula(5, Fixture.stored(1))
    #expect(Self.raw(records) == "2.5\n结果\nTRUE\n#DIV/0!\n\n1\n")
  }

  @Test func textsGoOnInTheNextRecord() {
    // 张三李四 split in the middle; the rest uses one byte per character where possible.
    let first = Fixture.little(1, 4) + Fixture.little(1, 4) + Fixture.little(4, 2) + [1]
    let strings =
      Fixture.record(0xFC, first + Fixture.text("张三")[3...])
      + Fixture.record(0x3C, [0] + Array("ab".utf8))
    #expect(
      Self.raw(globals: Self.formats + strings, Fixture.cell(0xFD, 0, 0, Fixture.little(0, 4))) == "张三ab\n")
  }

  @Test func datesCountFromTheWorkbooksOwnDay() {
    let cell = Fixture.cell(0x203, 0, 0, format: 1, Fixture.stored(0))
    #expect(Self.raw(cell) == "00:00:00\n")
    #expect(Self.raw(Fixture.cell(0x203, 0, 0, format: 1, Fixture.stored(59))) == "1900-02-28\n")
    #expect(Self.raw(Fixture.cell(0x203, 0, 0, format: 1, Fixture.stored(61))) == "1900-03-01\n")
    let from1904 = Fixture.record(0x22, Fixture.little(1, 2))
    #expect(
      Self.raw(globals: from1904 + Self.formats, Fixture.cell(0x203, 0, 0, format: 1, Fixture.stored(1)))
        == "1904-01-02\n")
    #expect(
      Self.raw(Fixture.cell(0x203, 0, 0, format: 1, Fixture.stored(-1))) == "-1\n", "no day: the number stays"
    )
  }

  @Test func rowsInAnyOrderHiddenAndMerged() {
    var cells: [UInt8] = []
    for (row, texts) in [["工号", "姓名", "所在单位", "自付金额"], ["1001", "张三", "机械", "1"], ["1002", "李四", "", "2"]]
      .enumerated().reversed()
    {
      for (column, text) in texts.enumerated().reversed() where !text.isEmpty {
        cells += Fixture.cell(0x204, row, column, Fixture.text(text))
      }
    }
    let records =
      Fixture.record(0x208, Fixture.little(2, 2) + Fixture.little(0, 10) + Fixture.little(0x20, 4))
      + Fixture.record(
        0x7D, Fixture.little(1, 2) + Fixture.little(1, 2) + Fixture.little(0, 4) + Fixture.little(1, 4))
      + Fixture.record(0x9B, []) + cells
      + Fixture.record(
        0xE5,
        Fixture.little(1, 2) + Fixture.little(1, 2) + Fixture.little(2, 2) + Fixture.little(2, 2)
          + Fixture.little(2, 2))
    let read = TableFixture.read(
      Fixture.compound("Workbook", Fixture.stream(globals: Self.formats, sheets: [("表", 0, records)])))
    #expect(read.texts("staff_no") == ["1001", "1002"] && read.texts("unit") == ["机械", "机械"])
    #expect(read.codes.sorted() == ["FILTERED-ROWS", "HIDDEN-COLUMN", "HIDDEN-ROW"], "\(read.codes)")
    #expect(read.report.kind == "xls")
  }

  @Test func hiddenSheetsAndChartsAreNotChosen() {
    let list =
      ["工号", "姓名", "自付金额"].enumerated().flatMap { Fixture.cell(0x204, 0, $0, Fixture.text($1)) }
      + ["1001", "张三", "5"].enumerated().flatMap { Fixture.cell(0x204, 1, $0, Fixture.text($1)) }
    let chart =
      Fixture.record(0x809, Fixture.little(0x600, 2) + Fixture.little(0x20, 2)) + Fixture.record(0x0A, [])
    let read = TableFixture.read(
      Fixture.compound(
        "Workbook", Fixture.stream(sheets: [("旧", 1, list), ("新", 0, chart + list), ("空", 0, [])])))
    #expect(read.report.sheet == "新" && read.codes == ["HIDDEN-SHEET"], "\(read.codes)")
  }

  @Test func whatIsNotReadIsNamed() {
    let encrypted = Fixture.stream(
      globals: Fixture.record(0x2F, Fixture.little(0, 6)), sheets: [("表", 0, [])])
    #expect(TableFixture.raw(Fixture.compound("Workbook", encrypted)).hasPrefix("FILE-ENCRYPTED"))
    let locked = TableFixture.read(Fixture.compound("Workbook", encrypted)).findings.first
    #expect(locked?.message(.zh).contains("给了密码也打不开") == true)
    for step in ["打开", "输入密码", "另存为", ".xlsx", "不设密码", "换掉原来的"] {
      #expect(locked?.hint(.zh).contains(step) == true, "\(step)")
    }
    #expect(TableFixture.raw(Fixture.compound("EncryptedPackage", [1, 2, 3])).hasPrefix("FILE-ENCRYPTED"))
    #expect(TableFixture.raw(Fixture.compound("WordDocument", [1])).contains("Word"))
    #expect(TableFixture.raw(Fixture.compound("Book", [1])).hasPrefix("FILE-UNREADABLE"))
    #expect(TableFixture.raw(Fixture.compound("Other", [1])).contains("without a readable workbook"))
  }

  /// Whatever its bytes, the file is read or rejected; nothing traps or hangs.
  @Test func damagedFilesAreRefused() {
    let strings = Fixture.record(0xFC, Fixture.little(1, 4) + Fixture.little(1, 4) + Fixture.text("张三"))
    let records =
      Fixture.cell(0xFD, 0, 0, Fixture.little(0, 4)) + Fixture.cell(0x203, 0, 1, Fixture.stored(1))
      + Fixture.cell(0x204, 1, 0, Fixture.text("x"))
      + Fixture.record(0xE5, Fixture.little(1, 2) + Fixture.little(0, 8))
    let whole = Fixture.compound(
      "Workbook", Fixture.stream(globals: Self.formats + strings, sheets: [("表", 0, records)]))
    #expect(TableFixture.raw(whole) == "张三,1\nx,\n")
    var seed: UInt64 = 7
    func random(_ below: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % below
    }
    var refused = 0
    for round in 0..<300 {
      var bytes = whole
      for _ in 0...random(4) { bytes[random(bytes.count)] = UInt8(random(256)) }
      if round % 5 == 0 { bytes.removeLast(random(bytes.count - 600)) }
      if TableFixture.raw(bytes).hasPrefix("FILE-") { refused += 1 }
    }
    #expect(refused > 30)
    #expect(
      Self.raw(Fixture.cell(0xFD, 0, 0, Fixture.little(5, 4))).contains("shared string is missing"))
    let half = Fixture.record(
      0xFC, Fixture.little(1, 4) + Fixture.little(1, 4) + Fixture.little(1, 2) + [1, 0x42, 0xD8])
    #expect(Self.raw(globals: half, []).contains("half a character"))
  }
}
