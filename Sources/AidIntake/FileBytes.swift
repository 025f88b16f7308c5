import AidModel
import Glibc

/// A file mapped read-only into memory; the kernel loads and evicts its pages. If another process truncates
/// the file, the missing part reads as zeros, and `hasChanged` is true.
final class FileBytes: Sendable {
  private let address: UInt
  let count: Int
  /// The mapped range: the bytes, perhaps with some around them.
  private let mapped: (address: UInt, count: Int)
  /// Kept open to detect changes of the file; −1 for bytes without a file.
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

  /// Whether the file was changed after opening: what was read may be a mixture of old and new.
  var hasChanged: Bool {
    if let watch, watch.hasFault { return true }
    return state != nil && FileState(descriptor: descriptor) != state
  }

  /// Bytes without a file, in their own memory. `fill` writes them and returns the range that counts; they
  /// are immutable afterwards.
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

  /// SHA-256 of all bytes, in hexadecimal.
  func sha256() -> String {
    var hash = SHA256()
    lookThrough {
      hash.update($0)
      return $0.count
    }
    return SHA256.hex(hash.finish())
  }

  /// Passes all bytes piece by piece. Pages of a large file are evicted once they have been passed.
  /// - Parameter piece: gets the next bytes; returns how many of them it has consumed, 0 to stop.
  func lookThrough(from first: Int = 0, _ piece: (UnsafeRawBufferPointer) -> Int) {
    let step = 16 << 20
    var start = first
    while start < count {
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[start..<min(start + step, count)])
      let done = piece(bytes)
      if done == 0 { return }
      if count > 2 * step, state != nil {
        // Evicted pages of a file are read again on demand; those of anonymous memory would be lost.
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
