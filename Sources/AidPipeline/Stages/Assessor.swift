import AidModel
import AidPolicy

/// Assesses people under the policies: claims in, awards out. A pure function of its contents, so that an
/// award can be assessed again whenever its details are needed.
struct Assessor: Sendable {
  let batch: String
  let facts: BatchFacts
  let history: PaidHistory
  let decisions: DecisionBook
  let waiting: WaitingRows
  let programmes: [Plan.Programme]
  /// Every application row of the batch, in file order.
  let claims: [Claim]
  /// The applicants of each programme.
  let applicants: [Applicants]
  let language: Language
  /// The persons behind all numbers.
  let persons: Persons
  /// Facts about other programmes and households, found in the first pass over the batch.
  var between = CrossAwardFacts()

  /// A person's awards in one programme, each with the index of the claim that identifies the person.
  typealias Assessed = (award: Award, claim: Int)

  func awards(programme: Int, applicant: Int) -> [Assessed] {
    var clean: [Int] = []
    var held: [(number: Int, reasons: [Reason])] = []
    for number in applicants[programme].rows(of: applicant).lazy.map(Int.init) {
      let reasons = waiting.reasons(for: claims[number])
      if reasons.isEmpty { clean.append(number) } else { held.append((number, reasons)) }
    }
    let seat = ApplicantKey(programme: programme, applicant: applicant)
    var awards: [Assessed]
    switch programmes[programme].policy.awardPer {
    case .person: awards = [awardForPerson(seat, clean, held)]
    case .row: awards = awardsForRows(seat, clean, held)
    }
    if let verdict = between.verdicts[seat] {
      for i in awards.indices { verdict.apply(to: &awards[i].award) }
    }
    return awards
  }

  /// The full award of an entry, including what happened to it after the policy.
  /// - Parameters:
  ///   - awards: all awards of the entry's person in its programme.
  ///   - stop: why the run pays no one; nil if it pays.
  func award(_ entry: AwardEntry, among awards: [Assessed], stop: String?) -> Award {
    let programme = Int(entry.programme)
    var award = awards[Int(entry.ordinal)].award
    if entry.rank > 0, let terms = placeTerms(entry, of: award) {
      FundSharing.takePlaces(&award, entry, programmes[programme].policy, terms, language: language)
    }
    if entry.isShared, let fund = programmes[programme].info.fund {
      FundSharing.share(&award, entry, of: fund, programmes[programme].policy, language: language)
    }
    if let stop, award.outcome == .paid {
      award.settle(as: .held)
      let text = Bilingual("整批未发放：", "Nothing of this batch is paid: ").text(language) + stop
      award.reasons.append(Reason(code: "stop", text: text))
    }
    return award
  }

  /// What the places of its policy come to for an award that is paid.
  func placeTerms(_ entry: AwardEntry, of award: Award) -> PlaceTerms? {
    let seat = ApplicantKey(programme: Int(entry.programme), applicant: Int(entry.applicant))
    let rows = award.rows.filter { $0.outcome == .paid }.map(\.claim)
    let person = PersonCase(
      rows: rows, roster: member(ofClaim: Int(entry.claim)), paid: paid(seat),
      awarded: awardedElsewhere(seat),
      decisions: [], period: facts.period, payDate: facts.payDate, language: language)
    return programmes[seat.programme].policy.placeTerms(person, rows: rows)
  }

  /// With `award_per: person`, one waiting row makes the whole award wait: the pooled sum is not known yet.
  private func awardForPerson(
    _ seat: ApplicantKey, _ clean: [Int], _ held: [(number: Int, reasons: [Reason])]
  ) -> Assessed {
    let first = clean.first ?? held[0].number
    let programme = seat.programme
    var award = blank(first, ordinal: 1, programme)
    guard held.isEmpty else {
      let waiting = held.map { ($0.number, $0.reasons[0]) }
      let other = Reason(
        code: "held", text: Bilingual("同一人另有行待处理", "another row of the same person waits").text(language))
      award.rows = (waiting + clean.map { ($0, other) }).sorted { $0.0 < $1.0 }
        .map { AwardRow(claim: claims[$0.0], outcome: .held, reason: $0.1) }
      award.reasons = held.flatMap(\.reasons)
      return (award, first)
    }
    let decision = decision(for: award, seat)
    let person = personCase(seat, clean, [decision?[0]])
    settle(&award, programmes[programme].policy.assess(person)[0], decision, programme)
    return (award, first)
  }

  private func awardsForRows(
    _ seat: ApplicantKey, _ clean: [Int], _ held: [(number: Int, reasons: [Reason])]
  ) -> [Assessed] {
    let programme = seat.programme
    let all = (clean.map { ($0, [Reason]()) } + held.map { ($0.number, $0.reasons) }).sorted { $0.0 < $1.0 }
    var awards = all.enumerated().map { ordinal, row in
      var award = blank(row.0, ordinal: ordinal + 1, programme)
      award.rows = row.1.first.map { [AwardRow(claim: claims[row.0], outcome: .held, reason: $0)] } ?? []
      award.reasons = row.1
      return (award: award, claim: row.0)
    }
    if clean.isEmpty { return awards }
    // Of several rows of one person a decision must name the record it is for.
    let decisions = all.indices.map { i in
      all[i].1.isEmpty ? decision(for: awards[i].award, seat, byRecordOnly: all.count > 1) : nil
    }
    let waiting = Set(all.indices.filter { !all[$0].1.isEmpty })
    let person = personCase(seat, all.map(\.0), decisions.map { $0?[0] }, waiting: waiting)
    for (i, result) in programmes[programme].policy.assess(person).enumerated() where !waiting.contains(i) {
      settle(&awards[i].award, result, decisions[i], programme)
    }
    return awards
  }

