import AidModel
import AidPolicy

/// What a compiled policy reads besides a person's rows.
struct QuickFacts {
  var paid = PaidBefore()
  var spouse = SpouseAwards()
  var roster: Claim?
  var awarded: [AwardedElsewhere] = []
}

extension Assessor {
  /// Whether any of a person's rows waits.
  func waits(_ rows: ArraySlice<Int32>) -> Bool {
    !waiting.isEmpty && rows.contains { waiting.contains(claims[Int($0)]) }
  }

  /// Nil if the person needs the exact evaluator: for a rule between programmes, or a possible decision.
  /// - Parameter first: the person's first row.
  func quickFacts(_ seat: ApplicantKey, first: Int32, _ quick: QuickAssessor) -> QuickFacts? {
    guard between.verdicts.isEmpty || between.verdicts[seat] == nil,
      !decisions.mayConcern(programmes[seat.programme].info.programme)
    else { return nil }
    var known = QuickFacts()
    let looksAtHistory = quick.usesHistory && !history.payments.isEmpty
    if looksAtHistory, programmes[seat.programme].policy.looksAtShares, !paid(seat).dated.isEmpty {
      return nil
    }
    if looksAtHistory || quick.usesRoster || quick.usesOtherAwards {
      if quick.usesRoster { known.roster = member(ofClaim: Int(first)) }
      if looksAtHistory { known.paid = paid(seat) }
      if quick.usesOtherAwards { known.awarded = awardedElsewhere(seat) }
    }
    if !between.spouses.isEmpty { known.spouse = between.spouses[seat] ?? SpouseAwards() }
    return known
  }

  /// The award for the rows of one person; nil if it needs the exact evaluator.
  func award(_ rows: some Sequence<Int32>, _ known: QuickFacts, _ quick: QuickAssessor) -> QuickAward? {
    quick.start()
    for number in rows { quick.add(claims[Int(number)]) }
    return quick.award(paid: known.paid, spouse: known.spouse, roster: known.roster, awarded: known.awarded)
  }
}
