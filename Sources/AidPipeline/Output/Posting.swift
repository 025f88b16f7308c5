import AidChecks
import AidModel
import AidReview
import AidStore

/// Puts a finished staging folder in its place, all of it or nothing.
///
/// A posted batch is committed to the store before the folder gets its name, and the store keeps the staging
/// folder's name until it has it: whatever moment the program is killed at, the next start completes the move.
enum Posting {
  static func stagingPath(for out: String) -> String { out + ".staged" }

  /// Completes a posting that was cut off between the store's commit and the rename.
  static func recover(batch: String, out: String, store: Store?) throws(PipelineFailure) {
    do {
      guard let store, let posted = try store.posted(batch: batch), let staged = posted.stagedAs else {
        return
      }
      let staging = Disk.above(out) + "/" + staged
      if Disk.exists(staging) { try replace(out, with: staging) }
      try store.finishPosting(batch: batch)
    } catch let error as StoreFailure {
      throw PipelineFailure(error)
    } catch let error as PipelineFailure {
      throw error
    } catch {
      throw PipelineFailure(
        out, Bilingual("恢复未完成的入账失败：\(error)", "cannot complete an unfinished posting: \(error)"),
        remedy: Bilingual("请检查文件夹权限后重试。", "Check the folder's permissions and try again."))
    }
  }

  /// Renames `staging` to `out`; a folder already there steps aside first and is removed last.
  static func replace(_ out: String, with staging: String) throws(PipelineFailure) {
    let aside = out + ".old"
    Disk.remove(aside)
    if Disk.exists(out) { try Disk.rename(out, to: aside) }
    do {
      try Disk.rename(staging, to: out)
    } catch {
      if Disk.exists(aside) { try Disk.rename(aside, to: out) }
      throw error
    }
    try Disk.sync(folder: Disk.above(out))
    Disk.remove(aside)
  }

  /// Every award whole, one at a time.
  static func awards(_ report: BatchReport, language: Language) -> some Sequence<StoredAward> {
    report.book.entries.lazy.map { entry in
      let award = report.book.award(entry)
      return StoredAward(
        award: award, fund: report.programmes[Int(entry.programme)].fund,
        explanation: Explanations.json(award, language: language),
        invoices: award.rows.filter { $0.outcome == .paid }.map { InvoiceKey.of($0.claim) }
          .filter { !$0.isEmpty })
    }
  }
}
