private import CHints

/// The rows of one list, read and typed, packed into flat memory: a row costs little more than its text.
///
/// A row is its number, the size of its cells in bytes, and its filled cells in layout order: one byte for
/// the column, one for the type tag, then the value. Repeated texts (units, banks, choices) are interned.
public final class ClaimTable: Sendable {
  public let source: SourceSheet
  let sourceID: ObjectIdentifier
  public let count: Int
  /// Packed rows, then the interned texts. Written before the table is shared, never afterwards.
  nonisolated(unsafe) private let memory: UnsafeRawBufferPointer
  /// Start offset of each interned text in `memory`, then the end of the last one.
  private let wordStarts: [Int]

  /// Bytes of a row's header: its number and the size of its cells.
  static let rowHead = 8

  /// - Parameter rows: `count` packed rows.
  init(_ source: SourceSheet, count: Int, rows: ArraySlice<UInt8>, words: WordList) {
    self.source = source
    sourceID = ObjectIdentifier(source)
    self.count = count
    let all = UnsafeMutableRawBufferPointer.allocate(byteCount: rows.count + words.bytes.count, alignment: 8)
    all.copyBytes(from: rows)
    UnsafeMutableRawBufferPointer(rebasing: all[rows.count...]).copyBytes(from: words.bytes)
    memory = UnsafeRawBufferPointer(all)
    wordStarts = [rows.count] + words.ends.map { rows.count + $0 }
  }

  deinit { memory.deallocate() }

  /// All claims, in list order.
  public var claims: [Claim] {
    var claims: [Claim] = []
    claims.reserveCapacity(count)
    var at = 0
    for _ in 0..<count {
      claims.append(Claim(table: self, index: at))
      at = cells(at).upperBound
    }
    return claims
  }

  /// Prefetches a row.
  func fetch(_ index: Int) {
    guard let row = memory.baseAddress?.advanced(by: index) else { return }
    for line in 0..<3 { hint_read_soon(row + 64 * line) }
  }

  /// The number of the row at offset `index`; `index` is such an offset in all functions below.
  func row(_ index: Int) -> Int32 { memory.loadUnaligned(fromByteOffset: index, as: Int32.self) }

  /// Byte range of a row's cells.
  @inline(__always)
  private func cells(_ index: Int) -> Range<Int> {
    let start = index + Self.rowHead
    return start..<(start + Int(memory.loadUnaligned(fromByteOffset: index + 4, as: UInt32.self)))
  }

  /// The value of one column of a row; `.blank` if the cell is empty.
  func value(_ index: Int, column: Int) -> Value {
    let cells = cells(index)
    var at = cells.lowerBound
    while at < cells.upperBound {
      let found = Int(memory[at])
      if found == column { return value(at) }
      if found > column { return .blank }
      at = after(at)
    }
    return .blank
  }

  /// Calls `body` for each filled column of a row, in layout order.
  func forEachValue(_ index: Int, _ body: (_ column: Int, _ value: Value) -> Void) {
    let cells = cells(index)
    var at = cells.lowerBound
    while at < cells.upperBound {
      body(Int(memory[at]), value(at))
      at = after(at)
    }
  }

  /// A filled cell, still packed. Its bytes are valid only during the call that passes them.
  enum PackedCell {
    case unreadable
    case text(UnsafeBufferPointer<UInt8>)
    case money(fen: Int64)
    case number(mantissa: Int64, scale: UInt8)
    case date(dayNumber: Int32)
    case flag(Bool)
  }

  /// Visits the filled columns of a row up to and including `last`, in layout order, without building
  /// `Value`s.
  /// - Parameter isWanted: selects the columns to visit.
  @inline(__always)
  func forEachCell(
    _ index: Int, through last: Int, where isWanted: (_ column: Int) -> Bool = { _ in true },
    _ body: (_ column: Int, _ cell: PackedCell) -> Void
  ) {
    withExtendedLifetime(self) {
      let cells = cells(index)
      var at = cells.lowerBound
      while at < cells.upperBound {
        let column = Int(memory[at])
        if column > last { return }
        if isWanted(column) { body(column, cell(at)) }
        at = after(at)
      }
    }
  }

  /// Passes the texts of an application row's common columns, up to and including column `last`.
  func withTexts<Result>(_ index: Int, through last: Int, _ body: (CommonTexts) -> Result) -> Result {
    withExtendedLifetime(self) {
      var texts = CommonTexts()
      forEachCell(index, through: last) { column, cell in
        if case .text(let text) = cell { texts.set(column, text) }
      }
      return body(texts)
    }
  }

  @inline(__always)
  private func cell(_ at: Int) -> PackedCell {
    let payload = at + 2
    switch Tag(rawValue: memory[at + 1]) {
    case .text: return .text(text(at))
    case .word: return .text(word(at))
    case .money: return .money(fen: memory.loadUnaligned(fromByteOffset: payload, as: Int64.self))
    case .number:
      let mantissa = memory.loadUnaligned(fromByteOffset: payload, as: Int64.self)
      return .number(mantissa: mantissa, scale: memory[payload + 8])
    case .date: return .date(dayNumber: memory.loadUnaligned(fromByteOffset: payload, as: Int32.self))
    case .no: return .flag(false)
    case .yes: return .flag(true)
    case .unreadable, nil: return .unreadable
    }
  }

  private func value(_ at: Int) -> Value {
    switch cell(at) {
    case .text(let text): .text(String(decoding: text, as: UTF8.self))
    case .money(let fen): .money(Money(fen: fen))
    case .number(let mantissa, let scale): .number(DecimalNumber(mantissa: mantissa, scale: scale))
    case .date(let dayNumber): .date(CivilDate(dayNumber: dayNumber))
    case .flag(let flag): .flag(flag)
    case .unreadable: .unreadable
    }
  }

  @inline(__always)
  private func text(_ at: Int) -> UnsafeBufferPointer<UInt8> {
    bytes(at + 6, Int(memory.loadUnaligned(fromByteOffset: at + 2, as: UInt32.self)))
  }

  @inline(__always)
  private func word(_ at: Int) -> UnsafeBufferPointer<UInt8> {
    let number = Int(memory.loadUnaligned(fromByteOffset: at + 2, as: UInt32.self))
    return bytes(wordStarts[number], wordStarts[number + 1] - wordStarts[number])
  }

  @inline(__always)
  private func bytes(_ start: Int, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(rebasing: memory[start..<(start + count)]).assumingMemoryBound(to: UInt8.self)
  }

  /// Offset of the next cell.
  @inline(__always)
  private func after(_ at: Int) -> Int {
    switch Tag(rawValue: memory[at + 1]) {
    case .text: at + 6 + Int(memory.loadUnaligned(fromByteOffset: at + 2, as: UInt32.self))
    case .word, .date: at + 6
    case .money: at + 10
    case .number: at + 11
    case .no, .yes, .unreadable, nil: at + 2
    }
  }

  enum Tag: UInt8 {
    case unreadable, text, word, money, number, date, no, yes
  }
}
