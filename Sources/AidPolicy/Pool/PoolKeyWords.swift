extension PoolKeys {
  /// The keys as numbers that order like them, key by key and claim by claim, where all claims have numbers of the same
  /// denominator for a key; nil where they must be compared.
  public func words() -> [[UInt64]]? {
    guard exact.isEmpty else { return nil }
    var all: [[UInt64]] = []
    for key in descending.indices {
      guard let words = words(ofKey: key) else { return nil }
      all.append(words)
    }
    return all
  }

  private func words(ofKey key: Int) -> [UInt64]? {
    var denominator: Int64 = 0
    var words: [UInt64] = []
    words.reserveCapacity(count)
    for claim in 0..<count {
      let value = short[claim * descending.count + key]
      if value.denominator == 0 {
        words.append(.max)
        continue
      }
      if denominator == 0 { denominator = value.denominator }
      // Above all negative ones; what comes last of all is not known.
      let word = UInt64(bitPattern: value.numerator) ^ (1 << 63)
      let ordered = descending[key] ? ~word : word
      if value.denominator != denominator || ordered == .max { return nil }
      words.append(ordered)
    }
    return words
  }
}
