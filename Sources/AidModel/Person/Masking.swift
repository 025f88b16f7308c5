/// How personal numbers and names are shown where everybody concerned may look.
public enum Masking {
  /// `4201**********0010`: four, stars, four. Short numbers show the last two at most.
  public static func idNumber(_ text: String) -> String { mask(text, first: 4, last: 4) }

  /// First six and last four: `620000*********0004`.
  public static func account(_ text: String) -> String { mask(text, first: 6, last: 4) }

  /// `138****0000`.
  public static func phone(_ text: String) -> String { mask(text, first: 3, last: 4) }

  /// `张*`, `张*三`, `欧**娜`; with middle dots only the first character of each part stays.
  public static func name(_ text: String) -> String {
    if text.unicodeScalars.contains("\u{B7}") {
      let parts = text.split(separator: "\u{B7}", omittingEmptySubsequences: false)
      return parts.map { part in
        part.isEmpty ? "" : String(part.prefix(1)) + String(repeating: "*", count: part.count - 1)
      }.joined(separator: "\u{B7}")
    }
    let characters = Array(text)
    switch characters.count {
    case 0: return ""
    case 1: return "*"
    case 2: return "\(characters[0])*"
    default:
      let stars = String(repeating: "*", count: characters.count - 2)
      return "\(characters[0])\(stars)\(characters[characters.count - 1])"
    }
  }

  /// The digits of the shortest number that is masked wherever it stands.
  private static let longNumberMin = 15

  /// The text with every number as long as a card's or an ID's masked, wherever a shifted row has put it.
  public static func longNumbers(_ text: String) -> String {
    if text.utf8.count(where: { $0 >= 48 && $0 <= 57 }) < longNumberMin { return text }
    var out = ""
    var digits = ""
    func masked() -> String {
      switch digits.utf8.count {
      case 15, 18: idNumber(digits)
      case 16, 17, 19: account(digits)
      default: digits
      }
    }
    for scalar in text.unicodeScalars {
      let isDigit = scalar.value >= 48 && scalar.value <= 57
      if isDigit || (digits.utf8.count == 17 && (scalar == "X" || scalar == "x")) {
        digits.unicodeScalars.append(scalar)
      } else {
        out += masked()
        digits = ""
        out.unicodeScalars.append(scalar)
      }
    }
    return out + masked()
  }

  private static func mask(_ text: String, first: Int, last: Int) -> String {
    let characters = Array(text)
    guard characters.count > first + last else {
      return String(repeating: "*", count: max(0, characters.count - 2)) + String(characters.suffix(2))
    }
    return String(characters.prefix(first))
      + String(repeating: "*", count: characters.count - first - last) + String(characters.suffix(last))
  }
}

// MARK: bytes

extension Masking {
  /// Appends a name as `name` masks it.
  public static func write(name: UnsafeBufferPointer<UInt8>, to out: inout TextBuffer) {
    guard isHan(name) else { return out.append(self.name(String(decoding: name, as: UTF8.self))) }
    let count = name.count / 3
    if count > 1 { out.append(UnsafeBufferPointer(rebasing: name[..<3])) }
    for _ in 0..<max(1, count - 2) { out.append(UInt8(ascii: "*")) }
    if count > 2 { out.append(UnsafeBufferPointer(rebasing: name[(name.count - 3)...])) }
  }

  /// Only characters of U+4000 to U+9FFF, of which each stands alone; at least one.
  private static func isHan(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if text.isEmpty || text.count % 3 != 0 { return false }
    for i in stride(from: 0, to: text.count, by: 3) where !(0xE4...0xE9).contains(text[i]) { return false }
    return true
  }

  /// Appends a text as `longNumbers` masks it.
  public static func write(longNumbersOf text: UnsafeBufferPointer<UInt8>, to out: inout TextBuffer) {
    var digits = 0
    for byte in text where byte &- 48 <= 9 { digits += 1 }
    if digits < longNumberMin { return out.append(text) }
    out.append(longNumbers(String(decoding: text, as: UTF8.self)))
  }
}
