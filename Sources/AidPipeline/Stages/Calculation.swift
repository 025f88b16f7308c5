public import AidIntake
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
  /// Workbooks are read by libxml2 alone, without the scanner; the result is the same.
  public var usesLibxml2Only: Bool
  /// Tried on workbooks that have one.
  public var passwords: Passwords
  /// What was passed over when the batch was posted, to compute it again as it was; nil: what is there now.
  var passedOver: [String]?
  public var progress: @Sendable (String) -> Void
  /// Asked before a batch is posted of which some rows wait; false: it is not posted.
  public var confirm: @Sendable (Bilingual) -> Bool

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
    usesLibxml2Only = false
    passwords = .none
    progress = { _ in }
    confirm = { _ in true }
  }

  /// What lists are read with.
  func intake(_ own: IntakeLimits = .standard) -> IntakeLimits {
    var limits = own
    if usesLibxml2Only { limits.reader = .libxml2 }
    limits.passwords = passwords
    return limits
  }
}

/// Everything calculated and nothing written: the whole trip of a batch up to the ledgers, top to bottom.
struct Calculation {
  let plan: Plan
  private(set) var report: BatchReport
  let inputs: [Plan.Ingredient]
  /// What the store held when it was asked.
  let seen: StoreStamp
  private var assessor: Assessor

  /// - Parameter past: payments of earlier batches, from the store.
  init(_ request: RunRequest, plan: Plan, past: PaymentMemory) throws(PipelineFailure) {
    try self.init(request, plan: plan, reading: try BatchReading(request, plan: plan, past: past))
  }

  /// - Parameters:
  ///   - reading: the lists, read by the layouts of the plan's policies.
  ///   - isWhatIf: awards stay as they come out even where the run would stop: nobody is going to be paid by it.
  init(
    _ request: RunRequest, plan: Plan, reading: BatchReading, isWhatIf: Bool = false
  ) throws(PipelineFailure) {
    self.plan = plan
    report = BatchReport(batch: plan.file.batch, title: plan.file.title, facts: reading.facts)
    report.programmes = plan.programmes.map(\.info)
    report.notice = plan.file.notice
    report.files = reading.files
    report.received = plan.receipt.files(passedOver: request.passedOver)
    inputs = reading.inputs
    seen = reading.seen
    (report.totals.rows, report.totals.dropped) = (reading.rows, reading.dropped)

    // Assess: people → awards; and pay them out of the funds.
    assessor = Assessor(
      batch: plan.file.batch, facts: reading.facts, history: reading.history, decisions: reading.decisions,
      waiting: reading.waiting, programmes: plan.programmes, claims: reading.claims,
      applicants: reading.applicants, language: request.language, persons: reading.persons)
    var findings = reading.findings
    let short = assessAndShare(request, reading.recordOrder, &findings)
    report.findings = Orders.byPlace(findings, files: report.files)
    report.stops = report.findings.filter { $0.kind.severity == .stop }
      .map { finding in
        func what(_ language: Language) -> String {
          "\(finding.place) \(finding.kind.code) \(finding.message(language))"
        }
        return Stop(
          Bilingual(what(.zh), what(.en)), remedy: Bilingual(finding.hint(.zh), finding.hint(.en)),
          request.language)
      }
    report.stops += short
    if request.strict { refuseHeld(request.language) }
    if !report.stops.isEmpty, !isWhatIf { stopEverything() }
    let ends = report.book.rowTotals
    (report.totals.paid, report.totals.zero, report.totals.refused) = (ends.paid, ends.zero, ends.refused)
    (report.totals.held, report.totals.notCounted) = (ends.held, ends.notCounted)
    try conserve(mayOverdraw: isWhatIf)
  }

  /// Assesses everybody and pays out of the funds. Where a fund is short, programmes that look at its awards are
  /// assessed again with what is really paid, until nothing changes.
  /// - Returns: why the run must stop, if it must.
  private mutating func assessAndShare(
    _ request: RunRequest, _ order: RecordOrder, _ findings: inout [Finding]
  ) -> [Stop] {
    let roster = report.facts.roster
    for _ in 0...plan.programmes.count {
      var first = BatchAssessment(assessor, threads: request.threads)
      assessor = first.assessor
      var entries = first.takeEntries()
      let units = order.sort(&entries, programmes: report.programmes.map(\.programme))
      report.book = AwardBook(
        entries: consume entries, units: units, claims: assessor.claims, roster: roster,
        assess: WholeAwards(assessor).award)
      let (funds, short) = FundSharing(
        plan: plan, assessor: assessor, recordOrder: order, threads: request.threads
      ).settle(&report.book)
      report.funds = funds
      let shares = FundSharing.lookedAt(report.book, programmes: plan.programmes)
      if shares == assessor.between.shares || !short.isEmpty {
        findings += first.allFindings
        return short
      }
      assessor.between = CrossAwardFacts(shares: shares)
    }
    return [
      Stop(
        Bilingual(
          "基金不足，而分配后的金额又影响同一基金的其他项目，分不平",
          "a fund is short, and what is shared changes what is asked of it: it cannot be settled"),
        remedy: Bilingual(
          "请增加基金，或不让同一基金的项目互相参照。", "Raise the fund, or let its programmes not look at each other."),
        request.language)
    ]
  }

