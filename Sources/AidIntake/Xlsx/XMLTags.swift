import Glibc

/// Start tags with prefixed names and arbitrary text in attribute values.
extension XMLBytes {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  @inline(__always)
  static func equal(_ bytes: Bytes, _ literal: StaticString) -> Bool {
    guard bytes.count == literal.utf8CodeUnitCount, let start = bytes.baseAddress else { return false }
    return memcmp(start, literal.utf8Start, bytes.count) == 0
  }

  /// Like `matches`, but faster for long literals.
  @inline(__always)
  static func begins(_ at: Pointer, _ literal: StaticString) -> Bool {
    memcmp(at, literal.utf8Start, literal.utf8CodeUnitCount) == 0
  }

  /// Reads the attributes of a tag, from the end of its name to its `>` or `/`; refuses duplicates.
  /// - Parameter take: called with the prefixed name, the raw value, and whether the value contains no entities.
  ///   Returns a number below 64 that is unique to the name, or nil for an unknown name.
  @inline(__always)
  static func tag(
    _ at: Pointer, _ scratch: inout Growing<UInt8>, take: (Bytes, Bytes, Bool) -> Int?
  ) -> Pointer? {
    var p = at
    var seen: UInt64 = 0
    while true {
      let next = skipSpaces(p)
      if next[0] == UInt8(ascii: ">") || next[0] == UInt8(ascii: "/") { return next }
      guard next > p else { return nil }
      var end = next
      while end[0] != UInt8(ascii: "=") {
        if end[0] <= 32 { return nil }
        end += 1
      }
      guard end[1] == UInt8(ascii: "\""), let (close, isPlain) = attributeValue(end + 2, &scratch),
        let number = take(
          Bytes(start: next, count: end - next), Bytes(start: end + 2, count: close - end - 2), isPlain),
        seen & 1 << UInt64(number) == 0
      else { return nil }
      seen |= 1 << UInt64(number)
      p = close + 1
    }
  }

  /// Reads an attribute value in double quotes, from after the opening quote to the closing one. Line breaks and tabs
  /// are left to libxml2, which normalises them.
  @inline(__always)
  private static func attributeValue(
    _ at: Pointer, _ scratch: inout Growing<UInt8>
  ) -> (close: Pointer, isPlain: Bool)? {
    var p = at
    var isPlain = true
    while true {
      switch p[0] {
      case UInt8(ascii: "\""): return (p, isPlain)
      case UInt8(ascii: "&"):
        isPlain = false
        let before = scratch.count
        guard let behind = entity(p, &scratch) else { return nil }
        scratch.count = before
        p = behind
      case 0x80...:
        guard let behind = characters(p) else { return nil }
        p = behind
      case 0..<32, UInt8(ascii: "<"): return nil
      default: p += 1
      }
    }
  }
}
