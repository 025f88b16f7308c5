import AidModel

/// The steps of one benefit, in the order of the contract: base, less, gate, window, deductible, formula, times,
/// minimum, caps, offset.
extension PersonAssessor {
  enum BenefitResult { case amount, gateFailed, held }

  mutating func assess(_ benefit: Benefit) throws(ArithmeticFailure) -> BenefitResult {
    (scope.base, isDeclined) = (nil, false)
    guard try takeBase(benefit) else { return .held }
    if let gate = benefit.gate {
      let (value, inputs) = scope.answer(to: gate)
      guard case .flag(let held) = value else {
        holdUnknown(value, in: gate)
        return .held
      }
      let clause = benefit.gateClause ?? benefit.clause
      try take("gate", benefit, .gate(condition: gate.source, held: held), inputs, clause: clause)
      if !held {
        reasons.append(benefit.gateReason(gate, scope, person.language))
        return .gateFailed
      }
    }
    if let window = benefit.window {
      nearest.note(.deductible, window.from, trace.result, benefit.windowClause ?? benefit.clause)
      try take(
        "window", benefit, .window(from: window.from, to: window.to), [], clause: benefit.windowClause)
    }
    if let deductible = benefit.deductible {
      guard let value = number(deductible) else { return .held }
      nearest.note(.deductible, value.amount, trace.result, benefit.deductibleClause ?? benefit.clause)
      try take(
        "deductible", benefit, .deductible(value.amount), value.inputs, clause: benefit.deductibleClause)
    }
    guard try formula(benefit) else { return .held }
    if isDeclined { return .gateFailed }
    for factor in benefit.times {
      guard let value = number(factor.amount) else { return .held }
      guard !value.amount.isNegative else { return holdRate(value.amount, value.inputs) }
      try take(
        "times", benefit, .times(expression: factor.amount.source, factor: value.amount), value.inputs,
        clause: factor.clause)
    }
    if let minimum = benefit.minimum {
      try take("minimum", benefit, .minimum(minimum), [], clause: benefit.minimumClause)
    }
    guard try applyCaps(benefit.caps, benefit: benefit) else { return .held }
    return try applyOffsets(benefit.offset, benefit: benefit) ? .amount : .held
  }

  /// Base and other payers; false after holding the award.
  private mutating func takeBase(_ benefit: Benefit) throws(ArithmeticFailure) -> Bool {
    if let base = benefit.base {
      guard let value = number(base) else { return false }
      if value.amount.isNegative {
        hold(PolicyFindings.baseNegative, at: value.inputs.first?.place, ["\(value.amount)"])
        return false
      }
      try take("base", benefit, .set(expression: base.source, value: value.amount), value.inputs)
      scope.base = value.amount
    } else if benefit.looksAtBase {
      // Without a base what comes before the formula starts from nothing.
      try take("base", benefit, .set(expression: "0", value: .zero), [])
    }
    for less in benefit.less {
      guard let value = number(less.amount) else { return false }
      try take(
        "less", benefit, .less(expression: less.amount.source, value: value.amount), value.inputs,
        clause: less.clause)
    }
    if benefit.base != nil { scope.base = trace.result }
    return true
  }

  private mutating func holdRate(_ rate: Rational, _ inputs: [Input]) -> BenefitResult {
    hold(PolicyFindings.rateRange, at: inputs.first?.place, ["\(rate)"])
    return .held
  }

  private mutating func take(
    _ key: String, _ benefit: Benefit, _ operation: Operation, _ inputs: [Input], clause: String? = nil
  ) throws(ArithmeticFailure) {
    try trace.take(
      key, clause: clause ?? benefit.clause, benefit: benefit.name, operation, inputs: inputs)
  }