  /// `--strict`: one award that waits stops the run.
  private mutating func refuseHeld(_ language: Language) {
    guard let held = report.book.entries.first(where: { $0.outcome == .held }) else { return }
    let who = report.book.claimant(of: held)
    report.stops.append(
      Stop(
        Bilingual(
          "--strict：有待处理的申请（例如 \(who.unit) \(who.staffNo)）",
          "--strict: some awards are held (for example \(who.unit) \(who.staffNo))"),
        remedy: Bilingual(
          "请处理完，或去掉 --strict 先发其余的。", "Settle them, or leave out --strict and pay the others."), language))
  }

  /// A stopped run pays nobody; what would have been paid waits, its steps kept.
  private mutating func stopEverything() {
    report.stage = .stopped
    let stop = report.stops[0].what
    var entries = report.book.entries
    for i in entries.indices where entries[i].outcome == .paid || entries[i].isShared {
      entries[i].outcome = .held
      entries[i].amount = .zero
      entries[i].isShared = false
    }
    report.book = AwardBook(
      entries: entries, units: report.book.units, claims: report.book.claims, roster: report.facts.roster,
      assess: WholeAwards(assessor, stop: stop).award)
    report.funds = report.funds.map {
      FundReport(
        fund: $0.fund, amount: $0.amount, carriedOver: $0.carriedOver, asked: $0.asked, paid: .zero,
        shortRule: $0.shortRule)
    }
  }

  /// Every row read ends in one place, and every fund's money is paid or left. Anything else is our mistake, and
  /// nobody is paid on it.
  /// - Parameter mayOverdraw: a fund may come to less than nothing: a what-if tells what would be due.
  private func conserve(mayOverdraw: Bool) throws(PipelineFailure) {
    let paid = report.book.paid
    let fromFunds = report.funds.reduce(Money.zero) { $0 + $1.paid }
    let unfunded = report.book.entries.filter { report.programmes[Int($0.programme)].fund == nil }
      .reduce(Money.zero) { $0 + $1.amount }
    let sound =
      report.totals.isConserved && paid == fromFunds + unfunded
      && (mayOverdraw || report.funds.allSatisfy { $0.left >= .zero })
    if sound { return }
    let t = report.totals
    let ended = t.paid + t.zero + t.refused + t.held + t.notCounted + t.dropped
    throw PipelineFailure(
      plan.file.batch,
      Bilingual(
        "守恒不成立：读入 \(t.rows) 行，去向合计 \(ended) 行；发放 \(paid)，基金支出 \(fromFunds)",
        "conservation is broken: \(t.rows) rows read, \(ended) accounted for; "
          + "\(paid) awarded, \(fromFunds) from funds"),
      remedy: Bilingual(
        "没有写出任何台账。请把批次文件夹交给维护者。", "No ledger was written. Hand the batch folder to the maintainers."))
  }

  /// So many awards of a batch, evenly spread, are explained both ways before any is written.
  private static let compared = 4096

  /// What explains the awards, made anew for each thread. That the quick way says what the exact way says is shown
  /// again in every batch; if it ever did not, all awards would go the exact way.
  /// - Parameter isKept: what each benefit gave is found out too.
  func explaining(
    _ language: Language, threads: Int, isKept: Bool = false
  ) -> @Sendable () -> AwardExplainer {
    let words = ExplanationWords(plan.programmes, batch: plan.file.batch, language: language)
    let quick = explaining(language, by: words, isKept: isKept)
    let count = report.book.entries.count
    let samples = Array(stride(from: 0, to: count, by: max(1, count / Self.compared)))
    let ranges = Parallel.ranges(of: samples.count, each: 128)
    let agree = Parallel.map(ranges.count, threads: threads) { part in
      var explainer = quick()
      return samples[ranges[part]].allSatisfy { explainer.agrees(on: $0) }
    }.allSatisfy { $0 }
    assert(agree, "a compiled policy explains an award in another way")
    return agree ? quick : explaining(language, by: ExplanationWords(), isKept: isKept)
  }

  func explaining(
    _ language: Language, by words: ExplanationWords, isKept: Bool = false
  ) -> @Sendable () -> AwardExplainer {
    let (assessor, book) = (assessor, report.book)
    return { AwardExplainer(assessor, book, words, language: language, findsBreakdowns: isKept) }
  }

  /// Who everybody is.
  var persons: Persons { assessor.persons }

  /// What makes rows of the store from the book's entries.
  func packing() -> AwardPacking { AwardPacking(assessor, report.book) }

  /// The record id of an entry's award.
  func record(of entry: AwardEntry) -> String { assessor.record(of: entry) }

  /// Marks how far the run goes; a stopped run stays stopped.
  mutating func goOn(to depth: RunRequest.Depth) {
    if report.stage == .stopped { return }
    switch depth {
    case .validate: report.stage = .validated
    case .rehearse: report.stage = .rehearsed
    case .post:
      report.stage = .posted
      if !report.book.entries.contains(where: { $0.outcome == .paid }) { stopForNobody() }
    }
  }

  /// A posting that would pay nobody is refused: the batch's name stays free.
  private mutating func stopForNobody() {
    report.stops.append(
      Stop(
        Bilingual("这一批没有一笔可以发放", "nobody would be paid by this batch"),
        remedy: Bilingual(
          "没有入账，批次号可以再用。请看 reports/validation.html 里待处理和不予补助的行。",
          "Nothing was posted and the batch's name is free. See reports/validation.html for the rows that "
            + "wait or are refused."), assessor.language))
    stopEverything()
  }
}
