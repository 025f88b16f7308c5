/// Characters of staff numbers that a reader may take for another one.
enum LookAlikes {
  /// Letters of other alphabets that look like Latin capitals.
  private static let latin: [Unicode.Scalar: Unicode.Scalar] = {
    let seen = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТУХ〇Ⅰ".unicodeScalars
    let meant = "ABEZHIKMNOPTYXABESIJKMHOPCTYXOI".unicodeScalars
    return Dictionary(uniqueKeysWithValues: zip(seen, meant))
  }()

  /// Whether any character may be taken for a digit, or is not ASCII.
  @inline(__always)
  static func mayBe(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in bytes where byte >= 65 {
      // O, o, I, i, l, |
      switch byte {
      case 79, 111, 73, 105, 108, 124, 128...: return true
      default: break
      }
    }
    return false
  }

  /// One character for all that look alike: capitals for small letters, 0 for O, 1 for I and a small l.
  static func folded(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { folded($0) }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar == "l" || scalar == "|" { return "1" }
    let upper = scalar.properties.uppercaseMapping.unicodeScalars.first ?? scalar
    switch latin[upper] ?? upper {
    case "O": return "0"
    case "I": return "1"
    case let other: return other
    }
  }
}
