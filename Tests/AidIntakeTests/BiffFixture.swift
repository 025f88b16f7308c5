import AidModel

@testable import AidIntake

/// Streams of binary workbooks in both supported versions, built record by record.
struct BiffFixture {
  typealias Kind = KindFixture

  var version = BiffVersion.biff8
  /// For BIFF5; nil omits the record.
  var codePage: Int? = 936
  var globals: [UInt8] = []
  var sheets: [(name: String, records: [UInt8])] = [("表", [])]
  /// Added to each sheet's stated offset.
  var stray = 0
  /// The kind of each sheet according to the globals.
  var sheetKind = 0

  static let bothVersions: [BiffVersion] = [.biff5, .biff8]

  /// The GBK bytes of the few characters that tests use; others are not supported.
  static func chinese(_ text: String) -> [UInt8] {
    let known: [Character: [UInt8]] = [
      "表": [0xB1, 0xED], "张": [0xD5, 0xC5], "三": [0xC8, 0xFD], "工": [0xB9, 0xA4], "号": [0xBA, 0xC5],
      "姓": [0xD0, 0xD5], "名": [0xC3, 0xFB], "自": [0xD7, 0xD4], "付": [0xB8, 0xB6], "金": [0xBD, 0xF0],
      "额": [0xB6, 0xEE], "万": [0xCD, 0xF2], "元": [0xD4, 0xAA], "年": [0xC4, 0xEA],
    ]
    return text.flatMap { $0.isASCII ? Array(String($0).utf8) : known[$0]! }
  }

  /// A text as stored in this version, preceded by its character count.
  func text(_ text: String, lengthBytes: Int = 2) -> [UInt8] {
    if version == .biff8 { return Kind.text(text, lengthBytes: lengthBytes) }
    let bytes = Self.chinese(text)
    return Kind.little(bytes.count, lengthBytes) + bytes
  }

  private func begin(_ kind: Int) -> [UInt8] {
    let head = Kind.little(version == .biff8 ? 0x600 : 0x500, 2) + Kind.little(kind, 2)
    return Kind.record(0x809, head + Kind.little(0, version == .biff8 ? 12 : 4))
  }

  var stream: [UInt8] {
    let end = Kind.record(0x0A, [])
    var head = begin(5)
    if version == .biff5, let codePage { head += Kind.record(0x42, Kind.little(codePage, 2)) }
    head += globals
    func bounds(_ first: Int) -> [UInt8] {
      var (out, offset): ([UInt8], Int) = ([], first)
      for sheet in sheets {
        let place = Kind.little(offset + stray, 4) + [0, UInt8(sheetKind)]
        out += Kind.record(0x85, place + text(sheet.name, lengthBytes: 1))
        offset += begin(16).count + sheet.records.count + end.count
      }
      return out
    }
    let first = head.count + bounds(0).count + end.count
    return head + bounds(first) + end + sheets.flatMap { begin(16) + $0.records + end }
  }

  var file: [UInt8] { Kind.compound(version == .biff8 ? "Workbook" : "Book", stream) }

  func raw(sheet: Int = 0) -> String { TableFixture.raw(file, sheet: sheet) }

  // MARK: Cells

  /// A cell in a record of any type, with suitable contents: 7, TRUE or `x`.
  func cell(_ record: BiffCellRecord, row: Int, column: Int) -> [UInt8] {
    switch record.type {
    case BiffCellRecord.number, 0x003: Kind.cell(record.type, row, column, Kind.stored(7))
    case BiffCellRecord.packedNumber, 0x07E: Kind.cell(record.type, row, column, Kind.little(7 << 2 | 2, 4))
    case BiffCellRecord.packedNumbers:
      Kind.record(
        record.type,
        Kind.little(row, 2) + Kind.little(column, 2) + Kind.little(0, 2) + Kind.little(7 << 2 | 2, 4)
          + Kind.little(column, 2))
    case BiffCellRecord.sharedText: Kind.cell(record.type, row, column, Kind.little(0, 4))
    case BiffCellRecord.text: Kind.cell(record.type, row, column, text("x"))
    case BiffCellRecord.richText:
      Kind.cell(record.type, row, column, text("x") + [UInt8](repeating: 0, count: version == .biff8 ? 2 : 1))
    case BiffCellRecord.flag, 0x005: Kind.cell(record.type, row, column, [1, 0])
    case 0x006, 0x206, 0x406: Self.formula(record.type, row: row, column: column, Kind.stored(7))
    case 0x002: Kind.cell(record.type, row, column, [0, 7, 0])
    case 0x004: Kind.cell(record.type, row, column, [0, 1, 0x78])
    case BiffCellRecord.formulaText, 0x007: Kind.record(record.type, text("x"))
    default: Kind.cell(record.type, row, column, Kind.little(0, 12))
    }
  }

  /// - Parameters:
  ///   - value: eight bytes.
  ///   - flags: the formula's computation flags.
  static func formula(
    _ type: Int = 6, row: Int, column: Int, format: Int = 0, _ value: [UInt8], flags: Int = 0
  ) -> [UInt8] {
    let expression = type == 6 ? Kind.little(0, 6) : Kind.little(0, 2)
    return Kind.cell(type, row, column, format: format, value + Kind.little(flags, 2) + expression)
  }
}
