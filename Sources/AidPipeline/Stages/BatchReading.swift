import AidChecks
import AidIntake
import AidModel
import AidPolicy

/// The lists of a batch, read and checked: everything an assessment needs beside the policies. Policies that ask for
/// the same columns can share one.
struct BatchReading {
  let facts: BatchFacts
  let history: PaidHistory
  let decisions: DecisionBook
  let files: [FileReport]
  let inputs: [Plan.Ingredient]
  /// Rows read, and those among them that are no application rows.
  let rows: Int
  let dropped: Int
  /// Every application row, in file order.
  let claims: [Claim]
  /// What was noticed in cells, in rows and across rows.
  let findings: [Finding]
  let holds: Holds
  /// For each programme its people.
  let applicants: [Applicants]
  let recordOrder: RecordOrder
  private let lists: [ImportedList]
  /// For each programme what its lists were read by.
  private let layouts: [Layout]
  /// Of the lists beside the applications.
  private let besideFindings: [Finding]
  private let besideFiles: [FileReport]
  private let besideInputs: [Plan.Ingredient]
  private let doubts: RosterDoubts
  /// Paid for by earlier batches.
  private let invoices: [PaidInvoice]

  /// Where the lists of a reading come from.
  struct Sources {
    /// Applications, period and pay date.
    let data: Plan
    /// Roster and history lists.
    let beside: Plan
    let decisions: Plan
    /// Payments of earlier batches, from the store.
    let past: EarlierPayments

    init(data: Plan, beside: Plan, decisions: Plan, past: EarlierPayments) {
      (self.data, self.beside, self.decisions, self.past) = (data, beside, decisions, past)
    }
  }

  init(_ request: RunRequest, plan: Plan, past: EarlierPayments) throws(PipelineFailure) {
    try self.init(request, Sources(data: plan, beside: plan, decisions: plan, past: past))
  }

  /// - Parameter extra: roster columns that policies to come ask for.
  init(
    _ request: RunRequest, _ sources: Sources, extra: [String] = []
  ) throws(PipelineFailure) {
    let plan = sources.data
    // The lists beside the applications.
    let beside = sources.beside
    var reference = ReferenceReader(
      folder: beside.folder, headings: beside.headings, limits: request.intake(beside.file.limits))
    let names = plan.programmes.flatMap(\.policy.rosterNames) + extra
    var (roster, doubled): (Roster?, Set<ExactText>) = (nil, [])
    if !beside.roster.isEmpty { (roster, doubled) = reference.roster(beside.roster, extra: names) }
    let doubts = RosterDoubts(doubled: doubled, rows: reference.uncertain)
    let listed = reference.history(
      beside.history, programmes: beside.programmes.map(\.info),
      others: plan.programmes.flatMap { $0.policy.exclusions.map(\.with) + $0.policy.after }, roster: roster,
      known: sources.past)
    var history = PaidHistory()
    for payment in sources.past.all + listed { history.add(payment) }
    try reference.finish()
    var deciding = ReferenceReader(
      folder: sources.decisions.folder, headings: sources.decisions.headings,
      limits: request.intake(sources.decisions.file.limits))
    decisions = deciding.decisions(
      sources.decisions.decisions, programmes: sources.decisions.programmes, roster: roster)
    try deciding.finish()
    self.history = history
    facts = BatchFacts(
      batch: plan.file.batch, period: plan.file.period, payDate: plan.file.payDate, roster: roster)

    // Read: files → rows → claims, every cell checked on the way.
    layouts = plan.programmes.map { plan.headings.extended($0.policy.layout) }
    lists = Self.read(request, plan: plan, layouts: layouts, facts: facts)
    invoices = sources.past.invoices
    let claims = lists.flatMap(\.claims)
    self.claims = claims
    files = lists.map(\.report) + reference.files + deciding.files
    inputs =
      lists.map { .init(path: $0.report.path, sha256: $0.sha256) } + reference.ingredients
      + deciding.ingredients
    rows = lists.reduce(0) { $0 + $1.report.rows }
    dropped = lists.reduce(0) { $0 + $1.report.dropped.count }

    // Check across rows.
    let noticed = reference.findings + deciding.findings
    let paidBefore = PaidBeforeChecks(history: history, invoices: invoices, facts: facts)
    findings =
      Self.findings(
        lists, claims, facts: facts, beside: noticed, doubts: doubts, threads: request.threads)
      + paidBefore.findings(claims) + ListChecks.absentColumns(lists, plan.programmes)
      + ListChecks.changedPolicies(plan)
      + ListChecks.unfit(claims, plan: plan, facts: facts, threads: request.threads)
    holds = Holds(
      findings, sources: lists.compactMap(\.claims.first?.source), language: request.language)
    applicants = Self.applicants(lists, plan: plan, claims: claims, roster: roster)
    recordOrder = RecordOrder(claims, roster: roster, threads: request.threads)
    (besideFindings, self.doubts) = (noticed, doubts)
    besideFiles = reference.files + deciding.files
    besideInputs = reference.ingredients + deciding.ingredients
  }

