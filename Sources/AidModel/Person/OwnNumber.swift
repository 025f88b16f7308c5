/// A number from a row's own columns, searched for in the row's other texts.
struct OwnNumber {
  /// Shorter numbers occur in innocent texts.
  private static let lengthMin = 6

  /// So many digits stand together by no accident, whatever is between them.
  private static let certainDigits = 10

  private let signs: [Unicode.Scalar]
  private let isCertain: Bool

  /// Nil if too short to search for.
  init?(_ number: String) {
    signs = number.unicodeScalars.compactMap(Self.sign)
    if signs.count < Self.lengthMin { return nil }
    isCertain = signs.count >= Self.certainDigits && signs.allSatisfy { $0.value < 0x3A }
  }

  /// A digit or letter normalised for comparison: half width, upper case; nil for a grouping character.
  private static func sign(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    if let digit = scalar.shownDigit { return Unicode.Scalar(UInt8(48 + digit)) }
    var value = scalar.value
    if (0xFF21...0xFF5A).contains(value) { value -= 0xFEE0 }
    if value &- 97 < 26 { value -= 32 }
    if value &- 65 < 26 { return Unicode.Scalar(value) }
    return scalar.kind == .visible && scalar.properties.isAlphabetic ? scalar : nil
  }

  /// Masks every occurrence of the number in the text, however grouped, except its last two characters.
  func masked(in text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    let places = scalars.indices.filter { place in
      isCertain ? scalars[place].shownDigit != nil : Self.sign(scalars[place]) != nil
    }
    guard places.count >= signs.count else { return text }
    let own = places.compactMap { Self.sign(scalars[$0]) }
    var start = 0
    while start + signs.count <= own.count {
      if own[start..<start + signs.count].elementsEqual(signs) {
        for place in places[start..<start + signs.count].dropLast(2) { scalars[place] = "*" }
        start += signs.count
      } else {
        start += 1
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
