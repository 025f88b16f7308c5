public import AidModel
import AidReview
import AidStore

/// What a run came to.
public struct RunResult: Sendable {
  public let report: BatchReport
  /// Relative paths of everything written.
  public let files: [String]
  public let out: String

  /// 0 all accepted or decided; 1 some refused or held; 2 stopped.
  public var exitStatus: Int32 {
    if report.stage == .stopped { return 2 }
    return report.totals.held + report.totals.refused > 0 ? 1 : 0
  }
}

/// `validate` and `run`: import → validate → calculate → export.
public enum BatchRun {
  public static func run(_ asked: RunRequest) throws(PipelineFailure) -> RunResult {
    var request = asked
    while request.out.count > 1, request.out.hasSuffix("/") { request.out.removeLast() }
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

  private static func run(_ request: RunRequest, plan: Plan) throws -> RunResult {
    let batch = plan.file.batch
    let before = try Store.openIfPresent(request.store)
    // Told before anything is written, also where nothing can be.
    if try before?.posted(batch: batch)?.stagedAs == nil {
      try refuseIfPosted(request, batch: batch, store: before)
    }
    try Disk.makeFolders(Disk.above(request.out))
    let lock = try FileLock(request.out)
    defer { lock.release() }
    try Posting.recover(batch: batch, out: request.out, store: before)
    try refuseIfPosted(request, batch: batch, store: before)
    let past = try before?.payments(before: batch) ?? EarlierPayments()

    var calculation = try Calculation(request, plan: plan, past: past)
    calculation.goOn(to: request.depth)

    let staging = Posting.stagingPath(for: request.out)
    let out = try OutputFolder(staging: staging, isDurable: calculation.report.stage == .posted)
    do {
      try Outputs(calculation: calculation, language: request.language, threads: request.threads).write(
        to: out)
      try out.sync()
      let report = calculation.report
      if report.stage == .posted {
        try Disk.makeFolders(Disk.above(request.store))
        let store = try before ?? Store(path: request.store)
        let manifest = out.files.first { $0.path == "manifest.json" }?.sha256 ?? ""
        let name = String(staging.split(separator: "/").last ?? "out.staged")
        try store.post(
          PostedBatch(report, manifestSHA256: manifest, stagedAs: name),
          entries: Posting.awards(report, language: request.language), seen: past.stamp)
        try Posting.replace(request.out, with: staging)
        try store.finishPosting(batch: batch)
      } else {
        try Posting.replace(request.out, with: staging)
      }
      return RunResult(report: report, files: out.files.map(\.path), out: request.out)
    } catch {
      // Once the store has the batch, the staging folder is the ledger: the next start moves it.
      if (try? Store.openIfPresent(request.store)?.posted(batch: batch)) ?? nil == nil { out.discard() }
      throw error
    }
  }

  /// A posted batch stays as it is: it is neither paid twice nor are its ledgers written over.
  private static func refuseIfPosted(_ request: RunRequest, batch: String, store: Store?) throws {
    if let posted = try store?.posted(batch: batch), request.depth == .post {
      throw PipelineFailure(
        request.store,
        Bilingual(
          "批次 \(batch) 已经入账（\(posted.paidCount) 笔，合计 \(posted.paidTotal.grouped) 元）",
          "batch \(batch) is already posted (\(posted.paidCount) payments, \(posted.paidTotal.grouped))"),
        remedy: Bilingual(
          "台账在原 out 文件夹；核对用 aidledger verify。补发请另立新批次号。",
          "Its ledgers are in its out folder; check them with `aidledger verify`. Pay later cases in a new batch."
        ),
        reason: .alreadyPosted)
    }
    if request.depth == .post, try store?.hasImported(batch: batch) == true {
      throw PipelineFailure(
        request.store,
        Bilingual(
          "导入的以往发放里已有批次 \(batch)", "the imported payments hold batch \(batch) already"),
        remedy: Bilingual(
          "这一批已经发过。补发请另立新批次号。", "It was paid. Pay later cases in a new batch."), reason: .alreadyPosted)
    }
    let manifest = request.out + "/manifest.json"
    guard Disk.exists(manifest) else {
      if Disk.exists(request.out), !Disk.names(in: request.out).isEmpty {
        throw PipelineFailure(
          request.out,
          Bilingual("输出文件夹里有别的东西，不敢覆盖", "the output folder holds something else and is not overwritten"),
          remedy: Bilingual("请移走它，或用 --out 指定别处。", "Move it away or choose another place with --out."))
      }
      return
    }
    if try Disk.text(manifest, shown: manifest).contains("\"stage\": \"posted\"") {
      throw PipelineFailure(
        request.out,
        Bilingual(
          "这里是已入账批次的台账，不会覆盖", "these are the ledgers of a posted batch; they are not overwritten"),
        remedy: store == nil
          ? Bilingual(
            "这一批已经发过，而记录库（--store）不在：先找回记录库，或把这一批的台账用 history import 导入；不要再发一次。",
            "It was paid, and its store (--store) is not there: find the store, or import what was paid with "
              + "`history import`; do not pay it again.")
          : Bilingual("请用 --out 指定别处。", "Choose another place with --out."),
        reason: .alreadyPosted)
    }
  }
}
