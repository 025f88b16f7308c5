import AidModel

/// What is kept of a person's awards in one programme; the awards themselves, with their steps, are let go at once.
struct Kept: Sendable {
  let entries: [AwardEntry]
  let findings: [Finding]
  let decisionsAsked: [ExactText]

  /// Of somebody about whom nothing was found.
  init(entries: [AwardEntry]) {
    self.entries = entries
    (findings, decisionsAsked) = ([], [])
  }

  init(_ awards: [Assessor.Assessed], _ seat: Seat, decisions: DecisionBook) {
    entries = awards.enumerated().map { ordinal, assessed in
      AwardEntry(
        programme: seat.programme, applicant: seat.applicant, ordinal: ordinal, claim: assessed.claim,
        award: assessed.award)
    }
    findings = awards.flatMap(\.award.findings)
    decisionsAsked = awards.flatMap { decisions.asked(by: $0.award) }
  }
}
