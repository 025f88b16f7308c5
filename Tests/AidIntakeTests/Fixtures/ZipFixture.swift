import CZlib

/// An archive built byte by byte, as valid or invalid as a test requires (PKWARE APPNOTE 6.3).
struct ZipFixture {
  struct Part {
    var name: String
    var bytes: [UInt8]
    var isDeflated = true
    /// Sizes and checksum follow the bytes instead of preceding them.
    var hasDescriptor = false
    /// Sizes and offset are in the ZIP64 field.
    var isLong = false
    var isEncrypted = false
    /// False values for the directory.
    var method: Int?
    var crc: UInt32?
    var size: Int?
    var packed: Int?
    /// The part begins where another one does.
    var sharesBytesOf: String?
  }

  var parts: [Part] = []
  var before: [UInt8] = []
  var comment: [UInt8] = []
  /// Adds the ZIP64 end record, for more than 65,535 parts or 4 GiB.
  var hasLongEnd = false

  mutating func add(_ name: String, _ text: String, deflated: Bool = true) {
    parts.append(Part(name: name, bytes: Array(text.utf8), isDeflated: deflated))
  }

  func bytes() -> [UInt8] {
    var out = before
    var directory: [UInt8] = []
    var places: [String: Int] = [:]
    for part in parts {
      let packed = part.isDeflated ? Self.deflate(part.bytes) : part.bytes
      let crc = part.bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
      let numbers = Numbers(
        part, crc: part.crc ?? UInt32(crc), packed: part.packed ?? packed.count,
        size: part.size ?? part.bytes.count)
      let at = part.sharesBytesOf.flatMap { places[$0] } ?? out.count
      places[part.name] = at
      if part.sharesBytesOf == nil { out += numbers.header + packed + numbers.descriptor }
      directory += numbers.entry(at: at - before.count)
    }
    let start = out.count - before.count
    out += directory
    var (count, size, offset) = (parts.count, directory.count, start)
    if hasLongEnd {
      let longEnd = out.count - before.count
      out += Self.little(0x0606_4B50, 4) + Self.little(44, 8) + Self.little(45, 2) + Self.little(45, 2)
      out += Self.little(0, 8) + Self.little(count, 8) + Self.little(count, 8)
      out += Self.little(size, 8) + Self.little(offset, 8)
      out += Self.little(0x0706_4B50, 4) + Self.little(0, 4) + Self.little(longEnd, 8) + Self.little(1, 4)
      (count, size, offset) = (0xFFFF, 0xFFFF_FFFF, 0xFFFF_FFFF)
    }
    out += Self.little(0x0605_4B50, 4) + Self.little(0, 4) + Self.little(count, 2) + Self.little(count, 2)
    return out + Self.little(size, 4) + Self.little(offset, 4) + Self.little(comment.count, 2) + comment
  }

  /// The records of one part.
  private struct Numbers {
    let part: Part
    let crc: UInt32
    let packed: Int
    let size: Int

    init(_ part: Part, crc: UInt32, packed: Int, size: Int) {
      (self.part, self.crc, self.packed, self.size) = (part, crc, packed, size)
    }

    private var name: [UInt8] { Array(part.name.utf8) }
    private var method: Int { part.method ?? (part.isDeflated ? 8 : 0) }
    private var flags: Int { 0x800 | (part.isEncrypted ? 1 : 0) | (part.hasDescriptor ? 8 : 0) }

    var header: [UInt8] {
      let known = !part.hasDescriptor
      return little(0x0403_4B50, 4) + little(20, 2) + little(flags, 2) + little(method, 2) + little(0, 4)
        + little(known ? Int(crc) : 0, 4) + little(known ? packed : 0, 4) + little(known ? size : 0, 4)
        + little(name.count, 2) + little(0, 2) + name
    }

    var descriptor: [UInt8] {
      if !part.hasDescriptor { return [] }
      return little(0x0807_4B50, 4) + little(Int(crc), 4) + little(packed, 4) + little(size, 4)
    }

    func entry(at: Int) -> [UInt8] {
      let long =
        part.isLong ? little(1, 2) + little(24, 2) + little(size, 8) + little(packed, 8) + little(at, 8) : []
      let full = 0xFFFF_FFFF
      return little(0x0201_4B50, 4) + little(20, 2) + little(20, 2) + little(flags, 2) + little(method, 2)
        + little(0, 4) + little(Int(crc), 4) + little(part.isLong ? full : packed, 4)
        + little(part.isLong ? full : size, 4) + little(name.count, 2) + little(long.count, 2) + little(0, 10)
        + little(part.isLong ? full : at, 4) + name + long
    }

    private func little(_ value: Int, _ count: Int) -> [UInt8] { ZipFixture.little(value, count) }
  }

  static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func deflate(_ bytes: [UInt8]) -> [UInt8] {
    var count = compressBound(UInt(bytes.count))
    var out = [UInt8](repeating: 0, count: Int(count))
    let status = compress2(&out, &count, bytes, UInt(bytes.count), 6)
    precondition(status == Z_OK, "zlib packs into a buffer of its own bound")
    // Without zlib's two-byte header and four-byte checksum.
    return Array(out[2..<(Int(count) - 4)])
  }
}
