import AidModel

/// Benefits, caps and offsets to instructions, in the order of the contract.
extension QuickCompiler {
  mutating func compile(_ benefit: Benefit) throws(NotCovered) {
    let amount = fixed(.amount)
    let zero = try constant(ShortFraction.zero)
    emit(.copy, fixed(.base), zero)
    if let base = benefit.base {
      let value = try value(base.expression)
      emit(.requireAmount, 0, value)
      emit(.copy, amount, value)
      emit(.copy, fixed(.base), value)
    } else if benefit.looksAtBase {
      emit(.copy, amount, zero)
    }
    try takeOff(benefit.less)
    if benefit.base != nil, !benefit.less.isEmpty { emit(.copy, fixed(.base), amount) }
    var end: Int?
    if let gate = benefit.gate {
      let passed = jump(.jumpIf, try value(gate.expression))
      emit(.gateFailed, amount)
      end = jump(.jump)
      land(passed)
    }
    if let window = benefit.window {
      if let to = window.to { emit(.least, amount, amount, try constant(to)) }
      emit(.less0, amount, amount, try constant(window.from))
    }
    if let deductible = benefit.deductible {
      emit(.less0, amount, amount, try value(deductible.expression))
    }
    try formula(benefit)
    for factor in benefit.times {
      let value = try value(factor.amount.expression)
      emit(.requireAmount, 0, value)
      emit(.multiply, amount, amount, value)
    }
    if let minimum = benefit.minimum { emit(.raise, amount, try constant(minimum)) }
    try compile(benefit.caps)
    try takeOff(benefit.offset)
    if let end { land(end) }
  }

  mutating func takeOff(_ amounts: [ClausedAmount]) throws(NotCovered) {
    for other in amounts {
      emit(.less0, fixed(.amount), fixed(.amount), try value(other.amount.expression))
    }
  }

  mutating func compile(_ caps: [Cap]) throws(NotCovered) {
    for cap in caps {
      let used: Register =
        switch (cap.per, cap.isHousehold) {
        case (.award, false): try constant(ShortFraction.zero)
        case (.year, false): fixed(.paidYear)
        case (.lifetime, false): fixed(.paidLifetime)
        case (.award, true): fixed(.householdAward)
        case (.year, true): fixed(.householdYear)
        case (.lifetime, true): fixed(.householdLifetime)
        }
      if cap.per != .award { program.usesHistory = true }
      emit(.cap, fixed(.amount), try value(cap.at.expression), used)
    }
  }

  private mutating func formula(_ benefit: Benefit) throws(NotCovered) {
    let amount = fixed(.amount)
    switch benefit.formula {
    case .rate(let rate):
      let value = try value(rate.expression)
      emit(benefit.allowsOver100 ? .requireAmount : .requireRate, 0, value)
      emit(.multiply, amount, amount, value)
    case .marginal(let slices):
      program.tiers.append(try TierTable(slices))
      emit(.marginal, amount, amount, UInt16(program.tiers.count - 1))
    case .whole(let bands):
      let rate = try fresh()
      program.bands.append(try BandTable(bands))
      emit(.band, rate, amount, UInt16(program.bands.count - 1))
      emit(.multiply, amount, amount, rate)
    case .bands(let bands):
      program.bands.append(try BandTable(bands))
      emit(.band, amount, amount, UInt16(program.bands.count - 1))
    case .amount(let sum):
      let value = try value(sum.expression)
      emit(.requireAmount, 0, value)
      emit(.copy, amount, value)
    case .committee: emit(.requireAmount, 0, try constant(ShortFraction.unreadable))
    case .table(let by, let rows):
      let key = try value(by.expression)
      program.keys.append(try table(rows, by.type))
      emit(.key, amount, key, UInt16(program.keys.count - 1))
    }
  }

  private mutating func table(_ rows: [TableRow], _ type: ExpressionType) throws(NotCovered) -> KeyTable {
    var own: [(key: ShortFraction, amount: ShortFraction?)] = []
    for row in rows {
      var amount: ShortFraction?
      if row.max == nil { amount = try ShortFraction(row.min) }
      let key: ShortFraction
      switch type {
      case .text: key = text(row.key)
      case .number, .money:
        guard let number = DecimalNumber(plain: row.key) else { throw NotCovered() }
        key = try ShortFraction(Rational(number))
      case .flag:
        let isYes = row.matches(.flag(true), "是")
        // A key that is neither yes nor no is nobody's.
        guard isYes || row.matches(.flag(false), "否") else { continue }
        key = ShortFraction(isYes)
      default: throw NotCovered()
      }
      own.append((key, amount))
    }
    return KeyTable(rows: own)
  }
}

extension TierTable {
  init(_ slices: [Slice]) throws(NotCovered) {
    var rates: [ShortFraction] = []
    for slice in slices { rates.append(try ShortFraction(slice.rate)) }
    let parts = rates.map(\.denominator).max() ?? 1
    let edges = slices.flatMap { [$0.from] + ($0.to.map { [$0] } ?? []) }
    let isPlain =
      rates.allSatisfy { parts % $0.denominator == 0 } && parts <= 1_000_000
      && edges.allSatisfy { $0.hundredths != nil }
    var tiers: [Tier] = []
    for (slice, rate) in zip(slices, rates) {
      var to: ShortFraction?
      if let end = slice.to { to = try ShortFraction(end) }
      tiers.append(
        Tier(
          from: try ShortFraction(slice.from), to: to, rate: rate, fromFen: slice.from.hundredths ?? 0,
          toFen: slice.to?.hundredths ?? .max,
          parts: isPlain ? try ShortFraction.product(rate.numerator, parts / rate.denominator) : 0))
    }
    self.init(tiers: tiers, parts: isPlain ? parts : 0)
  }

  /// What the tiers give for an amount.
  func callAsFunction(_ amount: ShortFraction) throws(NotCovered) -> ShortFraction {
    if amount.denominator == 100, parts > 0 {
      var sum: Int64 = 0
      for tier in tiers where amount.numerator > tier.fromFen {
        let inside = min(amount.numerator, tier.toFen) - tier.fromFen
        sum = try ShortFraction.sum(sum, try ShortFraction.product(inside, tier.parts))
      }
      return ShortFraction(numerator: sum, denominator: 100 * parts)
    }
    var sum = ShortFraction.zero
    for tier in tiers where try amount.compare(tier.from) > 0 {
      var top = amount
      if let to = tier.to, try amount.compare(to) > 0 { top = to }
      sum = try sum + (top - tier.from) * tier.rate
    }
    return sum
  }
}

extension BandTable {
  init(_ bands: [AidPolicy.Band]) throws(NotCovered) {
    func edge(_ number: Rational?) throws(NotCovered) -> ShortFraction? {
      guard let number else { return nil }
      return try ShortFraction(number)
    }
    var own: [Band] = []
    for band in bands {
      own.append(
        Band(
          low: try edge(band.low), lowIncluded: band.lowIncluded, high: try edge(band.high),
          highIncluded: band.highIncluded, value: try ShortFraction(band.value)))
    }
    self.init(bands: own)
  }

  /// What the band of an amount gives; zero in none.
  func callAsFunction(_ amount: ShortFraction) throws(NotCovered) -> ShortFraction {
    for band in bands {
      if let low = band.low, try amount.compare(low) < (band.lowIncluded ? 0 : 1) { continue }
      if let high = band.high, try amount.compare(high) > (band.highIncluded ? 0 : -1) { continue }
      return band.value
    }
    return .zero
  }
}
