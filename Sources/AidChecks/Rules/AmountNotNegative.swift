import AidModel

struct AmountNotNegative: NotedRule {
  static let kind = FindingKind(
    code: "AMOUNT-NEGATIVE", severity: .hold,
    title: Bilingual(
      "金额是负数",
      "Negative amount"),
    message: Bilingual(
      "“{1}”是负数：{2}",
      "'{1}' is negative: {2}"),
    why: Bilingual(
      "红字发票应冲减原发票，不能单独申请。",
      "A credit note reduces its invoice; it is no claim."),
    remedy: Bilingual(
      "请与原发票合并，填写净额。",
      "Join it with its invoice and give the net amount."),
    example: "-300.00")

  static let examples: [RuleExample] = [
    .passes(["self_pay": "300.00"]),
    .flagged(["self_pay": "-300.00"]),
  ]

  static let note = FieldNotes.amountNegative
}
