/// White space and invisible characters in cells.
enum WhiteSpace {
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    let kind = scalar.kind
    return kind == .blank || kind == .lineEnd
  }

  /// Not part of the text: invisible, or not allowed in text.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    let kind = scalar.kind
    return kind == .invisible || kind == .unfit
  }

  static func isBlank(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first else { return true }
    if first > 0x20, first < 0x7F { return false }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy { $0.kind != .visible }
  }
}

/// Removes meaningless characters around and inside a text, and reports what it removed.
enum TextCleaning {
  /// Whether `clean` would change nothing and note nothing, judged by the bytes alone. False may be wrong.
  static func isClean(_ bytes: UnsafeBufferPointer<UInt8>, asName: Bool) -> Bool {
    guard let base = bytes.baseAddress, let first = bytes.first, let last = bytes.last, first != 0x20,
      last != 0x20, first != UInt8(ascii: "'"), !FormulaSign.mayBegin(with: first)
    else { return false }
    var i = 0
    while i < bytes.count {
      let byte = base[i]
      // Nearly all Han characters, and continuation bytes.
      if byte &- 0xE4 < 10 || byte &- 0x80 < 0x40 {
        i &+= 1
        continue
      }
      if byte &- 0x20 < 0x5F {
        if asName, byte < 0x40, isOddInName(byte) { return false }
      } else if asName ? byte < 0xC3 || byte > 0xD7 : byte < 0xC2 {
        // In names: symbols, compatibility characters and dots begin with these bytes.
        return false
      } else if !TextBytes.isOrdinary(base + i, bytes.count - i) {
        return false
      }
      i &+= 1
    }
    return true
  }

