/// What became of an application row, or of an award.
public enum RowOutcome: String, Sendable, CaseIterable {
  case paid
  /// Eligible, and nothing is due.
  case zero
  /// The policy says no.
  case refused
  /// A person must look.
  case held
  case notCounted = "not_counted"
}

/// Why an award was refused, held, zero or smaller than asked; or why a row does not count.
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
  /// Why it does not count, where it does not.
  public var reason: Reason?
  public init(claim: Claim, outcome: RowOutcome, reason: Reason? = nil) {
    self.claim = claim
    self.outcome = outcome
    self.reason = reason
  }
}

/// What one person gets from one programme (or, with `award_per: row`, for one row), and why.
public struct Award: Sendable {
  /// `<batch>-<10 characters>`; derived from batch, programme, person (and row ordinal with `award_per: row`).
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
  /// The least a table row or committee may give, if any: a scaled amount below it stops the run.
  public var leastAmount: Money?

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

  /// The award and its rows become `outcome`; rows the policy does not count stay uncounted.
  /// - Parameter reason: why, for the rows.
  public mutating func settle(as outcome: RowOutcome, because reason: Reason? = nil) {
    self.outcome = outcome
    for i in rows.indices where rows[i].outcome != .notCounted {
      rows[i].outcome = outcome
      if let reason { rows[i].reason = reason }
    }
  }

  /// Zero unless paid; else the last result of the trace, which the rounding step has made whole fen.
  public var amount: Money {
    guard outcome == .paid else { return .zero }
    let fen = trace.result.numerator * 100 / trace.result.denominator
    return Money(fen: Int64(fen))
  }

  /// The record id of a person's award. `ordinal` counts a person's awards under `award_per: row` from 1.
  public static func recordID(batch: String, programme: String, person: String, ordinal: Int = 1) -> String {
    var hash = SHA256()
    hash.update(batch)
    hash.update("\u{1F}")
    hash.update(programme)
    hash.update("\u{1F}")
    hash.update(person)
    if ordinal > 1 { hash.update("\u{1F}\(ordinal)") }
    return batch + "-" + hash.withDigest { Base32.encode($0, length: 10) }
  }
}
