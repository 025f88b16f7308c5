public import AidModel

/// Accounts of sixteen digits in one list whose last digit a spreadsheet may have made a zero.
///
/// Every tenth such account ends in 0 by itself. If its check digit is right, fifteen right digits leave no other
/// sixteenth, and nothing was lost. If it is wrong, the list tells: where others of sixteen digits have a wrong check
/// digit too and do not end in 0, its accounts have none (passbooks), and a 0 proves nothing.
public struct CutCards: Sendable {
  private var findings: [Finding] = []
  /// An account without check digit that ends in something else was seen.
  private var sawOther = false

  public init() {}

  /// - Parameter row: looks at the row that was read last.
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

  /// Takes in what was seen in the rows behind.
  public mutating func join(_ next: CutCards) {
    findings += next.findings
    sawOther = sawOther || next.sawOther
  }

  /// The accounts that must be looked at.
  public var cut: [Finding] { sawOther ? [] : findings }
}
