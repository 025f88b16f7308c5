/// A value an award was computed from: a cell, a roster entry, a past payment, a decision, a parameter.
public struct Input: Sendable {
  /// The name in the policy: `self_pay`, `roster.contribution_years`, `paid.year`, `decision`.
  public let name: String
  public let value: Value
  /// The cell it was read from, if any.
  public let place: Place?

  public init(name: String, value: Value, place: Place? = nil) {
    self.name = name
    self.value = value
    self.place = place
  }
}

/// One slice of a tiered formula as it was applied.
public struct Slice: Sendable, Hashable {
  public let from: Rational
  /// Nil: no upper end.
  public let to: Rational?
  public let rate: Rational
  public init(from: Rational, to: Rational?, rate: Rational) {
    self.from = from
    self.to = to
    self.rate = rate
  }
}

/// What one step does to the amount so far. All numbers are yuan, exact.
public enum Operation: Sendable {
  /// The amount becomes the recorded value of an expression over the step's inputs.
  case set(expression: String, value: Rational)
  /// Less another payer's amount, never below zero.
  case less(expression: String, value: Rational)
  /// Goes on if it held, else the amount becomes zero.
  case gate(condition: String, held: Bool)
  /// Only what lies between the ends counts.
  case window(from: Rational, to: Rational?)
  /// What lies above counts.
  case deductible(Rational)
  case rate(Rational, expression: String)
  case marginal([Slice])
  /// One rate on the whole amount, chosen by the band it is in; nil: in none.
  case whole(band: String, rate: Rational?)
  /// A fixed amount by band; nil: in none.
  case band(band: String, pays: Rational?)
  /// A fixed amount, by table key or expression.
  case fixed(expression: String, value: Rational)
  /// The committee's amount, within its range.
  case decided(value: Rational, min: Rational?, max: Rational?, reason: String)
  case times(expression: String, factor: Rational)
  /// Raised to the minimum if it is above zero and below it.
  case minimum(Rational)
  /// Raised to the least amount, also from zero.
  case atLeast(Rational)
  /// A named value was worked out; the amount stays what it is.
  case named(name: String, expression: String, value: Value)
  /// Not more than `at` less what was `used` before.
  case cap(at: Rational, used: Rational)
  /// Less an amount already had, never below zero.
  case offset(expression: String, value: Rational)
  /// The sum of the results of the steps at these indexes.
  case sum(of: [Int])
  /// To a multiple of `unit` fen.
  case round(unit: Int64, mode: RoundingMode)
  /// What a fund that runs short leaves.
  case pool(Money, fund: String)

  /// The amount after this step. `amount` is the result of the step before; `results` gives those of all steps so far.
  public func apply(
    to amount: Rational, results: (Int) -> Rational
  ) throws(ArithmeticFailure) -> Rational {
    switch self {
    case .set(_, let value), .fixed(_, let value), .decided(let value, _, _, _): return value
    case .less(_, let value), .offset(_, let value): return max(try amount - value, .zero)
    case .gate(_, let held): return held ? amount : .zero
    case .window(let from, let to):
      let top = to.map { min(amount, $0) } ?? amount
      return max(try top - from, .zero)
    case .deductible(let value): return max(try amount - value, .zero)
    case .rate(let rate, _): return try amount * rate
    case .marginal(let slices):
      var sum = Rational.zero
      for slice in slices where amount > slice.from {
        let top = slice.to.map { min(amount, $0) } ?? amount
        sum = try sum + (top - slice.from) * slice.rate
      }
      return sum
    case .whole(_, let rate):
      return try rate.map { rate throws(ArithmeticFailure) in try amount * rate } ?? .zero
    case .band(_, let pays): return pays ?? .zero
    case .times(_, let factor): return try amount * factor
    case .minimum(let floor): return amount > .zero && amount < floor ? floor : amount
    case .atLeast(let least): return max(amount, least)
    case .named: return amount
    case .cap(let at, let used): return min(amount, max(try at - used, .zero))
    case .sum(let steps):
      var sum = Rational.zero
      for step in steps { sum = try sum + results(step) }
      return sum
    case .round(let unit, let mode): return try Money(yuan: amount, unit: unit, rounding: mode).yuan
    case .pool(let money, _): return money.yuan
    }
  }
}

/// One step from a claim to an award.
public struct Step: Sendable {
  /// The policy key: `base`, `gate`, `marginal`, `cap.year`, `round`, `pool` …
  public let key: String
  public let clause: String?
  /// The benefit the step belongs to; nil for steps of the whole policy.
  public let benefit: String?
  public let operation: Operation
  public let inputs: [Input]
  /// Yuan, exact.
  public let result: Rational
}

/// How an amount came about, step by step. The award's amount is the last result and nothing else.
public struct Trace: Sendable {
  public private(set) var steps: [Step] = []

  public init() {}

  /// The last result in yuan, zero before the first step.
  public var result: Rational { steps.last?.result ?? .zero }

  /// Computes one more step from the amount so far and keeps it.
  @discardableResult
  public mutating func take(
    _ key: String, clause: String?, benefit: String? = nil, _ operation: Operation, inputs: [Input] = []
  ) throws(ArithmeticFailure) -> Rational {
    let value = try operation.apply(to: result) { steps[$0].result }
    steps.append(
      Step(
        key: key, clause: clause, benefit: benefit, operation: operation, inputs: inputs, result: value))
    return value
  }

  /// Computes every step again from the recorded operations.
  public func replayed() throws(ArithmeticFailure) -> Rational {
    var results: [Rational] = []
    for step in steps {
      results.append(try step.operation.apply(to: results.last ?? .zero) { results[$0] })
    }
    return results.last ?? .zero
  }
}
