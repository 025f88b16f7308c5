import AidModel
import AidPolicy

/// The first pass over a batch: assesses the programmes in order. After each one, applies the rules between
/// programmes and in households.
struct BatchAssessment {
  /// Contains the facts that awards need about each other.
  var assessor: Assessor
  /// By programme.
  private(set) var entries: [SeatEntries]
  private var findings: [ApplicantKey: [Finding]] = [:]
  private var unusedDecisions: DecisionBook
  private(set) var households: [Int: Households] = [:]
  private let threads: Int

  init(_ assessor: Assessor, threads: Int) {
    self.assessor = assessor
    self.threads = threads
    unusedDecisions = assessor.decisions
    let policies = assessor.programmes.map(\.policy)
    entries = zip(policies, assessor.applicants).map { policy, people in
      SeatEntries(people: people.count, rows: policy.awardPer == .row ? { people.rows(of: $0).count } : nil)
    }
    for (i, policy) in policies.enumerated() where policy.hasHouseholdCap || policy.isOnePerHousehold {
      households[i] = Households(
        assessor.applicants[i], of: assessor.persons, roster: assessor.facts.roster)
    }
    guard case .order(let order) = ProgrammeOrder.of(policies) else {
      preconditionFailure("a plan has no circle of programmes")
    }
    var done: [Int] = []
    for programme in order {
      assess(programme)
      if policies[programme].isOnePerHousehold { settleCouples(programme) }
      done.append(programme)
      for other in done where other != programme {
        for (a, b) in [(programme, other), (other, programme)] { exclude(a, b) }
      }
      excludePaidBefore(programme)
      for other in order { keepForLater(other, done: done) }
    }
  }

  /// Moves all entries out: by programme, people in the order of their first rows.
  mutating func takeEntries() -> [AwardEntry] {
    if entries.count == 1 { return entries[0].take() }
    var all: [AwardEntry] = []
    for programme in entries.indices { all += entries[programme].take() }
    return all
  }

  var allFindings: [Finding] {
    let seats = findings.keys.sorted { ($0.programme, $0.applicant) < ($1.programme, $1.applicant) }
    return seats.flatMap { findings[$0] ?? [] }
      + unusedDecisions.places.map { Finding(PipelineFindings.decisionUnused, at: $0, column: "amount") }
  }

  // MARK: one programme

  private mutating func assess(_ programme: Int) {
    let people = assessor.applicants[programme].count
    if assessor.programmes[programme].policy.hasHouseholdCap { return assessHouseholds(programme) }
    if households[programme] != nil {
      for i in 0..<people { rememberSpouse(ApplicantKey(programme: programme, applicant: i)) }
    }
    let frozen = assessor
    let ranges = Parallel.ranges(of: people, each: 2048)
    let parts = Parallel.map(ranges.count, threads: threads) { part in
      let quick = QuickEntries(frozen, programme: programme)
      var kept = CompactAwards()
      for applicant in ranges[part] { quick.append(applicant, to: &kept) }
      return kept
    }
    entries[programme].fill(parts)
    for note in parts.lazy.flatMap(\.notes) { keep(note) }
  }

  /// A household's cap is used up in record order: by unit, then staff number.
  private mutating func assessHouseholds(_ programme: Int) {
    entries[programme].makeRoom()
    for applicant in recordOrder(Array(0..<assessor.applicants[programme].count), programme) {
      let seat = ApplicantKey(programme: programme, applicant: applicant)
      rememberSpouse(seat)
      keep(assessor.awards(programme: programme, applicant: applicant), seat)
    }
  }

  mutating func keep(_ awards: [Assessor.Assessed], _ seat: ApplicantKey) {
    let kept = CompactAwards(
      awards, seat, person: assessor.person(seat), decisions: assessor.decisions,
      takesDecision: assessor.choosesByDecision(seat.programme))
    entries[seat.programme].replace(seat.applicant, by: kept.entries)
    findings[seat] = nil
    for note in kept.notes { keep(note) }
  }

