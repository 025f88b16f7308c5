/// One payment made before: from the store or a history file.
public struct PastPayment: Sendable {
  public let batch: String
  public let programme: String
  public let staffNo: String
  public let idNumber: String
  /// Empty where the list has no names.
  public let name: String
  public let amount: Money
  public let paidOn: CivilDate
  /// `paid`, `returned`, …; what was returned by the bank does not count as paid.
  public let status: String
  /// The term of the batch it was paid in, where that is known: money for December is paid in January.
  public let term: Period?

  public init(
    batch: String, programme: String, staffNo: String, idNumber: String, name: String = "", amount: Money,
    paidOn: CivilDate, status: String, term: Period? = nil
  ) {
    self.name = name
    self.batch = batch
    self.programme = programme
    self.staffNo = staffNo
    self.idNumber = idNumber
    self.amount = amount
    self.paidOn = paidOn
    self.status = status
    self.term = term
  }

  /// Whether it counts for the year of a term: by the last day of its own term, else by the day it was paid.
  public func isOfYear(of term: Period) -> Bool { term.year.contains(self.term?.to ?? paidOn) }

  /// Words of a status that say the money did not stay with the person: 已退票, 未发放, 待发, payment failed.
  private static let notPaid = [
    "return", "cancel", "fail", "reject", "pending", "unpaid", "void", "退回", "退票", "退款", "作废", "失败", "未发",
    "待发", "未付",
    "待付", "撤销", "取消", "拒付", "未到账",
  ]

  /// Whether the money stayed with the person.
  public var counts: Bool {
    let plain = status.lowercased()
    return !Self.notPaid.contains { plain.contains($0) }
  }
}

/// An invoice that was paid for.
public struct PaidInvoice: Sendable {
  /// By which numbers are compared.
  public let key: String
  public let batch: String
  public let staffNo: String

  public init(key: String, batch: String, staffNo: String) {
    (self.key, self.batch, self.staffNo) = (InvoiceNumber.plain(key), batch, staffNo)
  }
}

/// What a store held when it was read; any posting or import makes it another.
public struct StoreStamp: Sendable, Equatable {
  public let batches: Int
  public let imported: Int

  public init(batches: Int = 0, imported: Int = 0) { (self.batches, self.imported) = (batches, imported) }
}

/// What the store remembers of payments.
public struct EarlierPayments: Sendable {
  /// Of batches posted here.
  public var posted: [PastPayment]
  /// Of batches that were paid before the store existed.
  public var imported: [PastPayment]
  /// Of batches posted here.
  public var invoices: [PaidInvoice]
  public var stamp: StoreStamp

  public init(
    posted: [PastPayment] = [], imported: [PastPayment] = [], invoices: [PaidInvoice] = [],
    stamp: StoreStamp = StoreStamp()
  ) {
    self.stamp = stamp
    self.posted = posted
    self.imported = imported
    self.invoices = invoices
  }

  public var all: [PastPayment] { posted + imported }

  /// Whether the store knows a payment that a history list tells of: its batch was posted here, or the very payment
  /// was imported. Counted again it would lower what the person may still get.
  public func known() -> (PastPayment) -> Bool {
    let batches = Set(posted.map { ExactText($0.batch) })
    let payments = Set(imported.map(Self.key))
    return { batches.contains(ExactText($0.batch)) || payments.contains(Self.key($0)) }
  }

  private static func key(_ payment: PastPayment) -> ExactText {
    ExactText(
      [
        payment.batch, payment.programme, payment.staffNo, payment.idNumber, payment.amount.plain,
        "\(payment.paidOn)",
      ]
      .joined(separator: "\u{1F}"))
  }
}

/// What one person had from one programme in earlier batches.
public struct PaidBefore: Sendable, Hashable {
  public var year: Money = .zero
  public var lifetime: Money = .zero
  public var timesYear = 0
  public var timesLifetime = 0
  /// Each payment with its day, in no order.
  public var dated: [Dated] = []
  public init() {}

  public struct Dated: Sendable, Hashable {
    public let day: CivilDate
    public let amount: Money
    public init(day: CivilDate, amount: Money) { (self.day, self.amount) = (day, amount) }
  }

  /// One more payment.
  public mutating func add(_ amount: Money, on day: CivilDate, isOfYear: Bool) {
    lifetime += amount
    timesLifetime += 1
    dated.append(Dated(day: day, amount: amount))
    guard isOfYear else { return }
    year += amount
    timesYear += 1
  }
}

/// All past payments, by person and programme.
public struct PaidHistory: Sendable {
  /// What was paid, whether it stayed with the person or not.
  public let payments: [PastPayment]
  /// For each person who got some the places of the payments.
  private var byPerson: [Int: [Int]] = [:]

  public init() { payments = [] }

  /// - Parameter persons: found with these very payments.
  public init(_ payments: [PastPayment], of persons: Persons) {
    self.payments = payments
    for number in payments.indices { byPerson[persons.person(ofPayment: number), default: []].append(number) }
  }

  /// What was paid to a person from a programme, and stayed with them, in the order they were read.
  public func payments(programme: String, person: Int) -> [PastPayment] {
    (byPerson[person] ?? []).map { payments[$0] }
      .filter { $0.counts && $0.programme.sameScalars(as: programme) }
  }

  /// What a person had from a programme.
  /// - Parameter year: a term, by whose year payments count for the year.
  public func paid(programme: String, person: Int, year: Period) -> PaidBefore {
    PaidBefore(payments(programme: programme, person: person), year: year)
  }
}

extension PaidBefore {
  /// - Parameters:
  ///   - payments: of one person from one programme.
  ///   - year: a term, by whose year they count for the year.
  public init(_ payments: some Sequence<PastPayment>, year: Period) {
    self.init()
    for payment in payments { add(payment.amount, on: payment.paidOn, isOfYear: payment.isOfYear(of: year)) }
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

/// Facts fixed before any row is looked at.
public struct BatchFacts: Sendable {
  public let batch: String
  public let period: Period
  public let payDate: CivilDate
  /// Nil: the batch names no roster.
  public let roster: Roster?

  public init(batch: String, period: Period, payDate: CivilDate, roster: Roster?) {
    self.batch = batch
    self.period = period
    self.payDate = payDate
    self.roster = roster
  }
}
