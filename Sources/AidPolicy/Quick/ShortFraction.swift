import AidModel

/// Something the quick way does not cover: a value that is not known, a number past 64 bits, a decision to be made. The
/// exact way then says what.
struct NotCovered: Error {}

/// An exact fraction of two words, not brought to lowest terms: what the quick way computes with. Whatever does not fit
/// is thrown, never rounded. Of a date it is the day number, of a flag 0 or 1, of a text its place among known ones.
struct ShortFraction: Sendable, BitwiseCopyable {
  var numerator: Int64
  /// Above zero; zero: the value is not known.
  var denominator: Int64

  static let zero = ShortFraction(0)
  static let one = ShortFraction(1)
  static let blank = ShortFraction(numerator: 1, denominator: 0)
  static let unreadable = ShortFraction(numerator: 0, denominator: 0)

  @inline(__always)
  init(numerator: Int64, denominator: Int64) {
    self.numerator = numerator
    self.denominator = denominator
  }

  @inline(__always)
  init(_ whole: Int64) { self.init(numerator: whole, denominator: 1) }

  @inline(__always)
  init(_ flag: Bool) { self.init(numerator: flag ? 1 : 0, denominator: 1) }

  @inline(__always)
  init(_ money: Money) { self.init(numerator: money.fen, denominator: 100) }

  /// Over a power of ten where there is one below 10⁷, so that sums need no common denominator to be found.
  init(_ number: Rational) throws(NotCovered) {
    guard let numerator = Int64(exactly: number.numerator), let own = Int64(exactly: number.denominator)
    else { throw NotCovered() }
    var ten: Int64 = 1
    while own > 1, ten < 1_000_000 {
      ten *= 10
      guard ten % own == 0 else { continue }
      let (wide, overflow) = numerator.multipliedReportingOverflow(by: ten / own)
      if overflow { break }
      self.init(numerator: wide, denominator: ten)
      return
    }
    self.init(numerator: numerator, denominator: own)
  }

  var rational: Rational { Rational(numerator: Int128(numerator), denominator: Int128(denominator)) }

  @inline(__always) var isBlank: Bool { denominator == 0 && numerator == 1 }
  @inline(__always) var isNegative: Bool { numerator < 0 }

  /// - Throws: where the value is not known.
  @inline(__always)
  var known: ShortFraction {
    get throws(NotCovered) {
      if denominator == 0 { throw NotCovered() }
      return self
    }
  }

  @inline(__always)
  static func product(_ a: Int64, _ b: Int64) throws(NotCovered) -> Int64 {
    let (value, overflow) = a.multipliedReportingOverflow(by: b)
    // The least of all has no opposite.
    if overflow || value == .min { throw NotCovered() }
    return value
  }

  @inline(__always)
  static func sum(_ a: Int64, _ b: Int64) throws(NotCovered) -> Int64 {
    let (value, overflow) = a.addingReportingOverflow(b)
    if overflow || value == .min { throw NotCovered() }
    return value
  }

  @inline(__always)
  static func + (a: ShortFraction, b: ShortFraction) throws(NotCovered) -> ShortFraction {
    if a.denominator == 0 || b.denominator == 0 { throw NotCovered() }
    if a.denominator == b.denominator {
      return ShortFraction(numerator: try sum(a.numerator, b.numerator), denominator: a.denominator)
    }
    return try addedAcross(a, b)
  }

  private static func addedAcross(
    _ a: ShortFraction, _ b: ShortFraction
  ) throws(NotCovered) -> ShortFraction {
    let (wide, narrow) = a.denominator > b.denominator ? (a, b) : (b, a)
    let (times, rest) = wide.denominator.quotientAndRemainder(dividingBy: narrow.denominator)
    if rest == 0 {
      return ShortFraction(
        numerator: try sum(wide.numerator, try product(narrow.numerator, times)),
        denominator: wide.denominator)
    }
    return ShortFraction(
      numerator: try sum(
        try product(a.numerator, b.denominator), try product(b.numerator, a.denominator)),
      denominator: try product(a.denominator, b.denominator))
  }

  @inline(__always)
  static prefix func - (a: ShortFraction) -> ShortFraction {
    ShortFraction(numerator: 0 &- a.numerator, denominator: a.denominator)
  }

  @inline(__always)
  static func - (a: ShortFraction, b: ShortFraction) throws(NotCovered) -> ShortFraction { try a + (-b) }

  @inline(__always)
  static func * (a: ShortFraction, b: ShortFraction) throws(NotCovered) -> ShortFraction {
    if a.denominator == 0 || b.denominator == 0 { throw NotCovered() }
    return ShortFraction(
      numerator: try product(a.numerator, b.numerator),
      denominator: try product(a.denominator, b.denominator))
  }

  @inline(__always)
  static func / (a: ShortFraction, b: ShortFraction) throws(NotCovered) -> ShortFraction {
    if a.denominator == 0 || b.denominator == 0 || b.numerator == 0 { throw NotCovered() }
    let sign: Int64 = b.numerator < 0 ? -1 : 1
    return ShortFraction(
      numerator: try product(try product(a.numerator, b.denominator), sign),
      denominator: try product(try product(a.denominator, b.numerator), sign))
  }

  /// −1, 0 or 1 as this is below, equal to or above `other`. Never overflows.
  @inline(__always)
  func compare(_ other: ShortFraction) throws(NotCovered) -> Int {
    if denominator == 0 || other.denominator == 0 { throw NotCovered() }
    return Rational.compare(numerator, denominator, other.numerator, other.denominator)
  }

  /// The whole number at or below.
  var floor: ShortFraction {
    get throws(NotCovered) {
      let own = try known
      let (quotient, rest) = own.numerator.quotientAndRemainder(dividingBy: own.denominator)
      return ShortFraction(rest < 0 ? quotient - 1 : quotient)
    }
  }

  /// To a multiple of `unit` fen, in fen. The number is yuan.
  func rounded(toFen unit: Int64, _ mode: RoundingMode) throws(NotCovered) -> Int64 {
    var (top, bottom) = (numerator, try known.denominator)
    if bottom % 100 == 0 { bottom /= 100 } else { top = try Self.product(top, 100) }
    bottom = try Self.product(bottom, unit)
    var (whole, rest) = top.quotientAndRemainder(dividingBy: bottom)
    if rest != 0 {
      let away = whole + (top < 0 ? -1 : 1)
      let other = bottom.magnitude - rest.magnitude
      let isNearerAway = rest.magnitude > other
      switch mode {
      case .down: break
      case .up: whole = away
      case .halfUp: if isNearerAway || rest.magnitude == other { whole = away }
      case .halfEven:
        if isNearerAway || (rest.magnitude == other && whole % 2 != 0) { whole = away }
      }
      rest = 0
    }
    let fen = try Self.product(whole, unit)
    // No award is that large; the exact way says what then.
    if fen.magnitude > Money.cellMax.fen.magnitude { throw NotCovered() }
    return fen
  }
}
