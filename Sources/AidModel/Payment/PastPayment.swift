/// One payment made before: posted here, or told of by a list.
public struct PastPayment: Sendable {
  /// Empty where a list does not say.
  public let batch: String
  public let programme: String
  public let staffNo: String
  public let idNumber: String
  /// Empty where the list has no names.
  public let name: String
  public let amount: Money
  public let paidOn: CivilDate
  /// As it was last told, in the list's own word; empty for one that was posted here and nothing is told of since.
  public var status: String
  public var state: PaymentState
  /// The term of the batch it was paid in, where that is known: money for December is paid in January.
  public let term: Period?
  /// What the paid rows said; empty where it is not known.
  public let rows: [RowContent]
  /// The record id of its award; empty where a list does not say.
  public let record: String
  /// What its benefits gave; nil where nobody said.
  public var breakdown: PaymentBreakdown?

  public init(
    batch: String, programme: String, staffNo: String, idNumber: String, name: String = "", amount: Money,
    paidOn: CivilDate, status: String = "", state: PaymentState = .paid, term: Period? = nil,
    rows: [RowContent] = [], record: String = "", breakdown: PaymentBreakdown? = nil
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
    self.rows = rows
    self.record = record
    self.breakdown = breakdown
  }

  /// Whether the money stayed with the person, or may yet reach them.
  public var counts: Bool { state.counts }

  /// Whether it counts for the year of a term: by the last day of its own term, else by the day it was paid.
  public func isOfYear(of term: Period) -> Bool { term.year.contains(self.term?.to ?? paidOn) }

  /// The same payment under the programme's id.
  public func of(programme: String) -> PastPayment {
    PastPayment(
      batch: batch, programme: programme, staffNo: staffNo, idNumber: idNumber, name: name, amount: amount,
      paidOn: paidOn, status: status, state: state, term: term, rows: rows, record: record,
      breakdown: breakdown)
  }

  /// In words for a message: batch, programme, staff number, amount and day.
  public var inWords: String {
    let who = staffNo.isEmpty ? Masking.text(idNumber) : staffNo
    return ([batch, programme, who].filter { !$0.isEmpty } + [amount.grouped, "\(paidOn)"]).joined(
      separator: " ")
  }
}

/// What a paid application row said, so that it is known again under whatever file or batch it comes.
public struct RowContent: Sendable, Hashable {
  /// Of everything the row says of the matter itself: not who, where the money goes, or in which file it stands.
  public let said: UInt64
  /// Of the invoice's number; 0 where there is none.
  public let invoice: UInt64

  public init(said: UInt64, invoice: UInt64) { (self.said, self.invoice) = (said, invoice) }

  /// Whether both are one application, as far as the rows say: two invoices are two applications.
  public func isSame(as other: RowContent) -> Bool {
    said == other.said && (invoice == 0 || other.invoice == 0 || invoice == other.invoice)
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

/// A list of payments: each of its lines is a payment of its own, two equal ones too.
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
