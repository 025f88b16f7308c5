import AidModel
import Glibc

/// Where a run writes: a staging folder beside the final one; or nowhere, each file compared with one that was written
/// before. Every file is hashed while it is written.
final class OutputFolder {
  struct Written {
    let path: String
    let sha256: String
    let size: Int
    /// From the file it was compared with.
    let difference: Bilingual?
  }

  /// Nil: nothing is written.
  let staging: String?
  /// The folder of the files compared with.
  private let rival: String?
  /// Files outlast a power failure. Only what was paid must; a rehearsal can be run again.
  let isDurable: Bool
  private(set) var files: [Written] = []
  private var folders: [String] = []

  /// Makes an empty staging folder.
  init(staging: String, isDurable: Bool) throws(PipelineFailure) {
    self.staging = staging
    self.isDurable = isDurable
    rival = nil
    Disk.remove(staging)
    try Disk.makeFolder(staging, mode: 0o700)
    folders.append(staging)
  }

  init(comparedWith rival: String) {
    (staging, isDurable, self.rival) = (nil, false, rival)
  }

  /// Writes one file. `mode` 0600 for what holds full personal numbers.
  func write(_ path: String, _ bytes: [UInt8], mode: mode_t = 0o600) throws(PipelineFailure) {
    let stream = try open(path, mode: mode)
    try stream.append(bytes)
    try close(stream)
  }

  func open(_ path: String, mode: mode_t = 0o600) throws(PipelineFailure) -> OutputStream {
    guard let staging else {
      let handle = rival.map { Disk.descriptor(ofFile: $0 + "/" + path) } ?? -1
      return OutputStream(path: path, handle: -1, isDurable: false, comparison: Comparison(path, handle))
    }
    var folder = staging
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      if !folders.contains(folder) {
        try Disk.makeFolder(folder, mode: 0o700)
        folders.append(folder)
      }
    }
    let handle = Glibc.open(staging + "/" + path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard handle >= 0 else { throw Disk.failure(path, "写不了文件", "cannot write the file") }
    return OutputStream(path: path, handle: handle, isDurable: isDurable)
  }

  func close(_ stream: OutputStream) throws(PipelineFailure) {
    let (hash, size, difference) = try stream.finish()
    files.append(Written(path: stream.path, sha256: hash, size: size, difference: difference))
  }

  /// Makes the folders durable, as their files are already.
  func sync() throws(PipelineFailure) {
    guard isDurable else { return }
    for folder in folders { try Disk.sync(folder: folder) }
  }

  func discard() {
    if let staging { Disk.remove(staging) }
  }
}

/// One output file while it is written.
final class OutputStream {
  let path: String
  private let handle: Int32
  private let isDurable: Bool
  private var hash = SHA256()
  private var size = 0
  private var buffer = TextBuffer(capacity: 1 << 20)
  private var comparison: Comparison?

  init(path: String, handle: Int32, isDurable: Bool, comparison: Comparison? = nil) {
    self.path = path
    self.comparison = comparison
    self.handle = handle
    self.isDurable = isDurable
  }

  func append(_ bytes: [UInt8]) throws(PipelineFailure) {
    bytes.withUnsafeBufferPointer { buffer.append($0) }
    if buffer.count >= 1 << 20 { try flush() }
  }

  func append(_ text: borrowing TextBuffer) throws(PipelineFailure) {
    // What is long already goes out without being copied once more.
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
    let difference = comparison?.finish()
    if handle >= 0 {
      let synced = !isDurable || fsync(handle) == 0 || errno == EINVAL
      let closed = Glibc.close(handle) == 0
      if !synced || !closed { throw Disk.failure(path, "写盘失败", "cannot sync the file") }
    }
    return (SHA256.hex(hash.finish()), size, difference)
  }
}

/// A file compared with what is written, line by line.
struct Comparison {
  private let path: String
  private let file: Int32
  /// Lines that agree so far, and the first that does not.
  private var lines = 1
  private var differs: Int?

  /// - Parameter file: open for reading; below zero: there is none.
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

  /// What is different, if anything is. Closes the file.
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
