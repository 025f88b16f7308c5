import AidModel

/// The directory of a ZIP archive (PKWARE APPNOTE), with ZIP64. Names are only keys, never paths on disk.
struct ZipArchive {
  struct Entry {
    /// With forward slashes, none leading.
    let name: String
    let isDeflated: Bool
    let crc: UInt32
    let packed: Int
    let size: Int
    /// Offsets of the part's local header and of its packed bytes.
    let header: Int
    let start: Int
  }

  let bytes: FileBytes
  private(set) var entries: [Entry] = []
  private var exact: [ExactText: Int] = [:]
  private var folded: [ExactText: Int] = [:]

  enum Fault: Error { case damaged(Bilingual), encrypted, limit(String) }

  init(_ bytes: FileBytes, limits: IntakeLimits) throws(Fault) {
    self.bytes = bytes
    let directory = try ZipDirectory(bytes)
    guard directory.count <= limits.archiveEntriesMax else {
      throw .limit("\(directory.count) > \(limits.archiveEntriesMax) parts")
    }
    var at = directory.start
    for _ in 0..<directory.count {
      let (entry, length) = try directory.entry(at, of: bytes)
      entries.append(entry)
      at += length
    }
    if at + 4 <= directory.end, bytes.little32(at) == ZipDirectory.entrySignature {
      throw .damaged(Bilingual("压缩包目录的条数不符", "the archive's directory holds more parts than it says"))
    }
    try index()
    try refuseBombs(limits)
  }

  /// Whether a file ends like an archive, whatever precedes it.
  static func endsAsArchive(_ bytes: FileBytes) -> Bool { (try? ZipDirectory(bytes)) != nil }

  private mutating func index() throws(Fault) {
    for (i, entry) in entries.enumerated() {
      if entry.name.split(separator: "/").contains("..") {
        throw .damaged(Bilingual("压缩包内有带“..”的名称", "a part name of the archive has '..' in it"))
      }
      if entry.name.hasSuffix("/") { continue }
      guard exact.updateValue(i, forKey: ExactText(entry.name)) == nil else {
        throw .damaged(Bilingual("压缩包内有两个 \(entry.name)", "the archive holds \(entry.name) twice"))
      }
      let key = ExactText(entry.name.lowercased())
      if folded[key] == nil { folded[key] = i }
    }
  }

  /// Overlapping parts would multiply what a small file inflates to. The sizes in the directory are enforced
  /// later, while inflating.
  private func refuseBombs(_ limits: IntakeLimits) throws(Fault) {
    let sorted = entries.sorted { $0.header < $1.header }
    for (a, b) in zip(sorted, sorted.dropFirst()) where a.start + a.packed > b.header {
      throw .damaged(Bilingual("压缩包的部分互相重叠", "parts of the archive overlap"))
    }
    var total = 0
    for entry in entries {
      guard entry.size <= limits.inflatedBytesMax - total else {
        throw .limit("inflated > \(limits.inflatedBytesMax) bytes")
      }
      total += entry.size
    }
    if total > limits.inflationRatioFrom, total / limits.inflationRatioMax >= bytes.count {
      throw .limit("inflated > \(limits.inflationRatioMax) ×")
    }
  }

  /// The entry with a name; office programs disagree on case and leading slashes.
  func entry(_ name: String) -> Entry? {
    let wanted = name.hasPrefix("/") ? String(name.dropFirst()) : name
    let found = exact[ExactText(wanted)] ?? folded[ExactText(wanted.lowercased())]
    return found.map { entries[$0] }
  }
}

/// The position of an archive's directory, and its number of records.
struct ZipDirectory {
  static let entrySignature = 0x0201_4b50

  let count: Int
  let start: Int
  let end: Int
  /// The number of bytes before the archive, by which all its offsets are too small.
  let shift: Int

  static var damaged: ZipArchive.Fault {
    .damaged(Bilingual("压缩包不完整或已损坏", "the archive is incomplete or damaged"))
  }

