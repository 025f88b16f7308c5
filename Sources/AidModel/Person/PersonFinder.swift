/// Merges the numbers of rows and payments into persons (union–find).
struct PersonFinder {
  private struct Record {
    var staffNo = PersonNumber.none
    var idNumber = PersonNumber.none
    /// Index of the roster entry, or −1.
    var member: Int32 = -1
    /// Union–find parent: the record that absorbed this one, or itself.
    var parent: Int32
  }

  private let roster: Roster?
  private var table: NumberTable
  private var records: [Record] = []
  private var ofMember: [Int32]
  private(set) var ofClaim: [Int32] = []
  /// Each row's staff number as read.
  private(set) var staffNoOfClaim: [PersonNumber] = []
  private(set) var ofPayment: [Int32] = []
  private(set) var contradictions: [(claim: Int, person: Int32, other: Int32)] = []
  private(set) var doubts: [(payment: Int, person: Int32, reason: Persons.PaymentDoubt.Reason)] = []
  private(set) var tiedByName: [Int] = []
  /// See `firstRows`; empty until first used.
  private var rowsWithName: [Int32] = []
  /// Records below this index come from rows.
  private var applicants: Int32 = 0
  private var shape = StaffNumberShape()
  /// Rows with an ID number of 15 digits.
  private(set) var rowsWithOldID: [Int] = []
  /// Applicants by staff number as a reader sees it; nil until first used.
  private var seenAs: NumberTable?

  /// - Parameter room: the expected number of rows.
  init(roster: Roster?, room: Int) {
    self.roster = roster
    table = NumberTable(room: room * 2)
    records.reserveCapacity(room)
    ofMember = Array(repeating: -1, count: roster?.entries.count ?? 0)
  }

  // MARK: rows

  mutating func read(_ claims: [Claim]) {
    ofClaim.reserveCapacity(claims.count)
    staffNoOfClaim.reserveCapacity(claims.count)
    var ids: [PersonNumber] = []
    for start in stride(from: 0, to: claims.count, by: Self.rowsAtOnce) {
      let rows = start..<min(start + Self.rowsAtOnce, claims.count)
      ids.removeAll(keepingCapacity: true)
      // Numbers lie far apart in the table; all of these are on their way when the first is asked for.
      for claim in claims[rows] {
        claim.withTexts(through: .idNumber) { texts in
          let (staffNo, id) = (
            PersonNumber.staffNo(texts.sought.staffNo), PersonNumber.idNumber(texts.sought.idNumber)
          )
          if texts.sought.idNumber.count == 15 { rowsWithOldID.append(start + ids.count) }
          staffNoOfClaim.append(staffNo)
          ids.append(id)
          table.fetch(staffNo)
          table.fetch(id)
          shape.see(texts.sought.staffNo)
        }
      }
      for number in rows {
        let member = roster.flatMap { roster in
          claims[number].withTexts(through: .idNumber) { roster.index(numberOf: $0.sought) }
        }
        let (person, other) = take(staffNoOfClaim[number], ids[number - start], member)
        ofClaim.append(person)
        if other >= 0 { contradictions.append((number, person, other)) }
      }
    }
    applicants = Int32(records.count)
  }

  private static let rowsAtOnce = 32

