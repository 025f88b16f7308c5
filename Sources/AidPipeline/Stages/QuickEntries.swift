import AidModel
import AidPolicy

/// The first pass over a programme's people, by amounts alone. Cases it does not cover use the traced
/// evaluator, as does every award that is written; both must give the same amount.
struct QuickEntries {
  private let assessor: Assessor
  private let programme: Int
  private let quick: QuickAssessor?
  private let policy: Policy

  /// Not thread-safe.
  init(_ assessor: Assessor, programme: Int) {
    self.assessor = assessor
    self.programme = programme
    policy = assessor.programmes[programme].policy
    quick = QuickAssessor(
      policy, roster: assessor.facts.roster?.layout, period: assessor.facts.period,
      payDate: assessor.facts.payDate)
  }

  /// Adds a person's awards.
  func append(_ applicant: Int, to kept: inout CompactAwards) {
    let count = kept.entries.count
    if let quick, appendQuickly(applicant, quick, to: &kept) { return }
    kept.truncate(to: count)
    let seat = ApplicantKey(programme: programme, applicant: applicant)
    kept.append(
      assessor.awards(programme: programme, applicant: applicant), seat, person: assessor.person(seat),
      decisions: assessor.decisions,
      takesDecision: assessor.choosesByDecision(programme))
  }

  /// Returns false if a person must look, or might have to; what was added must then be discarded.
  private func appendQuickly(_ applicant: Int, _ quick: QuickAssessor, to kept: inout CompactAwards) -> Bool {
    let seat = ApplicantKey(programme: programme, applicant: applicant)
    let rows = assessor.applicants[programme].rows(of: applicant)
    guard let first = rows.first, !assessor.waits(rows),
      var facts = assessor.quickFacts(seat, first: first, quick)
    else { return false }
    if policy.awardPer == .person {
      guard let award = assessor.award(rows, facts, quick) else { return false }
      kept.append(entry(seat, 0, claim: Int(rows[rows.startIndex]), rows: rows.count, award))
      return true
    }
    for (ordinal, number) in rows.enumerated() {
      guard let award = assessor.award([number], facts, quick) else { return false }
      if award.outcome == .paid, quick.usesHistory {
        facts.paid.add(award.amount, on: assessor.facts.payDate, of: assessor.facts.period, isOfYear: true)
      }
      kept.append(entry(seat, ordinal, claim: Int(number), rows: 1, award))
    }
    return true
  }

  private func entry(
    _ seat: ApplicantKey, _ ordinal: Int, claim: Int, rows: Int, _ award: QuickAward
  ) -> AwardEntry {
    AwardEntry(
      programme: seat.programme, applicant: seat.applicant, ordinal: ordinal, claim: claim, rows: rows,
      rowsNotCounted: award.rowsNotCounted, outcome: award.outcome, amount: award.amount,
      isCapped: award.isCapped)
  }
}
