/// A stable radix sort of indices. Sort by the least significant key first.
struct KeyOrder {
  private(set) var numbers: [UInt32]

  private struct Entry: BitwiseCopyable {
    var key: UInt64 = 0
    var number: UInt32 = 0
  }

  /// The numbers below `count`, ascending.
  init(count: Int) { numbers = (0..<count).map(UInt32.init) }

  /// - Parameter keys: the key of each number.
  mutating func sort(by keys: [UInt64]) {
    precondition(keys.count == numbers.count, "every number has a key")
    var entries = numbers.map { Entry(key: keys[Int($0)], number: $0) }
    var sorted = [Entry](repeating: Entry(), count: entries.count)
    let first = keys.first ?? 0
    let varying = keys.reduce(0) { $0 | ($1 ^ first) }
    for shift in stride(from: UInt64(0), to: 64, by: 8) where varying >> shift & 0xFF != 0 {
      Self.share(out: entries, by: shift, into: &sorted)
      swap(&entries, &sorted)
    }
    if varying != 0 { for (place, entry) in entries.enumerated() { numbers[place] = entry.number } }
  }

  /// One pass of the radix sort, by one byte of the keys.
  private static func share(out entries: [Entry], by shift: UInt64, into sorted: inout [Entry]) {
    var next = [Int](repeating: 0, count: 257)
    for entry in entries { next[Int(entry.key >> shift & 0xFF) + 1] += 1 }
    for byte in 1...256 { next[byte] += next[byte - 1] }
    for entry in entries {
      let byte = Int(entry.key >> shift & 0xFF)
      sorted[next[byte]] = entry
      next[byte] += 1
    }
  }

  /// Sorts each run of numbers with equal keys by another order.
  mutating func settle(
    _ isTie: (_ a: Int, _ b: Int) -> Bool, by precedes: (_ a: Int, _ b: Int) -> Bool
  ) {
    var start = 0
    while start < numbers.count {
      var end = start + 1
      while end < numbers.count, isTie(Int(numbers[start]), Int(numbers[end])) { end += 1 }
      if end - start > 1 { numbers[start..<end].sort { precedes(Int($0), Int($1)) } }
      start = end
    }
  }
}

/// The first sixteen bytes of texts as two numbers each, in the same order as the texts.
struct TextPrefixes {
  private(set) var high: [UInt64] = []
  private(set) var low: [UInt64] = []
  /// Whether no text is longer, so that the numbers distinguish all texts.
  private(set) var areWhole = true

  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    var words = (high: UInt64(0), low: UInt64(0))
    for (i, byte) in text.prefix(16).enumerated() {
      let bits = UInt64(byte) << UInt64(56 - 8 * (i & 7))
      if i < 8 { words.high |= bits } else { words.low |= bits }
    }
    // A trailing zero byte looks the same as padding.
    if text.count > 16 || text.last == 0 { areWhole = false }
    high.append(words.high)
    low.append(words.low)
  }

  func isSame(_ a: Int, _ b: Int) -> Bool { high[a] == high[b] && low[a] == low[b] }
}
