/// A buffer for writing UTF-8 output by the million lines: appending allocates only when the buffer grows.
public struct TextBuffer: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var room: Int
  public private(set) var count = 0

  public init(capacity: Int = 1 << 12) {
    room = max(capacity, 64)
    start = .allocate(capacity: room)
  }

  deinit { start.deallocate() }

  public mutating func removeAll() { count = 0 }

  public func withBytes<R, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> R
  ) throws(Failure) -> R {
    try body(UnsafeRawBufferPointer(start: start, count: count))
  }

  public var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }
  public var text: String { text(from: 0) }

  /// The text written since `count` was `mark`.
  public func text(from mark: Int) -> String { text(mark..<count) }

  public func text(_ range: Range<Int>) -> String {
    precondition(range.upperBound <= count, "text that was written")
    return String(
      decoding: UnsafeBufferPointer(start: start + range.lowerBound, count: range.count), as: UTF8.self)
  }

  /// Removes what was written since `count` was `mark`.
  public mutating func truncate(to mark: Int) {
    precondition(mark <= count, "only what was written can be taken back")
    count = mark
  }

  public mutating func append(_ bytes: UnsafeRawBufferPointer) {
    append(bytes.assumingMemoryBound(to: UInt8.self))
  }

  public mutating func append(_ byte: UInt8) {
    if count == room { grow(by: 1) }
    start[count] = byte
    count += 1
  }

  public mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    if room - count < bytes.count { grow(by: bytes.count) }
    (start + count).update(from: base, count: bytes.count)
    count += bytes.count
  }

  public mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

  public mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
    bytes.withUnsafeBufferPointer { append(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  public mutating func append(_ other: borrowing TextBuffer) {
    append(UnsafeBufferPointer(start: other.start, count: other.count))
  }

  public mutating func append(_ text: String) {
    if text.utf8.withContiguousStorageIfAvailable({ append($0) }) == nil {
      for byte in text.utf8 { append(byte) }
    }
  }

  public mutating func append(number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(digitsOf: UInt64(number.magnitude))
  }

  private mutating func append(digitsOf number: UInt64, grouping: Bool = false) {
    if number < 10 { return append(UInt8(truncatingIfNeeded: 48 + number)) }
    // At most twenty digits and six commas.
    if room - count < 26 { grow(by: 26) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 26) { digits in
      var (rest, at, written) = (number, 26, 0)
      repeat {
        if grouping, written > 0, written % 3 == 0 {
          at -= 1
          digits[at] = UInt8(ascii: ",")
        }
        at -= 1
        digits[at] = UInt8(truncatingIfNeeded: 48 + rest % 10)
        (rest, written) = (rest / 10, written + 1)
      } while rest > 0
      append(UnsafeBufferPointer(rebasing: UnsafeBufferPointer(digits)[at...]))
    }
  }

  private mutating func grow(by more: Int) {
    room = max(2 * room, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }
}

extension TextBuffer {
  /// Appends yuan with two decimals, like `Money.plain` (with `grouping`, like `Money.grouped`).
  public mutating func append(_ money: Money, grouping: Bool = false) {
    let magnitude = money.fen.magnitude
    if money.fen < 0 { append(UInt8(ascii: "-")) }
    append(digitsOf: magnitude / 100, grouping: grouping)
    let cents = magnitude % 100
    append(UInt8(ascii: "."))
    append(UInt8(truncatingIfNeeded: 48 + cents / 10))
    append(UInt8(truncatingIfNeeded: 48 + cents % 10))
  }

  /// Appends the same text as `Rational.description`.
  public mutating func append(_ number: Rational) {
    if let whole = number.whole, whole != .min {
      append(number: Int(whole))
    } else if !appendDecimal(number) {
      append(number.description)
    }
  }

  /// Appends a fraction that terminates after a few decimals, the usual case; false if it does not, and
  /// nothing is written.
  private mutating func appendDecimal(_ number: Rational) -> Bool {
    guard let top = Int64(exactly: number.numerator), let bottom = Int64(exactly: number.denominator) else {
      return false
    }
    let (whole, rest) = top.magnitude.quotientAndRemainder(dividingBy: UInt64(bottom))
    var (ten, places) = (UInt64(10), 1)
    while ten % UInt64(bottom) != 0 {
      if places == 9 { return false }
      (ten, places) = (ten * 10, places + 1)
    }
    if top < 0 { append(UInt8(ascii: "-")) }
    append(digitsOf: whole)
    append(UInt8(ascii: "."))
    append(digitsOf: rest * (ten / UInt64(bottom)), width: places)
    return true
  }

  private mutating func append(digitsOf number: UInt64, width: Int) {
    if room - count < width { grow(by: width) }
    var rest = number
    for i in stride(from: width - 1, through: 0, by: -1) {
      start[count + i] = UInt8(truncatingIfNeeded: 48 + rest % 10)
      rest /= 10
    }
    count += width
  }

  /// Appends the same text as `Value.plain`.
  public mutating func append(_ value: Value) {
    switch value {
    case .blank, .unreadable: return
    case .text(let text): append(text)
    case .money(let money): append(money)
    case .number(let number):
      if number.scale == 0 { append(number: Int(number.mantissa)) } else { append(number.description) }
    case .date(let date): append(date.description)
    case .flag(let flag): append(flag ? "是" : "否")
    case .figure(let figure): append(figure)
    }
  }

  /// Appends the same text as `Place.description`.
  public mutating func append(_ place: Place) {
    append(place.file)
    if !place.sheet.isEmpty {
      append(UInt8(ascii: ":"))
      append(place.sheet)
    }
    guard place.row > 0 else { return }
    append(UInt8(ascii: "!"))
    append(column: place.column, row: place.row)
  }

  /// Appends `H17`, or `17` if the column is −1.
  public mutating func append(column: Int32, row: Int32) {
    if column >= 0 { append(lettersOf: Int(column)) }
    append(number: Int(row))
  }

  private mutating func append(lettersOf column: Int) {
    if column >= 26 { append(lettersOf: column / 26 - 1) }
    append(UInt8(truncatingIfNeeded: 65 + column % 26))
  }
}

// MARK: JSON

extension TextBuffer {
  /// Appends a JSON string, or `null`.
  public mutating func append(json text: String?) {
    guard let text else { return append("null") }
    append(UInt8(ascii: "\""))
    let mark = count
    append(text)
    closeJSON(from: mark)
  }

  /// Appends UTF-8 as a JSON string.
  public mutating func append(json bytes: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    let mark = count
    append(bytes)
    closeJSON(from: mark)
  }

  /// Ends a JSON string whose unescaped text was written since `count` was `mark`.
  public mutating func closeJSON(from mark: Int) {
    escapeJSON(from: mark)
    append(UInt8(ascii: "\""))
  }

  /// Escapes what was written since `count` was `mark`, as part of a JSON string.
  public mutating func escapeJSON(from mark: Int) {
    var first = mark
    while first + 8 <= count, !Self.mayEscape(eight(at: first)) { first += 8 }
    while first < count, !Self.mustEscape(start[first]) { first += 1 }
    if first < count {
      let rest = Array(UnsafeBufferPointer(start: start + first, count: count - first))
      count = first
      for byte in rest { append(escaped: byte) }
    }
  }

  /// Control characters, quotation mark, reverse solidus (RFC 8259 §7), and DEL, which is invisible.
  private static func mustEscape(_ byte: UInt8) -> Bool {
    byte < 32 || byte == 34 || byte == 92 || byte == 127
  }

  private func eight(at index: Int) -> UInt64 {
    UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self)
  }

  /// Whether any of eight bytes may need escaping; false is certain.
  @inline(__always)
  private static func mayEscape(_ bytes: UInt64) -> Bool {
    let (ones, high) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
    /// The high bit of each byte of `x` that is below `n` (perhaps also of the byte after one).
    func below(_ x: UInt64, _ n: UInt64) -> UInt64 { (x &- ones &* n) & ~x & high }
    let marks =
      below(bytes ^ (ones &* 34), 1) | below(bytes ^ (ones &* 92), 1) | below(bytes ^ (ones &* 127), 1)
    return (below(bytes, 32) | marks) != 0
  }

  private mutating func append(escaped byte: UInt8) {
    guard Self.mustEscape(byte) else { return append(byte) }
    append(UInt8(ascii: "\\"))
    switch byte {
    case 34, 92: append(byte)
    case 10: append(UInt8(ascii: "n"))
    case 13: append(UInt8(ascii: "r"))
    case 9: append(UInt8(ascii: "t"))
    default:
      append("u00")
      append(Self.hexDigit(byte >> 4))
      append(Self.hexDigit(byte & 15))
    }
  }

  private static func hexDigit(_ digit: UInt8) -> UInt8 { digit < 10 ? 48 + digit : 87 + digit }
}