  /// - Parameter byNumber: the place of the roster entry that the row's numbers name.
  /// - Returns: the person of a row, and whom it says to be the same without being so; −1: nobody.
  private mutating func take(
    _ staffNo: PersonNumber, _ id: PersonNumber, _ byNumber: Int?
  ) -> (person: Int32, other: Int32) {
    var (person, other) = (Int32(-1), Int32(-1))
    if let member = byNumber ?? roster?.index(idNumber: id) { person = self.person(ofMember: member) }
    if !staffNo.isBlank {
      let known = owner(staffNo)
      if person < 0 || known == person {
        person = known >= 0 ? known : make(staffNo: staffNo)
      } else if known >= 0 {
        if unite(known, person) { person = root(person) } else { (person, other) = (known, person) }
      } else if byNumber != nil {
        table.set(staffNo, to: person)
      } else if records[Int(person)].staffNo.isBlank {
        give(person, staffNo: staffNo)
      } else {
        (person, other) = (make(staffNo: staffNo), person)
      }
    }
    if !id.isBlank {
      let known = owner(id)
      if person < 0 || known == person {
        person = known >= 0 ? known : make(idNumber: id)
      } else if known >= 0 {
        if unite(person, known) { person = root(person) } else { other = known }
      } else if records[Int(person)].idNumber.isBlank {
        give(person, idNumber: id)
      } else {
        other = make(idNumber: id)
      }
    }
    return (person < 0 ? make() : person, other)
  }

  // MARK: payments

  /// Payments with ID numbers first: they show whose a staff number was.
  mutating func read(_ payments: [PastPayment], _ claims: [Claim]) {
    ofPayment = Array(repeating: -1, count: payments.count)
    for hasID in [true, false] {
      for (number, payment) in payments.enumerated() where payment.idNumber.isEmpty != hasID {
        ofPayment[number] = take(payment, number, claims)
      }
    }
  }

  private mutating func take(_ payment: PastPayment, _ number: Int, _ claims: [Claim]) -> Int32 {
    let (staffNo, id) = (PersonNumber.staffNo(payment.staffNo), PersonNumber.idNumber(payment.idNumber))
    var byID = owner(id)
    if byID < 0, let member = roster?.index(idNumber: id) { byID = person(ofMember: member) }
    let byStaffNo = owner(ofStaffNo: staffNo, payment, id)
    if byID >= 0 {
      if byStaffNo < 0 {
        if !staffNo.isBlank { claim(staffNo, for: byID) }
      } else if byStaffNo != byID, !unite(byID, byStaffNo) {
        doubts.append((number, byStaffNo, .otherID))
      }
      return root(byID)
    }
    if byStaffNo >= 0 {
      if id.isBlank { return byStaffNo }
      let known = records[Int(byStaffNo)].idNumber
      if known.isBlank {
        give(byStaffNo, idNumber: id)
        return byStaffNo
      }
      // A renewed passport has a new number.
      if !known.isCitizens || !id.isCitizens { return byStaffNo }
      doubts.append((number, byStaffNo, .otherID))
      return make(idNumber: id)
    }
    if !staffNo.isBlank, let near = alike(payment.staffNo, claims), !contradict(near, id) {
      switch hasName(payment.name, near, claims) {
      case true?:
        tiedByName.append(number)
        return near
      case false?: break
      case nil: doubts.append((number, near, .spelling))
      }
    }
    let person = make()
    if !staffNo.isBlank { give(person, staffNo: staffNo) }
    if !id.isBlank { give(person, idNumber: id) }
    return person
  }

  private mutating func owner(ofStaffNo staffNo: PersonNumber, _ payment: PastPayment, _ id: PersonNumber)
    -> Int32
  {
    if staffNo.isBlank { return -1 }
    let known = owner(staffNo)
    if known >= 0 { return known }
    guard let roster else { return -1 }
    var text = payment.staffNo
    let member = text.withUTF8 { bytes in
      roster.index(numberOf: Roster.Sought(staffNo: bytes, idNumber: .empty, name: .empty))
        ?? roster.onlyMember(withOtherZerosThan: bytes, id)
    }
    return member.map { person(ofMember: $0) } ?? -1
  }

  private func contradict(_ person: Int32, _ id: PersonNumber) -> Bool {
    let known = records[Int(person)].idNumber
    return !id.isBlank && !known.isBlank && id != known
  }

  /// Whether the person has this name; nil if either name is unknown.
  private mutating func hasName(_ name: String, _ person: Int32, _ claims: [Claim]) -> Bool? {
    if name.isEmpty { return nil }
    let row = firstRows(claims)[Int(person)]
    return row < 0 ? nil : claims[Int(row)].text(.name).sameScalars(as: name)
  }

