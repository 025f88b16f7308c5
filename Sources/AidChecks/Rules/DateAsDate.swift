import AidModel

/// A day that the spreadsheet keeps as a plain number.
struct DateAsDate: NotedRule {
  static let kind = FindingKind(
    code: "DATE-REPAIRED", severity: .repaired,
    title: Bilingual("数字已读成日期", "Number read as a day"),
    message: Bilingual(
      "“{1}”里是普通数字 {2}，按表格软件数日子的办法读成 {3}",
      "'{1}' holds the plain number {2}; counted in days, as spreadsheets do, it is {3}"),
    why: Bilingual(
      "表格把日期存成第几天；单元格不是日期格式，这个数也可能本来不是日期。",
      "Spreadsheets keep a day as a count; in a cell without a date's format the number may be none."),
    remedy: Bilingual(
      "请核对读出的日期；把这一列设为日期格式，或写成 2023-12-28。",
      "Check the day; format the column as a date, or write 2023-12-28."),
    example: "45288 → 2023-12-28")

  static let examples: [RuleExample] = [
    .passes(["discharged": "2023-05-01"]), .passes(["discharged": "‹20230501›"]),
    .passes(["discharged": "‹2023›"]), .flagged(["discharged": "‹45047›"]),
    .flagged(["discharged": "‹45047.5›"]),
  ]

  static let note = FieldNotes.dateCounted
}
