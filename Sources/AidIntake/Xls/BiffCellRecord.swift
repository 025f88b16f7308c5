import AidModel

/// The cell records of every version of the format, and how each is handled. A cell is either read or its
/// record is rejected by name; none is skipped.
struct BiffCellRecord: Sendable {
  /// How a record is handled.
  enum Use: UInt8, Sendable {
    /// Contains no cell.
    case none
    /// Contains one cell, which is read.
    case one
    /// Contains the cells of several columns, which are read.
    case many
    /// Contains formats of empty cells; nothing to read.
    case blank
    /// Belongs to the preceding formula: its text, or a shared expression.
    case ofFormula
    /// Contains a cell in an older layout, which no program writes into a workbook of this version.
    case refused
  }

  /// The record type.
  let type: Int
  let name: String
  let use: Use

  static let number = 0x203
  static let packedNumber = 0x27E
  static let packedNumbers = 0xBD
  static let sharedText = 0xFD
  static let text = 0x204
  static let richText = 0xD6
  static let flag = 0x205
  static let formulaText = 0x207

  /// All records that contain a cell or belong to one.
  static let all: [BiffCellRecord] = [
    BiffCellRecord(type: number, name: "NUMBER", use: .one),
    BiffCellRecord(type: packedNumber, name: "RK", use: .one),
    BiffCellRecord(type: packedNumbers, name: "MULRK", use: .many),
    BiffCellRecord(type: sharedText, name: "LABELSST", use: .one),
    BiffCellRecord(type: text, name: "LABEL", use: .one),
    BiffCellRecord(type: richText, name: "RSTRING", use: .one),
    BiffCellRecord(type: flag, name: "BOOLERR", use: .one),
    BiffCellRecord(type: 0x006, name: "FORMULA", use: .one),
    BiffCellRecord(type: 0x206, name: "FORMULA (BIFF3)", use: .one),
    BiffCellRecord(type: 0x406, name: "FORMULA (BIFF4)", use: .one),
    BiffCellRecord(type: 0x001, name: "BLANK (BIFF2)", use: .blank),
    BiffCellRecord(type: 0x201, name: "BLANK", use: .blank),
    BiffCellRecord(type: 0x0BE, name: "MULBLANK", use: .blank),
    BiffCellRecord(type: formulaText, name: "STRING", use: .ofFormula),
    BiffCellRecord(type: 0x021, name: "ARRAY (BIFF2)", use: .ofFormula),
    BiffCellRecord(type: 0x221, name: "ARRAY", use: .ofFormula),
    BiffCellRecord(type: 0x036, name: "TABLE (BIFF2)", use: .ofFormula),
    BiffCellRecord(type: 0x037, name: "TABLE2 (BIFF2)", use: .ofFormula),
    BiffCellRecord(type: 0x236, name: "TABLE", use: .ofFormula),
    BiffCellRecord(type: 0x0BC, name: "SHRFMLA", use: .ofFormula),
    BiffCellRecord(type: 0x4BC, name: "SHRFMLA", use: .ofFormula),
    BiffCellRecord(type: 0x002, name: "INTEGER (BIFF2)", use: .refused),
    BiffCellRecord(type: 0x003, name: "NUMBER (BIFF2)", use: .refused),
    BiffCellRecord(type: 0x004, name: "LABEL (BIFF2)", use: .refused),
    BiffCellRecord(type: 0x005, name: "BOOLERR (BIFF2)", use: .refused),
    BiffCellRecord(type: 0x007, name: "STRING (BIFF2)", use: .refused),
    BiffCellRecord(type: 0x07E, name: "RK (BIFF3)", use: .refused),
  ]

  /// The handling of each record, by type; types beyond the end contain no cell.
  static let uses: [Use] = {
    var uses = [Use](repeating: .none, count: 0x600)
    for record in all { uses[record.type] = record.use }
    return uses
  }()

  static func use(of type: Int) -> Use { type < uses.count ? uses[type] : .none }

  /// Why a record of an older version is rejected.
  /// - Parameters:
  ///   - row: from 0, as in the record; nil if the record is too short to tell.
  ///   - column: from 0.
  static func refusal(_ type: Int, row: Int?, column: Int) -> KindFault {
    let name = all.first { $0.type == type }?.name ?? ""
    let cell = row.map { Place.letters(Int32(column)) + "\($0 + 1) " } ?? ""
    let record = "\(name), 0x\(String(type, radix: 16))"
    return .damaged(
      Bilingual(
        "\(cell)旧版 Excel 的单元格记录（\(record)）混在新版工作簿里，读不出来",
        "\(cell)a cell record of an older Excel (\(record)) in a workbook of a later one"),
      row: Int32((row ?? -2) + 1))
  }
}
