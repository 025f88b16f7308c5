import AidModel

/// Merged cells: the value stands in the first cell only, and is meant for all of them. Plain blanks are never filled.
struct MergeMap {
  struct Filled {
    let kind: CellKind
    let bytes: [UInt8]
    let range: MergedRange
  }

  private var byFirstRow: [Int32: [MergedRange]] = [:]
  private var aboveBody: [MergedRange] = []
  private var active: [Filled] = []

  /// A heading is looked for in this many rows; ranges beyond are of no use to it.
  private static let headingRowsMax: Int32 = 1000

  init(_ ranges: [MergedRange]) {
    aboveBody = ranges.filter { $0.firstRow <= Self.headingRowsMax }
    if aboveBody.count > 4096 { aboveBody.removeLast(aboveBody.count - 4096) }
    for range in ranges where range.lastRow > range.firstRow {
      byFirstRow[range.firstRow, default: []].append(range)
    }
  }

  /// The merged range that covers a cell near the top of the sheet.
  func range(row: Int32, column: Int32) -> MergedRange? {
    aboveBody.first {
      $0.firstRow <= row && row <= $0.lastRow && $0.firstColumn <= column && column <= $0.lastColumn
    }
  }

  /// What a merged cell above holds for this one.
  func value(row: Int32, column: Int32) -> Filled? {
    active.first {
      $0.range.firstColumn == column && $0.range.firstRow < row && row <= $0.range.lastRow
    }
  }

  /// The range of several merged rows that begins at a cell.
  func beginning(row: Int32, column: Int32) -> MergedRange? {
    byFirstRow[row]?.first { $0.firstColumn == column }
  }

  var isEmpty: Bool { byFirstRow.isEmpty }

  mutating func remember(_ row: RowSlot, of chunk: RowChunk) {
    if !active.isEmpty { active.removeAll { $0.range.lastRow <= row.number } }
    guard let ranges = byFirstRow[row.number] else { return }
    for slot in chunk.cells[Int(row.firstCell)..<Int(row.firstCell + row.cellCount)] {
      guard let range = ranges.first(where: { $0.firstColumn == slot.column }) else { continue }
      active.append(
        Filled(kind: slot.kind, bytes: chunk.withCell(slot) { Array($0.bytes) }, range: range))
    }
  }
}
