import AidModel
import AidPolicy

extension BatchAssessment {
  /// Money a person does not get after all no longer counts towards the household's cap: a spouse later in
  /// record order had too little room, and is assessed again.
  mutating func giveBack(_ amount: Money, of seat: ApplicantKey) {
    guard amount > .zero, assessor.programmes[seat.programme].policy.hasHouseholdCap,
      let couples = households[seat.programme]
    else { return }
    for partner in couples.partners(of: seat.applicant) {
      let spouse = ApplicantKey(programme: seat.programme, applicant: partner)
      guard let known = assessor.between.spouses[spouse]?.inBatch, known >= amount else { continue }
      assessor.between.spouses[spouse]?.inBatch = known - amount
      if total(seat) == .zero { assessor.between.spouses[spouse]?.paidInBatch -= 1 }
      if assessor.between.spouses[spouse]?.inBatchBreakdown != nil {
        let given = PaymentBreakdown(parts: shares(of: seat))
        assessor.between.spouses[spouse]?.inBatchBreakdown = given
      }
      keep(assessor.awards(programme: spouse.programme, applicant: partner), spouse)
    }
  }
}
