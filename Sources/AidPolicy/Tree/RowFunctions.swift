import AidModel

/// Functions that run over the counted rows.
extension Scope {
  mutating func overRows(
    _ aggregate: Aggregate, _ inner: Expression?
  ) -> EvaluatedValue {
    guard let inner else { return .number(Rational(Int64(rows.count))) }
    if aggregate == .count { return countRows(where: inner) }
    let outer = current
    defer { current = outer }
    var result: EvaluatedValue?
    var unknown: EvaluatedValue?
    for row in rows {
      current = row
      let value = evaluate(inner)
      if value.isUnknown {
        unknown = unknown ?? value
        continue
      }
      guard let sofar = result else {
        result = value
        continue
      }
      let both = Self.combine(aggregate, sofar, value)
      if both.isUnknown { unknown = unknown ?? both } else { result = both }
    }
    // For any and all one known row may decide; the rest needs every row.
    if let unknown {
      if aggregate == .any, case .flag(true)? = result { return .flag(true) }
      if aggregate == .all, case .flag(false)? = result { return .flag(false) }
      return unknown
    }
    switch aggregate {
    case .sum: return result ?? .number(.zero)
    case .any: return result ?? .flag(false)
    case .all: return result ?? .flag(true)
    default: return result ?? .unknown(name: aggregate.rawValue, place: nil)
    }
  }

  private mutating func countRows(where inner: Expression) -> EvaluatedValue {
    let outer = current
    defer { current = outer }
    var count: Int64 = 0
    for row in rows {
      current = row
      let value = evaluate(inner)
      if value.isUnknown { return value }
      if case .flag(true) = value { count += 1 }
    }
    return .number(Rational(count))
  }

  static func combine(
    _ aggregate: Aggregate, _ a: EvaluatedValue, _ b: EvaluatedValue
  ) -> EvaluatedValue {
    switch (aggregate, a, b) {
    case (.sum, .number(let x), .number(let y)): return computed(.add, x, y)
    case (.any, .flag(let x), .flag(let y)): return .flag(x || y)
    case (.all, .flag(let x), .flag(let y)): return .flag(x && y)
    case (.min, _, _):
      if case .flag(true) = compare(.less, b, a) { return b }
      return a
    case (.max, _, _):
      if case .flag(true) = compare(.greater, b, a) { return b }
      return a
    default: return .unknown(name: aggregate.rawValue, place: nil)
    }
  }
}
