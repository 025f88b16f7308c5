public import AidModel

/// Sixteen-digit accounts in one list whose last digit a spreadsheet may have turned into a zero.
///
/// Every tenth such account ends in 0 anyway. If its check digit is right, nothing was lost: the first
/// fifteen digits allow only one sixteenth. If it is wrong, the list decides: if others with wrong check
/// digits do not end in 0, its accounts have no check digit (passbooks), and a 0 proves nothing.
public struct CutCards: Sendable {
  private var findings: [Finding] = []
  /// An account without a valid check digit that ends in another digit was seen.
  private var sawOther = false

  public init() {}

  /// - Parameter row: its current row is examined.
  public mutating func see(_ row: CheckedRow) {
    let account = row.bytes(.account)
    guard account.count == 16, account.areDigits, !Luhn.isRight(account) else { return }
    guard account[15] == 48 else {
      sawOther = true
      return
    }
    if sawOther { return }
    let column = CommonColumn.account.rawValue
    findings.append(
      row.finding(
        NumberWhole.cutKind, column: column,
        [row.columns[column].headings.first ?? row.columns[column].name, Masking.account(row.text(.account))])
    )
  }

  /// Adds the results of the rows that follow.
  public mutating func join(_ next: CutCards) {
    findings += next.findings
    sawOther = sawOther || next.sawOther
  }

  /// The accounts to be checked by a person.
  public var cut: [Finding] { sawOther ? [] : findings }
}
