/// A count of hours, minutes or seconds in ISO 8601: digits, and a fraction of any length.
struct TimeDigits {
  let whole: Int
  /// The fraction in billionths; finer digits do not affect rounding to milliseconds.
  private let billionths: Int
  let hasFraction: Bool

  /// Nil if it is not a number, or has more than twelve digits before the point.
  init?(_ text: some Sequence<UInt8>) {
    var (whole, billionths, digits, decimals) = (0, 0, 0, -1)
    for byte in text {
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ","), decimals < 0 {
        decimals = 0
        continue
      }
      let digit = Int(byte) - 48
      guard (0...9).contains(digit) else { return nil }
      if decimals < 0 {
        whole = whole * 10 + digit
        digits += 1
        if digits > 12 { return nil }
      } else {
        if decimals < 9 { billionths = billionths * 10 + digit }
        decimals += 1
      }
    }
    if digits == 0 || decimals == 0 { return nil }
    for _ in max(0, min(decimals, 9))..<9 { billionths *= 10 }
    (self.whole, self.billionths, hasFraction) = (whole, billionths, decimals > 0)
  }

  /// The count in milliseconds, rounded half up.
  /// - Parameter unit: the seconds in one unit.
  func milliseconds(of unit: Int = 1) -> Int {
    whole * unit * 1000 + (billionths * unit + 500_000) / 1_000_000
  }

  /// `HH:MM` or `HH:MM:SS`, optionally with a fraction, in milliseconds. At most one day; exactly a day only
  /// if the fraction rounds up to it or the text is 24:00.
  /// - Parameter elapsed: allow hours past 24.
  static func clock(_ text: some Collection<UInt8>, elapsed: Bool = false) -> Int? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, parts.allSatisfy({ $0.count >= 2 }),
      let hours = TimeDigits(parts[0]), !hours.hasFraction, hours.whole < 1 << 32,
      let minutes = TimeDigits(parts[1]), !minutes.hasFraction, minutes.whole < 60,
      let seconds = TimeDigits(parts.count == 3 ? Array(parts[2]) : [48]), seconds.whole < 60
    else { return nil }
    let time = (hours.whole * 3600 + minutes.whole * 60) * 1000 + seconds.milliseconds()
    if elapsed || hours.whole < 24 { return time }
    return hours.whole == 24 && minutes.whole == 0 && seconds.whole == 0 && !seconds.hasFraction ? time : nil
  }
}
