import AidModel

/// Caps and offsets, of a benefit or of the whole policy.
extension PersonAssessor {
  /// Caps in order; false when one cannot be told or a decision lies over one.
  mutating func applyCaps(_ caps: [Cap], benefit: Benefit?) throws(ArithmeticFailure) -> Bool {
    for cap in caps {
      let (value, inputs) = scope.answer(to: cap.at)
      guard case .number(let at) = value else {
        holdUnknown(value, in: cap.at)
        return false
      }
      if holds(negative: at, inputs) { return false }
      guard let used = try used(by: cap, benefit) else { return false }
      try takeNamedValues()
      let (before, clause) = (trace.result, cap.clause ?? benefit?.clause)
      let operation =
        cap.of.isEmpty
        ? AidModel.Operation.cap(
          at: at, used: used.amount, expression: cap.at.source, isHousehold: cap.isHousehold)
        : .capOf(
          benefits: cap.of, amount: try trace.shares.amount(of: cap.of), at: at, used: used.amount,
          expression: cap.at.source, isHousehold: cap.isHousehold)
      let after = try trace.take(
        cap.key, clause: clause, benefit: benefit?.name, group: benefit == nil ? nil : group, operation,
        inputs: inputs + used.inputs)
      guard after < before else { continue }
      if let decided {
        let words = cap.words(person.language)
        let room = say(
          "\(words) 封顶余额 \(after)", "what the \(words) cap leaves, \(after)")
        hold(PolicyFindings.decisionRange, at: decision?.place, column: "amount", ["\(decided)", room])
        return false
      }
      reasons.append(cap.reason(at: at, used: used.amount, clause: clause, language: person.language))
    }
    return true
  }

  /// What of a cap is used up already: earlier payments, for a household what the spouse had and has, and what other
  /// programmes paid and give. Nil after holding the award for what is not known.
  private mutating func used(
    by cap: Cap, _ benefit: Benefit?
  ) throws(ArithmeticFailure) -> (amount: Rational, inputs: [Input])? {
    var sum = Money.zero
    for (had, isSpouse) in [(paid, false)] + (cap.isHousehold ? [(person.spouse.before, true)] : []) {
      guard let own = amount(of: had, by: cap, benefit) else { return nil }
      sum += own
      if isSpouse { sum += inBatch(by: cap, benefit) }
    }
    guard !cap.with.isEmpty else { return (sum.yuan, []) }
    var (total, inputs) = (sum.yuan, [Input]())
    for programme in cap.with {
      let before = paid.elsewhere(programme).amount(per: cap.per, scope.period)
      let now = Compiled(
        source: "awarded('\(programme)')", expression: Expression(.awarded(programme), .money))
      guard let given = number(now) else { return nil }
      total = try total + before.yuan + given.amount
      if before > .zero {
        inputs.append(Input(name: "paid('\(programme)').\(cap.per.word)", value: .money(before)))
      }
      inputs += given.inputs
    }
    return (total, inputs)
  }

  /// What somebody had before of what the cap is over.
  private mutating func amount(of had: PaidBefore, by cap: Cap, _ benefit: Benefit?) -> Money? {
    if cap.per == .award { return .zero }
    if let benefit {
      return clear(share(of: benefit, in: had), per: cap.per)?.paid.amount(per: cap.per, scope.period)
    }
    if cap.of.isEmpty { return had.amount(per: cap.per, scope.period) }
    var sum = Money.zero
    for name in cap.of {
      let isOnly = policy.benefits.count == 1
      let share = BenefitShare(ofAnyGroupOf: name, in: had, isOnly: isOnly)
      guard let share = clear(share, per: cap.per) else { return nil }
      sum += share.paid.amount(per: cap.per, scope.period)
    }
    return sum
  }

  /// What the spouse gets in this batch of what the cap is over.
  private func inBatch(by cap: Cap, _ benefit: Benefit?) -> Money {
    if let benefit { return spouseInBatch(benefit) ?? .zero }
    if cap.of.isEmpty { return person.spouse.inBatch }
    let parts = person.spouse.inBatchBreakdown?.parts ?? []
    return parts.filter { part in cap.of.contains { $0.sameScalars(as: part.benefit) } }
      .reduce(.zero) { $0 + $1.amount }
  }

  mutating func applyOffsets(_ offsets: [ClausedAmount], benefit: Benefit?) throws(ArithmeticFailure) -> Bool
  {
    for offset in offsets {
      guard let value = amount(offset.amount) else { return false }
      try takeNamedValues()
      try trace.take(
        "offset", clause: offset.clause ?? benefit?.clause, benefit: benefit?.name,
        group: benefit == nil ? nil : group,
        .offset(expression: offset.amount.source, value: value.amount), inputs: value.inputs)
    }
    return true
  }

  /// The same of an amount, which must not be below 0.
  mutating func amount(_ compiled: Compiled) -> (amount: Rational, inputs: [Input])? {
    guard let value = number(compiled), !holds(negative: value.amount, value.inputs) else { return nil }
    return value
  }

  /// Holds the award for an amount below 0.
  mutating func holds(negative amount: Rational, _ inputs: [Input]) -> Bool {
    if !amount.isNegative { return false }
    hold(PolicyFindings.baseNegative, at: inputs.first?.place, ["\(amount)"])
    return true
  }

  /// The number an expression comes to, or nil after holding the award for what is unknown.
  mutating func number(_ compiled: Compiled) -> (amount: Rational, inputs: [Input])? {
    let (value, inputs) = scope.answer(to: compiled)
    if case .number(let amount) = value { return (amount, inputs) }
    if value.isUnknown {
      holdUnknown(value, in: compiled)
    } else {
      let words = EvaluatedValue.words(.unclear)
      hold(PolicyFindings.unknownValue, at: inputs.first?.place, [compiled.source, words.zh, words.en])
    }
    return nil
  }
}
