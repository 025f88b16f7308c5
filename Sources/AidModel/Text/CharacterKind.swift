/// How a character from outside behaves where it is displayed, compared or written to a file.
///
/// This is the only place that decides which characters are not text. It uses Unicode properties instead of
/// listing code points, so unforeseen characters are covered too.
public enum CharacterKind: Sendable {
  /// Visible.
  case visible
  /// A space within a line. The blank Braille pattern counts: it looks like one.
  case blank
  /// Ends a line or a field: tab, LF, VT, FF, CR, NEL, U+2028, U+2029.
  case lineEnd
  /// Invisible and meaningless: zero-width characters, variation selectors, tags, fillers, byte order marks.
  case invisible
  /// Not allowed in text: control characters, noncharacters, and marks that reverse the display order.
  case unfit
}

extension Unicode.Scalar {
  public var kind: CharacterKind {
    switch value {
    case 0x21...0x7E, 0x3400...0x9FFF: return .visible
    case 0x20: return .blank
    case 0x09...0x0D, 0x85, 0x2028, 0x2029: return .lineEnd
    // Right-to-left embedding, override and isolate: digits would be displayed in another order than stored.
    case 0x202B, 0x202E, 0x2067: return .unfit
    // BRAILLE PATTERN BLANK is a symbol by its properties, but shows nothing.
    case 0x2800: return .blank
    // OBJECT REPLACEMENT CHARACTER: an embedded picture was here.
    case 0xFFFC: return .unfit
    default: break
    }
    let properties = self.properties
    if properties.isNoncharacterCodePoint || properties.generalCategory == .control { return .unfit }
    if properties.isDefaultIgnorableCodePoint || properties.generalCategory == .format { return .invisible }
    return properties.isWhitespace ? .blank : .visible
  }

  /// Whether it combines with the character before it, as accents do.
  public var isCombining: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// The value of a decimal digit of any script, including full width; nil if it is not one.
  public var decimalDigit: Int? {
    if value < 0x80 { return value &- 48 <= 9 ? Int(value - 48) : nil }
    guard properties.numericType == .decimal, let number = properties.numericValue else { return nil }
    return Int(number)
  }
}

extension String {
  /// The first character not allowed in a text of one line; nil if the text is fit for a title or a ledger.
  public var firstUnfit: Unicode.Scalar? {
    unicodeScalars.first { $0.kind != .visible && $0.kind != .blank }
  }
}

/// Tests on UTF-8 bytes, without building a string.
public enum TextBytes {
  /// Whether every character is visible or an ordinary space. False may be wrong, true never is.
  @inline(__always)
  public static func areOrdinary(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var i = 0
    while i < count {
      let byte = base[i]
      // Nearly all Han characters, continuation bytes, and ASCII.
      let isPlain = byte &- 0xE4 < 10 || byte &- 0x80 < 0x40 || byte &- 0x20 < 0x5F
      if !isPlain, !isOrdinary(base + i, count - i) { return false }
      i &+= 1
    }
    return true
  }

  public static func areOrdinary(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    return areOrdinary(base, bytes.count)
  }

  /// Whether the non-ASCII character that starts here is certainly visible.
  static func isOrdinary(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let second = count > 1 ? base[1] : 0
    switch base[0] {
    // Latin-1 without C1, NBSP and the soft hyphen.
    case 0xC2: return second > 0xA0 && second != 0xAD
    // Latin, Greek, Cyrillic, Hebrew. CD is left out: it includes an invisible joiner.
    case 0xC3...0xCC, 0xCE...0xD7: return true
    // Dashes, quotation marks, bullets, ellipses; then letter-like symbols, arrows, mathematics, shapes.
    case 0xE2:
      if second == 0x80 { return count > 2 && base[2] &- 0x90 < 0x18 }
      return second >= 0x84 && second != 0xA0
    // Chinese punctuation, kana, Bopomofo; not the ideographic space or the Hangul filler.
    case 0xE3:
      return !(second == 0x80 && count > 2 && base[2] == 0x80)
        && !(second == 0x85 && count > 2 && base[2] == 0xA4)
    // Full-width forms.
    case 0xEF: return second == 0xBC || (second == 0xBD && count > 2)
    default: return false
    }
  }
}
