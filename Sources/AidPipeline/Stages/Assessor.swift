import AidModel
import AidPolicy

/// Leads people through the policies: claims in, awards out. A pure function of what it holds, so that an award can be
/// assessed again whenever it is wanted whole.
struct Assessor: Sendable {
  let batch: String
  let facts: BatchFacts
  let history: PaidHistory
  let decisions: DecisionBook
  let holds: Holds
  let programmes: [Plan.Programme]
  /// Every application row of the batch, in file order.
  let claims: [Claim]
  /// For each programme its people.
  let applicants: [Applicants]
  let language: Language

  /// A person's awards in one programme, each with the number of the claim that says who it is for.
  typealias Assessed = (award: Award, claim: Int)

  func awards(programme: Int, applicant: Int) -> [Assessed] {
    var clean: [Int] = []
    var held: [(number: Int, reasons: [Reason])] = []
    for number in applicants[programme].rows(of: applicant).lazy.map(Int.init) {
      let reasons = holds.reasons(for: claims[number])
      if reasons.isEmpty { clean.append(number) } else { held.append((number, reasons)) }
    }
    switch programmes[programme].policy.awardPer {
    case .person: return [awardForPerson(programme, clean, held)]
    case .row: return awardsForRows(programme, clean, held)
    }
  }

  /// Every award of the batch, programme by programme, people in the order of their first rows; and what the policies
  /// found wanting.
  func assessAll(threads: Int) -> (entries: [AwardEntry], findings: [Finding]) {
    let work = programmes.indices.flatMap { programme in
      Parallel.ranges(of: applicants[programme].count, each: 2048).map { (programme, $0) }
    }
    let parts = Parallel.map(work.count, threads: threads) { part in
      let (programme, range) = work[part]
      var entries: [AwardEntry] = []
      var findings: [Finding] = []
      var left = decisions
      entries.reserveCapacity(range.count)
      for applicant in range {
        for (ordinal, (award, claim)) in awards(programme: programme, applicant: applicant).enumerated() {
          entries.append(
            AwardEntry(
              programme: programme, applicant: applicant, ordinal: ordinal, claim: claim, award: award))
          findings += award.findings
          left.cross(off: award)
        }
      }
      return (entries: entries, findings: findings, left: left.places)
    }
    let unused = parts.isEmpty ? decisions.places : Self.common(parts.map(\.left))
    let unusedFindings = unused.map { Finding(PipelineFindings.decisionUnused, at: $0, column: "amount") }
    return (parts.flatMap(\.entries), parts.flatMap(\.findings) + unusedFindings)
  }

  /// Decisions that no part has asked for.
  private static func common(_ parts: [[Place]]) -> [Place] {
    var rest = Set(parts[0])
    for part in parts.dropFirst() { rest.formIntersection(part) }
    return Array(rest)
  }

  /// The award of an entry whole, with what became of it after the policy had its say.
  /// - Parameter stop: why the run pays nobody, if it does not.
  func award(_ entry: AwardEntry, stop: String?) -> Award {
    let programme = Int(entry.programme)
    var award = awards(programme: programme, applicant: Int(entry.applicant))[Int(entry.ordinal)].award
    if entry.isShared, let fund = programmes[programme].info.fund {
      FundSharing.share(&award, entry, of: fund, language: language)
    }
    if let stop, award.outcome == .paid {
      award.settle(as: .held)
      let text = Bilingual("整批未发放：", "Nothing of this batch is paid: ").text(language) + stop
      award.reasons.append(Reason(code: "stop", text: text))
    }
    return award
  }

  /// With `award_per: person` one row that waits makes the whole award wait: the pooled sum is not known yet.
  private func awardForPerson(
    _ programme: Int, _ clean: [Int], _ held: [(number: Int, reasons: [Reason])]
  ) -> Assessed {
    let first = clean.first ?? held[0].number
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
    let decision = decision(for: award)
    let results = programmes[programme].policy.assess(personCase(clean, award, decision?[0]))
    settle(&award, results[0], decision)
    return (award, first)
  }

  private func awardsForRows(
    _ programme: Int, _ clean: [Int], _ held: [(number: Int, reasons: [Reason])]
  ) -> [Assessed] {
    let all = (clean.map { ($0, [Reason]()) } + held.map { ($0.number, $0.reasons) }).sorted { $0.0 < $1.0 }
    var awards = all.enumerated().map { ordinal, row in
      var award = blank(row.0, ordinal: ordinal + 1, programme)
      award.rows = row.1.first.map { [AwardRow(claim: claims[row.0], outcome: .held, reason: $0)] } ?? []
      award.reasons = row.1
      return (award: award, claim: row.0)
    }
    let cleanAt = all.indices.filter { all[$0].1.isEmpty }
    guard let firstClean = cleanAt.first else { return awards }
    let decision = decision(for: awards[firstClean].award)
    let person = personCase(cleanAt.map { all[$0].0 }, awards[firstClean].award, decision?[0])
    for (at, result) in zip(cleanAt, programmes[programme].policy.assess(person)) {
      settle(&awards[at].award, result, decision)
    }
    return awards
  }

  private func personCase(_ numbers: [Int], _ award: Award, _ decision: Decision?) -> PersonCase {
    PersonCase(
      rows: numbers.map { claims[$0] },
      roster: facts.roster?.entry(staffNo: award.staffNo) ?? facts.roster?.entry(idNumber: award.idNumber),
      paid: history.paid(
        programme: award.programme, staffNo: award.staffNo, idNumber: award.idNumber, year: facts.period),
      decision: decision, period: facts.period, payDate: facts.payDate, language: language)
  }

  private func blank(_ number: Int, ordinal: Int, _ programme: Int) -> Award {
    let info = programmes[programme].info
    return Award(
      record: record(programme, claim: number, ordinal: ordinal), programme: info.programme,
      policy: info.policy,
      claimant: Claimant(claims[number], roster: facts.roster))
  }

  /// The record id of an entry's award.
  func record(of entry: AwardEntry) -> String {
    record(Int(entry.programme), claim: Int(entry.claim), ordinal: Int(entry.ordinal) + 1)
  }

  private func record(_ programme: Int, claim number: Int, ordinal: Int) -> String {
    Award.recordID(
      batch: batch, programme: programmes[programme].info.programme,
      person: applicants[programme].key(of: claims[number]), ordinal: ordinal)
  }

  /// The decisions for an award: nil where there is none, several only where they disagree.
  private func decision(for award: Award) -> [Decision]? {
    let found = decisions.find(record: award.record, programme: award.programme, staffNo: award.staffNo)
    guard let first = found.first else { return nil }
    return found.contains { $0.amount != first.amount } ? found : [first]
  }

  private func settle(_ award: inout Award, _ result: Assessment, _ decisions: [Decision]?) {
    award.rows = result.rows
    award.outcome = result.outcome
    award.trace = result.trace
    award.reasons = result.reasons
    award.findings = result.findings
    award.leastAmount = result.leastAmount
    guard let decisions, decisions.count > 1 else { return }
    let places = decisions.map { "\($0.place) \($0.amount.plain)" }.joined(separator: "; ")
    let finding = Finding(PipelineFindings.decisionTwice, at: decisions[1].place, column: "amount", [places])
    award.findings.append(finding)
    award.reasons.append(Reason(code: finding.kind.code, text: finding.message(language)))
    award.settle(as: .held)
  }
}
