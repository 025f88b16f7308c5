import AidModel

/// Formulas that, according to the program that wrote them, still have to be computed. Such programs store a
/// placeholder, 0 or nothing, and leave the computation to whoever opens the workbook.
struct FormulaCells: Sendable {
  /// At most `MarkedCell.most` + 1 of each.
  private(set) var placeholders: [MarkedCell] = []
  private(set) var others: [MarkedCell] = []

  /// - Parameters:
  ///   - row: from 1.
  ///   - column: zero-based.
  ///   - isPlaceholder: the stored value is 0 or nothing.
  mutating func note(row: Int32, column: Int32, isPlaceholder: Bool) {
    if isPlaceholder {
      placeholders.note(MarkedCell(row: row, column: column, mark: .placeholder))
    } else {
      others.note(MarkedCell(row: row, column: column, mark: .toCompute))
    }
  }

  var marked: [MarkedCell] { placeholders + others }

  /// The same, if the flag alone proves little because programs that compute set it too: a sheet was never
  /// computed only if all its flagged formulas have placeholders. If others have values, 0 may be correct.
  var bySheet: FormulaCells {
    var cells = FormulaCells()
    if others.isEmpty {
      cells.placeholders = placeholders
    } else {
      cells.others = placeholders.map { MarkedCell(row: $0.row, column: $0.column, mark: .toCompute) }
    }
    return cells
  }

  /// Whether a stored value is a placeholder for an uncomputed one: nothing, or no digit other than 0.
  static func isPlaceholder(_ kind: CellKind, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    switch kind {
    case .text: return bytes.isEmpty
    case .number, .date:
      for byte in bytes {
        if byte | 0x20 == UInt8(ascii: "e") { return true }
        if byte >= UInt8(ascii: "1"), byte <= UInt8(ascii: "9") { return false }
      }
      return true
    default: return false
    }
  }

  /// The number of formulas noted, for undoing.
  typealias Counts = (placeholders: Int, others: Int)

  var counts: Counts { (placeholders.count, others.count) }

  mutating func cut(to counts: Counts) {
    placeholders.removeLast(placeholders.count - counts.placeholders)
    others.removeLast(others.count - counts.others)
  }
}
