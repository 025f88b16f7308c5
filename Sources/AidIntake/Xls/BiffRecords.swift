import AidModel

/// The record stream of a workbook ([MS-XLS]): each record is a type, a length and that many bytes.
struct BiffRecords: Sendable {
  struct Record {
    let type: Int
    /// Offset and number of its bytes.
    let start: Int
    let count: Int

    var end: Int { start + count }
  }

  /// Owns the memory at `address`.
  private let bytes: FileBytes
  private let address: UInt
  let count: Int

  init(_ bytes: FileBytes) {
    self.bytes = bytes
    address = UInt(bitPattern: bytes.buffer.baseAddress)
    count = bytes.count
  }

  /// - Precondition: the value at `at` lies within the stream.
  @inline(__always)
  private func load<Word: BitwiseCopyable>(_ at: Int, _ type: Word.Type) -> Word {
    precondition(at >= 0 && at &+ MemoryLayout<Word>.size <= count, "a record is read within its bytes")
    return UnsafeRawPointer(bitPattern: address &+ UInt(bitPattern: at))!.loadUnaligned(as: type)
  }

  @inline(__always)
  func u8(_ at: Int) -> Int { Int(load(at, UInt8.self)) }
  @inline(__always)
  func u16(_ at: Int) -> Int { Int(load(at, UInt16.self).littleEndian) }
  @inline(__always)
  func u32(_ at: Int) -> Int { Int(load(at, UInt32.self).littleEndian) }
  @inline(__always)
  func double(_ at: Int) -> Double { Double(bitPattern: load(at, UInt64.self).littleEndian) }

  /// - Precondition: the range is within the stream.
  func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes.buffer[range])
  }

  /// The version of the stream that begins at an offset; nil if none does.
  func version(at offset: Int) -> BiffVersion? { BiffVersion(bytes, at: offset) }

  /// The record at an offset; nil at the end of the stream.
  @inline(__always)
  func record(at offset: Int) throws(KindFault) -> Record? {
    // Some writers pad the stream with zeros.
    guard offset &+ 4 <= count else { return nil }
    let length = u16(offset + 2)
    guard offset &+ 4 &+ length <= count else { throw Self.damaged }
    return Record(type: u16(offset), start: offset &+ 4, count: length)
  }

  static var damaged: KindFault {
    .damaged(Bilingual(".xls 工作簿不完整或已损坏", "the .xls workbook is incomplete or damaged"))
  }

  static let beginning = 0x809
  static let end = 0x0A
  static let continuation = 0x3C

  /// The byte ranges of a record from `start` and of the CONTINUE records after it.
  /// - Precondition: `start` is within the record or at its end.
  func segments(of record: Record, from start: Int) throws(KindFault) -> [Range<Int>] {
    var segments = [start..<record.end]
    var next = record.end
    while let more = try self.record(at: next), more.type == Self.continuation {
      segments.append(more.start..<more.end)
      next = more.end
    }
    return segments
  }

  /// The offsets of the consecutive substreams: the globals, then each sheet. Leaves out a damaged remainder.
  func substreams() -> [Int] {
    var starts: [Int] = []
    var (next, depth) = (0, 0)
    while let record = try? record(at: next) {
      if record.type == Self.beginning {
        if depth == 0 { starts.append(next) }
        depth += 1
      } else if record.type == Self.end, depth > 0 {
        depth -= 1
      }
      next = record.end
    }
    return starts
  }
}
