/// One earlier payment, posted here or taken from a list.
public struct PastPayment: Sendable {
  /// Empty if a list does not say.
  public let batch: String
  public let programme: String
  public let staffNo: String
  public let idNumber: String
  /// Empty if the list has no names.
  public let name: String
  public let amount: Money
  public let paidOn: CivilDate
  /// The latest status in the list's own word; empty for a posted payment with no news since.
  public var status: String
  public var state: PaymentState
  /// The term of its batch, if known: money for December is paid in January.
  public let term: Period?
  /// Contents of the paid rows; empty if unknown.
  public let rows: [RowContent]
  /// The award's record id; empty if a list does not say.
  public let record: String
  /// What each benefit contributed; nil if unknown.
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

  /// Whether the money stayed with the person or may still arrive.
  public var counts: Bool { state.counts }

  /// Whether it counts for the year of a term: by the last day of its own term, else by the day of payment.
  public func isOfYear(of term: Period) -> Bool { term.year.contains(self.term?.to ?? paidOn) }

  /// The same payment with the programme's id.
  public func of(programme: String) -> PastPayment {
    PastPayment(
      batch: batch, programme: programme, staffNo: staffNo, idNumber: idNumber, name: name, amount: amount,
      paidOn: paidOn, status: status, state: state, term: term, rows: rows, record: record,
      breakdown: breakdown)
  }

  /// For messages: batch, programme, staff number, amount and day.
  public var inWords: String {
    let who = staffNo.isEmpty ? Masking.text(idNumber) : staffNo
    return ([batch, programme, who].filter { !$0.isEmpty } + [amount.grouped, "\(paidOn)"]).joined(
      separator: " ")
  }
}

/// What a paid application row contained, to recognise the same row in another file or batch.
public struct RowContent: Sendable, Hashable {
  /// Hash of the row's subject matter: without the person, the payee and the file.
  public let said: UInt64
  /// Hash of the invoice number; 0 if there is none.
  public let invoice: UInt64

  public init(said: UInt64, invoice: UInt64) { (self.said, self.invoice) = (said, invoice) }

  /// Whether both rows may be the same application. Different invoices are different applications.
  public func isSame(as other: RowContent) -> Bool {
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
