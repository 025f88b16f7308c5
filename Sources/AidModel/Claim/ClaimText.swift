/// Texts of claims written without making values of them.
extension Claim {
  /// Whether the row itself holds a text in each of these columns. Only for application rows.
  public func hasTexts(_ columns: [CommonColumn]) -> Bool {
    let last = columns.reduce(-1) { max($0, $1.rawValue) }
    var found = 0
    table.forEachCell(index, through: last) { column, cell in
      if case .text(let text) = cell, !text.isEmpty, columns.contains(where: { $0.rawValue == column }) {
        found += 1
      }
    }
    return found == columns.count
  }

  /// The column of the sheet, from 0, where a layout column stands; −1: the sheet has none.
  public func sheetColumn(_ column: Int) -> Int32 {
    column < source.columns.count ? source.columns[column] : -1
  }
}

extension TextBuffer {
  /// A row's own text as a JSON string.
  public mutating func append(json column: CommonColumn, of claim: Claim) {
    append(UInt8(ascii: "\""))
    let mark = count
    claim.table.forEachCell(claim.index, through: column.rawValue) { found, cell in
      if found == column.rawValue, case .text(let text) = cell { append(text) }
    }
    closeJSON(from: mark)
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