  private mutating func keep(_ note: CompactAwards.Note) {
    findings[note.seat] = note.findings.isEmpty ? nil : note.findings
    for key in note.decisionsAsked { unusedDecisions.cross(off: key) }
  }

  mutating func decide(_ seat: ApplicantKey, _ verdict: Verdict) {
    let before = total(seat)
    assessor.between.verdicts[seat] = verdict
    keep(assessor.awards(programme: seat.programme, applicant: seat.applicant), seat)
    giveBack(before - total(seat), of: seat)
  }

  /// Records the awards that a later programme looks at; the others need not be kept.
  private mutating func keepForLater(_ later: Int, done: [Int]) {
    for name in assessor.programmes[later].policy.after {
      let policies = assessor.programmes.map(\.policy)
      guard let programme = ProgrammeOrder.index(of: name, in: policies), done.contains(programme) else {
        continue
      }
      for applicant in 0..<entries[programme].count {
        let seat = ApplicantKey(programme: programme, applicant: applicant)
        assessor.between.awarded[seat] = .some(isHeld(seat) ? nil : total(seat))
      }
    }
  }

  func total(_ seat: ApplicantKey) -> Money {
    entries[seat.programme].of(seat.applicant).reduce(.zero) { $0 + $1.amount }
  }

  func isHeld(_ seat: ApplicantKey) -> Bool {
    entries[seat.programme].of(seat.applicant).contains { $0.outcome == .held }
  }

  func claimant(_ seat: ApplicantKey) -> Claimant {
    let entry = entries[seat.programme].of(seat.applicant)
    let number =
      entry.first.map { Int($0.claim) }
      ?? Int(assessor.applicants[seat.programme].rows(of: seat.applicant).first ?? 0)
    return Claimant(
      assessor.claims[number], roster: assessor.facts.roster, currentIDs: assessor.persons.currentIDs)
  }

  private func recordOrder(_ applicants: [Int], _ programme: Int) -> [Int] {
    let keyed = applicants.map { applicant in
      let first = Int(assessor.applicants[programme].rows(of: applicant).first ?? 0)
      return (
        applicant: applicant,
        key: Claimant.order(assessor.claims[first], roster: assessor.facts.roster)
      )
    }
    return keyed.sorted { a, b in
      if !a.key.unit.sameScalars(as: b.key.unit) { return a.key.unit.precedes(b.key.unit) }
      if !a.key.staffNo.sameScalars(as: b.key.staffNo) { return a.key.staffNo.precedes(b.key.staffNo) }
      return a.applicant < b.applicant
    }.map(\.applicant)
  }
}

// MARK: households

extension BatchAssessment {
  /// What the spouse received before and in this batch so far.
  private mutating func rememberSpouse(_ seat: ApplicantKey) {
    guard let couples = households[seat.programme] else { return }
    let spouses = couples.spouses(of: seat.applicant)
    if spouses.isEmpty { return }
    var spouse = SpouseAwards()
    for person in spouses {
      let before = assessor.history.paid(
        programme: assessor.programmes[seat.programme].info.programme, person: person,
        year: assessor.facts.period)
      spouse.before.year += before.year
      spouse.before.lifetime += before.lifetime
      spouse.before.timesYear += before.timesYear
      spouse.before.timesLifetime += before.timesLifetime
      spouse.before.dated += before.dated
    }
    var parts: [PaymentPart] = []
    for partner in couples.partners(of: seat.applicant) {
      let other = ApplicantKey(programme: seat.programme, applicant: partner)
      let given = total(other)
      if given == .zero { continue }
      spouse.inBatch += given
      spouse.paidInBatch += 1
      parts += shares(of: other)
    }
    if !parts.isEmpty { spouse.inBatchBreakdown = PaymentBreakdown(parts: parts) }
    assessor.between.spouses[seat] = spouse
  }

