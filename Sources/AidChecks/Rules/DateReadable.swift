import AidModel

/// Not a date.
struct DateReadable: NotedRule {
  static let kind = FindingKind(
    code: "DATE-FORMAT", severity: .hold,
    title: Bilingual(
      "读不成日期",
      "Not a date"),
    message: Bilingual(
      "“{1}”读不成日期：“{2}”",
      "'{1}' is not a full date: '{2}'"),
    why: Bilingual(
      "缺年或缺日就不知道是否在核算期内。",
      "Without year, month and day the period cannot be told."),
    remedy: Bilingual(
      "请写成 2023-05-01。",
      "Write it as 2023-05-01."),
    example: "5月1日")

  static let examples: [RuleExample] = [
    .passes(["discharged": "2023-05-01"]),
    .flagged(["discharged": "5月1日"]),
  ]

  static let note = FieldNotes.dateFormat
}
