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

/// One slice of a tiered formula, as applied.
public struct Slice: Sendable, Hashable {
  public let from: Rational
  /// Nil if there is no upper end.
  public let to: Rational?
  public let rate: Rational
  public init(from: Rational, to: Rational?, rate: Rational) {
    self.from = from
    self.to = to
    self.rate = rate
  }
}

/// What one step does to the amount so far. All numbers are exact yuan.
public enum Operation: Sendable {
  /// Sets the amount to the value of an expression over the step's inputs.
  case set(expression: String, value: Rational)
  /// Subtracts what another payer paid; never below zero.
  case less(expression: String, value: Rational)
  /// Leaves the amount if the condition held, else makes it zero.
  case gate(condition: String, held: Bool)
  /// Keeps only the part between the two ends.
  case window(from: Rational, to: Rational?)
  /// Keeps only the part above.
  case deductible(Rational, expression: String)
  case rate(Rational, expression: String)
  case marginal([Slice])
  /// One rate on the whole amount, chosen by band; nil if no band matches.
  case whole(band: String, rate: Rational?)
  /// A fixed amount by band; nil if no band matches.
  case band(band: String, pays: Rational?)
  /// An amount: what an expression comes to, or what a table gives for its keys (`category: retired; grade: 1`).
  case fixed(expression: String, value: Rational)
  /// The committee's amount, within its range.
  case decided(value: Rational, min: Rational?, max: Rational?, reason: String)
  case times(expression: String, factor: Rational)
  /// Raises a positive amount to the minimum.
  case minimum(Rational, expression: String)
  /// Raises any amount, even zero, to the minimum.
  case atLeast(Rational, expression: String)
  /// Computes a named value; leaves the amount.
  case named(name: String, expression: String, value: Value)
  /// Limits the amount to `at` minus what was `used` before; of a household, what the spouse had is used too.
  case cap(at: Rational, used: Rational, expression: String, isHousehold: Bool = false)
  /// The benefits named, which give `amount` of it, not more than `at` less what was `used` before.
  case capOf(
    benefits: [String], amount: Rational, at: Rational, used: Rational, expression: String,
    isHousehold: Bool = false)
  /// Together with what was claimed before: what follows works on the whole.
  case addEarlier(Rational)
  /// Less what the earlier claims alone give.
  case lessEarlier(Rational)
  /// What the places, or the money, of a group leave.
  case places(Money, group: String, rank: Int)
  /// Subtracts an amount already received; never below zero.
  case offset(expression: String, value: Rational)
  /// Sums the results of the steps at these indexes.
  case sum(of: [Int])
  /// Rounds to a multiple of `unit` fen.
  case round(unit: Int64, mode: RoundingMode)
  /// The share left by a short fund.
  case pool(Money, fund: String)

  /// The amount after this step, given the result of the step before (`amount`) and those of all earlier
  /// steps (`results`).
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
    case .deductible(let value, _): return max(try amount - value, .zero)
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
    case .minimum(let floor, _): return amount > .zero && amount < floor ? floor : amount
    case .atLeast(let least, _): return max(amount, least)
    case .named: return amount
    case .cap(let at, let used, _, _): return min(amount, max(try at - used, .zero))
    case .capOf(_, let own, let at, let used, _, _):
      let room = max(try at - used, .zero)
      return own > room ? max(try amount - (own - room), .zero) : amount
    case .addEarlier(let base): return try amount + base
    case .lessEarlier(let value): return max(try amount - value, .zero)
    case .places(let money, _, _): return money.yuan
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
  /// The step's benefit; nil for steps of the whole policy.
  public let benefit: String?
  /// The group of the benefit's rows it is about; nil where the benefit has none.
  public let group: String?
  public let operation: Operation
  public let inputs: [Input]
  /// Exact, in yuan.
  public let result: Rational

  public init(
    key: String, clause: String?, benefit: String?, group: String? = nil, operation: Operation,
    inputs: [Input], result: Rational
  ) {
    (self.key, self.clause, self.benefit, self.group) = (key, clause, benefit, group)
    (self.operation, self.inputs, self.result) = (operation, inputs, result)
  }
}

/// How an amount was calculated, step by step. The award's amount is the last result, nothing else.
public struct Trace: Sendable {
  public private(set) var steps: [Step] = []

  public init() {}

  /// The last result in yuan, zero before the first step.
  public var result: Rational { steps.last?.result ?? .zero }

  /// Records one more step, whose result is known.
  public mutating func add(_ step: Step) { steps.append(step) }

  /// Computes the next step from the amount so far and records it.
  @discardableResult
  public mutating func take(
    _ key: String, clause: String?, benefit: String? = nil, group: String? = nil, _ operation: Operation,
    inputs: [Input] = []
  ) throws(ArithmeticFailure) -> Rational {
    let value = try operation.apply(to: result) { steps[$0].result }
    steps.append(
      Step(
        key: key, clause: clause, benefit: benefit, group: group, operation: operation, inputs: inputs,
        result: value))
    return value
  }

  /// Recomputes every step from the recorded operations.
  public func replayed() throws(ArithmeticFailure) -> Rational {
    var results: [Rational] = []
    for step in steps {
      results.append(try step.operation.apply(to: results.last ?? .zero) { results[$0] })
    }
    return results.last ?? .zero
  }
}