  /// Finds the end record, after which only a comment may follow.
  init(_ bytes: FileBytes) throws(ZipArchive.Fault) {
    var at = bytes.count - 22
    let lowest = max(0, at - 65_535)
    while at >= lowest {
      if bytes.little32(at) == 0x0605_4b50, at + 22 + bytes.little16(at + 20) <= bytes.count { break }
      at -= 1
    }
    guard at >= lowest, at >= 0 else { throw Self.damaged }
    var (count, size, offset) = (bytes.little16(at + 10), bytes.little32(at + 12), bytes.little32(at + 16))
    var behind = at
    let needs64 = count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF
    if needs64, at >= 20, bytes.little32(at - 20) == 0x0706_4b50 {
      // The ZIP64 end record precedes its locator; its stated offset is too small if bytes precede the
      // archive.
      let told = Int(exactly: bytes.little64(at - 12)) ?? -1
      guard let end64 = [told, at - 76].first(where: { Self.isLongEnd($0, bytes) }),
        let n = Int(exactly: bytes.little64(end64 + 32)), let s = Int(exactly: bytes.little64(end64 + 40)),
        let o = Int(exactly: bytes.little64(end64 + 48))
      else { throw Self.damaged }
      (count, size, offset) = (n, s, o)
      behind = end64
    }
    guard offset >= 0, size >= 0, size <= behind, offset <= behind - size, count >= 0, count <= size / 46
    else { throw Self.damaged }
    let isInPlace = count == 0 || bytes.little32(offset) == Self.entrySignature
    shift = isInPlace ? 0 : behind - size - offset
    self.count = count
    start = offset + shift
    end = start + size
  }

  private static func isLongEnd(_ at: Int, _ bytes: FileBytes) -> Bool {
    at >= 0 && at <= bytes.count - 56 && bytes.little32(at) == 0x0606_4b50
  }

  func entry(
    _ at: Int, of bytes: FileBytes
  ) throws(ZipArchive.Fault) -> (entry: ZipArchive.Entry, length: Int) {
    guard at + 46 <= end, bytes.little32(at) == Self.entrySignature else { throw Self.damaged }
    let flags = bytes.little16(at + 8)
    let method = bytes.little16(at + 10)
    let (nameLength, extraLength) = (bytes.little16(at + 28), bytes.little16(at + 30))
    let length = 46 + nameLength + extraLength + bytes.little16(at + 32)
    guard at + length <= end else { throw Self.damaged }
    let nameBytes = bytes.buffer[(at + 46)..<(at + 46 + nameLength)]
    let name = Self.name(nameBytes)
    if flags & 1 != 0 { throw .encrypted }
    guard method == 0 || method == 8 else {
      let known = [9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard"][method] ?? "\(method)"
      throw .damaged(Bilingual("不支持压缩方法 \(known)", "compression method \(known) is not supported"))
    }
    let (packed, size, header) = try longSizes(at, nameLength, extraLength, bytes)
    guard header >= 0, header <= bytes.count - 30 - shift, bytes.little32(header + shift) == 0x0403_4b50
    else { throw Self.damaged }
    let local = header + shift
    let nameEnd = local + 30 + bytes.little16(local + 26)
    let start = nameEnd + bytes.little16(local + 28)
    guard packed >= 0, size >= 0, start <= bytes.count, packed <= bytes.count - start,
      bytes.buffer[(local + 30)..<nameEnd].elementsEqual(nameBytes), method == 8 || packed == size
    else { throw Self.damaged }
    return (
      ZipArchive.Entry(
        name: name, isDeflated: method == 8, crc: UInt32(bytes.little32(at + 16)), packed: packed,
        size: size, header: local, start: start), length
    )
  }

  /// Sizes and offset of a part, from the ZIP64 field if the short ones overflow.
  private func longSizes(
    _ at: Int, _ nameLength: Int, _ extraLength: Int, _ bytes: FileBytes
  ) throws(ZipArchive.Fault) -> (packed: Int, size: Int, header: Int) {
    var (packed, size) = (bytes.little32(at + 20), bytes.little32(at + 24))
    var header = bytes.little32(at + 42)
    var extra = at + 46 + nameLength
    let extraEnd = extra + extraLength
    while extra + 4 <= extraEnd {
      let (id, count) = (bytes.little16(extra), bytes.little16(extra + 2))
      guard extra + 4 + count <= extraEnd else { break }
      if id == 1 {
        var field = extra + 4
        func next() throws(ZipArchive.Fault) -> Int {
          guard field + 8 <= extra + 4 + count, let value = Int(exactly: bytes.little64(field)) else {
            throw Self.damaged
          }
          field += 8
          return value
        }
        if size == 0xFFFF_FFFF { size = try next() }
        if packed == 0xFFFF_FFFF { packed = try next() }
        if header == 0xFFFF_FFFF { header = try next() }
      }
      extra += 4 + count
    }
    return (packed, size, header)
  }

  /// Some programs write backslashes, some a leading slash.
  private static func name(_ bytes: Swift.Slice<UnsafeRawBufferPointer>) -> String {
    let slashes = bytes.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
    return String(decoding: slashes.drop { $0 == UInt8(ascii: "/") }, as: UTF8.self)
  }
}
