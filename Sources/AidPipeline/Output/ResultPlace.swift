import AidModel
import AidStore
import Glibc

/// The destination of the results, checked before any work, so that it cannot fail after money is posted.
struct ResultPlace {
  /// The present contents.
  enum Holding {
    /// No folder, or an empty one.
    case nothing
    /// Replaceable results: of a dry run, a validation or a stopped run.
    case replaceable
    case posted(Manifest)
  }

  /// Links resolved, without a trailing slash.
  let path: String

  /// - Throws: if results cannot be placed here, or would replace foreign files.
  init(_ out: String, store: String) throws(PipelineFailure) {
    var out = out
    while out.count > 1, out.hasSuffix("/") { out.removeLast() }
    var info = stat()
    if lstat(out, &info) == 0 {
      guard let real = Disk.real(out) else {
        throw Self.refused(
          out, Bilingual("是一个链接，所指的地方不在（磁盘没有接上？）", "is a link to something that is not there"))
      }
      out = real
      guard Disk.isFolder(out) else {
        throw Self.refused(out, Bilingual("是一个文件，不会被替换", "is a file and is not replaced"))
      }
      if Self.isMountPoint(out) {
        throw Self.refused(
          out,
          Bilingual("是一个挂载点，结果文件夹换不上去", "is a mount point: a folder cannot take its place"))
      }
    } else if errno != ENOENT {
      throw Disk.failure(out, "看不到输出文件夹", "cannot see the output folder")
    }
    path = out
    let own = Self.absolute(out)
    if (Self.absolute(store) + "/").hasPrefix(own + "/") {
      throw Self.refused(
        store, Bilingual("记录库在输出文件夹里，换结果时会丢", "the store is inside the output folder and would be lost"))
    }
    let above = Disk.above(out)
    if Disk.isFolder(above), access(above, W_OK | X_OK) != 0 {
      throw Disk.failure(above, "写不了文件夹", "cannot write the folder")
    }
  }

  private static func refused(_ path: String, _ what: Bilingual) -> PipelineFailure {
    PipelineFailure(
      path, what,
      remedy: Bilingual(
        "什么也没有写。输出文件夹应是批次文件夹下的普通文件夹 out，记录库放在它外面。",
        "Nothing was written. Results go into an ordinary folder, out in the batch folder, and the store "
          + "outside of it."))
  }

  private static func isMountPoint(_ folder: String) -> Bool {
    var (own, above) = (stat(), stat())
    if stat(folder, &own) == 0, stat(Disk.above(folder), &above) == 0, own.st_dev != above.st_dev {
      return true
    }
    // A bind mount on the same disk.
    let mounts = (try? Disk.read("/proc/self/mountinfo", shown: "mountinfo")) ?? []
    return String(decoding: mounts, as: UTF8.self).split(separator: "\n").contains { line in
      let fields = line.split(separator: " ")
      return fields.count > 4 && fields[4].replacing("\\040", with: " ").elementsEqual(folder)
    }
  }

  /// The absolute path, with links resolved as far as it exists.
  static func absolute(_ path: String) -> String {
    if let real = Disk.real(path) { return real }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let above = absolute(Disk.above(path))
    if name == "." { return above }
    if name == ".." { return Disk.above(above) }
    return above == "/" ? "/" + name : above + "/" + name
  }

  /// - Throws: if it contains files that this program did not write, unless its results are posted.
  func holding() throws(PipelineFailure) -> Holding {
    let files = Disk.files(below: path).filter { !Self.isLeftover($0) }
    if files.isEmpty { return .nothing }
    let manifest = try Manifest.read(in: path)
    let own = Set((manifest?.outputs ?? []).map { ExactText($0.path) } + [ExactText(Manifest.name)])
    guard let manifest, let stranger = files.first(where: { !own.contains(ExactText($0)) }) else {
      if let manifest { return manifest.isPosted ? .posted(manifest) : .replaceable }
      throw strange(files[0])
    }
    if manifest.isPosted { return .posted(manifest) }
    throw strange(stranger)
  }

  private func strange(_ file: String) -> PipelineFailure {
    PipelineFailure(
      path,
      Bilingual(
        "输出文件夹里有别的东西（\(file)），不敢覆盖",
        "the output folder holds something else (\(file)) and is not overwritten"),
      remedy: Bilingual(
        "请先看清它是什么：发过款的台账要保留，且不要再发（aidledger history list）；确认无关后把它移走。",
        "See first what it is: ledgers that were paid are kept and not paid again (`aidledger history "
          + "list`); move away what has nothing to do with it."))
  }

  /// Left by office programs while a report is open.
  private static func isLeftover(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return name.hasPrefix(".~lock.") || name.hasPrefix("~$") || name == "Thumbs.db" || name == ".DS_Store"
  }

  /// The path as stored: relative to the store's folder if below it, so that both can be moved together.
  func remembered(by store: String) -> String {
    let (own, base) = (Self.absolute(path), Self.absolute(Disk.above(store)))
    return own.hasPrefix(base + "/") ? String(own.dropFirst(base.count + 1)) : own
  }

  /// Whether a batch's results belong here.
  func isPlace(of batch: PostedBatch, in store: Store) -> Bool {
    !batch.out.isEmpty && Self.place(of: batch, in: store).sameScalars(as: Self.absolute(path))
  }

  /// The absolute path of a batch's results.
  static func place(of batch: PostedBatch, in store: Store) -> String {
    batch.out.hasPrefix("/") ? batch.out : absolute(Disk.above(store.path)) + "/" + batch.out
  }
}