  private static func isOddInName(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "*")
  }

  /// The cleaned text, on one line.
  static func clean(_ text: String, asName: Bool) -> (text: String, notes: FieldNotes) {
    var notes: FieldNotes = []
    var kept: [Unicode.Scalar] = []
    kept.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar.kind {
      case .visible, .blank, .lineEnd: kept.append(scalar)
      case .invisible: notes.insert(.invisible)
      case .unfit: notes.insert(.unfit)
      }
    }
    let first = kept.firstIndex { !WhiteSpace.contains($0) } ?? kept.count
    let last = kept.lastIndex { !WhiteSpace.contains($0) } ?? first - 1
    if last - first + 1 != kept.count { notes.insert(.trimmed) }
    var scalars = first <= last ? Array(kept[first...last]) : []
    // A lone dash means "nothing", not a formula.
    let isDash = scalars.count == 1 && (scalars[0] == "-" || scalars[0] == "－")
    if !isDash, FormulaSign.isIn(String(String.UnicodeScalarView(scalars))) { notes.insert(.formulaLike) }
    for i in scalars.indices where scalars[i].kind == .lineEnd {
      notes.insert(.unfit)
      scalars[i] = " "
    }
    if asName { cleanName(&scalars, &notes) }
    return (String(String.UnicodeScalarView(scalars)), notes)
  }

  /// Cleans text that may span several lines: joins them, and looks for a formula sign only at the start.
  static func cleanWords(_ text: String) -> (text: String, notes: FieldNotes) {
    var (words, notes) = clean(text, asName: false)
    if notes.contains(.unfit) {
      notes.remove(.unfit)
      notes.insert(.invisible)
      if !FormulaSign.isIn(words) { notes.remove(.formulaLike) }
    }
    return (words, notes)
  }

  private static func cleanName(_ scalars: inout [Unicode.Scalar], _ notes: inout FieldNotes) {
    var out: [Unicode.Scalar] = []
    out.reserveCapacity(scalars.count)
    // The next non-space position after `i`. It only moves forward, so a name full of spaces stays linear.
    var ahead = 0
    for (i, scalar) in scalars.enumerated() {
      if WhiteSpace.contains(scalar) {
        ahead = max(ahead, i + 1)
        while ahead < scalars.count, WhiteSpace.contains(scalars[ahead]) { ahead += 1 }
        if let before = out.last, ahead < scalars.count, isHan(before) || isHan(scalars[ahead]) {
          notes.insert(.nameSpaces)
          continue
        }
      }
      if isDot(scalar)
        || (scalar == "." && isHan(out.last) && isHan(i + 1 < scalars.count ? scalars[i + 1] : nil))
      {
        notes.insert(.nameDot)
        out.append("\u{B7}")
        continue
      }
      if let note = oddity(scalar) { notes.insert(note) }
      out.append(scalar)
    }
    scalars = out
  }

  /// What is unusual about a character of a name.
  private static func oddity(_ scalar: Unicode.Scalar) -> FieldNotes? {
    switch scalar.value {
    case 0xE000...0xF8FF, 0xF_0000...0x10_FFFD, 0xFFFD: .namePrivateUse
    // Replacements for a character that could not be typed or was masked.
    case 0x3F, 0x2A, 0xFF1F, 0xFF0A, 0x3013: .namePrivateUse
    case 0xF900...0xFAFF where !isStableCompatibility(scalar.value), 0x2F800...0x2FA1F, 0x2E80...0x2FD5:
      .nameCompatibility
    // Squares, circles, emoji, ideographic descriptions: no register holds a name with a symbol.
    default: scalar.properties.generalCategory == .otherSymbol ? .namePrivateUse : nil
    }
  }

  /// Twelve code points of the compatibility block are ordinary characters (U+FA0E and others).
  private static func isStableCompatibility(_ value: UInt32) -> Bool {
    [0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29].contains(
      value)
  }

  /// Look-alikes of U+00B7, the separator in registered names.
  private static func isDot(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2022, 0x30FB, 0xFF65, 0x2027, 0x2219, 0x22C5, 0xFF0E, 0xFE52: true
    default: false
    }
  }

  static func isHan(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    switch scalar.value {
    case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x2_0000...0x3_FFFF, 0x3007: return true
    default: return false
    }
  }

  /// Converts full-width ASCII, the ideographic space and ￥ to half width.
  static func halfWidth(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E: out.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      case 0x3000: out.append(" ")
      case 0xFFE5: out.append("¥")
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  /// An identifier in half width, without spaces and apostrophes. Phone, account and ID numbers also lose
  /// their hyphens; the letters of an ID number become upper case.
  static func plainIdentifier(_ text: String, _ role: ColumnRole) -> String {
    var out = String.UnicodeScalarView()
    for scalar in halfWidth(text).unicodeScalars {
      if WhiteSpace.contains(scalar) || scalar == "'" || scalar == "\u{2019}" { continue }
      if let digit = scalar.decimalDigit, let plain = Unicode.Scalar(UInt32(48 + digit)) {
        out.append(plain)
        continue
      }
      if scalar == "-", role == .phone || role == .account || role == .idNumber { continue }
      if role == .idNumber, scalar.value >= 97, scalar.value <= 122 {
        out.append(Unicode.Scalar(scalar.value - 32) ?? scalar)
      } else {
        out.append(scalar)
      }
    }
    var plain = String(out)
    if role == .phone, plain.hasPrefix("+86") { plain = String(plain.dropFirst(3)) }
    return withoutFraction(plain)
  }

  /// Removes the `.0` that floating-point programs append: `120001.0`. Past 15 digits the number was not
  /// stored exactly, so it stays as it is.
  private static func withoutFraction(_ text: String) -> String {
    guard text.hasSuffix(".0"), (3...17).contains(text.utf8.count) else { return text }
    let digits = text.dropLast(2)
    return digits.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } ? String(digits) : text
  }

  /// Text as a word-list key: half width, no white space, ASCII in lower case.
  static func key(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in halfWidth(text).unicodeScalars
    where scalar.kind == .visible {
      out.append(
        scalar.value >= 65 && scalar.value <= 90 ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar)
    }
    return String(out)
  }
}

/// Word-list keys for other modules: headings, choices.
public enum TextKey {
  /// Half width, no white space or invisible characters, ASCII in lower case.
  public static func of(_ text: String) -> String { TextCleaning.key(text) }

  /// Whether keys omit the character.
  public static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    WhiteSpace.contains(scalar) || WhiteSpace.isInvisible(scalar)
  }
}
