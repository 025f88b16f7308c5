import AidModel

/// Collects rows and cells into chunks, and enforces the limits. Blank cells are dropped.
struct ChunkBuilder {
  private var chunk = RowChunk()
  private var ready: [RowChunk] = []
  private let limits: IntakeLimits
  private(set) var fault: KindFault?
  private(set) var sawHiddenRow = false

  /// The current row.
  private(set) var row: Int32 = 0
  private var isHidden = false
  private var firstCell = 0
  private var lastColumn: Int32 = -1
  private var isDisordered = false
  private var cellCount = 0
  /// The content of all cells so far, without the current row.
  private var stated = 0
  private var rowStated = 0

  private static let chunkRows = 512
  private static let chunkBytes = 4 << 20
  /// Every row of a sheet with 64 columns; no list comes near it.
  private static let cellsMax = 1 << 26
  /// Limit on cells waiting to be taken. A piece of XML is parsed before its cells can be taken, and a few
  /// bytes of it can repeat a cell in 16,384 columns thousands of times.
  private static let waitingMax = 1 << 21
  private var waiting = 0

  init(limits: IntakeLimits) { self.limits = limits }

  mutating func refuse(_ fault: KindFault) {
    if self.fault == nil { self.fault = fault }
  }

  mutating func refuse(_ zh: String, _ en: String) { refuse(.damaged(Bilingual(zh, en), row: row)) }

  mutating func beginRow(_ number: Int32, isHidden: Bool) {
    row = number
    self.isHidden = isHidden
    firstCell = chunk.cells.count
    lastColumn = -1
    isDisordered = false
    rowStated = 0
  }

  /// Adds a cell, repeated in the next columns if requested.
  mutating func add(
    _ kind: CellKind, column: Int32, hasFormula: Bool = false, repeated: Int32 = 1,
    _ text: some Sequence<UInt8>
  ) {
    // The fault is reported after the piece is parsed; until then nothing more is kept.
    if fault != nil { return }
    guard column >= 0, Int(column) + Int(repeated) <= limits.columnsMax else {
      return refuse(.limit("\(limits.columnsMax) 列 (columns)"))
    }
    let start = chunk.bytes.count
    chunk.bytes.append(contentsOf: text)
    let count = chunk.bytes.count - start
    if count > limits.cellBytesMax { refuse(.limit("第 \(row) 行一格 \(count) 字节 (bytes in a cell)")) }
    if count == 0, kind == .text { return }
    rowStated += (count + IntakeLimits.cellCost) * Int(repeated)
    if stated + rowStated > limits.statedBytesMax { refuse(.limit(limits.statedLimit)) }
    if rowStated > limits.rowBytesMax {
      refuse(.limit("第 \(row) 行超过 \(limits.rowBytesMax) 字节 (bytes in a row)"))
    }
    if fault != nil { return }
    if column <= lastColumn { isDisordered = true }
    for i in 0..<repeated {
      chunk.cells.append(
        CellSlot(
          column: column + i, kind: kind, hasFormula: hasFormula, start: Int32(start), count: Int32(count)))
    }
    lastColumn = column + repeated - 1
    cellCount += Int(repeated)
    waiting += Int(repeated)
    if waiting > Self.waitingMax { refuse(.limit("\(Self.waitingMax) 格连在一起 (cells at once)")) }
    if cellCount > Self.cellsMax { refuse(.limit("> \(Self.cellsMax) 格 (cells)")) }
  }

