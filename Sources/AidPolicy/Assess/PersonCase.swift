public import AidModel

/// Everything about one person that one programme's policy may look at.
public struct PersonCase: Sendable {
  /// Clean rows, in file order.
  public let rows: [Claim]
  public let roster: Claim?
  public let paid: PaidBefore
  public let decision: Decision?
  public let period: Period
  public let payDate: CivilDate
  public let language: Language

  public init(
    rows: [Claim], roster: Claim?, paid: PaidBefore, decision: Decision?, period: Period,
    payDate: CivilDate, language: Language
  ) {
    self.rows = rows
    self.roster = roster
    self.paid = paid
    self.decision = decision
    self.period = period
    self.payDate = payDate
    self.language = language
  }
}

/// What a policy says of one award.
public struct Assessment: Sendable {
  public internal(set) var rows: [AwardRow]
  public internal(set) var outcome: RowOutcome
  public internal(set) var trace: Trace
  public internal(set) var reasons: [Reason]
  public internal(set) var findings: [Finding]
  /// The least a committee or table range allows.
  public internal(set) var leastAmount: Money?
}
