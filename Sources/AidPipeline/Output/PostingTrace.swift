import AidModel
import AidStore
import Foundation

/// What a batch folder itself remembers of having been posted: `posted.jsonl`, a line for each posting, added and never
/// changed.
///
/// The store is the memory of what was paid, `out/` the proof. With an older copy of the one, the other moved away, or
/// another name of the batch, this line still tells. It is complete before the store commits and gets its name after;
/// if the program is killed between, the store knows the batch, and whoever completes the posting writes the line. With
/// results elsewhere (`--out`) nothing is written into the batch folder, this line neither.
struct PostingTrace {
  static let name = "posted.jsonl"

  private struct Line {
    let batch: String
    let manifest: String
    let payments: Int
    let amount: String
    /// The store it was posted to: from the folder that holds the batch folder where it lies below that.
    let store: String
  }

  private let folder: String

  /// - Parameter folder: of the batch.
  init(_ folder: String) { self.folder = folder }

  /// Nil where results do not go into the batch folder.
  init?(_ folder: String, out: String) {
    guard ResultPlace.absolute(out).hasPrefix(ResultPlace.absolute(folder) + "/") else { return nil }
    self.init(folder)
  }

  private var path: String { folder + "/" + Self.name }
  private var staged: String { path + ".new" }
  private static func home(_ folder: String) -> String { Disk.above(ResultPlace.absolute(folder)) }

  // MARK: writing

  /// Writes the line down under a name that means nothing yet.
  /// - Throws: where the folder cannot be written; nothing may be posted then.
  func prepare(_ posted: PostedBatch, store: String) throws(PipelineFailure) {
    var bytes = Disk.exists(path) ? try Disk.read(path, shown: path) : []
    if let last = bytes.last, last != 10 { bytes.append(10) }
    let (own, home) = (ResultPlace.absolute(store), Self.home(folder) + "/")
    let line = JSONText.object([
      ("batch", .string(posted.batch)), ("manifest", .string(posted.manifestSHA256)),
      ("payments", .integer(posted.paidCount)), ("amount", .string(posted.paidTotal.plain)),
      ("store", .string(own.hasPrefix(home) ? String(own.dropFirst(home.utf8.count)) : own)),
    ])
    bytes += Array((line.text(indented: false) + "\n").utf8)
    Disk.remove(staged)
    try Disk.write(bytes, to: staged, durably: true)
  }

  /// Gives the line its name.
  func commit() throws(PipelineFailure) {
    try Disk.rename(staged, to: path)
    try Disk.sync(folder: folder)
  }

  func discard() { Disk.remove(staged) }

  /// Adds the line of a posting that was cut off before it had one.
  func complete(_ posted: PostedBatch, store: String) throws(PipelineFailure) {
    if try lines().contains(where: { $0.manifest == posted.manifestSHA256 }) { return }
    try prepare(posted, store: store)
    try commit()
  }

  // MARK: looking

  private func lines() throws(PipelineFailure) -> [Line] {
    guard Disk.isThere(path), !Disk.isFolder(path) else { return [] }
    let text = try Disk.text(path, shown: path)
    return text.split(separator: "\n").compactMap { line in
      guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        let batch = object["batch"] as? String, let manifest = object["manifest"] as? String
      else { return nil }
      return Line(
        batch: batch, manifest: manifest, payments: object["payments"] as? Int ?? 0,
        amount: object["amount"] as? String ?? "", store: object["store"] as? String ?? "")
    }
  }

  /// A posting that this folder, or one beside it that posted to this very store, remembers and the store does not.
  /// - Throws: it, as the reason to post nothing.
  static func refuseForgotten(_ folder: String, _ store: Store?, path: String) throws {
    let own = ResultPlace.absolute(folder)
    try refuse(try PostingTrace(own).lines(), in: own, store, path)
    let asked = ResultPlace.absolute(path)
    let home = Disk.above(asked)
    for name in Disk.names(in: home) where Disk.isFolder(home + "/" + name) {
      let other = home + "/" + name
      if other.sameScalars(as: own) { continue }
      let lines = try PostingTrace(other).lines().filter { line in
        (line.store.hasPrefix("/") ? line.store : home + "/" + line.store).sameScalars(as: asked)
      }
      try refuse(lines, in: other, store, path)
    }
  }

  private static func refuse(_ lines: [Line], in folder: String, _ store: Store?, _ path: String) throws {
    for line in lines {
      if let known = try store?.posted(batch: line.batch), known.manifestSHA256 == line.manifest { continue }
      if try store?.hasImported(batch: line.batch) == true { continue }
      let (here, count, amount) = (folder + "/" + name, line.payments, line.amount)
      throw PipelineFailure(
        here,
        Bilingual(
          "批次 \(line.batch) 从这个文件夹入过账（\(count) 笔，合计 \(amount) 元），而记录库 \(path) \(store == nil ? "不在" : "不记得它")",
          "batch \(line.batch) was posted from this folder (\(count) payments, \(amount)), and the store \(path) "
            + (store == nil ? "is not there" : "does not remember it")),
        remedy: Bilingual(
          "不要再发一次。多半是记录库用了旧备份或换了 --store：先找到记得它的记录库（aidledger history list --store FILE）；确实找不回时，"
            + "把这一批的发放用 aidledger history import 补进记录库。那次发放从未送出银行、已经查清的，才把 \(name) 里它那一行移走。",
          "Do not pay it again. The store is probably an older copy or another one (--store): find the one that "
            + "remembers it (`aidledger history list --store FILE`); where it is lost for good, add what was paid with "
            + "`aidledger history import`. Only when it is certain that nothing of it reached a bank, take its line "
            + "out of \(name)."),
        reason: .alreadyPosted)
    }
  }
}