  /// False after holding the award.
  private mutating func formula(_ benefit: Benefit) throws(ArithmeticFailure) -> Bool {
    switch benefit.formula {
    case .rate(let rate):
      guard let value = number(rate) else { return false }
      if value.amount.isNegative || (value.amount > .one && !benefit.allowsOver100) {
        _ = holdRate(value.amount, value.inputs)
        return false
      }
      try take("rate", benefit, .rate(value.amount, expression: rate.source), value.inputs)
    case .marginal(let slices):
      let amount = trace.result
      if let first = slices.first { nearest.note(.tier, first.from, amount, benefit.clause) }
      let clauses = zip(slices, benefit.formulaClauses).filter { amount > $0.0.from }.compactMap(\.1)
      try take(
        "marginal", benefit, .marginal(slices), [],
        clause: clauses.isEmpty ? nil : clauses.joined(separator: "、"))
    case .whole(let bands):
      let band = band(bands, benefit)
      try take(
        "whole", benefit, .whole(band: band?.text ?? "—", rate: band?.value), [], clause: band?.clause)
    case .bands(let bands):
      let band = band(bands, benefit)
      try take("bands", benefit, .band(band: band?.text ?? "—", pays: band?.value), [], clause: band?.clause)
    case .amount(let amount):
      guard let value = number(amount) else { return false }
      if value.amount.isNegative {
        hold(PolicyFindings.baseNegative, at: value.inputs.first?.place, ["\(value.amount)"])
        return false
      }
      try take("amount", benefit, .fixed(expression: amount.source, value: value.amount), value.inputs)
    case .committee(let min, let max):
      guard let min = number(min), let max = number(max) else { return false }
      return try decide("committee", benefit, min.amount, max.amount, min.inputs + max.inputs)
    case .table(let by, let rows): return try table(benefit, by, rows)
    }
    return true
  }

  private mutating func band(_ bands: [Band], _ benefit: Benefit) -> Band? {
    let amount = trace.result
    if let low = bands.first?.low { nearest.note(.band, low, amount, bands[0].clause ?? benefit.clause) }
    return bands.first { $0.contains(amount) }
  }

  private mutating func table(
    _ benefit: Benefit, _ by: Compiled, _ rows: [TableRow]
  ) throws(ArithmeticFailure) -> Bool {
    let (value, inputs) = scope.answer(to: by)
    let key: String
    switch value {
    case .text(let text): key = text
    case .number(let number): key = "\(number)"
    case .flag(let flag): key = flag ? "是" : "否"
    default:
      holdUnknown(value, in: by)
      return false
    }
    guard let row = rows.first(where: { $0.matches(value, key) }) else {
      hold(
        PolicyFindings.unknownValue, at: inputs.first?.place, column: by.source,
        [by.source, "定额表中没有“\(key)”", "the table has no '\(key)'"])
      return false
    }
    guard let max = row.max else {
      try take("table", benefit, .fixed(expression: "\(by.source) = \(key)", value: row.min), inputs)
      return true
    }
    return try decide("table", benefit, row.min, max, inputs)
  }

  private mutating func decide(
    _ key: String, _ benefit: Benefit, _ min: Rational, _ max: Rational, _ inputs: [Input]
  ) throws(ArithmeticFailure) -> Bool {
    let range = "\(min)–\(max)"
    leastAmount = Money(exactly: min)
    guard let decision else {
      hold(PolicyFindings.decisionMissing, at: rows.first?.place, [range])
      return false
    }
    // One amount cannot be the decision of two benefits.
    guard decided == nil else {
      hold(PolicyFindings.decisionShared, at: decision.place, column: "amount", [benefit.name])
      return false
    }
    let amount = decision.amount.yuan
    if amount.isZero, min > .zero {
      try decline(key, benefit, min, max, inputs, decision)
      return true
    }
    guard amount >= min, amount <= max else {
      hold(
        PolicyFindings.decisionRange, at: decision.place, column: "amount", [decision.amount.plain, range])
      return false
    }
    decided = amount
    try take(
      key, benefit, .decided(value: amount, min: min, max: max, reason: Self.words(decision)),
      inputs + [Self.input(decision)])
    return true
  }

  /// Nothing at all is always in a committee's power, whatever the least amount of those it grants.
  private mutating func decline(
    _ key: String, _ benefit: Benefit, _ min: Rational, _ max: Rational, _ inputs: [Input],
    _ decision: Decision
  ) throws(ArithmeticFailure) {
    (leastAmount, isDeclined) = (nil, true)
    let words = Self.words(decision)
    try take(
      key, benefit, .decided(value: .zero, min: min, max: max, reason: words), inputs + [Self.input(decision)]
    )
    reasons.append(
      Reason(
        code: key, text: say("评审决定不予补助", "the committee grants nothing") + (words.isEmpty ? "" : "：\(words)"),
        clause: benefit.clause))
  }

  private static func input(_ decision: Decision) -> Input {
    Input(name: "decision", value: .money(decision.amount), place: decision.place)
  }

  private static func words(_ decision: Decision) -> String {
    [decision.decidedBy, decision.decidedOn?.description ?? "", decision.reason].filter { !$0.isEmpty }
      .joined(separator: " ")
  }
}
