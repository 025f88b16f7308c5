public import AidModel

/// One row as a rule sees it: its fields with their notes, its place, and the facts of the batch. Values that
/// several rules need are computed once per row.
public struct CheckedRow {
  public let cells: FieldRow
  public let source: SourceSheet
  public let facts: BatchFacts
  public private(set) var row: Int32 = 0
  /// What the ID numbers of the row say, if they were readable: the applicant's and the spouse's.
  private(set) var applicantID: IDNumber?
  private(set) var spouseID: IDNumber?
  /// The member with the row's staff number; only if there is none, the one with its ID number.
  private(set) var memberByNumber: Claim?
  private(set) var memberByID: Claim?

  /// Columns with a role that rules ask for, with the role's index in `roles`.
  private let roleColumns: [(role: Int, column: Int)]
  /// For each role, the first of its columns that was readable, or −1.
  private var found: [Int]

  /// The roster's columns of ID numbers and accounts, or −1.
  private let rosterID: Int
  private let rosterAccount: Int

  private static let roles: [ColumnRole] = [
    .totalCost, .poolPaid, .accountPaid, .selfPay, .ownExpense, .otherPaid, .admitted, .discharged,
  ]
  /// The first roles are amounts, the others dates.
  private static let moneyRoles = 6

  /// Wraps `cells`, which hold one row after another; call `look` for each.
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

  /// Call after `cells` are filled with a new row.
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

  /// The cell's text as stored, with personal numbers masked.
  func original(_ index: Int) -> String {
    let field = cells[index]
    return Self.masked(field.original ?? field.value.plain, columns[index].role)
  }

  static func masked(_ text: String, _ role: ColumnRole) -> String {
    isNoNumber(text) ? text : role.masked(text)
  }

  /// `#N/A`, 同上 and `Err:502` in a column of numbers identify no one and must stay readable.
  private static func isNoNumber(_ text: String) -> Bool {
    text.utf8.count { $0 &- 48 <= 9 } < 4 && StandIn(text) != nil
  }

  /// A common column's text as bytes; empty if blank. Rules work on bytes and build strings for findings
  /// only.
  @inline(__always)
  func bytes(_ column: CommonColumn) -> UnsafeBufferPointer<UInt8> { cells.bytes(at: column.rawValue) }

  func text(_ column: CommonColumn) -> String { String(decoding: bytes(column), as: UTF8.self) }

  /// The amount of the first readable column with this role.
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
  /// The readable ID numbers of the row, the applicant's first.
  @inline(__always)
  func forEachID(_ body: (_ index: Int, _ id: IDNumber) -> Void) {
    if let applicantID { body(CommonColumn.idNumber.rawValue, applicantID) }
    if let spouseID { body(CommonColumn.spouseID.rawValue, spouseID) }
  }

  /// A finding about an ID number, which is masked.
  func findingOfID(_ kind: FindingKind, column index: Int, _ more: [String] = []) -> Finding {
    let text = String(decoding: cells.bytes(at: index), as: UTF8.self)
    return finding(kind, column: index, [Masking.idNumber(text)] + more)
  }

  /// The document that the applicant's ID number belongs to.
  var document: IDDocument { IDDocument(named: text(.idType)) }

  /// Whether a number without the form of a citizen number can belong to its document. For a spouse, whose
  /// document type is unknown, a leading letter shows that it is not a mistyped citizen number.
  func isOtherDocument(_ index: Int, _ kind: IDNumber.Kind) -> Bool {
    let number = String(decoding: cells.bytes(at: index), as: UTF8.self)
    if index == CommonColumn.idNumber.rawValue { return document.fits(number) }
    let isLetter = cells.bytes(at: index).first.map { $0 &- 65 < 26 } ?? false
    return isLetter && (kind == .document || IDDocument.hongKongCard.fits(number))
  }

  /// Whether the ID number is correct, as far as that can be checked.
  var hasRightID: Bool {
    guard let applicantID else { return false }
    switch applicantID.kind {
    case .citizen, .residencePermit, .permanentResident:
      return applicantID.isCheckDigitRight && applicantID.birthDate != nil
    case .old: return false
    case .document, .unknown: return isOtherDocument(CommonColumn.idNumber.rawValue, applicantID.kind)
    }
  }

  /// The roster's data of the member with the row's staff number; empty if it has none.
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

  /// The row's member, by staff number, else by ID number.
  var rosterEntry: Claim? { memberByNumber ?? memberByID }
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// Whether the bytes equal the text.
  @inline(__always)
  func isText(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for i in 0..<count where self[i] != text.utf8Start[i] { return false }
    return true
  }

  /// Whether there are only digits, and at least one.
  @inline(__always)
  var areDigits: Bool {
    for byte in self where byte &- 48 > 9 { return false }
    return count > 0
  }
}
