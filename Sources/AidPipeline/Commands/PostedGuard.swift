import AidModel
import AidStore

/// Protects a posted batch: it is neither paid twice nor are its ledgers overwritten.
struct PostedGuard {
  let request: RunRequest
  let batch: String
  let place: ResultPlace
  let store: Store?

  /// The batch, if it is posted but its results are not in place yet.
  func unplaced() throws -> PostedBatch? {
    try store?.posted(batch: batch).flatMap { $0.isPlaced ? nil : $0 }
  }

  /// Completes an interrupted posting of this batch. Only a run that would post it does so: a mere check must
  /// not write results.
  func recover() throws {
    guard let store, let posted = try unplaced() else { return }
    guard request.depth == .post || posted.stagedAs != nil else { return }
    if request.depth == .post {
      try PostingTrace(request.folder, out: request.out)?.complete(posted, store: request.store)
    }
    if try Posting.recover(posted, place, store: store) {
      throw alreadyPosted(
        posted,
        Bilingual(
          "上次入账后中断，结果现在写到了 \(place.path)",
          "the run that posted it was cut off; its results have now been written to \(place.path)"),
        remedy: Bilingual(
          "只付款一次：先确认银行还没有收到这一批。核对用 aidledger verify。",
          "Pay it once: make sure that the bank has not got it yet. Check it with `aidledger verify`."))
    }
  }

  func refuse() throws {
    let holding = try place.holding()
    if case .posted(let manifest) = holding, manifest.batch.sameScalars(as: batch),
      let posted = try store?.posted(batch: batch), posted.manifestSHA256 == manifest.sha256
    {
      throw alreadyPosted(
        posted, nil,
        remedy: Bilingual(
          "台账就在 \(place.path)，保持原样，不要再发一次；核对用 aidledger verify。"
            + "里面的文件若少了，用 aidledger history restore \(batch) --out 文件夹 原样重写。",
          "Its ledgers are in \(place.path) and stay as they are; do not pay them again. Check them with "
            + "`aidledger verify`; what is missing there `aidledger history restore \(batch) --out FOLDER` "
            + "writes again."
        ))
    }
    if request.depth == .post {
      try refusePosted()
      try refuseImported()
    }
    if case .posted(let manifest) = holding { throw try standing(manifest, in: place.path) }
    if request.depth == .post {
      try refuseUnknownResults()
      try PostingTrace.refuseForgotten(request.folder, store, path: request.store)
      try refuseToReplaceUnplaced()
    }
  }

  private func alreadyPosted(_ posted: PostedBatch, _ more: Bilingual?, remedy: Bilingual) -> PipelineFailure
  {
    PipelineFailure(
      request.store,
      Bilingual(
        "批次 \(batch) 已经入账（\(posted.paidCount) 笔，合计 \(posted.paidTotal.grouped) 元）"
          + (more.map {
            "；" + $0.zh
          } ?? ""),
        "batch \(batch) is already posted (\(posted.paidCount) payments, \(posted.paidTotal.grouped))"
          + (more.map { "; " + $0.en } ?? "")),
      remedy: remedy, reason: .alreadyPosted)
  }

  private func refusePosted() throws {
    guard let store, let posted = try store.posted(batch: batch) else { return }
    let home = posted.out.isEmpty ? nil : ResultPlace.place(of: posted, in: store)
    let command = "aidledger history restore \(batch) --store \(request.store) --out "
    throw alreadyPosted(
      posted,
      home.map { Bilingual("结果的位置是 \($0)", "its results belong in \($0)") },
      remedy: Bilingual(
        "不要再发一次。台账不见了可以从记录库原样重写：\(command)\(home ?? place.path)",
        "Do not pay it again. Lost ledgers are written again as they were from the store: "
          + "\(command)\(home ?? place.path)"))
  }

