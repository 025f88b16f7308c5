import AidChecks
import AidModel

/// What earlier payments say about the rows of a batch.
struct PaidBeforeChecks {
  let history: PaidHistory
  let invoices: [PaidInvoice]
  let facts: BatchFacts
  let persons: Persons

  func findings(_ claims: [Claim]) -> [Finding] { paidInvoices(claims) + paidPeople(claims) }

  /// An invoice that was paid for: its row waits.
  private func paidInvoices(_ claims: [Claim]) -> [Finding] {
    if invoices.isEmpty { return [] }
    var paid: [ExactText: PaidInvoice] = [:]
    for invoice in invoices where paid[ExactText(invoice.key)] == nil {
      paid[ExactText(invoice.key)] = invoice
    }
    return claims.compactMap { claim in
      let key = InvoiceKey.of(claim)
      guard !key.isEmpty, let before = paid[ExactText(key)] else { return nil }
      let (place, column) = InvoiceKey.place(claim)
      return Finding(
        PipelineFindings.invoicePaidBefore, at: place, column: column,
        [claim.value(column).plain, before.batch, before.staffNo.isEmpty ? "—" : before.staffNo])
    }
  }

  /// Somebody who had money from the programme within the period: a note, for the policy's caps decide.
  private func paidPeople(_ claims: [Claim]) -> [Finding] {
    if history.payments.isEmpty { return [] }
    var seen: Set<ExactText> = []
    return claims.enumerated().compactMap { number, claim in
      let programme = claim.source.layout.programme
      let person = persons.person(ofClaim: number)
      let past = history.payments(programme: programme, person: person)
        .filter { $0.isOfYear(of: facts.period) }
      guard let last = past.max(by: { $0.paidOn < $1.paidOn }),
        seen.insert(ExactText("\(person) \(programme)")).inserted
      else { return nil }
      let sum = past.reduce(Money.zero) { $0 + $1.amount }
      return Finding(
        PipelineFindings.paidBefore, at: claim.place,
        [sum.grouped, (last.batch.isEmpty ? "" : last.batch + " ") + "\(last.paidOn)"])
    }
  }
}
