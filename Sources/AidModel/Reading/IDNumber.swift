/// A personal document number and what can be derived from it.
///
/// Citizen numbers follow GB 11643-1999: region (6), birth date (8), sequence (3), check (ISO 7064 MOD 11-2).
/// Residence permits of Hong Kong, Macao and Taiwan residents (81/82/83) and permanent residence cards since
/// December 2023 (first digit 9) have the same form.
public struct IDNumber: Sendable {
  public enum Kind: Sendable, Equatable {
    case citizen, residencePermit, permanentResident
    /// 15 digits, without check digit; no longer issued.
    case old
    /// Passport, travel permit: only the form can be checked.
    case document
    case unknown
  }

  public enum Sex: Sendable { case male, female }

  public let kind: Kind
  /// Meaningful only if the number has a check digit.
  public let isCheckDigitRight: Bool
  /// Nil if the number has no birth date or an impossible one.
  public let birthDate: CivilDate?
  public let sex: Sex?
  /// Whether the first two digits are an existing province or region.
  public let isRegionKnown: Bool

  /// The two-digit codes of all provinces and regions.
  private static func isProvince(_ a: UInt8, _ b: UInt8) -> Bool {
    switch Int(a - 48) * 10 + Int(b - 48) {
    case 11...15, 21...23, 31...37, 41...46, 50...54, 61...65, 71, 81...83: true
    default: false
    }
  }

  /// - Parameter text: cleaned, X upper case.
  public init(_ text: String) {
    var copy = text
    self = copy.withUTF8 { Self($0) }
  }

  /// - Parameter bytes: of a cleaned text, X upper case.
  public init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var digits = 0
    while digits < bytes.count, bytes[digits] &- 48 <= 9 { digits += 1 }
    if bytes.count == 18, digits == 18 || (digits == 17 && bytes[17] == UInt8(ascii: "X")) {
      let isResidence = bytes[0] == UInt8(ascii: "8") && bytes[1] &- 49 < 3
      kind = bytes[0] == UInt8(ascii: "9") ? .permanentResident : isResidence ? .residencePermit : .citizen
      // On a permanent residence card the province follows the 9.
      isRegionKnown =
        kind == .permanentResident
        ? Self.isProvince(bytes[1], bytes[2]) : Self.isProvince(bytes[0], bytes[1])
      isCheckDigitRight = Self.checkDigit(UnsafeBufferPointer(rebasing: bytes[..<17])) == bytes[17]
      birthDate = Self.date(bytes, 6..<14, century: 0)
      sex = (bytes[16] - 48) % 2 == 1 ? .male : .female
      return
    }
    isCheckDigitRight = true
    if bytes.count == 15, digits == 15 {
      kind = .old
      isRegionKnown = Self.isProvince(bytes[0], bytes[1])
      birthDate = Self.date(bytes, 6..<12, century: 1900)
      sex = (bytes[14] - 48) % 2 == 1 ? .male : .female
      return
    }
    isRegionKnown = true
    birthDate = nil
    sex = nil
    let isPlain = bytes.allSatisfy { ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) }
    kind = isPlain && (7...15).contains(bytes.count) && digits < bytes.count ? .document : .unknown
  }

  private static func date(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, century: Int
  ) -> CivilDate? {
    var n = 0
    for i in range { n = n * 10 + Int(bytes[i] - 48) }
    return CivilDate(year: n / 10_000 + century, month: n / 100 % 100, day: n % 100)
  }

  /// The 18-digit form of a 15-digit number: adds the century and the check digit. Nil for anything else.
  public static func withEighteenDigits(_ old: String) -> String? {
    let digits = Array(old.utf8)
    guard digits.count == 15, digits.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
    let full = digits[..<6] + Array("19".utf8) + digits[6...]
    let check = Array(full).withUnsafeBufferPointer { checkDigit($0) }
    return String(decoding: full + [check], as: UTF8.self)
  }

  /// ISO 7064 MOD 11-2 over 17 digits: `0`…`9` or `X`.
  private static func checkDigit(_ digits: UnsafeBufferPointer<UInt8>) -> UInt8 {
    // The weight of a digit is 2^(17 − place) mod 11; doubling the sum at each digit produces it.
    var sum = 0
    for digit in digits { sum = (sum + Int(digit - 48)) * 2 % 11 }
    let check = (12 - sum) % 11
    return check == 10 ? UInt8(ascii: "X") : UInt8(48 + check)
  }
}

/// The check digit of bank cards (ISO/IEC 7812). Not every account number has one.
public enum Luhn {
  /// - Precondition: ASCII digits only.
  public static func isRight(_ text: String) -> Bool {
    var copy = text
    return copy.withUTF8 { isRight($0) }
  }

  /// - Precondition: ASCII digits only.
  public static func isRight(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
    var sum = 0
    for (i, byte) in digits.reversed().enumerated() {
      let digit = Int(byte) - 48
      let value = i % 2 == 1 ? digit * 2 : digit
      sum += value > 9 ? value - 9 : value
    }
    return sum % 10 == 0
  }
}
