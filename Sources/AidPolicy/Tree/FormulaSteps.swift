import AidModel

/// How a formula makes an amount, and what a committee decides.
extension PersonAssessor {
  /// False after holding the award.
  mutating func take(_ formula: Formula, _ benefit: Benefit) throws(ArithmeticFailure) -> Bool {
    switch formula {
    case .rate(let rate):
      guard let value = self.rate(rate, benefit) else { return false }
      try take("rate", benefit, .rate(value.amount, expression: rate.source), value.inputs)
    case .marginal(let tiers): return try take(tiers, benefit)
    case .whole(let bands):
      guard let found = try band(bands, benefit, areRates: true) else { return false }
      try take(
        "whole", benefit, .whole(band: found.band?.text ?? "—", rate: found.band?.value), found.inputs,
        clause: found.band?.clause)
    case .bands(let bands):
      guard let found = try band(bands, benefit, areRates: false) else { return false }
      try take(
        "bands", benefit, .band(band: found.band?.text ?? "—", pays: found.band?.value), found.inputs,
        clause: found.band?.clause)
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
    case .table(let table): return try take(table, benefit)
    }
    return true
  }

  private mutating func take(_ tiers: [Tier], _ benefit: Benefit) throws(ArithmeticFailure) -> Bool {
    var (slices, clauses, inputs): ([Slice], [String?], [Input]) = ([], [], [])
    for tier in tiers {
      if let slice = tier.slice {
        slices.append(slice)
        clauses.append(tier.clause)
        continue
      }
      guard let from = number(tier.from), let rate = self.rate(tier.rate, benefit) else { return false }
      inputs += from.inputs + rate.inputs
      var to: Rational?
      if let end = tier.to {
        guard let value = number(end) else { return false }
        (to, inputs) = (value.amount, inputs + value.inputs)
      }
      // What ends before it begins holds nothing.
      if let to, to <= from.amount { continue }
      slices.append(Slice(from: from.amount, to: to, rate: rate.amount))
      clauses.append(tier.clause)
    }
    let meet = zip(slices, slices.dropFirst()).allSatisfy { $0.to == $1.from }
    guard meet || Tier.slices(tiers) != nil else {
      hold(PolicyFindings.tiersUnsound, at: inputs.first?.place, [benefit.name])
      return false
    }
    let amount = trace.result
    if let first = slices.first { nearest.note(.tier, first.from, amount, benefit.clause) }
    let reached = zip(slices, clauses).filter { amount > $0.0.from }.compactMap(\.1)
    try take(
      "marginal", benefit, .marginal(slices), inputs,
      clause: reached.isEmpty ? nil : reached.joined(separator: "、"))
    return true
  }

  /// The band the amount is in, if any; nil after holding the award.
  private mutating func band(
    _ bands: [Band], _ benefit: Benefit, areRates: Bool
  ) throws(ArithmeticFailure) -> (band: FixedBand?, inputs: [Input])? {
    let amount = trace.result
    var (fixed, inputs): ([FixedBand], [Input]) = ([], [])
    for band in bands {
      if let own = band.fixed {
        fixed.append(own)
        continue
      }
      var edges: [Rational?] = []
      for edge in [band.low, band.high] {
        guard let edge else {
          edges.append(nil)
          continue
        }
        guard let value = number(edge) else { return nil }
        edges.append(value.amount)
        inputs += value.inputs
      }
      guard let value = areRates ? self.rate(band.value, benefit) : number(band.value) else { return nil }
      inputs += value.inputs
      let own = FixedBand(
        low: edges[0], lowIncluded: band.lowIncluded, high: edges[1], highIncluded: band.highIncluded,
        value: value.amount, clause: band.clause)
      if !own.isEmpty { fixed.append(own) }
    }
    let meet = zip(fixed, fixed.dropFirst()).allSatisfy {
      $0.high != nil && $0.high == $1.low && $0.highIncluded != $1.lowIncluded
    }
    guard meet || Band.fixed(bands) != nil else {
      hold(PolicyFindings.tiersUnsound, at: inputs.first?.place, [benefit.name])
      return nil
    }
    if let low = fixed.first?.low {
      nearest.note(.band, low, amount, fixed[0].clause ?? benefit.clause)
    }
    return (fixed.first { $0.contains(amount) }, inputs)
  }

  private mutating func take(_ table: Table, _ benefit: Benefit) throws(ArithmeticFailure) -> Bool {
    var (values, inputs): ([EvaluatedValue], [Input]) = ([], [])
    for by in table.by {
      let (value, read) = scope.answer(to: by)
      if value.isUnknown {
        holdUnknown(value, in: by)
        return false
      }
      values.append(value)
      inputs += read
    }
    let found = Table.cell(table.rows, for: values[...])
    let names = table.by.map(\.source)
    switch found.cell {
    case .figure(let figure):
      guard let value = number(figure) else { return false }
      if value.amount.isNegative {
        hold(PolicyFindings.baseNegative, at: value.inputs.first?.place, ["\(value.amount)"])
        return false
      }
      let keys = zip(names, found.path).map { "\($0): \($1)" }.joined(separator: "; ")
      try take("table", benefit, .fixed(expression: keys, value: value.amount), inputs + value.inputs)
      return true
    case .range(let min, let max):
      guard let low = number(min), let high = number(max) else { return false }
      return try decide("table", benefit, low.amount, high.amount, inputs + low.inputs + high.inputs)
    case .level, nil:
      let source = names.joined(separator: "; ")
      hold(
        PolicyFindings.unknownValue, at: inputs.first?.place, column: table.by[0].source,
        [source, "定额表中没有“\(found.missing)”", "the table has no '\(found.missing)'"])
      return false
    }
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
    if amount.isZero {
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
        code: key,
        text: say("评审决定不予补助", "the committee grants nothing")
          + (words.isEmpty ? "" : say("：", ": ") + words),
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
