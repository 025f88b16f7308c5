import AidModel
import AidStore
import Glibc

/// The destination of a run: a staging folder beside the final one, or no folder at all, with each file
/// compared to an earlier one. Every file is hashed while it is written. A run that posts also adds every
/// file to the store's draft.
final class OutputFolder {
  struct Written {
    let path: String
    let sha256: String
    let size: Int
    /// The difference from the file compared with.
    let difference: Bilingual?
  }

  /// Nil if nothing is written.
  let staging: String?
  /// The folder compared with.
  private let rival: String?
  /// Whether files must survive a power failure. Only postings must; a dry run can be repeated.
  let isDurable: Bool
  /// The files for the store, if it keeps any.
  let draft: PostingDraft?
  private(set) var files: [Written] = []
  private var folders: [String] = []
  /// Ledgers in the order written, under temporary names that no bank accepts.
  private var ledgers: [(staged: String, path: String)] = []

  /// Writes into an empty staging folder (`Staging.prepare`).
  init(staging: String, isDurable: Bool, draft: PostingDraft? = nil) {
    self.staging = staging
    self.isDurable = isDurable
    self.draft = draft
    rival = nil
    folders.append(staging)
  }

  init(comparedWith rival: String, draft: PostingDraft? = nil) {
    (staging, isDurable, self.rival, self.draft) = (nil, false, rival, draft)
  }

  /// Writes one file. Use `mode` 0600 for full personal numbers.
  func write(_ path: String, _ bytes: [UInt8], mode: mode_t = 0o600) throws(PipelineFailure) {
    let stream = try open(path, mode: mode)
    try stream.append(bytes)
    try close(stream)
  }

  func open(_ path: String, mode: mode_t = 0o600) throws(PipelineFailure) -> OutputStream {
    guard let staging else {
      let handle = rival.map { Disk.descriptor(ofFile: $0 + "/" + path) } ?? -1
      return OutputStream(
        path: path, handle: -1, isDurable: false, draft: draft, comparison: Comparison(path, handle))
    }
    let staged = stagedName(of: path)
    var folder = staging
    for part in staged.split(separator: "/").dropLast() {
      folder += "/" + part
      if !folders.contains(folder) {
        try Disk.makeFolder(folder, mode: 0o700)
        folders.append(folder)
      }
    }
    let handle = Glibc.open(staging + "/" + staged, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard handle >= 0 else { throw Disk.failure(path, "写不了文件", "cannot write the file") }
    do throws(StoreFailure) { try draft?.begin(file: path, mode: mode) } catch {
      throw PipelineFailure(error)
    }
    return OutputStream(path: path, handle: handle, isDurable: isDurable, draft: draft)
  }

  /// The temporary name of a ledger. It gets its real name after posting, so that no unposted ledger can be
  /// mistaken for one to pay.
  private func stagedName(of path: String) -> String {
    guard path.hasPrefix(Self.ledgerFolder) else { return path }
    let staged = Self.unposted + "/\(ledgers.count + 1)"
    ledgers.append((staged, path))
    return staged
  }

  private static let ledgerFolder = "ledgers/"
  private static let unposted = "unposted"

  /// Gives the ledgers their real names, after they are posted.
  func nameLedgers() throws(PipelineFailure) {
    guard let staging, !ledgers.isEmpty else { return }
    for ledger in ledgers {
      let name = ledger.path.dropFirst(Self.ledgerFolder.count)
      try Disk.rename(staging + "/" + ledger.staged, to: staging + "/" + Self.unposted + "/" + name)
    }
    let folder = staging + "/" + Self.ledgerFolder.dropLast()
    try Disk.rename(staging + "/" + Self.unposted, to: folder)
    if isDurable {
      try Disk.sync(folder: folder)
      try Disk.sync(folder: staging)
    }
  }

  func close(_ stream: OutputStream) throws(PipelineFailure) {
    let (hash, size, difference) = try stream.finish()
    files.append(Written(path: stream.path, sha256: hash, size: size, difference: difference))
  }

  /// Syncs the folders; their files are synced already.
  func sync() throws(PipelineFailure) {
    guard isDurable else { return }
    for folder in folders { try Disk.sync(folder: folder) }
  }

  func discard() {
    if let staging { Disk.remove(staging) }
  }
}

/// One output file being written.
final class OutputStream {
  let path: String
  private let handle: Int32
  private let isDurable: Bool
  let draft: PostingDraft?
  private var hash = SHA256()
  private var size = 0
  private var buffer = TextBuffer(capacity: 1 << 20)
  /// For the draft: text that was not passed as a packed piece.
  private var loose = TextBuffer()
  private var comparison: Comparison?

