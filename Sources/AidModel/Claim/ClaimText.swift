extension TextBuffer {
  /// As `Value.plain`; of a text nothing.
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
  /// Tells the sheet of one row from that of another.
  public var sourceID: ObjectIdentifier { table.sourceID }
}
