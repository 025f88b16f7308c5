import AidModel

/// How often somebody was paid, and what awards keep of values.
extension PersonAssessor {
  enum Reached {
    case none
    /// The limit that leaves no room, and how often it was used.
    case over(Limit, had: Int)
    case held
  }

  /// The first limit that leaves no room.
  mutating func reached(_ limits: [Limit], of benefit: Benefit?) -> Reached {
    for limit in limits {
      guard let most = number(limit.times) else { return .held }
      guard let had = timesHad(limit, benefit) else { return .held }
      if Rational(Int64(had)) >= most.amount { return .over(limit, had: had) }
    }
    return .none
  }

  /// Nil after holding the award for a payment that does not say which benefit it was of.
  private mutating func timesHad(_ limit: Limit, _ benefit: Benefit?) -> Int? {
    func times(_ paid: PaidBefore) -> Int { paid.times(per: limit.per, scope.period) }
    // What the spouse gets in this batch is one more.
    guard let benefit else {
      let own = times(paid)
      return limit.isHousehold
        ? own + times(person.spouse.before)
          + (person.spouse.inBatch == .zero ? 0 : max(person.spouse.paidInBatch, 1)) : own
    }
    guard let own = clear(share(of: benefit, in: paid), per: limit.per) else { return nil }
    guard limit.isHousehold else { return times(own.paid) }
    guard let spouse = clear(share(of: benefit, in: person.spouse.before), per: limit.per),
      let now = spouseInBatch(benefit)
    else { return nil }
    return times(own.paid) + times(spouse.paid) + (now == .zero ? 0 : 1)
  }

  /// What the benefit at hand, or the group of it, had.
  func share(of benefit: Benefit, in paid: PaidBefore) -> BenefitShare {
    BenefitShare(
      of: benefit.name, group: group ?? "", in: paid, isOnly: policy.benefits.count == 1)
  }

  /// Nil after holding the award for a payment that does not say which benefit it was of.
  mutating func clear(_ share: BenefitShare, per: Cap.Scope) -> BenefitShare? {
    guard let unclear = share.unclear(per: per, scope.period) else { return share }
    holdUnclear(unclear)
    return nil
  }

  mutating func holdUnclear(_ payment: PaidBefore.Dated) {
    if findings.contains(where: { $0.kind.code == PolicyFindings.benefitUnknown.code }) { return }
    let words =
      payment.amount == .zero
      ? say("以往发放", "earlier payments") : "\(payment.day) \(payment.amount.grouped)"
    hold(PolicyFindings.benefitUnknown, at: rows.first?.place, [words, heldBenefit ?? policy.title])
  }

  /// What the spouse gets of the benefit at hand in this batch.
  func spouseInBatch(_ benefit: Benefit) -> Money? {
    if policy.benefits.count == 1, group == nil { return person.spouse.inBatch }
    let parts = person.spouse.inBatchBreakdown?.parts ?? []
    return parts.filter {
      $0.benefit.sameScalars(as: benefit.name) && $0.group.sameScalars(as: group ?? "")
    }.reduce(.zero) { $0 + $1.amount }
  }

  /// A limit that is reached is a certain no, whatever else is unknown.
  mutating func refuseOverLimit() {
    var other = self
    guard case .over(let limit, let had) = other.reached(policy.limits, of: nil) else { return }
    outcome = .refused
    findings = []
    reasons = reasons.filter { $0.code == "gate" } + [reason(of: limit, had: had)]
  }

  func reason(of limit: Limit, had: Int) -> Reason {
    let most = limit.times.constant.map { "\($0)" } ?? "\(had)"
    return Reason(
      code: "limit", text: say("已补助 \(had) 次，最多 \(most) 次", "paid \(had) times, at most \(most)"),
      clause: limit.clause)
  }

  /// Works out what the award keeps; false after holding it for a value that is not known.
  mutating func remember() throws(ArithmeticFailure) -> Bool {
    for (index, value) in policy.values.enumerated() where value.isRemembered {
      let named = Compiled(
        source: value.name, expression: Expression(.named(index), value.value.type))
      guard let found = number(named) else { return false }
      remembered.append(RememberedFigure(name: value.name, value: found.amount))
    }
    if !remembered.isEmpty { try takeNamedValues() }
    return true
  }
}
