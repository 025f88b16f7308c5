/// Who an award is for and where the money goes: from the application row, completed from the roster.
public struct Claimant: Sendable {
  public let staffNo: String
  public let name: String
  public let idType: String
  public let idNumber: String
  public let unit: String
  public let payee: Payee

  public init(_ claim: Claim, roster: Roster?) {
    let entry = Self.rosterEntry(of: claim, roster)
    func known(_ own: CommonColumn) -> String {
      let text = claim.text(own)
      return text.isEmpty ? entry?.text(named: own.columnName) ?? "" : text
    }
    staffNo = known(.staffNo)
    name = known(.name)
    idType = claim.text(.idType)
    idNumber = known(.idNumber)
    unit = known(.unit)
    // Bank, branch and holder belong to an account: all from the list or all from the roster.
    if claim.text(.account).isEmpty, let entry {
      payee = Payee(
        bank: entry.text(named: "bank"), branch: entry.text(named: "branch"),
        account: entry.text(named: "account"), accountName: entry.text(named: "account_name"))
    } else {
      payee = Payee(
        bank: known(.bank), branch: known(.branch), account: claim.text(.account),
        accountName: claim.text(.accountName))
    }
  }

  /// The member a row is about, by staff number, else by ID number.
  public static func rosterEntry(of claim: Claim, _ roster: Roster?) -> Claim? {
    guard let roster else { return nil }
    return roster.entry(staffNo: claim.text(.staffNo)) ?? roster.entry(idNumber: claim.text(.idNumber))
  }

  /// The unit and staff number alone, which order awards.
  public static func order(_ claim: Claim, roster: Roster?) -> (unit: String, staffNo: String) {
    let (unit, staffNo) = (claim.text(.unit), claim.text(.staffNo))
    if !unit.isEmpty, !staffNo.isEmpty { return (unit, staffNo) }
    let entry = rosterEntry(of: claim, roster)
    return (
      unit.isEmpty ? entry?.text(named: "unit") ?? "" : unit,
      staffNo.isEmpty ? entry?.text(named: "staff_no") ?? "" : staffNo
    )
  }
}
