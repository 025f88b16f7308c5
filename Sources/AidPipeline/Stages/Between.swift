import AidModel
import AidPolicy

/// A person in a programme.
struct Seat: Hashable, Sendable {
  let programme: Int
  let applicant: Int
}

/// What the rules between programmes and within households make of a person's awards in one programme.
struct Verdict: Sendable {
  /// The policy key: `exclusive`, `one_per_household`.
  let key: String
  /// What the awards become; nil: they stay as they are and only the finding is added.
  let outcome: RowOutcome?
  let reason: Reason
  let finding: Finding?
  /// An award that waits is refused too: whatever it came to, it would not be paid.
  let includesHeld: Bool

  func apply(to award: inout Award) {
    guard award.outcome == .paid || (includesHeld && award.outcome == .held) else { return }
    if let finding { award.findings.append(finding) }
    guard let outcome else { return }
    if outcome == .refused {
      if !award.trace.steps.isEmpty {
        do {
          try award.trace.take(key, clause: reason.clause, .gate(condition: reason.text, held: false))
        } catch {
          preconditionFailure("setting an amount to zero cannot overflow")
        }
      }
      award.findings = finding.map { [$0] } ?? []
      award.reasons = [reason]
    } else {
      award.reasons.append(reason)
    }
    award.settle(as: outcome, because: reason)
  }
}

/// What awards know of each other. Fixed in the first pass over a batch and read again whenever an award is assessed.
struct Between: Sendable {
  /// What a person gets from a programme that others come after; nil while it waits.
  var awarded: [Seat: Money?] = [:]
  /// The same after a short fund was shared.
  var shares: [Seat: Money] = [:]
  var spouses: [Seat: SpouseAwards] = [:]
  var verdicts: [Seat: Verdict] = [:]
}

/// Finds the same person in another programme.
struct Directory: Sendable {
  private var seats: [[ExactText: Int]] = []

  init() {}

  init(_ applicants: [Applicants], claims: [Claim], roster: Roster?) {
    seats = applicants.map { people in
      var index: [ExactText: Int] = [:]
      for applicant in 0..<people.count {
        for number in people.rows(of: applicant) {
          for key in Self.keys(Claimant(claims[Int(number)], roster: roster)) where index[key] == nil {
            index[key] = applicant
          }
        }
      }
      return index
    }
  }

  private static func keys(_ who: Claimant) -> [ExactText] {
    (who.staffNo.isEmpty ? [] : [ExactText("s" + who.staffNo)])
      + (who.idNumber.isEmpty ? [] : [ExactText("i" + who.idNumber)])
  }

  func applicant(_ who: Claimant, in programme: Int) -> Int? {
    guard programme < seats.count else { return nil }
    return Self.keys(who).lazy.compactMap { seats[programme][$0] }.first
  }
}

/// Couples among the applicants of one programme: linked where either names the other's ID number, on the list or on
/// the roster.
struct Households: Sendable {
  /// For each applicant those of the same household, the applicant left out.
  private var partners: [Int: [Int]] = [:]
  /// For each applicant the ID numbers of spouses, applying or not.
  private var spouseIDs: [Int: [String]] = [:]

  init(_ people: Applicants, claims: [Claim], roster: Roster?) {
    var byID: [ExactText: Int] = [:]
    var named: [(applicant: Int, spouse: String)] = []
    for applicant in 0..<people.count {
      let rows = people.rows(of: applicant).map { claims[Int($0)] }
      let who = Claimant(rows[0], roster: roster)
      let id = rows.lazy.map { Claimant($0, roster: roster).idNumber }.first { !$0.isEmpty } ?? who.idNumber
      if !id.isEmpty, byID[ExactText(id)] == nil { byID[ExactText(id)] = applicant }
      var spouses = rows.map { $0.text(.spouseID) }.filter { !$0.isEmpty }
      if let entry = Claimant.rosterEntry(of: rows[0], roster) {
        let onRoster = entry.text(named: "spouse_id")
        if !onRoster.isEmpty { spouses.append(onRoster) }
      }
      for spouse in spouses { named.append((applicant, spouse)) }
    }
    // A member whose roster entry names an applicant is that applicant's spouse, applying or not.
    for entry in roster?.entries ?? [] {
      let spouse = entry.text(named: "spouse_id")
      let id = entry.text(named: "id_number")
      if !spouse.isEmpty, !id.isEmpty, let applicant = byID[ExactText(spouse)] {
        named.append((applicant, id))
      }
    }
    for (applicant, spouse) in named {
      add(spouse, to: applicant)
      guard let other = byID[ExactText(spouse)], other != applicant else { continue }
      link(applicant, other)
      link(other, applicant)
    }
    for (id, applicant) in byID {
      for partner in partners[applicant] ?? [] { add(id.text, to: partner) }
    }
    for key in spouseIDs.keys { spouseIDs[key]?.sort { $0.precedes($1) } }
    for key in partners.keys { partners[key]?.sort() }
  }

  private mutating func add(_ id: String, to applicant: Int) {
    if spouseIDs[applicant, default: []].contains(where: { $0.sameScalars(as: id) }) { return }
    spouseIDs[applicant, default: []].append(id)
  }

  private mutating func link(_ a: Int, _ b: Int) {
    if partners[a, default: []].contains(b) { return }
    partners[a, default: []].append(b)
  }

  func partners(of applicant: Int) -> [Int] { partners[applicant] ?? [] }
  func spouseIDs(of applicant: Int) -> [String] { spouseIDs[applicant] ?? [] }
  /// Applicants with a partner who applies too, ascending.
  var coupled: [Int] { partners.keys.sorted() }
}