  /// For each record from rows, the first of its rows with a name, or −1.
  private mutating func firstRows(_ claims: [Claim]) -> [Int32] {
    if rowsWithName.isEmpty {
      rowsWithName = Array(repeating: -1, count: Int(applicants))
      for (number, claim) in claims.enumerated() {
        let person = Int(root(ofClaim[number]))
        if rowsWithName[person] < 0, !claim.text(.name).isEmpty { rowsWithName[person] = Int32(number) }
      }
    }
    return rowsWithName
  }

  // MARK: numbers that look alike

  /// The applicant whose staff number differs from this one only by leading zeros, letter case or characters that look
  /// alike.
  private mutating func alike(_ staffNo: String, _ claims: [Claim]) -> Int32? {
    var staffNo = staffNo
    return staffNo.withUTF8 { bytes in
      if shape.differsInMore(bytes) { return nil }
      for number in PersonNumber.alike(bytes) {
        let spelled = owner(number)
        if spelled >= 0, spelled < applicants { return spelled }
      }
      if !shape.mayLookAlike, !LookAlikes.mayBe(bytes) { return nil }
      let seen = seen(claims)[PersonNumber.seenStaffNo(bytes)]
      return seen < 0 ? nil : root(seen)
    }
  }

  private mutating func seen(_ claims: [Claim]) -> NumberTable {
    if let seenAs { return seenAs }
    var table = NumberTable(room: claims.count)
    for (person, claim) in zip(ofClaim, claims) {
      claim.withTexts(through: .staffNo) { texts in
        if texts[.staffNo].isEmpty { return }
        let number = PersonNumber.seenStaffNo(texts[.staffNo])
        if table[number] < 0 { table.set(number, to: person) }
      }
    }
    seenAs = table
    return table
  }

  /// Applicants with staff numbers alike, each paired with the first of them.
  func alike(_ claims: [Claim]) -> [(Int32, Int32)] {
    if shape.isOne { return [] }
    var bare = NumberTable(room: claims.count)
    var seenAs = NumberTable(room: shape.mayLookAlike ? claims.count : 0)
    var seen: Set<Int32> = []
    var alike: [(Int32, Int32)] = []
    func pair(_ person: Int32, with number: PersonNumber, in table: inout NumberTable) {
      let first = table[number]
      if first < 0 { return table.set(number, to: person) }
      let (one, own) = (root(first), root(person))
      if one != own, seen.insert(own).inserted { alike.append((own, one)) }
    }
    for (person, claim) in zip(ofClaim, claims) {
      claim.withTexts(through: .staffNo) { texts in
        let staffNo = texts[.staffNo]
        if staffNo.isEmpty { return }
        pair(person, with: PersonNumber.bareStaffNo(staffNo), in: &bare)
        if shape.mayLookAlike { pair(person, with: PersonNumber.seenStaffNo(staffNo), in: &seenAs) }
      }
    }
    return alike
  }

  // MARK: records

  private func root(_ record: Int32) -> Int32 {
    var at = record
    while records[Int(at)].parent != at { at = records[Int(at)].parent }
    return at
  }

  /// The record that owns a number, or −1.
  private func owner(_ number: PersonNumber) -> Int32 {
    let found = table[number]
    return found < 0 ? -1 : root(found)
  }

  private mutating func make(staffNo: PersonNumber = .none, idNumber: PersonNumber = .none) -> Int32 {
    let new = Int32(records.count)
    records.append(Record(parent: new))
    if !staffNo.isBlank { give(new, staffNo: staffNo) }
    if !idNumber.isBlank { give(new, idNumber: idNumber) }
    return new
  }

  private mutating func give(_ person: Int32, staffNo: PersonNumber) {
    records[Int(person)].staffNo = staffNo
    table.set(staffNo, to: person)
  }

