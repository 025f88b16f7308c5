/// What one person received from one programme in earlier batches.
public struct PaidBefore: Sendable, Hashable {
  public var year: Money = .zero
  public var lifetime: Money = .zero
  public var timesYear = 0
  public var timesLifetime = 0
  /// Each payment with its day, unordered.
  public var dated: [Dated] = []
  /// What the person received from other programmes that a policy looks at.
  public var others: [Other] = []
  public init() {}

  public struct Other: Sendable, Hashable {
    public let programme: String
    public let paid: PaidBefore
    public init(programme: String, paid: PaidBefore) { (self.programme, self.paid) = (programme, paid) }
  }

  /// What the person received from another programme; all zero if nothing is known.
  public func elsewhere(_ programme: String) -> PaidBefore {
    others.first { $0.programme.sameScalars(as: programme) }?.paid ?? PaidBefore()
  }

  public struct Dated: Sendable, Hashable {
    public let day: CivilDate
    public let amount: Money
    /// The last day of its batch's period; for a payment from a list, the day it was paid.
    public let countsOn: CivilDate
    /// It counts for the year looked at.
    public let isOfYear: Bool
    /// What its benefits gave; nil where nobody said.
    public let breakdown: PaymentBreakdown?

    public init(
      day: CivilDate, amount: Money, countsOn: CivilDate? = nil, isOfYear: Bool = false,
      breakdown: PaymentBreakdown? = nil
    ) {
      (self.day, self.amount, self.countsOn) = (day, amount, countsOn ?? day)
      (self.isOfYear, self.breakdown) = (isOfYear, breakdown)
    }
  }

  /// One more payment. One of nothing, which only says what was claimed, is no time.
  /// - Parameters:
  ///   - term: the period of its batch, where that is known.
  ///   - breakdown: what its benefits gave, where that is known.
  public mutating func add(
    _ amount: Money, on day: CivilDate, of term: Period? = nil, isOfYear: Bool,
    breakdown: PaymentBreakdown? = nil
  ) {
    let times = amount == .zero ? 0 : 1
    lifetime += amount
    timesLifetime += times
    dated.append(
      Dated(day: day, amount: amount, countsOn: term?.to, isOfYear: isOfYear, breakdown: breakdown))
    guard isOfYear else { return }
    year += amount
    timesYear += times
  }
}

/// All past payments, by person and programme.
public struct PaidHistory: Sendable {
  /// All payments made, including those that failed or came back.
  public let payments: [PastPayment]
  /// Indexes of each person's payments.
  private var byPerson: [Int: [Int]] = [:]

  public init() { payments = [] }

  /// - Parameter persons: must have been built from these payments.
  public init(_ payments: [PastPayment], of persons: Persons) {
    self.payments = payments
    for number in payments.indices { byPerson[persons.person(ofPayment: number), default: []].append(number) }
  }

  /// A programme's payments to a person that count (`PastPayment.counts`), in reading order.
  public func payments(programme: String, person: Int) -> [PastPayment] {
    (byPerson[person] ?? []).map { payments[$0] }
      .filter { $0.counts && $0.programme.sameScalars(as: programme) }
  }

  /// What was paid to a person from any programme, whether it stayed with them or not.
  public func payments(of person: Int) -> [PastPayment] { (byPerson[person] ?? []).map { payments[$0] } }

  /// What a person had from a programme.
  /// - Parameter year: a term, by whose year payments count for the year.
  public func paid(programme: String, person: Int, year: Period) -> PaidBefore {
    PaidBefore(payments(programme: programme, person: person), year: year)
  }
}

extension PaidBefore {
  /// - Parameters:
  ///   - payments: to one person from one programme.
  ///   - year: the term whose year decides which payments count for the year.
  public init(_ payments: some Sequence<PastPayment>, year: Period) {
    self.init()
    for payment in payments {
      add(
        payment.amount, on: payment.paidOn, of: payment.term, isOfYear: payment.isOfYear(of: year),
        breakdown: payment.breakdown)
    }
  }
}

/// A committee's amount for one record.
public struct Decision: Sendable {
  public let amount: Money
  public let reason: String
  public let decidedBy: String
  public let decidedOn: CivilDate?
  public let place: Place

  public init(amount: Money, reason: String, decidedBy: String, decidedOn: CivilDate?, place: Place) {
    self.amount = amount
    self.reason = reason
    self.decidedBy = decidedBy
    self.decidedOn = decidedOn
    self.place = place
  }
}

/// Facts fixed before any row is read.
public struct BatchFacts: Sendable {
  public let batch: String
  public let period: Period
  public let payDate: CivilDate
  /// Nil if the batch names no roster.
  public let roster: Roster?

  public init(batch: String, period: Period, payDate: CivilDate, roster: Roster?) {
    self.batch = batch
    self.period = period
    self.payDate = payDate
    self.roster = roster
  }
}
