import AidChecks
import AidModel
import AidPolicy

/// Compares a batch's rows with earlier payments.
struct PaidBeforeChecks {
  let history: PaidHistory
  let past: EarlierPayments
  let facts: BatchFacts
  let persons: Persons
  let programmes: [Plan.Programme]

  func findings(_ claims: [Claim]) -> [Finding] {
    if history.payments.isEmpty { return paidInvoices(claims) }
    let looks = programmes.map { Look(at: $0, among: programmes) }
    var findings = paidInvoices(claims)
    var told: Set<ExactText> = []
    let paid = paidRows(claims)
    for (number, claim) in claims.enumerated() {
      let programme = claim.source.layout.programme
      let person = persons.person(ofClaim: number)
      let had = history.payments(programme: programme, person: person)
      if let (payment, isPossible) = paid[number] {
        let kind = isPossible ? HistoryFindings.rowMayBePaid : HistoryFindings.rowPaid
        findings.append(Finding(kind, at: claim.place, [payment.inWords]))
      }
      if let look = looks.first(where: { $0.programme.sameScalars(as: programme) }),
        let waits = waits(number, claim, look)
      {
        findings.append(waits)
      }
      let ofYear = had.filter { $0.amount > .zero && $0.isOfYear(of: facts.period) }
      guard let last = ofYear.max(by: { $0.paidOn < $1.paidOn }),
        told.insert(ExactText("\(person) \(programme)")).inserted
      else { continue }
      let sum = ofYear.reduce(Money.zero) { $0 + $1.amount }
      findings.append(
        Finding(
          PipelineFindings.paidBefore, at: claim.place,
          [sum.grouped, (last.batch.isEmpty ? "" : last.batch + " ") + "\(last.paidOn)"]))
    }
    return findings
  }

  /// Holds the rows of invoices already paid.
  private func paidInvoices(_ claims: [Claim]) -> [Finding] {
    let invoices = past.invoices
    if invoices.isEmpty { return [] }
    // If the payment came back, the invoice was not paid.
    func key(_ batch: String, _ staffNo: String) -> [ExactText] { [ExactText(batch), ExactText(staffNo)] }
    let known = Set(history.payments.map { key($0.batch, $0.staffNo) })
    let standing = Set(history.payments.filter(\.counts).map { key($0.batch, $0.staffNo) })
    var paid: [ExactText: PaidInvoice] = [:]
    for invoice in invoices {
      let payment = key(invoice.batch, invoice.staffNo)
      if known.contains(payment), !standing.contains(payment) { continue }
      for number in InvoiceNumber.each(in: invoice.key) where paid[ExactText(number)] == nil {
        paid[ExactText(number)] = invoice
      }
    }
    return claims.compactMap { claim in
      let before = InvoiceKey.numbers(claim).lazy.compactMap { paid[ExactText($0)] }.first
      guard let before else { return nil }
      let (place, column) = InvoiceKey.place(claim)
      return Finding(
        PipelineFindings.invoicePaidBefore, at: place, column: column,
        [claim.value(column).plain, before.batch, before.staffNo.isEmpty ? "—" : before.staffNo])
    }
  }

  /// Payments at most this many days apart are of one season: December's list copied into January is the same
  /// list; next December's is not.
  private static let seasonDays = 62

  /// Rows that were paid in an earlier batch, and wait: by their places, the payment,
  /// and whether it only may have been for them. A row without a day of that
  /// batch's term may come again every term; within one term, or one season, it is the same.
  private func paidRows(_ claims: [Claim]) -> [Int: (payment: PastPayment, isPossible: Bool)] {
    var found: [Int: (payment: PastPayment, isPossible: Bool)] = [:]
    for person in 0..<persons.applicantCount {
      let had = history.payments(of: person).filter { $0.counts && !($0.said.isEmpty && $0.digests.isEmpty) }
      if had.isEmpty { continue }
      let rows = persons.rows(of: person).map(Int.init)
      for payment in had {
        let own = rows.filter {
          claims[$0].source.layout.programme.sameScalars(as: payment.programme)
            && found[$0]?.isPossible ?? true
        }
        let paid = paidRows(claims, own, payment)
        for at in paid.possible where found[own[at]] == nil { found[own[at]] = (payment, true) }
        for at in paid.rows { found[own[at]] = (payment, false) }
      }
    }
    return found
  }

  /// Those of a person's rows that a payment was for, by their places among them.
  private func paidRows(_ claims: [Claim], _ rows: [Int], _ payment: PastPayment) -> PaidRows.Found {
    var found = PaidRows.Found()
    if payment.said.isEmpty {
      found.rows = Set(
        rows.indices.filter { at in
          let content = RowContents.digest(of: claims[rows[at]])
          guard let paid = payment.digests.first(where: { $0.isSame(as: content) }) else { return false }
          return (paid.invoice != 0 && paid.invoice == content.invoice) || isOfTerm(claims[rows[at]], payment)
        })
      return found
    }
    let paid = RowContent.rows(payment.said) ?? []
    let invoices = paid.flatMap(\.invoices)
    let near = rows.indices.filter { at in
      let claim = claims[rows[at]]
      if isOfTerm(claim, payment) { return true }
      let own = InvoiceNumber.each(in: RowContent.plain(invoice: InvoiceKey.of(claim)))
      return own.contains { number in invoices.contains(where: number.sameScalars) }
    }
    if near.isEmpty { return found }
    let said = PaidRows(paid, term: payment.term).found(among: near.map { RowContents.of(claims[rows[$0]]) })
    found.rows = Set(said.rows.map { near[$0] })
    found.possible = Set(said.possible.map { near[$0] })
    return found
  }

  /// Whether a row may speak of the term, or the season, a payment was for.
  private func isOfTerm(_ claim: Claim, _ payment: PastPayment) -> Bool {
    guard let term = payment.term else { return true }
    return (term.from <= facts.period.to && facts.period.from <= term.to)
      || abs(payment.paidOn.dayNumber - facts.payDate.dayNumber) <= Self.seasonDays
      || RowContents.days(claim).contains(where: term.contains)
  }

  /// Whose earlier payments a programme's awards depend on.
  private struct Look {
    let programme: String
    /// The programmes whose payments matter.
    let programmes: [String]
    let looksAtSpouse: Bool

    init(at own: Plan.Programme, among all: [Plan.Programme]) {
      let policy = own.policy
      programme = own.info.programme
      let excluding = all.filter { other in
        other.policy.exclusions.contains { $0.with.sameScalars(as: own.info.programme) }
      }
      programmes =
        (policy.looksBack ? [programme] : []) + policy.exclusions.map(\.with) + policy.programmesLookedAt
        + excluding.map(\.info.programme)
      looksAtSpouse = policy.hasHouseholdCap || policy.isOnePerHousehold
    }
  }

  /// Holds the row if a payment is still in transit and the policy looks at earlier payments.
  private func waits(_ number: Int, _ claim: Claim, _ look: Look) -> Finding? {
    let people =
      [persons.person(ofClaim: number)] + (look.looksAtSpouse ? persons.spouses(ofClaim: number) : [])
    for programme in look.programmes {
      for person in people {
        let open = history.payments(programme: programme, person: person).filter { $0.state == .inTransit }
        guard let first = open.min(by: { ($0.paidOn, $0.amount.fen) < ($1.paidOn, $1.amount.fen) }) else {
          continue
        }
        let batch = first.batch.isEmpty ? "" : first.batch + " "
        return Finding(
          HistoryFindings.earlierWaits, at: claim.place, [first.amount.grouped, batch + "\(first.paidOn)"])
      }
    }
    return nil
  }
}
