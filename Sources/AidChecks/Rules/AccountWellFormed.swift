import AidModel

struct AccountWellFormed: RowRule {
  static let kind = FindingKind(
    code: "ACCOUNT-FORMAT", severity: .hold,
    title: Bilingual(
      "银行账号格式不对",
      "Malformed account"),
    message: Bilingual(
      "银行账号 {1} 应是 8–34 位数字，不能全是 0",
      "The account {1} must be 8 to 34 digits, not all of them zero"),
    why: Bilingual(
      "银行会退票。",
      "The bank would return the payment."),
    remedy: Bilingual(
      "请与银行卡核对。",
      "Compare with the card."),
    example: "6200-X")

  static let examples: [RuleExample] = [
    .passes(["account": "6200000000000000018"]),
    .flagged(["account": "62000X"]), .flagged(["account": "00000000"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    let account = row.bytes(.account)
    if account.isEmpty { return }
    let isNumber = account.areDigits && (8...34).contains(account.count)
    if isNumber, account.contains(where: { $0 != 48 }) { return }
    findings.append(
      row.finding(Self.kind, column: CommonColumn.account.rawValue, [Masking.account(row.text(.account))]))
  }
}
