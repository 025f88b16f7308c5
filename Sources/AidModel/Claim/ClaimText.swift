extension TextBuffer {
  /// Appends what `Value.plain` prints. A text cell appends nothing: it holds only an index.
  public mutating func append(_ cell: CellReader.Cell) {
    switch cell.kind {
    case .blank, .unreadable, .text: return
    case .money: append(Money(fen: cell.numerator))
    case .number:
      append(Rational(numerator: Int128(cell.numerator), denominator: Int128(cell.denominator)))
    case .date: append(CivilDate(dayNumber: Int32(cell.numerator)).description)
    case .flag: append(cell.numerator == 0 ? "否" : "是")
    }
  }
}

extension Claim {
  /// Identifies the row's sheet.
  public var sourceID: ObjectIdentifier { table.sourceID }
}
