/// The rows of one list, read and typed, packed into flat memory: a row costs little more than its text.
///
/// A row is its filled cells in layout order: one byte for the column, one for what the value is, then the value.
/// Texts that come again and again (units, banks, choices) are kept once.
public final class ClaimTable: Sendable {
  public let source: SourceSheet
  private let rows: [Int32]
  private let starts: [Int]
  private let bytes: [UInt8]
  private let words: [String]

  fileprivate init(_ builder: ClaimTableBuilder) {
    source = builder.source
    rows = builder.rows
    starts = builder.starts + [builder.bytes.count]
    bytes = builder.bytes
    words = builder.words
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
  @inline(__always)
  func forEachCell(_ index: Int32, through last: Int, _ body: (_ column: Int, _ cell: PackedCell) -> Void) {
    bytes.withUnsafeBytes { raw in
      var at = starts[Int(index)]
      let end = starts[Int(index) + 1]
      while at < end {
        let column = Int(raw[at])
        if column > last { return }
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

  fileprivate enum Tag: UInt8 {
    case unreadable, text, word, money, number, date, no, yes
  }
}

/// Packs rows into a `ClaimTable`, one after the other.
public struct ClaimTableBuilder {
  fileprivate let source: SourceSheet
  fileprivate var rows: [Int32] = []
  fileprivate var starts: [Int] = []
  fileprivate var bytes: [UInt8] = []
  fileprivate var words: [String] = []
  private var wordNumbers: [ExactText: UInt32] = [:]
  /// Columns whose texts differ from row to row: keeping them once saves nothing.
  private let isVaried: [Bool]

  /// Past so many different words a list is no longer repeating itself.
  private static let wordsMax = 10_000

  /// The number of a column is kept in one byte.
  public static let columnsMax = 255

  /// - Precondition: the layout has at most `columnsMax` columns.
  public init(_ source: SourceSheet) {
    precondition(source.layout.columns.count <= Self.columnsMax, "layouts are limited where they are made")
    self.source = source
    isVaried = source.layout.columns.map { $0.role.isIdentifier || $0.role == .personName }
  }

  /// - Parameter values: in the order of the layout's columns.
  public mutating func append(row: Int32, values: some Sequence<Value>) {
    rows.append(row)
    starts.append(bytes.count)
    var column = 0
    for value in values {
      append(value, column: column)
      column += 1
    }
  }

  public consuming func finish() -> ClaimTable { ClaimTable(self) }

  private mutating func append(_ value: Value, column: Int) {
    switch value {
    case .blank: return
    case .unreadable: begin(column, .unreadable)
    case .text(let text): append(text, column: column)
    case .money(let money):
      begin(column, .money)
      append(money.fen)
    case .number(let number):
      begin(column, .number)
      append(number.mantissa)
      bytes.append(number.scale)
    case .date(let date):
      begin(column, .date)
      append(date.dayNumber)
    case .flag(let flag): begin(column, flag ? .yes : .no)
    }
  }

  private mutating func append(_ text: String, column: Int) {
    if !isVaried[column], let number = number(ofWord: text) {
      begin(column, .word)
      append(number)
      return
    }
    begin(column, .text)
    append(UInt32(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func number(ofWord text: String) -> UInt32? {
    if let known = wordNumbers[ExactText(text)] { return known }
    guard words.count < Self.wordsMax else { return nil }
    let number = UInt32(words.count)
    words.append(text)
    wordNumbers[ExactText(text)] = number
    return number
  }

  private mutating func begin(_ column: Int, _ tag: ClaimTable.Tag) {
    bytes.append(UInt8(column))
    bytes.append(tag.rawValue)
  }

  private mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
  }
}
