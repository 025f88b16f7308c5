import AidModel

/// Reads the cells of a row in the form that nearly all have: `<c r="B7" s="1" t="s"><v>12</v></c>`, with a
/// shared string, a number or nothing. Stops before the first cell of any other form.
///
/// - Precondition: as for `XMLBytes`, zero bytes follow the input; none occurs in a form, so every eight-byte
///   look-ahead begins at a byte of the part or at the first zero.
enum PlainCells {
  typealias Pointer = UnsafePointer<UInt8>

  /// The digits of the row number, as they appear in cell references.
  struct RowDigits {
    fileprivate var word: UInt64 = 0
    fileprivate var count = 0

    fileprivate var mask: UInt64 { 1 << UInt64(8 * count) - 1 }

    /// No sheet has row numbers of more than seven digits; for those no cell is plain.
    init(_ row: Int32) {
      guard (1...9_999_999).contains(row) else { return }
      var rest = row
      while rest > 0 {
        word = word << 8 | UInt64(48 + rest % 10)
        count += 1
        rest /= 10
      }
    }
  }

  /// Reads from the start of a cell to the end of the last plain one.
  static func read(_ at: Pointer, _ row: RowDigits, _ builder: inout RowBuilder) -> Pointer {
    guard row.count > 0, isCell(at) else { return at }
    let (shared, formats, dates) = (builder.shared, builder.formats, builder.dates)
    let (columnsMax, bytesMax) = (builder.limits.columnsMax, builder.limits.cellBytesMax)
    var pen = builder.takePen()
    var p = at
    while isCell(p), pen.hasRoom {
      guard let (column, tag) = reference(p + 6, row), column >= pen.nextColumn, column < columnsMax
      else { break }
      var q = tag
      var style = 0
      if word(q) & 0xFFFF_FFFF == 0x223D_7320 {  // ` s="`
        guard let behind = digits(q + 4, most: 4, &style), behind[0] == UInt8(ascii: "\"") else { break }
        q = behind + 1
      }
      var isShared = false
      switch word(q) {
      case 0x3C3E_2273_223D_7420:  // ` t="s"><`
        isShared = true
        q += 7
      case 0x3C3E_226E_223D_7420: q += 7  // ` t="n"><`
      default:
        if q[0] == UInt8(ascii: "/"), q[1] == UInt8(ascii: ">") {
          pen.pass(column)
          p = q + 2
          continue
        }
        guard q[0] == UInt8(ascii: ">") else { return finish(p, pen, &builder) }
        q += 1
      }
      guard word(q) & 0xFF_FFFF == 0x3E_763C else { break }  // `<v>`
      q += 3
      let behind =
        isShared
        ? sharedText(q, shared, column, bytesMax, &pen)
        : number(q, style < formats.count ? formats[style] : .number, dates, column, bytesMax, &pen)
      guard let behind else { break }
      p = behind
    }
    return finish(p, pen, &builder)
  }

  private static func finish(_ p: Pointer, _ pen: RowBuilder.Pen, _ builder: inout RowBuilder) -> Pointer {
    builder.putBack(pen)
    return p
  }

  @inline(__always)
  private static func word(_ at: Pointer) -> UInt64 {
    UnsafeRawPointer(at).loadUnaligned(as: UInt64.self).littleEndian
  }

  /// `<c r="`
  @inline(__always)
  private static func isCell(_ at: Pointer) -> Bool { word(at) & 0xFFFF_FFFF_FFFF == 0x223D_7220_633C }

  /// Parses one or two letters, the row number and a quote.
  @inline(__always)
  private static func reference(_ at: Pointer, _ row: RowDigits) -> (column: Int32, behind: Pointer)? {
    var column = Int32(at[0] &- 65)
    var p = at + 1
    guard column < 26 else { return nil }
    if p[0] &- 65 < 26 {
      column = (column &+ 1) &* 26 &+ Int32(p[0] &- 65)
      p += 1
    }
    guard word(p) & row.mask == row.word, p[row.count] == UInt8(ascii: "\"") else { return nil }
    return (column, p + row.count + 1)
  }

  @inline(__always)
  private static func digits(_ at: Pointer, most: Int, _ value: inout Int) -> Pointer? {
    var p = at
    while p[0] &- 48 <= 9 {
      value = value &* 10 &+ Int(p[0] &- 48)
      p += 1
      if p - at > most { return nil }
    }
    return p > at ? p : nil
  }

  /// `</v></c>`
  @inline(__always)
  private static func isEnd(_ at: Pointer) -> Bool { word(at) == 0x3E63_2F3C_3E76_2F3C }

  @inline(__always)
  private static func sharedText(
    _ at: Pointer, _ shared: SharedStrings, _ column: Int32, _ bytesMax: Int, _ pen: inout RowBuilder.Pen
  ) -> Pointer? {
    var index = 0
    guard let p = digits(at, most: 9, &index), isEnd(p), index < shared.count else { return nil }
    let text = shared[index]
    guard text.count <= bytesMax, pen.write(text, .text, column) else { return nil }
    return p + 8
  }

