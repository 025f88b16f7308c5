import AidModel
import AidYAML
internal import Yams

/// Tiers and bands that no amount can ever reach, whatever stands on the list.
extension PolicyReader {
  mutating func checkReach(_ benefit: Benefit, _ node: Node?) {
    var reach = Reach()
    var limits: [String] = []
    for step in benefit.steps {
      switch step {
      case .gate(let gate):
        if reach.narrow(by: gate.when.expression) { limits.append("gate: \(gate.when.source)") }
      case .window(let window):
        guard let from = window.from.known else { return }
        limits.append("window: \(from)–\(window.to.map(\.source) ?? "")")
        reach.take(from, upTo: window.to?.known)
      case .deductible(let deductible):
        guard let value = deductible.amount.known else { return }
        limits.append("deductible: \(value)")
        reach.take(value, upTo: nil)
      case .formula(let formula):
        if limits.isEmpty || reach.isUnlimited { return }
        return checkReach(formula, reach, limits, node?.sequence.map(Array.init) ?? [])
      case .base, .less: continue
      // What changes the amount in another way leaves nothing to be said of it.
      case .times, .minimum, .atLeast, .cap, .offset, .round: return
      }
    }
  }

  private mutating func checkReach(
    _ formula: Formula, _ reach: Reach, _ limits: [String], _ items: [Node]
  ) {
    switch formula {
    case .whole(let bands), .bands(let bands):
      for (band, item) in zip(bands, items) {
        if let fixed = band.fixed, !reach.meets(fixed) { refuseUnreachable(item, limits) }
      }
    case .marginal(let tiers):
      for (tier, item) in zip(tiers, items) {
        if let from = tier.from.known, !reach.passes(from) { refuseUnreachable(item, limits) }
      }
    default: return
    }
  }

  private mutating func refuseUnreachable(_ item: Node, _ limits: [String]) {
    let because = limits.joined(separator: "，")
    yaml.refuse(
      item,
      Bilingual(
        "有 \(because)，这一档永远用不到",
        "with \(limits.joined(separator: ", ")) this band can never be reached"),
      Bilingual("请删去这一档，或改前面的条件。", "Remove the band, or change what stands before it."))
  }
}

/// What an amount can be, as far as literals say. Never below 0: a negative base holds the award.
private struct Reach {
  private var low = Rational.zero
  private var lowIncluded = true
  private var high: Rational?
  private var highIncluded = true

  var isUnlimited: Bool { low.isZero && lowIncluded && high == nil }

  /// Comparisons of the base with a number, alone or joined by `and`.
  /// - Returns: whether the condition says anything about the base.
  mutating func narrow(by condition: Expression) -> Bool {
    switch condition.node {
    case .and(let a, let b):
      let first = narrow(by: a)
      return narrow(by: b) || first
    case .compare(let comparison, let a, let b):
      if case .base = a.node { return b.closedNumber { _ in nil }.map { narrow(comparison, $0) } ?? false }
      if case .base = b.node {
        return a.closedNumber { _ in nil }.map { narrow(comparison.mirrored, $0) } ?? false
      }
      return false
    default: return false
    }
  }

  private mutating func narrow(_ comparison: Comparison, _ edge: Rational) -> Bool {
    switch comparison {
    case .greater, .greaterOrEqual: raise(to: edge, included: comparison == .greaterOrEqual)
    case .less, .lessOrEqual: lower(to: edge, included: comparison == .lessOrEqual)
    case .equal:
      raise(to: edge, included: true)
      lower(to: edge, included: true)
    case .unequal: return false
    }
    return true
  }

  private mutating func raise(to edge: Rational, included: Bool) {
    guard edge > low || (edge == low && !included) else { return }
    (low, lowIncluded) = (edge, included)
  }

  private mutating func lower(to edge: Rational, included: Bool) {
    if let high, high < edge || (high == edge && !highIncluded) { return }
    (high, highIncluded) = (edge, included)
  }

  /// Only what lies above `from`, and below `to`, is left.
  mutating func take(_ from: Rational, upTo to: Rational?) {
    if let to { cut(at: to) }
    (low, lowIncluded) = low < from ? (.zero, true) : ((try? low - from) ?? .zero, lowIncluded)
    guard let top = high else { return }
    (high, highIncluded) = top <= from ? (.zero, true) : (try? top - from, highIncluded)
  }

  /// What lies above an edge becomes the edge.
  private mutating func cut(at edge: Rational) {
    if low >= edge { (low, lowIncluded) = (edge, true) }
    if high.map({ $0 > edge }) ?? true { (high, highIncluded) = (edge, true) }
  }

  func meets(_ band: FixedBand) -> Bool {
    if let end = band.high, end < low || (end == low && !(band.highIncluded && lowIncluded)) { return false }
    if let high, let start = band.low, start > high || (start == high && !(band.lowIncluded && highIncluded))
    {
      return false
    }
    return true
  }

  /// Whether an amount can lie above a place.
  func passes(_ edge: Rational) -> Bool { high.map { $0 > edge } ?? true }
}

extension Comparison {
  /// The same with the two sides exchanged.
  fileprivate var mirrored: Comparison {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal, .unequal: self
    }
  }
}
