import AidModel

/// An OLE2 compound file ([MS-CFB]): a small file system in one file. Only streams directly under the root
/// are read; no chain of sectors may be longer than the file.
struct CompoundFile {
  private struct Entry {
    let name: String
    let isStream: Bool
    let left: UInt32
    let right: UInt32
    let child: UInt32
    let start: UInt32
    let size: Int
  }

  private let bytes: FileBytes
  private let sectorSize: Int
  private let miniCutoff: Int
  private var table: [UInt32] = []
  private var miniTable: [UInt32] = []
  private var miniStream: [UInt8] = []
  private var entries: [Entry] = []
  private var streams: [Int] = []

  static let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
  private static let endOfChain: UInt32 = 0xFFFF_FFFE
  private static let miniSectorSize = 64

  init(_ bytes: FileBytes) throws(KindFault) {
    self.bytes = bytes
    guard bytes.count >= 512, bytes.starts(with: Self.magic) else { throw Self.damaged }
    let shift = bytes.little16(30)
    guard shift == 9 || shift == 12, bytes.little16(32) == 6 else { throw Self.damaged }
    sectorSize = 1 << shift
    miniCutoff = bytes.little32(56)
    try readTable()
    let directory = try chain(UInt32(truncatingIfNeeded: bytes.little32(48)))
    readEntries(directory)
    guard let root = entries.first, !root.isStream else { throw Self.damaged }
    let miniTableBytes = try chain(UInt32(truncatingIfNeeded: bytes.little32(60)))
    miniTable = Self.words(miniTableBytes)
    miniStream = try chain(root.start)
    collect(root.child)
  }

  private static var damaged: KindFault {
    .damaged(Bilingual("OLE2 文件不完整或已损坏", "the OLE2 file is incomplete or damaged"))
  }

  /// Names of the streams under the root.
  var names: [String] { streams.map { entries[$0].name } }

  func has(_ name: String) -> Bool { find(name) != nil }

  /// The index of a stream by name. Names are case-insensitive ([MS-CFB] 2.6.4).
  private func find(_ name: String) -> Int? {
    streams.first { entries[$0].name.sameScalars(as: name) }
      ?? streams.first { entries[$0].name.uppercased().sameScalars(as: name.uppercased()) }
  }

  /// The bytes of a stream under the root; nil if there is none of that name.
  func stream(_ name: String) throws(KindFault) -> [UInt8]? {
    guard let index = find(name) else { return nil }
    let entry = entries[index]
    var found = entry.size < miniCutoff ? try miniChain(entry.start) : try chain(entry.start)
    guard found.count >= entry.size else { throw Self.damaged }
    found.removeLast(found.count - entry.size)
    return found
  }

  /// The stated size of a stream under the root; nil if there is none of that name.
  func size(of name: String) -> Int? {
    find(name).map { entries[$0].size }
  }

