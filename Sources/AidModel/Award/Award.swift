/// What became of an application row or an award.
public enum RowOutcome: String, Sendable, CaseIterable {
  case paid
  /// Eligible, but nothing is due.
  case zero
  /// The policy refuses it.
  case refused
  /// Waits until a person has looked at it.
  case held
  case notCounted = "not_counted"
}

/// Why an award was refused, held, zero or smaller than requested, or why a row is not counted.
public struct Reason: Sendable, Hashable {
  /// A finding's code, or the policy key that decided: `eligible`, `gate`, `count`, `cap.year`, `pool` …
  public let code: String
  public let text: String
  public let clause: String?
  public init(code: String, text: String, clause: String? = nil) {
    self.code = code
    self.text = text
    self.clause = clause
  }
}

/// Where the money goes.
public struct Payee: Sendable {
  public var bank: String
  public var branch: String
  public var account: String
  public var accountName: String
  public init(bank: String = "", branch: String = "", account: String = "", accountName: String = "") {
    self.bank = bank
    self.branch = branch
    self.account = account
    self.accountName = accountName
  }
}

/// One row of an award and what became of it.
public struct AwardRow: Sendable {
  public let claim: Claim
  public var outcome: RowOutcome
  /// Why the row is not counted, if it is not.
  public var reason: Reason?
  public init(claim: Claim, outcome: RowOutcome, reason: Reason? = nil) {
    self.claim = claim
    self.outcome = outcome
    self.reason = reason
  }
}

/// What one person gets from one programme (with `award_per: row`, for one row), and why.
public struct Award: Sendable {
  /// `<batch>-<10 characters>`, derived from batch, programme and person (with `award_per: row`, also the
  /// row's ordinal).
  public let record: String
  public let programme: String
  public let policy: String
  public let claimant: Claimant
  public var rows: [AwardRow]
  public var outcome: RowOutcome
  public var trace: Trace
  public var reasons: [Reason]
  /// Findings raised while assessing: unknown value, missing decision, …
  public var findings: [Finding]
  /// The smallest amount a table row or committee may give, if any. Scaling an award below it stops the run.
  public var leastAmount: Money?
  /// What it keeps of values, for later batches.
  public var remembered: [RememberedFigure] = []

  public init(record: String, programme: String, policy: String, claimant: Claimant) {
    self.record = record
    self.programme = programme
    self.policy = policy
    self.claimant = claimant
    rows = []
    outcome = .held
    trace = Trace()
    reasons = []
    findings = []
  }

  public var staffNo: String { claimant.staffNo }
  public var name: String { claimant.name }
  public var idNumber: String { claimant.idNumber }
  public var unit: String { claimant.unit }

  /// Sets the outcome of the award and of its rows; rows the policy does not count stay uncounted.
  /// - Parameter reason: recorded with each row.
  public mutating func settle(as outcome: RowOutcome, because reason: Reason? = nil) {
    self.outcome = outcome
    for i in rows.indices where rows[i].outcome != .notCounted {
      rows[i].outcome = outcome
      if let reason { rows[i].reason = reason }
    }
  }

  /// Zero unless paid; otherwise the last result of the trace, which the rounding step has made a whole
  /// number of fen.
  public var amount: Money {
    guard outcome == .paid else { return .zero }
    let fen = trace.result.numerator * 100 / trace.result.denominator
    return Money(fen: Int64(fen))
  }

  /// The record id of a person's award. `ordinal` counts a person's awards under `award_per: row` from 1.
  public static func recordID(batch: String, programme: String, person: String, ordinal: Int = 1) -> String {
    RecordNames(batch: batch, programme: programme).id(person: person, ordinal: ordinal)
  }
}
