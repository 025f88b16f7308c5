private import CHints

/// What is kept of an award while a batch is calculated: enough for totals, funds and order. The whole award with its
/// steps is assessed again when it is written; assessing is a pure function of the same inputs.
public struct AwardEntry: Sendable {
  /// Index among the report's programmes.
  public let programme: Int32
  /// The person: index among the programme's applicants.
  public let applicant: Int32
  /// Which of the person's awards, from 0; above 0 only with `award_per: row`.
  public let ordinal: Int32
  /// The claim that says who it is for: number among all claims.
  public let claim: Int32
  /// Rows of the award, and those among them that the policy does not count.
  public let rows: Int32
  public let rowsNotCounted: Int32
  /// Index among the book's units.
  public var unit: Int32 = 0
  public var outcome: RowOutcome
  /// What the policy gives before the fund is looked at.
  public let asked: Money
  /// What is paid: zero unless the outcome is `paid`.
  public var amount: Money
  /// The least a table row or committee may give, if any.
  public let leastAmount: Money?
  /// A cap took something off.
  public let isCapped: Bool
  /// The fund was short and this is its share.
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
    amount = award.amount
    leastAmount = award.leastAmount
    isCapped = award.reasons.contains { $0.code.hasPrefix("cap.") }
  }

  /// Holds the place of an award still to be assessed.
  public static let notAssessed = AwardEntry(
    programme: -1, applicant: 0, ordinal: 0, claim: 0, rows: 0, rowsNotCounted: 0, outcome: .held,
    amount: .zero, isCapped: false)

  public var isAssessed: Bool { programme >= 0 }

  /// Of an award of which only the amount was worked out.
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
    self.amount = amount
    leastAmount = nil
    self.isCapped = isCapped
  }
}

/// All awards of a batch in record order: by programme, unit, staff number, record.
public struct AwardBook: Sendable {
  public var entries: [AwardEntry]
  /// Units in scalar order; an entry's `unit` is an index here.
  public let units: [String]
  /// Every application row of the batch, in file order.
  public let claims: [Claim]
  private let roster: Roster?
  private let assess: @Sendable (AwardEntry) -> Award

  /// - Parameter assess: gives an entry's award whole; the same each time.
  public init(
    entries: [AwardEntry], units: [String], claims: [Claim], roster: Roster?,
    assess: @escaping @Sendable (AwardEntry) -> Award
  ) {
    self.entries = entries
    self.units = units
    self.claims = claims
    self.roster = roster
    self.assess = assess
  }

  public static let empty = AwardBook(entries: [], units: [], claims: [], roster: nil) { _ in
    preconditionFailure("an empty book holds no award")
  }

  /// Asks memory for the rows of entries that come after one. In record order rows lie far apart, and waiting for each
  /// in its turn would take longer than reading it. To be called for every entry on the way.
  /// - Parameter index: of an entry, or past the last.
  public func fetch(after index: Int) {
    let (handle, row) = (index + 32, index + 12)
    claims.withUnsafeBufferPointer { claims in
      if handle < entries.count { hint_read_soon(claims.baseAddress! + Int(entries[handle].claim)) }
      if row < entries.count { claims[Int(entries[row].claim)].fetch() }
    }
  }

  public func claimant(of entry: AwardEntry) -> Claimant {
    Claimant(claims[Int(entry.claim)], roster: roster)
  }

  /// What is published of a claimant, as bytes that hold during the call.
  public func withShown(of entry: AwardEntry, _ body: (Claimant.Shown) -> Void) {
    Claimant.withShown(claims[Int(entry.claim)], roster: roster, body)
  }

  /// What the row of an entry holds as its person's own numbers: none of them belongs into another text of the row.
  public func ownNumbers(of entry: AwardEntry) -> [String] {
    let claim = claims[Int(entry.claim)]
    let columns: [CommonColumn] = [.idNumber, .account, .phone, .spouseID]
    return columns.map { claim.text($0) }.filter { !$0.isEmpty }
  }

  /// The award with its steps, reasons and rows.
  public func award(_ entry: AwardEntry) -> Award {
    let award = assess(entry)
    precondition(
      award.amount == entry.amount && award.outcome == entry.outcome,
      "an award explains another amount than it pays")
    return award
  }

  public var paid: Money { entries.reduce(.zero) { $0 + $1.amount } }

  /// Where every application row ended.
  public var rowTotals: RowTotals {
    var totals = RowTotals()
    for entry in entries {
      totals.count(.notCounted, Int(entry.rowsNotCounted))
      totals.count(entry.outcome, Int(entry.rows - entry.rowsNotCounted))
    }
    return totals
  }
}
