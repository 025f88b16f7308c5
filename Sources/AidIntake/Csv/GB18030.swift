import CIconv
import Glibc

/// GB18030, 2022 edition. The system's converter does most of the work; codes that differ between editions
/// are decoded here, so that the result depends on the standard, not on the system.
enum GB18030 {
  /// The two-byte codes on which converters disagree, per the 2022 edition. Six of them are still private use
  /// there: no converter may guess the intended character.
  static let cells: [UInt16: UInt32] = [
    0xA6D9: 0xFE10, 0xA6DA: 0xFE12, 0xA6DB: 0xFE11, 0xA6DC: 0xFE13, 0xA6DD: 0xFE14, 0xA6DE: 0xFE15,
    0xA6DF: 0xFE16, 0xA6EC: 0xFE17, 0xA6ED: 0xFE18, 0xA6F3: 0xFE19, 0xA8BC: 0x1E3F,
    0xFE51: 0xE816, 0xFE52: 0xE817, 0xFE53: 0xE818, 0xFE59: 0x9FB4, 0xFE61: 0x9FB5, 0xFE66: 0x9FB6,
    0xFE67: 0x9FB7, 0xFE6C: 0xE831, 0xFE6D: 0x9FB8, 0xFE76: 0xE83B, 0xFE7E: 0x9FB9, 0xFE90: 0x9FBA,
    0xFE91: 0xE855, 0xFEA0: 0x9FBB,
  ]

  /// Four-byte codes of the same characters in editions before 2022. Some converters reject them although
  /// their meaning is unambiguous.
  static func older(_ code: UInt32) -> UInt32? {
    switch code {
    case 0x8431_8236...0x8431_8239: 0xFE10 + (code - 0x8431_8236)
    case 0x8431_8330...0x8431_8335: 0xFE14 + (code - 0x8431_8330)
    case 0x8235_9037...0x8235_9039: 0x9FB4 + (code - 0x8235_9037)
    case 0x8235_9130...0x8235_9134: 0x9FB7 + (code - 0x8235_9130)
    default: nil
    }
  }

  static func utf8(_ bytes: UnsafeRawBufferPointer) -> Result<[UInt8], BadBytes> {
    guard let converter = iconv_open("UTF-8", "GB18030"), converter != iconv_t(bitPattern: -1) else {
      return .failure(.noConverter)
    }
    defer { iconv_close(converter) }
    return utf8(bytes, converter)
  }

  /// - Parameter converter: from GB18030 to UTF-8.
  static func utf8(_ bytes: UnsafeRawBufferPointer, _ converter: iconv_t) -> Result<[UInt8], BadBytes> {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 3 / 2)
    var run = 0
    var at = 0
    while at < bytes.count {
      let lead = bytes[at]
      if lead < 0x80 {
        at += 1
        continue
      }
      var length = 2
      var own: UInt32?
      if at + 1 < bytes.count, bytes[at + 1] >= 0x30, bytes[at + 1] <= 0x39 {
        length = 4
        if at + 3 < bytes.count { own = older(bytes.big32(at)) }
      } else if lead == 0xA6 || lead == 0xA8 || lead == 0xFE, at + 1 < bytes.count {
        own = cells[UInt16(lead) << 8 | UInt16(bytes[at + 1])]
      }
      if let own, let scalar = Unicode.Scalar(own) {
        guard convert(bytes[run..<at], converter, &out) else { return .failure(.at(line: line(after: out))) }
        out.append(contentsOf: UTF8.encode(scalar)!)
        run = at + length
      }
      at += length
    }
    guard convert(bytes[min(run, bytes.count)...], converter, &out) else {
      return .failure(.at(line: line(after: out)))
    }
    return .success(out)
  }

  private static func line(after text: [UInt8]) -> Int { text.reduce(1) { $0 + ($1 == 10 ? 1 : 0) } }

  /// Appends `bytes` converted to UTF-8; stops and returns false at the first invalid byte.
  static func convert(
    _ bytes: Slice<UnsafeRawBufferPointer>, _ converter: iconv_t, _ out: inout [UInt8]
  ) -> Bool {
    let whole = UnsafeRawBufferPointer(rebasing: bytes)
    guard let start = whole.baseAddress, !whole.isEmpty else { return true }
    var input: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(
      mutating: start.assumingMemoryBound(to: CChar.self))
    var left = whole.count
    return withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { space in
      while left > 0 {
        var output = space.baseAddress?.assumingMemoryBound(to: CChar.self)
        var room = space.count
        let failed = iconv(converter, &input, &left, &output, &room) == -1
        let code = errno
        out.append(contentsOf: UnsafeRawBufferPointer(rebasing: space[..<(space.count - room)]))
        if failed, code != E2BIG { return false }
      }
      return true
    }
  }
}

extension UnsafeRawBufferPointer {
  fileprivate func big32(_ at: Int) -> UInt32 {
    UInt32(self[at]) << 24 | UInt32(self[at + 1]) << 16 | UInt32(self[at + 2]) << 8 | UInt32(self[at + 3])
  }
}