  private func refuseImported() throws {
    guard try store?.hasImported(batch: batch) == true else { return }
    throw PipelineFailure(
      request.store,
      Bilingual("导入的以往发放里已有批次 \(batch)", "the imported payments hold batch \(batch) already"),
      remedy: Bilingual(
        "这一批已经发过，不要再发。用 aidledger history list 和 history export 核对。",
        "It was paid; do not pay it again. Look with `aidledger history list` and `history export`."),
      reason: .alreadyPosted)
  }

  /// The error for posted results in a folder: of another batch, or of one the store does not know.
  private func standing(_ manifest: Manifest, in folder: String) throws -> PipelineFailure {
    if let known = try store?.posted(batch: manifest.batch), known.manifestSHA256 == manifest.sha256 {
      return PipelineFailure(
        folder,
        Bilingual(
          "这里是批次 \(manifest.batch) 已入账的台账，不会覆盖",
          "these are the posted ledgers of batch \(manifest.batch); they are not overwritten"),
        remedy: Bilingual(
          "每个批次用自己的文件夹（aidledger init）；batch.yaml 里的批次号改过的请改回；整个文件夹是复制来的，就移走其中的 out。",
          "Each batch has a folder of its own (`aidledger init`); where the batch's name was changed in "
            + "batch.yaml, change it back."),
        reason: .alreadyPosted)
    }
    return PipelineFailure(
      folder,
      Bilingual(
        "这里有批次 \(manifest.batch) 已入账的台账，而记录库 \(request.store) \(store == nil ? "不在" : "不记得它")",
        "here are the posted ledgers of batch \(manifest.batch), and the store \(request.store) "
          + (store == nil ? "is not there" : "does not remember it")),
      remedy: Bilingual(
        "不要再发一次。多半是记录库用了旧备份、换了 --store，或断电时最后一次入账没有落盘：先找到记得它的记录库（aidledger history list "
          + "--store FILE）；确实找不回时，把这一批的发放用 aidledger history import 补进记录库，再继续。",
        "Do not pay it again. The store is probably an older copy or another one (--store), or lost its "
          + "last posting in a power cut: find the store that remembers it (`aidledger history list "
          + "--store FILE`); where it is lost for good, add what was paid with `aidledger history import` "
          + "before going on."),
      reason: .alreadyPosted)
  }

  /// Refuses if the batch folder has posted results that the store does not know: it is the wrong store.
  private func refuseUnknownResults() throws {
    for name in Disk.names(in: request.folder) where Disk.isFolder(request.folder + "/" + name) {
      let folder = request.folder + "/" + name
      if Disk.isThere(folder + "/" + Staging.mark) {
        if try Staging.isLeftover(folder, store) { continue }
        throw Staging.foreign(folder)
      }
      guard let manifest = try Manifest.read(in: folder), manifest.isPosted else { continue }
      if let known = try store?.posted(batch: manifest.batch), known.manifestSHA256 == manifest.sha256 {
        continue
      }
      throw try standing(manifest, in: folder)
    }
  }

  /// Refuses if another batch was posted to this very folder and its results are still to be written.
  private func refuseToReplaceUnplaced() throws {
    guard let store else { return }
    for other in try store.batches() where !other.isPlaced && !other.batch.sameScalars(as: batch) {
      guard place.isPlace(of: other, in: store) else { continue }
      throw PipelineFailure(
        place.path,
        Bilingual(
          "批次 \(other.batch) 已经入账，它的台账应在这里，还没有写出",
          "batch \(other.batch) is posted; its ledgers belong here and have not been written yet"),
        remedy: Bilingual(
          "先写出它：aidledger history restore \(other.batch) --store \(request.store) --out \(place.path)；"
            + "batch.yaml 里的批次号若改过请改回，不要把同一批人再发一次。",
          "Write them first: aidledger history restore \(other.batch) --store \(request.store) --out "
            + "\(place.path). Where the batch's name was changed in batch.yaml, change it back: the same "
            + "people are not paid again."))
    }
  }
}
