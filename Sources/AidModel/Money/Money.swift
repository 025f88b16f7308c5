/// An amount of money in whole fen (分, 1/100 元).
///
/// Every amount read from a cell and every award is at most `Money.cellMax`, and a batch has at most 90
/// million rows, so sums stay below 9×10¹⁸ and cannot overflow `Int64`; `+` and `-` trap on overflow all the
/// same.
public struct Money: Hashable, Comparable, Sendable {
  public var fen: Int64

  /// 999,999,999.99 元: no grant comes near it. A larger number is a mistake (an account number, a date).
  public static let cellMax = Money(fen: 99_999_999_999)
  public static let zero = Money(fen: 0)

  public init(fen: Int64) { self.fen = fen }

  /// Rounds exact yuan to a multiple of `unit` fen with the given mode.
  /// - Throws: `ArithmeticFailure.overflow` past ±`cellMax`.
  public init(yuan: Rational, unit: Int64 = 1, rounding mode: RoundingMode) throws(ArithmeticFailure) {
    let units = try (yuan * Rational(100)) / Rational(unit)
    let (whole, overflow) = mode.round(units).multipliedReportingOverflow(by: Int128(unit))
    guard !overflow, whole.magnitude <= Int128(Self.cellMax.fen).magnitude else { throw .overflow }
    fen = Int64(whole)
  }

  public static func < (a: Money, b: Money) -> Bool { a.fen < b.fen }
  public static func + (a: Money, b: Money) -> Money { Money(fen: a.fen + b.fen) }
  public static func - (a: Money, b: Money) -> Money { Money(fen: a.fen - b.fen) }
  public static func += (a: inout Money, b: Money) { a.fen += b.fen }
  public static func -= (a: inout Money, b: Money) { a.fen -= b.fen }

  /// The amount in yuan, exactly.
  public var yuan: Rational { Rational(numerator: Int128(fen), denominator: 100) }

  /// Yuan with two decimals and no grouping: `12500.00`. For ledgers and JSON.
  public var plain: String {
    let magnitude = fen.magnitude
    let cents = magnitude % 100
    return (fen < 0 ? "-" : "") + "\(magnitude / 100)." + (cents < 10 ? "0" : "") + "\(cents)"
  }

  /// Yuan with two decimals and thousands commas: `12,500.00`. For people.
  public var grouped: String {
    let digits = Array("\(fen.magnitude / 100)".utf8)
    var out: [UInt8] = fen < 0 ? [UInt8(ascii: "-")] : []
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { out.append(UInt8(ascii: ",")) }
      out.append(digit)
    }
    let cents = fen.magnitude % 100
    return String(decoding: out, as: UTF8.self) + "." + (cents < 10 ? "0" : "") + "\(cents)"
  }

  /// Parses what `plain` prints, and plain decimals with at most two places; nothing else.
  public init?(plain text: String) {
    guard let number = DecimalNumber(plain: text), let money = Money(exactly: number) else { return nil }
    self = money
  }

  /// Nil if the number has more than two decimals or exceeds ±9×10¹⁶ fen.
  public init?(exactly yuan: DecimalNumber) {
    guard let hundredths = yuan.mantissa(atScale: 2), hundredths.magnitude <= 90_000_000_000_000_000
    else { return nil }
    fen = hundredths
  }
}

extension Money: CustomStringConvertible {
  public var description: String { plain }
}
