public import AidModel

/// A cell of a chunk: its column, its kind, and the range of its text in the chunk's bytes.
public struct CellSlot: Sendable, BitwiseCopyable {
  /// Zero-based.
  public let column: Int32
  public let kind: CellKind
  public let hasFormula: Bool
  public let start: Int32
  public let count: Int32

  public init(column: Int32, kind: CellKind, hasFormula: Bool, start: Int32, count: Int32) {
    self.column = column
    self.kind = kind
    self.hasFormula = hasFormula
    self.start = start
    self.count = count
  }
}

extension CellSlot {
  /// - Parameter bytes: all bytes of the chunk; the cell is valid as long as they are.
  @inline(__always)
  func cell(of bytes: UnsafeBufferPointer<UInt8>) -> RawCell {
    RawCell(
      kind: kind, hasFormula: hasFormula,
      bytes: UnsafeBufferPointer(rebasing: bytes[Int(start)..<(Int(start) + Int(count))]))
  }
}

/// A row of a chunk: its number in the sheet and its cells in column order. Blank cells may be missing.
public struct RowSlot: Sendable, BitwiseCopyable {
  /// From 1.
  public let number: Int32
  public let firstCell: Int32
  public let cellCount: Int32
  public let isHidden: Bool
  /// The number of fields in a CSV record, including blank ones; 0 for other kinds.
  public let fieldCount: Int32

  public init(number: Int32, firstCell: Int32, cellCount: Int32, isHidden: Bool, fieldCount: Int32 = 0) {
    self.number = number
    self.firstCell = firstCell
    self.cellCount = cellCount
    self.isHidden = isHidden
    self.fieldCount = fieldCount
  }
}

/// A few hundred consecutive rows of a sheet as flat arrays, without allocations per row or cell.
public struct RowChunk: Sendable {
  /// UTF-8 of all cell texts.
  public var bytes: [UInt8] = []
  public var cells: [CellSlot] = []
  public var rows: [RowSlot] = []

  public init() {}

  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
  }

  /// Passes one cell; its bytes are valid only inside `body`.
  public func withCell<R>(_ slot: CellSlot, _ body: (RawCell) -> R) -> R {
    bytes.withUnsafeBufferPointer { all in
      let range = Int(slot.start)..<Int(slot.start + slot.count)
      return body(
        RawCell(
          kind: slot.kind, hasFormula: slot.hasFormula, bytes: UnsafeBufferPointer(rebasing: all[range])))
    }
  }
}
