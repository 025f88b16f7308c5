internal import GRDB
internal import GRDBSQLite
import Glibc

/// The file a store is in.
enum StoreFile {
  /// `O_TMPFILE`, a macro Swift does not import: creates a nameless file in a folder.
  static let nameless: Int32 = 0o20000000 | O_DIRECTORY

  /// Whether a store exists. Only "no such file" means no: a store that cannot be seen may hold everything
  /// that was paid.
  static func exists(_ path: String) throws(StoreFailure) -> Bool {
    var info = stat()
    if lstat(path, &info) == 0 {
      // A link to a disk that is not mounted.
      if stat(path, &info) != 0 { throw .system(path) }
      // A folder is no store, and opening a pipe would block.
      if info.st_mode & S_IFMT != S_IFREG { throw .notAStore(path) }
      return true
    }
    if errno != ENOENT { throw .system(path) }
    // A transaction's journal is left of a store that is gone.
    if lstat(path + "-journal", &info) == 0 {
      errno = ENOENT
      throw .system(path)
    }
    return false
  }

  /// Creates a complete empty store atomically, so that there is never an empty file in its place. If another
  /// run has created one meanwhile, leaves that. The file will hold personal numbers, so only its owner may
  /// read it, from the first byte on.
  static func make(_ path: String) throws(StoreFailure) {
    let image: [UInt8]
    do { image = try empty() } catch { throw StoreFailure(error, path) }
    var folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/")
    if folder.isEmpty { folder = path.hasPrefix("/") ? "/" : "." }
    var named: String?
    var file = open(folder, nameless | O_RDWR | O_CLOEXEC, 0o600)
    if file < 0 {
      let beside = path + ".new-\(getpid())"
      unlink(beside)
      file = open(beside, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      named = beside
    }
    guard file >= 0 else { throw .system(path) }
    defer {
      close(file)
      if let named { unlink(named) }
    }
    guard image.withUnsafeBytes({ write(file, $0.baseAddress, $0.count) }) == image.count, fsync(file) == 0
    else {
      throw .system(path)
    }
    let source = named ?? "/proc/self/fd/\(file)"
    let isLinked = linkat(AT_FDCWD, source, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 || errno == EEXIST
    // File systems without links have no nameless files either.
    if !isLinked, named.map({ rename($0, path) != 0 }) ?? true {
      throw .system(path)
    }
    let above = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if above >= 0 {
      fsync(above)
      close(above)
    }
  }

  /// The bytes of an empty store.
  private static func empty() throws -> [UInt8] {
    let queue = try DatabaseQueue()
    try StoreSchema.migrator.migrate(queue)
    try queue.vacuum()
    return try queue.read { database in
      var size: Int64 = 0
      guard let image = sqlite3_serialize(database.sqliteConnection, "main", &size, 0) else {
        throw DatabaseError(resultCode: .SQLITE_NOMEM)
      }
      defer { sqlite3_free(image) }
      return Array(UnsafeBufferPointer(start: image, count: Int(size)))
    }
  }
}
