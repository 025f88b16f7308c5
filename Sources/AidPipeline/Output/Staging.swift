import AidModel
import AidStore
import Glibc

/// The folder, beside the final one, into which results are written. It carries a marker file until it is
/// renamed, so that no other folder is mistaken for a leftover and removed.
enum Staging {
  static let mark = ".aidledger-staging"

  static func path(for out: String) -> String { out + ".staged" }

  /// Creates an empty, marked folder. Removes an earlier run's leftovers, whose postings are in its store.
  /// - Parameter owner: the store that the run posts to.
  static func prepare(
    _ path: String, batch: String, owner: String, store: Store?
  ) throws(PipelineFailure) {
    var info = stat()
    if lstat(path, &info) == 0 {
      guard try isLeftover(path, store) else { throw foreign(path) }
      Disk.remove(path)
    }
    try Disk.makeFolder(path, mode: 0o700)
    let file = open(path + "/" + mark, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Disk.failure(path, "写不了文件夹", "cannot write the folder") }
    defer { close(file) }
    let text = Array((batch + "\n" + ResultPlace.absolute(owner) + "\n").utf8)
    guard text.withUnsafeBytes({ write(file, $0.baseAddress, $0.count) }) == text.count else {
      throw Disk.failure(path, "写不了文件夹", "cannot write the folder")
    }
    // After a power cut the folder must still be known for what it is.
    if fsync(file) != 0 { throw Disk.failure(path, "写盘失败", "cannot sync") }
    try Disk.sync(folder: path)
    try Disk.sync(folder: Disk.above(path))
  }

  /// The top-level names of results.
  private static let ownNames = [
    "explanations.jsonl", "ledgers", "notice", "reports", "returns", "review", "unposted",
  ]

  /// Whether a folder is left over from an interrupted run, without a posted ledger stored nowhere else.
  static func isLeftover(_ path: String, _ store: Store?) throws(PipelineFailure) -> Bool {
    guard Disk.isFolder(path), Disk.real(path) == ResultPlace.absolute(Disk.above(path)) + "/" + name(path)
    else {
      return false
    }
    let isMarked = Disk.isThere(path + "/" + mark)
    if let manifest = try Manifest.read(in: path) {
      if !manifest.isPosted { return true }
      if try isKept(manifest, store) { return true }
      guard isMarked else { return false }
      let isPosted = try wasPosted(manifest, byOwnerOf: path, store)
      return !isPosted
    }
    if isMarked { return true }
    // Older versions wrote no marker; without a manifest the folder was never complete.
    return Disk.names(in: path).allSatisfy { ownNames.contains($0) }
  }

  private static func name(_ path: String) -> Substring { path.split(separator: "/").last ?? "" }

  /// Whether the store can restore these posted results.
  private static func isKept(_ manifest: Manifest, _ store: Store?) throws(PipelineFailure) -> Bool {
    do throws(StoreFailure) {
      guard let store, let batch = try store.posted(batch: manifest.batch) else { return false }
      if batch.manifestSHA256 != manifest.sha256 { return false }
      return try store.files(of: batch).contains { $0.path == Manifest.name }
    } catch {
      throw PipelineFailure(error)
    }
  }

  /// Whether the interrupted run posted the batch to another store. True if that store cannot be queried.
  private static func wasPosted(
    _ manifest: Manifest, byOwnerOf path: String, _ store: Store?
  ) throws(PipelineFailure) -> Bool {
    let lines = try Disk.text(path + "/" + mark, shown: path).split(separator: "\n")
    guard lines.count > 1 else { return true }
    let owner = String(lines[1])
    if let store, ResultPlace.absolute(store.path).sameScalars(as: owner) { return false }
    do throws(StoreFailure) {
      return try Store.openIfPresent(owner)?.posted(batch: manifest.batch)?.manifestSHA256 == manifest.sha256
    } catch {
      return true
    }
  }

  static func foreign(_ path: String) -> PipelineFailure {
    PipelineFailure(
      path,
      Bilingual(
        "这里有别的东西，或者有一份没有到位、记录库又不认识的台账，没有动它",
        "something else stands here, or ledgers that did not reach their place and that the store does not "
          + "know; it was left alone"),
      remedy: Bilingual(
        "请先查清：其中 manifest.json 写着批次；用 aidledger history list 看哪个记录库记着它。确认没有发过款，再把它移走。",
        "Find out first: its manifest.json names the batch; `aidledger history list` shows which store "
          + "remembers it. Move it away only when nothing was paid from it."))
  }

  /// Removes the marker and renames the folder into place. What it replaces is removed last.
  static func place(_ staging: String, as out: String) throws(PipelineFailure) {
    unlink(staging + "/" + mark)
    let aside = out + ".old"
    try removeOld(aside)
    if Disk.exists(out) { try Disk.rename(out, to: aside) }
    do {
      try Disk.rename(staging, to: out)
    } catch {
      if Disk.exists(aside) { try Disk.rename(aside, to: out) }
      throw error
    }
    try Disk.sync(folder: Disk.above(out))
    try removeOld(aside)
  }

  /// Removes results moved aside, which are never posted ones; anything else of that name is left alone.
  static func removeOld(_ aside: String) throws(PipelineFailure) {
    guard Disk.exists(aside) else { return }
    let manifest = try Manifest.read(in: aside)
    guard Disk.isFolder(aside), Disk.names(in: aside).isEmpty || manifest?.isPosted == false else {
      throw PipelineFailure(
        aside, Bilingual("这里有别的东西，没有动它", "something else stands here; it was left alone"),
        remedy: Bilingual("请看清它是什么再移走。", "See what it is and move it away."))
    }
    Disk.remove(aside)
  }
}
