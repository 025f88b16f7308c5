/// One earlier payment, posted here or taken from a list.
public struct PastPayment: Sendable {
  /// Empty if a list does not say.
  public let batch: String
  /// Its id, where the name that a list has for it is known.
  public var programme: String
  public let staffNo: String
  public let idNumber: String
  /// Empty if the list has no names.
  public let name: String
  public var amount: Money
  public let paidOn: CivilDate
  /// The latest status in the list's own word; empty for a posted payment with no news since.
  public var status: String
  public var state: PaymentState
  /// The term of the batch it was paid in, where that is known: money for December is paid in January.
  public var term: Period?
  /// Where it went and by which the person could be called; empty where it is not known.
  public var account = ""
  public var phone = ""
  /// What the paid rows said (`RowContent.rows`); empty where it is not known.
  public var said = ""
  /// What older stores kept of the paid rows.
  public var digests: [RowDigest] = []
  /// The record id of its award; empty where a list does not say.
  public let record: String
  /// What each benefit contributed; nil if unknown.
  public var breakdown: PaymentBreakdown?

  public init(
    batch: String, programme: String, staffNo: String, idNumber: String, name: String = "", amount: Money,
    paidOn: CivilDate, status: String = "", state: PaymentState = .paid, term: Period? = nil,
    record: String = "", breakdown: PaymentBreakdown? = nil
  ) {
    self.batch = batch
    self.programme = programme
    self.staffNo = staffNo
    self.idNumber = idNumber
    self.name = name
    self.amount = amount
    self.paidOn = paidOn
    self.status = status
    self.state = state
    self.term = term
    self.record = record
    self.breakdown = breakdown
  }

  /// Whether the money stayed with the person or may still arrive.
  public var counts: Bool { state.counts }

  /// Whether it counts for the year of a term: by the last day of its own term, else by the day of payment.
  public func isOfYear(of term: Period) -> Bool { term.year.contains(self.term?.to ?? paidOn) }

  /// The same payment with the programme's id.
  public func of(programme: String) -> PastPayment {
    var payment = self
    payment.programme = programme
    return payment
  }

  /// For messages: batch, programme, staff number, amount and day.
  public var inWords: String {
    let who = staffNo.isEmpty ? Masking.text(idNumber) : staffNo
    return ([batch, programme, who].filter { !$0.isEmpty } + [amount.grouped, "\(paidOn)"]).joined(
      separator: " ")
  }
}

/// What older stores kept of a paid row.
public struct RowDigest: Sendable, Hashable {
  /// Of everything the row says of the matter itself.
  public let said: UInt64
  /// Hash of the invoice number; 0 if there is none.
  public let invoice: UInt64

  public init(said: UInt64, invoice: UInt64) { (self.said, self.invoice) = (said, invoice) }

  /// Whether both are one application, as far as the rows say: two invoices are two applications.
  public func isSame(as other: RowDigest) -> Bool {
    said == other.said && (invoice == 0 || other.invoice == 0 || invoice == other.invoice)
  }
}

/// An invoice that was paid for.
public struct PaidInvoice: Sendable {
  /// The normalised number, for comparison.
  public let key: String
  public let batch: String
  public let staffNo: String

  public init(key: String, batch: String, staffNo: String) {
    (self.key, self.batch, self.staffNo) = (InvoiceNumber.plain(key), batch, staffNo)
  }
}

/// A list of payments. Each line is a payment of its own, even if two are equal.
public struct ListedPayments: Sendable {
  public struct Line: Sendable {
    public let payment: PastPayment
    /// The row of the sheet, from 1.
    public let row: Int32
    public init(_ payment: PastPayment, row: Int32) { (self.payment, self.row) = (payment, row) }
  }

  /// The file's name, without its folders.
  public let name: String
  public var lines: [Line]

  public init(name: String, lines: [Line] = []) { (self.name, self.lines) = (name, lines) }
}
