import AidModel

/// What is kept of people's awards in one programme, person by person; awards with their steps are freed.
struct CompactAwards: Sendable {
  /// Findings raised, and decisions looked up, by one person's awards.
  struct Note: Sendable {
    let seat: ApplicantKey
    let findings: [Finding]
    let decisionsAsked: [ExactText]
  }

  private(set) var entries: [AwardEntry] = []
  /// Only for people with findings or decisions.
  private(set) var notes: [Note] = []

  init() {}

  init(
    _ awards: [Assessor.Assessed], _ seat: ApplicantKey, person: Int, decisions: DecisionBook,
    takesDecision: Bool
  ) {
    append(awards, seat, person: person, decisions: decisions, takesDecision: takesDecision)
  }

  mutating func append(_ entry: AwardEntry) { entries.append(entry) }

  /// Removes all but the first `count` entries.
  mutating func truncate(to count: Int) { entries.removeSubrange(count...) }

  /// - Parameter takesDecision: a decision about the award is taken into account whatever its amount.
  mutating func append(
    _ awards: [Assessor.Assessed], _ seat: ApplicantKey, person: Int, decisions: DecisionBook,
    takesDecision: Bool
  ) {
    let isOne = awards.count == 1
    for (ordinal, assessed) in awards.enumerated() {
      entries.append(
        AwardEntry(
          programme: seat.programme, applicant: seat.applicant, ordinal: ordinal, claim: assessed.claim,
          award: assessed.award))
    }
    let note = Note(
      seat: seat, findings: awards.flatMap(\.award.findings),
      decisionsAsked: awards.filter { assessed in
        assessed.award.heedsDecision
          || (takesDecision && decisions.onlyChoose(assessed.award, person: isOne ? person : nil))
      }.flatMap {
        decisions.asked(by: $0.award, person: isOne ? person : nil)
      })
    if !note.findings.isEmpty || !note.decisionsAsked.isEmpty { notes.append(note) }
  }
}

extension Award {
  /// Whether a decision affects the award, or will once it no longer waits.
  fileprivate var heedsDecision: Bool { outcome == .held || isDecided }

  /// Whether a committee's amount was used.
  var isDecided: Bool {
    trace.steps.contains { step in
      if case .decided = step.operation { return true }
      return false
    }
  }
}

/// The entries of one programme's people in one array: one per person, or with `award_per: row` one per row.
struct SeatEntries: Sendable {
  private(set) var all: [AwardEntry] = []
  /// End index of each person's entries; empty if everyone has one.
  private var ends: [Int32] = []
  let count: Int

  /// - Parameter rows: the number of a person's rows; nil with `award_per: person`.
  init(people: Int, rows: ((Int) -> Int)?) {
    count = people
    guard let rows else { return }
    var end: Int32 = 0
    ends.reserveCapacity(people)
    for applicant in 0..<people {
      end += Int32(rows(applicant))
      ends.append(end)
    }
  }

  private func range(of applicant: Int) -> Range<Int> {
    if ends.isEmpty { return applicant..<(applicant + 1) }
    return (applicant == 0 ? 0 : Int(ends[applicant - 1]))..<Int(ends[applicant])
  }

  /// A person's entries in row order; empty until the person is assessed.
  func of(_ applicant: Int) -> ArraySlice<AwardEntry> {
    let range = range(of: applicant)
    if range.upperBound > all.count { return [] }
    return all[range].first?.isAssessed == true ? all[range] : []
  }

  /// Sets everyone's entries at once, in the order of the people.
  mutating func fill(_ parts: [CompactAwards]) {
    all.reserveCapacity(ends.last.map(Int.init) ?? count)
    for part in parts { all.append(contentsOf: part.entries) }
  }

  /// Fills the array with placeholders, for people assessed out of order.
  mutating func makeRoom() {
    all = Array(repeating: .notAssessed, count: ends.last.map(Int.init) ?? count)
  }

  mutating func replace(_ applicant: Int, by entries: [AwardEntry]) {
    let range = range(of: applicant)
    precondition(range.count == entries.count, "a person has as many awards as before")
    all.replaceSubrange(range, with: entries)
  }

  /// Moves the entries out.
  mutating func take() -> [AwardEntry] {
    defer { all = [] }
    return all
  }
}
