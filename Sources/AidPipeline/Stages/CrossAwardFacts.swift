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

/// Households among the applicants of one programme: couples, linked where either names the other's ID number, on the
/// list or on the roster, and all who have one `household_id` there.
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
    addHouseholds(people, of: persons, roster)
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

  /// No household is larger; a number that stands at more people is no household's, and makes their rows wait.
  static let membersMax = 64

  /// Persons by the household they are of, on the list or on the roster.
  private mutating func addHouseholds(_ people: Applicants, of persons: Persons, _ roster: Roster?) {
    var members: [ExactText: [Int]] = [:]
    func add(_ person: Int, _ household: String) {
      if household.isEmpty || members[ExactText(household)]?.last == person { return }
      members[ExactText(household), default: []].append(person)
    }
    for applicant in 0..<people.count {
      for number in people.rows(of: applicant) {
        add(people.person(of: applicant), persons.household(ofClaim: Int(number)))
      }
    }
    if let roster, roster.layout.index(of: "household_id") != nil {
      for entry in roster.entries {
        let household = entry.text(named: "household_id")
        guard !household.isEmpty, members[ExactText(household)] != nil,
          case .person(let person) = persons.find(
            staffNo: entry.text(named: "staff_no"), idNumber: entry.text(named: "id_number"))
        else { continue }
        add(person, household)
      }
    }
    for household in members.values {
      let own = Set(household)
      guard own.count > 1, own.count <= Self.membersMax else { continue }
      for person in own.sorted() {
        guard let applicant = people.applicant(of: person) else { continue }
        for other in own.sorted() where other != person { self.add(other, to: applicant, people) }
      }
    }
  }

  func partners(of applicant: Int) -> [Int] { partners[applicant] ?? [] }
  func spouses(of applicant: Int) -> [Int] { spouses[applicant] ?? [] }
  /// Applicants whose partner applies too, ascending.
  var coupled: [Int] { partners.keys.sorted() }
}
