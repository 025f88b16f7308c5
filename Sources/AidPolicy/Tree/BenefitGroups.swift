import AidModel

/// A benefit as a whole: its groups, where it applies, how often, and what was claimed before.
extension PersonAssessor {
  enum BenefitResult { case amount, gateFailed, overLimit, notApplicable, held }

  /// What becomes of the benefit, or of each group of it, with the step it ends at.
  mutating func assess(
    _ benefit: Benefit
  ) throws(ArithmeticFailure) -> [(result: BenefitResult, step: Int)] {
    let all = scope.rows
    defer {
      (scope.rows, scope.share, group) = (all, nil, nil)
      scope.forget(0..<0)
    }
    guard let column = benefit.forEach else {
      return [(try assessGroup(benefit), trace.steps.count - 1)]
    }
    guard let groups = groups(of: all, by: column, benefit) else { return [(.held, 0)] }
    var results: [(BenefitResult, Int)] = []
    for (name, rows) in groups {
      (group, scope.rows) = (name, rows)
      let result = try assessGroup(benefit)
      results.append((result, trace.steps.count - 1))
      if result == .held { break }
    }
    return results
  }

  /// Rows by what stands in a column, in the order of their first rows; nil after holding the award for a blank.
  private mutating func groups(
    of all: [Claim], by column: Int, _ benefit: Benefit
  ) -> [(name: String, rows: [Claim])]? {
    defer { scope.current = nil }
    var groups: [(name: String, rows: [Claim])] = []
    for row in all {
      scope.current = row
      let (value, _) = scope.answer(
        to: Compiled(
          source: scope.layout.columns[column].name, expression: Expression(.column(column), .text)))
      if value.isUnknown {
        // A row the benefit does not look at belongs to no group.
        if let count = benefit.count, case .flag(false) = scope.answer(to: count).0 { continue }
        holdUnknown(value, in: .zero)
        return nil
      }
      let name = Table.text(of: value)
      if let known = groups.firstIndex(where: { $0.name.sameScalars(as: name) }) {
        groups[known].rows.append(row)
      } else {
        groups.append((name, [row]))
      }
    }
    return groups
  }

  private mutating func assessGroup(_ benefit: Benefit) throws(ArithmeticFailure) -> BenefitResult {
    (scope.base, isDeclined) = (nil, false)
    scope.forget(benefit.ownValues)
    scope.share = policy.looksAtShares ? share(of: benefit, in: paid) : nil
    // Values of the benefit are those of the rows it looks at.
    let whenLast = benefit.when.map { benefit.usesOwnValues($0.when) } ?? false
    if whenLast, let ended = narrow(to: benefit) { return ended }
    if let when = benefit.when {
      let (value, _) = scope.answer(to: when.when)
      guard case .flag(let applies) = value else {
        holdUnknown(value, in: when.when)
        return .held
      }
      if !applies { return .notApplicable }
    }
    if !whenLast, let ended = narrow(to: benefit) { return ended }
    switch reached(benefit.limits, of: benefit) {
    case .none: break
    case .held: return .held
    case .over(let limit, let had):
      try take(
        "limit", benefit, .gate(condition: "\(limit.source) < \(limit.times.source)", held: false),
        [Input(name: limit.source, value: .number(DecimalNumber(mantissa: Int64(had))))], clause: limit.clause
      )
      reasons.append(reason(of: limit, had: had))
      return .overLimit
    }
    return try takeSteps(of: benefit)
  }

  /// Leaves the rows that the benefit looks at; what becomes of it where none is left, or that cannot be told.
  private mutating func narrow(to benefit: Benefit) -> BenefitResult? {
    guard let count = benefit.count else { return nil }
    guard let counted = rows(of: scope.rows, where: count) else { return .held }
    if counted.isEmpty { return .notApplicable }
    scope.rows = counted
    return nil
  }

  private mutating func takeSteps(of benefit: Benefit) throws(ArithmeticFailure) -> BenefitResult {
    if benefit.startsFromNothing {
      // Without a base what comes before the formula starts from nothing.
      try take("base", benefit, .set(expression: "0", value: .zero), [])
    }
    let cumulated = benefit.isCumulative ? benefit.cumulatedSteps : 0..<0
    var earlier: Rational?
    for (i, step) in benefit.steps.enumerated() {
      if i == cumulated.lowerBound, !cumulated.isEmpty {
        switch earlierBase(of: benefit) {
        case .held: return .held
        case .none: break
        case .some(let base):
          earlier = base
          let own = trace.result
          try take("cumulative", benefit, .addEarlier(base), [])
          scope.base = try own + base
        }
      }
      switch try take(step, of: benefit) {
      case .next: break
      case .ended: return .gateFailed
      case .held: return .held
      }
      guard i + 1 == cumulated.upperBound, let base = earlier else { continue }
      let own = try scope.base.map { sum throws(ArithmeticFailure) in try sum - base }
      let before = try given(base, by: benefit.steps[cumulated], of: benefit)
      try take("cumulative", benefit, .lessEarlier(before), [])
      scope.base = own
    }
    return .amount
  }

  private enum EarlierBase { case none, some(Rational), held }

  /// What was claimed of the benefit before in the year.
  private mutating func earlierBase(of benefit: Benefit) -> EarlierBase {
    guard let share = clear(share(of: benefit, in: paid), per: .year) else { return .held }
    let claimed = share.claimed.filter(\.payment.isOfYear)
    if let blank = claimed.first(where: { $0.base == nil }) {
      holdUnclear(blank.payment)
      return .held
    }
    // Sums alone, as an example may give them, do not say what was claimed.
    if claimed.count(where: { $0.payment.amount > .zero }) < share.paid.timesYear {
      holdUnclear(PaidBefore.Dated(day: scope.period.to, amount: .zero))
      return .held
    }
    if claimed.isEmpty { return .none }
    return .some(claimed.reduce(Money.zero) { $0 + ($1.base ?? .zero) }.yuan)
  }

  /// What the earlier claims alone come to.
  private func given(
    _ base: Rational, by steps: ArraySlice<BenefitStep>, of benefit: Benefit
  ) throws(ArithmeticFailure) -> Rational {
    var side = self
    side.trace = Trace()
    try side.take("base", benefit, .set(expression: "", value: base), [])
    side.scope.base = base
    for step in steps {
      if case .next = try side.take(step, of: benefit) { continue }
      break
    }
    return side.trace.result
  }
}

extension Benefit {
  /// The steps that see what was claimed before: from the first gate, window, deductible or formula to the last.
  var cumulatedSteps: Range<Int> {
    let seeing = steps.indices.filter { i in
      switch steps[i] {
      case .gate, .window, .deductible, .formula: true
      default: false
      }
    }
    guard let first = seeing.first, let last = seeing.last else { return 0..<0 }
    return first..<(last + 1)
  }

  func usesOwnValues(_ compiled: Compiled) -> Bool {
    compiled.expression.contains {
      if case .named(let index) = $0.node { ownValues.contains(index) } else { false }
    }
  }
}
