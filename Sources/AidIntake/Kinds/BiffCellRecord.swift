import AidModel

/// The records that hold a cell, of every version of the format, and what is done with each. A cell is read or its
/// record is refused by name; none is passed over.
struct BiffCellRecord: Sendable {
  /// What is done with a record.
  enum Use: UInt8, Sendable {
    /// It holds no cell.
    case none
    /// It holds one cell, which is read.
    case one
    /// It holds the cells of several columns, which are read.
    case many
    /// It holds formats of cells without content; there is nothing to read.
    case blank
    /// It belongs to the formula in front of it: its text, or the expression it shares.
    case ofFormula
    /// It holds a cell of an older version, laid out in another way; no program writes it into a workbook of this one.
    case refused
  }

  /// The number of the record's type.
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

  /// Every record that holds a cell, and those that belong to one.
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

  /// What is done with each record, by the number of its type; types past the end hold no cell.
  static let uses: [Use] = {
    var uses = [Use](repeating: .none, count: 0x600)
    for record in all { uses[record.type] = record.use }
    return uses
  }()

  static func use(of type: Int) -> Use { type < uses.count ? uses[type] : .none }

  /// Why a record of an older version is refused.
  /// - Parameters:
  ///   - row: counted from 0, as in the record; nil where the record is too short to say it.
  ///   - column: counted from 0.
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
