import AidModel

/// The orders everything is written in: the same whatever the order of files, threads or batch.yaml.
enum Orders {
  /// In the order of the files, then row, column and code.
  static func byPlace(_ findings: [Finding], files: [FileReport]) -> [Finding] {
    var rank: [ExactText: Int] = [:]
    for (i, file) in files.enumerated() where rank[ExactText(file.path)] == nil {
      rank[ExactText(file.path)] = i
    }
    let keyed = findings.enumerated().map {
      (order: $0, finding: $1, rank: rank[ExactText($1.place.file)] ?? .max)
    }
    return keyed.sorted { a, b in
      if a.rank != b.rank { return a.rank < b.rank }
      let (x, y) = (a.finding.place, b.finding.place)
      if x.row != y.row { return x.row < y.row }
      if x.column != y.column { return x.column < y.column }
      if a.finding.kind.code != b.finding.kind.code { return a.finding.kind.code < b.finding.kind.code }
      return a.order < b.order
    }.map(\.finding)
  }

  /// By programme, unit, staff number, and the person's awards as they stand: the order of ledgers, explanations and
  /// shares. Fills in each entry's unit.
  /// - Returns: the units, in scalar order.
  static func byRecord(
    _ entries: inout [AwardEntry], programmes: [String], claims: [Claim], roster: Roster?
  ) -> [String] {
    var unitNumbers: [ExactText: Int32] = [:]
    var units: [String] = []
    var staffNumbers: [UInt64] = []
    staffNumbers.reserveCapacity(entries.count)
    for i in entries.indices {
      let (unit, staffNo) = Claimant.order(claims[Int(entries[i].claim)], roster: roster)
      if let known = unitNumbers[ExactText(unit)] {
        entries[i].unit = known
      } else {
        entries[i].unit = Int32(units.count)
        unitNumbers[ExactText(unit)] = entries[i].unit
        units.append(unit)
      }
      staffNumbers.append(prefix(staffNo))
    }
    let (sortedUnits, unitRank) = ranked(units)
    for i in entries.indices { entries[i].unit = unitRank[Int(entries[i].unit)] }
    let (_, programmeRank) = ranked(programmes)
    func staffNo(_ entry: AwardEntry) -> String {
      Claimant.order(claims[Int(entry.claim)], roster: roster).staffNo
    }
    let order = entries.indices.sorted { i, j in
      let (a, b) = (entries[i], entries[j])
      if a.programme != b.programme {
        return programmeRank[Int(a.programme)] < programmeRank[Int(b.programme)]
      }
      if a.unit != b.unit { return a.unit < b.unit }
      if staffNumbers[i] != staffNumbers[j] { return staffNumbers[i] < staffNumbers[j] }
      let (x, y) = (staffNo(a), staffNo(b))
      if !x.sameScalars(as: y) { return x.precedes(y) }
      return a.claim != b.claim ? a.claim < b.claim : a.ordinal < b.ordinal
    }
    entries = order.map { entries[$0] }
    return sortedUnits
  }

  /// The first eight bytes as a number that orders like the text.
  private static func prefix(_ text: String) -> UInt64 {
    var value: UInt64 = 0
    var count = 0
    for byte in text.utf8.prefix(8) {
      value = value << 8 | UInt64(byte)
      count += 1
    }
    return value << UInt64(8 * (8 - count))
  }

  /// The texts in scalar order, and for each of the given ones its place in that order.
  private static func ranked(_ texts: [String]) -> (sorted: [String], rank: [Int32]) {
    let order = texts.indices.sorted { texts[$0].precedes(texts[$1]) }
    var rank = [Int32](repeating: 0, count: texts.count)
    for (place, index) in order.enumerated() { rank[index] = Int32(place) }
    return (order.map { texts[$0] }, rank)
  }
}