  /// Parses digits with an optional minus and point; a whole number with a date format becomes a date.
  @inline(__always)
  private static func number(
    _ at: Pointer, _ meaning: NumberMeaning, _ dates: DateSystem, _ column: Int32, _ bytesMax: Int,
    _ pen: inout RowBuilder.Pen
  ) -> Pointer? {
    var p = at
    if p[0] == UInt8(ascii: "-") { p += 1 }
    let first = p
    var value = 0
    while p[0] &- 48 <= 9 {
      value = value &* 10 &+ Int(p[0] &- 48)
      p += 1
    }
    guard p > first else { return nil }
    if meaning == .number {
      if p[0] == UInt8(ascii: ".") {
        p += 1
        while p[0] &- 48 <= 9 { p += 1 }
      }
      let text = UnsafeBufferPointer(start: at, count: p - at)
      guard text.count <= 32, text.count <= bytesMax, isEnd(p), pen.write(text, .number, column)
      else { return nil }
      return p + 8
    }
    guard meaning == .date, first == at, p - at <= 6, bytesMax >= 10, isEnd(p),
      StoredDate.write(day: value, in: dates, to: pen.text)
    else { return nil }
    pen.take(10, .date, column)
    return p + 8
  }
}

extension RowBuilder {
  /// Writes cells of the current row without going through the builder for each.
  struct Pen {
    fileprivate(set) var nextColumn: Int32
    fileprivate(set) var text: UnsafeMutablePointer<UInt8>
    fileprivate let base: UnsafeMutablePointer<UInt8>
    private let textEnd: UnsafeMutablePointer<UInt8>
    fileprivate var cell: UnsafeMutablePointer<CellSlot>
    private let cellEnd: UnsafeMutablePointer<CellSlot>
    fileprivate var cellsSeen: Int
    private let cellsMax: Int

    fileprivate init(_ builder: borrowing RowBuilder) {
      nextColumn = builder.nextColumn
      base = builder.text.base
      text = base + builder.text.count
      textEnd = base + builder.text.capacity
      cell = builder.cells.base + builder.cells.count
      cellEnd = builder.cells.base + builder.cells.capacity
      cellsSeen = builder.cellsSeen
      cellsMax = builder.limits.cellsMax
    }

    /// Whether there is room for one more cell and 32 bytes of text.
    @inline(__always)
    var hasRoom: Bool { cell < cellEnd && textEnd - text >= 32 && cellsSeen < cellsMax }

    /// Skips an empty cell.
    /// - Precondition: `hasRoom`, and `column` is not before `nextColumn`; the same holds below.
    @inline(__always)
    mutating func pass(_ column: Int32) {
      nextColumn = column &+ 1
      cellsSeen &+= 1
    }

    /// Makes the bytes written at `text` a cell.
    @inline(__always)
    mutating func take(_ count: Int, _ kind: CellKind, _ column: Int32) {
      cell.initialize(
        to: CellSlot(
          column: column, kind: kind, hasFormula: false, start: Int32(truncatingIfNeeded: text - base),
          count: Int32(truncatingIfNeeded: count)))
      cell += 1
      text += count
      pass(column)
    }

    /// Returns false without writing if the bytes do not fit.
    @inline(__always)
    mutating func write(_ from: UnsafeBufferPointer<UInt8>, _ kind: CellKind, _ column: Int32) -> Bool {
      guard let start = from.baseAddress, from.count <= textEnd - text else { return false }
      ShortCopy.copy(start, to: text, count: from.count)
      take(from.count, kind, column)
      return true
    }
  }

  /// - Precondition: a row has begun and no cell is open.
  mutating func takePen() -> Pen {
    text.reserve(1 << 10)
    reserveCells(64)
    return Pen(self)
  }

  mutating func putBack(_ pen: Pen) {
    text.count = pen.text - pen.base
    wrote(pen.cell - cells.base, cellsSeen: pen.cellsSeen, nextColumn: pen.nextColumn)
  }
}

/// Copies a few bytes inline with two possibly overlapping words, never outside the copied range.
enum ShortCopy {
  @inline(__always)
  static func copy(_ from: UnsafePointer<UInt8>, to: UnsafeMutablePointer<UInt8>, count: Int) {
    let (source, target) = (UnsafeRawPointer(from), UnsafeMutableRawPointer(to))
    if count >= 8 {
      if count > 32 {
        target.copyMemory(from: source, byteCount: count)
      } else if count > 16 {
        move(source, target, 0, SIMD16<UInt8>.self)
        move(source, target, count &- 16, SIMD16<UInt8>.self)
      } else {
        move(source, target, 0, UInt64.self)
        move(source, target, count &- 8, UInt64.self)
      }
    } else if count >= 4 {
      move(source, target, 0, UInt32.self)
      move(source, target, count &- 4, UInt32.self)
    } else {
      for i in 0..<count { to[i] = from[i] }
    }
  }

  @inline(__always)
  private static func move<Word: BitwiseCopyable>(
    _ from: UnsafeRawPointer, _ to: UnsafeMutableRawPointer, _ at: Int, _ type: Word.Type
  ) {
    to.storeBytes(of: from.loadUnaligned(fromByteOffset: at, as: type), toByteOffset: at, as: type)
  }
}
