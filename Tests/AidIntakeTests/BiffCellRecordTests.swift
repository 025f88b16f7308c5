import AidModel
import Testing

@testable import AidIntake

/// Every record that can hold a cell, in both supported versions: the cell is read, or the record is named.
@Suite struct BiffCellRecordTests {
  typealias Kind = KindFixture

  private static let strings = Kind.record(0xFC, Kind.little(1, 4) + Kind.little(1, 4) + Kind.text("x"))

  private static func fixture(_ version: BiffVersion, _ records: (BiffFixture) -> [UInt8]) -> BiffFixture {
    var fixture = BiffFixture(version: version)
    if version == .biff8 { fixture.globals = strings }
    fixture.sheets = [("表", records(fixture))]
    return fixture
  }

  @Test(arguments: BiffFixture.bothVersions)
  func everyRecordIsReadOrNamed(_ version: BiffVersion) {
    for record in BiffCellRecord.all {
      // Shared strings were introduced in BIFF8.
      if version == .biff5, record.type == BiffCellRecord.sharedText { continue }
      let fixture = Self.fixture(version) {
        $0.cell(record, row: 1, column: 1) + Kind.cell(0x203, 2, 2, Kind.stored(5))
      }
      let raw = fixture.raw()
      switch record.use {
      case .one, .many:
        let value =
          ["NUMBER", "RK", "MULRK"].contains(record.name) || record.name.hasPrefix("FORMULA") ? "7" : "x"
        #expect(raw == ",,\n,\(record.type == BiffCellRecord.flag ? "TRUE" : value),\n,,5\n", "\(record)")
      case .blank, .ofFormula: #expect(raw == ",,\n,,\n,,5\n", "\(record)")
      case .refused:
        #expect(raw.hasPrefix("FILE-UNREADABLE") && raw.contains(record.name), "\(record): \(raw)")
        if record.type != 0x007 { #expect(raw.contains("B2"), "\(raw)") }
      case .none: Issue.record("\(record) is in the table and holds no cell")
      }
    }
  }

  /// A truncated record is not a cell of zeros.
  @Test(arguments: BiffFixture.bothVersions)
  func aRecordCutShortIsRefused(_ version: BiffVersion) {
    for record in BiffCellRecord.all where record.use == .one && record.type != BiffCellRecord.text {
      if version == .biff5, record.type == BiffCellRecord.sharedText { continue }
      let whole = BiffFixture(version: version).cell(record, row: 0, column: 0)
      for length in stride(from: 0, to: min(whole.count - 4, 15), by: 1) {
        let raw = Self.fixture(version) { _ in
          Kind.record(record.type, Array(whole[4..<(4 + length)]))
        }.raw()
        let isRich = record.type == BiffCellRecord.richText && length + 4 >= whole.count - 2
        #expect(raw.hasPrefix("FILE-UNREADABLE") || isRich, "\(record), \(length) bytes: \(raw)")
      }
    }
  }

  @Test func formulasOfEveryTypeGiveTheirTexts() {
    for version in BiffFixture.bothVersions {
      for type in [0x006, 0x206, 0x406] {
        for between in BiffCellRecord.all where between.use == .ofFormula && between.type != 0x207 {
          let raw = Self.fixture(version) {
            BiffFixture.formula(type, row: 0, column: 0, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
              + Kind.record(between.type, Kind.little(0, 10)) + Kind.record(0x207, $0.text("张三"))
          }.raw()
          #expect(raw == "张三\n", "\(version), \(type), \(between): \(raw)")
        }
      }
    }
  }

  @Test func aColumnNoSheetHasIsRefused() {
    let raw = Self.fixture(.biff8) { _ in Kind.cell(0x203, 0, 0x8001, Kind.stored(1)) }.raw()
    #expect(raw.hasPrefix("FILE-LIMIT"), "\(raw)")
  }
}