  private mutating func give(_ person: Int32, idNumber: PersonNumber) {
    records[Int(person)].idNumber = idNumber
    table.set(idNumber, to: person)
  }

  /// Assigns a person, known by an ID number, a staff number: an earlier one, or the only one.
  private mutating func claim(_ staffNo: PersonNumber, for person: Int32) {
    if records[Int(person)].staffNo.isBlank { return give(person, staffNo: staffNo) }
    table.set(staffNo, to: person)
  }

  private mutating func person(ofMember entry: Int) -> Int32 {
    guard let roster else { preconditionFailure("a member stands on a roster") }
    let member = roster.first(of: entry)
    if ofMember[member] >= 0 { return root(ofMember[member]) }
    var person = make()
    records[Int(person)].member = Int32(member)
    ofMember[member] = person
    let (staffNo, id) = (roster.staffNo(of: member), roster.idNumber(of: member))
    for (number, isStaffNo) in [(staffNo, true), (id, false)] where !number.isBlank {
      let known = owner(number)
      if known >= 0 {
        if unite(known, person) { person = root(person) }
      } else if isStaffNo {
        give(person, staffNo: number)
      } else {
        give(person, idNumber: number)
      }
    }
    return person
  }

  /// Merges two persons unless their numbers contradict each other.
  private mutating func unite(_ a: Int32, _ b: Int32) -> Bool {
    let (first, second) = (min(a, b), max(a, b))
    if first == second { return true }
    let (x, y) = (records[Int(first)], records[Int(second)])
    func agree(_ a: PersonNumber, _ b: PersonNumber) -> Bool { a.isBlank || b.isBlank || a == b }
    guard agree(x.staffNo, y.staffNo), agree(x.idNumber, y.idNumber),
      x.member < 0 || y.member < 0 || x.member == y.member
    else { return false }
    records[Int(second)].parent = first
    records[Int(first)].staffNo = x.staffNo.isBlank ? y.staffNo : x.staffNo
    records[Int(first)].idNumber = x.idNumber.isBlank ? y.idNumber : x.idNumber
    records[Int(first)].member = max(x.member, y.member)
    return true
  }

  // MARK: results

  struct Numbered {
    /// The person of each record.
    var of: [Int32]
    var applicants = 0
    var count = 0
    var staffNumbers: [PersonNumber] = []
    var idNumbers: [PersonNumber] = []
  }

  /// Numbers the persons: applicants in the order of their first rows, then the others.
  func numbered() -> Numbered {
    var numbered = Numbered(of: Array(repeating: -1, count: records.count))
    func number(_ record: Int32) {
      let root = root(record)
      if numbered.of[Int(root)] < 0 {
        numbered.of[Int(root)] = Int32(numbered.count)
        numbered.count += 1
        numbered.staffNumbers.append(records[Int(root)].staffNo)
        numbered.idNumbers.append(records[Int(root)].idNumber)
      }
      numbered.of[Int(record)] = numbered.of[Int(root)]
    }
    numbered.staffNumbers.reserveCapacity(records.count)
    numbered.idNumbers.reserveCapacity(records.count)
    for record in ofClaim { number(record) }
    numbered.applicants = numbered.count
    for record in records.indices { number(Int32(record)) }
    return numbered
  }

  func lookup(_ persons: [Int32]) -> PersonLookup {
    PersonLookup(roster: roster, table: table, ofMember: ofMember, person: persons)
  }
}

extension Roster {
  /// Index of the only entry that differs by leading zeros alone and has no contradicting ID number.
  func onlyMember(withOtherZerosThan staffNo: UnsafeBufferPointer<UInt8>, _ id: PersonNumber) -> Int? {
    let found = withOtherZeros(staffNo).filter { entry in
      let known = idNumber(of: entry)
      return id.isBlank || known.isBlank || id == known
    }
    return found.count == 1 ? found[0] : nil
  }
}
