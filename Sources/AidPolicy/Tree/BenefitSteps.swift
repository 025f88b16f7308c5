import AidModel

/// The steps of one benefit, in their order.
extension PersonAssessor {
  enum StepResult { case next, ended, held }

  /// The rows that fulfil a condition; nil after holding the award for what is unknown.
  mutating func rows(of all: [Claim], where condition: Compiled) -> [Claim]? {
    defer { scope.current = nil }
    var counted: [Claim] = []
    for row in all {
      scope.current = row
      let (value, _) = scope.answer(to: condition)
      guard case .flag(let counts) = value else {
        holdUnknown(value, in: condition)
        return nil
      }
      if counts { counted.append(row) }
    }
    return counted
  }

  mutating func take(
    _ step: BenefitStep, of benefit: Benefit
  ) throws(ArithmeticFailure) -> StepResult {
    scope.soFar = trace.result
    switch step {
    case .base(let base): return try takeBase(base, benefit)
    case .less(let less):
      guard let value = amount(less.amount) else { return .held }
      try take(
        "less", benefit, .less(expression: less.amount.source, value: value.amount), value.inputs,
        clause: less.clause)
      if benefit.hasBase { scope.base = trace.result }
    case .gate(let gate): return try pass(gate, benefit)
    case .window(let window): return try take(window, benefit)
    case .deductible(let deductible):
      guard let value = amount(deductible.amount) else { return .held }
      nearest.note(.deductible, value.amount, trace.result, deductible.clause ?? benefit.clause)
      try take(
        "deductible", benefit, .deductible(value.amount, expression: deductible.amount.source), value.inputs,
        clause: deductible.clause)
    case .formula(let formula):
      guard try take(formula, benefit) else { return .held }
      if isDeclined { return .ended }
    case .times(let factor):
      guard let value = number(factor.amount) else { return .held }
      guard !value.amount.isNegative else { return holdRate(value.amount, value.inputs) }
      try take(
        "times", benefit, .times(expression: factor.amount.source, factor: value.amount), value.inputs,
        clause: factor.clause)
    case .minimum(let minimum):
      guard let value = amount(minimum.amount) else { return .held }
      try take(
        "minimum", benefit, .minimum(value.amount, expression: minimum.amount.source), value.inputs,
        clause: minimum.clause)
    case .atLeast(let least):
      guard let value = amount(least.amount) else { return .held }
      try take(
        "at_least", benefit, .atLeast(value.amount, expression: least.amount.source), value.inputs,
        clause: least.clause)
    case .cap(let cap): return try applyCaps([cap], benefit: benefit) ? .next : .held
    case .offset(let offset): return try applyOffsets([offset], benefit: benefit) ? .next : .held
    case .round(let rounding):
      try take(
        "round", benefit, .round(unit: rounding.unit, mode: rounding.mode), [], clause: rounding.clause)
    }
    return .next
  }

  private mutating func takeBase(
    _ base: Compiled, _ benefit: Benefit
  ) throws(ArithmeticFailure) -> StepResult {
    guard let value = amount(base) else { return .held }
    try take("base", benefit, .set(expression: base.source, value: value.amount), value.inputs)
    scope.base = value.amount
    return .next
  }

  private mutating func pass(_ gate: Gate, _ benefit: Benefit) throws(ArithmeticFailure) -> StepResult {
    let (value, inputs) = scope.answer(to: gate.when)
    guard case .flag(let held) = value else {
      holdUnknown(value, in: gate.when)
      return .held
    }
    try take(
      "gate", benefit, .gate(condition: gate.when.source, held: held), inputs,
      clause: gate.clause ?? benefit.clause)
    if held { return .next }
    reasons.append(benefit.reason(of: gate, scope, person.language))
    return .ended
  }

  private mutating func take(
    _ window: Window, _ benefit: Benefit
  ) throws(ArithmeticFailure) -> StepResult {
    guard let from = amount(window.from) else { return .held }
    var (to, inputs) = (Rational?.none, from.inputs)
    if let end = window.to {
      guard let value = amount(end) else { return .held }
      (to, inputs) = (value.amount, inputs + value.inputs)
    }
    if let to, to < from.amount {
      hold(PolicyFindings.tiersUnsound, at: inputs.first?.place, [benefit.name])
      return .held
    }
    nearest.note(.deductible, from.amount, trace.result, window.clause ?? benefit.clause)
    try take("window", benefit, .window(from: from.amount, to: to), inputs, clause: window.clause)
    return .next
  }

  private mutating func holdRate(_ rate: Rational, _ inputs: [Input]) -> StepResult {
    hold(PolicyFindings.rateRange, at: inputs.first?.place, ["\(rate)"])
    return .held
  }

  mutating func take(
    _ key: String, _ benefit: Benefit, _ operation: AidModel.Operation, _ inputs: [Input],
    clause: String? = nil
  ) throws(ArithmeticFailure) {
    try takeNamedValues()
    try trace.take(
      key, clause: clause ?? benefit.clause, benefit: benefit.name, group: group, operation, inputs: inputs)
  }

  /// Named values that were worked out for the step to come stand before it, each once.
  mutating func takeNamedValues() throws(ArithmeticFailure) {
    for found in scope.takeFoundValues() {
      let value = policy.values[found.index]
      try trace.take(
        "values", clause: value.clause,
        .named(name: value.name, expression: value.value.source, value: found.value), inputs: found.inputs)
    }
  }

  /// A rate that may be paid; nil after holding the award.
  mutating func rate(_ compiled: Compiled, _ benefit: Benefit) -> (amount: Rational, inputs: [Input])? {
    guard let value = number(compiled) else { return nil }
    if value.amount.isNegative || (value.amount > .one && !benefit.allowsOver100) {
      _ = holdRate(value.amount, value.inputs)
      return nil
    }
    return value
  }
}
