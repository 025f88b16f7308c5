import AidModel
import AidStore

/// Posts a batch and moves its results into place.
///
/// The store keeps every result file in the same transaction as the payments. Whenever the program is killed,
/// the store either has no trace of the batch or can restore its results.
enum Posting {
  /// The outcome of an attempt to post.
  enum Outcome {
    case posted
    /// Nothing was added to the store.
    case refused(StoreFailure)
    /// The store cannot be queried.
    case unknown(StoreFailure)
  }

  static func post(
    _ batch: PostedBatch, _ calculation: Calculation, _ draft: PostingDraft, store: Store, seen: StoreStamp
  ) -> Outcome {
    let report = calculation.report
    do throws(StoreFailure) {
      try store.post(batch, programmes: report.programmes, units: report.book.units, draft, seen: seen)
      return .posted
    } catch {
      guard error.reason == .unusable else { return .refused(error) }
      // The transaction may have been committed all the same.
      do throws(StoreFailure) {
        let known = try Store.openIfPresent(store.path)?.posted(batch: report.batch)
        return known?.manifestSHA256 == batch.manifestSHA256 ? .posted : .refused(error)
      } catch {
        return .unknown(error)
      }
    }
  }

  /// Moves the results of a posted batch into place if a run was interrupted before doing so.
  /// - Returns: whether they were written now.
  static func recover(_ posted: PostedBatch, _ place: ResultPlace, store: Store) throws(PipelineFailure)
    -> Bool
  {
    if posted.isPlaced { return false }
    if let staged = posted.stagedAs { return try adopt(posted, staged, place, store: store) }
    if case .posted(let manifest) = try place.holding(), manifest.sha256 == posted.manifestSHA256 {
      try placed(posted, store)
      return false
    }
    guard place.isPlace(of: posted, in: store) else { return false }
    try restore(posted, from: store, to: place)
    return true
  }

  private static func placed(_ posted: PostedBatch, _ store: Store) throws(PipelineFailure) {
    do throws(StoreFailure) { try store.markPlaced(batch: posted.batch) } catch {
      throw PipelineFailure(error)
    }
  }

  /// Older versions kept the only ledgers in the staging folder: rename it if it is the right one.
  private static func adopt(
    _ posted: PostedBatch, _ staged: String, _ place: ResultPlace, store: Store
  ) throws(PipelineFailure) -> Bool {
    let staging = Disk.above(place.path) + "/" + staged
    let (there, here) = (try Manifest.read(in: staging), try Manifest.read(in: place.path))
    if here?.sha256 == posted.manifestSHA256 {
      try placed(posted, store)
      return false
    }
    guard there?.sha256 == posted.manifestSHA256 else {
      func told(_ path: String, _ manifest: Manifest?) -> Bilingual {
        guard let manifest else {
          return Disk.exists(path) ? Bilingual("没有清单", "no manifest") : Bilingual("不在", "not there")
        }
        return Bilingual("是批次 \(manifest.batch) 的另一份结果", "other results, of batch \(manifest.batch)")
      }
      let (a, b) = (told(staging, there), told(place.path, here))
      throw PipelineFailure(
        store.path,
        Bilingual(
          "批次 \(posted.batch) 已经入账（\(posted.paidCount) 笔，合计 \(posted.paidTotal.grouped) 元），但它的台账找不到："
            + "\(staging) \(a.zh)；\(place.path) \(b.zh)",
          "batch \(posted.batch) is posted (\(posted.paidCount) payments, \(posted.paidTotal.grouped)), "
            + "but its ledgers are not found: \(staging): \(a.en); \(place.path): \(b.en)"),
        remedy: Bilingual(
          "不要再发一次。请从备份找回这个文件夹，或用 aidledger history export 列出这一批的发放。",
          "Do not pay it again. Find the folder in a backup, or list what was paid with `aidledger history "
            + "export`."),
        reason: .alreadyPosted)
    }
    _ = try place.holding()
    try Staging.place(staging, as: place.path)
    try placed(posted, store)
    return true
  }

  /// Restores the results of a posted batch, byte for byte.
  static func restore(
    _ posted: PostedBatch, from store: Store, to place: ResultPlace
  ) throws(PipelineFailure) {
    do {
      let files = try store.files(of: posted)
      guard files.contains(where: { $0.path == Manifest.name && $0.sha256 == posted.manifestSHA256 }) else {
        throw notKept(posted, store)
      }
      let staging = Staging.path(for: place.path)
      try Staging.prepare(staging, batch: posted.batch, owner: store.path, store: store)
      let out = OutputFolder(staging: staging, isDurable: true)
      do {
        for file in files { try write(file, from: store, to: out) }
        try out.sync()
        try out.nameLedgers()
        try Staging.place(staging, as: place.path)
      } catch {
        out.discard()
        throw error
      }
      try store.markPlaced(batch: posted.batch)
    } catch let error as StoreFailure {
      throw PipelineFailure(error)
    } catch let error as PipelineFailure {
      throw error
    } catch {
      throw Disk.failure(place.path, "写不了文件", "cannot write the file")
    }
  }

  private static func write(_ file: StoredFile, from store: Store, to out: OutputFolder) throws {
    let stream = try out.open(file.path, mode: file.mode)
    try store.read(file) { bytes in
      var text = TextBuffer(capacity: bytes.count)
      text.append(bytes)
      try stream.append(text)
    }
    try out.close(stream)
    guard let written = out.files.last, written.sha256 == file.sha256, written.size == file.size else {
      throw PipelineFailure(
        store.path,
        Bilingual("记录库里存的 \(file.path) 与入账时不同", "the store's \(file.path) is not what was posted"),
        remedy: Bilingual("请用备份的记录库。", "Use a backup of the store."))
    }
  }

  private static func notKept(_ posted: PostedBatch, _ store: Store) -> PipelineFailure {
    PipelineFailure(
      store.path,
      Bilingual(
        "批次 \(posted.batch) 由旧版本入账，记录库里只有各笔发放和说明，没有台账文件",
        "batch \(posted.batch) was posted by an older version: the store has its payments and "
          + "explanations, not its files"),
      remedy: Bilingual(
        "请从备份找回它的 out 文件夹；各笔发放见 aidledger history export。不要再发一次。",
        "Find its out folder in a backup; `aidledger history export` lists its payments. Do not pay it again."
      ))
  }
}
