/// The texts of an application row's common columns, up to the account holder, as bytes: all found in one
/// pass over the row. Valid only during the call that passes them.
public struct CommonTexts {
  private var all = InlineArray<12, UnsafeBufferPointer<UInt8>>(
    repeating: UnsafeBufferPointer(start: nil, count: 0))

  public static let last = CommonColumn.accountName

  init() {}

  @inline(__always)
  mutating func set(_ column: Int, _ text: UnsafeBufferPointer<UInt8>) { all[column] = text }

  /// UTF-8; empty if the cell holds no text.
  @inline(__always)
  public subscript(column: CommonColumn) -> UnsafeBufferPointer<UInt8> { all[column.rawValue] }

  public func string(_ column: CommonColumn) -> String { String(decoding: self[column], as: UTF8.self) }
}

extension Claim {
  /// For application rows only.
  /// - Parameter last: the last column read.
  public func withTexts<Result>(
    through last: CommonColumn = CommonTexts.last, _ body: (CommonTexts) -> Result
  ) -> Result { table.withTexts(index, through: last.rawValue, body) }

  /// A hash of a common column's text; nil if blank. For application rows only.
  public func hash(of column: CommonColumn) -> UInt64? {
    var hash: UInt64?
    table.forEachCell(index, through: column.rawValue) { found, cell in
      if found == column.rawValue { hash = Self.hash(cell, from: FNV.start) }
    }
    return hash
  }

  private static func hash(_ cell: ClaimTable.PackedCell, from start: UInt64) -> UInt64? {
    if case .text(let bytes) = cell, !bytes.isEmpty { return FNV.wideHash(bytes, from: start) }
    return nil
  }

  /// A hash of some columns' values; rows with equal values have equal hashes.
  /// - Parameter columns: for each layout column, whether it is included.
  public func hash(of columns: [Bool], from start: UInt64) -> UInt64 {
    var hash = start
    table.forEachCell(index, through: columns.count - 1) { column, cell in
      if !columns[column] { return }
      hash = FNV.wideHash(UInt64(column), from: hash)
      switch cell {
      case .text(let bytes): hash = FNV.wideHash(bytes, from: hash)
      case .money(let fen): hash = FNV.wideHash(UInt64(bitPattern: fen), from: hash)
      case .number(let mantissa, let scale):
        hash = FNV.wideHash(UInt64(bitPattern: mantissa), from: hash &+ UInt64(scale))
      case .date(let day): hash = FNV.wideHash(UInt64(bitPattern: Int64(day)), from: hash)
      case .flag(let flag): hash = FNV.wideHash(flag ? 1 : 2, from: hash)
      case .unreadable: hash = FNV.wideHash(3, from: hash)
      }
    }
    return hash
  }
}
