/// Sorts the rows of a sheet by number.
enum RowOrder {
  /// Parts of the same row are merged; two cells in one place are an error.
  static func sorted(_ chunks: [RowChunk]) throws(SheetFault) -> [RowChunk] {
    var places: [(number: Int32, chunk: Int, row: Int)] = []
    for (c, chunk) in chunks.enumerated() {
      for (r, row) in chunk.rows.enumerated() { places.append((row.number, c, r)) }
    }
    places.sort { ($0.number, $0.chunk, $0.row) < ($1.number, $1.chunk, $1.row) }
    var out: [RowChunk] = []
    var chunk = RowChunk()
    var i = 0
    while i < places.count {
      var end = i
      while end < places.count, places[end].number == places[i].number { end += 1 }
      try append(places[i..<end].map { (chunks[$0.chunk], chunks[$0.chunk].rows[$0.row]) }, to: &chunk)
      i = end
      if chunk.rows.count == RowBuilder.chunkRows || i == places.count {
        out.append(chunk)
        chunk.removeAll()
      }
    }
    return out
  }

  /// - Parameter parts: the pieces of one row, in document order.
  private static func append(
    _ parts: [(chunk: RowChunk, row: RowSlot)], to out: inout RowChunk
  ) throws(SheetFault) {
    var found: [(slot: CellSlot, part: Int)] = []
    for (p, part) in parts.enumerated() {
      let first = Int(part.row.firstCell)
      for slot in part.chunk.cells[first..<(first + Int(part.row.cellCount))] { found.append((slot, p)) }
    }
    found.sort { ($0.slot.column, $0.part) < ($1.slot.column, $1.part) }
    if let (twice, _) = zip(found, found.dropFirst()).first(where: { $0.slot.column == $1.slot.column }) {
      throw .twice(row: parts[0].row.number, column: twice.slot.column)
    }
    let firstCell = out.cells.count
    for item in found {
      let from = Int(item.slot.start)
      let start = out.bytes.count
      out.bytes.append(contentsOf: parts[item.part].chunk.bytes[from..<(from + Int(item.slot.count))])
      out.cells.append(
        CellSlot(
          column: item.slot.column, kind: item.slot.kind, hasFormula: item.slot.hasFormula,
          start: Int32(start), count: item.slot.count))
    }
    out.rows.append(
      RowSlot(
        number: parts[0].row.number, firstCell: Int32(firstCell),
        cellCount: Int32(out.cells.count - firstCell),
        isHidden: parts.contains { $0.row.isHidden }))
  }
}
