import AidModel
import CIsal

/// Inflates one part of an archive piece by piece, and checks its size and CRC at the end.
struct Inflater: ~Copyable {
  private let bytes: FileBytes
  private let entry: ZipArchive.Entry
  /// On the heap, because it is large and its address must not change.
  private let stream: UnsafeMutablePointer<inflate_state>
  private var position: Int
  private var produced = 0
  private var crc: UInt32 = 0
  private var isOver = false

  enum Fault: Error { case damaged(Bilingual), limit(String) }

  init(_ entry: ZipArchive.Entry, of archive: ZipArchive) {
    bytes = archive.bytes
    self.entry = entry
    position = entry.start
    stream = .allocate(capacity: 1)
    // The library's initial state is raw deflate without a wrapper.
    isal_inflate_init(stream)
  }

  deinit { stream.deallocate() }

  /// Fills `window` with the next bytes of the part; fewer than fit only at the end, then 0.
  mutating func fill(_ window: UnsafeMutableBufferPointer<UInt8>) throws(Fault) -> Int {
    if isOver { return 0 }
    let count = entry.isDeflated ? try inflate(into: window) : copy(into: window)
    produced += count
    if produced > entry.size { throw wrong }
    if count > 0 { crc = crc32_gzip_refl(crc, window.baseAddress, UInt64(count)) }
    if isOver, produced != entry.size || crc != entry.crc || position != entry.start + entry.packed {
      throw wrong
    }
    return count
  }

  private var wrong: Fault {
    .damaged(Bilingual("压缩包校验不符（\(entry.name)）", "the archive's checksum or size is wrong (\(entry.name))"))
  }

  private mutating func copy(into window: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let count = min(window.count, entry.start + entry.packed - position)
    if count > 0 {
      UnsafeMutableRawPointer(window.baseAddress!).copyMemory(
        from: bytes.buffer.baseAddress! + position, byteCount: count)
    }
    position += count
    isOver = position == entry.start + entry.packed
    return count
  }

  private mutating func inflate(into window: UnsafeMutableBufferPointer<UInt8>) throws(Fault) -> Int {
    stream.pointee.next_out = window.baseAddress
    stream.pointee.avail_out = UInt32(window.count)
    while true {
      let chunk = min(entry.start + entry.packed - position, 1 << 30)
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: (bytes.buffer.baseAddress! + position).assumingMemoryBound(to: UInt8.self))
      stream.pointee.avail_in = UInt32(chunk)
      let room = stream.pointee.avail_out
      let status = isal_inflate(stream)
      position += chunk - Int(stream.pointee.avail_in)
      if stream.pointee.block_state == ISAL_BLOCK_FINISH {
        // Whole bytes read ahead belong to the data that follows.
        position -= Int(stream.pointee.read_in_length) / 8
        isOver = true
        break
      }
      if stream.pointee.avail_out == 0 { break }
      let stuck = chunk == 0 && stream.pointee.avail_out == room
      if status < 0 || stuck {
        throw .damaged(Bilingual("压缩数据损坏（\(entry.name)）", "damaged compressed data (\(entry.name))"))
      }
    }
    return window.count - Int(stream.pointee.avail_out)
  }
}
