import Glibc

/// A file's bytes, mapped into memory and read-only; pages come and go as the system likes.
final class FileBytes: Sendable {
  private let address: UInt
  let count: Int

  /// Nil when the file cannot be opened; `errno` says why.
  init?(path: String) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var info = stat()
    guard fstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
      errno = EISDIR
      return nil
    }
    count = Int(info.st_size)
    if count == 0 {
      address = 0
      return
    }
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED else {
      return nil
    }
    address = UInt(bitPattern: start)
  }

  deinit {
    if count > 0 { munmap(UnsafeMutableRawPointer(bitPattern: address), count) }
  }

  /// Valid as long as this object lives.
  var buffer: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
  }

  func little16(_ at: Int) -> Int { Int(buffer[at]) | Int(buffer[at + 1]) << 8 }
  func little32(_ at: Int) -> Int { little16(at) | little16(at + 2) << 16 }
  func little64(_ at: Int) -> UInt64 { UInt64(little32(at)) | UInt64(little32(at + 4)) << 32 }

  func starts(with magic: [UInt8], at offset: Int = 0) -> Bool {
    count >= offset + magic.count && buffer[offset..<(offset + magic.count)].elementsEqual(magic)
  }
}
