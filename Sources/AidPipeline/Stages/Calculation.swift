import AidChecks
import AidIntake
public import AidModel
import AidPolicy

/// What a run is asked to do.
public struct RunRequest: Sendable {
  public enum Depth: Sendable { case validate, rehearse, post }

  public var folder: String
  public var out: String
  public var store: String
  public var templates: String?
  public var language: Language
  public var depth: Depth
  /// Any held row refuses the whole run.
  public var strict: Bool
  public var threads: Int
  /// For proving that the order in which files are found does not matter.
  public var reversedDiscovery: Bool
  public var progress: @Sendable (String) -> Void

  public init(folder: String) {
    self.folder = folder
    let base = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    out = base + "/out"
    store = base + "/../aidledger.sqlite"
    templates = nil
    language = .zh
    depth = .rehearse
    strict = false
    threads = 2
    reversedDiscovery = false
    progress = { _ in }
  }
}

/// Everything calculated and nothing written: the whole trip of a batch up to the ledgers, top to bottom.
struct Calculation {
  let plan: Plan
  private(set) var report: BatchReport
  private(set) var inputs: [Plan.Ingredient] = []

  /// - Parameter past: payments of earlier batches, from the store.
  init(_ request: RunRequest, plan: Plan, past: [PastPayment]) throws(PipelineFailure) {
    self.plan = plan
    let infos = plan.programmes.map(\.info)

    // The lists beside the applications.
    var reference = ReferenceReader(folder: plan.folder, headings: plan.headings)
    let extra = plan.programmes.flatMap(\.policy.rosterNames)
    var (roster, doubled): (Roster?, Set<ExactText>) = (nil, [])
    if !plan.roster.isEmpty { (roster, doubled) = reference.roster(plan.roster, extra: extra) }
    var history = PaidHistory()
    for payment in past + reference.history(plan.history, programmes: infos) { history.add(payment) }
    var decisions = reference.decisions(plan.decisions, programmes: plan.programmes)
    try reference.finish()
    let facts = BatchFacts(
      batch: plan.file.batch, period: plan.file.period, payDate: plan.file.payDate, roster: roster)
    report = BatchReport(batch: plan.file.batch, title: plan.file.title, facts: facts)
    report.programmes = infos
    report.notice = plan.file.notice

    // Read: files → rows → claims, every cell checked on the way.
    let lists = Self.read(request, plan: plan, facts: facts)
    report.files = lists.map(\.report) + reference.files
    inputs = lists.map { .init(path: $0.report.path, sha256: $0.sha256) } + reference.ingredients

    // Check across rows.
    var findings = lists.flatMap(\.findings) + reference.findings + Self.repeatedFiles(lists)
    var across = BatchChecks(facts: facts)
    for list in lists {
      for claim in list.claims { across.see(claim) }
    }
    findings += across.finish()
    findings += Self.unidentified(lists) + Self.doubledOnRoster(lists, doubled)

    // Assess: people → awards.
    report.totals.rows = lists.reduce(0) { $0 + $1.report.rows }
    report.totals.dropped = lists.reduce(0) { $0 + $1.report.dropped.count }
    let holds = Holds(findings, language: request.language)
    let assessor = Assessor(
      batch: plan.file.batch, facts: facts, history: history, language: request.language)
    for programme in plan.programmes {
      let own = lists.filter { $0.report.purpose.sameScalars(as: programme.info.programme) }
      var people = People(roster: roster, claims: own.flatMap(\.claims))
      for claim in own.flatMap(\.claims) { people.add(claim, reasons: holds.reasons(for: claim)) }
      report.awards += assessor.awards(for: programme, people: people.all, decisions: &decisions)
    }
    findings += report.awards.flatMap(\.findings)
    findings += decisions.unused.map { Finding(PipelineFindings.decisionUnused, at: $0, column: "amount") }
    report.awards = Self.inRecordOrder(report.awards)
    report.findings = Self.inPlaceOrder(findings, files: report.files)
    report.stops = report.findings.filter { $0.kind.severity == .stop }
      .map { "\($0.place) \($0.kind.code) \($0.message(request.language))" }

    // Pay out of the funds.
    let (funds, short) = FundSharing(plan: plan, roster: roster, language: request.language)
      .settle(&report.awards)
    report.stops += short
    report.funds = funds
    if request.strict, let held = report.awards.first(where: { $0.outcome == .held }) {
      report.stops.append(
        Bilingual(
          "--strict：有待处理的申请（例如 \(held.unit) \(held.staffNo)）",
          "--strict: some awards are held (for example \(held.unit) \(held.staffNo))"
        ).text(request.language))
    }
    if !report.stops.isEmpty { stopEverything(request.language) }
    for award in report.awards {
      for row in award.rows { report.totals.count(row.outcome) }
    }
    try conserve()
  }

