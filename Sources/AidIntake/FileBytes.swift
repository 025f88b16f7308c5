import AidModel
import Glibc

/// A file's bytes, mapped into memory and read-only; pages come and go as the system likes. A file that others cut
/// short meanwhile reads as zeros from there on, and says so.
final class FileBytes: Sendable {
  private let address: UInt
  let count: Int
  /// What is mapped: the bytes, and perhaps some around them.
  private let mapped: (address: UInt, count: Int)
  /// The file is kept open to see whether it is still what it was; −1 for bytes of no file.
  private let descriptor: Int32
  private let state: FileState?
  private let watch: MappedFaults.Watch?

  init(path: String) throws(RegularFile.Fault) {
    let file = try RegularFile(path: path)
    let own = file.keptOpen()
    if own < 0 { throw .unreadable(errno) }
    let size = file.state.size
    if size == 0 {
      (count, address, mapped, watch) = (0, 0, (0, 0), nil)
    } else {
      guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, own, 0), start != MAP_FAILED else {
        let code = errno
        close(own)
        throw .unreadable(code)
      }
      (count, address) = (size, UInt(bitPattern: start))
      mapped = (address, size)
      watch = MappedFaults.watch(address, size)
    }
    (descriptor, state) = (own, file.state)
  }

  /// Somebody has changed the file since it was opened: what was read may be half the old and half the new one.
  var hasChanged: Bool {
    if let watch, watch.hasFault { return true }
    return state != nil && FileState(descriptor: descriptor) != state
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
      (descriptor, state, watch) = (-1, nil, nil)
    } catch {
      munmap(start, max(size, 1))
      throw error
    }
  }

  deinit {
    watch?.end()
    if descriptor >= 0 { close(descriptor) }
    if mapped.count > 0 { munmap(UnsafeMutableRawPointer(bitPattern: mapped.address), mapped.count) }
  }

  /// Valid as long as this object lives.
  var buffer: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
  }

  /// SHA-256 of all bytes, hexadecimal.
  func sha256() -> String {
    var hash = SHA256()
    lookThrough {
      hash.update($0)
      return $0.count
    }
    return SHA256.hex(hash.finish())
  }

  /// Goes through all bytes a piece at a time. Those of a large file are not kept in memory for having been looked at.
  /// - Parameter piece: told the next bytes; says how many of them it is done with, none: that is enough.
  func lookThrough(from first: Int = 0, _ piece: (UnsafeRawBufferPointer) -> Int) {
    let step = 16 << 20
    var start = first
    while start < count {
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[start..<min(start + step, count)])
      let done = piece(bytes)
      if done == 0 { return }
      if count > 2 * step, state != nil {
        // Whole pages of a file come back from it; those of memory of our own would not.
        let page = 1 << 16
        let from = (mapped.address + UInt(start)) & ~UInt(page - 1)
        let to = (mapped.address + UInt(start + done)) & ~UInt(page - 1)
        if from >= mapped.address, to > from {
          madvise(UnsafeMutableRawPointer(bitPattern: from), Int(to - from), MADV_DONTNEED)
        }
      }
      start += done
    }
  }

  func little16(_ at: Int) -> Int { Int(buffer[at]) | Int(buffer[at + 1]) << 8 }
  func little32(_ at: Int) -> Int { little16(at) | little16(at + 2) << 16 }
  func little64(_ at: Int) -> UInt64 { UInt64(little32(at)) | UInt64(little32(at + 4)) << 32 }

  func starts(with magic: [UInt8], at offset: Int = 0) -> Bool {
    count >= offset + magic.count && buffer[offset..<(offset + magic.count)].elementsEqual(magic)
  }
}
