import AidModel

/// Merged cells: the first holds the value, which is meant for all. Ordinary blank cells are never filled.
struct MergeMap {
  struct Filled {
    let kind: CellKind
    let bytes: [UInt8]
    let range: MergedRange
  }

  /// A person whose merged cells cover further rows.
  struct Person {
    let row: Int32
    let lastRow: Int32
    /// By sheet column.
    let cells: [Int32: (kind: CellKind, bytes: [UInt8])]
  }

  /// The last person seen whose name or number is merged with rows below.
  private var lastPerson: Person?
  private var byFirstRow: [Int32: [MergedRange]] = [:]
  private var aboveBody: [MergedRange] = []
  private var active: [Filled] = []
  /// All ranges by first row; the number of them reached so far; and the current range of each money column.
  private let inOrder: [MergedRange]
  private var ahead = 0
  private var over: [Int32: MergedRange] = [:]

  /// The heading is searched in this many rows; later ranges do not matter for it.
  private static let headingRowsMax: Int32 = 1000

  init(_ ranges: [MergedRange]) {
    inOrder = ranges.sorted { $0.firstRow < $1.firstRow }
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

  /// The value that a merged cell above has for this one.
  func value(row: Int32, column: Int32) -> Filled? {
    active.first {
      $0.range.firstColumn == column && $0.range.firstRow < row && row <= $0.range.lastRow
    }
  }

  /// The range that contains a cell of a money column, whatever the cell itself holds.
  /// - Precondition: rows are in order, and the columns are always the same.
  mutating func ranges(row: Int32, columns: [Int32]) -> [Int32: MergedRange] {
    while ahead < inOrder.count, inOrder[ahead].firstRow <= row {
      let range = inOrder[ahead]
      for column in columns where range.firstColumn <= column && column <= range.lastColumn {
        if range.lastRow >= row, over[column]?.lastRow ?? 0 < range.lastRow { over[column] = range }
      }
      ahead += 1
    }
    if over.isEmpty { return over }
    over = over.filter { $0.value.lastRow >= row }
    return over
  }

  var isEmpty: Bool { inOrder.isEmpty }

  /// The person above whose merged cells cover a row.
  func person(row: Int32) -> Person? {
    guard let lastPerson, lastPerson.row < row, row <= lastPerson.lastRow else { return nil }
    return lastPerson
  }

  /// - Parameters:
  ///   - naming: columns that identify a person; a merge over one of them is a single person's.
  ///   - personal: columns that go with a person.
  mutating func remember(_ row: RowSlot, of chunk: RowChunk, naming: Set<Int32>, personal: Set<Int32>) {
    if !active.isEmpty { active.removeAll { $0.range.lastRow <= row.number } }
    guard let ranges = byFirstRow[row.number] else { return }
    if let lastRow = ranges.filter({ naming.contains($0.firstColumn) }).map(\.lastRow).max() {
      var cells: [Int32: (kind: CellKind, bytes: [UInt8])] = [:]
      for slot in chunk.cells[Int(row.firstCell)..<Int(row.firstCell + row.cellCount)]
      where personal.contains(slot.column) && slot.count > 0 {
        cells[slot.column] = (slot.kind, chunk.withCell(slot) { Array($0.bytes) })
      }
      lastPerson = Person(row: row.number, lastRow: lastRow, cells: cells)
    }
    for slot in chunk.cells[Int(row.firstCell)..<Int(row.firstCell + row.cellCount)] {
      guard let range = ranges.first(where: { $0.firstColumn == slot.column }) else { continue }
      active.append(
        Filled(kind: slot.kind, bytes: chunk.withCell(slot) { Array($0.bytes) }, range: range))
    }
  }
}
