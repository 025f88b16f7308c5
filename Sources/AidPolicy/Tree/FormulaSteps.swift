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
      guard let value = self.amount(amount) else { return false }
      try take("amount", benefit, .fixed(expression: amount.source, value: value.amount), value.inputs)
    case .committee(let min, let max):
      guard let min = number(min), let max = number(max) else { return false }
      return try decide("committee", benefit, min.amount, max.amount, min.inputs + max.inputs)
    case .table(let table): return try take(table, benefit)
    }
    return true
  }

  private mutating func take(_ tiers: [Tier], _ benefit: Benefit) throws(ArithmeticFailure) -> Bool {
    var (found, inputs): ([(tier: Tier, from: Rational, to: Rational?)], [Input]) = ([], [])
    for tier in tiers {
      guard let from = self.amount(tier.from) else { return false }
      inputs += from.inputs
      var to: Rational?
      if let end = tier.to {
        guard let value = self.amount(end) else { return false }
        (to, inputs) = (value.amount, inputs + value.inputs)
      }
      // What ends before it begins holds nothing.
      if tier.slice == nil, let to, to <= from.amount { continue }
      found.append((tier, from.amount, to))
    }
    let meet = zip(found, found.dropFirst()).allSatisfy { $0.to == $1.from }
    guard meet || Tier.slices(tiers) != nil else {
      hold(PolicyFindings.tiersUnsound, at: inputs.first?.place, [benefit.name])
      return false
    }
    let amount = trace.result
    if let first = found.first { nearest.note(.tier, first.from, amount, benefit.clause) }
    // The rate of a tier that is not reached is not needed.
    var (slices, clauses): ([Slice], [String]) = ([], [])
    for (tier, from, to) in found where amount > from {
      guard let rate = self.rate(tier.rate, benefit) else { return false }
      inputs += rate.inputs
      slices.append(Slice(from: from, to: to, rate: rate.amount))
      if let clause = tier.clause { clauses.append(clause) }
    }
    try take(
      "marginal", benefit, .marginal(slices), inputs,
      clause: clauses.isEmpty ? nil : clauses.joined(separator: "、"))
    return true
  }

  /// The band the amount is in, if any; nil after holding the award.
  private mutating func band(
    _ bands: [Band], _ benefit: Benefit, areRates: Bool
  ) throws(ArithmeticFailure) -> (band: FixedBand?, inputs: [Input])? {
    let amount = trace.result
    var (found, inputs): ([(band: Band, edges: FixedBand)], [Input]) = ([], [])
    for band in bands {
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
      let own = FixedBand(
        low: edges[0], lowIncluded: band.lowIncluded, high: edges[1], highIncluded: band.highIncluded,
        value: .zero, clause: band.clause)
      if band.fixed != nil || !own.isEmpty { found.append((band, own)) }
    }
    let meet = zip(found, found.dropFirst()).allSatisfy {
      $0.edges.high != nil && $0.edges.high == $1.edges.low
        && $0.edges.highIncluded != $1.edges.lowIncluded
    }
    guard meet || Band.fixed(bands) != nil else {
      hold(PolicyFindings.tiersUnsound, at: inputs.first?.place, [benefit.name])
      return nil
    }
    if let low = found.first?.edges.low {
      nearest.note(.band, low, amount, found[0].band.clause ?? benefit.clause)
    }
    // What a band gives that the amount is not in is not needed.
    guard let (band, edges) = found.first(where: { $0.edges.contains(amount) }) else { return (nil, inputs) }
    let isRate = areRates && band.fixed == nil
    guard
      let value = isRate ? rate(band.value, benefit) : areRates ? number(band.value) : self.amount(band.value)
    else { return nil }
    let given = FixedBand(
      low: edges.low, lowIncluded: edges.lowIncluded, high: edges.high, highIncluded: edges.highIncluded,
      value: value.amount, clause: edges.clause)
    return (given, inputs + value.inputs)
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
      guard let value = amount(figure) else { return false }
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
