import AidModel
import Glibc

/// Where a run writes: a staging folder beside the final one, or nowhere when only the hashes are wanted.
/// Every file is hashed while it is written.
final class OutputFolder {
  struct Written {
    let path: String
    let sha256: String
    let size: Int
  }

  /// Nil: nothing is written, only hashed.
  let staging: String?
  /// Files outlast a power failure. Only what was paid must; a rehearsal can be run again.
  let isDurable: Bool
  private(set) var files: [Written] = []
  private var folders: [String] = []

  /// Makes an empty staging folder.
  init(staging: String?, isDurable: Bool) throws(PipelineFailure) {
    self.staging = staging
    self.isDurable = isDurable
    if let staging {
      Disk.remove(staging)
      try Disk.makeFolder(staging, mode: 0o700)
      folders.append(staging)
    }
  }

  /// Writes one file. `mode` 0600 for what holds full personal numbers.
  func write(_ path: String, _ bytes: [UInt8], mode: mode_t = 0o600) throws(PipelineFailure) {
    let stream = try open(path, mode: mode)
    try stream.append(bytes)
    try close(stream)
  }

  func open(_ path: String, mode: mode_t = 0o600) throws(PipelineFailure) -> OutputStream {
    guard let staging else { return OutputStream(path: path, handle: -1, isDurable: false) }
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
    let (hash, size) = try stream.finish()
    files.append(Written(path: stream.path, sha256: hash, size: size))
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

  init(path: String, handle: Int32, isDurable: Bool) {
    self.path = path
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

  func finish() throws(PipelineFailure) -> (sha256: String, size: Int) {
    try flush()
    if handle >= 0 {
      let synced = !isDurable || fsync(handle) == 0 || errno == EINVAL
      let closed = Glibc.close(handle) == 0
      if !synced || !closed { throw Disk.failure(path, "写盘失败", "cannot sync the file") }
    }
    return (SHA256.hex(hash.finish()), size)
  }
}
