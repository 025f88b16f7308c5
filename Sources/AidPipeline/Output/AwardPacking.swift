import AidChecks
import AidModel
import AidPolicy
import AidStore

/// Packs book entries into rows of the store, on any thread.
struct AwardPacking: Sendable {
  private let assessor: Assessor
  private let book: AwardBook
  /// For each programme, whether its rows may have an invoice.
  private let hasInvoices: [Bool]

  init(_ assessor: Assessor, _ book: AwardBook) {
    (self.assessor, self.book) = (assessor, book)
    hasInvoices = assessor.programmes.map { $0.policy.layout.index(of: ColumnRole.invoiceNumber) != nil }
  }

  /// Appends the store's row of an entry.
  /// - Parameter breakdown: what each benefit contributed.
  func append(_ number: Int, _ breakdown: PaymentBreakdown?, to out: inout TextBuffer) {
    let entry = book.entries[number]
    let rows = entry.outcome == .paid ? paidRows(of: entry) : []
    var said = TextBuffer(capacity: rows.count * 128)
    for row in rows { RowContents.append(row, to: &said) }
    let invoices =
      hasInvoices[Int(entry.programme)] ? rows.map(InvoiceKey.of).filter { !$0.isEmpty } : []
    PackedAward.append(
      entry, record: assessor.record(of: entry), book.claimant(of: entry),
      phone: book.claims[Int(entry.claim)].text(.phone), invoices: invoices, said: said,
      breakdown: breakdown, to: &out)
  }

  /// Those that count.
  private func paidRows(of entry: AwardEntry) -> [Claim] {
    if entry.rowsNotCounted > 0 {
      return book.award(entry).rows.filter { $0.outcome == .paid }.map(\.claim)
    }
    if entry.rows == 1 { return [book.claims[Int(entry.claim)]] }
    let rows = assessor.applicants[Int(entry.programme)].rows(of: Int(entry.applicant))
    return rows.map { book.claims[Int($0)] }
  }
}
