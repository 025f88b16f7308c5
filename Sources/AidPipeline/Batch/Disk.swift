import AidIntake
import AidModel
import Glibc

/// The file-system calls the program needs, with failures that name the path and the remedy.
enum Disk {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The folder for nameless temporary files.
  static var temporary: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

  /// Whether anything has this name, even a dangling link.
  static func isThere(_ path: String) -> Bool {
    var info = stat()
    return lstat(path, &info) == 0
  }

  static func isFolder(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  /// The path with all links resolved; nil if nothing is there.
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

  /// Every file below a folder, as relative paths in order of name. A linked folder is entered once: links
  /// may form a cycle.
  static func files(below folder: String) -> [String] {
    var seen: Set<FolderID> = []
    return files(below: folder, &seen)
  }

  private static func files(below folder: String, _ seen: inout Set<FolderID>) -> [String] {
    guard let id = FolderID(folder), seen.insert(id).inserted else { return [] }
    var found: [String] = []
    for name in names(in: folder) {
      let path = folder + "/" + name
      if isFolder(path) {
        found += files(below: path, &seen).map { name + "/" + $0 }
      } else {
        found.append(name)
      }
    }
    return found
  }

  /// Reads a regular file of at most `most` bytes: batch.yaml, policies, templates, manifests.
  /// - Parameter pipe: accept a pipe too.
  static func read(
    _ path: String, shown name: String, most: Int = IntakeLimits.textFileBytes, orPipe pipe: Bool = false
  ) throws(PipelineFailure) -> [UInt8] {
    do throws(RegularFile.Fault) {
      return try RegularFile(path: path, orPipe: pipe).bytes(most: most)
    } catch {
      throw failure(error, name)
    }
  }

  /// An open descriptor for reading, which the caller closes; −1 if there is no regular file.
  static func descriptor(ofFile path: String) -> Int32 {
    do throws(RegularFile.Fault) { return try RegularFile(path: path).keptOpen() } catch { return -1 }
  }

  /// A text file as read.
  struct Document {
    /// Without the byte order mark.
    let text: String
    /// Hash of the file's bytes, including the byte order mark.
    let sha256: String
  }

  /// Reads a UTF-8 text file.
  static func document(
    _ path: String, shown name: String, most: Int = IntakeLimits.textFileBytes
  ) throws(PipelineFailure) -> Document {
    let bytes = try read(path, shown: name, most: most)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard let text = String(validating: bytes.dropFirst(bytes.starts(with: mark) ? 3 : 0), as: UTF8.self)
    else {
      throw PipelineFailure(
        name, Bilingual("不是 UTF-8 文本", "not UTF-8 text"),
        remedy: Bilingual("请用 UTF-8 编码另存。", "Save it in UTF-8."))
    }
    return Document(text: text, sha256: SHA256.hex(SHA256.hash(bytes)))
  }

  /// The text of a UTF-8 file, without a byte order mark.
  static func text(
    _ path: String, shown name: String, most: Int = IntakeLimits.textFileBytes
  ) throws(PipelineFailure) -> String {
    try document(path, shown: name, most: most).text
  }

  private static func failure(_ fault: RegularFile.Fault, _ name: String) -> PipelineFailure {
    func unreadable(_ code: Int32) -> PipelineFailure {
      let reason = String(cString: strerror(code))
      return PipelineFailure(
        name, Bilingual("打不开文件（\(reason)）", "cannot open the file (\(reason))"),
        remedy: Bilingual("请检查路径、文件名和权限。", "Check the path, the name and the permissions."))
    }
    func noFile(_ zh: String, _ en: String) -> PipelineFailure {
      PipelineFailure(
        name, Bilingual("FILE-KIND 这里要一个文件，却是\(zh)", "FILE-KIND a file is expected here, this is \(en)"),
        remedy: Bilingual("请换成普通文件。", "Put a regular file in its place."))
    }
    switch fault {
    case .missing: return unreadable(ENOENT)
    case .unreadable(let code): return unreadable(code)
    case .folder: return noFile("文件夹", "a folder")
    case .noFile: return noFile("管道、套接字或设备", "a pipe, a socket or a device")
    case .tooLong(let most):
      return PipelineFailure(
        name, Bilingual("FILE-LIMIT 超过 \(most) 字节", "FILE-LIMIT too long: more than \(most) bytes"),
        remedy: Bilingual(
          "这里不会有这么长的文件；请检查是不是放错了文件。", "No file here is this long; check that it is the right one."))
    }
  }

  static func makeFolder(_ path: String, mode: mode_t = 0o755) throws(PipelineFailure) {
    if mkdir(path, mode) == 0 || (errno == EEXIST && isFolder(path)) { return }
    throw failure(path, "建不了文件夹", "cannot make the folder")
  }

  /// Creates a folder and its missing parents.
  static func makeFolders(_ path: String) throws(PipelineFailure) {
    if path.isEmpty || isFolder(path) { return }
    let above = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    try makeFolders(above)
    try makeFolder(path)
  }

  /// The parent folder of a path.
  static func above(_ path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 1
      ? "." : (parts.count == 2 && parts[0].isEmpty ? "/" : parts.dropLast().joined(separator: "/"))
  }

  /// Removes a file, or a folder with its contents; removes links without following them.
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

  /// Writes a file for its owner only: under a temporary name, then renamed, so it is complete or absent.
  /// - Parameter durably: it outlasts a power failure once its folder is synced.
  static func write(_ bytes: [UInt8], to path: String, durably: Bool = false) throws(PipelineFailure) {
    let beside = path + ".staged-\(getpid())"
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
    let isSynced = !durably || fsync(handle) == 0
    if close(handle) != 0 || !isSynced { throw failure(path, "写文件失败", "cannot write the file") }
    try rename(beside, to: path)
  }

  /// Syncs a folder's entries to disk.
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

/// Identifies a folder by device and inode, whatever links lead to it.
struct FolderID: Hashable {
  private let device: UInt
  private let number: UInt

  /// Nil if there is no such folder.
  init?(_ path: String) {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    (device, number) = (UInt(info.st_dev), UInt(info.st_ino))
  }
}
