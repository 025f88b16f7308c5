import AidModel

/// How a cell's value is stored, according to its type attribute.
enum CellStorage { case number, shared, string, inline, boolean, error, isoDate }

/// Why a sheet cannot be read.
enum SheetFault: Error {
  case damaged(row: Int32, Bilingual)
  case limit(String)

  static func twice(row: Int32, column: Int32) -> SheetFault {
    let cell = Place.letters(column) + "\(row)"
    return .damaged(row: row, Bilingual("有两个单元格 \(cell)", "two cells \(cell)"))
  }
}

/// Builds chunks of rows for any parser: it knows rows, cells and values, not their syntax.
struct RowBuilder: ~Copyable {
  var text = Growing<UInt8>(capacity: 1 << 15)
  private(set) var cells = Growing<CellSlot>(capacity: 1 << 12)
  private var rows = Growing<RowSlot>(capacity: Self.chunkRows)
  private(set) var ready: [RowChunk] = []

  /// The current row, or the last one.
  private(set) var row: Int32 = 0
  /// The number of the last `row` element; one without a number is the next.
  private var counter: Int32 = 0
  private var lastRow: Int32 = 0
  private(set) var inRow = false
  private var rowIsHidden = false
  private var rowHasCells = false
  private var isMixedUp = false
  private var firstCell = 0
  private(set) var nextColumn: Int32 = 0
  private(set) var cellsSeen = 0
  /// The content of the cells in closed chunks.
  private var stated = 0
  private let statedMax: Int

  private(set) var inCell = false
  private var column: Int32 = 0
  var storage = CellStorage.number
  var style = 0
  var hasFormula = false
  var hasValue = false
  private(set) var valueStart = 0

  private(set) var fault: SheetFault?
  private(set) var sawHiddenRow = false
  /// Inline texts with a struck-through run.
  private(set) var marked: [MarkedCell] = []
  /// All formulas with a value; whether they still have to be computed may be stated after the rows.
  private(set) var formulas = FormulaCells()
  /// The rows are not in the order of their numbers.
  private(set) var isDisordered = false

  let shared: SharedStrings
  let formats: [NumberMeaning]
  let dates: DateSystem
  let limits: IntakeLimits
  /// Rows may come in any order; the caller sorts them.
  let anyOrder: Bool

  init(
    shared: SharedStrings, formats: [NumberMeaning], dates: DateSystem, limits: IntakeLimits, anyOrder: Bool
  ) {
    self.shared = shared
    self.formats = formats
    self.dates = dates
    self.limits = limits
    self.anyOrder = anyOrder
    statedMax = limits.statedBytesMax
  }

  /// Rows per chunk: enough to make handing it over cheap, few enough to stay in the cache.
  static let chunkRows = 512
  private static let chunkBytes = 4 << 20

  mutating func refuse(_ zh: String, _ en: String) {
    if fault == nil { fault = .damaged(row: max(row, 1), Bilingual(zh, en)) }
  }

  mutating func refuse(_ fault: SheetFault) {
    if self.fault == nil { self.fault = fault }
  }

  mutating func refuse(limit: String) {
    if fault == nil { fault = .limit(limit) }
  }

  /// - Parameter number: nil if the row has none.
  mutating func beginRow(number: Int32?, isHidden: Bool) {
    if inRow { return refuse("行中有行", "a row inside a row") }
    counter = number ?? counter &+ 1
    inRow = true
    place(counter)
    rowIsHidden = isHidden
    if isHidden { sawHiddenRow = true }
    firstCell = cells.count
    nextColumn = 0
    rowHasCells = false
    isMixedUp = false
  }

  private mutating func place(_ number: Int32) {
    row = number
    if number < 1 { refuse(limit: "行号 \(number)，行号从 1 起 (row \(number), rows count from 1)") }
    if number > limits.rowsMax { refuse(limit: "row \(number) > \(limits.rowsMax)") }
  }

  mutating func endRow() {
    guard inRow else { return }
    inRow = false
    if row <= lastRow {
      isDisordered = true
      if !anyOrder { refuse("行的顺序错乱", "rows out of order") }
    }
    lastRow = max(lastRow, row)
    if isMixedUp { sortCells() }
    rows.append(
      RowSlot(
        number: row, firstCell: Int32(truncatingIfNeeded: firstCell),
        cellCount: Int32(truncatingIfNeeded: cells.count &- firstCell), isHidden: rowIsHidden))
    if rows.count >= Self.chunkRows || text.count > Self.chunkBytes { closeChunk() }
  }

  /// Sorts cells written out of column order; two cells in one place are an error.
  private mutating func sortCells() {
    let slots = UnsafeBufferPointer(start: cells.base + firstCell, count: cells.count - firstCell)
    let sorted = slots.sorted { $0.column < $1.column }
    if let (twice, _) = zip(sorted, sorted.dropFirst()).first(where: { $0.column == $1.column }) {
      refuse(SheetFault.twice(row: row, column: twice.column))
    }
    cells.count = firstCell
    for slot in sorted { cells.append(slot) }
  }

