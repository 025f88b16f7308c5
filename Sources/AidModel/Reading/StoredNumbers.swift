/// Spreadsheets keep numbers in binary (IEEE 754 binary64, 53 significant bits) and write them with up to 17 digits, so
/// one stored number has several spellings. Told here with whole numbers alone.
enum StoredNumbers {
  /// Whether two positive decimals are spellings of one stored number: both round to the same 53 bits.
  static func areOne(_ a: DecimalNumber, _ b: DecimalNumber) -> Bool {
    guard a.mantissa > 0, b.mantissa > 0 else { return a.mantissa == 0 && b.mantissa == 0 }
    // In units of the finer of the two spacings, so that a power of two between them misleads nobody.
    let exponent = min(exponent(a), exponent(b))
    let shift = 52 - exponent
    guard shift >= 0, shift <= 60, let x = rounded(a, shift), let y = rounded(b, shift) else { return false }
    return x == y
  }

  /// The largest k with 2^k ≤ number.
  private static func exponent(_ number: DecimalNumber) -> Int {
    let unit = DecimalNumber.powerOfTen(number.scale)
    let mantissa = Int128(number.mantissa)
    var k = (128 - mantissa.leadingZeroBitCount) - (128 - unit.leadingZeroBitCount)
    let isAtLeast = k >= 0 ? mantissa >= unit << k : mantissa << -k >= unit
    if !isAtLeast { k -= 1 }
    return k
  }

  /// The number times 2^shift, rounded to a whole number, half to even; nil past 127 bits.
  private static func rounded(_ number: DecimalNumber, _ shift: Int) -> Int128? {
    let mantissa = Int128(number.mantissa)
    guard mantissa.leadingZeroBitCount > shift + 1 else { return nil }
    let unit = DecimalNumber.powerOfTen(number.scale)
    let (whole, rest) = (mantissa << shift).quotientAndRemainder(dividingBy: unit)
    let twice = rest * 2
    return whole + (twice > unit || (twice == unit && whole % 2 != 0) ? 1 : 0)
  }
}
