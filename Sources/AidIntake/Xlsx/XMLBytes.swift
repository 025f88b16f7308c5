/// Scans a subset of well-formed XML byte by byte. Every function returns where it stopped, or nil at the
/// first byte outside the subset.
///
/// - Precondition: `PartPieces.padding` zero bytes follow the input. None is part of any form, so no function
///   reads past them.
enum XMLBytes {
  typealias Pointer = UnsafePointer<UInt8>

  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 10 || byte == 9 || byte == 13 }

  @inline(__always)
  static func skipSpaces(_ at: Pointer) -> Pointer {
    var p = at
    while isSpace(p[0]) { p += 1 }
    return p
  }

  @inline(__always)
  static func matches(_ at: Pointer, _ literal: StaticString) -> Bool {
    for i in 0..<literal.utf8CodeUnitCount where at[i] != literal.utf8Start[i] { return false }
    return true
  }

  /// Reads character data up to the next `<`, decodes entities, and appends it to `out`.
  static func text(_ at: Pointer, _ out: inout Growing<UInt8>) -> Pointer? {
    var p = at
    var start = at
    while true {
      p = plain(p)
      switch p[0] {
      case UInt8(ascii: "<"):
        out.append(start, count: p - start)
        return p
      case UInt8(ascii: "&"):
        out.append(start, count: p - start)
        guard let behind = entity(p, &out) else { return nil }
        p = behind
        start = behind
      case UInt8(ascii: "]"):
        if p[1] == UInt8(ascii: "]"), p[2] == UInt8(ascii: ">") { return nil }
        p += 1
      case 9, 10: p += 1
      case 0x80...:
        guard let behind = characters(p) else { return nil }
        p = behind
      default: return nil
      }
    }
  }

  /// The first byte that is not a plain ASCII text character.
  @inline(__always)
  private static func plain(_ at: Pointer) -> Pointer {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var p = at
    while true {
      let word = UnsafeRawPointer(p).loadUnaligned(as: UInt64.self).littleEndian
      // A byte below 32, above 127, or one of `<`, `&`, `]` gets its high bit set; the lowest such bit is
      // exact.
      var found = (word &- ones &* 32) & ~word
      let less = word ^ (ones &* 0x3C)
      let ampersand = word ^ (ones &* 0x26)
      let bracket = word ^ (ones &* 0x5D)
      found |= (less &- ones) & ~less
      found |= (ampersand &- ones) & ~ampersand
      found |= (bracket &- ones) & ~bracket
      found = (found | word) & highs
      if found != 0 { return p + found.trailingZeroBitCount / 8 }
      p += 8
    }
  }

  /// Skips non-ASCII characters if they are well-formed UTF-8 that XML allows.
  @inline(__always)
  static func characters(_ at: Pointer) -> Pointer? {
    var p = at
    while p[0] >= 0x80 {
      let a = p[0]
      if a >= 0xE1, a <= 0xEC || a == 0xEE {
        guard p[1] & 0xC0 == 0x80, p[2] & 0xC0 == 0x80 else { return nil }
        p += 3
      } else if a < 0xE0 {
        guard a >= 0xC2, p[1] & 0xC0 == 0x80 else { return nil }
        p += 2
      } else if a < 0xF0 {
        guard p[1] & 0xC0 == 0x80, p[2] & 0xC0 == 0x80 else { return nil }
        let scalar = UInt32(a & 0x0F) << 12 | UInt32(p[1] & 0x3F) << 6 | UInt32(p[2] & 0x3F)
        guard scalar >= 0x800, !(0xD800...0xDFFF).contains(scalar), scalar < 0xFFFE else { return nil }
        p += 3
      } else {
        guard a <= 0xF4, p[1] & 0xC0 == 0x80, p[2] & 0xC0 == 0x80, p[3] & 0xC0 == 0x80 else { return nil }
        let high = UInt32(a & 0x07) << 6 | UInt32(p[1] & 0x3F)
        guard high >= 0x10, high < 0x110 else { return nil }
        p += 4
      }
    }
    return p
  }

  /// Decodes one of XML's five entities, or a character reference.
  static func entity(_ at: Pointer, _ out: inout Growing<UInt8>) -> Pointer? {
    if at[1] == UInt8(ascii: "#") { return reference(at, &out) }
    if matches(at, "&amp;") {
      out.append(UInt8(ascii: "&"))
      return at + 5
    }
    if matches(at, "&lt;") || matches(at, "&gt;") {
      out.append(at[1] == UInt8(ascii: "l") ? UInt8(ascii: "<") : UInt8(ascii: ">"))
      return at + 4
    }
    if matches(at, "&quot;") || matches(at, "&apos;") {
      out.append(at[1] == UInt8(ascii: "q") ? UInt8(ascii: "\"") : UInt8(ascii: "'"))
      return at + 6
    }
    return nil
  }

  private static func reference(_ at: Pointer, _ out: inout Growing<UInt8>) -> Pointer? {
    let isHex = at[2] == UInt8(ascii: "x")
    var p = at + (isHex ? 3 : 2)
    let first = p
    var value: UInt32 = 0
    while p[0] != UInt8(ascii: ";") {
      let digit: UInt32
      switch p[0] {
      case 48...57: digit = UInt32(p[0] - 48)
      case 65...70 where isHex: digit = UInt32(p[0] - 55)
      case 97...102 where isHex: digit = UInt32(p[0] - 87)
      default: return nil
      }
      value = value &* (isHex ? 16 : 10) &+ digit
      if value > 0x10_FFFF { return nil }
      p += 1
    }
    guard p > first, let scalar = Unicode.Scalar(value), value >= 32 || [9, 10, 13].contains(value),
      value != 0xFFFE, value != 0xFFFF
    else { return nil }
    for unit in UTF8.encode(scalar)! { out.append(unit) }
    return p + 1
  }

  /// An attribute value of plain ASCII in double quotes: from after the first quote to the second.
  @inline(__always)
  static func value(_ at: Pointer) -> Pointer? {
    var p = at
    while p[0] != UInt8(ascii: "\"") {
      if p[0] < 32 || p[0] >= 127 || p[0] == UInt8(ascii: "<") || p[0] == UInt8(ascii: "&") { return nil }
      p += 1
    }
    return p
  }

  /// Skips the letters, digits and colon of a name.
  @inline(__always)
  static func name(_ at: Pointer) -> Pointer {
    var p = at
    while (p[0] | 0x20) &- 97 < 26 || p[0] &- 48 <= 10 { p += 1 }
    return p
  }

  /// The attributes of a tag, from the end of its name to its `>` or `/>`; each must be known and unique.
  /// - Parameter take: gets the index of the name in `known`, and the value.
  @inline(__always)
  static func attributes(
    _ at: Pointer, known: [StaticString], take: (Int, UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Pointer? {
    var p = at
    var seen = 0
    while true {
      let next = skipSpaces(p)
      if next[0] == UInt8(ascii: ">") || next[0] == UInt8(ascii: "/") { return next }
      guard next > p else { return nil }
      let end = name(next)
      guard end[0] == UInt8(ascii: "="), end[1] == UInt8(ascii: "\""),
        let found = known.firstIndex(where: { $0.utf8CodeUnitCount == end - next && matches(next, $0) }),
        seen & 1 << found == 0, let close = value(end + 2),
        take(found, UnsafeBufferPointer(start: end + 2, count: close - end - 2))
      else { return nil }
      seen |= 1 << found
      p = close + 1
    }
  }

  /// `<name a="1" b="2"/>` with any name, unique attributes and no prefixes.
  static func emptyElement(_ at: Pointer) -> Pointer? {
    guard at[0] == UInt8(ascii: "<"), (at[1] | 0x20) &- 97 < 26 else { return nil }
    var p = name(at + 1)
    if hasColon(at + 1, p) { return nil }
    let first = p
    // Tags with more attributes are left to libxml2, which rejects far too many.
    for _ in 0...16 {
      let next = skipSpaces(p)
      if next[0] == UInt8(ascii: "/") { return next[1] == UInt8(ascii: ">") ? next + 2 : nil }
      guard next > p, (next[0] | 0x20) &- 97 < 26 else { return nil }
      let end = name(next)
      guard end[0] == UInt8(ascii: "="), end[1] == UInt8(ascii: "\""), !hasColon(next, end),
        !isTwice(next, end, from: first), !isNamespace(next, end), let close = value(end + 2)
      else { return nil }
      p = close + 1
    }
    return nil
  }

  private static func hasColon(_ from: Pointer, _ to: Pointer) -> Bool {
    UnsafeBufferPointer(start: from, count: to - from).contains(UInt8(ascii: ":"))
  }

  private static func isNamespace(_ from: Pointer, _ to: Pointer) -> Bool {
    to - from == 5 && matches(from, "xmlns")
  }

  /// Whether an attribute of this name occurs earlier in the tag, whose attributes begin at `first`.
  private static func isTwice(_ from: Pointer, _ to: Pointer, from first: Pointer) -> Bool {
    var p = first
    while true {
      p = skipSpaces(p)
      if p >= from { return false }
      let end = name(p)
      if end - p == to - from,
        UnsafeBufferPointer(start: p, count: end - p)
          .elementsEqual(UnsafeBufferPointer(start: from, count: to - from))
      {
        return true
      }
      guard let close = value(end + 2) else { return true }
      p = close + 1
    }
  }
}

/// The text of a string item, plain or in runs, without phonetic properties. Struck-through runs are left to
/// libxml2: they are rare and must be reported.
enum RichText {
  private static let space: [StaticString] = ["xml:space"]

  /// Reads from the end of `<is>` or `<si>` to its end tag and appends the texts to `out`; `sawText` says
  /// whether there was a `t`.
  static func scan(
    _ at: UnsafePointer<UInt8>, _ out: inout Growing<UInt8>, _ sawText: inout Bool
  ) -> UnsafePointer<UInt8>? {
    var p = at
    var inRun = false
    while true {
      p = XMLBytes.skipSpaces(p)
      guard p[0] == UInt8(ascii: "<") else { return nil }
      switch p[1] {
      case UInt8(ascii: "t"):
        guard let behind = text(p, &out) else { return nil }
        sawText = true
        p = behind
      case UInt8(ascii: "r") where p[2] == UInt8(ascii: ">") && !inRun:
        inRun = true
        p += 3
      case UInt8(ascii: "r") where inRun && XMLBytes.matches(p, "<rPr>"):
        guard let behind = properties(p + 5) else { return nil }
        p = behind
      case UInt8(ascii: "r") where inRun && XMLBytes.matches(p, "<rPr/>"): p += 6
      case UInt8(ascii: "p") where !inRun && XMLBytes.matches(p, "<phoneticPr "):
        guard let behind = XMLBytes.emptyElement(p) else { return nil }
        p = behind
      case UInt8(ascii: "/"):
        if !inRun { return p }
        guard XMLBytes.matches(p, "</r>") else { return nil }
        inRun = false
        p += 4
      default: return nil
      }
    }
  }

  private static func text(
    _ at: UnsafePointer<UInt8>, _ out: inout Growing<UInt8>
  ) -> UnsafePointer<UInt8>? {
    var p = at + 2
    if p[0] != UInt8(ascii: ">") {
      guard let end = XMLBytes.attributes(p, known: space, take: { _, _ in true }) else { return nil }
      if end[0] == UInt8(ascii: "/") { return end[1] == UInt8(ascii: ">") ? end + 2 : nil }
      p = end
    }
    guard let end = XMLBytes.text(p + 1, &out), XMLBytes.matches(end, "</t>") else { return nil }
    return end + 4
  }

  private static func properties(_ at: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    var p = XMLBytes.skipSpaces(at)
    while !XMLBytes.matches(p, "</rPr>") {
      guard !XMLBytes.matches(p, "<strike"), let behind = XMLBytes.emptyElement(p) else { return nil }
      p = XMLBytes.skipSpaces(behind)
    }
    return p + 6
  }
}
