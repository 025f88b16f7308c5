import AidModel
import AidPolicy

/// Leads the people of one programme through its policy: claims in, awards out.
struct Assessor {
  let batch: String
  let facts: BatchFacts
  let history: PaidHistory
  let language: Language

  /// Every award of a programme; findings of the policy are inside the awards.
  func awards(
    for programme: Plan.Programme, people: [Applicant], decisions: inout DecisionBook
  ) -> [Award] {
    var awards: [Award] = []
    awards.reserveCapacity(people.count)
    for person in people {
      switch programme.policy.awardPer {
      case .person: awards.append(awardForPerson(person, programme, &decisions))
      case .row: awards += awardsForRows(person, programme, &decisions)
      }
    }
    return awards
  }

  /// With `award_per: person` one row that waits makes the whole award wait: the pooled sum is not known yet.
  private func awardForPerson(
    _ person: Applicant, _ programme: Plan.Programme, _ decisions: inout DecisionBook
  ) -> Award {
    var award = blank(person.first, key: person.key, ordinal: 1, programme)
    guard person.held.isEmpty else {
      // A decision for somebody who waits is not a decision for nobody.
      _ = decision(for: award, &decisions)
      let waiting = person.held.map { AwardRow(claim: $0.claim, outcome: .held, reason: $0.reasons.first) }
      let others = person.clean.map { claim in
        AwardRow(
          claim: claim, outcome: .held,
          reason: Reason(
            code: "held",
            text: Bilingual("同一人另有行待处理", "another row of the same person waits").text(language)))
      }
      award.rows = (waiting + others).sorted { Self.precedes($0.claim, $1.claim) }
      award.outcome = .held
      award.reasons = person.held.flatMap(\.reasons)
      return award
    }
    let (decision, doubled) = decision(for: award, &decisions)
    let results = programme.policy.assess(personCase(person.clean, award, decision))
    settle(&award, results[0])
    if let doubled { hold(&award, doubled) }
    return award
  }

  private func awardsForRows(
    _ person: Applicant, _ programme: Plan.Programme, _ decisions: inout DecisionBook
  ) -> [Award] {
    let all = (person.clean.map { ($0, [Reason]()) } + person.held.map { ($0.claim, $0.reasons) })
      .sorted { Self.precedes($0.0, $1.0) }
    var awards: [Award] = []
    var cleanAt: [Int] = []
    for (ordinal, (claim, reasons)) in all.enumerated() {
      var award = blank(claim, key: person.key, ordinal: ordinal + 1, programme)
      if reasons.isEmpty {
        cleanAt.append(ordinal)
      } else {
        award.rows = [AwardRow(claim: claim, outcome: .held, reason: reasons[0])]
        award.reasons = reasons
      }
      awards.append(award)
    }
    guard let firstClean = cleanAt.first else { return awards }
    let (decision, doubled) = decision(for: awards[firstClean], &decisions)
    let clean = cleanAt.map { all[$0].0 }
    let results = programme.policy.assess(personCase(clean, awards[firstClean], decision))
    for (at, result) in zip(cleanAt, results) {
      settle(&awards[at], result)
      if let doubled { hold(&awards[at], doubled) }
    }
    return awards
  }

  private static func precedes(_ a: Claim, _ b: Claim) -> Bool {
    if !a.source.file.sameScalars(as: b.source.file) { return a.source.file.precedes(b.source.file) }
    return a.row < b.row
  }

  private func personCase(_ claims: [Claim], _ award: Award, _ decision: Decision?) -> PersonCase {
    PersonCase(
      rows: claims, roster: rosterEntry(award.staffNo, award.idNumber),
      paid: history.paid(
        programme: award.programme, staffNo: award.staffNo, idNumber: award.idNumber, year: facts.period),
      decision: decision, period: facts.period, payDate: facts.payDate, language: language)
  }

  private func rosterEntry(_ staffNo: String, _ idNumber: String) -> Claim? {
    facts.roster?.entry(staffNo: staffNo) ?? facts.roster?.entry(idNumber: idNumber)
  }

  private func blank(
    _ claim: Claim, key: String, ordinal: Int, _ programme: Plan.Programme
  ) -> Award {
    let info = programme.info
    var award = Award(
      record: Award.recordID(batch: batch, programme: info.programme, person: key, ordinal: ordinal),
      programme: info.programme, policy: info.policy)
    award.fund = info.fund
    award.staffNo = claim.text(.staffNo)
    award.idNumber = claim.text(.idNumber)
    let entry = rosterEntry(award.staffNo, award.idNumber)
    func known(_ own: CommonColumn) -> String {
      let text = claim.text(own)
      return text.isEmpty ? entry?.text(named: own.columnName) ?? "" : text
    }
    award.staffNo = known(.staffNo)
    award.idNumber = known(.idNumber)
    award.name = known(.name)
    award.idType = claim.text(.idType)
    award.unit = known(.unit)
    // Bank, branch and holder belong to an account: all from the list or all from the roster.
    if claim.text(.account).isEmpty, let entry {
      award.payee = Payee(
        bank: entry.text(named: "bank"), branch: entry.text(named: "branch"),
        account: entry.text(named: "account"), accountName: entry.text(named: "account_name"))
    } else {
      award.payee = Payee(
        bank: known(.bank), branch: known(.branch), account: claim.text(.account),
        accountName: claim.text(.accountName))
    }
    return award
  }

  /// The decision for an award, or why there are too many.
  private func decision(
    for award: Award, _ decisions: inout DecisionBook
  ) -> (Decision?, doubled: [Decision]?) {
    let found = decisions.take(record: award.record, programme: award.programme, staffNo: award.staffNo)
    if found.count > 1, found.contains(where: { $0.amount != found[0].amount }) { return (found[0], found) }
    return (found.first, nil)
  }

  private func hold(_ award: inout Award, _ decisions: [Decision]) {
    let places = decisions.map { "\($0.place) \($0.amount.plain)" }.joined(separator: "; ")
    let finding = Finding(PipelineFindings.decisionTwice, at: decisions[1].place, column: "amount", [places])
    award.findings.append(finding)
    award.reasons.append(Reason(code: finding.kind.code, text: finding.message(language)))
    award.outcome = .held
    for i in award.rows.indices where award.rows[i].outcome != .notCounted { award.rows[i].outcome = .held }
  }

  private func settle(_ award: inout Award, _ result: Assessment) {
    award.rows = result.rows
    award.outcome = result.outcome
    award.trace = result.trace
    award.reasons = result.reasons
    award.findings = result.findings
    award.leastAmount = result.leastAmount
  }
}
