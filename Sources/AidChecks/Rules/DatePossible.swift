import AidModel

struct DatePossible: NotedRule {
  static let kind = FindingKind(
    code: "DATE-IMPOSSIBLE", severity: .hold,
    title: Bilingual(
      "没有这一天",
      "There is no such day"),
    message: Bilingual(
      "“{1}”没有这一天：{2}",
      "'{1}' names a day that never was: {2}"),
    why: Bilingual(
      "日期写错了。",
      "The date is wrong."),
    remedy: Bilingual(
      "请核对出院小结或发票。",
      "Check the discharge paper or invoice."),
    example: "2023-02-30")

  static let examples: [RuleExample] = [
    .passes(["discharged": "2023-02-28"]),
    .flagged(["discharged": "2023-02-30"]),
  ]

  static let note = FieldNotes.dateImpossible
}
