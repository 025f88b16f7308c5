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
      let used = used(by: cap)
      try takeNamedValues()
      let (before, clause) = (trace.result, cap.clause ?? benefit?.clause)
      let after = try trace.take(
        cap.key, clause: clause, benefit: benefit?.name,
        .cap(at: at, used: used, expression: cap.at.source), inputs: inputs)
      guard after < before else { continue }
      if let decided {
        let words = cap.words(person.language)
        let room = say(
          "\(words) 封顶余额 \(after)", "what the \(words) cap leaves, \(after)")
        hold(PolicyFindings.decisionRange, at: decision?.place, column: "amount", ["\(decided)", room])
        return false
      }
      reasons.append(cap.reason(at: at, used: used, clause: clause, language: person.language))
    }
    return true
  }

  /// What of a cap is used up already: earlier payments, and for a household what the spouse had and has.
  private func used(by cap: Cap) -> Rational {
    func used(_ paid: PaidBefore) -> Money {
      switch cap.per {
      case .award: .zero
      case .year: paid.year
      case .lifetime: paid.lifetime
      case .years(let count):
        max(
          paid.year,
          paid.dated.filter { scope.period.holds($0, inYears: count) }.reduce(.zero) { $0 + $1.amount })
      }
    }
    guard cap.isHousehold else { return used(paid).yuan }
    return (used(paid) + used(person.spouse.before) + person.spouse.inBatch).yuan
  }

  mutating func applyOffsets(_ offsets: [ClausedAmount], benefit: Benefit?) throws(ArithmeticFailure) -> Bool
  {
    for offset in offsets {
      guard let value = number(offset.amount) else { return false }
      try takeNamedValues()
      try trace.take(
        "offset", clause: offset.clause ?? benefit?.clause, benefit: benefit?.name,
        .offset(expression: offset.amount.source, value: value.amount), inputs: value.inputs)
    }
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
