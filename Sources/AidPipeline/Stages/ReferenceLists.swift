import AidChecks
import AidModel
import AidPolicy

/// The other lists, as read: roster, history, decisions.
struct ReferenceReading {
  let facts: BatchFacts
  let history: [HistoryList]
  let decisions: DecisionBook
  let findings: [Finding]
  let files: [FileReport]
  let inputs: [Plan.Ingredient]
  let doubts: RosterDoubts
  fileprivate let statuses: StatusWords

  init(
    _ request: RunRequest, _ sources: BatchReading.Sources, extra: [String]
  ) throws(PipelineFailure) {
    let plan = sources.data
    let beside = sources.beside
    var reference = ReferenceReader(
      folder: beside.folder, headings: beside.headings, limits: request.intake(beside.file.limits),
      threads: request.threads)
    let names = plan.programmes.flatMap(\.policy.rosterNames) + extra
    var (roster, doubled): (Roster?, Set<ExactText>) = (nil, [])
    if !beside.roster.isEmpty { (roster, doubled) = reference.roster(beside.roster, extra: names) }
    history = reference.history(beside.history, roster: roster)
    try reference.finish()
    var deciding = ReferenceReader(
      folder: sources.decisions.folder, headings: sources.decisions.headings,
      limits: request.intake(sources.decisions.file.limits), threads: request.threads)
    decisions = deciding.decisions(
      sources.decisions.decisions, programmes: sources.decisions.programmes, roster: roster)
    try deciding.finish()
    facts = BatchFacts(
      batch: plan.file.batch, period: plan.file.period, payDate: plan.file.payDate, roster: roster)
    findings = reference.findings + deciding.findings
    files = reference.files + deciding.files
    inputs = reference.ingredients + deciding.ingredients
    doubts = RosterDoubts(doubled: doubled, rows: reference.uncertain)
    statuses = beside.headings.statuses.words
  }

  /// Everyone whose earlier payments matter: applicants, their spouses, and the people in history lists.
  fileprivate func people(_ claims: [Claim]) -> PeopleAtHand {
    var people = PeopleAtHand()
    for claim in claims {
      people.add(
        staffNo: claim.text(.staffNo), idNumber: claim.text(.idNumber), name: claim.text(.name))
      if facts.roster == nil {
        people.add(name: claim.text(.name), account: claim.text(.account), phone: claim.text(.phone))
      }
      let spouse = claim.text(.spouseID)
      if !spouse.isEmpty { people.add(spouse: spouse) }
      if !people.hasInvoices, !InvoiceKey.of(claim).isEmpty { people.hasInvoices = true }
      guard let entry = claim.member(of: facts.roster) else { continue }
      people.add(member: entry)
    }
    // Spouses on the roster, whichever of the two names the other.
    for entry in facts.roster?.entries ?? [] {
      let spouse = entry.text(named: "spouse_id")
      if spouse.isEmpty { continue }
      if people.has(idNumber: spouse) || people.has(idNumber: entry.text(named: "id_number")) {
        people.add(member: entry)
        people.add(spouse: spouse)
      }
    }
    for line in history.flatMap(\.lines) {
      people.add(staffNo: line.payment.staffNo, idNumber: line.payment.idNumber)
      if let roster = facts.roster, let entry = roster.entry(of: line.payment) { people.add(member: entry) }
    }
    return people
  }
}

extension PeopleAtHand {
  fileprivate mutating func add(member entry: Claim) {
    add(staffNo: entry.text(named: "staff_no"), idNumber: entry.text(named: "id_number"))
  }

  fileprivate mutating func add(spouse idNumber: String) { add(staffNo: "", idNumber: idNumber) }

  fileprivate func has(idNumber: String) -> Bool { idNumbers.contains(ExactText(idNumber)) }
}

extension Roster {
  fileprivate func entry(of payment: PastPayment) -> Claim? {
    entry(staffNo: payment.staffNo) ?? entry(idNumber: payment.idNumber)
  }
}

extension BatchReading.ReferenceLists {
  /// Compares the history lists with what the store remembers of these people.
  init(
    _ told: ReferenceReading, _ sources: BatchReading.Sources, _ claims: [Claim]
  ) throws(PipelineFailure) {
    let past =
      sources.past.isEmpty ? EarlierPayments() : try sources.past.payments(of: told.people(claims))
    let known = KnownPayments(
      past: past, lists: told.history,
      around: .init(
        names: ProgrammeNames(plan: sources.data, known: past.names), statuses: told.statuses,
        claims: claims, roster: told.facts.roster))
    let problems = known.problems + known.unsettled
    if !problems.isEmpty { throw PipelineFailure(problems) }
    self.init(
      facts: told.facts, payments: known.book.payments, decisions: told.decisions,
      findings: told.findings + known.findings + known.notes(told.history), files: told.files,
      inputs: told.inputs, doubts: told.doubts, past: past)
  }
}
