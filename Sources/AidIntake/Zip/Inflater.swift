import AidModel
import CZlib

/// Inflates one part of an archive piece by piece, checking its size and CRC at the end.
struct Inflater: ~Copyable {
  private let bytes: FileBytes
  private let entry: ZipArchive.Entry
  private let limits: IntakeLimits
  /// zlib keeps the stream's address, so it lives on the heap.
  private let stream: UnsafeMutablePointer<z_stream>
  private let window: UnsafeMutablePointer<UInt8>
  private var position: Int
  private var produced = 0
  private var crc: UInt = 0
  private var isOver = false

  static let pieceSize = 1 << 18

  enum Fault: Error { case damaged(Bilingual), limit(String) }

  init(_ entry: ZipArchive.Entry, of archive: ZipArchive, limits: IntakeLimits) throws(Fault) {
    bytes = archive.bytes
    self.entry = entry
    self.limits = limits
    position = entry.start
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    window = .allocate(capacity: Self.pieceSize)
    if entry.isDeflated {
      let status = inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      guard status == Z_OK else { throw .limit("memory") }
    }
  }

  deinit {
    if entry.isDeflated { inflateEnd(stream) }
    stream.deallocate()
    window.deallocate()
  }

  /// The next piece, valid until the next call; empty at the end.
  mutating func next() throws(Fault) -> UnsafeBufferPointer<UInt8> {
    if isOver { return UnsafeBufferPointer(start: window, count: 0) }
    let count = entry.isDeflated ? try inflatePiece() : copyPiece()
    produced += count
    if produced > limits.inflatedBytesMax { throw .limit("inflated > \(limits.inflatedBytesMax) bytes") }
    if produced > limits.inflationRatioFrom, produced / limits.inflationRatioMax > max(entry.packed, 1) {
      throw .limit("inflated > \(limits.inflationRatioMax) ×")
    }
    crc = crc32(crc, window, UInt32(count))
    if isOver, produced != entry.size || UInt32(truncatingIfNeeded: crc) != entry.crc {
      throw .damaged(Bilingual("压缩包校验不符（\(entry.name)）", "the archive's checksum is wrong (\(entry.name))"))
    }
    return UnsafeBufferPointer(start: window, count: count)
  }

  private mutating func copyPiece() -> Int {
    let count = min(Self.pieceSize, entry.start + entry.packed - position)
    if count > 0 {
      UnsafeMutableRawPointer(window).copyMemory(
        from: bytes.buffer.baseAddress! + position, byteCount: count)
    }
    position += count
    isOver = position == entry.start + entry.packed
    return count
  }

  private mutating func inflatePiece() throws(Fault) -> Int {
    stream.pointee.next_out = window
    stream.pointee.avail_out = UInt32(Self.pieceSize)
    while stream.pointee.avail_out > 0 {
      let left = entry.start + entry.packed - position
      let chunk = min(left, 1 << 30)
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: (bytes.buffer.baseAddress! + position).assumingMemoryBound(to: UInt8.self))
      stream.pointee.avail_in = UInt32(chunk)
      let status = inflate(stream, Z_NO_FLUSH)
      position += chunk - Int(stream.pointee.avail_in)
      if status == Z_STREAM_END {
        isOver = true
        break
      }
      let stuck = status == Z_BUF_ERROR || (chunk == 0 && stream.pointee.avail_out > 0)
      if (status != Z_OK && status != Z_BUF_ERROR) || stuck {
        throw .damaged(Bilingual("压缩数据损坏（\(entry.name)）", "damaged compressed data (\(entry.name))"))
      }
    }
    return Self.pieceSize - Int(stream.pointee.avail_out)
  }
}
