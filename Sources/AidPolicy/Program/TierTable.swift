import AidModel

/// A tiered rate whose edges and rates are written out.
struct TierTable<Number: PolicyNumber>: Sendable {
  struct Tier: Sendable {
    let from: Number
    /// Nil: no upper end.
    let to: Number?
    let rate: Number
    /// The edges in fen.
    let fromFen: Number.Part
    let toFen: Number.Part
    /// The rate in parts of the table's.
    let parts: Number.Part
  }

  let tiers: [Tier]
  /// Rates are counted in so many parts, edges in whole fen; zero: they cannot be.
  private let parts: Number.Part

  /// Nil where a figure does not fit.
  init?(_ slices: [Slice]) {
    var rates: [Number] = []
    for slice in slices {
      guard let rate = Number(slice.rate) else { return nil }
      rates.append(rate)
    }
    let parts = rates.map(\.denominator).max() ?? 1
    let edges = slices.flatMap { [$0.from] + ($0.to.map { [$0] } ?? []) }
    let isPlain =
      rates.allSatisfy { parts % $0.denominator == 0 && $0.numerator <= $0.denominator } && parts <= 1_000_000
      && edges.allSatisfy { $0.hundredths != nil }
    var tiers: [Tier] = []
    for (slice, rate) in zip(slices, rates) {
      guard let from = Number(slice.from) else { return nil }
      var to: Number?
      if let end = slice.to {
        to = Number(end)
        if to == nil { return nil }
      }
      tiers.append(
        Tier(
          from: from, to: to, rate: rate, fromFen: Number.Part(slice.from.hundredths ?? 0),
          toFen: slice.to?.hundredths.map { Number.Part($0) } ?? .max,
          parts: isPlain ? rate.numerator * (parts / rate.denominator) : 0))
    }
    self.tiers = tiers
    self.parts = isPlain ? parts : 0
  }

  /// What the tiers give for an amount.
  func callAsFunction(_ amount: Number) throws(TooWide) -> Number {
    if amount.denominator == 100, parts > 0 {
      var sum: Number.Part = 0
      for tier in tiers where amount.numerator > tier.fromFen {
        let inside = min(amount.numerator, tier.toFen) - tier.fromFen
        sum = try Number.sum(sum, try Number.product(inside, tier.parts))
      }
      return Number(numerator: sum, denominator: 100 * parts)
    }
    var sum = Number.zero
    for tier in tiers where amount.compare(tier.from) > 0 {
      var top = amount
      if let to = tier.to, amount.compare(to) > 0 { top = to }
      sum = try sum + (top - tier.from) * tier.rate
    }
    return sum
  }

  /// How many tiers an amount reaches, one more where it lies past the end of the last; and what the last one
  /// reached gives. Tiers follow each other without a gap.
  func reach(of amount: Number) throws(TooWide) -> (count: Int, last: Number) {
    var count = 0
    while count < tiers.count, amount.compare(tiers[count].from) > 0 { count += 1 }
    guard count > 0 else { return (0, .zero) }
    let last = tiers[count - 1]
    if let to = last.to, amount.compare(to) > 0 { return (count + 1, .zero) }
    return (count, try (amount - last.from) * last.rate)
  }
}

/// Bands of the amount, each with what it gives, all written out.
struct BandTable<Number: PolicyNumber>: Sendable {
  struct Band: Sendable {
    let low: Number?
    let lowIncluded: Bool
    let high: Number?
    let highIncluded: Bool
    let value: Number
  }
  private let bands: [Band]

  /// Nil where a figure does not fit.
  init?(_ bands: [FixedBand]) {
    var own: [Band] = []
    for band in bands {
      guard let value = Number(band.value) else { return nil }
      let (low, high) = (band.low.flatMap { Number($0) }, band.high.flatMap { Number($0) })
      if (low == nil) != (band.low == nil) || (high == nil) != (band.high == nil) { return nil }
      own.append(
        Band(
          low: low, lowIncluded: band.lowIncluded, high: high, highIncluded: band.highIncluded, value: value))
    }
    self.bands = own
  }

  /// What the band of an amount gives; zero in none.
  func callAsFunction(_ amount: Number) -> Number { index(of: amount).map { bands[$0].value } ?? .zero }

  /// The band an amount is in; nil: in none.
  func index(of amount: Number) -> Int? {
    for (i, band) in bands.enumerated() {
      if let low = band.low, amount.compare(low) < (band.lowIncluded ? 0 : 1) { continue }
      if let high = band.high, amount.compare(high) > (band.highIncluded ? 0 : -1) { continue }
      return i
    }
    return nil
  }
}
