/// A rectangle of merged cells, ends included. Rows from 1, columns from 0.
public struct MergedRange: Sendable, Hashable {
  public let firstRow: Int32
  public let lastRow: Int32
  public let firstColumn: Int32
  public let lastColumn: Int32

  public init(firstRow: Int32, lastRow: Int32, firstColumn: Int32, lastColumn: Int32) {
    self.firstRow = firstRow
    self.lastRow = lastRow
    self.firstColumn = firstColumn
    self.lastColumn = lastColumn
  }
}

/// Parses `H17` as row 17, column 7.
enum CellReference {
  @inline(__always)
  static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> (row: Int32, column: Int32)? {
    var (row, column): (Int32, Int32) = (0, 0)
    var digits = 0
    for byte in bytes {
      switch byte {
      case 65...90 where digits == 0: column = column &* 26 &+ Int32(byte &- 64)
      case 97...122 where digits == 0: column = column &* 26 &+ Int32(byte &- 96)
      case 48...57:
        row = row &* 10 &+ Int32(byte &- 48)
        digits &+= 1
      default: return nil
      }
      if column > 100_000 || row > 100_000_000 { return nil }
    }
    return column > 0 && row > 0 ? (row, column &- 1) : nil
  }
}
