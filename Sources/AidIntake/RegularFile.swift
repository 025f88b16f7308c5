import AidModel
import Glibc

/// A file opened for reading: the only way to open files from outside, be it a list, a policy or a password.
/// Pipes could block and devices never end, so both are rejected, and small files have a size limit.
public struct RegularFile: ~Copyable {
  /// Why a path is not a readable file.
  public enum Fault: Error, Sendable {
    /// There is nothing of that name.
    case missing
    /// It is a folder.
    case folder
    /// It is a pipe, a socket or a device.
    case noFile
    /// The system's `errno`.
    case unreadable(Int32)
    /// Longer than the limit requested.
    case tooLong(Int)
  }

  let descriptor: Int32
  /// The file's state when it was opened.
  let state: FileState
  private let isPipe: Bool

  /// - Parameter pipe: accept a pipe, e.g. from a program that prints a password; reading it times out.
  public init(path: String, orPipe pipe: Bool = false) throws(Fault) {
    // Without O_NONBLOCK, opening a pipe that has no writer would block.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: throw .missing
      case ENXIO: throw .noFile
      default: throw .unreadable(errno)
      }
    }
    var info = stat()
    let failed = fstat(file, &info) != 0
    let code = errno
    let kind = info.st_mode & S_IFMT
    guard !failed, kind == S_IFREG || (pipe && kind == S_IFIFO) else {
      close(file)
      throw failed ? .unreadable(code) : kind == S_IFDIR ? .folder : .noFile
    }
    (descriptor, state, isPipe) = (file, FileState(info), kind == S_IFIFO)
  }

  deinit { close(descriptor) }

  /// A duplicate descriptor for further reading; −1 if the system has none.
  public func keptOpen() -> Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }

  /// The time a program has to print a password, in seconds.
  private static let pipeSeconds = 60

  /// Reads the whole file.
  /// - Parameter most: larger files are rejected.
  public func bytes(most: Int) throws(Fault) -> [UInt8] {
    if state.size > most { throw .tooLong(most) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(state.size + 1)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var waited = 0
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count > 0 {
        bytes.append(contentsOf: buffer[0..<count])
        if bytes.count > most { throw .tooLong(most) }
        continue
      }
      if errno == EINTR { continue }
      guard isPipe, errno == EAGAIN, waited < Self.pipeSeconds else { throw .unreadable(errno) }
      var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      poll(&wanted, 1, 1000)
      waited += 1
    }
  }
}

/// The size and modification time of a file, which reveal changes.
struct FileState: Equatable, Sendable {
  let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  init(_ info: stat) {
    size = Int(info.st_size)
    (seconds, nanoseconds) = (info.st_mtim.tv_sec, info.st_mtim.tv_nsec)
  }

  /// Nil if the system does not tell.
  init?(descriptor: Int32) {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { return nil }
    self.init(info)
  }
}

extension RegularFile.Fault {
  /// The fault as a finding about a list.
  func failure(file: String) -> IntakeFailure {
    switch self {
    case .missing: IntakeFailure(IntakeFindings.fileMissing, file: file)
    case .noFile:
      IntakeFailure(
        IntakeFindings.fileKind, file: file, ["管道、套接字或设备，不是文件 (a pipe, socket or device, no file)"])
    case .folder: IntakeFailure(IntakeFindings.fileKind, file: file, ["文件夹 (a folder)"])
    case .unreadable(let code):
      IntakeFailure(IntakeFindings.fileUnreadable, file: file, [String(cString: strerror(code))])
    case .tooLong(let most): IntakeFailure(IntakeFindings.fileLimit, file: file, ["> \(most) bytes"])
    }
  }
}
