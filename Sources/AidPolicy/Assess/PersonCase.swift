public import AidModel

/// Everything about one person that one programme's policy may look at.
public struct PersonCase: Sendable {
  /// Clean rows, in file order; with `award_per: row` those that wait too.
  public let rows: [Claim]
  /// With `award_per: row` the places of rows that wait, and are not assessed.
  public let waiting: Set<Int>
  public let roster: Claim?
  public let paid: PaidBefore
  /// What the spouse had from the programme, and has in this batch; nothing where there is none.
  public let spouse: SpouseAwards
  /// What the person gets from the programmes named under `after`.
  public let awarded: [AwardedElsewhere]
  /// One for each row of `rows` with `award_per: row`, else one.
  public let decisions: [Decision?]
  public let period: Period
  public let payDate: CivilDate
  public let language: Language

  public init(
    rows: [Claim], waiting: Set<Int> = [], roster: Claim?, paid: PaidBefore,
    spouse: SpouseAwards = SpouseAwards(),
    awarded: [AwardedElsewhere] = [], decisions: [Decision?], period: Period, payDate: CivilDate,
    language: Language
  ) {
    self.rows = rows
    self.waiting = waiting
    self.roster = roster
    self.paid = paid
    self.spouse = spouse
    self.awarded = awarded
    self.decisions = decisions
    self.period = period
    self.payDate = payDate
    self.language = language
  }
}

/// An award of another programme in the same batch.
public struct AwardedElsewhere: Sendable, Hashable {
  public let programme: String
  /// Nil while it waits for a person.
  public let amount: Money?

  public init(programme: String, amount: Money?) {
    self.programme = programme
    self.amount = amount
  }
}

/// What a person's spouse had from the programme before, and got in this batch, for caps on a household.
public struct SpouseAwards: Sendable, Hashable {
  public var before = PaidBefore()
  public var inBatch: Money = .zero
  /// How many members of the household get it; one where only the sum is known.
  public var paidInBatch = 0
  /// What of that each benefit gives; nil where no rule asks.
  public var inBatchBreakdown: PaymentBreakdown?
  public init() {}
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
  /// Of an award that waits the benefit it waits for, if it is one.
  let heldBenefit: String?
  /// What the award keeps of values.
  public internal(set) var remembered: [RememberedFigure] = []
}
