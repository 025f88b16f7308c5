/// How a number between two multiples is rounded to one of them. Named as in policy files.
public enum RoundingMode: String, Sendable, CaseIterable {
  /// 四舍五入: half away from zero.
  case halfUp = "half_up"
  /// 四舍六入五成双: half to even.
  case halfEven = "half_even"
  /// 舍去: towards zero.
  case down
  /// 进一: away from zero.
  case up

  /// `x` rounded to a whole number.
  public func round(_ x: Rational) -> Int128 {
    let (quotient, remainder) = x.numerator.quotientAndRemainder(dividingBy: x.denominator)
    if remainder == 0 { return quotient }
    let away = quotient + (x.numerator < 0 ? -1 : 1)
    let twice = remainder.magnitude.multipliedReportingOverflow(by: 2)
    let against: Int =
      twice.overflow || twice.partialValue > x.denominator.magnitude
      ? 1 : (twice.partialValue == x.denominator.magnitude ? 0 : -1)
    switch self {
    case .down: return quotient
    case .up: return away
    case .halfUp: return against >= 0 ? away : quotient
    case .halfEven: return against > 0 || (against == 0 && quotient % 2 != 0) ? away : quotient
    }
  }
}
