public import AidModel
import AidStore

/// Maintenance of the store: `history check` and `history restore`.
public enum StoreCare {
  /// Checks every page and every entry.
  /// - Parameter accepts: seal the file again if all entries are intact and another program only rewrote it.
  public static func check(
    store path: String, accepts: Bool, language: Language
  ) throws(PipelineFailure) -> String {
    do throws(StoreFailure) {
      guard let store = try Store.openIfPresent(path) else {
        return Bilingual("没有记录库（\(path)）", "there is no store (\(path))").text(language)
      }
      if accepts { try store.sealAgain() }
      try store.check(wholly: true)
      let batches = try store.batches()
      return Bilingual(
        "记录库完好：\(batches.count) 个已入账批次。", "The store is sound: \(batches.count) posted batches."
      ).text(language)
    } catch {
      throw PipelineFailure(error)
    }
  }

  /// Restores the results of a posted batch from the store, byte for byte.
  public static func restore(
    batch: String, out: String, store path: String, language: Language
  ) throws(PipelineFailure) -> String {
    let place = try ResultPlace(out, store: path)
    let (store, posted): (Store?, PostedBatch?)
    do throws(StoreFailure) {
      store = try Store.openSound(path)
      posted = try store?.posted(batch: batch)
    } catch {
      throw PipelineFailure(error)
    }
    guard let store, let posted else { throw unknown(batch, path) }
    return try restore(posted, store, place).text(language)
  }

  private static func restore(
    _ posted: PostedBatch, _ store: Store, _ place: ResultPlace
  ) throws(PipelineFailure) -> Bilingual {
    try Disk.makeFolders(Disk.above(place.path))
    let lock = try FileLock(place.path)
    defer { lock.release() }
    if case .posted(let manifest) = try place.holding() {
      if manifest.sha256 == posted.manifestSHA256 {
        return Bilingual(
          "\(place.path) 就是批次 \(posted.batch) 的结果，没有改动。",
          "\(place.path) has the results of batch \(posted.batch) already.")
      }
      throw PipelineFailure(
        place.path,
        Bilingual(
          "这里是另一个已入账批次的台账，不会覆盖",
          "here are the posted ledgers of another batch; they are not overwritten"),
        remedy: Bilingual("请用 --out 给一个新文件夹。", "Give a new folder with --out."))
    }
    try Posting.restore(posted, from: store, to: place)
    return Bilingual(
      "批次 \(posted.batch) 的结果已从记录库原样写到 \(place.path)（\(posted.paidCount) 笔，合计 \(posted.paidTotal.grouped) "
        + "元）。同一份台账只交银行一次。",
      "The results of batch \(posted.batch) were written to \(place.path) as they were posted "
        + "(\(posted.paidCount) payments, \(posted.paidTotal.grouped)). A bank gets a ledger once.")
  }

  private static func unknown(_ batch: String, _ path: String) -> PipelineFailure {
    PipelineFailure(
      path, Bilingual("记录库里没有批次 \(batch)", "the store does not have batch \(batch)"),
      remedy: Bilingual("已入账的批次见 aidledger history list。", "`aidledger history list` shows what was posted."))
  }
}
