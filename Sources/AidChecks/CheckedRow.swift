public import AidModel

/// One row as a rule sees it: its fields with what was noticed, where it stands, and facts fixed before the run. What
/// several rules ask is found once for each row.
public struct CheckedRow {
  public let cells: FieldRow
  public let source: SourceSheet
  public let facts: BatchFacts
  public private(set) var row: Int32 = 0
  /// What the ID numbers of the row say, where they were read: the applicant's and the spouse's.
  private(set) var applicantID: IDNumber?
  private(set) var spouseID: IDNumber?
  /// The member with the row's staff number, else the one with its ID number.
  private(set) var memberByNumber: Claim?
  private(set) var memberByID: Claim?

  /// Columns whose role rules ask for, by the place of the role in `roles`.
  private let roleColumns: [(role: Int, column: Int)]
  /// For each role the first of its columns that was read, or −1.
  private var found: [Int]

  /// Where the roster has its members' ID numbers and accounts, or −1.
  private let rosterID: Int
  private let rosterAccount: Int

  private static let roles: [ColumnRole] = [
    .totalCost, .poolPaid, .accountPaid, .selfPay, .ownExpense, .otherPaid, .admitted, .discharged,
  ]
  /// So many of them are amounts, the others dates.
  private static let moneyRoles = 6

  /// Sees one row after the other in the same `cells`; `look` must follow each.
  public init(cells: FieldRow, source: SourceSheet, facts: BatchFacts) {
    self.cells = cells
    self.source = source
    self.facts = facts
    roleColumns = Self.roles.enumerated().flatMap { place, role in
      source.layout.indexes(of: role).map { (place, $0) }
    }
    found = Self.roles.map { _ in -1 }
    rosterID = facts.roster?.layout.index(of: "id_number") ?? -1
    rosterAccount = facts.roster?.layout.index(of: "account") ?? -1
  }

  /// - Parameter fields: in the order of `source.layout.columns`.
  public init(fields: [Field], source: SourceSheet, row: Int32, facts: BatchFacts) {
    self.init(cells: FieldRow(fields), source: source, facts: facts)
    look(at: row)
  }

  public var fields: [Field] { cells.fields }

  /// `cells` holds the fields of this row now.
  public mutating func look(at row: Int32) {
    self.row = row
    applicantID = id(.idNumber)
    spouseID = id(.spouseID)
    for place in found.indices { found[place] = -1 }
    for (role, column) in roleColumns where found[role] < 0 {
      let isRead = role < Self.moneyRoles ? cells.money(at: column) != nil : cells.date(at: column) != nil
      if isRead { found[role] = column }
    }
    guard let roster = facts.roster else { return }
    memberByNumber = roster.member(
      numberOf: Roster.Sought(staffNo: bytes(.staffNo), idNumber: bytes(.idNumber), name: bytes(.name)))
    memberByID = memberByNumber == nil ? roster.entry(idNumber: text(.idNumber)) : nil
  }

  private func id(_ column: CommonColumn) -> IDNumber? {
    let bytes = bytes(column)
    return bytes.isEmpty ? nil : IDNumber(bytes)
  }

  var columns: [Column] { source.layout.columns }

  func place(ofColumn index: Int) -> Place { Place(source, row: row, column: source.columns[index]) }

  func finding(_ kind: FindingKind, column index: Int, _ arguments: [String]) -> Finding {
    Finding(kind, at: place(ofColumn: index), column: columns[index].name, arguments)
  }

  /// The cell's text as stored, personal numbers masked.
  func original(_ index: Int) -> String {
    let field = cells[index]
    return Self.masked(field.original ?? field.value.plain, columns[index].role)
  }

  static func masked(_ text: String, _ role: ColumnRole) -> String {
    isNoNumber(text) ? text : role.masked(text)
  }

  /// `#N/A`, 同上 and `Err:502` in a column of numbers are nobody's number: whoever reads of them must see them.
  private static func isNoNumber(_ text: String) -> Bool {
    text.utf8.count { $0 &- 48 <= 9 } < 4 && StandIn(text) != nil
  }

  /// A common column's text as bytes; none where it is blank. Rules look at these, and make text only of what is wrong.
  @inline(__always)
  func bytes(_ column: CommonColumn) -> UnsafeBufferPointer<UInt8> { cells.bytes(at: column.rawValue) }

