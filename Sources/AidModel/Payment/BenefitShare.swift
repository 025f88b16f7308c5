/// What one benefit, or one group of it, had of a person's earlier payments.
public struct BenefitShare: Sendable {
  /// What was claimed of the benefit, and what it gave.
  public struct Claimed: Sendable {
    /// The payment, with the amount of the benefit alone.
    public let payment: PaidBefore.Dated
    /// Nil where nobody said.
    public let base: Money?
  }

  /// The payments as far as they were of the benefit.
  public private(set) var paid = PaidBefore()
  public private(set) var claimed: [Claimed] = []
  /// Payments of which nobody said how much of them was of the benefit.
  public private(set) var unclear: [PaidBefore.Dated] = []
  /// Sums without payments, as an example may give them, of which nobody said how much was of the benefit.
  public private(set) var isUnclearOfYear = false
  public private(set) var isUnclearEver = false

  /// - Parameters:
  ///   - group: empty of a benefit without `for_each`.
  ///   - isOnly: the policy has no other benefit: what names none is of this one.
  public init(of benefit: String, group: String, in had: PaidBefore, isOnly: Bool) {
    let ownsAll = isOnly && group.isEmpty
    for payment in had.dated { add(payment, benefit, group, isOnly: isOnly, ownsAll: ownsAll) }
    let rest = had.withoutDated
    if ownsAll {
      paid.year += rest.year
      paid.lifetime += rest.lifetime
      paid.timesYear += rest.timesYear
      paid.timesLifetime += rest.timesLifetime
    } else {
      isUnclearOfYear = rest.year > .zero || rest.timesYear > 0
      isUnclearEver = rest.lifetime > .zero || rest.timesLifetime > 0
    }
  }

  /// All groups together.
  public init(ofAnyGroupOf benefit: String, in had: PaidBefore, isOnly: Bool) {
    var merged = had
    merged.dated = had.dated.map { payment in
      guard let breakdown = payment.breakdown else { return payment }
      let parts = breakdown.parts.map { PaymentPart(benefit: $0.benefit, amount: $0.amount, base: $0.base) }
      return PaidBefore.Dated(
        day: payment.day, amount: payment.amount, countsOn: payment.countsOn, isOfYear: payment.isOfYear,
        breakdown: PaymentBreakdown(parts: parts, remembered: breakdown.remembered))
    }
    self.init(of: benefit, group: "", in: merged, isOnly: isOnly)
  }

  private mutating func add(
    _ payment: PaidBefore.Dated, _ benefit: String, _ group: String, isOnly: Bool, ownsAll: Bool
  ) {
    guard let parts = payment.breakdown?.parts, !parts.isEmpty else {
      if ownsAll {
        take(payment, payment.amount, base: nil)
      } else if payment.amount > .zero {
        unclear.append(payment)
      }
      return
    }
    var (amount, base, isOwn) = (Money.zero, Money?.some(.zero), false)
    for part in parts {
      let isNamed = !part.benefit.isEmpty
      if isNamed, !part.benefit.sameScalars(as: benefit) { continue }
      if !isNamed && !isOnly || part.group.isEmpty && !group.isEmpty {
        return unclear.append(payment)
      }
      if !part.group.sameScalars(as: group) { continue }
      isOwn = true
      amount += part.amount
      base = base.flatMap { sum in part.base.map { sum + $0 } }
    }
    if isOwn { take(payment, amount, base: base) }
  }

  private mutating func take(_ payment: PaidBefore.Dated, _ amount: Money, base: Money?) {
    paid.add(amount, of: payment)
    claimed.append(Claimed(payment: paid.dated[paid.dated.count - 1], base: base))
  }
}

extension PaidBefore {
  /// Another payment's day and year with an amount of its own.
  fileprivate mutating func add(_ amount: Money, of payment: Dated) {
    dated.append(
      Dated(
        day: payment.day, amount: amount, countsOn: payment.countsOn, isOfYear: payment.isOfYear,
        breakdown: payment.breakdown))
    let times = amount == .zero ? 0 : 1
    lifetime += amount
    timesLifetime += times
    if payment.isOfYear {
      year += amount
      timesYear += times
    }
  }

  /// The sums that stand for no payment.
  fileprivate var withoutDated: (year: Money, lifetime: Money, timesYear: Int, timesLifetime: Int) {
    var rest = (year: year, lifetime: lifetime, timesYear: timesYear, timesLifetime: timesLifetime)
    for payment in dated {
      let times = payment.amount == .zero ? 0 : 1
      rest.lifetime -= payment.amount
      rest.timesLifetime -= times
      if payment.isOfYear {
        rest.year -= payment.amount
        rest.timesYear -= times
      }
    }
    return rest
  }
}
