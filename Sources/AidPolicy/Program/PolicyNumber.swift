import AidModel

/// A number past what its parts can hold; the award is then worked out again with wider ones.
struct TooWide: Error {}

/// What a policy computes with: an exact fraction. Whatever does not fit is thrown, never rounded.
///
/// A value that is not known has the denominator 0 (`UnknownValue`). Of a date the fraction is its day
/// number, of a flag 0 or 1, of a text its number among the texts of the run. A value whose kind only the run
/// knows has a denominator below 0 that tells it (`ValueTag`).
protocol PolicyNumber: BitwiseCopyable, Sendable {
  associatedtype Part: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable

  var numerator: Part { get }
  var denominator: Part { get }
  init(numerator: Part, denominator: Part)
  /// Nil where it does not fit.
  init?(_ number: Rational)
  /// What overflows cannot be computed at all.
  static var isWidest: Bool { get }

  /// Of two operands the first that is not known is the result.
  static func + (a: Self, b: Self) throws(TooWide) -> Self
  static func * (a: Self, b: Self) throws(TooWide) -> Self
  static func / (a: Self, b: Self) throws(TooWide) -> Self
  /// To a multiple of `unit` fen, in fen. The number is yuan, and known.
  func rounded(toFen unit: Int64, _ mode: RoundingMode) throws(TooWide) -> Int64
}

extension PolicyNumber {
  @inline(__always) static var zero: Self { Self(0) }

  @inline(__always)
  init(_ whole: Int64) { self.init(numerator: Part(truncatingIfNeeded: whole), denominator: 1) }

  @inline(__always)
  init(_ flag: Bool) { self.init(numerator: flag ? 1 : 0, denominator: 1) }

  @inline(__always)
  init(_ money: Money) { self.init(numerator: Part(truncatingIfNeeded: money.fen), denominator: 100) }

  @inline(__always)
  init(_ day: CivilDate) { self.init(Int64(day.dayNumber)) }

  @inline(__always) var isKnown: Bool { denominator != 0 }
  @inline(__always) var isNegative: Bool { numerator < 0 }
  /// A flag that is known to hold.
  @inline(__always) var isTrue: Bool { denominator != 0 && numerator != 0 }
  /// A flag that is known not to hold.
  @inline(__always) var isFalse: Bool { denominator != 0 && numerator == 0 }

  /// Of numbers.
  var rational: Rational { Rational(numerator: Int128(numerator), denominator: Int128(denominator)) }

  /// The kind of a value only the run knows, as `ValueTag` tells it; above 0: a number, however wide.
  @inline(__always) var tag: Int { Int(clamping: denominator) }

  /// Of dates.
  var date: CivilDate { CivilDate(dayNumber: Int32(truncatingIfNeeded: numerator)) }

  @inline(__always)
  static prefix func - (a: Self) -> Self {
    a.isKnown ? Self(numerator: 0 &- a.numerator, denominator: a.denominator) : a
  }

  @inline(__always)
  static func - (a: Self, b: Self) throws(TooWide) -> Self {
    // Most numbers are fen, or over the same power of ten.
    if a.denominator == b.denominator, a.denominator != 0 {
      return Self(numerator: try sum(a.numerator, 0 &- b.numerator), denominator: a.denominator)
    }
    return try a + (-b)
  }

  /// −1, 0 or 1 as this is below, equal to or above `other`, both known. Never overflows.
  @inline(__always)
  func compare(_ other: Self) -> Int {
    Rational.compare(numerator, denominator, other.numerator, other.denominator)
  }

  /// The whole number at or below.
  var floor: Self {
    if !isKnown { return self }
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    return Self(numerator: rest < 0 ? quotient - 1 : quotient, denominator: 1)
  }

  /// What is left of it, never below zero.
  @inline(__always)
  func less(_ other: Self) throws(TooWide) -> Self {
    let rest = try self - other
    return rest.isNegative ? .zero : rest
  }

  @inline(__always)
  static func product(_ a: Part, _ b: Part) throws(TooWide) -> Part {
    let (value, overflow) = a.multipliedReportingOverflow(by: b)
    // The least of all has no opposite.
    if overflow || value == .min { throw TooWide() }
    return value
  }

  @inline(__always)
  static func sum(_ a: Part, _ b: Part) throws(TooWide) -> Part {
    let (value, overflow) = a.addingReportingOverflow(b)
    if overflow || value == .min { throw TooWide() }
    return value
  }
}

/// Denominators that tell the kind of a value which only the run knows.
enum ValueTag {
  static let text = -1, date = -2, flag = -3
  /// Months in the upper half of the numerator, days in the lower.
  static let span = -4
  /// The earlier day in the upper half of the numerator, the later one in the lower.
  static let elapsed = -5
}

extension PolicyNumber {
  init(_ span: Span) {
    self.init(
      numerator: Part(
        truncatingIfNeeded: Int64(span.months) << 32 | Int64(UInt32(bitPattern: Int32(span.days)))),
      denominator: Part(ValueTag.span))
  }

  init(from: CivilDate, to: CivilDate) {
    self.init(
      numerator: Part(
        truncatingIfNeeded: Int64(from.dayNumber) << 32 | Int64(UInt32(bitPattern: to.dayNumber))),
      denominator: Part(ValueTag.elapsed))
  }

  private var halves: (upper: Int32, lower: Int32) {
    let word = Int64(truncatingIfNeeded: numerator)
    return (Int32(truncatingIfNeeded: word >> 32), Int32(truncatingIfNeeded: word))
  }

  var span: Span { Span(months: Int(halves.upper), days: Int(halves.lower)) }

  var ends: (from: CivilDate, to: CivilDate) {
    (CivilDate(dayNumber: halves.upper), CivilDate(dayNumber: halves.lower))
  }
}

/// The widest numbers there are: parts of 128 bits in lowest terms.
struct Fraction128: PolicyNumber {
  let numerator: Int128
  let denominator: Int128

  static var isWidest: Bool { true }

  init(numerator: Int128, denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  init(_ number: Rational) { self.init(numerator: number.numerator, denominator: number.denominator) }

  private static func computed(
    _ a: Fraction128, _ b: Fraction128,
    _ operation: (Rational, Rational) throws(ArithmeticFailure) -> Rational
  ) throws(TooWide) -> Fraction128 {
    if !a.isKnown { return a }
    if !b.isKnown { return b }
    do throws(ArithmeticFailure) {
      return Fraction128(try operation(a.rational, b.rational))
    } catch {
      throw TooWide()
    }
  }

  static func + (a: Fraction128, b: Fraction128) throws(TooWide) -> Fraction128 {
    try computed(a, b) { (x, y) throws(ArithmeticFailure) in try x + y }
  }

  static func * (a: Fraction128, b: Fraction128) throws(TooWide) -> Fraction128 {
    try computed(a, b) { (x, y) throws(ArithmeticFailure) in try x * y }
  }

  static func / (a: Fraction128, b: Fraction128) throws(TooWide) -> Fraction128 {
    if a.isKnown, b.isFalse { return .notComputable }
    return try computed(a, b) { (x, y) throws(ArithmeticFailure) in try x / y }
  }

  func rounded(toFen unit: Int64, _ mode: RoundingMode) throws(TooWide) -> Int64 {
    do throws(ArithmeticFailure) {
      return try Money(yuan: rational, unit: unit, rounding: mode).fen
    } catch {
      throw TooWide()
    }
  }
}
