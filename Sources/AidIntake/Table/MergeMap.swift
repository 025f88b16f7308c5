import AidModel

/// Fills merged cells down: the value stands in the first cell only, and is meant for all of them. Plain blanks are
/// never filled.
struct MergeMap {
  struct Filled {
    let kind: CellKind
    let bytes: [UInt8]
  }

  private var byFirstRow: [Int32: [MergedRange]] = [:]
  private var active: [(range: MergedRange, value: Filled)] = []

  init(_ ranges: [MergedRange]) {
    for range in ranges where range.lastRow > range.firstRow {
      byFirstRow[range.firstRow, default: []].append(range)
    }
  }

  /// What a merged cell above holds for this one.
  func value(row: Int32, column: Int32) -> Filled? {
    active.first {
      $0.range.firstColumn == column && $0.range.firstRow < row && row <= $0.range.lastRow
    }?.value
  }

  mutating func remember(_ row: RowSlot, of chunk: RowChunk) {
    if !active.isEmpty { active.removeAll { $0.range.lastRow <= row.number } }
    guard let ranges = byFirstRow[row.number] else { return }
    for slot in chunk.cells[Int(row.firstCell)..<Int(row.firstCell + row.cellCount)] {
      guard let range = ranges.first(where: { $0.firstColumn == slot.column }) else { continue }
      active.append((range, Filled(kind: slot.kind, bytes: chunk.withCell(slot) { Array($0.bytes) })))
    }
  }
}
