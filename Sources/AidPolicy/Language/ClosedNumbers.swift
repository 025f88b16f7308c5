import AidModel

/// What an expression is known to come to when the file is read.
extension Expression {
  /// The value of arithmetic on written figures; nil where anything else takes part, or where it cannot be computed.
  /// - Parameter named: what a named value is known to be.
  func closedNumber(_ named: (Int) -> Rational?) -> Rational? {
    switch node {
    case .number(let value): return value
    case .named(let index): return named(index)
    case .negate(let inner): return inner.closedNumber(named).map { -$0 }
    case .arithmetic(let operation, let a, let b):
      guard let x = a.closedNumber(named), let y = b.closedNumber(named),
        case .number(let value) = Scope.computed(operation, x, y)
      else { return nil }
      return value
    case .call(let function, let items) where function == .min || function == .max:
      let values = items.compactMap { $0.closedNumber(named) }
      guard values.count == items.count else { return nil }
      return function == .min ? values.min() : values.max()
    default: return nil
    }
  }

  /// The largest literal the expression can evaluate to: the larger branch of `if … then 30% else 20%`, the largest
  /// figure of a table; nil if there is none.
  func largestEnding(_ draft: PolicyDraft) -> Rational? {
    switch node {
    case .choose(_, let yes, let no):
      return [yes, no].compactMap { $0.largestEnding(draft) }.max()
    case .named(let index):
      return draft.values.indices.contains(index) ? draft.values[index].largestEnding : nil
    case .lookup(let index, _):
      guard draft.tables.indices.contains(index) else { return nil }
      return draft.tables[index].rows.flatMap(\.figures).compactMap { $0.expression.largestEnding(draft) }
        .max()
    default: return closedNumber { _ in nil }
    }
  }
}

extension TableRow {
  /// Every figure under the key.
  var figures: [Compiled] {
    switch cell {
    case .figure(let figure): [figure]
    case .range(let min, let max): [min, max]
    case .level(let rows): rows.flatMap(\.figures)
    }
  }
}
