public import AidModel

/// Whether ledgers can hold what is known of somebody, before anything is calculated: a name the bank's encoding lacks
/// makes one person wait, not everybody on the day of payment. For one thread.
public struct LedgerPreview {
  private let renderings: [LedgerRendering]

  /// Nil where no template asks more than every row is held to anyway.
  /// - Parameter hasRoster: values may come from it, where no rule has looked at them.
  public init?(_ templates: [LedgerTemplate], hasRoster: Bool, batch: String, payDate: CivilDate) {
    if !hasRoster, !templates.contains(where: \.isParticular) { return nil }
    renderings = templates.map { template in
      LedgerRendering(
        template,
        PaymentList(count: 0, amount: { _ in .zero }, payment: { _ in preconditionFailure("no lines") }),
        batch: batch, payDate: payDate, fund: nil)
    }
  }

  /// What the ledgers cannot hold of a claimant, each once.
  public func findings(_ claimant: Claimant, _ claim: Claim) -> [Finding] {
    let payment = Payment(
      claimant, record: "-", programme: "-", programmeTitle: "-", amount: Money(fen: 1))
    var findings: [Finding] = []
    for problem in renderings.flatMap({ $0.problems(payment) }) {
      guard let column = problem.column, let (kind, arguments) = problem.finding else { continue }
      if findings.contains(where: { $0.kind.code == kind.code && $0.column == column.columnName }) {
        continue
      }
      findings.append(
        Finding(kind, at: claim.place(ofColumn: column.rawValue), column: column.columnName, arguments))
    }
    return findings
  }
}
