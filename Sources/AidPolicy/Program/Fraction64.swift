import AidModel

/// The fast numbers: parts of 64 bits, not brought to lowest terms.
struct Fraction64: PolicyNumber {
  let numerator: Int64
  let denominator: Int64

  static var isWidest: Bool { false }

  @inline(__always)
  init(numerator: Int64, denominator: Int64) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Over a power of ten where there is one below 10⁷, so that sums need no common denominator to be found.
  init?(_ number: Rational) {
    guard let numerator = Int64(exactly: number.numerator), let own = Int64(exactly: number.denominator)
    else { return nil }
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

  @inline(__always)
  static func + (a: Fraction64, b: Fraction64) throws(TooWide) -> Fraction64 {
    if a.denominator == b.denominator, a.denominator != 0 {
      return Fraction64(numerator: try sum(a.numerator, b.numerator), denominator: a.denominator)
    }
    return try addedAcross(a, b)
  }

  private static func addedAcross(
    _ a: Fraction64, _ b: Fraction64
  ) throws(TooWide) -> Fraction64 {
    if a.denominator == 0 { return a }
    if b.denominator == 0 { return b }
    let (wide, narrow) = a.denominator > b.denominator ? (a, b) : (b, a)
    let (times, rest) = wide.denominator.quotientAndRemainder(dividingBy: narrow.denominator)
    if rest == 0 {
      return Fraction64(
        numerator: try sum(wide.numerator, try product(narrow.numerator, times)),
        denominator: wide.denominator)
    }
    return Fraction64(
      numerator: try sum(
        try product(a.numerator, b.denominator), try product(b.numerator, a.denominator)),
      denominator: try product(a.denominator, b.denominator))
  }

  @inline(__always)
  static func * (a: Fraction64, b: Fraction64) throws(TooWide) -> Fraction64 {
    if a.denominator == 0 { return a }
    if b.denominator == 0 { return b }
    return Fraction64(
      numerator: try product(a.numerator, b.numerator),
      denominator: try product(a.denominator, b.denominator))
  }

  @inline(__always)
  static func / (a: Fraction64, b: Fraction64) throws(TooWide) -> Fraction64 {
    if a.denominator == 0 { return a }
    if b.denominator == 0 { return b }
    if b.numerator == 0 { return .notComputable }
    let sign: Int64 = b.numerator < 0 ? -1 : 1
    return Fraction64(
      numerator: try product(try product(a.numerator, b.denominator), sign),
      denominator: try product(try product(a.denominator, b.numerator), sign))
  }

  /// To a multiple of `unit` fen, in fen. The number is yuan.
  func rounded(toFen unit: Int64, _ mode: RoundingMode) throws(TooWide) -> Int64 {
    var (top, bottom) = (numerator, denominator)
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
    // No award is that large; the widest numbers say what then.
    if fen.magnitude > Money.cellMax.fen.magnitude { throw TooWide() }
    return fen
  }
}