  /// What each benefit gives somebody, where the policy looks at that.
  func shares(of seat: ApplicantKey) -> [PaymentPart] {
    guard assessor.programmes[seat.programme].policy.looksAtShares else { return [] }
    return assessor.awards(programme: seat.programme, applicant: seat.applicant).flatMap { assessed in
      assessed.award.outcome == .paid ? assessed.award.trace.breakdown().parts : []
    }
  }

  /// Keeps the larger award of a couple; of equal ones, the first in record order. An award that waits, for whatever
  /// reason, yields to one that is settled.
  private mutating func settleCouples(_ programme: Int) {
    guard let couples = households[programme] else { return }
    for applicant in recordOrder(Array(0..<assessor.applicants[programme].count), programme) {
      let seat = ApplicantKey(programme: programme, applicant: applicant)
      if let spouse = assessor.between.spouses[seat], spouse.before.timesYear > 0 {
        refuse(seat, say("配偶本年度已领取", "the spouse had it this year"), spouse: "—")
      }
    }
    for applicant in recordOrder(couples.coupled, programme) {
      let seat = ApplicantKey(programme: programme, applicant: applicant)
      for other in couples.partners(of: applicant).map({ ApplicantKey(programme: programme, applicant: $0) })
      {
        settle(seat, other)
      }
    }
  }

  private mutating func settle(_ a: ApplicantKey, _ b: ApplicantKey) {
    let (x, y) = (total(a), total(b))
    let waits = isUndecided(a) && isUndecided(b)
    if waits, assessor.between.verdicts[a] == nil {
      noteCouple(a, b)
      return
    }
    // `a` comes first in record order, or the pair is settled already.
    if x > .zero, y > .zero {
      let (kept, dropped) = x >= y ? (a, b) : (b, a)
      let why =
        x == y
        ? say("配偶的申请在前", "the spouse's application stands first")
        : say("保留配偶金额较大的一份", "the spouse's larger award is kept")
      refuse(dropped, why, spouse: shown(kept))
    } else if x > .zero, isHeld(b) {
      refuse(b, say("配偶的一份已有决定", "the spouse's award is decided"), spouse: shown(a))
    }
  }

  private func isUndecided(_ seat: ApplicantKey) -> Bool {
    findings(of: seat).contains {
      $0.kind.code == PolicyFindings.decisionMissing.code || $0.kind.code == PolicyFindings.decisionRange.code
    }
  }

  private func findings(of seat: ApplicantKey) -> [Finding] { findings[seat] ?? [] }

  private func shown(_ seat: ApplicantKey) -> String {
    let who = claimant(seat)
    return who.staffNo.isEmpty ? Masking.idNumber(who.idNumber) : who.staffNo
  }

  func say(_ zh: String, _ en: String) -> String { Bilingual(zh, en).text(assessor.language) }

  private func place(_ seat: ApplicantKey) -> Place {
    let number = entries[seat.programme].of(seat.applicant).first.map { Int($0.claim) } ?? 0
    return assessor.claims[number].place(ofColumn: CommonColumn.spouseID.rawValue)
  }

  private mutating func refuse(_ seat: ApplicantKey, _ why: String, spouse: String) {
    guard total(seat) > .zero || isHeld(seat) else { return }
    let finding = Finding(PolicyFindings.coupleBoth, at: place(seat), column: "spouse_id", [spouse, why])
    decide(
      seat,
      Verdict(
        key: "one_per_household", outcome: .refused,
        reason: Reason(code: "COUPLE-BOTH", text: finding.message(assessor.language)), finding: finding,
        includesHeld: true))
  }

  private mutating func noteCouple(_ a: ApplicantKey, _ b: ApplicantKey) {
    let why = say("双方都还没有决定，须选一方", "neither is decided: one of them must be chosen")
    let finding = Finding(PolicyFindings.coupleBoth, at: place(a), column: "spouse_id", [shown(b), why])
    decide(
      a,
      Verdict(
        key: "one_per_household", outcome: nil, reason: Reason(code: "COUPLE-BOTH", text: ""),
        finding: finding, includesHeld: true))
  }
}
