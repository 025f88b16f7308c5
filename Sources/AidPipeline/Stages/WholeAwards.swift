import AidModel
import AidPolicy
import Synchronization

/// Assesses awards in full when they are written. With `award_per: row` a person's rows are assessed
/// together, so the last few people are cached: ten thousand rows do not cause ten thousand assessments.
final class WholeAwards: Sendable {
  private let assessor: Assessor
  /// Why the run pays no one; nil if it pays.
  private let stop: String?
  private let recent = Mutex<[(seat: ApplicantKey, awards: [Assessor.Assessed])]>([])

  /// More than the number of threads writing at once.
  private static let recentMax = 16

  init(_ assessor: Assessor, stop: String? = nil) {
    self.assessor = assessor
    self.stop = stop
  }

  func award(_ entry: AwardEntry) -> Award {
    let seat = ApplicantKey(programme: Int(entry.programme), applicant: Int(entry.applicant))
    return assessor.award(entry, among: awards(seat), stop: stop)
  }

  private func awards(_ seat: ApplicantKey) -> [Assessor.Assessed] {
    guard assessor.programmes[seat.programme].policy.awardPer == .row,
      assessor.applicants[seat.programme].rows(of: seat.applicant).count > 1
    else { return assessor.awards(programme: seat.programme, applicant: seat.applicant) }
    if let known = recent.withLock({ recent in recent.first { $0.seat == seat }?.awards }) { return known }
    let awards = assessor.awards(programme: seat.programme, applicant: seat.applicant)
    recent.withLock { recent in
      if recent.count >= Self.recentMax { recent.removeFirst() }
      recent.append((seat, awards))
    }
    return awards
  }
}
