import AidModel

/// Places and a short fund among the people of an example.
extension Policy {
  /// - Parameter fund: what there is; nil: enough.
  func share(
    _ results: inout [[Assessment]], among people: [PersonCase], fund: Money?, _ language: Language
  ) {
    guard places != nil || fund != nil else { return }
    let paid = results.indices.flatMap { person in
      results[person].indices.filter { results[person][$0].outcome == .paid }.map {
        (person: person, award: $0)
      }
    }
    let order = order(of: paid, results, people)
    takePlaces(&results, order.map { paid[$0] }, people, language)
    guard let fund else { return }
    let claims = paid.map { place in
      let award = results[place.person][place.award]
      return PoolClaim(
        asked: award.outcome == .paid ? Money(exactly: award.trace.result) ?? .zero : .zero,
        least: award.leastAmount)
    }
    switch Pool.share(
      available: fund, among: claims, rule: whenShort, payPartial: payPartial, order: { order })
    {
    case .enough: return
    case .stopped, .belowLeast:
      for place in paid where results[place.person][place.award].outcome == .paid {
        let text = Bilingual("基金不足，整批不发放", "the fund is short: nobody is paid").text(language)
        results[place.person][place.award].end(as: .held, Reason(code: "stop", text: text))
      }
    case .shared(let amounts):
      for (place, amount) in zip(paid, amounts) where results[place.person][place.award].outcome == .paid {
        results[place.person][place.award].take("pool", .pool(amount, fund: self.fund ?? ""))
        if amount == .zero {
          let text = Bilingual("基金已经用完", "the fund has ended").text(language)
          results[place.person][place.award].end(as: .zero, Reason(code: "pool", text: text))
        }
      }
    }
  }

  /// Places among the awards that are paid: by `priority`, then staff number, then their own order.
  private func order(
    of paid: [(person: Int, award: Int)], _ results: [[Assessment]], _ people: [PersonCase]
  ) -> [Int] {
    var keys = PoolKeys(self)
    for place in paid {
      let rows = results[place.person][place.award].rows.filter { $0.outcome == .paid }.map(\.claim)
      keys.append(self, people[place.person], rows: rows)
    }
    func staffNo(_ i: Int) -> String { people[paid[i].person].rows.first?.text(.staffNo) ?? "" }
    return paid.indices.sorted { a, b in
      let order = keys.order(a, b)
      if order != 0 { return order < 0 }
      return staffNo(a).sameScalars(as: staffNo(b)) ? a < b : staffNo(a).precedes(staffNo(b))
    }
  }

  private func takePlaces(
    _ results: inout [[Assessment]], _ inOrder: [(person: Int, award: Int)], _ people: [PersonCase],
    _ language: Language
  ) {
    guard places != nil else { return }
    let terms = inOrder.map { place in
      placeTerms(
        people[place.person],
        rows: results[place.person][place.award].rows.filter { $0.outcome == .paid }.map(\.claim))
    }
    let claims = zip(inOrder, terms).map { place, terms in
      PlaceClaim(
        person: place.person, terms: terms ?? PlaceTerms(group: "", count: nil, amount: nil),
        asked: Money(exactly: results[place.person][place.award].trace.result) ?? .zero)
    }
    let shared = PlaceSharing.share(claims, payPartial: payPartial)
    for (i, place) in inOrder.enumerated() where shared[i].paid != claims[i].asked {
      guard let terms = terms[i] else { continue }
      results[place.person][place.award].take(
        "places", .places(shared[i].paid, group: terms.group, rank: shared[i].rank))
      let reason = reasonOfPlaces(shared[i], terms, language: language)
      if shared[i].paid == .zero {
        results[place.person][place.award].end(as: .refused, reason)
      } else {
        results[place.person][place.award].reasons.append(reason)
      }
    }
  }
}

extension Assessment {
  fileprivate mutating func take(_ key: String, _ operation: AidModel.Operation) {
    do { try trace.take(key, clause: nil, operation) } catch {
      preconditionFailure("setting an amount cannot overflow")
    }
  }

  fileprivate mutating func end(as outcome: RowOutcome, _ reason: Reason) {
    self.outcome = outcome
    reasons = [reason]
    for i in rows.indices where rows[i].outcome != .notCounted { rows[i].outcome = outcome }
  }
}
