import AidModel

/// The steps of one benefit, in the order of the contract: base, less, gate, window, deductible, formula, times,
/// minimum, caps, offset.
extension PersonAssessor {
  enum BenefitResult { case amount, gateFailed, held }

  mutating func assess(_ benefit: Benefit) throws(ArithmeticFailure) -> BenefitResult {
    scope.base = nil
    if let base = benefit.base {
      guard let value = try number(base) else { return .held }
      if value.amount.isNegative {
        hold(PolicyFindings.baseNegative, at: value.inputs.first?.place, ["\(value.amount)"])
        return .held
      }
      try take("base", benefit, .set(expression: base.source, value: value.amount), value.inputs)
      scope.base = value.amount
    } else if benefit.looksAtBase {
      // Without a base what comes before the formula starts from nothing.
      try take("base", benefit, .set(expression: "0", value: .zero), [])
    }
    for less in benefit.less {
      guard let value = try number(less.amount) else { return .held }
      try trace.take(
        "less", clause: less.clause ?? benefit.clause, benefit: benefit.name,
        .less(expression: less.amount.source, value: value.amount), inputs: value.inputs)
    }
    if benefit.base != nil { scope.base = trace.result }
    if let gate = benefit.gate {
      let (value, inputs) = try scope.value(of: gate)
      guard case .flag(let held) = value else {
        holdUnknown(value)
        return .held
      }
      try take("gate", benefit, .gate(condition: gate.source, held: held), inputs)
      if !held {
        reasons.append(
          Reason(
            code: "gate", text: say("未达到门槛：\(gate.source)", "the gate is not passed: \(gate.source)"),
            clause: benefit.clause))
        return .gateFailed
      }
    }
    if let window = benefit.window {
      try take("window", benefit, .window(from: window.from, to: window.to), [])
    }
    if let deductible = benefit.deductible {
      guard let value = try number(deductible) else { return .held }
      try take("deductible", benefit, .deductible(value.amount), value.inputs)
    }
    guard try formula(benefit) else { return .held }
    for factor in benefit.times {
      guard let value = try number(factor) else { return .held }
      try take("times", benefit, .times(expression: factor.source, factor: value.amount), value.inputs)
    }
    if let minimum = benefit.minimum { try take("minimum", benefit, .minimum(minimum), []) }
    guard try applyCaps(benefit.caps, benefit: benefit.name) else { return .held }
    return try applyOffsets(benefit.offset, benefit: benefit.name) ? .amount : .held
  }

  private mutating func take(
    _ key: String, _ benefit: Benefit, _ operation: Operation, _ inputs: [Input]
  ) throws(ArithmeticFailure) {
    try trace.take(key, clause: benefit.clause, benefit: benefit.name, operation, inputs: inputs)
  }

  /// The number an expression comes to, or nil after holding the award for what is unknown.
  private mutating func number(
    _ compiled: Compiled
  ) throws(ArithmeticFailure) -> (amount: Rational, inputs: [Input])? {
    let (value, inputs) = try scope.value(of: compiled)
    if case .number(let amount) = value { return (amount, inputs) }
    if value.isUnknown {
      holdUnknown(value)
    } else {
      hold(PolicyFindings.unknownValue, at: inputs.first?.place, [compiled.source])
    }
    return nil
  }

  /// False after holding the award.
  private mutating func formula(_ benefit: Benefit) throws(ArithmeticFailure) -> Bool {
    switch benefit.formula {
    case .rate(let rate):
      guard let value = try number(rate) else { return false }
      try take("rate", benefit, .rate(value.amount, expression: rate.source), value.inputs)
    case .marginal(let slices): try take("marginal", benefit, .marginal(slices), [])
    case .whole(let bands):
      let base = trace.result
      let band = bands.first { $0.contains(base) }
      try take("whole", benefit, .whole(band: band?.text ?? "—", rate: band?.value), [])
    case .bands(let bands):
      let base = trace.result
      let band = bands.first { $0.contains(base) }
      try take("bands", benefit, .band(band: band?.text ?? "—", pays: band?.value), [])
    case .amount(let amount):
      guard let value = try number(amount) else { return false }
      if value.amount.isNegative {
        hold(PolicyFindings.baseNegative, at: value.inputs.first?.place, ["\(value.amount)"])
        return false
      }
      try take("amount", benefit, .fixed(expression: amount.source, value: value.amount), value.inputs)
    case .committee(let min, let max): return try decide("committee", benefit, min, max, [])
    case .table(let by, let rows): return try table(benefit, by, rows)
    }
    return true
  }

  private mutating func table(
    _ benefit: Benefit, _ by: Compiled, _ rows: [TableRow]
  ) throws(ArithmeticFailure) -> Bool {
    let (value, inputs) = try scope.value(of: by)
    let key: String
    switch value {
    case .text(let text): key = text
    case .number(let number): key = "\(number)"
    case .flag(let flag): key = flag ? "是" : "否"
    default:
      holdUnknown(value)
      return false
    }
    guard let row = rows.first(where: { $0.key.sameScalars(as: key) }) else {
      hold(
        PolicyFindings.unknownValue, at: inputs.first?.place, column: by.source,
        [say("\(by.source)（定额表中没有“\(key)”）", "\(by.source) (the table has no '\(key)')")])
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
    guard let decision = person.decision else {
      hold(PolicyFindings.decisionMissing, at: rows.first?.place, [range])
      return false
    }
    let amount = decision.amount.yuan
    guard amount >= min, amount <= max else {
      hold(
        PolicyFindings.decisionRange, at: decision.place, column: "amount", [decision.amount.plain, range])
      return false
    }
    decided = amount
    let decisionInput = Input(name: "decision", value: .money(decision.amount), place: decision.place)
    let who = [decision.decidedBy, decision.decidedOn?.description ?? "", decision.reason].filter {
      !$0.isEmpty
    }
    try take(
      key, benefit, .decided(value: amount, min: min, max: max, reason: who.joined(separator: " ")),
      inputs + [decisionInput])
    return true
  }
}
