/// Which of some amounts add up to another: all reachable sums, row after row, as bits.
struct SubsetSums {
  enum Answer: Equatable {
    case none
    /// One choice that does.
    case some([Int])
    /// Too many rows or too large amounts to be tried.
    case tooMany
  }

  /// How many words of 64 sums all searches of one instance may write.
  private(set) var left: Int
  /// Of one search; it keeps them all, 16 MB at most.
  private static let wordsMax = 1 << 21

  init(left: Int = 1 << 24) { self.left = left }

  /// - Parameters:
  ///   - amounts: not zero.
  ///   - isAnchor: of each; at least one anchor is chosen.
  mutating func choice(of amounts: [Int64], sum: Int64, isAnchor: [Bool]) -> Answer {
    if amounts.isEmpty || sum == 0 { return .none }
    // A negative amount makes sums go down again: such rows are rare, and are not searched.
    if sum < 0 || amounts.contains(where: { $0 < 0 }) { return .tooMany }
    let unit = amounts.reduce(0) { Self.divisor($0, $1) }
    if sum % unit != 0 { return .none }
    let places = amounts.indices.filter { amounts[$0] <= sum }
    if !places.contains(where: { isAnchor[$0] }) { return .none }
    let (all, overflow) = places.reduce((Int64(0), false)) { sum, place in
      let (next, over) = sum.0.addingReportingOverflow(amounts[place])
      return (next, sum.1 || over)
    }
    if !overflow, all < sum { return .none }
    let most = Int64(Self.wordsMax) * 64
    guard sum / unit < most else { return .tooMany }
    let (width, words) = (Int(sum / unit), Int(sum / unit) / 64 + 1)
    // Without and with an anchor, after each row.
    let cost = 2 * words * (places.count + 1)
    if cost > Self.wordsMax || cost > left { return .tooMany }
    left -= cost
    var bits = [UInt64](repeating: 0, count: cost)
    bits[0] = 1
    func start(_ row: Int, _ anchored: Bool) -> Int { (2 * row + (anchored ? 1 : 0)) * words }
    for (row, place) in places.enumerated() {
      let shift = Int(amounts[place] / unit)
      for anchored in [false, true] {
        for at in 0..<words { bits[start(row + 1, anchored) + at] = bits[start(row, anchored) + at] }
      }
      for anchored in [false, true] {
        let to = start(row + 1, anchored || isAnchor[place])
        Self.shift(&bits, from: start(row, anchored), to: to, words, by: shift)
      }
    }
    func isReached(_ row: Int, _ anchored: Bool, _ at: Int) -> Bool {
      at >= 0 && bits[start(row, anchored) + at / 64] >> UInt64(at % 64) & 1 == 1
    }
    guard isReached(places.count, true, width) else { return .none }
    var (chosen, at, anchored): ([Int], Int, Bool) = ([], width, true)
    for row in places.indices.reversed() where !isReached(row, anchored, at) {
      let place = places[row]
      chosen.append(place)
      at -= Int(amounts[place] / unit)
      if isAnchor[place], anchored, isReached(row, false, at) { anchored = false }
    }
    return .some(chosen.reversed())
  }

  /// Adds the sums that lie higher by an amount.
  private static func shift(_ bits: inout [UInt64], from: Int, to: Int, _ words: Int, by shift: Int) {
    let (whole, rest) = (shift / 64, UInt64(shift % 64))
    if whole >= words { return }
    for at in whole..<words {
      var word = bits[from + at - whole] << rest
      if rest > 0, at > whole { word |= bits[from + at - whole - 1] >> (64 - rest) }
      bits[to + at] |= word
    }
  }

  private static func divisor(_ a: Int64, _ b: Int64) -> Int64 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
