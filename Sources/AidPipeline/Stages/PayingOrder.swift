import AidModel
import AidPolicy

/// Who is paid first from a short fund: by the policy's `priority`, then staff number, then record order.
struct PayingOrder {
  let assessor: Assessor
  let recordOrder: RecordOrder
  let threads: Int

  /// - Parameter members: entries of the book in record order.
  /// - Returns: indexes into the members, first paid first.
  func order(of members: [Int], in book: AwardBook) -> [Int] {
    // Keys are computed in file order, in which claims lie in memory.
    var inFiles = KeyOrder(count: members.count)
    inFiles.sort(by: members.map { UInt64(book.entries[$0].claim) })
    let places = inFiles.numbers
    let ranges = Parallel.ranges(of: members.count, each: 4096)
    let assessor = assessor
    let parts = Parallel.map(ranges.count, threads: threads) { part in
      KeyFinder(assessor).keys(of: places[ranges[part]].map { members[Int($0)] }, in: book)
    }
    guard var keys = parts.first else { return [] }
    for part in parts.dropFirst() { keys.append(part) }
    let staff = places.map { UInt64(recordOrder.staffRank[Int(book.entries[members[Int($0)]].claim)]) }
    if let words = keys.words() {
      var order = KeyOrder(count: members.count)
      for word in [places.map(UInt64.init), staff] + words.reversed() { order.sort(by: word) }
      return order.numbers.map { Int(places[Int($0)]) }
    }
    let frozen = keys
    return Parallel.sorted(members.count, threads: threads) { a, b in
      let order = frozen.order(a, b)
      if order != 0 { return order < 0 }
      return staff[a] != staff[b] ? staff[a] < staff[b] : places[a] < places[b]
    }.map { Int(places[$0]) }
  }
}

/// Computes the keys of awards. Not thread-safe.
private struct KeyFinder {
  let assessor: Assessor
  /// By programme.
  private let quick: [QuickAssessor?]
  private let isByRow: [Bool]

  init(_ assessor: Assessor) {
    self.assessor = assessor
    isByRow = assessor.programmes.map { $0.policy.awardPer == .row }
    quick = assessor.programmes.map {
      QuickAssessor(
        $0.policy, roster: assessor.facts.roster?.layout, period: assessor.facts.period,
        payDate: assessor.facts.payDate)
    }
  }

  func keys(of members: [Int], in book: AwardBook) -> PoolKeys {
    let first = Int(book.entries[members[0]].programme)
    var keys = PoolKeys(assessor.programmes[first].policy)
    for member in members {
      let entry = book.entries[member]
      if !appendQuickly(entry, to: &keys) { append(entry, in: book, to: &keys) }
    }
    return keys
  }

  private func appendQuickly(_ entry: AwardEntry, to keys: inout PoolKeys) -> Bool {
    let programme = Int(entry.programme)
    guard let quick = quick[programme] else { return false }
    quick.start()
    if isByRow[programme] {
      quick.add(assessor.claims[Int(entry.claim)])
    } else {
      for number in assessor.applicants[programme].rows(of: Int(entry.applicant)) {
        quick.add(assessor.claims[Int(number)])
      }
    }
    var (paid, roster, awarded) = (PaidBefore(), Claim?.none, [AwardedElsewhere]())
    if quick.usesHistory || quick.usesRoster || quick.usesOtherAwards {
      (paid, awarded) = (assessor.paid(seat(entry)), assessor.awardedElsewhere(seat(entry)))
      roster = assessor.member(ofClaim: Int(entry.claim))
    }
    return quick.appendKeys(paid: paid, roster: roster, awarded: awarded, to: &keys)
  }

  private func append(_ entry: AwardEntry, in book: AwardBook, to keys: inout PoolKeys) {
    let award = book.award(entry)
    let seat = seat(entry)
    let person = PersonCase(
      rows: [], roster: assessor.member(ofClaim: Int(entry.claim)), paid: assessor.paid(seat),
      spouse: SpouseAwards(), awarded: assessor.awardedElsewhere(seat), decisions: [],
      period: assessor.facts.period, payDate: assessor.facts.payDate, language: assessor.language)
    keys.append(
      assessor.programmes[seat.programme].policy, person,
      rows: award.rows.filter { $0.outcome == .paid }.map(\.claim))
  }

  private func seat(_ entry: AwardEntry) -> ApplicantKey {
    ApplicantKey(programme: Int(entry.programme), applicant: Int(entry.applicant))
  }
}
