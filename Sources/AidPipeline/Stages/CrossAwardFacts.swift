import AidModel
import AidPolicy

/// A person in a programme.
struct ApplicantKey: Hashable, Sendable {
  let programme: Int
  let applicant: Int
}

/// What the rules between programmes and within households decide about a person's awards in one programme.
struct Verdict: Sendable {
  /// The policy key: `exclusive`, `one_per_household`.
  let key: String
  /// The new outcome; nil if only the finding is added.
  let outcome: RowOutcome?
  let reason: Reason
  let finding: Finding?
  /// Whether a waiting award is refused too: it would not be paid whatever its amount.
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

/// Facts about other awards that an award depends on. Determined in the first pass over a batch; used again
/// whenever an award is assessed.
struct CrossAwardFacts: Sendable {
  /// What a person gets from a programme that later ones look at; nil while it waits.
  var awarded: [ApplicantKey: Money?] = [:]
  /// The same after a short fund was shared.
  var shares: [ApplicantKey: Money] = [:]
  var spouses: [ApplicantKey: SpouseAwards] = [:]
  var verdicts: [ApplicantKey: Verdict] = [:]
}

/// Couples among the applicants of one programme: linked if either names the other's ID number, in the list
/// or on the roster.
struct Households: Sendable {
  /// For each applicant, the other applicants of the household.
  private var partners: [Int: [Int]] = [:]
  /// For each applicant, the spouses as persons, whether they apply or not.
  private var spouses: [Int: [Int]] = [:]

  init(_ people: Applicants, of persons: Persons, roster: Roster?) {
    for applicant in 0..<people.count {
      for number in people.rows(of: applicant) {
        for spouse in persons.spouses(ofClaim: Int(number)) { add(spouse, to: applicant, people) }
      }
    }
    // A member whose roster entry names an applicant is that applicant's spouse, whether applying or not.
    for entry in roster?.entries ?? [] {
      let named = entry.text(named: "spouse_id")
      guard !named.isEmpty, let person = persons.person(idNumber: named),
        let applicant = people.applicant(of: person),
        case .person(let spouse) = persons.find(
          staffNo: entry.text(named: "staff_no"), idNumber: entry.text(named: "id_number")),
        spouse != person
      else { continue }
      add(spouse, to: applicant, people)
    }
    for key in spouses.keys { spouses[key]?.sort() }
    for key in partners.keys { partners[key]?.sort() }
  }

  private mutating func add(_ spouse: Int, to applicant: Int, _ people: Applicants) {
    if spouses[applicant, default: []].contains(spouse) { return }
    spouses[applicant, default: []].append(spouse)
    guard let other = people.applicant(of: spouse) else { return }
    partners[applicant, default: []].append(other)
    add(people.person(of: applicant), to: other, people)
  }

  func partners(of applicant: Int) -> [Int] { partners[applicant] ?? [] }
  func spouses(of applicant: Int) -> [Int] { spouses[applicant] ?? [] }
  /// Applicants whose partner applies too, ascending.
  var coupled: [Int] { partners.keys.sorted() }
}
