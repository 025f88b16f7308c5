import AidModel

struct AmountPlain: NotedRule {
  static let kind = FindingKind(
    code: "AMOUNT-REPAIRED", severity: .repaired,
    title: Bilingual(
      "金额写法已整理",
      "Amount tidied"),
    message: Bilingual(
      "“{1}”由“{2}”读作 {3}",
      "'{1}' was read from '{2}' as {3}"),
    why: Bilingual(
      "带符号、单位、逗号或浮点尾数，意思确定。",
      "Signs, units, commas or binary dust; the meaning is certain."),
    remedy: Bilingual(
      "请核对读出的金额。",
      "Check the amount that was read."),
    example: "¥1,234.50元")

  static let examples: [RuleExample] = [
    .passes(["self_pay": "1234.50"]),
    .flagged(["self_pay": "¥1,234.50元"]),
  ]

  static let note = FieldNotes.amountRepaired
}