  func text(_ column: CommonColumn) -> String { String(decoding: bytes(column), as: UTF8.self) }

  /// The amount of the first column with this role that was read.
  func money(_ role: ColumnRole) -> (index: Int, amount: Money)? {
    let index = column(role)
    return index < 0 ? nil : cells.money(at: index).map { (index, $0) }
  }

  func date(_ role: ColumnRole) -> (index: Int, date: CivilDate)? {
    let index = column(role)
    return index < 0 ? nil : cells.date(at: index).map { (index, $0) }
  }

  private func column(_ role: ColumnRole) -> Int {
    switch role {
    case .totalCost: found[0]
    case .poolPaid: found[1]
    case .accountPaid: found[2]
    case .selfPay: found[3]
    case .ownExpense: found[4]
    case .otherPaid: found[5]
    case .admitted: found[6]
    case .discharged: found[7]
    default: -1
    }
  }
}

extension CheckedRow {
  /// The ID numbers of the row that were read, the applicant's first.
  @inline(__always)
  func forEachID(_ body: (_ index: Int, _ id: IDNumber) -> Void) {
    if let applicantID { body(CommonColumn.idNumber.rawValue, applicantID) }
    if let spouseID { body(CommonColumn.spouseID.rawValue, spouseID) }
  }

  /// A finding about an ID number, which is named masked.
  func findingOfID(_ kind: FindingKind, column index: Int, _ more: [String] = []) -> Finding {
    let text = String(decoding: cells.bytes(at: index), as: UTF8.self)
    return finding(kind, column: index, [Masking.idNumber(text)] + more)
  }

  /// The document the applicant's ID number is of.
  var document: IDDocument { IDDocument(named: text(.idType)) }

  /// Whether a number that has not the form of a citizen number can be one of the document it is of. The type of a
  /// spouse's is not asked: a letter in front says that it is no citizen number with a slip in it.
  func isOtherDocument(_ index: Int, _ kind: IDNumber.Kind) -> Bool {
    let number = String(decoding: cells.bytes(at: index), as: UTF8.self)
    if index == CommonColumn.idNumber.rawValue { return document.fits(number) }
    let isLetter = cells.bytes(at: index).first.map { $0 &- 65 < 26 } ?? false
    return isLetter && (kind == .document || IDDocument.hongKongCard.fits(number))
  }

  /// The ID number is right as far as it tells.
  var hasRightID: Bool {
    guard let applicantID else { return false }
    switch applicantID.kind {
    case .citizen, .residencePermit, .permanentResident:
      return applicantID.isCheckDigitRight && applicantID.birthDate != nil
    case .old: return false
    case .document, .unknown: return isOtherDocument(CommonColumn.idNumber.rawValue, applicantID.kind)
    }
  }

  /// What the roster says of the member with the row's staff number; empty where it says nothing.
  var rosterIDNumber: String { text(of: memberByNumber, rosterID) }
  var rosterAccountNumber: String { text(of: rosterEntry, rosterAccount) }
  var hasRosterIDNumber: Bool {
    guard rosterID >= 0, let memberByNumber else { return false }
    let own = bytes(.idNumber)
    return memberByNumber.hasText(own, at: rosterID)
      || PersonNumber.idNumber(own) == PersonNumber.idNumber(text(of: memberByNumber, rosterID))
  }
  var hasRosterAccount: Bool {
    rosterAccount >= 0 && rosterEntry?.hasText(bytes(.account), at: rosterAccount) ?? false
  }

  private func text(of member: Claim?, _ column: Int) -> String {
    guard let member, column >= 0, case .text(let text) = member.value(at: column) else { return "" }
    return text
  }

  /// The member the row is about, by staff number, else by ID number.
  var rosterEntry: Claim? { memberByNumber ?? memberByID }
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// The bytes are those of the text.
  @inline(__always)
  func isText(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for i in 0..<count where self[i] != text.utf8Start[i] { return false }
    return true
  }

  /// Digits only, and at least one.
  @inline(__always)
  var areDigits: Bool {
    for byte in self where byte &- 48 > 9 { return false }
    return count > 0
  }
}
