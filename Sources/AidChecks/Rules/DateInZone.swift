import AidModel

/// A time in another zone, read as the date here.
struct DateInZone: NotedRule {
  static let kind = FindingKind(
    code: "DATE-REPAIRED", severity: .repaired,
    title: Bilingual(
      "日期已按时区换算",
      "Date read in the batch's time zone"),
    message: Bilingual(
      "“{1}”的“{2}”按本批时区是 {3}",
      "'{2}' in '{1}' is {3} in the batch's time zone"),
    why: Bilingual(
      "系统导出的时刻带有时区（Z 是世界时），在本地可能已是另一天，会落到另一个核算期。",
      "Exported moments name a zone (Z is UTC); here it may be another day, and another period."),
    remedy: Bilingual(
      "请核对换算后的日期；时区不对时在 batch.yaml 写 timezone: +08:00。",
      "Check the day; if the zone is wrong, write timezone: +08:00 in batch.yaml."),
    example: "2023-12-31T16:00:00Z → 2024-01-01")

  static let examples: [RuleExample] = [
    .passes(["discharged": "2023-05-01T15:59:59Z"]), .passes(["discharged": "2023-05-01T16:00:00+08:00"]),
    .flagged(["discharged": "2023-05-01T16:00:00Z"]), .flagged(["discharged": "2023-05-01 23:30 -05:00"]),
  ]

  static let note = FieldNotes.dateMoved
}
