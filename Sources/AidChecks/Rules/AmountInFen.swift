import AidModel

struct AmountInFen: NotedRule {
  static let kind = FindingKind(
    code: "AMOUNT-DECIMALS", severity: .hold,
    title: Bilingual(
      "金额不止两位小数",
      "More than two decimals"),
    message: Bilingual(
      "“{1}”不止两位小数：{2}",
      "'{1}' has more than two decimals: {2}"),
    why: Bilingual(
      "分以下没有钱；四舍五入由谁来定，程序不猜。",
      "There is no money below a fen; how to round is not for the program to guess."),
    remedy: Bilingual(
      "请改成两位小数。",
      "Give two decimals."),
    example: "1234.565")

  static let examples: [RuleExample] = [
    .passes(["self_pay": "1234.56"]),
    .flagged(["self_pay": "1234.565"]),
  ]

  static let note = FieldNotes.amountDecimals
}
