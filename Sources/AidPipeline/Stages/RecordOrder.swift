import AidModel

/// The position of every application row in record order within its programme: by unit, staff number and file
/// order. Policies do not change it, so it is computed once per reading.
struct RecordOrder: Sendable {
  /// In scalar order.
  private let units: [String]
  /// For each claim, the index of its unit in `units`.
  private let unit: [Int32]
  /// The rank of each claim.
  private let place: [UInt32]
  /// The rank of each claim's staff number.
  let staffRank: [UInt32]

  init(_ claims: [Claim], roster: Roster?) {
    var words = WordList()
    var own: [Int32] = []
    var staffNumbers = TextPrefixes()
    own.reserveCapacity(claims.count)
    for claim in claims {
      Claimant.withShown(claim, roster: roster) { who in
        own.append(Int32(words.number(of: who.unit)!))
        staffNumbers.append(who.staffNo)
      }
    }
    let (sorted, rank) = Orders.ranked(words.texts)
    for i in own.indices { own[i] = rank[Int(own[i])] }
    (units, unit) = (sorted, own)
    var order = KeyOrder(count: claims.count)
    staffRank = Self.rank(staffNumbers, &order) {
      Claimant.order(claims[$0], roster: roster).staffNo
    }
    order.sort(by: own.map { UInt64($0) })
    var place = [UInt32](repeating: 0, count: claims.count)
    for (number, claim) in order.numbers.enumerated() { place[Int(claim)] = UInt32(number) }
    self.place = place
  }

  /// Sorts claims by staff number.
  /// - Returns: the rank of each claim; equal numbers have equal ranks.
  private static func rank(
    _ prefixes: TextPrefixes, _ order: inout KeyOrder, _ staffNo: (Int) -> String
  ) -> [UInt32] {
    order.sort(by: prefixes.low)
    order.sort(by: prefixes.high)
    if !prefixes.areWhole {
      order.settle(prefixes.isSame) { i, j in
        let (x, y) = (staffNo(i), staffNo(j))
        return x.sameScalars(as: y) ? i < j : x.precedes(y)
      }
    }
    var rank = [UInt32](repeating: 0, count: order.numbers.count)
    for (before, number) in zip(order.numbers, order.numbers.dropFirst()) {
      let (a, b) = (Int(before), Int(number))
      let isSame = prefixes.isSame(a, b) && (prefixes.areWhole || staffNo(a).sameScalars(as: staffNo(b)))
      rank[b] = rank[a] + (isSame ? 0 : 1)
    }
    return rank
  }

  /// Sorts entries by programme, then by claim, keeping the order of a person's awards: the order of ledgers,
  /// explanations and shares. Sets each entry's unit.
  /// - Returns: the units of the entries, in scalar order.
  func sort(_ entries: inout [AwardEntry], programmes: [String]) -> [String] {
    let (_, programmeRank) = Orders.ranked(programmes)
    // No two awards have the same claim, so each gets a slot of its own.
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
}
