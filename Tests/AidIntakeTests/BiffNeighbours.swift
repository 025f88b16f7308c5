import AidModel
import Testing

@testable import AidIntake

/// Deviations in binary workbooks, and in related formats, that other readers tolerate.
@Suite struct BiffNeighbours {
  typealias Kind = KindFixture

  private static let one = Kind.cell(0x203, 0, 0, Kind.stored(7))

  @Test func streamNamesInAnyCase() {
    for name in ["Workbook", "WORKBOOK", "workbook", "WorkBook"] {
      #expect(
        TableFixture.raw(Kind.compound(name, Kind.stream(sheets: [("S", 0, Self.one)]))) == "7\n", "\(name)")
    }
    var old = BiffFixture(version: .biff5)
    old.sheets = [("S", Self.one)]
    for name in ["Book", "BOOK", "book"] {
      #expect(TableFixture.raw(Kind.compound(name, old.stream)) == "7\n", "\(name)")
    }
    #expect(TableFixture.raw(Kind.compound("WORDDOCUMENT", [1])).contains("Word"))
  }

  private static func strings(_ texts: [[UInt8]], told: Int) -> [UInt8] {
    Kind.record(0xFC, Kind.little(texts.count, 4) + Kind.little(told, 4) + texts.flatMap { $0 })
  }

  @Test func howManySharedStringsThereAreIsNotBelieved() {
    let texts = ["甲", "b", "丙"].map { Kind.text($0) }
    for told in [0, 1, 2, 3, 4, 8, 100, 0x7FFF_FFFF, 0xFFFF_FFFF] {
      for number in 0..<3 {
        let raw = BiffTests.raw(
          globals: Self.strings(texts, told: told), Kind.cell(0xFD, 0, 0, Kind.little(number, 4)))
        #expect(raw == ["甲", "b", "丙"][number] + "\n", "\(told): \(raw)")
      }
      let beyond = BiffTests.raw(
        globals: Self.strings(texts, told: told), Kind.cell(0xFD, 0, 0, Kind.little(3, 4)))
      #expect(beyond.contains("shared string is missing"), "\(told): \(beyond)")
    }
  }

  /// Strings within the stated count must be complete; beyond it an incomplete string is ignored.
  @Test func halfAStringIsNone() {
    let half = Kind.little(5, 2) + [1, 0x41, 0]
    let texts = [Kind.text("甲"), half]
    #expect(BiffTests.raw(globals: Self.strings(texts, told: 2), []).hasPrefix("FILE-UNREADABLE"))
    let raw = BiffTests.raw(globals: Self.strings(texts, told: 1), Kind.cell(0xFD, 0, 0, Kind.little(0, 4)))
    #expect(raw == "甲\n")
  }

  /// A text split anywhere, with intermediate records that contain only the flag byte or nothing at all.
  @Test func textsGoOnPastEmptyRecords() {
    let text = "A张b三"
    let units = Array(text.utf16)
    for cut in 0...units.count {
      for (flagOnly, empty) in [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1)] {
        let head = Kind.little(1, 4) + Kind.little(1, 4) + Kind.little(units.count, 2) + [1]
        var strings = Kind.record(0xFC, head + units[..<cut].flatMap { Kind.little(Int($0), 2) })
        for _ in 0..<empty { strings += Kind.record(0x3C, []) }
        for _ in 0..<flagOnly { strings += Kind.record(0x3C, [1]) }
        strings += Kind.record(0x3C, [1] + units[cut...].flatMap { Kind.little(Int($0), 2) })
        let raw = BiffTests.raw(globals: strings, Kind.cell(0xFD, 0, 0, Kind.little(0, 4)))
        // After a complete text the flag byte would begin another one.
        if cut < units.count { #expect(raw == text + "\n", "\(cut), \(flagOnly), \(empty): \(raw)") }
      }
    }
    // The character width may change with every record.
    let strings =
      Kind.record(
        0xFC, Kind.little(1, 4) + Kind.little(1, 4) + Kind.little(5, 2) + [1] + Kind.little(0x5F20, 2))
      + Kind.record(0x3C, [0] + Array("bc".utf8)) + Kind.record(0x3C, [0])
      + Kind.record(0x3C, [1, 0x09, 0x4E])
      + Kind.record(0x3C, [0, 0xE9])
    #expect(
      BiffTests.raw(globals: strings, Kind.cell(0xFD, 0, 0, Kind.little(0, 4)))
        == "张bc三é\n".replacing("三", with: "\u{4E09}"))
  }

  @Test func anEmptyTextNeedsNoFlagByte() {
    for count in [[0, 0], [0, 0, 0], [0, 0, 1]] as [[UInt8]] {
      for type in [0x204, 0xD6] {
        #expect(
          BiffTests.raw(Kind.cell(type, 0, 0, count) + Kind.cell(0x203, 0, 1, Kind.stored(7))) == ",7\n")
      }
      let formula = BiffFixture.formula(row: 0, column: 0, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
      let raw = BiffTests.raw(formula + Kind.record(0x207, count) + Kind.cell(0x203, 0, 1, Kind.stored(7)))
      #expect(raw == ",7\n", "\(count): \(raw)")
    }
    #expect(BiffTests.raw(Kind.cell(0x204, 0, 0, [1, 0])).hasPrefix("FILE-UNREADABLE"))
  }

  @Test func formatsLaidOutAsInBiff5() {
    let codes: [(code: [UInt8], meaning: String)] = [
      (Array("\"$\",##0".utf8), "45047"), (Array("yyyy-mm-dd".utf8), "2023-05-01"),
      (Array("00000000".utf8), "45047"), ([0x79, 0x22, 0xC4, 0xEA, 0x22], "2023-05-01"),
      (Array("General".utf8), "45047"),
    ]
    for (code, meaning) in codes {
      let globals =
        Kind.record(0x41E, Kind.little(176, 2) + [UInt8(code.count)] + code)
        + Kind.record(0xE0, Kind.little(0, 2) + Kind.little(176, 2) + Kind.little(0, 16))
      #expect(BiffTests.raw(globals: globals, Kind.cell(0x203, 0, 0, Kind.stored(45_047))) == meaning + "\n")
    }
  }

  @Test func sheetsThatBeginAFewBytesOff() {
    for version in BiffFixture.bothVersions {
      for stray in [-40, -8, -4, -1, 0, 1, 4, 8, 12, 20, 24, 40] {
        var fixture = BiffFixture(version: version)
        let filler = (0..<20).flatMap { Kind.cell(0x203, 1 + $0, 0, Kind.stored(1)) }
        fixture.sheets = [("甲", Self.one + filler), ("乙", Kind.cell(0x203, 0, 0, Kind.stored(8)) + filler)]
        if version == .biff5 { fixture.sheets = fixture.sheets.map { ("S", $0.records) } }
        fixture.stray = stray
        #expect(
          fixture.raw().hasPrefix("7\n1\n") && fixture.raw(sheet: 1).hasPrefix("8\n1\n"),
          "\(version), \(stray)")
      }
    }
  }

  @Test func sheetsThatCannotBeFoundAreRefused() {
    var fixture = BiffFixture()
    fixture.sheets = [("甲", Self.one)]
    for stray in [-2000, 500, 0x7000_0000] {
      fixture.stray = stray
      #expect(fixture.raw().hasPrefix("FILE-UNREADABLE"), "\(stray): \(fixture.raw())")
    }
    // Between two short sheets it is ambiguous which is meant.
    fixture.sheets = [("甲", []), ("乙", [])]
    fixture.stray = 12
    #expect(fixture.raw().hasPrefix("FILE-UNREADABLE"), "\(fixture.raw())")
  }

  /// Numbers written by the fast path have the shortest digits too.
  @Test func numbersHaveTheirShortestDigits() {
    var seed: UInt64 = 11
    func random() -> UInt64 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return seed >> 11
    }
    var values: [Double] = [
      0, -0.0, 1, -1, 0.01, 0.1, 0.07, 1e15, 1e21, 1e22, 9.99e12, 1e-7, 0.1 + 0.2, 8097.6899999999996,
    ]
    for _ in 0..<3000 {
      values.append(Double(random() % 100_000_000) / 100)
      values.append(-Double(random() % 1_000_000) / 1000)
      values.append(Double(bitPattern: random() << 11 & 0x7FEF_FFFF_FFFF_FFFF))
    }
    for value in values where value.isFinite {
      var out: [UInt8] = []
      StoredNumber.write(value, to: &out)
      let shortest = StoredNumber.shortest(Array("\(value)".utf8))
      if out != shortest { Issue.record("\(value): \(String(decoding: out, as: UTF8.self))") }
    }
  }

  /// Digits accepted as the shortest are those of the stored number.
  @Test func shortDigitsAreTakenAsTheyAre() {
    var seed: UInt64 = 3
    func random(_ below: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % below
    }
    var texts = [
      "0", "-0", "0.0", "00", "-", "", ".", ".5", "5.", "1.50", "0.0000001", "0.000001", "-0.000012", "1e5",
    ]
    for _ in 0..<5000 {
      let whole = String(random(1_000_000)) + (random(2) == 0 ? String(random(1_000_000)) : "")
      texts.append(
        (random(4) == 0 ? "-" : "") + whole + (random(2) == 0 ? "." + String(random(10_000_000)) : ""))
    }
    for text in texts {
      let shown = String(decoding: StoredNumber.shortest(Array(text.utf8)), as: UTF8.self)
      guard let value = Double(text) else {
        #expect(shown == text)
        continue
      }
      var written: [UInt8] = []
      StoredNumber.write(value, to: &written)
      if shown != String(decoding: written, as: UTF8.self) { Issue.record("\(text): \(shown)") }
    }
  }

  /// An Excel 5.0/95 workbook is read or rejected too, whatever its bytes.
  @Test func damagedWorkbooksOfExcel5AreRefused() {
    var fixture = BiffFixture(version: .biff5)
    fixture.sheets = [
      (
        "S",
        Kind.cell(0x204, 0, 0, fixture.text("张三")) + Kind.cell(0xD6, 1, 0, fixture.text("x") + [1, 0, 1])
          + BiffFixture.formula(row: 2, column: 0, Kind.stored(0), flags: 2) + Self.one
      )
    ]
    let whole = fixture.stream
    var seed: UInt64 = 5
    func random(_ below: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % below
    }
    for round in 0..<300 {
      var bytes = whole
      for _ in 0...random(4) { bytes[random(bytes.count)] = UInt8(random(256)) }
      if round % 5 == 0 { bytes.removeLast(random(bytes.count - 10)) }
      _ = TableFixture.raw(bytes)
    }
  }
}
