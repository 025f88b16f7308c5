/// Who every row, payment and decision of a batch is about: each person found once, from everything that is known, and
/// asked for everywhere.
///
/// A person is a staff number and an ID number that belong together: because the roster says so, a row has both, or an
/// earlier payment has. What contradicts merges nobody: a person has one ID number, and one staff number beside those
/// the roster explains. Persons are numbered from 0, applicants first, in the order of their first rows.
public struct Persons: Sendable {
  /// A row that says two people are one: of both every row must wait.
  public struct Contradiction: Sendable {
    /// The row's place among the claims.
    public let claim: Int
    public let person: Int
    public let other: Int
  }

  /// Who something beside the lists is about.
  public enum Found: Sendable, Equatable {
    case person(Int)
    /// It may be about one of them: only zeros or the case of letters differ.
    case unsure([Int])
    case nobody
  }

  /// An earlier payment that may have gone to somebody it does not surely belong to.
  public struct PaymentDoubt: Sendable {
    public enum Reason: Sendable {
      /// The staff numbers differ by leading zeros or the case of letters only.
      case spelling
      /// The staff number is the person's, the ID number another's.
      case otherID
    }

    /// The payment's place among the payments.
    public let payment: Int
    public let person: Int
    public let reason: Reason
  }

  /// Of applicants and of everybody an earlier payment went to.
  public let count: Int
  public let contradictions: [Contradiction]
  /// Applicants whose staff numbers differ by leading zeros or the case of letters only.
  public let alike: [(person: Int, other: Int)]
  public let paymentDoubts: [PaymentDoubt]
  /// Earlier payments tied to an applicant by name and a staff number that lost its zeros: their places.
  public let tiedByName: [Int]

  let ofClaim: [Int32]
  let ofPayment: [Int32]
  let groups: TextGrouping.Groups
  let lookup: PersonLookup
  /// By person.
  let staffNumbers: [PersonNumber]
  let idNumbers: [PersonNumber]
  private let claims: [Claim]
  /// By claim.
  private let isNamedByStaffNo: [Bool]

  /// - Parameters:
  ///   - claims: every application row of the batch, in file order.
  ///   - payments: of earlier batches.
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
    (staffNumbers, idNumbers) = (numbered.staffNumbers, numbered.idNumbers)
    isNamedByStaffNo = zip(finder.staffNoOfClaim, ofClaim).map { [staffNumbers] own, person in
      !own.isBlank && own == staffNumbers[Int(person)]
    }
    groups = TextGrouping.Groups(of: ofClaim, count: numbered.applicants)
    lookup = finder.lookup(numbered.of)
  }

  /// Persons who apply: those below it.
  public var applicantCount: Int { groups.count }

  /// - Parameter number: the claim's place among all claims.
  public func person(ofClaim number: Int) -> Int { Int(ofClaim[number]) }

  /// Whom an earlier payment went to.
  /// - Parameter number: the payment's place among the payments.
  public func person(ofPayment number: Int) -> Int { Int(ofPayment[number]) }

  /// The places of a person's claims among all claims, ascending; none of who does not apply.
  public func rows(of person: Int) -> ArraySlice<Int32> { person < groups.count ? groups[person] : [] }

  /// What a body finds in the rows of each applicant who has several, in the order of their first rows.
  public func eachWithSeveralRows<Result>(_ body: (ArraySlice<Int32>) -> [Result]) -> [Result] {
    var found: [Result] = []
    for person in 0..<groups.count where groups.size(of: person) > 1 { found += body(groups[person]) }
    return found
  }

  /// The persons a row names as spouses, on the list or on the roster; the person itself is none.
  public func spouses(ofClaim number: Int) -> [Int] {
    let claim = claims[number]
    let onRoster = claim.member(of: lookup.roster)?.text(named: "spouse_id") ?? ""
    return [claim.text(.spouseID), onRoster].filter { !$0.isEmpty }.compactMap { person(idNumber: $0) }
      .filter { $0 != person(ofClaim: number) }
  }

  /// Whether somewhere a staff number, or an ID number, of the person stands.
  public func hasStaffNo(_ person: Int) -> Bool { !staffNumbers[person].isBlank }
  public func hasIDNumber(_ person: Int) -> Bool { !idNumbers[person].isBlank }

  /// The person of numbers that stand in a list beside the applications; blank ones say nothing.
  public func find(staffNo: String, idNumber: String = "") -> Found {
    lookup.find(.staffNo(staffNo), .idNumber(idNumber), written: staffNo)
  }

  /// The person of a number that somebody typed, a staff number before an ID number.
  public func find(typed text: String) -> Found {
    let cleaned = TextCleaning.clean(text, asName: false).text
    let byStaffNo = find(staffNo: TextCleaning.plainIdentifier(cleaned, .staffNumber))
    return byStaffNo == .nobody
      ? find(staffNo: "", idNumber: TextCleaning.plainIdentifier(cleaned, .idNumber)) : byStaffNo
  }

  /// The person with an ID number, a spouse's for example; nil where nobody has it.
  public func person(idNumber: String) -> Int? {
    if case .person(let person) = find(staffNo: "", idNumber: idNumber) { return person }
    return nil
  }

  /// What records of an applicant are named by: the staff number, else the ID number with its 18 digits, else the place
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

  /// Whether a claim's own staff number is what records of its person are named by, as nearly everybody's is.
  public func isNamedByStaffNo(ofClaim number: Int) -> Bool { isNamedByStaffNo[number] }
}

/// Finds persons by their numbers.
struct PersonLookup: Sendable {
  let roster: Roster?
  let table: NumberTable
  /// By the place of a roster entry.
  let ofMember: [Int32]
  /// What the tables hold → the person.
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
