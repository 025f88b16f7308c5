import AidModel

struct AmountReadable: NotedRule {
  static let kind = FindingKind(
    code: "AMOUNT-FORMAT", severity: .hold,
    title: Bilingual(
      "不是金额或数字",
      "Not an amount or number"),
    message: Bilingual(
      "“{1}”读不成数字：“{2}”",
      "'{1}' is not a number: '{2}'"),
    why: Bilingual(
      "读不懂的金额不当作 0，也不猜。",
      "What cannot be read is neither zero nor guessed."),
    remedy: Bilingual(
      "请填写阿拉伯数字，例如 1234.50；没有就填 0 或留空。",
      "Write digits such as 1234.50."),
    example: "约5000")

  static let examples: [RuleExample] = [
    .passes(["self_pay": "5000"]),
    .flagged(["self_pay": "约5000"]),
  ]

  static let note = FieldNotes.amountFormat
}
