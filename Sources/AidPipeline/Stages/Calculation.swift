public import AidIntake
public import AidModel
import AidPolicy

/// A request for a run.
public struct RunRequest: Sendable {
  public enum Depth: Sendable { case validate, rehearse, post }

  public var folder: String
  public var out: String
  public var store: String
  public var templates: String?
  public var language: Language
  public var depth: Depth
  /// Any held row stops the whole run.
  public var strict: Bool
  public var threads: Int
  /// Reverses the order of file discovery, to prove in tests that it does not matter.
  public var reversedDiscovery: Bool
  /// Reads workbooks with libxml2 alone instead of the scanner; the result is the same.
  public var usesLibxml2Only: Bool
  /// Tried on encrypted workbooks.
  public var passwords: Passwords
  /// The files passed over when the batch was posted, to recompute it exactly; nil for the present ones.
  var passedOver: [String]?
  public var progress: @Sendable (String) -> Void
  /// Asked before posting a batch in which some rows wait; false cancels the posting.
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

  /// The limits for reading lists.
  func intake(_ own: IntakeLimits = .standard) -> IntakeLimits {
    var limits = own
    if usesLibxml2Only { limits.reader = .libxml2 }
    limits.passwords = passwords
    return limits
  }
}

/// A complete calculation that writes nothing: the whole path of a batch up to the ledgers, top to bottom.
struct Calculation {
  let plan: Plan
  private(set) var report: BatchReport
  let inputs: [Plan.Ingredient]
  /// The state of the store when it was read.
  let seen: StoreStamp
  private var assessor: Assessor

  /// - Parameter past: payments of earlier batches, from the store.
  init(_ request: RunRequest, plan: Plan, past: PaymentMemory) throws(PipelineFailure) {
    try self.init(request, plan: plan, reading: try BatchReading(request, plan: plan, past: past))
  }

  /// - Parameters:
  ///   - reading: the lists, read with the layouts of the plan's policies.
  ///   - isWhatIf: keep the awards even if the run would stop, since no one is paid by it.
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

    // Assess: people → awards; then pay them out of the funds.
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

  /// Assesses everyone and pays the awards out of the funds. If a fund is short, programmes that look at its
  /// awards are assessed again with the amounts really paid, until a fixpoint is reached.
  /// - Returns: why the run must stop; empty if it need not.
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
        currentIDs: assessor.persons.currentIDs, assess: WholeAwards(assessor).award)
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

  /// `--strict`: one held award stops the run.
  private mutating func refuseHeld(_ language: Language) {
    let held = report.book.entries.first { $0.outcome == .held }
    guard
      let place = held.map({ report.book.claims[Int($0.claim)].place })
        ?? report.unreadApplications.first?.place
    else { return }
    report.stops.append(
      Stop(
        Bilingual(
          "--strict：有待处理的申请（例如 \(ShownText.line("\(place)"))）",
          "--strict: some awards are held (for example \(ShownText.line("\(place)")))"),
        remedy: Bilingual(
          "请处理完，或去掉 --strict 先发其余的。", "Settle them, or leave out --strict and pay the others."), language))
  }

  /// A stopped run pays no one; awards that would have been paid are held, with their steps.
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
      currentIDs: assessor.persons.currentIDs, assess: WholeAwards(assessor, stop: stop).award)
    report.funds = report.funds.map {
      FundReport(
        fund: $0.fund, amount: $0.amount, carriedOver: $0.carriedOver, asked: $0.asked, paid: .zero,
        shortRule: $0.shortRule)
    }
  }

  /// Checks that every row read is accounted for and that every fund's money is either paid or left. A
  /// violation is a bug, and no one is paid on it.
  /// - Parameter mayOverdraw: allows a fund to go negative, since a what-if shows what would be due.
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

  /// How many awards, evenly spread over the batch, are explained both ways before any explanation is
  /// written.
  private static let compared = 4096

  /// Creates explainers, one per thread. Every batch proves again that the compiled explanations equal the
  /// exact ones; if one differed, all awards would use the exact evaluator.
  /// - Parameter isKept: find each benefit's contribution too.
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

  /// The persons behind all numbers.
  var persons: Persons { assessor.persons }

  /// Packs the book's entries into rows of the store.
  func packing() -> AwardPacking { AwardPacking(assessor, report.book) }

  /// The record id of an entry's award.
  func record(of entry: AwardEntry) -> String { assessor.record(of: entry) }

  /// Records how far the run goes; a stopped run stays stopped.
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

  /// Refuses a posting that would pay no one: the batch's name stays free.
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
