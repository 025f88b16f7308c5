import AidModel
import AidPolicy

extension BatchAssessment {
  /// What somebody does not get after all no longer uses up the household's cap: a spouse who came later in record
  /// order had that much less left, and is assessed again.
  mutating func giveBack(_ amount: Money, of seat: ApplicantKey) {
    guard amount > .zero, assessor.programmes[seat.programme].policy.hasHouseholdCap,
      let couples = households[seat.programme]
    else { return }
    for partner in couples.partners(of: seat.applicant) {
      let spouse = ApplicantKey(programme: seat.programme, applicant: partner)
      guard let known = assessor.between.spouses[spouse]?.inBatch, known >= amount else { continue }
      assessor.between.spouses[spouse]?.inBatch = known - amount
      keep(assessor.awards(programme: spouse.programme, applicant: partner), spouse)
    }
  }
}
