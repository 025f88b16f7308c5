/// The rows of one list, read and typed, packed into flat memory: a row costs little more than its text.
///
/// A row is its filled cells in layout order: one byte for the column, one for what the value is, then the value.
/// Texts that come again and again (units, banks, choices) are kept once.
public final class ClaimTable: Sendable {
  public let source: SourceSheet
  let sourceID: ObjectIdentifier
  private let rows: [Int32]
  private let starts: [Int]
  private let bytes: [UInt8]
  private let words: [String]

  /// - Parameter starts: where each row begins in `bytes`, and where the last one ends.
  init(_ source: SourceSheet, rows: [Int32], starts: [Int], bytes: [UInt8], words: [String]) {
    sourceID = ObjectIdentifier(source)
    (self.source, self.rows, self.starts, self.bytes, self.words) = (source, rows, starts, bytes, words)
  }

  public var count: Int { rows.count }

  /// - Precondition: `index` is in `0..<count`.
  public subscript(index: Int) -> Claim { Claim(table: self, index: Int32(index)) }

  /// Every claim, in the order of the list.
  public var claims: [Claim] { rows.indices.map { self[$0] } }

  func row(_ index: Int32) -> Int32 { rows[Int(index)] }

  /// The value of one column of a row; `.blank` where the cell holds nothing.
  func value(_ index: Int32, column: Int) -> Value {
    bytes.withUnsafeBytes { raw in
      var at = starts[Int(index)]
      let end = starts[Int(index) + 1]
      while at < end {
        let found = Int(raw[at])
        if found == column { return value(raw, at) }
        if found > column { return .blank }
        at = Self.after(raw, at)
      }
      return .blank
    }
  }

  /// The filled columns of a row with their values, in layout order.
  func forEachValue(_ index: Int32, _ body: (_ column: Int, _ value: Value) -> Void) {
    bytes.withUnsafeBytes { raw in
      var at = starts[Int(index)]
      let end = starts[Int(index) + 1]
      while at < end {
        body(Int(raw[at]), value(raw, at))
        at = Self.after(raw, at)
      }
    }
  }

  /// A filled cell as it is packed; bytes are valid only during the call that hands them over.
  enum PackedCell {
    case unreadable
    case text(UnsafeBufferPointer<UInt8>)
    case money(fen: Int64)
    case number(mantissa: Int64, scale: UInt8)
    case date(dayNumber: Int32)
    case flag(Bool)
  }

  /// The filled columns of a row, in layout order, up to and with column `last`; no value is made of them.
  /// - Parameter isWanted: whether a column is.
  @inline(__always)
  func forEachCell(
    _ index: Int32, through last: Int, where isWanted: (_ column: Int) -> Bool = { _ in true },
    _ body: (_ column: Int, _ cell: PackedCell) -> Void
  ) {
    bytes.withUnsafeBytes { raw in
      var at = starts[Int(index)]
      let end = starts[Int(index) + 1]
      while at < end {
        let column = Int(raw[at])
        if column > last { return }
        if !isWanted(column) {
          at = Self.after(raw, at)
          continue
        }
        let payload = at + 2
        switch Tag(rawValue: raw[at + 1]) {
        case .text:
          let count = Int(raw.loadUnaligned(fromByteOffset: payload, as: UInt32.self))
          let text = UnsafeRawBufferPointer(rebasing: raw[(payload + 4)..<(payload + 4 + count)])
          text.withMemoryRebound(to: UInt8.self) { body(column, .text($0)) }
        case .word:
          var word = words[Int(raw.loadUnaligned(fromByteOffset: payload, as: UInt32.self))]
          word.withUTF8 { body(column, .text($0)) }
        case .money: body(column, .money(fen: raw.loadUnaligned(fromByteOffset: payload, as: Int64.self)))
        case .number:
          let mantissa = raw.loadUnaligned(fromByteOffset: payload, as: Int64.self)
          body(column, .number(mantissa: mantissa, scale: raw[payload + 8]))
        case .date:
          body(column, .date(dayNumber: raw.loadUnaligned(fromByteOffset: payload, as: Int32.self)))
        case .no: body(column, .flag(false))
        case .yes: body(column, .flag(true))
        case .unreadable, nil: body(column, .unreadable)
        }
        at = Self.after(raw, at)
      }
    }
  }

  private func value(_ raw: UnsafeRawBufferPointer, _ at: Int) -> Value {
    let payload = at + 2
    switch Tag(rawValue: raw[at + 1]) {
    case .text:
      let count = Int(raw.loadUnaligned(fromByteOffset: payload, as: UInt32.self))
      return .text(String(decoding: raw[(payload + 4)..<(payload + 4 + count)], as: UTF8.self))
    case .word: return .text(words[Int(raw.loadUnaligned(fromByteOffset: payload, as: UInt32.self))])
    case .money: return .money(Money(fen: raw.loadUnaligned(fromByteOffset: payload, as: Int64.self)))
    case .number:
      let mantissa = raw.loadUnaligned(fromByteOffset: payload, as: Int64.self)
      return .number(DecimalNumber(mantissa: mantissa, scale: raw[payload + 8]))
    case .date: return .date(CivilDate(dayNumber: raw.loadUnaligned(fromByteOffset: payload, as: Int32.self)))
    case .no: return .flag(false)
    case .yes: return .flag(true)
    case .unreadable, nil: return .unreadable
    }
  }

  /// Where the value after the one at `at` begins.
  private static func after(_ raw: UnsafeRawBufferPointer, _ at: Int) -> Int {
    switch Tag(rawValue: raw[at + 1]) {
    case .text: return at + 6 + Int(raw.loadUnaligned(fromByteOffset: at + 2, as: UInt32.self))
    case .word, .date: return at + 6
    case .money: return at + 10
    case .number: return at + 11
    case .no, .yes, .unreadable, nil: return at + 2
    }
  }

  enum Tag: UInt8 {
    case unreadable, text, word, money, number, date, no, yes
  }
}
