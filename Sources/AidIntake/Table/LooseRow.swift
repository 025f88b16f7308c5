import AidModel

/// A row kept as strings while searching for the heading.
struct LooseRow {
  struct Cell {
    let column: Int32
    let kind: CellKind
    let hasFormula: Bool
    /// Its text, or the beginning: no heading is longer.
    let text: String
    /// The whole text, if longer.
    let whole: String?
    let isBlank: Bool

    /// Whether it contains more than a number.
    var isWords: Bool { text.utf8.contains { $0 >= 0x41 && $0 != 0x7F } }
  }

  let number: Int32
  let isHidden: Bool
  let fieldCount: Int32
  let cells: [Cell]

  init(_ row: RowSlot, of chunk: RowChunk) {
    number = row.number
    isHidden = row.isHidden
    fieldCount = row.fieldCount
    cells = chunk.cells[Int(row.firstCell)..<Int(row.firstCell + row.cellCount)].map { slot in
      let text = chunk.withCell(slot) { $0.word }
      let isCut = text.utf8.count < Int(slot.count)
      return Cell(
        column: slot.column, kind: slot.kind, hasFormula: slot.hasFormula, text: text,
        whole: isCut ? chunk.withCell(slot) { $0.text } : nil, isBlank: TextKey.of(text).isEmpty)
    }
  }

  var isBlank: Bool { cells.allSatisfy(\.isBlank) }

  /// Whether it has several cells, one of them with a digit.
  var hasFigures: Bool {
    cells.count { !$0.isBlank } >= 2
      && cells.contains { TextKey.of($0.text).utf8.contains { $0 >= 48 && $0 <= 57 } }
  }

  /// Appends the row to a chunk unchanged.
  func append(to chunk: inout RowChunk?) {
    var all = chunk.take() ?? RowChunk()
    let first = all.cells.count
    for cell in cells {
      let start = Int32(all.bytes.count)
      all.bytes.append(contentsOf: (cell.whole ?? cell.text).utf8)
      all.cells.append(
        CellSlot(
          column: cell.column, kind: cell.kind, hasFormula: cell.hasFormula, start: start,
          count: Int32(all.bytes.count) - start))
    }
    all.rows.append(
      RowSlot(
        number: number, firstCell: Int32(first), cellCount: Int32(cells.count), isHidden: isHidden,
        fieldCount: fieldCount))
    chunk = all
  }
}