  mutating func closeChunk() {
    if rows.count == 0 { return }
    stated += text.count + cells.count * IntakeLimits.cellCost
    if stated > statedMax { refuse(limit: limits.statedLimit) }
    var chunk = RowChunk()
    (chunk.bytes, chunk.cells, chunk.rows) = (text.array, cells.array, rows.array)
    ready.append(chunk)
    (text.count, cells.count, rows.count) = (0, 0, 0)
  }

  mutating func takeReady() -> RowChunk? { ready.isEmpty ? nil : ready.removeFirst() }

  mutating func takeAllReady() -> [RowChunk] {
    defer { ready = [] }
    return ready
  }

  /// - Parameter reference: nil if the cell has none; it is then the next one.
  mutating func beginCell(_ reference: (row: Int32, column: Int32)?) {
    if inCell { return refuse("单元格中有单元格", "a cell inside a cell") }
    if let reference, reference.row != row {
      if rowHasCells { refuse("一行中有别行的单元格", "a cell of another row in a row") }
      // The cell's own reference takes precedence, as in other readers.
      place(reference.row)
    }
    let column = reference?.column ?? nextColumn
    if column < nextColumn { isMixedUp = true }
    if column >= limits.columnsMax { refuse(limit: "column \(column + 1) > \(limits.columnsMax)") }
    self.column = column
    nextColumn = column &+ 1
    rowHasCells = true
    inCell = true
    hasFormula = false
    hasValue = false
    storage = .number
    style = 0
    valueStart = text.count
    cellsSeen &+= 1
    if cellsSeen > limits.cellsMax { refuse(limit: "> \(limits.cellsMax) cells") }
  }

  /// Notes a struck-through run in the current text.
  mutating func noteStruckRun() {
    if inCell { marked.note(MarkedCell(row: row, column: column, mark: .struck)) }
  }

  mutating func reserveCells(_ more: Int) { cells.reserve(more) }

  /// Cells of the current row were appended.
  /// - Parameter count: the new number of cells.
  mutating func wrote(_ count: Int, cellsSeen: Int, nextColumn: Int32) {
    if cellsSeen > self.cellsSeen { rowHasCells = true }
    cells.count = count
    (self.cellsSeen, self.nextColumn) = (cellsSeen, nextColumn)
  }

  /// Begins a value or text; a cell has only one.
  mutating func beginValue() {
    if hasValue, storage != .inline { refuse("单元格有两个值", "a cell with two values") }
    hasValue = true
  }

  mutating func endCell() {
    guard inCell else { return }
    inCell = false
    let kind = finishValue()
    if kind == .blank {
      text.count = valueStart
      return
    }
    let count = text.count &- valueStart
    if count > limits.cellBytesMax { refuse(limit: "a cell of \(count) bytes in row \(row)") }
    checkRoom()
    if hasFormula { noteFormula(kind, count) }
    cells.append(
      CellSlot(
        column: column, kind: kind, hasFormula: hasFormula, start: Int32(truncatingIfNeeded: valueStart),
        count: Int32(truncatingIfNeeded: count)))
  }

  /// Every cell of a row may refer to the same large shared text.
  @inline(__always)
  private mutating func checkRoom() {
    if text.count > limits.rowBytesMax &+ Self.chunkBytes {
      refuse(limit: "第 \(row) 行超过 \(limits.rowBytesMax) 字节 (bytes in a row)")
    }
    if stated &+ text.count > statedMax { refuse(limit: limits.statedLimit) }
  }

  private mutating func noteFormula(_ kind: CellKind, _ count: Int) {
    if kind == .formulaWithoutValue || kind == .error { return }
    let value = UnsafeBufferPointer(start: text.base + valueStart, count: count)
    formulas.note(row: row, column: column, isPlaceholder: FormulaCells.isPlaceholder(kind, value))
  }

  /// Ends a cell whose value is a shared string.
  @inline(__always)
  mutating func endCell(shared index: Int) {
    inCell = false
    let kind = appendShared(index)
    if kind == .blank { return }
    let count = text.count &- valueStart
    if count > limits.cellBytesMax { refuse(limit: "a cell of \(count) bytes in row \(row)") }
    checkRoom()
    cells.append(
      CellSlot(
        column: column, kind: kind, hasFormula: hasFormula, start: Int32(truncatingIfNeeded: valueStart),
        count: Int32(truncatingIfNeeded: count)))
  }
}

/// Rolls back to the beginning of a row, for a reader that cannot finish it.
extension RowBuilder {
  struct Mark {
    fileprivate let text: Int
    fileprivate let cells: Int
    fileprivate let row: Int32
    fileprivate let counter: Int32
    fileprivate let cellsSeen: Int
    fileprivate let sawHiddenRow: Bool
    fileprivate let formulas: FormulaCells.Counts
  }

  var mark: Mark {
    Mark(
      text: text.count, cells: cells.count, row: row, counter: counter, cellsSeen: cellsSeen,
      sawHiddenRow: sawHiddenRow, formulas: formulas.counts)
  }

  /// - Precondition: the row began after `mark` and has not ended.
  mutating func rollBack(to mark: Mark) {
    (text.count, cells.count) = (mark.text, mark.cells)
    (row, counter, cellsSeen, sawHiddenRow) = (mark.row, mark.counter, mark.cellsSeen, mark.sawHiddenRow)
    (inRow, inCell, fault) = (false, false, nil)
    formulas.cut(to: mark.formulas)
  }
}