  /// Copies a stream without holding it in memory twice.
  /// - Precondition: the stream exists, and `memory` has its stated size.
  func copy(_ name: String, into memory: UnsafeMutableRawBufferPointer) throws(KindFault) {
    guard let index = find(name), entries[index].size == memory.count
    else { preconditionFailure("a stream is asked for its size first") }
    if memory.count < miniCutoff {
      memory.copyBytes(from: try stream(name) ?? [])
      return
    }
    var next = entries[index].start
    var filled = 0
    while filled < memory.count {
      guard let part = sector(next), Int(next) < table.count else { throw Self.damaged }
      let count = min(part.count, memory.count - filled)
      UnsafeMutableRawBufferPointer(rebasing: memory[filled..<(filled + count)]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: part.prefix(count)))
      filled += count
      next = table[Int(next)]
    }
  }

  /// A stream in its own memory; nil if there is none of that name.
  func bytes(of name: String) throws(KindFault) -> FileBytes? {
    guard let size = size(of: name) else { return nil }
    guard size <= bytes.count else { throw Self.damaged }
    return try FileBytes(memory: size) { memory throws(KindFault) in
      try copy(name, into: memory)
      return 0..<size
    }
  }

  // MARK: Sectors

  private func sector(_ number: UInt32) -> Swift.Slice<UnsafeRawBufferPointer>? {
    let from = (Int(number) + 1) * sectorSize
    guard number < 0xFFFF_FFFA, from < bytes.count else { return nil }
    return bytes.buffer[from..<min(from + sectorSize, bytes.count)]
  }

  private static func words(_ bytes: some RandomAccessCollection<UInt8>) -> [UInt32] {
    var words: [UInt32] = []
    words.reserveCapacity(bytes.count / 4)
    var at = bytes.startIndex
    while bytes.distance(from: at, to: bytes.endIndex) >= 4 {
      var word: UInt32 = 0
      for shift in stride(from: 0, to: 32, by: 8) {
        word |= UInt32(bytes[at]) << UInt32(shift)
        bytes.formIndex(after: &at)
      }
      words.append(word)
    }
    return words
  }

  /// Reads the sector allocation table; its own sectors are listed in the header and in a chain that follows.
  /// Some writers list too many; those that would describe sectors beyond the end of the file are ignored.
  private mutating func readTable() throws(KindFault) {
    let needed = (bytes.count - 1) / sectorSize
    for i in 0..<109 where table.count < needed {
      try addTable(UInt32(truncatingIfNeeded: bytes.little32(76 + 4 * i)))
    }
    var next = UInt32(truncatingIfNeeded: bytes.little32(68))
    var seen = 0
    while table.count < needed, let list = sector(next), seen <= needed {
      let words = Self.words(list)
      guard words.count == sectorSize / 4, let last = words.last else { throw Self.damaged }
      for number in words.dropLast() where table.count < needed { try addTable(number) }
      next = last
      seen += 1
    }
  }

  private mutating func addTable(_ number: UInt32) throws(KindFault) {
    if number >= 0xFFFF_FFFA { return }
    guard let list = sector(number) else { throw Self.damaged }
    table += Self.words(list)
  }

  private func chain(_ first: UInt32) throws(KindFault) -> [UInt8] {
    // Follow the chain once before copying: a cyclic one would be copied up to the length of the file.
    var (next, length) = (first, 0)
    while next != Self.endOfChain, next != .max {
      guard sector(next) != nil, Int(next) < table.count, length < table.count else { throw Self.damaged }
      length += 1
      next = table[Int(next)]
    }
    var found: [UInt8] = []
    found.reserveCapacity(length * sectorSize)
    next = first
    while next != Self.endOfChain, next != .max, let part = sector(next) {
      found.append(contentsOf: part)
      next = table[Int(next)]
    }
    return found
  }

  private func miniChain(_ first: UInt32) throws(KindFault) -> [UInt8] {
    var found: [UInt8] = []
    var next = first
    while next != Self.endOfChain, next != .max {
      let from = Int(next) * Self.miniSectorSize
      guard Int(next) < miniTable.count, from < miniStream.count, found.count <= miniStream.count else {
        throw Self.damaged
      }
      found += miniStream[from..<min(from + Self.miniSectorSize, miniStream.count)]
      next = miniTable[Int(next)]
    }
    return found
  }

  // MARK: Directory

  private mutating func readEntries(_ directory: [UInt8]) {
    for start in stride(from: 0, to: directory.count - 127, by: 128) {
      let entry = directory[start..<(start + 128)]
      func little(_ at: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(entry[start + at + $1]) << (8 * $1) }
      }
      let length = min(max(little(64, 2) - 2, 0), 62)
      let units = stride(from: 0, to: length, by: 2).map { UInt16(little($0, 2)) }
      entries.append(
        Entry(
          name: String(decoding: units, as: UTF16.self), isStream: little(66, 1) == 2,
          left: UInt32(little(68, 4)), right: UInt32(little(72, 4)), child: UInt32(little(76, 4)),
          start: UInt32(little(116, 4)), size: little(120, sectorSize == 512 ? 4 : 7)))
    }
  }

  /// The streams in a tree of siblings.
  private mutating func collect(_ first: UInt32) {
    var open = [first]
    var seen: Set<UInt32> = []
    while let next = open.popLast() {
      guard Int(next) < entries.count, seen.insert(next).inserted else { continue }
      let entry = entries[Int(next)]
      if entry.isStream { streams.append(Int(next)) }
      open += [entry.left, entry.right]
    }
  }
}
