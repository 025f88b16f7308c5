public import AidModel
import AidReview
import AidStore

/// The outcome of a run.
public struct RunResult: Sendable {
  public let report: BatchReport
  /// Relative paths of all files written.
  public let files: [String]
  public let out: String
  /// What remains to be done although the batch is posted.
  public let remaining: [Bilingual]

  /// 0: all accepted or decided; 1: some refused or held; 2: stopped.
  public var exitStatus: Int32 {
    if report.stage == .stopped { return 2 }
    let isSettled = report.totals.held + report.totals.refused == 0 && report.unreadApplications.isEmpty
    return isSettled ? 0 : 1
  }
}

/// `validate` and `run`: import → validate → calculate → export.
public enum BatchRun {
  public static func run(_ request: RunRequest) throws(PipelineFailure) -> RunResult {
    let templates = try Templates(named: request.templates)
    let plan = try Plan(folder: request.folder, templates: templates, language: request.language)
    do {
      return try run(request, plan: plan)
    } catch let error as PipelineFailure {
      throw error
    } catch let error as StoreFailure {
      throw PipelineFailure(error)
    } catch {
      throw PipelineFailure(
        request.out, Bilingual("出错：\(error)", "failed: \(error)"),
        remedy: Bilingual("没有发放任何款项。", "Nothing was paid."))
    }
  }

  private static func run(_ asked: RunRequest, plan: Plan) throws -> RunResult {
    let batch = plan.file.batch
    let place = try ResultPlace(asked.out, store: asked.store)
    var request = asked
    request.out = place.path
    let before = try Store.openSound(request.store)
    let guarding = PostedGuard(request: request, batch: batch, place: place, store: before)
    // Refuse before anything is written, even where nothing can be written.
    if try guarding.unplaced() == nil { try guarding.refuse() }
    try Disk.makeFolders(Disk.above(request.out))
    let lock = try FileLock(request.out)
    defer { lock.release() }
    try guarding.recover()
    try guarding.refuse()
    try Staging.removeOld(request.out + ".old")

    var calculation = try Calculation(request, plan: plan, past: PaymentMemory(before, before: batch))
    calculation.goOn(to: request.depth)
    try ask(request, calculation.report)
    return try write(calculation, request, place, before, seen: calculation.seen)
  }

  /// Asks the user at a terminal whether to pay the others while some rows wait.
  private static func ask(_ request: RunRequest, _ report: BatchReport) throws(PipelineFailure) {
    let unread = report.unreadApplications
    guard report.stage == .posted, report.totals.held > 0 || !unread.isEmpty else { return }
    let paid = report.book.entries.count { $0.outcome == .paid }
    let hidden =
      unread.isEmpty
      ? Bilingual("", "")
      : Bilingual(
        "另有 \(unread.count) 处像申请的行没有读入，",
        ", \(unread.count) places with rows like applications were not read,")
    let question = Bilingual(
      "有 \(report.totals.held) 行待处理，\(hidden.zh)不在这一批发放之内。现在入账其余的 \(paid) 笔、合计 \(report.book.paid.grouped) 元吗？",
      "\(report.totals.held) rows wait\(hidden.en) "
        + "and are not paid with this batch. Post the other \(paid) payments, "
        + "\(report.book.paid.grouped), now?")
    if request.confirm(question) { return }
    throw PipelineFailure(
      request.out, Bilingual("没有入账", "nothing was posted"),
      remedy: Bilingual(
        "先看待处理的行：aidledger run --dry-run；不再询问用 --yes。",
        "Look at what waits with `aidledger run --dry-run`; --yes does not ask."))
  }

  private static func write(
    _ calculation: Calculation, _ request: RunRequest, _ place: ResultPlace, _ before: Store?,
    seen: StoreStamp
  ) throws -> RunResult {
    let report = calculation.report
    let posts = report.stage == .posted
    let staging = Staging.path(for: request.out)
    try Staging.prepare(staging, batch: report.batch, owner: request.store, store: before)
    let draft = posts ? try PostingDraft(in: Disk.above(request.out)) : nil
    let out = OutputFolder(staging: staging, isDurable: posts, draft: draft)
    var remaining: [Bilingual] = []
    do {
      try Outputs(calculation: calculation, language: request.language, threads: request.threads).write(
        to: out)
      try out.sync()
      if !posts { try Staging.place(staging, as: request.out) }
    } catch {
      out.discard()
      throw error
    }
    if posts, let draft {
      remaining = try post(calculation, request, place, out, draft, before, seen: seen)
    }
    return RunResult(report: report, files: out.files.map(\.path), out: request.out, remaining: remaining)
  }

  /// - Returns: what remains to be done after posting.
  private static func post(
    _ calculation: Calculation, _ request: RunRequest, _ place: ResultPlace, _ out: OutputFolder,
    _ draft: PostingDraft, _ before: Store?, seen: StoreStamp
  ) throws -> [Bilingual] {
    let batch = calculation.report.batch
    let store: Store
    let manifest = out.files.first { $0.path == Manifest.name }?.sha256 ?? ""
    let trace = PostingTrace(request.folder, out: request.out)
    let posting: PostedBatch
    do {
      try Disk.makeFolders(Disk.above(request.store))
      store = try before ?? Store(path: request.store)
      posting = PostedBatch(
        calculation.report, manifestSHA256: manifest, out: place.remembered(by: store.path))
      try trace?.prepare(posting, store: store.path)
    } catch {
      out.discard()
      throw error
    }
    switch Posting.post(posting, calculation, draft, store: store, seen: seen) {
    case .posted: break
    case .refused(let failure):
      trace?.discard()
      out.discard()
      throw failure
    case .unknown(let failure):
      throw PipelineFailure(
        request.store,
        Bilingual(
          "批次 \(batch) 是否已经入账，现在无法知道：\(failure.what.zh)",
          "whether batch \(batch) is posted cannot be known now: \(failure.what.en)"),
        remedy: Bilingual(
          "写好的结果留在 \(Staging.path(for: request.out))，没有动。不要付款；记录库能读以后照原样再运行一次，就会说明并补全。",
          "What was written is left in \(Staging.path(for: request.out)). Pay nothing; once the store can "
            + "be read run the same command again: it tells, and completes what is missing."))
    }
    do {
      try trace?.commit()
      try out.nameLedgers()
      try Staging.place(Staging.path(for: request.out), as: request.out)
      try store.markPlaced(batch: batch)
      return []
    } catch {
      let why = (error as? PipelineFailure)?.text(request.language) ?? "\(error)"
      return [
        Bilingual(
          "批次 \(batch) 已经入账，但结果没有放到 \(request.out)：\(why)\n  → 不要再发一次。排除障碍后照原样再运行，就会从记录库补上。",
          "batch \(batch) is posted, but its results did not get to \(request.out): \(why)\n  → Do not pay "
            + "it again. Mend that and run the same command: the results are written from the store.")
      ]
    }
  }
}
