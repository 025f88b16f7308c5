/// A number as stored in a workbook: the text of a binary floating-point number.
enum StoredNumber {
  /// Whether the bytes are a complete number: sign, digits, point, digits, exponent, as in XML Schema's
  /// `double` without infinities.
  @inline(__always)
  static func isNumber(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var i = 0
    if i < count, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") { i &+= 1 }
    let first = i
    while i < count, bytes[i] &- 48 <= 9 { i &+= 1 }
    var digits = i &- first
    if i < count, bytes[i] == UInt8(ascii: ".") {
      i &+= 1
      let fraction = i
      while i < count, bytes[i] &- 48 <= 9 { i &+= 1 }
      digits &+= i &- fraction
    }
    if digits == 0 { return false }
    // Fewer than 300 digits are below 10³⁰⁸; anything longer or with an exponent may not be finite.
    if i == count, digits < 300 { return true }
    if i < count {
      guard bytes[i] | 0x20 == UInt8(ascii: "e") else { return false }
      i &+= 1
      if i < count, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") { i &+= 1 }
      if i == count { return false }
      while i < count {
        if bytes[i] &- 48 > 9 { return false }
        i &+= 1
      }
    }
    return slowValue(bytes, count) != nil
  }

  /// The finite value of a text accepted by `isNumber`.
  @inline(__always)
  static func value(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    // Fifteen digits and powers of ten up to 10²² are exact, so one division rounds correctly (Clinger 1990).
    if count <= 16 {
      var mantissa = 0
      var scale = 0
      var afterPoint = 0
      var i = 0
      while i < count {
        let digit = bytes[i] &- 48
        if digit <= 9 {
          mantissa = mantissa &* 10 &+ Int(digit)
          scale &+= afterPoint
        } else if bytes[i] == UInt8(ascii: "."), afterPoint == 0 {
          afterPoint = 1
        } else {
          return slowValue(bytes, count)
        }
        i &+= 1
      }
      if mantissa < 1 << 53 { return Double(mantissa) / powers[scale] }
    }
    return slowValue(bytes, count)
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
  ]

  private static func slowValue(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    let text = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// The shortest digits of the same stored number, without an exponent between 10⁻⁷ and 10²¹.
  static func shortest(_ bytes: [UInt8]) -> [UInt8] {
    if isShortest(bytes) { return bytes }
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return bytes }
    var short = "\(value)"
    if let e = short.firstIndex(of: "e") {
      guard let exponent = Int(short[short.index(after: e)...]) else { return bytes }
      if (-7...20).contains(exponent) { short = spelled(short[..<e], exponent) }
    }
    if short.hasSuffix(".0") { short.removeLast(2) }
    return Array(short.utf8)
  }

  /// Whether the digits are obviously the shortest: at most fifteen, no removable zero. False if in doubt.
  private static func isShortest(_ bytes: [UInt8]) -> Bool {
    let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
    guard let first = digits.first, let last = digits.last, digits.count <= 15 else { return false }
    var point: Int?
    for at in digits.indices where digits[at] &- 48 > 9 {
      guard digits[at] == UInt8(ascii: "."), point == nil else { return false }
      point = at
    }
    let whole = (point ?? digits.endIndex) - digits.startIndex
    if whole == 0 || whole > 1 && first == UInt8(ascii: "0") { return false }
    guard point != nil else { return true }
    return last != UInt8(ascii: "0") && last != UInt8(ascii: ".") && digits.count - whole - 1 <= 6
  }

  /// Writes out the zeros of `1.101e+17`.
  private static func spelled(_ mantissa: Substring, _ exponent: Int) -> String {
    let negative = mantissa.hasPrefix("-")
    let parts = mantissa.drop { $0 == "-" }.split(separator: ".")
    var whole = String(parts[0])
    var fraction = parts.count > 1 ? String(parts[1]) : ""
    if fraction == "0" { fraction = "" }
    if exponent >= 0 {
      fraction += String(repeating: "0", count: max(0, exponent - fraction.count))
      whole += fraction.prefix(exponent)
      fraction = String(fraction.dropFirst(exponent))
    } else {
      fraction = String(repeating: "0", count: -exponent - 1) + whole + fraction
      whole = "0"
    }
    return (negative ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
  }
}

extension StoredNumber {
  /// Appends the shortest digits of the value, in the form of `shortest`.
  /// - Precondition: the value is finite.
  static func write(_ value: Double, to out: inout [UInt8]) {
    // Up to fifteen digits are unique, so whole hundredths give the shortest text.
    let hundredths = (value * 100).rounded()
    if hundredths.magnitude < 1e15, hundredths / 100 == value {
      return write(hundredths: Int(hundredths), isNegative: value.sign == .minus, to: &out)
    }
    out += shortest(Array("\(value)".utf8))
  }

  private static func write(hundredths: Int, isNegative: Bool, to out: inout [UInt8]) {
    if isNegative { out.append(UInt8(ascii: "-")) }
    let (whole, rest) = Int(hundredths.magnitude).quotientAndRemainder(dividingBy: 100)
    let start = out.count
    var digits = whole
    repeat {
      out.append(UInt8(truncatingIfNeeded: 48 + digits % 10))
      digits /= 10
    } while digits > 0
    out[start...].reverse()
    if rest == 0 { return }
    out.append(UInt8(ascii: "."))
    out.append(UInt8(truncatingIfNeeded: 48 + rest / 10))
    if rest % 10 != 0 { out.append(UInt8(truncatingIfNeeded: 48 + rest % 10)) }
  }
}
