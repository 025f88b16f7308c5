import AidModel

/// The application rows of one programme, person by person in the order of their first rows.
///
/// The identity of a person is the staff number, else the ID number; a row with only an ID number joins the staff
/// number that another row or the roster gives for it. A row with neither stands alone.
struct Applicants: Sendable {
  private let roster: Roster?
  /// For ID numbers that stand without a staff number somewhere: the staff number they have elsewhere.
  private let staffNoByID: [ExactText: String]
  private let groups: Sharing.Groups

  /// - Parameter numbers: which of `claims` are the programme's, ascending.
  init(_ numbers: [Int], of claims: [Claim], roster: Roster?) {
    self.roster = roster
    let incomplete = Set(
      numbers.lazy.map { claims[$0] }.filter { $0.hash(of: .staffNo) == nil && $0.hash(of: .idNumber) != nil }
        .map { ExactText($0.text(.idNumber)) })
    var known: [ExactText: String] = [:]
    if !incomplete.isEmpty {
      for number in numbers {
        let (staffNo, id) = (claims[number].text(.staffNo), ExactText(claims[number].text(.idNumber)))
        if !staffNo.isEmpty, incomplete.contains(id), known[id] == nil { known[id] = staffNo }
      }
    }
    staffNoByID = known
    var sharing = Sharing()
    for number in numbers {
      sharing.add(Self.hash(claims[number], known, roster), number: number)
    }
    groups = sharing.everyGroup { Self.key(claims[$0], known, roster) }
  }

  var count: Int { groups.count }

  /// Numbers of a person's claims, ascending.
  func rows(of applicant: Int) -> ArraySlice<Int32> { groups[applicant] }

  /// What the person is known by: staff number, else ID number, else the place of the row.
  func key(of claim: Claim) -> String { Self.key(claim, staffNoByID, roster) }

  /// Of the key; a staff number, as nearly everybody has, is not made text for it.
  private static func hash(
    _ claim: Claim, _ staffNoByID: [ExactText: String], _ roster: Roster?
  ) -> UInt64 {
    claim.hash(of: .staffNo) ?? FNV.wideHash(key(claim, staffNoByID, roster))
  }

  private static func key(_ claim: Claim, _ staffNoByID: [ExactText: String], _ roster: Roster?) -> String {
    let staffNo = claim.text(.staffNo)
    if !staffNo.isEmpty { return staffNo }
    let id = claim.text(.idNumber)
    if id.isEmpty { return "\(claim.place)" }
    if let known = staffNoByID[ExactText(id)] { return known }
    if let entry = roster?.entry(idNumber: id) {
      let known = entry.text(named: "staff_no")
      if !known.isEmpty { return known }
    }
    return id
  }
}