  private func personCase(
    _ seat: ApplicantKey, _ numbers: [Int], _ decisions: [Decision?], waiting: Set<Int> = []
  ) -> PersonCase {
    PersonCase(
      rows: numbers.map { claims[$0] }, waiting: waiting,
      roster: member(ofClaim: numbers[0]), paid: paid(seat),
      spouse: between.spouses[seat] ?? SpouseAwards(), awarded: awardedElsewhere(seat),
      decisions: decisions, period: facts.period, payDate: facts.payDate, language: language)
  }

  func member(ofClaim number: Int) -> Claim? { claims[number].member(of: facts.roster) }

  func person(_ seat: ApplicantKey) -> Int { applicants[seat.programme].person(of: seat.applicant) }

  /// The same person in another programme.
  func seat(of seat: ApplicantKey, in programme: Int) -> ApplicantKey? {
    applicants[programme].applicant(of: person(seat)).map {
      ApplicantKey(programme: programme, applicant: $0)
    }
  }

  /// What the person received in earlier batches from this programme, and from others its policy looks at.
  func paid(_ seat: ApplicantKey) -> PaidBefore {
    let person = person(seat)
    func had(_ programme: String) -> PaidBefore {
      history.paid(programme: programme, person: person, year: facts.period)
    }
    var paid = had(programmes[seat.programme].info.programme)
    paid.others = programmes[seat.programme].policy.programmesLookedAt.map {
      PaidBefore.Other(programme: $0, paid: had($0))
    }
    return paid
  }

  /// What the person gets from the programmes that the policy names in `after`.
  func awardedElsewhere(_ seat: ApplicantKey) -> [AwardedElsewhere] {
    programmes[seat.programme].policy.after.compactMap { name in
      guard let other = programmes.firstIndex(where: { $0.info.programme.sameScalars(as: name) }),
        let there = self.seat(of: seat, in: other)
      else { return nil }
      if let share = between.shares[there] { return AwardedElsewhere(programme: name, amount: share) }
      return AwardedElsewhere(programme: name, amount: between.awarded[there] ?? .zero)
    }
  }

  private func blank(_ number: Int, ordinal: Int, _ programme: Int) -> Award {
    let info = programmes[programme].info
    return Award(
      record: record(programme, claim: number, ordinal: ordinal), programme: info.programme,
      policy: info.policy,
      claimant: Claimant(claims[number], roster: facts.roster, currentIDs: persons.currentIDs))
  }

  /// The record id of an entry's award.
  func record(of entry: AwardEntry) -> String {
    record(Int(entry.programme), claim: Int(entry.claim), ordinal: Int(entry.ordinal) + 1)
  }

  private func record(_ programme: Int, claim number: Int, ordinal: Int) -> String {
    Award.recordID(
      batch: batch, programme: programmes[programme].info.programme,
      person: persons.key(of: persons.person(ofClaim: number)), ordinal: ordinal)
  }

  /// Whether a decision chooses between this programme and one that excludes it.
  func choosesByDecision(_ programme: Int) -> Bool {
    programmes.contains { other in
      other.policy.exclusions.contains { rule in
        rule.keep == .ask
          && (other.info.programme.sameScalars(as: programmes[programme].info.programme)
            || rule.with.sameScalars(as: programmes[programme].info.programme))
      }
    }
  }

  /// The decisions for an award: nil if there are none, several only if they disagree.
  private func decision(for award: Award, _ seat: ApplicantKey, byRecordOnly: Bool = false) -> [Decision]? {
    let found = decisions.find(
      record: award.record, programme: award.programme, person: byRecordOnly ? nil : person(seat))
    guard let first = found.first else { return nil }
    return found.contains { $0.amount != first.amount } ? found : [first]
  }

  private func settle(
    _ award: inout Award, _ result: Assessment, _ decisions: [Decision]?, _ programme: Int
  ) {
    award.rows = result.rows
    award.outcome = result.outcome
    award.trace = result.trace
    award.reasons = result.reasons
    award.findings = result.findings
    award.leastAmount = result.leastAmount
    award.remembered = result.remembered
    guard let decisions else { return }
    if let decision = decisions.first, decisions.count == 1 {
      if isPassedOver(decision, award, programme) {
        hold(
          &award,
          Finding(
            PipelineFindings.decisionDiffers, at: decision.place, column: "amount",
            [decision.amount.grouped, award.amount.grouped]))
      }
      return
    }
    let places = decisions.map { "\($0.place) \($0.amount.plain)" }.joined(separator: "; ")
    hold(
      &award, Finding(PipelineFindings.decisionTwice, at: decisions[1].place, column: "amount", [places]))
  }

  /// A committee's amount that would be ignored because the policy alone decides: the award is held.
  private func isPassedOver(_ decision: Decision, _ award: Award, _ programme: Int) -> Bool {
    guard award.outcome == .paid, decision.amount != award.amount, !award.isDecided else { return false }
    return decision.amount != .zero || !choosesByDecision(programme)
  }

  private func hold(_ award: inout Award, _ finding: Finding) {
    award.findings.append(finding)
    award.reasons.append(Reason(code: finding.kind.code, text: finding.message(language)))
    award.settle(as: .held)
  }
}
