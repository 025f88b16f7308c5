import AidModel
import Glibc

/// A file opened for reading: the one way in for whatever others hand us, be it a list, a policy or a password. A pipe
/// would be waited for and a device may never end, so both are refused, and a small file has a largest size.
public struct RegularFile: ~Copyable {
  /// Why a path is no file that can be read.
  public enum Fault: Error, Sendable {
    /// Nothing of that name.
    case missing
    /// A folder.
    case folder
    /// A pipe, a socket or a device.
    case noFile
    /// The system's reason, as `errno` has it.
    case unreadable(Int32)
    /// Longer than the number of bytes asked for.
    case tooLong(Int)
  }

  let descriptor: Int32
  /// In bytes, as the file was opened.
  let state: FileState
  private let isPipe: Bool

  /// - Parameter pipe: a pipe will do, as of a program that prints a password; nobody waits for it for long.
  public init(path: String, orPipe pipe: Bool = false) throws(Fault) {
    // Opening a pipe that nobody writes to would not come back.
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

  /// A descriptor of its own for whoever reads on; −1 where the system has none.
  public func keptOpen() -> Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }

  /// How long a program may take to print a password, in seconds.
  private static let pipeSeconds = 60

  /// All of it.
  /// - Parameter most: what has more bytes is refused.
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

/// What shows that somebody has written to a file: its size and the time of the last change.
struct FileState: Equatable, Sendable {
  let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  init(_ info: stat) {
    size = Int(info.st_size)
    (seconds, nanoseconds) = (info.st_mtim.tv_sec, info.st_mtim.tv_nsec)
  }

  /// Nil where the system does not say.
  init?(descriptor: Int32) {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { return nil }
    self.init(info)
  }
}

extension RegularFile.Fault {
  /// The same as a finding on a list.
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
