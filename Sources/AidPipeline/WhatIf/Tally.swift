import AidModel
import AidPolicy
import AidReview

/// A batch's result, person by person.
struct Tally {
  let report: BatchReport
  /// The amount of each unit.
  let units: [ExactText: WhatIfColumn.Figure]
  private let reading: BatchReading
  /// Identifies the reading; within one reading, equal indexes mean the same people.
  private let number: Int
  private let language: Language
  /// For each programme and applicant: the amount, and the index of the first entry.
  private var amounts: [[Money]]
  private var entries: [[Int]]

  init(_ calculation: Calculation, _ reading: BatchReading, number: Int, language: Language) {
    report = calculation.report
    self.language = language
    self.reading = reading
    self.number = number
    amounts = reading.applicants.map { Array(repeating: .zero, count: $0.count) }
    entries = reading.applicants.map { Array(repeating: -1, count: $0.count) }
    for (i, entry) in report.book.entries.enumerated() {
      let (programme, applicant) = (Int(entry.programme), Int(entry.applicant))
      amounts[programme][applicant] += entry.amount
      if entries[programme][applicant] < 0 { entries[programme][applicant] = i }
    }
    var figures = [WhatIfColumn.Figure](repeating: .init(), count: report.book.units.count)
    for (programme, own) in entries.enumerated() {
      for (applicant, entry) in own.enumerated() where entry >= 0 {
        figures[Int(report.book.entries[entry].unit)].add(amounts[programme][applicant])
      }
    }
    units = Dictionary(uniqueKeysWithValues: zip(report.book.units.map { ExactText($0) }, figures))
  }

  /// The figures compared with those of the batch's own policies.
  /// - Parameter policy: the changed policy, if any.
  func column(file: String?, policy: Policy?, against own: Tally) -> WhatIfColumn {
    var column = WhatIfColumn(
      file: file, policy: policy?.id ?? "", programme: policy?.programme ?? "", programmes: amounts.count,
      units: 0)
    for (programme, people) in amounts.enumerated() {
      for amount in people {
        column.total.add(amount)
        column.byProgramme[programme].add(amount)
        if amount > .zero { column.byBand[WhatIf.band(of: amount)].add(amount) }
      }
    }
    for entry in report.book.entries { column.outcomes.count(entry) }
    if file != nil { column.missing = missing(against: own) }
    column.funds = report.funds
    column.stops = report.stops.map(\.what)
    var changes: [Change] = []
    forEachPerson(with: own) { change in
      let (before, after) = (change.before, change.after)
      switch (before > .zero, after > .zero) {
      case (false, true): column.shifts.enter += 1
      case (true, false): column.shifts.leave += 1
      case (true, true) where after > before: column.shifts.win += 1
      case (true, true) where after < before: column.shifts.lose += 1
      default: column.shifts.same += 1
      }
      if before != after { changes.append(change) }
    }
    column.largest = largest(changes, own)
    return column
  }

  /// Columns missing from the lists under this policy but not under the batch's own.
  private func missing(against own: Tally) -> [String] {
    func words(_ report: BatchReport) -> [String] {
      report.findings.filter { $0.kind.code == "COLUMN-MISSING" || $0.kind.code == "COLUMN-ABSENT" }
        .map { "\($0.place) \($0.kind.code) \($0.message(language))" }
    }
    let known = words(own.report)
    return words(report).filter { new in !known.contains { $0.sameScalars(as: new) } }
  }

  private struct Change {
    let programme: Int
    /// Nil if not among these people.
    let here: Int?
    let there: Int?
    let before: Money
    let after: Money

    var size: Int64 { abs(after.fen - before.fen) }
  }

  private func forEachPerson(with own: Tally, _ body: (Change) -> Void) {
    for programme in amounts.indices {
      let (before, after) = (own.amounts[programme], amounts[programme])
      if number == own.number {
        for i in after.indices {
          body(Change(programme: programme, here: i, there: i, before: before[i], after: after[i]))
        }
        continue
      }
      var left = own.people(programme)
      for i in after.indices {
        let there = left.removeValue(forKey: key(programme, i))
        body(
          Change(
            programme: programme, here: i, there: there, before: there.map { before[$0] } ?? .zero,
            after: after[i]))
      }
      for i in left.values.sorted() {
        body(Change(programme: programme, here: nil, there: i, before: before[i], after: .zero))
      }
    }
  }

  private func key(_ programme: Int, _ applicant: Int) -> ExactText {
    let first = reading.applicants[programme].rows(of: applicant).first ?? 0
    return ExactText(reading.key(ofClaim: Int(first)))
  }

  private func people(_ programme: Int) -> [ExactText: Int] {
    var people: [ExactText: Int] = [:]
    for i in amounts[programme].indices { people[key(programme, i)] = i }
    return people
  }

  private static let largestMax = 10

  private func largest(_ changes: [Change], _ own: Tally) -> [WhatIfColumn.Change] {
    func order(_ change: Change) -> Int {
      change.here.map { entries[change.programme][$0] } ?? Int.max
    }
    let sorted = changes.sorted { $0.size != $1.size ? $0.size > $1.size : order($0) < order($1) }
    return sorted.prefix(Self.largestMax).map { change in
      let (tally, applicant) = change.here.map { (self, $0) } ?? (own, change.there ?? 0)
      let entry = tally.report.book.entries[tally.entries[change.programme][applicant]]
      let who = tally.report.book.claimant(of: entry)
      return WhatIfColumn.Change(
        programme: report.programmes[change.programme].programme, unit: who.unit, staffNo: who.staffNo,
        name: who.name, before: change.before, after: change.after)
    }
  }
}