  private static func read(_ request: RunRequest, plan: Plan, facts: BatchFacts) -> [ImportedList] {
    var jobs = plan.programmes.flatMap { programme in
      programme.files.map { file in
        ApplicationReader.Job(
          path: plan.folder.absolute(file.path), name: file.path, sheet: file.sheet,
          programme: programme.info.programme, layout: programme.policy.layout)
      }
    }
    if request.reversedDiscovery { jobs.reverse() }
    let reader = ApplicationReader(
      vocabulary: plan.headings.vocabulary, checks: RowChecks(facts: facts), roster: facts.roster
    ) { done, all in request.progress("\(done)/\(all)") }
    // File order, whatever order they were found in.
    return reader.read(jobs, threads: request.threads).sorted {
      $0.report.purpose.sameScalars(as: $1.report.purpose)
        ? $0.report.path.precedes($1.report.path) : $0.report.purpose.precedes($1.report.purpose)
    }
  }

  /// The same bytes handed in twice: every row of the second file waits.
  private static func repeatedFiles(_ lists: [ImportedList]) -> [Finding] {
    var first: [String: String] = [:]
    var findings: [Finding] = []
    for list in lists where !list.sha256.isEmpty {
      let key = list.report.purpose + "\u{1F}" + list.sha256
      if let other = first[key] {
        let place = Place(SourceSheet(file: list.report.path, sheet: list.report.sheet))
        findings.append(Finding(IntakeFindings.fileTwice, at: place, [other]))
      } else {
        first[key] = list.report.path
      }
    }
    return findings
  }

  /// A row without staff number and ID number belongs to nobody.
  private static func unidentified(_ lists: [ImportedList]) -> [Finding] {
    lists.flatMap(\.claims).filter { $0.text(.staffNo).isEmpty && $0.text(.idNumber).isEmpty }.map { claim in
      let index = CommonColumn.staffNo.rawValue
      return Finding(
        PipelineFindings.kind("REQUIRED-BLANK"), at: claim.place(ofColumn: index), column: "staff_no",
        ["staff_no"])
    }
  }

  private static func doubledOnRoster(_ lists: [ImportedList], _ doubled: Set<ExactText>) -> [Finding] {
    if doubled.isEmpty { return [] }
    return lists.flatMap(\.claims).filter { doubled.contains(ExactText($0.text(.staffNo))) }.map { claim in
      Finding(
        PipelineFindings.rosterTwice, at: claim.place(ofColumn: CommonColumn.staffNo.rawValue),
        column: "staff_no", [claim.text(.staffNo)])
    }
  }

  /// By programme, unit, staff number, record: the order of ledgers, explanations and shares.
  static func inRecordOrder(_ awards: [Award]) -> [Award] {
    awards.sorted { a, b in
      if !a.programme.sameScalars(as: b.programme) { return a.programme.precedes(b.programme) }
      if !a.unit.sameScalars(as: b.unit) { return a.unit.precedes(b.unit) }
      if !a.staffNo.sameScalars(as: b.staffNo) { return a.staffNo.precedes(b.staffNo) }
      return a.record.precedes(b.record)
    }
  }

