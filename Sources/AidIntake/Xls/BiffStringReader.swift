import AidModel

/// Reads the strings of a BIFF8 record, which may continue in CONTINUE records ([MS-XLS] 2.5.293, 2.5.294).
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

  /// Whether nothing is left to read.
  var isAtEnd: Bool { left == 0 && segments[(segment + 1)...].allSatisfy(\.isEmpty) }

  private mutating func goOn() throws(KindFault) {
    guard segment + 1 < segments.count else { throw BiffRecords.damaged }
    segment += 1
    at = segments[segment].lowerBound
  }

  /// A number of `count` bytes.
  mutating func number(_ count: Int) throws(KindFault) -> Int {
    if left >= count {
      defer { at += count }
      switch count {
      case 1: return records.u8(at)
      case 2: return records.u16(at)
      default: return records.u32(at)
      }
    }
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

  /// Appends one string as UTF-8, without phonetic text.
  /// - Parameter lengthBytes: the size of the character count, in bytes.
  /// - Returns: the fonts of its rich text runs.
  @discardableResult
  mutating func string(lengthBytes: Int = 2, into out: inout [UInt8]) throws(KindFault) -> [Int] {
    var characters = try number(lengthBytes)
    // Some writers omit the flags of an empty text.
    if characters == 0, isAtEnd { return [] }
    var flags = try number(1)
    let runs = flags & 8 != 0 ? try number(2) : 0
    let extra = flags & 4 != 0 ? try number(4) : 0
    var high: UInt32 = 0
    while characters > 0 {
      while left == 0 {
        // The text continues in the next record or a later one, perhaps with another character width.
        try goOn()
        flags = try number(1)
      }
      let isWide = flags & 1 != 0
      let count = min(characters, isWide ? left / 2 : left)
      guard count > 0 else { throw Self.brokenCharacter }
      if isWide { try wide(count, &high, &out) } else { try narrow(count, high, &out) }
      characters -= count
    }
    guard high == 0 else { throw Self.brokenCharacter }
    let fonts = try fonts(runs)
    try skip(extra)
    return fonts
  }

  /// The fonts of rich text runs; their positions are not needed.
  mutating func fonts(_ runs: Int) throws(KindFault) -> [Int] {
    var fonts: [Int] = []
    for _ in 0..<runs {
      try skip(2)
      fonts.append(try number(2))
    }
    return fonts
  }

  /// One-byte characters, in Latin-1.
  private mutating func narrow(_ count: Int, _ high: UInt32, _ out: inout [UInt8]) throws(KindFault) {
    guard high == 0 else { throw Self.brokenCharacter }
    for byte in records.slice(at..<(at + count)) {
      if byte < 0x80 { out.append(byte) } else { out += [0xC0 | byte >> 6, 0x80 | byte & 0x3F] }
    }
    at += count
  }

  /// UTF-16 code units.
  /// - Parameter high: a high surrogate whose low surrogate comes next, or 0.
  private mutating func wide(_ count: Int, _ high: inout UInt32, _ out: inout [UInt8]) throws(KindFault) {
    let bytes = records.slice(at..<(at + 2 * count))
    for i in 0..<count {
      let unit = UInt32(bytes.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self).littleEndian)
      if unit < 0x80, high == 0 {
        out.append(UInt8(truncatingIfNeeded: unit))
      } else if unit & 0xFC00 == 0xDC00, high != 0 {
        Self.append(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00), to: &out)
        high = 0
      } else {
        guard high == 0, unit & 0xFC00 != 0xDC00 else { throw Self.brokenCharacter }
        if unit & 0xFC00 == 0xD800 { high = unit } else { Self.append(unit, to: &out) }
      }
    }
    at += 2 * count
  }

  private static var brokenCharacter: KindFault {
    .damaged(Bilingual("有残缺的字符", "half a character"))
  }

  @inline(__always)
  private static func append(_ value: UInt32, to out: inout [UInt8]) {
    func rest(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | value >> shift & 0x3F) }
    switch value {
    case ..<0x80: out.append(UInt8(truncatingIfNeeded: value))
    case ..<0x800: out += [UInt8(truncatingIfNeeded: 0xC0 | value >> 6), rest(0)]
    case ..<0x10000:
      out.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
      out.append(rest(6))
      out.append(rest(0))
    default:
      out += [UInt8(truncatingIfNeeded: 0xF0 | value >> 18), rest(12), rest(6), rest(0)]
    }
  }
}