  /// Ends the row and repeats it below. A row without cells is dropped unless it is to be kept.
  mutating func endRow(repeated: Int32 = 1, keepingBlank: Bool = false) {
    if isDisordered { sortCells() }
    let count = chunk.cells.count - firstCell
    guard count > 0 || keepingBlank else { return }
    if Int(row) + Int(repeated) - 1 > limits.rowsMax {
      return refuse(.limit("\(limits.rowsMax) 行 (rows)"))
    }
    stated += rowStated * Int(repeated)
    if stated > limits.statedBytesMax { return refuse(.limit(limits.statedLimit)) }
    if isHidden { sawHiddenRow = true }
    for i in 0..<repeated {
      chunk.rows.append(
        RowSlot(
          number: row + i, firstCell: Int32(firstCell), cellCount: Int32(count), isHidden: isHidden))
    }
    cellCount += count * Int(repeated - 1)
    if cellCount > Self.cellsMax { refuse(.limit("> \(Self.cellsMax) 格 (cells)")) }
    if chunk.rows.count >= Self.chunkRows || chunk.bytes.count >= Self.chunkBytes { close() }
  }

  /// Two cells in the same place are ambiguous.
  private mutating func sortCells() {
    let sorted = chunk.cells[firstCell...].sorted { $0.column < $1.column }
    if let (twice, _) = zip(sorted, sorted.dropFirst()).first(where: { $0.column == $1.column }) {
      let cell = Place.letters(twice.column) + "\(row)"
      refuse("有两个单元格 \(cell)", "two cells \(cell)")
    }
    chunk.cells.replaceSubrange(firstCell..., with: sorted)
  }

  private mutating func close() {
    if chunk.rows.isEmpty { return }
    let (bytes, cells) = (chunk.bytes.count, chunk.cells.count)
    ready.append(chunk)
    chunk = RowChunk()
    // The next rows are probably about as long.
    chunk.bytes.reserveCapacity(bytes + bytes / 8)
    chunk.cells.reserveCapacity(cells + cells / 8)
    chunk.rows.reserveCapacity(Self.chunkRows)
  }

  /// A finished chunk, if any; at the end of the sheet also a partial one.
  mutating func take(atEnd: Bool) throws(KindFault) -> RowChunk? {
    if let fault { throw fault }
    if atEnd { close() }
    if ready.isEmpty { return nil }
    let next = ready.removeFirst()
    waiting -= next.cells.count
    return next
  }
}

/// Rolls back to the beginning of a row, for a reader that cannot finish it.
extension ChunkBuilder {
  struct Mark {
    fileprivate let bytes: Int
    fileprivate let cells: Int
    fileprivate let row: Int32
    fileprivate let cellCount: Int
    fileprivate let waiting: Int
  }

  var mark: Mark {
    Mark(
      bytes: chunk.bytes.count, cells: chunk.cells.count, row: row, cellCount: cellCount, waiting: waiting)
  }

  /// - Precondition: the row began after `mark` and has not ended, and there was no fault at `mark`.
  mutating func rollBack(to mark: Mark) {
    chunk.bytes.removeLast(chunk.bytes.count - mark.bytes)
    chunk.cells.removeLast(chunk.cells.count - mark.cells)
    (row, cellCount, waiting, fault) = (mark.row, mark.cellCount, mark.waiting, nil)
  }
}

/// Numbers recognisable by their digits alone.
enum PlainDigits {
  /// Digits with an optional minus and at most one point, few enough to be a valid number.
  @inline(__always)
  static func are(_ text: some Collection<UInt8>) -> Bool {
    guard text.count <= 64 else { return false }
    var (digits, points, isFirst) = (0, 0, true)
    for byte in text {
      if byte &- 48 <= 9 {
        digits += 1
      } else if byte == UInt8(ascii: ".") && digits > 0 {
        points += 1
      } else if byte != UInt8(ascii: "-") || !isFirst {
        return false
      }
      isFirst = false
    }
    return digits > 0 && points <= 1
  }

  /// Whether the text is an existing day in the form `2023-05-01`.
  static func areDay(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return false }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for i in range {
        guard text[i] &- 48 <= 9 else { return nil }
        value = value * 10 + Int(text[i] - 48)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return false }
    return CivilDate(year: year, month: month, day: day) != nil
  }
}
