/// Reads selected columns of claims without building `Value`s: numbers as 64-bit fractions, texts as indexes
/// into a list of known texts. Used to assess claims by the million.
public struct CellReader: Sendable {
  /// One cell. Money is fen / 100.
  public struct Cell: Sendable, BitwiseCopyable {
    public enum Kind: UInt8, Sendable, BitwiseCopyable {
      case blank, unreadable, money, number, date, flag, text
    }

    public var kind: Kind
    /// A number's numerator, a date's day number, a flag's 0 or 1, or a text's index among the known texts
    /// (−1: unknown).
    public var numerator: Int64
    public var denominator: Int64

    public init(kind: Kind, numerator: Int64, denominator: Int64) {
      self.kind = kind
      self.numerator = numerator
      self.denominator = denominator
    }

    public static let blank = Cell(kind: .blank, numerator: 0, denominator: 1)
  }

  /// The slot of each layout column, or −1.
  private let slots: [Int16]
  private let lastColumn: Int
  public let slotCount: Int
  private let texts: [[UInt8]]

  /// - Parameters:
  ///   - columns: the columns to read; a column's index here is its slot.
  ///   - texts: the known texts.
  public init(columns: [Int], texts: [String]) {
    slotCount = columns.count
    lastColumn = columns.max() ?? -1
    var slots = [Int16](repeating: -1, count: lastColumn + 1)
    for (slot, column) in columns.enumerated() { slots[column] = Int16(slot) }
    self.slots = slots
    self.texts = texts.map { Array($0.utf8) }
  }

  /// Fills `cells` with the row's cells, by slot.
  /// - Precondition: `cells` has room for `slotCount` cells.
  public func read(_ claim: Claim, into cells: UnsafeMutablePointer<Cell>) {
    for slot in 0..<slotCount { cells[slot] = .blank }
    if slotCount == 0 { return }
    claim.table.forEachCell(claim.index, through: lastColumn) {
      slots[$0] >= 0
    } _: { column, cell in
      let slot = Int(slots[column])
      switch cell {
      case .text(let bytes): cells[slot] = Cell(kind: .text, numerator: place(of: bytes), denominator: 1)
      case .money(let fen): cells[slot] = Cell(kind: .money, numerator: fen, denominator: 100)
      case .number(let mantissa, let scale):
        cells[slot] = Cell(
          kind: .number, numerator: mantissa, denominator: DecimalNumber.shortPowerOfTen(scale))
      case .date(let day): cells[slot] = Cell(kind: .date, numerator: Int64(day), denominator: 1)
      case .flag(let flag): cells[slot] = Cell(kind: .flag, numerator: flag ? 1 : 0, denominator: 1)
      case .unreadable: cells[slot] = Cell(kind: .unreadable, numerator: 0, denominator: 1)
      }
    }
  }

  private func place(of bytes: UnsafeBufferPointer<UInt8>) -> Int64 {
    for (place, text) in texts.enumerated() where text.count == bytes.count {
      if text.withUnsafeBufferPointer({ $0.elementsEqual(bytes) }) { return Int64(place) }
    }
    return -1
  }
}

extension Claim {
  /// Whether a column holds exactly this text.
  public func hasText(_ text: UnsafeBufferPointer<UInt8>, at column: Int) -> Bool {
    var isSame = false
    table.forEachCell(index, through: column) { found, cell in
      if found == column, case .text(let bytes) = cell { isSame = bytes.elementsEqual(text) }
    }
    return isSame
  }
}
