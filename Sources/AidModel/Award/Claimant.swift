/// The person an award is for and the payee: from the application row, completed from the roster.
public struct Claimant: Sendable {
  public let staffNo: String
  public let name: String
  public let idType: String
  public let idNumber: String
  public let unit: String
  public let payee: Payee

  /// - Parameter currentIDs: whose ID numbers are given in 18 digits though the row has 15.
  public init(_ claim: Claim, roster: Roster?, currentIDs: CurrentIDs = .none) {
    self = claim.withTexts { Claimant($0, roster?.member($0.sought), currentIDs) }
  }

  private init(_ texts: CommonTexts, _ entry: Claim?, _ currentIDs: CurrentIDs) {
    func known(_ own: CommonColumn) -> String {
      let text = texts.string(own)
      return text.isEmpty ? entry?.text(named: own.columnName) ?? "" : text
    }
    staffNo = known(.staffNo)
    name = known(.name)
    idType = texts.string(.idType)
    idNumber = currentIDs.current(known(.idNumber))
    unit = known(.unit)
    // Bank, branch and account holder go with the account: all from the list, or all from the roster.
    if texts[.account].isEmpty, let entry {
      payee = Payee(
        bank: entry.text(named: "bank"), branch: entry.text(named: "branch"),
        account: entry.text(named: "account"), accountName: entry.text(named: "account_name"))
    } else {
      payee = Payee(
        bank: known(.bank), branch: known(.branch), account: texts.string(.account),
        accountName: texts.string(.accountName))
    }
  }

  /// Only the fields used for ordering and publication, as bytes valid during the call.
  public struct Shown {
    public let unit: UnsafeBufferPointer<UInt8>
    public let staffNo: UnsafeBufferPointer<UInt8>
    public let name: UnsafeBufferPointer<UInt8>
  }

  public static func withShown<Result>(
    _ claim: Claim, roster: Roster?, _ body: (Shown) -> Result
  ) -> Result {
    claim.withTexts(through: .unit) { texts in
      let own = Shown(unit: texts[.unit], staffNo: texts[.staffNo], name: texts[.name])
      if roster == nil || !(own.unit.isEmpty || own.staffNo.isEmpty || own.name.isEmpty) { return body(own) }
      let who = Claimant(claim, roster: roster)
      var (unit, staffNo, name) = (who.unit, who.staffNo, who.name)
      return unit.withUTF8 { unit in
        staffNo.withUTF8 { staffNo in
          name.withUTF8 { body(Shown(unit: unit, staffNo: staffNo, name: $0)) }
        }
      }
    }
  }

  /// Only the unit and staff number, which order awards.
  public static func order(_ claim: Claim, roster: Roster?) -> (unit: String, staffNo: String) {
    withShown(claim, roster: roster) {
      (String(decoding: $0.unit, as: UTF8.self), String(decoding: $0.staffNo, as: UTF8.self))
    }
  }
}
