import AidModel
import Glibc

/// The few things asked of the file system, with failures that name the path and the remedy.
enum Disk {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isFolder(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  /// The path with every link followed, or nil if there is nothing.
  static func real(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  /// Names in a folder, sorted by bytes, without `.` and `..`.
  static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.precedes($1) }
  }

  /// Every file below a folder, as paths from it, in the order of names.
  static func files(below folder: String) -> [String] {
    names(in: folder).flatMap { name in
      isFolder(folder + "/" + name) ? files(below: folder + "/" + name).map { name + "/" + $0 } : [name]
    }
  }

  /// The whole file, or somewhat more than `most` bytes of it. For small files: batch.yaml, policies, templates.
  static func read(
    _ path: String, shown name: String, most: Int = .max
  ) throws(PipelineFailure) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw unreadable(name) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0 { throw unreadable(name) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[0..<count])
      if bytes.count > most { return bytes }
    }
  }

  /// A UTF-8 text file, a BOM taken off.
  static func text(_ path: String, shown name: String) throws(PipelineFailure) -> String {
    var bytes = try read(path, shown: name)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw PipelineFailure(
        name, Bilingual("不是 UTF-8 文本", "not UTF-8 text"),
        remedy: Bilingual("请用 UTF-8 编码另存。", "Save it in UTF-8."))
    }
    return text
  }

  private static func unreadable(_ name: String) -> PipelineFailure {
    let reason = String(cString: strerror(errno))
    return PipelineFailure(
      name, Bilingual("打不开文件（\(reason)）", "cannot open the file (\(reason))"),
      remedy: Bilingual("请检查路径、文件名和权限。", "Check the path, the name and the permissions."))
  }

  static func makeFolder(_ path: String, mode: mode_t = 0o755) throws(PipelineFailure) {
    if mkdir(path, mode) == 0 || (errno == EEXIST && isFolder(path)) { return }
    throw failure(path, "建不了文件夹", "cannot make the folder")
  }

  /// Makes a folder and those above it.
  static func makeFolders(_ path: String) throws(PipelineFailure) {
    if path.isEmpty || isFolder(path) { return }
    let above = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    try makeFolders(above)
    try makeFolder(path)
  }

  /// The folder a path stands in.
  static func above(_ path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 1
      ? "." : (parts.count == 2 && parts[0].isEmpty ? "/" : parts.dropLast().joined(separator: "/"))
  }

  /// Removes a file or a folder with everything in it; links are removed, not followed.
  static func remove(_ path: String) {
    var info = stat()
    guard lstat(path, &info) == 0 else { return }
    if info.st_mode & S_IFMT == S_IFDIR {
      for name in names(in: path) { remove(path + "/" + name) }
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  static func rename(_ from: String, to: String) throws(PipelineFailure) {
    if Glibc.rename(from, to) != 0 { throw failure(to, "改名失败", "cannot rename") }
  }

  /// Writes one file for its owner only: beside, then renamed, so that it is whole or not there.
  static func write(_ bytes: [UInt8], to path: String) throws(PipelineFailure) {
    let beside = path + ".staged"
    unlink(beside)
    let handle = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard handle >= 0 else { throw failure(path, "写不了文件", "cannot write the file") }
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(handle, $0.baseAddress! + offset, $0.count - offset) }
      if count < 0 {
        if errno == EINTR { continue }
        let broken = failure(path, "写文件失败", "cannot write the file")
        close(handle)
        unlink(beside)
        throw broken
      }
      offset += count
    }
    if close(handle) != 0 { throw failure(path, "写文件失败", "cannot write the file") }
    try rename(beside, to: path)
  }

  /// Makes a folder's entries durable.
  static func sync(folder: String) throws(PipelineFailure) {
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw failure(folder, "打不开文件夹", "cannot open the folder") }
    defer { close(handle) }
    if fsync(handle) != 0 && errno != EINVAL { throw failure(folder, "写盘失败", "cannot sync") }
  }

  static func failure(_ path: String, _ zh: String, _ en: String) -> PipelineFailure {
    let reason = String(cString: strerror(errno))
    return PipelineFailure(
      path, Bilingual("\(zh)（\(reason)）", "\(en) (\(reason))"),
      remedy: Bilingual(
        "请检查磁盘空间和权限后重新运行；此前的结果没有改变。",
        "Check disk space and permissions and run again; earlier results are unchanged."))
  }
}
