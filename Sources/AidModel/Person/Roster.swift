/// The roster of members, searchable by staff number or ID number.
///
/// A staff number is found even if the list or the roster dropped its leading zeros, provided name and ID
/// number leave no doubt. A 15-digit ID number matches its 18-digit form and vice versa.
public struct Roster: Sendable {
  public let layout: Layout
  public private(set) var entries: [Claim] = []
  private var byStaffNo = NumberTable()
  private var byIDNumber = NumberTable()
  /// For an entry whose person is on the roster already under another staff number: the index of that entry.
  private var same: [Int32: Int32] = [:]
  private var shape = StaffNumberShape()
  private let staffColumn: Int
  private let nameColumn: Int
  private let idColumn: Int

  public init(layout: Layout) {
    self.layout = layout
    staffColumn = layout.index(of: "staff_no") ?? -1
    nameColumn = layout.index(of: "name") ?? -1
    idColumn = layout.index(of: "id_number") ?? -1
  }

  /// Adds an entry, unless one has the same staff number already; returns that one.
  public mutating func add(_ entry: Claim) -> Claim? {
    let staffNo = entry.number(of: staffColumn, .staff)
    if let other = index(byStaffNo[staffNo]) { return entries[other] }
    let new = Int32(entries.count)
    entries.append(entry)
    if !staffNo.isBlank {
      byStaffNo.set(staffNo, to: new)
      shape.see(entry.text(named: "staff_no"))
    }
    let id = entry.number(of: idColumn, .id)
    if id.isBlank { return nil }
    if let other = index(byIDNumber[id]) {
      if entries[other].hasSameText(as: entry, at: nameColumn) { same[new] = Int32(other) }
    } else {
      byIDNumber.set(id, to: new)
    }
    return nil
  }

  private func index(_ found: Int32) -> Int? { found < 0 ? nil : Int(found) }

  /// The entry with exactly this staff number.
  public func entry(staffNo: String) -> Claim? {
    index(byStaffNo[.staffNo(staffNo)]).map { entries[$0] }
  }

  public func entry(idNumber: String) -> Claim? {
    index(byIDNumber[.idNumber(idNumber)]).map { entries[$0] }
  }

  /// The entry of an ID number; nil if blank.
  func index(idNumber: PersonNumber) -> Int? { index(byIDNumber[idNumber]) }

  /// The entry that represents this entry's person.
  func first(of entry: Int) -> Int { same[Int32(entry)].map(Int.init) ?? entry }

  func staffNo(of entry: Int) -> PersonNumber { entries[entry].number(of: staffColumn, .staff) }
  func idNumber(of entry: Int) -> PersonNumber { entries[entry].number(of: idColumn, .id) }

  /// What a row says about its person, as bytes.
  public struct Sought {
    public var staffNo: UnsafeBufferPointer<UInt8>
    public var idNumber: UnsafeBufferPointer<UInt8>
    public var name: UnsafeBufferPointer<UInt8>

    public init(
      staffNo: UnsafeBufferPointer<UInt8>, idNumber: UnsafeBufferPointer<UInt8>,
      name: UnsafeBufferPointer<UInt8>
    ) {
      (self.staffNo, self.idNumber, self.name) = (staffNo, idNumber, name)
    }
  }

  /// The member with the row's staff number: an exact match, or the only entry that differs by leading zeros,
  /// with the same name and no other ID number.
  public func member(numberOf row: Sought) -> Claim? { index(numberOf: row).map { entries[$0] } }

  /// The row's member, by staff number, else by ID number.
  public func member(_ row: Sought) -> Claim? {
    (index(numberOf: row) ?? index(idNumber: .idNumber(row.idNumber))).map { entries[$0] }
  }

  func index(numberOf row: Sought) -> Int? {
    if row.staffNo.isEmpty { return nil }
    if let exact = index(byStaffNo[.staffNo(row.staffNo)]) { return exact }
    if row.name.isEmpty { return nil }
    let id = PersonNumber.idNumber(row.idNumber)
    let agreeing = withOtherZeros(row.staffNo).filter { entry in
      let known = idNumber(of: entry)
      return entries[entry].hasText(row.name, at: nameColumn) && (id.isBlank || known.isBlank || id == known)
    }
    return agreeing.count == 1 ? agreeing[0] : nil
  }

  /// Entries whose staff number differs from this one only by leading zeros, shortest first.
  func withOtherZeros(_ staffNo: UnsafeBufferPointer<UInt8>) -> [Int] {
    if shape.differsInMore(staffNo) || !staffNo.allSatisfy({ $0 &- 48 <= 9 }) { return [] }
    return PersonNumber.alike(staffNo).compactMap { index(byStaffNo[$0]) }
  }

  /// Members whose staff number differs from this one only by leading zeros, shortest first.
  public func members(withOtherZerosThan staffNo: String) -> [Claim] {
    var staffNo = staffNo
    return staffNo.withUTF8 { withOtherZeros($0) }.map { entries[$0] }
  }
}

extension Claim {
  enum NumberKind { case staff, id }

  /// The staff or ID number in a column; blank if the cell holds no text or the column is below 0.
  func number(of column: Int, _ kind: NumberKind) -> PersonNumber {
    var number = PersonNumber.none
    table.forEachCell(index, through: column) {
      $0 == column
    } _: { _, cell in
      if case .text(let bytes) = cell {
        number = kind == .staff ? .staffNo(bytes) : .idNumber(bytes)
      }
    }
    return number
  }

  /// Whether both rows have the same non-empty text in a column.
  func hasSameText(as other: Claim, at column: Int) -> Bool {
    var isSame = false
    table.forEachCell(index, through: column) {
      $0 == column
    } _: { _, cell in
      if case .text(let bytes) = cell, !bytes.isEmpty { isSame = other.hasText(bytes, at: column) }
    }
    return isSame
  }

  /// The member an application row is about.
  public func member(of roster: Roster?) -> Claim? {
    guard let roster else { return nil }
    return withTexts(through: .idNumber) { roster.member($0.sought) }
  }
}

extension CommonTexts {
  public var sought: Roster.Sought {
    Roster.Sought(staffNo: self[.staffNo], idNumber: self[.idNumber], name: self[.name])
  }
}
