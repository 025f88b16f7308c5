/// Who each row, payment and decision of a batch is about. Persons are determined once, from everything
/// known, and every other part asks here.
///
/// A person is a staff number and an ID number that belong together according to the roster, a row with both,
/// or an earlier payment. Contradictions never merge persons: a person has one ID number, and one staff
/// number besides those the roster explains. Persons are numbered from 0, applicants first, in the order of
/// their first rows.
public struct Persons: Sendable {
  /// A row that wrongly equates two people: every row of both must wait.
  public struct Contradiction: Sendable {
    /// Index of the row among the claims.
    public let claim: Int
    public let person: Int
    public let other: Int
  }

  /// Whom a number outside the application lists refers to.
  public enum Found: Sendable, Equatable {
    case person(Int)
    /// Perhaps one of these: only leading zeros or letter case differ.
    case unsure([Int])
    case nobody
  }

  /// An earlier payment that may have gone to this person, but not certainly.
  public struct PaymentDoubt: Sendable {
    public enum Reason: Sendable {
      /// The staff numbers differ only as `alikeDifference` says.
      case spelling
      /// The staff number is this person's, the ID number someone else's.
      case otherID
    }

    /// Index of the payment among the payments.
    public let payment: Int
    public let person: Int
    public let reason: Reason
  }

  /// Applicants and recipients of earlier payments.
  public let count: Int
  public let contradictions: [Contradiction]
  /// Applicants whose staff numbers differ only as `alikeDifference` says.
  public let alike: [(person: Int, other: Int)]
  public let paymentDoubts: [PaymentDoubt]
  /// Indexes of earlier payments matched to an applicant by name and a staff number that lost its zeros.
  public let tiedByName: [Int]

  /// The ID numbers written with 15 digits in a row and with 18 elsewhere.
  public let currentIDs: CurrentIDs

  let ofClaim: [Int32]
  let ofPayment: [Int32]
  let groups: TextGrouping.Groups
  let lookup: PersonLookup
  /// By person index.
  let staffNumbers: [PersonNumber]
  let idNumbers: [PersonNumber]
  private let claims: [Claim]
  /// By claim index.
  private let isNamedByStaffNo: [Bool]

  /// How two staff numbers differ that may be one person's.
  public static let alikeDifference = Bilingual(
    "工号只差前面的 0、字母大小写或看起来一样的字符（0 和 O、1 和 I）",
    "the staff numbers differ only by leading zeros, letter case or characters that look alike (0 and O, 1 and I)"
  )

  /// - Parameters:
  ///   - claims: every application row of the batch, in file order.
  ///   - payments: from earlier batches.
  public init(_ claims: [Claim], roster: Roster?, payments: [PastPayment] = []) {
    var finder = PersonFinder(roster: roster, room: claims.count)
    finder.read(claims)
    finder.read(payments, claims)
    self.claims = claims
    let numbered = finder.numbered()
    count = numbered.count
    ofClaim = finder.ofClaim.map { numbered.of[Int($0)] }
    ofPayment = finder.ofPayment.map { numbered.of[Int($0)] }
    contradictions = finder.contradictions.map {
      Contradiction(
        claim: $0.claim, person: Int(numbered.of[Int($0.person)]), other: Int(numbered.of[Int($0.other)]))
    }
    alike = finder.alike(claims).map { (Int(numbered.of[Int($0.0)]), Int(numbered.of[Int($0.1)])) }
      .filter { $0.0 != $0.1 }
    paymentDoubts = finder.doubts.map {
      PaymentDoubt(payment: $0.payment, person: Int(numbered.of[Int($0.person)]), reason: $0.reason)
    }
    tiedByName = finder.tiedByName
    currentIDs = CurrentIDs(finder.rowsWithOldID, claims, roster, payments)
    (staffNumbers, idNumbers) = (numbered.staffNumbers, numbered.idNumbers)
    isNamedByStaffNo = zip(finder.staffNoOfClaim, ofClaim).map { [staffNumbers] own, person in
      !own.isBlank && own == staffNumbers[Int(person)]
    }
    groups = TextGrouping.Groups(of: ofClaim, count: numbered.applicants)
    lookup = finder.lookup(numbered.of)
  }

  /// Persons below this index are applicants.
  public var applicantCount: Int { groups.count }

  /// - Parameter number: index among all claims.
  public func person(ofClaim number: Int) -> Int { Int(ofClaim[number]) }

  /// The recipient of an earlier payment.
  /// - Parameter number: index among the payments.
  public func person(ofPayment number: Int) -> Int { Int(ofPayment[number]) }

  /// Indexes of a person's claims, ascending; empty for a person who does not apply.
  public func rows(of person: Int) -> ArraySlice<Int32> { person < groups.count ? groups[person] : [] }

