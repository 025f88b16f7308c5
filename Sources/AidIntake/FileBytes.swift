import AidModel
import Glibc

/// A file's bytes, mapped into memory and read-only; pages come and go as the system likes.
final class FileBytes: Sendable {
  private let address: UInt
  let count: Int
  /// What is mapped: the bytes, and perhaps some around them.
  private let mapped: (address: UInt, count: Int)

  /// Nil when the file cannot be opened; `errno` says why: ENXIO where it is no file but a pipe, a socket or a device.
  init?(path: String) {
    // A pipe that nobody writes to would be waited for.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var info = stat()
    guard fstat(file, &info) == 0 else { return nil }
    guard info.st_mode & S_IFMT == S_IFREG else {
      errno = info.st_mode & S_IFMT == S_IFDIR ? EISDIR : ENXIO
      return nil
    }
    count = Int(info.st_size)
    if count == 0 {
      (address, mapped) = (0, (0, 0))
      return
    }
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED else {
      return nil
    }
    address = UInt(bitPattern: start)
    mapped = (address, count)
  }

  /// Bytes of no file, in memory of their own. `fill` writes them and says which of them count; nobody writes to them
  /// afterwards.
  init(
    memory size: Int, fill: (UnsafeMutableRawBufferPointer) throws(KindFault) -> Range<Int>
  ) throws(KindFault) {
    let kinds = MAP_PRIVATE | MAP_ANONYMOUS
    guard let start = mmap(nil, max(size, 1), PROT_READ | PROT_WRITE, kinds, -1, 0), start != MAP_FAILED
    else { throw .limit("\(size) bytes of memory") }
    do throws(KindFault) {
      let range = try fill(UnsafeMutableRawBufferPointer(start: start, count: size))
      precondition(range.lowerBound >= 0 && range.upperBound <= size, "only what was written counts")
      mapped = (UInt(bitPattern: start), max(size, 1))
      (address, count) = (mapped.address + UInt(range.lowerBound), range.count)
    } catch {
      munmap(start, max(size, 1))
      throw error
    }
  }

  deinit {
    if mapped.count > 0 { munmap(UnsafeMutableRawPointer(bitPattern: mapped.address), mapped.count) }
  }

  /// Valid as long as this object lives.
  var buffer: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
  }

  /// SHA-256 of all bytes, hexadecimal. Those of a large file are not kept in memory for having been looked at.
  func sha256() -> String {
    var hash = SHA256()
    let step = 16 << 20
    for start in stride(from: 0, to: count, by: step) {
      let piece = UnsafeRawBufferPointer(rebasing: buffer[start..<min(start + step, count)])
      hash.update(piece)
      if count > 2 * step {
        madvise(UnsafeMutableRawPointer(mutating: piece.baseAddress!), piece.count, MADV_DONTNEED)
      }
    }
    return SHA256.hex(hash.finish())
  }

  func little16(_ at: Int) -> Int { Int(buffer[at]) | Int(buffer[at + 1]) << 8 }
  func little32(_ at: Int) -> Int { little16(at) | little16(at + 2) << 16 }
  func little64(_ at: Int) -> UInt64 { UInt64(little32(at)) | UInt64(little32(at + 4)) << 32 }

  func starts(with magic: [UInt8], at offset: Int = 0) -> Bool {
    count >= offset + magic.count && buffer[offset..<(offset + magic.count)].elementsEqual(magic)
  }
}
