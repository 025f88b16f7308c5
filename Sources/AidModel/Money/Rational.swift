/// A number beyond the range of exact arithmetic, or a division by zero.
public enum ArithmeticFailure: Error, Sendable, Equatable {
  case overflow
  case divisionByZero
}

/// An exact fraction in lowest terms with a positive denominator; the only number type policies compute with.
///
/// 128-bit parts: an amount of 10¹¹ fen times six rates of six decimals each still fits. Beyond that an
/// operation throws instead of losing a digit.
public struct Rational: Hashable, Sendable {
  public let numerator: Int128
  public let denominator: Int128

  public static let zero = Rational(0)
  public static let one = Rational(1)

  public init(_ whole: Int64) {
    numerator = Int128(whole)
    denominator = 1
  }

  /// - Precondition: the denominator is not zero and neither part is `Int128.min`.
  public init(numerator: Int128, denominator: Int128) {
    precondition(denominator != 0, "a fraction needs a denominator")
    let sign: Int128 = denominator < 0 ? -1 : 1
    if let n = Int64(exactly: numerator), let d = Int64(exactly: denominator), n != .min, d != .min {
      // The usual case: 64-bit division costs a tenth of 128-bit division.
      let divisor = Int64(Self.greatestCommonDivisor(n.magnitude, d.magnitude))
      self.numerator = sign * Int128(n / divisor)
      self.denominator = sign * Int128(d / divisor)
      return
    }
    let divisor = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    self.numerator = sign * (numerator / Int128(divisor))
    self.denominator = sign * (denominator / Int128(divisor))
  }

  private init(reduced numerator: Int128, _ denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  public init(_ number: DecimalNumber) {
    self.init(numerator: Int128(number.mantissa), denominator: DecimalNumber.powerOfTen(number.scale))
  }

  private static func greatestCommonDivisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return max(x, 1)
  }

  private static func greatestCommonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return max(x, 1)
  }

  private static func product(_ a: Int128, _ b: Int128) throws(ArithmeticFailure) -> Int128 {
    let (value, overflow) = a.multipliedReportingOverflow(by: b)
    // `Int128.min` cannot be negated; keeping it out keeps every negation safe.
    if overflow || value == .min { throw .overflow }
    return value
  }

  public static func + (a: Rational, b: Rational) throws(ArithmeticFailure) -> Rational {
    if a.denominator == b.denominator {
      let (sum, overflow) = a.numerator.addingReportingOverflow(b.numerator)
      if overflow || sum == .min { throw .overflow }
      return a.denominator == 1
        ? Rational(reduced: sum, 1) : Rational(numerator: sum, denominator: a.denominator)
    }
    let left = try product(a.numerator, b.denominator)
    let right = try product(b.numerator, a.denominator)
    let (sum, overflow) = left.addingReportingOverflow(right)
    if overflow || sum == .min { throw .overflow }
    return Rational(numerator: sum, denominator: try product(a.denominator, b.denominator))
  }

  public static func - (a: Rational, b: Rational) throws(ArithmeticFailure) -> Rational { try a + (-b) }

  public static prefix func - (a: Rational) -> Rational { Rational(reduced: -a.numerator, a.denominator) }

  public static func * (a: Rational, b: Rational) throws(ArithmeticFailure) -> Rational {
    // Cancelling crosswise first keeps the parts small.
    let left = Rational(numerator: a.numerator, denominator: b.denominator)
    let right = Rational(numerator: b.numerator, denominator: a.denominator)
    return Rational(
      reduced: try product(left.numerator, right.numerator),
      try product(left.denominator, right.denominator))
  }

  public static func / (a: Rational, b: Rational) throws(ArithmeticFailure) -> Rational {
    if b.numerator == 0 { throw .divisionByZero }
    return try a * Rational(numerator: b.denominator, denominator: b.numerator)
  }

  /// The number of hundredths, if it is whole and fits.
  public var hundredths: Int64? {
    // In lowest terms, the number is a whole number of hundredths only if its denominator divides 100.
    guard denominator <= 100, 100 % Int64(denominator) == 0 else { return nil }
    let (value, overflow) = numerator.multipliedReportingOverflow(by: Int128(100 / Int64(denominator)))
    return overflow ? nil : Int64(exactly: value)
  }

  public var isNegative: Bool { numerator < 0 }
  public var isZero: Bool { numerator == 0 }
  /// The value as a whole number, or nil.
  public var whole: Int64? { denominator == 1 ? Int64(exactly: numerator) : nil }

  /// −1, 0 or 1 if this is below, equal to or above `other`. Never overflows.
  public func compare(_ other: Rational) -> Int {
    Self.compare(numerator, denominator, other.numerator, other.denominator)
  }

  /// −1, 0 or 1 if the fraction a/b is below, equal to or above c/d. Never overflows.
  /// - Precondition: `b` and `d` are positive.
  @inlinable @inline(__always)
  public static func compare<Part: FixedWidthInteger>(_ a: Part, _ b: Part, _ c: Part, _ d: Part) -> Int {
    if b == d { return a == c ? 0 : (a < c ? -1 : 1) }
    let (left, right) = (a.multipliedFullWidth(by: d), c.multipliedFullWidth(by: b))
    if left.high != right.high { return left.high < right.high ? -1 : 1 }
    return left.low == right.low ? 0 : (left.low < right.low ? -1 : 1)
  }
}

extension Rational: Comparable {
  public static func < (a: Rational, b: Rational) -> Bool { a.compare(b) < 0 }
}

extension Rational: CustomStringConvertible {
  /// Exact: a decimal if it terminates (`12.345`), else `numerator/denominator`.
  public var description: String {
    if denominator == 1 { return "\(numerator)" }
    var rest = denominator
    var (twos, fives) = (0, 0)
    while rest % 2 == 0 { (rest, twos) = (rest / 2, twos + 1) }
    while rest % 5 == 0 { (rest, fives) = (rest / 5, fives + 1) }
    let places = max(twos, fives)
    guard rest == 1, places <= 30 else { return "\(numerator)/\(denominator)" }
    var digits = numerator.magnitude
    let scale = denominator.magnitude
    var text = "\(digits / scale)."
    digits %= scale
    for _ in 0..<places {
      digits *= 10
      text += "\(digits / scale)"
      digits %= scale
    }
    return (numerator < 0 ? "-" : "") + text
  }

  /// Rounded half up to six decimals, `0.805871`; nil where the exact text is a decimal of at most nine places,
  /// or where rounding would leave nothing.
  public var approximation: String? {
    let exact = description
    if let point = exact.firstIndex(of: ".") {
      if exact.distance(from: point, to: exact.endIndex) <= 10 { return nil }
    } else if denominator == 1 {
      return nil
    }
    let scale = denominator.magnitude
    guard scale < UInt128.max / 20 else { return nil }
    var (whole, rest) = numerator.magnitude.quotientAndRemainder(dividingBy: scale)
    var decimals = 0
    for _ in 0..<6 {
      let (digit, next) = (rest * 10).quotientAndRemainder(dividingBy: scale)
      (decimals, rest) = (decimals * 10 + Int(digit), next)
    }
    if rest * 2 >= scale { decimals += 1 }
    if decimals == 1_000_000 { (whole, decimals) = (whole + 1, 0) }
    if whole == 0, decimals == 0 { return nil }
    let digits = "\(decimals)"
    let zeros = String(repeating: "0", count: 6 - digits.count)
    return (numerator < 0 ? "-" : "") + "\(whole)." + zeros + digits
  }
}
