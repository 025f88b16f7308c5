import AidModel

/// The rows of one person in one programme, in file order, and which of them a person must look at first.
struct Applicant {
  /// Staff number, else ID number, else the place of the row.
  let key: String
  var clean: [Claim] = []
  var held: [(claim: Claim, reasons: [Reason])] = []

  var first: Claim { clean.first ?? held[0].claim }
}

/// Groups claims by person. The identity of a person is the staff number, else the ID number; a row with only an
/// ID number joins the staff number that the roster or another row gives for it.
struct People {
  private let roster: Roster?
  private var staffNoByID: [ExactText: String] = [:]
  private var order: [Applicant] = []
  private var index: [ExactText: Int] = [:]

  init(roster: Roster?, claims: [Claim]) {
    self.roster = roster
    for claim in claims {
      let (staffNo, id) = (claim.text(.staffNo), claim.text(.idNumber))
      if !staffNo.isEmpty, !id.isEmpty { staffNoByID[ExactText(id)] = staffNo }
    }
  }

  func key(of claim: Claim) -> String {
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

  mutating func add(_ claim: Claim, reasons: [Reason]) {
    let key = key(of: claim)
    let at: Int
    if let known = index[ExactText(key)] {
      at = known
    } else {
      at = order.count
      index[ExactText(key)] = at
      order.append(Applicant(key: key))
    }
    if reasons.isEmpty { order[at].clean.append(claim) } else { order[at].held.append((claim, reasons)) }
  }

  /// In the order of their first rows.
  var all: [Applicant] { order }
}
