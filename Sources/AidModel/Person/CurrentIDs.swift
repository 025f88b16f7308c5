/// ID numbers that application rows write in the old form of 15 digits, while the roster, another row or an earlier
/// payment has the 18 digits they became: ledgers carry these.
public struct CurrentIDs: Sendable {
  /// The rows that write them with 15 digits, as indexes among the claims, ascending.
  public let rows: [Int]
  private let numbers: Set<PersonNumber>

  public static let none = CurrentIDs([], [], nil, [])

  /// - Parameter old: the rows with an ID number of 15 digits.
  init(_ old: [Int], _ claims: [Claim], _ roster: Roster?, _ payments: [PastPayment]) {
    let sought = old.map { claims[$0].number(of: CommonColumn.idNumber.rawValue, .id) }
    let wanted = Set(sought.filter(\.isCitizens))
    var found: Set<PersonNumber> = []
    if !wanted.isEmpty {
      for number in wanted {
        guard let roster, let entry = roster.index(idNumber: number) else { continue }
        if Self.isCurrent(roster.entries[entry].text(named: "id_number")) { found.insert(number) }
      }
      for payment in payments where Self.isCurrent(payment.idNumber) {
        let number = PersonNumber.idNumber(payment.idNumber)
        if wanted.contains(number) { found.insert(number) }
      }
      for claim in claims {
        claim.withTexts(through: .idNumber) { texts in
          if texts[.idNumber].count != 18 { return }
          let number = PersonNumber.idNumber(texts[.idNumber])
          if wanted.contains(number) { found.insert(number) }
        }
      }
    }
    numbers = found
    rows = zip(old, sought).filter { found.contains($0.1) }.map(\.0)
  }

  private static func isCurrent(_ idNumber: String) -> Bool { idNumber.utf8.count == 18 }

  /// The ID number in 18 digits if it is one of these; else as it is.
  public func current(_ idNumber: String) -> String {
    if numbers.isEmpty || idNumber.utf8.count != 15 { return idNumber }
    let number = PersonNumber.idNumber(idNumber)
    return numbers.contains(number) ? number.text ?? idNumber : idNumber
  }
}
