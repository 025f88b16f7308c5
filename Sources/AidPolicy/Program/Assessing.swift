import AidModel

extension Policy {
  /// One assessment for `award_per: person`; one per row in file order for `award_per: row`, where what
  /// earlier rows got counts towards caps and limits.
  public func assess(_ person: PersonCase) -> [Assessment] {
    // What a benefit had before is not known to the program.
    if !isCovered || (looksAtShares && !person.paid.dated.isEmpty) { return assessByTree(person) }
    let assessor = WholeAssessor(
      self, roster: person.roster?.source.layout, period: person.period, payDate: person.payDate,
      language: person.language)
    var facts = AwardFacts(
      paid: person.paid, spouse: person.spouse, roster: person.roster, awarded: person.awarded,
      decision: person.decisions.first ?? nil)
    if awardPer == .person { return [assessor.assess(person.rows, facts)] }
    return assessRows(person) { row, paid, decision in
      (facts.paid, facts.decision) = (paid, decision)
      return assessor.assess([row], facts)
    }
  }
}

/// Assesses awards whole, with steps, reasons and findings: in fast numbers, and in wide ones what does not
/// fit. For one thread.
private final class WholeAssessor {
  private let policy: Policy
  private let fast: ProgramRun<Fraction64>?
  private lazy var wide = ProgramRun(
    policy, policy.logging, policy.wideFigures, roster: roster, period: period, payDate: payDate,
    logging: language)
  private let roster: Layout?
  private let period: Period
  private let payDate: CivilDate
  private let language: Language

  init(_ policy: Policy, roster: Layout?, period: Period, payDate: CivilDate, language: Language) {
    (self.policy, self.roster, self.period, self.payDate) = (policy, roster, period, payDate)
    self.language = language
    fast = policy.loggingFigures.map {
      ProgramRun(
        policy, policy.logging, $0, roster: roster, period: period, payDate: payDate, logging: language)
    }
  }

  func assess(_ rows: [Claim], _ facts: AwardFacts) -> Assessment {
    if let fast, let result = try? fast.assessment(rows, facts) { return result }
    do throws(TooWide) {
      return try wide.assessment(rows, facts)
    } catch {
      preconditionFailure("the widest numbers hold an award instead of throwing")
    }
  }
}

extension ProgramRun {
  func assessment(_ rows: [Claim], _ facts: AwardFacts) throws(TooWide) -> Assessment {
    start()
    for row in rows { add(row) }
    try assess(
      paid: facts.paid, spouse: facts.spouse, roster: facts.roster, awarded: facts.awarded,
      decision: facts.decision)
    let awardRows = rows.enumerated().map { i, row in
      if let reason = notCounted[i], outcome != .held {
        return AwardRow(claim: row, outcome: .notCounted, reason: reason)
      }
      return AwardRow(claim: row, outcome: outcome, reason: reasons.first)
    }
    return Assessment(
      rows: awardRows, outcome: outcome, trace: trace(), reasons: reasons, findings: findings,
      leastAmount: leastAmount,
      heldBenefit: outcome == .held && benefit >= 0 ? policy.benefits[benefit].name : nil)
  }
}

extension Money {
  /// Nil unless the yuan are a whole number of fen.
  init?(exactly yuan: Rational) {
    guard let hundred = try? yuan * Rational(100), let fen = hundred.whole else { return nil }
    self.init(fen: fen)
  }
}

extension Period {
  /// Whether a payment counts in the last so many years that end with the period.
  func holds(_ payment: PaidBefore.Dated, inYears years: Int) -> Bool {
    payment.countsOn > to.adding(months: -12 * years) && payment.countsOn <= to
  }
}
