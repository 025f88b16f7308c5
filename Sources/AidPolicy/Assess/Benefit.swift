import AidModel

/// An amount or factor with the clause it comes from.
struct ClausedAmount: Sendable {
  let amount: Compiled
  let clause: String?
}

/// A condition that decides whether a benefit gives anything.
struct Gate: Sendable {
  let when: Compiled
  /// The condition in words.
  let words: Bilingual
  /// Why not, in the policy's own words.
  let otherwise: String?
  let clause: String?
}

/// The part of the base that counts.
struct Window: Sendable {
  let from: Compiled
  /// Nil: no upper end.
  let to: Compiled?
  let clause: String?
}

/// One step of a benefit. Each works on the amount so far and leaves another.
enum BenefitStep: Sendable {
  /// The amount becomes the value of an expression.
  case base(Compiled)
  /// Another payer's amount is taken off, never below zero; `base` in later expressions is what is left.
  case less(ClausedAmount)
  /// Where the condition fails the benefit gives nothing and ends.
  case gate(Gate)
  case window(Window)
  case deductible(ClausedAmount)
  case formula(Formula)
  case times(ClausedAmount)
  /// Raises what is above zero.
  case minimum(ClausedAmount)
  /// Raises zero too.
  case atLeast(ClausedAmount)
  case cap(Cap)
  case offset(ClausedAmount)
  case round(Rounding)
}

/// What a policy pays for one thing, step by step.
struct Benefit: Sendable {
  let name: String
  var clause: String?
  /// Where it fails the benefit is skipped, and asks for nothing.
  var when: Condition?
  /// The benefit looks at the rows that fulfil it alone; nil: at all that count.
  var count: Compiled?
  /// The column by which its rows are split: each group is worked out for itself, and the groups are added.
  var forEach: Int?
  /// How often it is paid.
  var limits: [Limit] = []
  /// Gate, window, deductible and tiers see what was claimed in the year before too.
  var isCumulative = false
  /// Its own named values, among all of the policy's.
  var ownValues: Range<Int> = 0..<0
  /// An expression of it looks at how often the benefit was paid.
  var looksAtOwnTimes = false
  /// In the order they are taken.
  var steps: [BenefitStep] = []
  var allowsOver100 = false

  var hasBase: Bool { steps.contains { if case .base = $0 { true } else { false } } }

  /// Something works on the amount so far before anything has set it.
  var startsFromNothing: Bool {
    switch steps.first {
    case .base, nil: false
    case .formula(let formula): !formula.setsAmount
    default: true
    }
  }

  var formulas: [Formula] {
    steps.compactMap { if case .formula(let formula) = $0 { formula } else { nil } }
  }

  var caps: [Cap] { steps.compactMap { if case .cap(let cap) = $0 { cap } else { nil } } }

  var needsDecision: Bool { formulas.contains(where: \.needsDecision) }
}

/// How an amount comes about from what stands before it.
enum Formula: Sendable {
  case rate(Compiled)
  case marginal([Tier])
  /// One rate on the whole amount, by the band it is in.
  case whole([Band])
  /// A fixed amount, by the band the amount is in.
  case bands([Band])
  case table(Table)
  case amount(Compiled)
  case committee(min: Compiled, max: Compiled)

  /// Whatever stands before it is of no account.
  var setsAmount: Bool {
    switch self {
    case .amount, .table, .committee: true
    default: false
    }
  }

  var needsDecision: Bool {
    switch self {
    case .committee: true
    case .table(let table): table.needsDecision
    default: false
    }
  }
}

/// A part of the amount with its rate.
struct Tier: Sendable {
  let from: Compiled
  /// Nil: no upper end.
  let to: Compiled?
  let rate: Compiled
  let clause: String?

  /// The tier where all its figures are written out.
  var slice: Slice? {
    guard let from = from.constant, let rate = rate.constant else { return nil }
    if let to {
      guard let to = to.constant else { return nil }
      return Slice(from: from, to: to, rate: rate)
    }
    return Slice(from: from, to: nil, rate: rate)
  }

  /// All of them, where every figure is written out.
  static func slices(_ tiers: [Tier]) -> [Slice]? {
    let slices = tiers.compactMap(\.slice)
    return slices.count == tiers.count ? slices : nil
  }
}

/// A band of the amount with its edges, `ge`/`gt` below and `le`/`lt` above, and what it gives: a rate or an amount.
struct Band: Sendable {
  let low: Compiled?
  let lowIncluded: Bool
  let high: Compiled?
  let highIncluded: Bool
  let value: Compiled
  let clause: String?

  /// The band where all its figures are written out.
  var fixed: FixedBand? {
    guard let value = value.constant, low == nil || low?.constant != nil, high == nil || high?.constant != nil
    else { return nil }
    return FixedBand(
      low: low?.constant, lowIncluded: lowIncluded, high: high?.constant, highIncluded: highIncluded,
      value: value, clause: clause)
  }

  /// All of them, where every figure is written out.
  static func fixed(_ bands: [Band]) -> [FixedBand]? {
    let fixed = bands.compactMap(\.fixed)
    return fixed.count == bands.count ? fixed : nil
  }
}

/// A band whose figures are known.
struct FixedBand: Sendable {
  let low: Rational?
  let lowIncluded: Bool
  let high: Rational?
  let highIncluded: Bool
  /// Rate or amount.
  let value: Rational
  let clause: String?

  func contains(_ x: Rational) -> Bool {
    if let low, lowIncluded ? x < low : x <= low { return false }
    if let high, highIncluded ? x > high : x >= high { return false }
    return true
  }

  /// Nothing lies in it.
  var isEmpty: Bool {
    guard let low, let high else { return false }
    return high < low || (high == low && !(lowIncluded && highIncluded))
  }

  /// As intervals are written: `[1000, 2000)`.
  var text: String {
    let from = low.map { "\(lowIncluded ? "[" : "(")\($0)" } ?? "("
    let to = high.map { "\($0)\(highIncluded ? "]" : ")")" } ?? ")"
    return "\(from), \(to)"
  }
}

/// A figure or result with a name, worked out when it is first needed, once an award.
struct NamedValue: Sendable {
  let name: String
  let value: Compiled
  let clause: String?
  /// How many values build on each other in a row, this one included.
  let depth: Int
  /// Kept with the award.
  let isRemembered: Bool
  /// The largest number written out that it can come to.
  let largestEnding: Rational?
}