  /// Collects what `body` returns for each applicant with several rows, in the order of their first rows.
  public func eachWithSeveralRows<Result>(_ body: (ArraySlice<Int32>) -> [Result]) -> [Result] {
    var found: [Result] = []
    for person in 0..<groups.count where groups.size(of: person) > 1 { found += body(groups[person]) }
    return found
  }

  /// The persons a row names as spouses, in the list or on the roster; never the person itself.
  public func spouses(ofClaim number: Int) -> [Int] {
    let claim = claims[number]
    let onRoster = claim.member(of: lookup.roster)?.text(named: "spouse_id") ?? ""
    return [claim.text(.spouseID), onRoster].filter { !$0.isEmpty }.compactMap { person(idNumber: $0) }
      .filter { $0 != person(ofClaim: number) }
  }

  /// The household a row names, on the list, else on the roster; empty where neither does.
  public func household(ofClaim number: Int) -> String {
    let own = claims[number].text(.householdID)
    return own.isEmpty ? claims[number].member(of: lookup.roster)?.text(named: "household_id") ?? "" : own
  }

  /// Whether a staff number (or an ID number) of the person is known.
  public func hasStaffNo(_ person: Int) -> Bool { !staffNumbers[person].isBlank }
  public func hasIDNumber(_ person: Int) -> Bool { !idNumbers[person].isBlank }

  /// The person with these numbers; blank numbers are ignored.
  public func find(staffNo: String, idNumber: String = "") -> Found {
    lookup.find(.staffNo(staffNo), .idNumber(idNumber), written: staffNo)
  }

  /// The person with a number as typed, tried as a staff number first, then as an ID number.
  public func find(typed text: String) -> Found {
    let cleaned = TextCleaning.clean(text, asName: false).text
    let byStaffNo = find(staffNo: TextCleaning.plainIdentifier(cleaned, .staffNumber))
    return byStaffNo == .nobody
      ? find(staffNo: "", idNumber: TextCleaning.plainIdentifier(cleaned, .idNumber)) : byStaffNo
  }

  /// The person with an ID number, e.g. a spouse; nil if unknown.
  public func person(idNumber: String) -> Int? {
    if case .person(let person) = find(staffNo: "", idNumber: idNumber) { return person }
    return nil
  }

  /// What an applicant's records are named by: the staff number, else the 18-digit ID number, else the index
  /// of the first row.
  public func key(of person: Int) -> String {
    let rows = rows(of: person).lazy.map { claims[Int($0)] }
    func text(_ number: PersonNumber, _ column: CommonColumn, _ kind: Claim.NumberKind) -> String? {
      if number.isBlank { return nil }
      return number.text
        ?? rows.first { $0.number(of: column.rawValue, kind) == number }?.text(column)
        ?? "\(number.code)"
    }
    return text(staffNumbers[person], .staffNo, .staff) ?? text(idNumbers[person], .idNumber, .id)
      ?? rows.first.map { "\($0.place)" } ?? ""
  }

  /// Whether the claim's own staff number names the person's records, the usual case.
  public func isNamedByStaffNo(ofClaim number: Int) -> Bool { isNamedByStaffNo[number] }
}

/// Finds persons by number.
struct PersonLookup: Sendable {
  let roster: Roster?
  let table: NumberTable
  /// By roster entry.
  let ofMember: [Int32]
  /// Maps the records in the tables to persons.
  let person: [Int32]

  func find(_ staffNo: PersonNumber, _ id: PersonNumber, written: String) -> Persons.Found {
    if let person = owner(id) ?? owner(roster?.index(idNumber: id)) { return .person(person) }
    if staffNo.isBlank { return .nobody }
    if let person = owner(staffNo) { return .person(person) }
    var written = written
    return written.withUTF8 { bytes in
      if let roster {
        let member =
          roster.index(
            numberOf: Roster.Sought(staffNo: bytes, idNumber: .empty, name: .empty))
          ?? roster.onlyMember(withOtherZerosThan: bytes, id)
        if let person = owner(member) { return .person(person) }
      }
      let alike = Set(PersonNumber.alike(bytes).compactMap { owner($0) }).sorted()
      return alike.isEmpty ? .nobody : .unsure(alike)
    }
  }

  private func owner(_ number: PersonNumber) -> Int? {
    let found = table[number]
    return found < 0 ? nil : Int(person[Int(found)])
  }

  private func owner(_ member: Int?) -> Int? {
    guard let member, let roster else { return nil }
    let found = ofMember[roster.first(of: member)]
    return found < 0 ? nil : Int(person[Int(found)])
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  static var empty: Self { Self(start: nil, count: 0) }
}