  /// The same batch by other policies: lists are read again only for programmes that ask for other columns.
  init(_ request: RunRequest, plan: Plan, like other: BatchReading) {
    (facts, history, decisions) = (other.facts, other.history, other.decisions)
    (besideFindings, doubts, invoices) = (other.besideFindings, other.doubts, other.invoices)
    (besideFiles, besideInputs) = (other.besideFiles, other.besideInputs)
    let layouts = plan.programmes.map { plan.headings.extended($0.policy.layout) }
    let changed = plan.programmes.indices.filter { !layouts[$0].agrees(with: other.layouts[$0]) }
    let names = changed.map { plan.programmes[$0].info.programme }
    let kept = other.lists.filter { list in !names.contains { $0.sameScalars(as: list.report.purpose) } }
    let new = Self.read(request, plan: plan, layouts: layouts, facts: facts, only: changed)
    lists = Self.inOrder(kept + new)
    self.layouts = layouts
    let claims = lists.flatMap(\.claims)
    self.claims = claims
    files = lists.map(\.report) + besideFiles
    inputs = lists.map { .init(path: $0.report.path, sha256: $0.sha256) } + besideInputs
    rows = lists.reduce(0) { $0 + $1.report.rows }
    dropped = lists.reduce(0) { $0 + $1.report.dropped.count }
    let paidBefore = PaidBeforeChecks(history: history, invoices: invoices, facts: facts)
    findings =
      Self.findings(
        lists, claims, facts: facts, beside: besideFindings, doubts: doubts, threads: request.threads)
      + paidBefore.findings(claims) + ListChecks.absentColumns(lists, plan.programmes)
      + ListChecks.changedPolicies(plan)
      + ListChecks.unfit(claims, plan: plan, facts: facts, threads: request.threads)
    holds = Holds(
      findings, sources: lists.compactMap(\.claims.first?.source), language: request.language)
    applicants = Self.applicants(lists, plan: plan, claims: claims, roster: facts.roster)
    recordOrder = RecordOrder(claims, roster: facts.roster, threads: request.threads)
  }

  /// Whether the plan's policies ask for the columns that were read. Programmes must be the same, in the same order.
  func fits(_ plan: Plan) -> Bool {
    plan.programmes.indices.allSatisfy {
      plan.headings.extended(plan.programmes[$0].policy.layout).agrees(with: layouts[$0])
    }
  }

  /// What the person of a claim is known by.
  func key(programme: Int, claim: Int) -> String { applicants[programme].key(of: claims[claim]) }

  private static func findings(
    _ lists: [ImportedList], _ claims: [Claim], facts: BatchFacts, beside: [Finding],
    doubts: RosterDoubts, threads: Int
  ) -> [Finding] {
    var findings = lists.flatMap(\.findings) + beside + ListChecks.repeatedFiles(lists)
    let rules = RuleBook.batchRules
    findings += Parallel.map(rules.count, threads: threads) {
      BatchChecks.findings(by: rules[$0], claims, facts: facts)
    }.flatMap { $0 }
    return findings + ListChecks.unidentified(claims) + doubts.findings(claims, roster: facts.roster)
  }

  private static func read(
    _ request: RunRequest, plan: Plan, layouts: [Layout], facts: BatchFacts, only wanted: [Int]? = nil
  ) -> [ImportedList] {
    var jobs = plan.programmes.indices.filter { wanted?.contains($0) ?? true }.flatMap { i in
      plan.programmes[i].files.map { file in
        ApplicationReader.Job(
          path: plan.folder.absolute(file.path), list: file,
          programme: plan.programmes[i].info.programme, layout: layouts[i])
      }
    }
    if request.reversedDiscovery { jobs.reverse() }
    let reader = ApplicationReader(
      limits: request.intake(plan.file.limits), vocabulary: plan.headings.vocabulary,
      checks: RowChecks(facts: facts),
      roster: facts.roster
    ) { done, all in request.progress("\(done)/\(all)") }
    return inOrder(reader.read(jobs, threads: request.threads))
  }

  /// File order, whatever order they were found in.
  private static func inOrder(_ lists: [ImportedList]) -> [ImportedList] {
    lists.sorted {
      $0.report.purpose.sameScalars(as: $1.report.purpose)
        ? $0.report.path.precedes($1.report.path) : $0.report.purpose.precedes($1.report.purpose)
    }
  }

  /// For each programme its people.
  private static func applicants(
    _ lists: [ImportedList], plan: Plan, claims: [Claim], roster: Roster?
  ) -> [Applicants] {
    var numbers = [[Int]](repeating: [], count: plan.programmes.count)
    var next = 0
    for list in lists {
      let own = plan.programmes.firstIndex { $0.info.programme.sameScalars(as: list.report.purpose) }
      if let own { numbers[own] += next..<(next + list.claims.count) }
      next += list.claims.count
    }
    return numbers.map { Applicants($0, of: claims, roster: roster) }
  }
}
