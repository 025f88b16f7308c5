import AidModel

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
      "请写成一个日期，如 2023-05-01；后面只可以有时刻（08:30），起止日期和说明请另写一列。",
      "Write one day, such as 2023-05-01; only a time of day (08:30) may follow. A second day or a remark needs "
        + "a column of its own."),
    example: "5月1日，2023-12-28 至 2024-01-06")

  static let examples: [RuleExample] = [
    .passes(["discharged": "2023-05-01"]), .passes(["discharged": "2023-05-01 08:30"]),
    .passes(["discharged": "2023年5月1日 下午3时"]),
    .flagged(["discharged": "5月1日"]), .flagged(["discharged": "2023-12-28 至 2024-01-06"]),
    .flagged(["discharged": "2023-12-30 取消"]), .flagged(["discharged": "2023-05-01 12"]),
    .flagged(["discharged": "2023-05-01T"]), .flagged(["discharged": "‹3›"]),
    .flagged(["discharged": "‹2023›"]), .flagged(["discharged": "‹202305›"]),
    .flagged(["discharged": "‹120000›"]), .passes(["discharged": "‹20230501›"]),
  ]

  static let note = FieldNotes.dateFormat
}
