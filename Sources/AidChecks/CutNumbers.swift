public import AidModel

/// Numbers of one list whose last digits a spreadsheet may have turned into zeros, where a single cell proves nothing.
///
/// Every tenth account of sixteen digits ends in 0 anyway. If its check digit is right, nothing was lost: the first
/// fifteen digits allow only one sixteenth. If it is wrong, the list decides: if others with wrong check
/// digits do not end in 0, its accounts have no check digit (passbooks), and a 0 proves nothing.
///
/// About one ID number in a thousand ends in 000 and is right. It waits where the list has lost such digits elsewhere,
/// or has more of them than chance gives; not where the roster has the same number.
public struct CutNumbers: Sendable {
  private var accounts: [Finding] = []
  /// An account without a valid check digit that ends in another digit was seen.
  private var sawOther = false
  /// The list's columns of ID numbers; nil before its first row.
  private var idColumns: [Int]?
  /// ID numbers that end in 000 and are right.
  private var ids: [Finding] = []
  /// How many ID numbers of eighteen digits end otherwise.
  private var wholeIDs = 0
  /// Whether an ID number ends in 000 and is wrong.
  private var sawLostID = false

  public init() {}

  /// - Parameter row: its current row is examined.
  public mutating func see(_ row: CheckedRow) {
    seeAccount(row)
    let columns = idColumns ?? row.source.layout.indexes(of: .idNumber)
    idColumns = columns
    for column in columns { seeID(row, column) }
  }

  private mutating func seeAccount(_ row: CheckedRow) {
    let account = row.bytes(.account)
    guard account.count == 16, account.areDigits, !Luhn.isRight(account) else { return }
    guard account[15] == 48 else {
      sawOther = true
      return
    }
    if sawOther { return }
    let column = CommonColumn.account.rawValue
    accounts.append(
      row.finding(
        NumberWhole.cutKind, column: column, [row.heading(column), Masking.account(row.text(.account))]))
  }

  private mutating func seeID(_ row: CheckedRow, _ column: Int) {
    let id = row.cells.bytes(at: column)
    // An X at the end was never in a number cell, so it tells nothing about the others.
    guard id.count == 18, id[17] &- 48 <= 9 else { return }
    guard id[15] == 48, id[16] == 48, id[17] == 48 else {
      wholeIDs += 1
      return
    }
    if row.cells.notes(at: column).contains(.digitsZeroed) {
      sawLostID = true
      return
    }
    let text = String(decoding: id, as: UTF8.self)
    if row.facts.roster?.entry(idNumber: text) != nil { return }
    ids.append(
      row.finding(NumberWhole.alikeKind, column: column, [row.heading(column), Masking.idNumber(text)]))
  }

  /// In a list with lost digits, all or most ID numbers end in 000. Chance gives one in a thousand.
  private static let mostOneIn = 50

  private var cutIDs: [Finding] {
    let areMany = ids.count > 1 && ids.count * Self.mostOneIn > wholeIDs + ids.count
    return sawLostID || areMany ? ids : []
  }

  /// Adds the results of the rows that follow.
  public mutating func join(_ next: CutNumbers) {
    accounts += next.accounts
    sawOther = sawOther || next.sawOther
    ids += next.ids
    wholeIDs += next.wholeIDs
    sawLostID = sawLostID || next.sawLostID
  }

  /// The numbers to be checked by a person.
  public var cut: [Finding] { (sawOther ? [] : accounts) + cutIDs }
}

extension CheckedRow {
  fileprivate func heading(_ column: Int) -> String { columns[column].headings.first ?? columns[column].name }
}
