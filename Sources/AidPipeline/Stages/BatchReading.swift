import AidChecks
import AidIntake
import AidModel
import AidPolicy

/// A batch's lists, read and checked: everything an assessment needs besides the policies. Policies that
/// request the same columns can share one reading.
struct BatchReading {
  /// The contents of the other lists, and earlier payments. Shared by all policies tried in a what-if.
  struct ReferenceLists {
    let facts: BatchFacts
    /// From earlier batches, in the store and in lists.
    let payments: [PastPayment]
    let decisions: DecisionBook
    let findings: [Finding]
    let files: [FileReport]
    let inputs: [Plan.Ingredient]
    let doubts: RosterDoubts
    /// What the store remembers of the people in the batch.
    let past: EarlierPayments
  }

  let files: [FileReport]
  let inputs: [Plan.Ingredient]
  /// Rows read, and how many of them are not application rows.
  let rows: Int
  let dropped: Int
  /// Every application row, in file order.
  let claims: [Claim]
  /// Findings in cells, in rows and across rows.
  let findings: [Finding]
  let waiting: WaitingRows
  /// Whom each row, payment and decision is about.
  let persons: Persons
  let history: PaidHistory
  let decisions: DecisionBook
  /// The applicants of each programme.
  let applicants: [Applicants]
  let recordOrder: RecordOrder
  private let beside: ReferenceLists
  private let lists: [ImportedList]
  /// For each programme, the layout its lists were read with.
  private let layouts: [Layout]

  var facts: BatchFacts { beside.facts }
  /// The state of the store when it was read.
  var seen: StoreStamp { beside.past.stamp }

  /// Where the lists of a reading come from.
  struct Sources {
    /// The plan of applications, period and pay date.
    let data: Plan
    /// The plan of roster and history lists.
    let beside: Plan
    let decisions: Plan
    /// Payments of earlier batches, from the store.
    let past: PaymentMemory

    init(data: Plan, beside: Plan, decisions: Plan, past: PaymentMemory) {
      (self.data, self.beside, self.decisions, self.past) = (data, beside, decisions, past)
    }
  }

  init(_ request: RunRequest, plan: Plan, past: PaymentMemory) throws(PipelineFailure) {
    try self.init(request, Sources(data: plan, beside: plan, decisions: plan, past: past))
  }

  /// - Parameter extra: roster columns that later policies use.
  init(
    _ request: RunRequest, _ sources: Sources, extra: [String] = []
  ) throws(PipelineFailure) {
    let told = try ReferenceReading(request, sources, extra: extra)
    let plan = sources.data
    let layouts = Self.layouts(plan)
    let lists = Self.read(request, plan: plan, layouts: layouts, facts: told.facts)
    self.init(request, plan, lists, layouts, try ReferenceLists(told, sources, lists.flatMap(\.claims)))
  }

  /// The same batch under other policies: rereads lists only for programmes that request other columns.
  init(_ request: RunRequest, plan: Plan, like other: BatchReading) {
    let layouts = Self.layouts(plan)
    let changed = plan.programmes.indices.filter { !layouts[$0].agrees(with: other.layouts[$0]) }
    let names = changed.map { plan.programmes[$0].info.programme }
    let kept = other.lists.filter { list in !names.contains { $0.sameScalars(as: list.report.purpose) } }
    let new = Self.read(request, plan: plan, layouts: layouts, facts: other.facts, only: changed)
    self.init(request, plan, Self.inOrder(kept + new), layouts, other.beside)
  }

