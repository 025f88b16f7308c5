import AidModel
import AidPolicy

/// Who is paid first where a fund is short: by the policy's `priority`, then staff number, then record order.
struct PayingOrder {
  let assessor: Assessor
  let threads: Int

  /// - Parameter members: entries of the book in record order.
  /// - Returns: places among the members, first paid first.
  func order(of members: [Int], in book: AwardBook) -> [Int] {
    let ranges = Parallel.ranges(of: members.count, each: 4096)
    let assessor = assessor
    let parts = Parallel.map(ranges.count, threads: threads) { part in
      KeyFinder(assessor).keys(of: members[ranges[part]], in: book)
    }
    guard var keys = parts.first?.keys else { return [] }
    for part in parts.dropFirst() { keys.append(part.keys) }
    let staffNumbers = parts.flatMap(\.staffNumbers)
    let (frozen, claims, roster) = (keys, assessor.claims, assessor.facts.roster)
    return Parallel.sorted(members.count, threads: threads) { a, b in
      let order = frozen.order(a, b)
      if order != 0 { return order < 0 }
      if staffNumbers[a] != staffNumbers[b] { return staffNumbers[a] < staffNumbers[b] }
      func staffNo(_ member: Int) -> String {
        Claimant.order(claims[Int(book.entries[members[member]].claim)], roster: roster).staffNo
      }
      let (x, y) = (staffNo(a), staffNo(b))
      return x.sameScalars(as: y) ? a < b : x.precedes(y)
    }
  }
}

/// Finds the keys of awards. For one thread.
private struct KeyFinder {
  let assessor: Assessor
  /// By programme.
  private let quick: [QuickAssessor?]

  init(_ assessor: Assessor) {
    self.assessor = assessor
    quick = assessor.programmes.map {
      QuickAssessor(
        $0.policy, roster: assessor.facts.roster?.layout, period: assessor.facts.period,
        payDate: assessor.facts.payDate)
    }
  }

  func keys(of members: ArraySlice<Int>, in book: AwardBook) -> (keys: PoolKeys, staffNumbers: [UInt64]) {
    let first = Int(book.entries[members[members.startIndex]].programme)
    var keys = PoolKeys(assessor.programmes[first].policy)
    var staffNumbers: [UInt64] = []
    for member in members {
      let entry = book.entries[member]
      let staffNo = Claimant.order(assessor.claims[Int(entry.claim)], roster: assessor.facts.roster).staffNo
      staffNumbers.append(RecordOrder.prefix(staffNo))
      if !appendQuickly(entry, to: &keys) { append(entry, in: book, to: &keys) }
    }
    return (keys, staffNumbers)
  }

  private func appendQuickly(_ entry: AwardEntry, to keys: inout PoolKeys) -> Bool {
    guard let quick = quick[Int(entry.programme)] else { return false }
    quick.start()
    for number in rows(of: entry) { quick.add(assessor.claims[number]) }
    var (paid, roster, awarded) = (PaidBefore(), Claim?.none, [AwardedElsewhere]())
    if quick.usesHistory || quick.usesRoster || quick.usesOtherAwards {
      let who = Claimant(assessor.claims[Int(entry.claim)], roster: assessor.facts.roster)
      (paid, awarded) = (assessor.paid(who, seat(entry)), assessor.awardedElsewhere(seat(entry), who))
      roster = assessor.rosterEntry(who)
    }
    return quick.appendKeys(paid: paid, roster: roster, awarded: awarded, to: &keys)
  }

  private func append(_ entry: AwardEntry, in book: AwardBook, to keys: inout PoolKeys) {
    let award = book.award(entry)
    let (seat, who) = (seat(entry), award.claimant)
    let person = PersonCase(
      rows: [], roster: assessor.rosterEntry(who), paid: assessor.paid(who, seat),
      spouse: SpouseAwards(), awarded: assessor.awardedElsewhere(seat, who), decisions: [],
      period: assessor.facts.period, payDate: assessor.facts.payDate, language: assessor.language)
    keys.append(
      assessor.programmes[seat.programme].policy, person,
      rows: award.rows.filter { $0.outcome == .paid }.map(\.claim))
  }

  private func rows(of entry: AwardEntry) -> [Int] {
    switch assessor.programmes[Int(entry.programme)].policy.awardPer {
    case .row: [Int(entry.claim)]
    case .person: assessor.applicants[Int(entry.programme)].rows(of: Int(entry.applicant)).map(Int.init)
    }
  }

  private func seat(_ entry: AwardEntry) -> Seat {
    Seat(programme: Int(entry.programme), applicant: Int(entry.applicant))
  }
}
