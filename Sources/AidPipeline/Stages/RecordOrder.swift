import AidModel

/// Where every application row stands in record order within its programme: by unit, staff number, and the order of
/// the files. Policies do not change it, so it is found once for a reading.
struct RecordOrder: Sendable {
  /// In scalar order.
  private let units: [String]
  /// For each claim its unit among `units`.
  private let unit: [Int32]
  /// For each claim its place among all.
  private let place: [UInt32]

  init(_ claims: [Claim], roster: Roster?, threads: Int) {
    var unitNumbers: [ExactText: Int32] = [:]
    var names: [String] = []
    var own: [Int32] = []
    var staffNumbers: [UInt64] = []
    own.reserveCapacity(claims.count)
    staffNumbers.reserveCapacity(claims.count)
    for claim in claims {
      let (unit, staffNo) = Claimant.order(claim, roster: roster)
      if let known = unitNumbers[ExactText(unit)] {
        own.append(known)
      } else {
        own.append(Int32(names.count))
        unitNumbers[ExactText(unit)] = Int32(names.count)
        names.append(unit)
      }
      staffNumbers.append(Self.prefix(staffNo))
    }
    let (sorted, rank) = Orders.ranked(names)
    for i in own.indices { own[i] = rank[Int(own[i])] }
    (self.units, unit) = (sorted, own)
    @Sendable func staffNo(_ claim: Int) -> String { Claimant.order(claims[claim], roster: roster).staffNo }
    let (units, numbers) = (own, staffNumbers)
    let order = Parallel.sorted(claims.count, threads: threads) { i, j in
      if units[i] != units[j] { return units[i] < units[j] }
      if numbers[i] != numbers[j] { return numbers[i] < numbers[j] }
      let (x, y) = (staffNo(i), staffNo(j))
      return x.sameScalars(as: y) ? i < j : x.precedes(y)
    }
    var place = [UInt32](repeating: 0, count: claims.count)
    for (number, claim) in order.enumerated() { place[claim] = UInt32(number) }
    self.place = place
  }

  /// By programme, then as their claims stand, then a person's awards as they stand: the order of ledgers,
  /// explanations and shares. Fills in each entry's unit.
  /// - Returns: the units of the entries, in scalar order.
  func sort(_ entries: inout [AwardEntry], programmes: [String]) -> [String] {
    let (_, programmeRank) = Orders.ranked(programmes)
    // No two awards have one claim, so each has a slot of its own.
    var slots = [Int32](repeating: -1, count: place.count)
    var next = [Int](repeating: 0, count: programmes.count + 1)
    for (number, entry) in entries.enumerated() {
      let slot = Int(place[Int(entry.claim)])
      precondition(slots[slot] < 0, "a claim is of one award")
      slots[slot] = Int32(number)
      next[Int(programmeRank[Int(entry.programme)]) + 1] += 1
    }
    for rank in programmes.indices { next[rank + 1] += next[rank] }
    var order = [Int32](repeating: 0, count: entries.count)
    for number in slots where number >= 0 {
      let rank = Int(programmeRank[Int(entries[Int(number)].programme)])
      order[next[rank]] = number
      next[rank] += 1
    }
    entries = order.map { entries[Int($0)] }

    var isUsed = [Bool](repeating: false, count: units.count)
    for entry in entries { isUsed[Int(unit[Int(entry.claim)])] = true }
    var (used, number) = ([String](), [Int32](repeating: 0, count: units.count))
    for i in units.indices where isUsed[i] {
      number[i] = Int32(used.count)
      used.append(units[i])
    }
    for i in entries.indices { entries[i].unit = number[Int(unit[Int(entries[i].claim)])] }
    return used
  }

  /// The first eight bytes as a number that orders like the text.
  static func prefix(_ text: String) -> UInt64 {
    var value: UInt64 = 0
    var count = 0
    for byte in text.utf8.prefix(8) {
      value = value << 8 | UInt64(byte)
      count += 1
    }
    return value << UInt64(8 * (8 - count))
  }
}