  /// In the order of the files, then row, column and code.
  private static func inPlaceOrder(_ findings: [Finding], files: [FileReport]) -> [Finding] {
    var rank: [ExactText: Int] = [:]
    for (i, file) in files.enumerated() where rank[ExactText(file.path)] == nil {
      rank[ExactText(file.path)] = i
    }
    let keyed = findings.enumerated().map {
      (order: $0, finding: $1, rank: rank[ExactText($1.place.file)] ?? .max)
    }
    return keyed.sorted { a, b in
      if a.rank != b.rank { return a.rank < b.rank }
      let (x, y) = (a.finding.place, b.finding.place)
      if x.row != y.row { return x.row < y.row }
      if x.column != y.column { return x.column < y.column }
      if a.finding.kind.code != b.finding.kind.code { return a.finding.kind.code < b.finding.kind.code }
      return a.order < b.order
    }.map(\.finding)
  }

  /// A stopped run pays nobody; what would have been paid waits, its steps kept.
  private mutating func stopEverything(_ language: Language) {
    report.stage = .stopped
    let text = Bilingual("整批未发放：", "Nothing of this batch is paid: ").text(language) + report.stops[0]
    for i in report.awards.indices where report.awards[i].outcome == .paid {
      report.awards[i].outcome = .held
      report.awards[i].reasons.append(Reason(code: "stop", text: text))
      for j in report.awards[i].rows.indices where report.awards[i].rows[j].outcome == .paid {
        report.awards[i].rows[j].outcome = .held
      }
    }
    report.funds = report.funds.map {
      FundReport(
        fund: $0.fund, amount: $0.amount, carriedOver: $0.carriedOver, asked: $0.asked, paid: .zero,
        shortRule: $0.shortRule)
    }
  }

  /// Every row read ends in one place, and every fund's money is paid or left. Anything else is our mistake, and
  /// nobody is paid on it.
  private func conserve() throws(PipelineFailure) {
    let paid = report.awards.reduce(Money.zero) { $0 + $1.amount }
    let fromFunds = report.funds.reduce(Money.zero) { $0 + $1.paid }
    let unfunded = report.awards.filter { $0.fund == nil }.reduce(Money.zero) { $0 + $1.amount }
    let sound =
      report.totals.isConserved && paid == fromFunds + unfunded
      && report.funds.allSatisfy { $0.left >= .zero }
    if sound { return }
    let t = report.totals
    throw PipelineFailure(
      plan.file.batch,
      Bilingual(
        "守恒不成立：读入 \(t.rows) 行，去向合计 "
          + "\(t.paid + t.zero + t.refused + t.held + t.notCounted + t.dropped) 行；发放 \(paid)，基金支出 \(fromFunds)",
        "conservation is broken: \(t.rows) rows read, "
          + "\(t.paid + t.zero + t.refused + t.held + t.notCounted + t.dropped) accounted for; "
          + "\(paid) awarded, \(fromFunds) from funds"),
      remedy: Bilingual(
        "没有写出任何台账。请把批次文件夹交给维护者。", "No ledger was written. Hand the batch folder to the maintainers."))
  }
}

/// Which rows wait for a person, and why.
struct Holds {
  private var bySheet: [ExactText: [Reason]] = [:]
  private var byRow: [ExactText: [Int32: [Reason]]] = [:]

  init(_ findings: [Finding], language: Language) {
    for finding in findings where finding.kind.severity >= .hold {
      let key = Self.key(finding.place)
      let reason = Reason(code: finding.kind.code, text: finding.message(language))
      if finding.place.row < 1 {
        bySheet[key, default: []].append(reason)
      } else {
        byRow[key, default: [:]][finding.place.row, default: []].append(reason)
      }
    }
  }

  private static func key(_ place: Place) -> ExactText { ExactText(place.file + "\u{1F}" + place.sheet) }

  func reasons(for claim: Claim) -> [Reason] {
    if bySheet.isEmpty, byRow.isEmpty { return [] }
    let key = Self.key(claim.place)
    var reasons = bySheet[key] ?? []
    reasons +=
      bySheet[ExactText(claim.source.file + "\u{1F}")].flatMap { claim.source.sheet.isEmpty ? nil : $0 } ?? []
    return reasons + (byRow[key]?[claim.row] ?? [])
  }
}

extension Calculation {
  /// Marks how far the run goes; a stopped run stays stopped.
  mutating func goOn(to depth: RunRequest.Depth) {
    if report.stage == .stopped { return }
    switch depth {
    case .validate: report.stage = .validated
    case .rehearse: report.stage = .rehearsed
    case .post: report.stage = .posted
    }
  }
}
