private import CHints

/// What is kept of an award while a batch is calculated: enough for totals, funds and ordering. The award
/// with its steps is assessed again for output; assessment is a pure function of its inputs.
public struct AwardEntry: Sendable {
  /// Index into the report's programmes.
  public let programme: Int32
  /// The person, as an index into the programme's applicants.
  public let applicant: Int32
  /// Which of the person's awards this is, from 0; above 0 only with `award_per: row`.
  public let ordinal: Int32
  /// The claim that identifies the person, as an index into all claims.
  public let claim: Int32
  /// The award's rows, and how many of them the policy does not count.
  public let rows: Int32
  public let rowsNotCounted: Int32
  /// Index into the book's units.
  public var unit: Int32 = 0
  public var outcome: RowOutcome
  /// What the policy gives before places and the fund are looked at.
  public let asked: Money
  /// What is asked of the fund: what the policy gives, or what the places leave of it.
  public var due: Money
  /// The person's place among those of the group, from 1, where the places left less than the policy gives; else 0.
  public var rank: Int32 = 0
  /// What is paid: zero unless the outcome is `paid`.
  public var amount: Money
  /// The smallest amount a table row or committee may give, if any.
  public let leastAmount: Money?
  /// A cap reduced the amount.
  public let isCapped: Bool
  /// The fund was short, and the amount is this award's share.
  public var isShared = false

  public init(
    programme: Int, applicant: Int, ordinal: Int, claim: Int, award: Award
  ) {
    self.programme = Int32(programme)
    self.applicant = Int32(applicant)
    self.ordinal = Int32(ordinal)
    self.claim = Int32(claim)
    rows = Int32(award.rows.count)
    rowsNotCounted = Int32(award.rows.count { $0.outcome == .notCounted })
    outcome = award.outcome
    asked = award.amount
    due = award.amount
    amount = award.amount
    leastAmount = award.leastAmount
    isCapped = award.reasons.contains { $0.code.hasPrefix("cap.") }
  }

  /// Placeholder for an award not yet assessed.
  public static let notAssessed = AwardEntry(
    programme: -1, applicant: 0, ordinal: 0, claim: 0, rows: 0, rowsNotCounted: 0, outcome: .held,
    amount: .zero, isCapped: false)

  public var isAssessed: Bool { programme >= 0 }

  /// An award of which only the amount was calculated.
  public init(
    programme: Int, applicant: Int, ordinal: Int, claim: Int, rows: Int, rowsNotCounted: Int,
    outcome: RowOutcome, amount: Money, isCapped: Bool
  ) {
    self.programme = Int32(programme)
    self.applicant = Int32(applicant)
    self.ordinal = Int32(ordinal)
    self.claim = Int32(claim)
    self.rows = Int32(rows)
    self.rowsNotCounted = Int32(rowsNotCounted)
    self.outcome = outcome
    asked = amount
    due = amount
    self.amount = amount
    leastAmount = nil
    self.isCapped = isCapped
  }
}

/// All awards of a batch in record order: by programme, unit, staff number, record.
public struct AwardBook: Sendable {
  public var entries: [AwardEntry]
  /// Units in scalar order; an entry's `unit` indexes this array.
  public let units: [String]
  /// Every application row of the batch, in file order.
  public let claims: [Claim]
  private let roster: Roster?
  private let currentIDs: CurrentIDs
  private let assess: @Sendable (AwardEntry) -> Award

  /// - Parameter assess: returns the full award of an entry, the same one on every call.
  public init(
    entries: [AwardEntry], units: [String], claims: [Claim], roster: Roster?,
    currentIDs: CurrentIDs = .none, assess: @escaping @Sendable (AwardEntry) -> Award
  ) {
    self.entries = entries
    self.units = units
    self.claims = claims
    self.roster = roster
    self.currentIDs = currentIDs
    self.assess = assess
  }

  public static let empty = AwardBook(entries: [], units: [], claims: [], roster: nil) { _ in
    preconditionFailure("an empty book holds no award")
  }

  /// Prefetches the rows of the next entries. In record order rows are scattered in memory, and a cache miss
  /// takes longer than reading the row. Call it once per entry while walking the book in order.
  /// - Parameter index: of an entry, or past the last.
  public func fetch(after index: Int) {
    let (handle, row) = (index + 32, index + 12)
    claims.withUnsafeBufferPointer { claims in
      if handle < entries.count { hint_read_soon(claims.baseAddress! + Int(entries[handle].claim)) }
      if row < entries.count { claims[Int(entries[row].claim)].fetch() }
    }
  }

  public func claimant(of entry: AwardEntry) -> Claimant {
    Claimant(claims[Int(entry.claim)], roster: roster, currentIDs: currentIDs)
  }

  /// A claimant's published fields, as bytes valid only during the call.
  public func withShown(of entry: AwardEntry, _ body: (Claimant.Shown) -> Void) {
    Claimant.withShown(claims[Int(entry.claim)], roster: roster, body)
  }

  /// The personal numbers in an entry's row. They must not appear in the row's other texts.
  public func ownNumbers(of entry: AwardEntry) -> [String] {
    let claim = claims[Int(entry.claim)]
    let columns: [CommonColumn] = [.idNumber, .account, .phone, .spouseID]
    return columns.map { claim.text($0) }.filter { !$0.isEmpty }
  }

  /// The full award with its steps, reasons and rows.
  public func award(_ entry: AwardEntry) -> Award {
    let award = assess(entry)
    precondition(
      award.amount == entry.amount && award.outcome == entry.outcome,
      "an award explains another amount than it pays")
    return award
  }

  public var paid: Money { entries.reduce(.zero) { $0 + $1.amount } }

  /// Counts of application rows by outcome.
  public var rowTotals: RowTotals {
    var totals = RowTotals()
    for entry in entries {
      totals.count(.notCounted, Int(entry.rowsNotCounted))
      totals.count(entry.outcome, Int(entry.rows - entry.rowsNotCounted))
    }
    return totals
  }
}
