import AidModel

/// Assesses a person's rows one after the other (`award_per: row`): later rows depend on what earlier ones received,
/// or still wait for.
extension Policy {
  /// A row's place among those of its person.
  private struct Standing {
    /// Rows, first first.
    let order: [Int]
    /// For a row that nobody can place, why.
    let unplaced: [Int: (value: EvaluatedValue, key: Compiled)]
  }

  /// A person's rows in the policy's order; what is not known comes last, ties in file order.
  func inOrder(_ person: PersonCase) -> [Claim] {
    order.isEmpty || person.rows.count < 2
      ? person.rows : standing(person).order.map { person.rows[$0] }
  }

  private func standing(_ person: PersonCase) -> Standing {
    guard !order.isEmpty, person.rows.count > 1 else {
      return Standing(order: Array(person.rows.indices), unplaced: [:])
    }
    var unplaced: [Int: (value: EvaluatedValue, key: Compiled)] = [:]
    var keys = PoolKeys(descending: order.map(\.descending))
    for (i, row) in person.rows.enumerated() {
      var scope = PersonAssessor.scope(self, person, [row], person.paid)
      let values = order.map { key in (key.value, scope.answer(to: key.value).0) }
      if let blank = values.first(where: { $0.1.isUnknown }) { unplaced[i] = (blank.1, blank.0) }
      keys.append(values.map { PoolValue($0.1) })
    }
    let sorted = person.rows.indices.sorted { a, b in
      let order = keys.order(a, b)
      return order == 0 ? a < b : order < 0
    }
    return Standing(order: sorted, unplaced: unplaced)
  }

  /// One assessment for each row, in the order of the rows; the one of a row that waits means nothing.
  /// - Parameter assess: assesses one row, given what was paid before it.
  func assessRows(
    _ person: PersonCase, _ assess: (Claim, PaidBefore, Decision?) -> Assessment
  ) -> [Assessment] {
    let standing = standing(person)
    var results: [Int: Assessment] = [:]
    var paid = person.paid
    // A row that nobody can place might stand before any other.
    var waits = looksBack ? standing.unplaced.keys.min().map { person.rows[$0].place } : nil
    for i in standing.order {
      var result: Assessment
      if looksBack, let unplaced = standing.unplaced[i] {
        result = PersonAssessor(
          policy: self, person: person, rows: [person.rows[i]], paid: paid, decision: nil
        ).held(by: unplaced.value, in: unplaced.key)
      } else {
        result = assess(person.rows[i], paid, i < person.decisions.count ? person.decisions[i] : nil)
        if let waits, result.outcome != .held, !isCertain(result) { result.wait(for: waits, person.language) }
      }
      results[i] = result
      if person.waiting.contains(i) || result.outcome == .held {
        if looksBack { waits = waits ?? person.rows[i].place }
      } else {
        add(result, to: &paid, person)
      }
    }
    return person.rows.indices.map { results[$0]! }
  }

  /// What later rows see of an earlier one.
  private func add(_ result: Assessment, to paid: inout PaidBefore, _ person: PersonCase) {
    let breakdown = result.trace.breakdown(remembered: result.remembered)
    if result.outcome == .paid, let money = Money(exactly: result.trace.result) {
      paid.add(money, on: person.payDate, of: person.period, isOfYear: true, breakdown: breakdown)
    } else if isCumulative, result.claimsForNothing {
      paid.add(.zero, on: person.payDate, of: person.period, isOfYear: true, breakdown: breakdown)
    }
  }

  /// Whatever earlier rows come to, the row stays what it is.
  private func isCertain(_ result: Assessment) -> Bool {
    func lookBack(_ conditions: [Condition]) -> Bool { conditions.contains { $0.when.expression.looksBack } }
    switch result.outcome {
    case .notCounted: return !lookBack(counts)
    case .refused:
      return result.reasons.allSatisfy {
        $0.code == "limit" || $0.code == "eligible" && !lookBack(eligible)
      }
    default: return false
    }
  }
}

extension Assessment {
  /// Nothing is due yet, and what was claimed counts for a later claim all the same.
  var claimsForNothing: Bool {
    outcome == .zero || outcome == .refused && reasons.allSatisfy { $0.code == "gate" }
  }

  /// The row waits for an earlier one of its person.
  fileprivate mutating func wait(for earlier: Place, _ language: Language) {
    let place = rows.first?.claim.place ?? earlier
    let finding = Finding(PolicyFindings.earlierRowWaits, at: place, ["\(earlier)"])
    let reason = Reason(code: finding.kind.code, text: finding.message(language))
    (outcome, trace, reasons) = (.held, Trace(), [reason])
    findings.append(finding)
    for i in rows.indices {
      rows[i].outcome = .held
      rows[i].reason = reason
    }
  }
}

extension PersonAssessor {
  /// The row's place among those of its person cannot be told.
  fileprivate consuming func held(by value: EvaluatedValue, in key: Compiled) -> Assessment {
    holdUnknown(value, in: key)
    return finish()
  }
}
