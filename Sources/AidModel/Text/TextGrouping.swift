/// Groups numbered items by a text, storing twelve bytes per item instead of the text.
///
/// Items with equal hashes are only candidates; comparing their actual texts decides.
public struct TextGrouping: Sendable {
  private typealias Entry = (hash: UInt64, number: UInt32)
  private var entries: [Entry] = []

  public init() {}

  /// - Parameters:
  ///   - hash: of the text, by any fixed function; nil for a blank text, which joins no group.
  ///   - number: larger than all added before.
  public mutating func add(_ hash: UInt64?, number: Int) {
    if let hash { entries.append((hash, UInt32(number))) }
  }

  /// Numbers that share a hash, ascending, in groups of at least two, ordered by first number.
  public func candidates() -> [[Int]] {
    var groups: [[Int]] = []
    forEachRun { run in if run.count > 1 { groups.append(run.map { Int($0.number) }) } }
    return groups.sorted { $0[0] < $1[0] }
  }

  /// Numbers that share a text, ascending, in groups of at least two, ordered by first number.
  public func groups(_ text: (Int) -> String) -> [[Int]] {
    candidates().flatMap { Self.split($0, by: text) }.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  /// Groups of numbers, as two flat arrays.
  public struct Groups: Sendable {
    fileprivate(set) var numbers: [Int32] = []
    fileprivate(set) var starts: [Int32] = []
    public init() {}

    /// - Parameters:
    ///   - groups: the group of each number from 0.
    ///   - count: how many groups there are; none is empty.
    ///   - names: ascending, what to store instead of each number; nil for the numbers themselves.
    public init(of groups: [Int32], count: Int, named names: [Int]? = nil) {
      starts = Array(repeating: 0, count: count + 1)
      for group in groups { starts[Int(group) + 1] += 1 }
      for group in 0..<count { starts[group + 1] += starts[group] }
      var next = starts
      numbers = Array(repeating: 0, count: groups.count)
      for (number, group) in groups.enumerated() {
        numbers[Int(next[Int(group)])] = Int32(names?[number] ?? number)
        next[Int(group)] += 1
      }
    }

    public var count: Int { max(0, starts.count - 1) }
    func size(of group: Int) -> Int { Int(starts[group + 1] - starts[group]) }
    public subscript(group: Int) -> ArraySlice<Int32> { numbers[Int(starts[group])..<Int(starts[group + 1])] }
  }

  private func forEachRun(_ body: (ArraySlice<Entry>) -> Void) {
    let sorted = gathered()
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end].hash == sorted[start].hash { end += 1 }
      body(sorted[start..<end])
      start = end
    }
  }

  /// The entries with equal hashes side by side, by number: a bucket sort, each small bucket then sorted.
  private func gathered() -> [Entry] {
    let shift = UInt64(max(entries.count, 4).leadingZeroBitCount + 2)
    // Mix again: the upper bits of a hash may be worse than the lower ones.
    func bucket(_ entry: Entry) -> Int { Int((entry.hash &* 0x9E37_79B9_7F4A_7C15) >> shift) }
    var ends = [Int](repeating: 0, count: 1 << Int(64 - shift))
    for entry in entries { ends[bucket(entry)] += 1 }
    for i in ends.indices.dropFirst() { ends[i] += ends[i - 1] }
    var gathered = [Entry](repeating: (0, 0), count: entries.count)
    for entry in entries.reversed() {
      ends[bucket(entry)] -= 1
      gathered[ends[bucket(entry)]] = entry
    }
    // Filling the buckets turned the end offsets into start offsets.
    for (i, start) in ends.enumerated() {
      let end = i + 1 < ends.count ? ends[i + 1] : gathered.count
      if end - start > 1 { Self.sort(&gathered, start..<end) }
    }
    return gathered
  }

  /// Sorts by hash, then number. The entries are already in order of number.
  private static func sort(_ entries: inout [Entry], _ range: Range<Int>) {
    if range.count > 16 {
      return entries[range].sort { $0.hash != $1.hash ? $0.hash < $1.hash : $0.number < $1.number }
    }
    for i in range.dropFirst() {
      let entry = entries[i]
      var at = i
      while at > range.lowerBound, entries[at - 1].hash > entry.hash {
        entries[at] = entries[at - 1]
        at -= 1
      }
      entries[at] = entry
    }
  }

  private static func split(_ numbers: [Int], by text: (Int) -> String) -> [[Int]] {
    var byText: [(text: String, numbers: [Int])] = []
    for number in numbers {
      let own = text(number)
      if let at = byText.firstIndex(where: { $0.text.sameScalars(as: own) }) {
        byText[at].numbers.append(number)
      } else {
        byText.append((own, [number]))
      }
    }
    return byText.map(\.numbers)
  }
}

/// 64-bit Fowler–Noll–Vo hashes: FNV-1a and a wider variant, the same on every machine and in every run.
public enum FNV {
  public static let start: UInt64 = 0xCBF2_9CE4_8422_2325

  public static func hash(_ text: String, from start: UInt64 = Self.start) -> UInt64 {
    var hash = start
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* prime }
    return hash
  }

  /// Equal to `Claim.hash(of:)` of a column with the same bytes.
  public static func wideHash(_ text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { wideHash($0, from: start) }
  }

  /// Continues the hash `start` with more bytes.
  public static func wideHash(of bytes: UnsafeBufferPointer<UInt8>, from start: UInt64) -> UInt64 {
    wideHash(bytes, from: start)
  }

  /// Takes eight bytes at a time: a different hash from FNV-1a, several times as fast.
  @inline(__always)
  static func wideHash(_ bytes: UnsafeBufferPointer<UInt8>, from start: UInt64) -> UInt64 {
    var hash = wideHash(UInt64(bytes.count), from: start)
    let raw = UnsafeRawBufferPointer(bytes)
    var at = 0
    while at + 8 <= raw.count {
      hash = wideHash(
        UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)), from: hash)
      at += 8
    }
    var rest: UInt64 = 0
    while at < raw.count {
      rest = rest << 8 | UInt64(raw[at])
      at += 1
    }
    return wideHash(rest, from: hash)
  }

  @inline(__always)
  static func wideHash(_ word: UInt64, from start: UInt64) -> UInt64 {
    let mixed = (start ^ word) &* prime
    return mixed ^ (mixed >> 29)
  }

  private static let prime: UInt64 = 0x100_0000_01B3
}
