import AidModel

/// What one person gets from one programme in one run.
struct Standing {
  var programme = ""
  var unit = ""
  var staffNo = ""
  var name = ""
  var outcome = RowOutcome.paid
  var amount = Money.zero
  /// Before the fund is applied.
  var asked = Money.zero

  /// The reduction by a fund or a stop; zero or negative.
  var cut: Money { amount - asked }

  /// Adds another award of the person; the standing is paid if any of its awards is.
  mutating func add(_ outcome: RowOutcome, _ amount: Money, _ asked: Money) {
    if outcome == .paid { self.outcome = .paid }
    self.amount += amount
    self.asked += asked
  }
}

/// Everyone's standing, in the order of insertion.
struct Standings {
  private(set) var all: [ExactText: Standing] = [:]
  private(set) var order: [ExactText] = []

  var total: Money { all.values.reduce(.zero) { $0 + $1.amount } }

  subscript(key: ExactText) -> Standing? { all[key] }

  mutating func add(_ standing: Standing, person: String) {
    let key = ExactText(standing.programme + "\u{1F}" + person)
    if all[key] == nil {
      all[key] = standing
      order.append(key)
    } else {
      all[key]?.add(standing.outcome, standing.amount, standing.asked)
    }
  }

  init() {}

  init(_ report: BatchReport, _ reading: BatchReading) {
    for entry in report.book.entries {
      let who = report.book.claimant(of: entry)
      let person = reading.key(ofClaim: Int(entry.claim))
      add(
        Standing(
          programme: report.programmes[Int(entry.programme)].programme, unit: who.unit, staffNo: who.staffNo,
          name: who.name, outcome: entry.outcome, amount: entry.amount, asked: entry.asked),
        person: person)
    }
  }

  /// The keys of both, by programme, unit and staff number.
  func union(_ other: Standings) -> [ExactText] {
    let keys = order + other.order.filter { all[$0] == nil }
    return keys.sorted { a, b in
      guard let x = self[a] ?? other[a], let y = self[b] ?? other[b] else { return a < b }
      for (p, q) in [(x.programme, y.programme), (x.unit, y.unit), (x.staffNo, y.staffNo)]
      where !p.sameScalars(as: q) { return p.precedes(q) }
      return a < b
    }
  }
}
