/// A personal document number and what it says about itself.
///
/// Citizen numbers follow GB 11643-1999: region (6), birth date (8), sequence (3), check (ISO 7064 MOD 11-2).
/// Residence permits of Hong Kong, Macao and Taiwan residents (81/82/83) and permanent residence cards since
/// December 2023 (first digit 9) have the same form.
public struct IDNumber: Sendable {
  public enum Kind: Sendable, Equatable {
    case citizen, residencePermit, permanentResident
    /// 15 digits, without check digit; no longer issued.
    case old
    /// Passport, travel permit: only its form can be checked.
    case document
    case unknown
  }

  public enum Sex: Sendable { case male, female }

  public let kind: Kind
  /// Only where the number has a check digit.
  public let isCheckDigitRight: Bool
  /// Nil where the number has no birth date or names a day that never was.
  public let birthDate: CivilDate?
  public let sex: Sex?
  /// The first two digits are a province or region there is.
  public let isRegionKnown: Bool

  private static let provinces: Set<String> = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42",
    "43",
    "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
  ]

  /// - Parameter text: cleaned, X upper case.
  public init(_ text: String) {
    let bytes = Array(text.utf8)
    let digits = bytes.prefix { $0 >= 48 && $0 <= 57 }.count
    if bytes.count == 18, digits == 18 || (digits == 17 && bytes[17] == UInt8(ascii: "X")) {
      let head = String(text.prefix(2))
      kind =
        bytes[0] == UInt8(ascii: "9")
        ? .permanentResident
        : (["81", "82", "83"].contains(head) ? .residencePermit : .citizen)
      isRegionKnown = kind == .permanentResident || Self.provinces.contains(head)
      isCheckDigitRight = Self.checkDigit(bytes[..<17]) == bytes[17]
      birthDate = Self.date(bytes[6..<14], century: nil)
      sex = (bytes[16] - 48) % 2 == 1 ? .male : .female
      return
    }
    isCheckDigitRight = true
    if bytes.count == 15, digits == 15 {
      kind = .old
      isRegionKnown = Self.provinces.contains(String(text.prefix(2)))
      birthDate = Self.date(bytes[6..<12], century: 1900)
      sex = (bytes[14] - 48) % 2 == 1 ? .male : .female
      return
    }
    isRegionKnown = true
    birthDate = nil
    sex = nil
    let isPlain = bytes.allSatisfy { ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) }
    kind = isPlain && (7...15).contains(bytes.count) && digits < bytes.count ? .document : .unknown
  }

  private static func date(_ bytes: ArraySlice<UInt8>, century: Int?) -> CivilDate? {
    let n = bytes.reduce(0) { $0 * 10 + Int($1 - 48) }
    return CivilDate(year: n / 10_000 + (century ?? 0), month: n / 100 % 100, day: n % 100)
  }

  /// ISO 7064 MOD 11-2 over 17 digits: `0`…`9` or `X`.
  public static func checkDigit(_ digits: ArraySlice<UInt8>) -> UInt8 {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(digits, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
    return Array("10X98765432".utf8)[sum % 11]
  }
}

/// The check digit of bank cards (ISO/IEC 7812). Not every account follows it.
public enum Luhn {
  /// - Precondition: ASCII digits only.
  public static func isRight(_ text: String) -> Bool {
    var sum = 0
    for (i, byte) in text.utf8.reversed().enumerated() {
      let digit = Int(byte) - 48
      let value = i % 2 == 1 ? digit * 2 : digit
      sum += value > 9 ? value - 9 : value
    }
    return sum % 10 == 0
  }
}