  init(
    path: String, handle: Int32, isDurable: Bool, draft: PostingDraft? = nil, comparison: Comparison? = nil
  ) {
    self.path = path
    self.draft = draft
    self.comparison = comparison
    self.handle = handle
    self.isDurable = isDurable
  }

  func append(_ bytes: [UInt8]) throws(PipelineFailure) {
    bytes.withUnsafeBufferPointer { buffer.append($0) }
    if draft?.keepsFiles == true { try keep(bytes) }
    if buffer.count >= 1 << 20 { try flush() }
  }

  private func keep(_ bytes: [UInt8]) throws(PipelineFailure) {
    loose.append(bytes)
    if loose.count >= 1 << 20 { try keepLoose() }
  }

  private func keepLoose() throws(PipelineFailure) {
    do throws(StoreFailure) {
      try loose.withBytes { (bytes) throws(StoreFailure) in try draft?.add(text: bytes) }
    } catch {
      throw PipelineFailure(error)
    }
    loose.removeAll()
  }

  /// - Parameter piece: the text packed for the store, if the store keeps it.
  func append(_ text: borrowing TextBuffer, kept piece: borrowing TextBuffer) throws(PipelineFailure) {
    if let draft, piece.count > 0 {
      try keepLoose()
      do throws(StoreFailure) { try draft.add(piece: piece) } catch { throw PipelineFailure(error) }
    }
    try put(text)
  }

  func append(_ text: borrowing TextBuffer) throws(PipelineFailure) {
    if draft?.keepsFiles == true {
      loose.append(text)
      if loose.count >= 1 << 20 { try keepLoose() }
    }
    try put(text)
  }

  private func put(_ text: borrowing TextBuffer) throws(PipelineFailure) {
    // Long text is written directly, without another copy.
    guard text.count < 1 << 16 else {
      try flush()
      return try text.withBytes { (bytes) throws(PipelineFailure) in try write(bytes) }
    }
    buffer.append(text)
    if buffer.count >= 1 << 20 { try flush() }
  }

  private func flush() throws(PipelineFailure) {
    try buffer.withBytes { (bytes) throws(PipelineFailure) in try write(bytes) }
    buffer.removeAll()
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws(PipelineFailure) {
    hash.update(bytes)
    size += bytes.count
    comparison?.take(bytes)
    var rest = bytes
    while handle >= 0, !rest.isEmpty {
      let count = Glibc.write(handle, rest.baseAddress, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      } else if errno != EINTR {
        throw Disk.failure(path, "写文件失败", "cannot write the file")
      }
    }
  }

  func finish() throws(PipelineFailure) -> (sha256: String, size: Int, difference: Bilingual?) {
    try flush()
    try keepLoose()
    let difference = comparison?.finish()
    if handle >= 0 {
      let synced = !isDurable || fsync(handle) == 0 || errno == EINVAL
      let closed = Glibc.close(handle) == 0
      if !synced || !closed { throw Disk.failure(path, "写盘失败", "cannot sync the file") }
    }
    let digest = SHA256.hex(hash.finish())
    do throws(StoreFailure) { try draft?.endFile(sha256: digest, size: size) } catch {
      throw PipelineFailure(error)
    }
    return (digest, size, difference)
  }
}

/// Compares a file with what is written, line by line.
struct Comparison {
  private let path: String
  private let file: Int32
  /// The number of the current line, and of the first line that differs.
  private var lines = 1
  private var differs: Int?

  /// - Parameter file: open for reading, or negative if missing.
  init(_ path: String, _ file: Int32) {
    self.path = path
    self.file = file
  }

  mutating func take(_ bytes: UnsafeRawBufferPointer) {
    guard file >= 0, differs == nil else { return }
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
    defer { room.deallocate() }
    let count = read(into: room, bytes.count)
    for i in bytes.indices {
      if i >= count || room[i] != bytes[i] {
        differs = lines
        return
      }
      if bytes[i] == 10 { lines += 1 }
    }
  }

  private func read(into room: UnsafeMutableRawBufferPointer, _ wanted: Int) -> Int {
    var count = 0
    while count < wanted {
      let more = Glibc.read(file, room.baseAddress! + count, wanted - count)
      if more < 0, errno == EINTR { continue }
      if more <= 0 { break }
      count += more
    }
    return count
  }

  /// The first difference, if any. Closes the file.
  mutating func finish() -> Bilingual? {
    guard file >= 0 else { return Bilingual("缺少 \(path)", "missing: \(path)") }
    defer { close(file) }
    if differs == nil {
      let more = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
      defer { more.deallocate() }
      if read(into: more, 1) == 1 { differs = lines }
    }
    return differs.map {
      Bilingual(
        "与重算结果不同：\(path)，从第 \($0) 行起", "differs from what was computed again: \(path), from line \($0) on")
    }
  }
}
