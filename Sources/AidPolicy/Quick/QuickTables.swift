import AidModel

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

extension TierTable {
  /// Tiers follow each other without a gap, so that an amount reaches the first few of them.
  var isGapless: Bool {
    zip(tiers, tiers.dropFirst()).allSatisfy { low, high in
      low.to.map { $0.rational == high.from.rational && $0.rational > low.from.rational } ?? false
    }
  }

  /// How many tiers an amount reaches, one more where it lies past the end of the last; and what the last one reached
  /// gives. Only of gapless tiers.
  func reach(of amount: ShortFraction) throws(NotCovered) -> (count: Int, last: ShortFraction) {
    var count = 0
    while count < tiers.count, try amount.compare(tiers[count].from) > 0 { count += 1 }
    guard count > 0 else { return (0, .zero) }
    let last = tiers[count - 1]
    if let to = last.to, try amount.compare(to) > 0 { return (count + 1, .zero) }
    return (count, try (amount - last.from) * last.rate)
  }
}

extension BandTable {
  init(_ bands: [FixedBand]) throws(NotCovered) {
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
    try index(of: amount).map { bands[$0].value } ?? .zero
  }

  /// The band an amount is in; nil: in none.
  func index(of amount: ShortFraction) throws(NotCovered) -> Int? {
    for (i, band) in bands.enumerated() {
      if let low = band.low, try amount.compare(low) < (band.lowIncluded ? 0 : 1) { continue }
      if let high = band.high, try amount.compare(high) > (band.highIncluded ? 0 : -1) { continue }
      return i
    }
    return nil
  }
}
