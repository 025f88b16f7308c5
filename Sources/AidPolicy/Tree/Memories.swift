import AidModel

/// What expressions look at of earlier payments beyond their sums.
extension Scope {
  mutating func timesPaidHere(_ scope: PastAmount) -> EvaluatedValue {
    let name = "times_paid.\(scope.rawValue)"
    guard let share else { return .unknown(name: name, place: nil) }
    if let unclear = share.unclear(per: scope == .year ? .year : .lifetime, period) {
      return .unknown(name: name, place: rows.first?.place, why: .benefitUnknown(unclear))
    }
    let times = scope == .year ? share.paid.timesYear : share.paid.timesLifetime
    return note(name, .number(DecimalNumber(mantissa: Int64(times))), nil)
  }

  /// A payment that does not say what it kept makes the sum unknown.
  mutating func remembered(_ value: String, _ scope: PastAmount) -> EvaluatedValue {
    let name = "remembered('\(value)').\(scope.rawValue)"
    let payments = paid.dated.filter { ($0.isOfYear || scope == .lifetime) && $0.amount > .zero }
    var sum = Rational.zero
    for payment in payments {
      let kept = payment.breakdown?.remembered.first { $0.name.sameScalars(as: value) }
      guard let kept else {
        return .unknown(name: name, place: rows.first?.place, why: .notRemembered(payment))
      }
      guard let more = try? sum + kept.value else { return .notComputable }
      sum = more
    }
    let times = scope == .year ? paid.timesYear : paid.timesLifetime
    if payments.count < times {
      return .unknown(name: name, place: rows.first?.place, why: .notRemembered(nil))
    }
    inputs.append(Input(name: name, value: .text("\(sum)")))
    return .number(sum)
  }
}

extension BenefitShare {
  /// A payment, of those that count, of which nobody said how much was of the benefit.
  func unclear(per scope: Cap.Scope, _ period: Period) -> PaidBefore.Dated? {
    let counting = unclear.filter { payment in
      switch scope {
      case .award: false
      case .year: payment.isOfYear
      case .lifetime: true
      case .years(let count): payment.isOfYear || period.holds(payment, inYears: count)
      }
    }
    if let first = counting.first { return first }
    let isUnclear = scope == .lifetime ? isUnclearEver : scope != .award && isUnclearOfYear
    return isUnclear ? PaidBefore.Dated(day: period.to, amount: .zero) : nil
  }
}

extension PaidBefore {
  /// What counts for a cap.
  func amount(per scope: Cap.Scope, _ period: Period) -> Money {
    switch scope {
    case .award: .zero
    case .year: year
    case .lifetime: lifetime
    case .years(let count):
      max(year, dated.filter { period.holds($0, inYears: count) }.reduce(.zero) { $0 + $1.amount })
    }
  }

  /// What counts for a limit.
  func times(per scope: Cap.Scope, _ period: Period) -> Int {
    switch scope {
    case .award: 0
    case .year: timesYear
    case .lifetime: timesLifetime
    case .years(let count):
      max(timesYear, dated.count { $0.amount > .zero && period.holds($0, inYears: count) })
    }
  }
}
