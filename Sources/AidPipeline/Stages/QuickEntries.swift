import AidModel
import AidPolicy

/// The first pass over a programme's people by amounts alone. Whoever it does not cover goes the traced way; whatever
/// is written is traced, and must come to the same amount.
struct QuickEntries {
  private let assessor: Assessor
  private let programme: Int
  private let quick: QuickAssessor?
  private let policy: Policy

  /// For one thread.
  init(_ assessor: Assessor, programme: Int) {
    self.assessor = assessor
    self.programme = programme
    policy = assessor.programmes[programme].policy
    quick = QuickAssessor(
      policy, roster: assessor.facts.roster?.layout, period: assessor.facts.period,
      payDate: assessor.facts.payDate)
  }

  /// Adds a person's awards.
  func append(_ applicant: Int, to kept: inout Kept) {
    let count = kept.entries.count
    if let quick, appendQuickly(applicant, quick, to: &kept) { return }
    kept.truncate(to: count)
    kept.append(
      assessor.awards(programme: programme, applicant: applicant),
      Seat(programme: programme, applicant: applicant), decisions: assessor.decisions,
      takesDecision: assessor.choosesByDecision(programme))
  }

  /// False where somebody must look, or might have to; what was added is then worth nothing.
  private func appendQuickly(_ applicant: Int, _ quick: QuickAssessor, to kept: inout Kept) -> Bool {
    let seat = Seat(programme: programme, applicant: applicant)
    let rows = assessor.applicants[programme].rows(of: applicant)
    guard assessor.between.verdicts.isEmpty || assessor.between.verdicts[seat] == nil,
      assessor.decisions.isEmpty, !rows.isEmpty,
      assessor.holds.isEmpty
        || rows.allSatisfy({ assessor.holds.reasons(for: assessor.claims[Int($0)]).isEmpty })
    else { return false }
    var (paid, roster, awarded) = (PaidBefore(), Claim?.none, [AwardedElsewhere]())
    let looksAtHistory = quick.usesHistory && !assessor.history.payments.isEmpty
    if looksAtHistory || quick.usesRoster || quick.usesOtherAwards {
      let who = Claimant(assessor.claims[Int(rows[rows.startIndex])], roster: assessor.facts.roster)
      if quick.usesRoster { roster = assessor.rosterEntry(who) }
      if looksAtHistory { paid = assessor.paid(who, seat) }
      if quick.usesOtherAwards { awarded = assessor.awardedElsewhere(seat, who) }
    }
    let spouse =
      assessor.between.spouses.isEmpty ? SpouseAwards() : assessor.between.spouses[seat] ?? SpouseAwards()
    if policy.awardPer == .person {
      quick.start()
      for number in rows { quick.add(assessor.claims[Int(number)]) }
      guard let award = quick.award(paid: paid, spouse: spouse, roster: roster, awarded: awarded) else {
        return false
      }
      kept.append(entry(seat, 0, claim: Int(rows[rows.startIndex]), rows: rows.count, award))
      return true
    }
    for (ordinal, number) in rows.enumerated() {
      quick.start()
      quick.add(assessor.claims[Int(number)])
      guard let award = quick.award(paid: paid, spouse: spouse, roster: roster, awarded: awarded) else {
        return false
      }
      if award.outcome == .paid {
        paid.year += award.amount
        paid.lifetime += award.amount
        paid.timesYear += 1
        paid.timesLifetime += 1
      }
      kept.append(entry(seat, ordinal, claim: Int(number), rows: 1, award))
    }
    return true
  }

  private func entry(
    _ seat: Seat, _ ordinal: Int, claim: Int, rows: Int, _ award: QuickAward
  ) -> AwardEntry {
    AwardEntry(
      programme: seat.programme, applicant: seat.applicant, ordinal: ordinal, claim: claim, rows: rows,
      rowsNotCounted: award.rowsNotCounted, outcome: award.outcome, amount: award.amount,
      isCapped: award.isCapped)
  }
}
