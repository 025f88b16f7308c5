import AidModel

/// The directory of a ZIP archive (PKWARE APPNOTE), with ZIP64. Names are keys only, never paths on disk.
struct ZipArchive {
  struct Entry {
    let name: String
    let isDeflated: Bool
    let crc: UInt32
    let packed: Int
    let size: Int
    /// Where the packed bytes begin.
    let start: Int
  }

  let bytes: FileBytes
  private(set) var entries: [Entry] = []

  enum Fault: Error { case damaged(Bilingual), encrypted, limit(String) }

  init(_ bytes: FileBytes, limits: IntakeLimits) throws(Fault) {
    self.bytes = bytes
    let (count, offset, size) = try Self.endRecord(bytes)
    guard count <= limits.archiveEntriesMax else {
      throw .limit("\(count) > \(limits.archiveEntriesMax) parts")
    }
    var at = offset
    let end = offset + size
    for _ in 0..<count {
      guard at + 46 <= end, bytes.little32(at) == 0x0201_4b50 else { throw Self.damaged }
      let entry = try readEntry(at)
      entries.append(entry.entry)
      at += entry.length
    }
    try refuseOverlaps()
  }

  private static var damaged: Fault {
    .damaged(Bilingual("压缩包不完整或已损坏", "the archive is incomplete or damaged"))
  }

  /// Count, offset and size of the directory.
  private static func endRecord(_ bytes: FileBytes) throws(Fault) -> (Int, Int, Int) {
    var at = bytes.count - 22
    let lowest = max(0, at - 65_535)
    while at >= lowest {
      if bytes.little32(at) == 0x0605_4b50, at + 22 + bytes.little16(at + 20) <= bytes.count { break }
      at -= 1
    }
    guard at >= lowest, at >= 0 else { throw damaged }
    var (count, size, offset) = (bytes.little16(at + 10), bytes.little32(at + 12), bytes.little32(at + 16))
    if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF, at >= 20,
      bytes.little32(at - 20) == 0x0706_4b50
    {
      guard let end64 = Int(exactly: bytes.little64(at - 12)), end64 >= 0, end64 + 56 <= bytes.count,
        bytes.little32(end64) == 0x0606_4b50, let n = Int(exactly: bytes.little64(end64 + 32)),
        let s = Int(exactly: bytes.little64(end64 + 40)), let o = Int(exactly: bytes.little64(end64 + 48))
      else { throw damaged }
      (count, size, offset) = (n, s, o)
    }
    guard offset >= 0, size >= 0, offset <= bytes.count, size <= bytes.count - offset, count <= size / 46 + 1
    else { throw damaged }
    return (count, offset, size)
  }

  private func readEntry(_ at: Int) throws(Fault) -> (entry: Entry, length: Int) {
    let flags = bytes.little16(at + 8)
    let method = bytes.little16(at + 10)
    var (packed, size) = (bytes.little32(at + 20), bytes.little32(at + 24))
    let (nameLength, extraLength) = (bytes.little16(at + 28), bytes.little16(at + 30))
    let length = 46 + nameLength + extraLength + bytes.little16(at + 32)
    var header = bytes.little32(at + 42)
    guard at + length <= bytes.count else { throw Self.damaged }
    var extra = at + 46 + nameLength
    let extraEnd = extra + extraLength
    while extra + 4 <= extraEnd {
      let (id, count) = (bytes.little16(extra), bytes.little16(extra + 2))
      guard extra + 4 + count <= extraEnd else { break }
      if id == 1 {
        var field = extra + 4
        func next() throws(Fault) -> Int {
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
    if flags & 1 != 0 { throw .encrypted }
    guard method == 0 || method == 8 else {
      throw .damaged(Bilingual("压缩方法 \(method) 不支持", "compression method \(method) is not supported"))
    }
    guard header >= 0, header + 30 <= bytes.count, bytes.little32(header) == 0x0403_4b50 else {
      throw Self.damaged
    }
    let start = header + 30 + bytes.little16(header + 26) + bytes.little16(header + 28)
    guard packed >= 0, size >= 0, start <= bytes.count, packed <= bytes.count - start else {
      throw Self.damaged
    }
    let name = String(decoding: bytes.buffer[(at + 46)..<(at + 46 + nameLength)], as: UTF8.self)
    return (
      Entry(
        name: name, isDeflated: method == 8, crc: UInt32(bytes.little32(at + 16)), packed: packed, size: size,
        start: start), length
    )
  }

  /// Parts that share bytes multiply what a small file inflates to.
  private func refuseOverlaps() throws(Fault) {
    let sorted = entries.filter { $0.packed > 0 }.sorted { $0.start < $1.start }
    for (a, b) in zip(sorted, sorted.dropFirst()) where a.start + a.packed > b.start {
      throw .damaged(Bilingual("压缩包的部分互相重叠", "parts of the archive overlap"))
    }
  }

  /// The entry of a name; office programs disagree on case and leading slashes.
  func entry(_ name: String) -> Entry? {
    let wanted = name.hasPrefix("/") ? String(name.dropFirst()) : name
    return entries.first { $0.name.sameScalars(as: wanted) }
      ?? entries.first { $0.name.lowercased().sameScalars(as: wanted.lowercased()) }
  }
}
