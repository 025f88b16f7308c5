/// Texts of claims written without making values of them.
extension TextBuffer {
  /// A row's own texts as JSON strings, each after its key; false, and nothing is written, where the row lacks one.
  /// Only for application rows.
  /// - Parameter columns: in layout order.
  public mutating func append(json columns: [CommonColumn], of claim: Claim, after keys: [[UInt8]]) -> Bool {
    let mark = count
    var next = 0
    guard let last = columns.last?.rawValue else { return true }
    claim.table.forEachCell(claim.index, through: last) {
      next < columns.count && $0 == columns[next].rawValue
    } _: {
      _, cell in
      guard case .text(let text) = cell, !text.isEmpty else { return }
      append(keys[next])
      append(UInt8(ascii: "\""))
      let begin = count
      append(text)
      closeJSON(from: begin)
      next += 1
    }
    if next < columns.count { truncate(to: mark) }
    return next == columns.count
  }

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
