public import AidModel

/// Checks before any calculation whether ledgers can hold a person's data: a name that the bank's encoding
/// lacks makes that person wait, instead of everyone on payday. Not thread-safe.
public struct LedgerPreview {
  private let renderings: [LedgerRendering]

  /// Nil if no template requires more than every row must satisfy anyway.
  /// - Parameter hasRoster: values may come from the roster, which no rule has checked.
  public init?(_ templates: [LedgerTemplate], hasRoster: Bool, batch: String, payDate: CivilDate) {
    if !hasRoster, !templates.contains(where: \.isParticular) { return nil }
    renderings = templates.map { template in
      LedgerRendering(
        template,
        PaymentList(count: 0, amount: { _ in .zero }, payment: { _ in preconditionFailure("no lines") }),
        batch: batch, payDate: payDate, fund: nil)
    }
  }

  /// What the ledgers cannot hold of a claimant, each problem once.
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
