/// White space as spreadsheets hold it.
enum WhiteSpace {
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Zero width, direction marks, BOM, soft hyphen, variation selectors: seen by nobody.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF, 0xFE00...0xFE0F,
      0x00...0x08, 0x0E...0x1F, 0x7F:
      true
    default: false
    }
  }

  static func isBlank(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first else { return true }
    if first > 0x20, first < 0x7F { return false }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy {
      contains($0) || isInvisible($0)
    }
  }
}

/// Takes off what is around and inside text without meaning, and says what it took.
enum TextCleaning {
  /// Whether `clean` would change nothing and notice nothing, told from the bytes alone. May err towards false.
  static func isClean(_ bytes: UnsafeBufferPointer<UInt8>, asName: Bool) -> Bool {
    guard let first = bytes.first, let last = bytes.last, first != 0x20, last != 0x20 else { return false }
    switch first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "'"):
      return false
    default: break
    }
    for (i, byte) in bytes.enumerated() {
      // Han characters, nearly all of them, and what follows a first byte.
      if byte &- 0xE4 < 10 || byte &- 0x80 < 0x40 { continue }
      if byte < 0x20 || byte == 0x7F { return false }
      // C2: NBSP, soft hyphen; E1: a white space of Ogham; E2: general punctuation, radicals; EF: full width, BOM,
      // compatibility; EE: private use; F0, F3: planes where compatibility ideographs and private use live.
      if byte == 0xC2 || byte == 0xE1 || byte == 0xE2 || byte >= 0xEE { return false }
      if byte == 0xE3, i + 2 < bytes.count {
        if bytes[i + 1] == 0x80, bytes[i + 2] == 0x80 { return false }
        if asName, bytes[i + 1] == 0x83 || bytes[i + 1] == 0x80 { return false }
      }
      if asName, byte < 0x40, isOddInName(byte) { return false }
    }
    return true
  }

  private static func isOddInName(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "*")
  }

  static func clean(_ text: String, asName: Bool) -> (text: String, notes: FieldNotes) {
    var notes: FieldNotes = []
    // Systems put a tab before a number to keep its zeros; it is trimmed, and what follows is looked at below.
    if let first = text.unicodeScalars.first, beginsFormula(first) { notes.insert(.formulaLike) }
    var scalars = Array(text.unicodeScalars)
    let visible = scalars.filter { !WhiteSpace.isInvisible($0) }
    if visible.count != scalars.count { notes.insert(.invisible) }
    var trimmed = visible[...]
    while let first = trimmed.first, WhiteSpace.contains(first) { trimmed.removeFirst() }
    while let last = trimmed.last, WhiteSpace.contains(last) { trimmed.removeLast() }
    if trimmed.count != visible.count { notes.insert(.trimmed) }
    if let first = trimmed.first, beginsFormula(first) { notes.insert(.formulaLike) }
    // A lone dash says "nothing" and computes nothing.
    if trimmed.count <= 1, trimmed.first == "-" || trimmed.first == "－" { notes.remove(.formulaLike) }
    scalars = Array(trimmed)
    if asName { cleanName(&scalars, &notes) }
    return (String(String.UnicodeScalarView(scalars)), notes)
  }

  private static func beginsFormula(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "=", "+", "-", "@", "\r", "＝", "＋", "－", "＠": true
    default: false
    }
  }

  private static func cleanName(_ scalars: inout [Unicode.Scalar], _ notes: inout FieldNotes) {
    var out: [Unicode.Scalar] = []
    // The first place behind `i` that is no white space; it moves forward only, so a name of spaces costs no more.
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
      switch scalar.value {
      case 0xE000...0xF8FF, 0xF_0000...0x10_FFFD: notes.insert(.namePrivateUse)
      case 0xFFFD, 0xFFFC: notes.insert(.namePrivateUse)
      // What stands for a character that could not be typed or was masked.
      case 0x3F, 0x2A, 0xFF1F, 0xFF0A, 0x25A0...0x25A3, 0x25AE...0x25AF, 0x25FB...0x25FE, 0x3013, 0x2610:
        notes.insert(.namePrivateUse)
      case 0xF900...0xFAFF where !isStableCompatibility(scalar.value), 0x2F800...0x2FA1F, 0x2E80...0x2FD5:
        notes.insert(.nameCompatibility)
      default: break
      }
      out.append(scalar)
    }
    scalars = out
  }

  /// Twelve code points of the compatibility block are ordinary characters (U+FA0E and others).
  private static func isStableCompatibility(_ value: UInt32) -> Bool {
    [0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29].contains(
      value)
  }

  /// Look-alikes of U+00B7, the separator that names are registered with.
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

  /// Full-width ASCII, the ideographic space and ￥ made plain.
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

  /// An identifier without spaces, hyphens and quotes, full-width made plain; an ID number's x upper case.
  static func plainIdentifier(_ text: String, _ role: ColumnRole) -> String {
    var out = String.UnicodeScalarView()
    for scalar in halfWidth(text).unicodeScalars {
      if WhiteSpace.contains(scalar) || scalar == "'" || scalar == "\u{2019}" { continue }
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

  /// Programs that count with floating point write 120001 as `120001.0`: past 15 digits such a number is not the one it
  /// was, and stays as it is.
  private static func withoutFraction(_ text: String) -> String {
    guard text.hasSuffix(".0"), (3...17).contains(text.utf8.count) else { return text }
    let digits = text.dropLast(2)
    return digits.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } ? String(digits) : text
  }

  /// Text as a key of a word list: half width, no white space, ASCII lower case.
  static func key(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in halfWidth(text).unicodeScalars
    where !WhiteSpace.contains(scalar) && !WhiteSpace.isInvisible(scalar) {
      out.append(
        scalar.value >= 65 && scalar.value <= 90 ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar)
    }
    return String(out)
  }
}

/// Word-list keys for other rooms: headings, choices.
public enum TextKey {
  /// Half width, no white space or invisible characters, ASCII lower case.
  public static func of(_ text: String) -> String { TextCleaning.key(text) }

  /// Whether a key leaves the character out.
  public static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    WhiteSpace.contains(scalar) || WhiteSpace.isInvisible(scalar)
  }
}
