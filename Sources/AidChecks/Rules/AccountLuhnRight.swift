import AidModel

struct AccountLuhnRight: RowRule {
  static let kind = FindingKind(
    code: "ACCOUNT-LUHN", severity: .note,
    title: Bilingual(
      "银行卡号校验不符",
      "Card check digit wrong"),
    message: Bilingual(
      "银行卡号 {1} 的校验位不符",
      "The check digit of card {1} is wrong"),
    why: Bilingual(
      "多半写错一位；存折和少数卡不用这种校验。",
      "Most likely a digit is wrong; passbooks and some cards have none."),
    remedy: Bilingual(
      "请与银行卡核对。",
      "Compare with the card."),
    example: "6200000000000000006")

  static let examples: [RuleExample] = [
    .passes(["account": "6200000000000000018"]),
    .passes(["account": "12345678"]),
    .flagged(["account": "6200000000000000006"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    let account = row.bytes(.account)
    guard (16...19).contains(account.count), account.areDigits, !Luhn.isRight(account) else { return }
    findings.append(
      row.finding(Self.kind, column: CommonColumn.account.rawValue, [Masking.account(row.text(.account))]))
  }
}
