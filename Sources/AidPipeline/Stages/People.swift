import AidModel

/// The application rows of one programme, grouped by person in the order of their first rows.
struct Applicants: Sendable {
  /// By applicant.
  private let persons: [Int32]
  /// By person; −1 for those who do not apply here.
  private let applicants: [Int32]
  private let groups: TextGrouping.Groups

  /// - Parameter numbers: the indexes of the programme's claims, ascending.
  init(_ numbers: [Int], of persons: Persons) {
    var found: [Int32] = []
    var applicants = [Int32](repeating: -1, count: persons.count)
    let of = numbers.map { number -> Int32 in
      let person = persons.person(ofClaim: number)
      if applicants[person] < 0 {
        applicants[person] = Int32(found.count)
        found.append(Int32(person))
      }
      return applicants[person]
    }
    self.persons = found
    self.applicants = applicants
    groups = TextGrouping.Groups(of: of, count: found.count, named: numbers)
  }

  var count: Int { groups.count }

  /// Indexes of a person's claims, ascending.
  func rows(of applicant: Int) -> ArraySlice<Int32> { groups[applicant] }

  func person(of applicant: Int) -> Int { Int(persons[applicant]) }

  /// Nil if the person does not apply here.
  func applicant(of person: Int) -> Int? { applicants[person] < 0 ? nil : Int(applicants[person]) }
}
