import AidModel

/// The formulas of a sheet whose stored values the program that wrote them says are still to be computed. Such
/// programs write formulas and a placeholder, 0 or nothing, and leave the computing to who opens the workbook.
struct FormulaCells: Sendable {
  /// Only the first `MarkedCell.most` and one more, as the others.
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

  /// The same where the mark alone says little, because programs that compute everything set it too: only a sheet whose
  /// marked formulas all have a placeholder was never computed. Where others have values, 0 may well be right.
  var bySheet: FormulaCells {
    var cells = FormulaCells()
    if others.isEmpty {
      cells.placeholders = placeholders
    } else {
      cells.others = placeholders.map { MarkedCell(row: $0.row, column: $0.column, mark: .toCompute) }
    }
    return cells
  }

  /// Whether a stored value is what writers put where they have computed nothing: no digit but 0, or nothing at all.
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

  /// How many formulas were noted, to go back to.
  typealias Counts = (placeholders: Int, others: Int)

  var counts: Counts { (placeholders.count, others.count) }

  mutating func cut(to counts: Counts) {
    placeholders.removeLast(placeholders.count - counts.placeholders)
    others.removeLast(others.count - counts.others)
  }
}
