/// What a number format shows: a plain number, a date and time, elapsed time, or a whole number padded with
/// zeros, as for staff numbers: `00000000`.
struct NumberMeaning: Sendable, Equatable {
  private var code: UInt8

  static var number: NumberMeaning { NumberMeaning(code: 0) }
  static var date: NumberMeaning { NumberMeaning(code: 1) }
  static var elapsed: NumberMeaning { NumberMeaning(code: 2) }
  /// - Parameter digits: from 2 to 32.
  static func zeros(_ digits: Int) -> NumberMeaning { NumberMeaning(code: UInt8(digits + 8)) }

  private init(code: UInt8) { self.code = code }

  /// The minimum number of digits, if the format is only zeros.
  var zeros: Int? { code >= 8 ? Int(code) - 8 : nil }
  /// Neither a date nor a time.
  var isNumber: Bool { self == .number || zeros != nil }

  /// A whole number padded with zeros.
  static func padded(_ digits: [UInt8], to width: Int) -> [UInt8] {
    guard digits.count < width, digits.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return digits }
    return Array(repeating: UInt8(ascii: "0"), count: width - digits.count) + digits
  }

  /// Formats 14–22 and 45–47 are dates and times everywhere, 46 is elapsed time; 27–36 and 50–58 are dates in
  /// Chinese, Japanese and Korean files (ECMA-376 part 1, 18.8.30).
  init(builtIn id: Int) {
    switch id {
    case 46: self = .elapsed
    case 14...22, 27...36, 45, 47, 50...58: self = .date
    default: self = .number
    }
  }

  /// A custom format is a date if its first section has a date or time letter outside quotes, escapes and
  /// brackets, and elapsed time if it has `[h]`, `[mm]` or `[ss]`.
  init(code: String) {
    var bytes = Array(code.utf8)[...]
    self = .number
    if (2...32).contains(bytes.count), bytes.allSatisfy({ $0 == UInt8(ascii: "0") }) {
      self = .zeros(bytes.count)
      return
    }
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "\""):
        while let next = bytes.popFirst(), next != UInt8(ascii: "\"") {}
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): _ = bytes.popFirst()
      case UInt8(ascii: "["):
        let inside = bytes.prefix { $0 != UInt8(ascii: "]") }
        bytes = bytes.dropFirst(inside.count + 1)
        let letters = Set(inside.map { $0 | 0x20 })
        if letters.count == 1, let only = letters.first, [104, 109, 115].contains(only) {
          self = .elapsed
          return
        }
      case UInt8(ascii: ";"): return
      default:
        // Neither "General" nor #, 0, ? and the exponent E contain any of these letters.
        if [100, 104, 109, 115, 121].contains(byte | 0x20) { self = .date }
      }
    }
  }
}