  /// Checks the lists as a whole, and determines the persons in them.
  private init(
    _ request: RunRequest, _ plan: Plan, _ lists: [ImportedList], _ layouts: [Layout],
    _ beside: ReferenceLists
  ) {
    (self.lists, self.layouts, self.beside) = (lists, layouts, beside)
    claims = lists.flatMap(\.claims)
    files = lists.map(\.report) + beside.files
    inputs = lists.map { .init(path: $0.report.path, sha256: $0.sha256) } + beside.inputs
    rows = lists.reduce(0) { $0 + $1.report.rows }
    dropped = lists.reduce(0) { $0 + $1.report.dropped.count }
    let (claims, roster) = (claims, beside.facts.roster)
    (persons, recordOrder) = Parallel.both(threads: request.threads) {
      Persons(claims, roster: roster, payments: beside.payments)
    } _: {
      RecordOrder(claims, roster: roster)
    }
    history = PaidHistory(beside.payments, of: persons)
    decisions = beside.decisions.about(persons)
    applicants = Self.applicants(lists, plan: plan, persons: persons)
    let checks = PersonChecks(
      claims: claims, persons: persons, payments: beside.payments, decisions: decisions, plan: plan,
      hasRoster: roster != nil)
    findings =
      plan.receipt.findings(passedOver: request.passedOver)
      + Self.findings(lists, claims, plan, beside, persons, history, threads: request.threads)
      + checks.findings
    waiting = WaitingRows(
      findings, sources: lists.compactMap(\.claims.first?.source), language: request.language)
  }

  private static func layouts(_ plan: Plan) -> [Layout] {
    plan.programmes.map { plan.headings.extended($0.policy.layout) }
  }

  /// Whether the plan's policies request the columns that were read. The programmes must be the same, in
  /// order.
  func fits(_ plan: Plan) -> Bool {
    plan.programmes.indices.allSatisfy {
      plan.headings.extended(plan.programmes[$0].policy.layout).agrees(with: layouts[$0])
    }
  }

  /// The key of the claim's person in record ids.
  func key(ofClaim number: Int) -> String { persons.key(of: persons.person(ofClaim: number)) }

  private static func findings(
    _ lists: [ImportedList], _ claims: [Claim], _ plan: Plan, _ beside: ReferenceLists, _ persons: Persons,
    _ history: PaidHistory, threads: Int
  ) -> [Finding] {
    let facts = beside.facts
    var findings = ListChecks.withoutSheetsReadElsewhere(lists) + beside.findings
    findings += ListChecks.repeatedFiles(lists)
    let rules = RuleBook.batchRules
    findings += Parallel.map(rules.count, threads: threads) {
      BatchChecks.findings(by: rules[$0], claims, facts: facts, persons: persons)
    }.flatMap { $0 }
    let paidBefore = PaidBeforeChecks(
      history: history, past: beside.past, facts: facts, persons: persons, programmes: plan.programmes)
    if plan.programmes.contains(where: { $0.policy.hasHouseholdCap || $0.policy.isOnePerHousehold }) {
      findings += ListChecks.crowdedHouseholds(claims, persons)
    }
    findings += ListChecks.unidentified(claims, persons) + NamelessRows.findings(claims)
    findings += beside.doubts.findings(claims, roster: facts.roster)
    findings += paidBefore.findings(claims) + ListChecks.absentColumns(lists, plan.programmes)
    findings += ListChecks.changedPolicies(plan)
    findings += FundChecks.shared(plan.file, past: beside.past.funds)
    return findings + ListChecks.unfit(claims, persons, plan: plan, facts: facts, threads: threads)
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

  /// Sorts lists by purpose and path, whatever order they were found in.
  private static func inOrder(_ lists: [ImportedList]) -> [ImportedList] {
    lists.sorted {
      $0.report.purpose.sameScalars(as: $1.report.purpose)
        ? $0.report.path.precedes($1.report.path) : $0.report.purpose.precedes($1.report.purpose)
    }
  }

  /// The applicants of each programme.
  private static func applicants(
    _ lists: [ImportedList], plan: Plan, persons: Persons
  ) -> [Applicants] {
    var numbers = [[Int]](repeating: [], count: plan.programmes.count)
    var next = 0
    for list in lists {
      let own = plan.programmes.firstIndex { $0.info.programme.sameScalars(as: list.report.purpose) }
      if let own { numbers[own] += next..<(next + list.claims.count) }
      next += list.claims.count
    }
    return numbers.map { Applicants($0, of: persons) }
  }
}
