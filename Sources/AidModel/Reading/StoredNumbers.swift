/// Spreadsheets store numbers in binary (IEEE 754 binary64, 53 significant bits) and write them with up to 17
/// digits, so one stored number has several decimal spellings. Compared here in integer arithmetic.
enum StoredNumbers {
  /// Whether two positive decimals spell the same stored number: both round to the same 53 bits.
  static func areOne(_ a: DecimalNumber, _ b: DecimalNumber) -> Bool {
    guard a.mantissa > 0, b.mantissa > 0 else { return a.mantissa == 0 && b.mantissa == 0 }
    // Both use the finer of the two spacings, in case a power of two lies between them.
    let exponent = min(exponent(a), exponent(b))
    let shift = 52 - exponent
    guard shift >= 0, shift <= 60, let x = rounded(a, shift), let y = rounded(b, shift) else { return false }
    return x == y
  }

  /// The whole hundredths that `whole`.`fraction` is the long spelling of: the same stored number (see
  /// `areOne`) within a ten-thousandth of the last place. Nil if there are none, or below 1. In machine
  /// words.
  /// - Precondition: `whole` < 2³⁰, 3 ≤ `places` ≤ 16, and both have at most 17 digits together.
  static func hundredths(_ whole: Int64, _ fraction: Int64, _ places: Int) -> Int64? {
    let unit = powers[places - 2]
    let (parts, rest) = fraction.quotientAndRemainder(dividingBy: unit)
    let isUp = rest * 2 >= unit
    let short = whole * 100 + parts + (isUp ? 1 : 0)
    if rest == 0 { return short }
    guard whole > 0, (isUp ? unit - rest : rest) <= unit / 10_000 else { return nil }
    let exponent = 63 - max(1, min(whole, short / 100)).leadingZeroBitCount
    let long = UInt64(whole * powers[places] + fraction)
    let same =
      rounded(long, UInt64(powers[places]), 52 - exponent) == rounded(UInt64(short), 100, 52 - exponent)
    return same ? short : nil
  }

  private static let powers: [Int64] = (0...16).map { (0..<$0).reduce(1) { n, _ in n * 10 } }

  /// `number` / `unit` times 2^shift, rounded half to even.
  /// - Precondition: the result is below 2⁶³, and 0 < `shift` < 64.
  private static func rounded(_ number: UInt64, _ unit: UInt64, _ shift: Int) -> UInt64 {
    let (whole, rest) = unit.dividingFullWidth((number >> UInt64(64 - shift), number << UInt64(shift)))
    let twice = rest * 2
    return whole + (twice > unit || (twice == unit && whole % 2 != 0) ? 1 : 0)
  }

  /// The largest k with 2^k ≤ `number`.
  private static func exponent(_ number: DecimalNumber) -> Int {
    let unit = DecimalNumber.powerOfTen(number.scale)
    let mantissa = Int128(number.mantissa)
    var k = (128 - mantissa.leadingZeroBitCount) - (128 - unit.leadingZeroBitCount)
    let isAtLeast = k >= 0 ? mantissa >= unit << k : mantissa << -k >= unit
    if !isAtLeast { k -= 1 }
    return k
  }

  /// `number` times 2^`shift`, rounded half to even; nil past 127 bits.
  private static func rounded(_ number: DecimalNumber, _ shift: Int) -> Int128? {
    let mantissa = Int128(number.mantissa)
    guard mantissa.leadingZeroBitCount > shift + 1 else { return nil }
    let unit = DecimalNumber.powerOfTen(number.scale)
    let (whole, rest) = (mantissa << shift).quotientAndRemainder(dividingBy: unit)
    let twice = rest * 2
    return whole + (twice > unit || (twice == unit && whole % 2 != 0) ? 1 : 0)
  }
}
