import AidModel

/// The record stream of a BIFF8 workbook ([MS-XLS]): a type, a length, so many bytes.
struct BiffRecords: Sendable {
  struct Record {
    let type: Int
    /// Where its bytes begin, and how many there are.
    let start: Int
    let count: Int
  }

  let bytes: [UInt8]

  func u8(_ at: Int) -> Int { Int(bytes[at]) }
  func u16(_ at: Int) -> Int { Int(bytes[at]) | Int(bytes[at + 1]) << 8 }
  func u32(_ at: Int) -> Int { u16(at) | u16(at + 2) << 16 }
  func u64(_ at: Int) -> UInt64 { UInt64(u32(at)) | UInt64(u32(at + 4)) << 32 }
  func double(_ at: Int) -> Double { Double(bitPattern: u64(at)) }

  /// The record at an offset. Nil at the end of the stream.
  func record(at offset: Int) throws(KindFault) -> Record? {
    guard offset + 4 <= bytes.count else {
      // Some writers fill the stream up with zeros.
      return nil
    }
    let count = u16(offset + 2)
    guard offset + 4 + count <= bytes.count else { throw Self.damaged }
    return Record(type: u16(offset), start: offset + 4, count: count)
  }

  static var damaged: KindFault {
    .damaged(Bilingual(".xls 工作簿不完整或已损坏", "the .xls workbook is incomplete or damaged"))
  }

  /// A record's bytes and those of the CONTINUE records behind it, as ranges.
  func segments(of record: Record) throws(KindFault) -> [Range<Int>] {
    var segments = [record.start..<(record.start + record.count)]
    var next = record.start + record.count
    while let more = try self.record(at: next), more.type == 0x3C {
      segments.append(more.start..<(more.start + more.count))
      next = more.start + more.count
    }
    return segments
  }
}

/// Reads strings of a record that may go on in CONTINUE records.
struct BiffStringReader {
  private let records: BiffRecords
  private let segments: [Range<Int>]
  private var segment = 0
  private var at: Int

  init(_ records: BiffRecords, _ segments: [Range<Int>]) {
    self.records = records
    self.segments = segments
    at = segments[0].lowerBound
  }

  private var left: Int { segments[segment].upperBound - at }

  private mutating func goOn() throws(KindFault) {
    guard segment + 1 < segments.count else { throw BiffRecords.damaged }
    segment += 1
    at = segments[segment].lowerBound
  }

  private mutating func number(_ count: Int) throws(KindFault) -> Int {
    var value = 0
    for i in 0..<count {
      while left == 0 { try goOn() }
      value |= records.u8(at) << (8 * i)
      at += 1
    }
    return value
  }

  mutating func skip(_ count: Int) throws(KindFault) {
    var rest = count
    while rest > 0 {
      while left == 0 { try goOn() }
      let step = min(rest, left)
      at += step
      rest -= step
    }
  }

  /// Appends one string as UTF-8, phonetic text left out.
  /// - Parameter lengthBytes: how many bytes the count of characters has.
  /// - Returns: the fonts of its rich text runs.
  @discardableResult
  mutating func string(lengthBytes: Int = 2, into out: inout [UInt8]) throws(KindFault) -> [Int] {
    var characters = try number(lengthBytes)
    var flags = try number(1)
    let runs = flags & 8 != 0 ? try number(2) : 0
    let extra = flags & 4 != 0 ? try number(4) : 0
    var high: UInt32 = 0
    while characters > 0 {
      if left == 0 {
        // The rest of the text goes on in the next record, perhaps with other widths.
        try goOn()
        flags = try number(1)
      }
      let unit = UInt32(try number(flags & 1 != 0 ? 2 : 1))
      characters -= 1
      if unit & 0xFC00 == 0xDC00, high != 0 {
        Self.append(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00), to: &out)
        high = 0
        continue
      }
      guard high == 0, unit & 0xFC00 != 0xDC00 else { throw Self.brokenCharacter }
      if unit & 0xFC00 == 0xD800 { high = unit } else { Self.append(unit, to: &out) }
    }
    guard high == 0 else { throw Self.brokenCharacter }
    var fonts: [Int] = []
    for _ in 0..<runs {
      try skip(2)
      fonts.append(try number(2))
    }
    try skip(extra)
    return fonts
  }

  private static var brokenCharacter: KindFault {
    .damaged(Bilingual("有残缺的字符", "half a character"))
  }

  private static func append(_ value: UInt32, to out: inout [UInt8]) {
    if value < 0x80 { return out.append(UInt8(value)) }
    if let scalar = Unicode.Scalar(value), let units = UTF8.encode(scalar) { out.append(contentsOf: units) }
  }
}
