/// Groups numbered things by a text, keeping twelve bytes of each instead of the text.
///
/// Things with one hash are only candidates: they are told apart by the text they really hold.
public struct Sharing: Sendable {
  private var entries: [(hash: UInt64, number: UInt32)] = []

  public init() {}

  /// Blank text is shared with nobody.
  public mutating func add(_ text: String, number: Int) {
    if !text.isEmpty { add(FNV.hash(text), number: number) }
  }

  public mutating func add(_ hash: UInt64, number: Int) { entries.append((hash, UInt32(number))) }

  /// Numbers with one hash, where there are at least two; ascending, the groups by their first number.
  public func candidates() -> [[Int]] {
    var groups: [[Int]] = []
    forEachRun { run in if run.count > 1 { groups.append(run.map { Int($0.number) }) } }
    return groups.sorted { $0[0] < $1[0] }
  }

  /// Numbers with one text, where there are at least two; ascending, the groups by their first number.
  public func groups(_ text: (Int) -> String) -> [[Int]] {
    candidates().flatMap { Self.split($0, by: text) }.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  /// Every number in its group, those alone too; ascending, the groups by their first number.
  public func everyGroup(_ text: (Int) -> String) -> Groups {
    var several: [UInt32: [Int]] = [:]
    var firsts: [UInt32] = []
    forEachRun { run in
      if run.count == 1 { return firsts.append(run[run.startIndex].number) }
      for group in Self.split(run.map { Int($0.number) }, by: text) {
        firsts.append(UInt32(group[0]))
        if group.count > 1 { several[UInt32(group[0])] = group }
      }
    }
    firsts.sort()
    var groups = Groups()
    for first in firsts {
      groups.starts.append(Int32(groups.numbers.count))
      groups.numbers += several[first]?.map { Int32($0) } ?? [Int32(first)]
    }
    groups.starts.append(Int32(groups.numbers.count))
    return groups
  }

  /// Groups of numbers as two flat arrays.
  public struct Groups: Sendable {
    fileprivate(set) var numbers: [Int32] = []
    fileprivate(set) var starts: [Int32] = []
    public init() {}
    public var count: Int { max(0, starts.count - 1) }
    public subscript(group: Int) -> ArraySlice<Int32> { numbers[Int(starts[group])..<Int(starts[group + 1])] }
  }

  private func forEachRun(_ body: (ArraySlice<(hash: UInt64, number: UInt32)>) -> Void) {
    let sorted = entries.sorted { $0.hash != $1.hash ? $0.hash < $1.hash : $0.number < $1.number }
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end].hash == sorted[start].hash { end += 1 }
      body(sorted[start..<end])
      start = end
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

/// The 64-bit Fowler–Noll–Vo hash (FNV-1a): the same on every machine and in every run.
public enum FNV {
  public static let start: UInt64 = 0xCBF2_9CE4_8422_2325

  public static func hash(_ text: String, from start: UInt64 = Self.start) -> UInt64 {
    var hash = start
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* prime }
    return hash
  }

  /// The same, eight bytes at a time: another hash, several times as fast.
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
