public import AidModel

public struct TextNotFormula: NotedRule {
  public static let kind = FindingKind(
    code: "FORMULA-LIKE", severity: .hold,
    title: Bilingual(
      "文字以公式符号开头",
      "Text that begins like a formula"),
    message: Bilingual(
      "“{1}”以公式符号开头：“{2}”",
      "'{1}' begins like a formula: '{2}'"),
    why: Bilingual(
      "再用表格软件打开台账时会被当作公式执行。",
      "A spreadsheet program would run it when the ledger is opened."),
    remedy: Bilingual(
      "请去掉开头（或换行后）的 = + - @。",
      "Remove the = + - @ in front, or behind the line break."),
    example: "=cmd")

  public static let examples: [RuleExample] = [
    .passes(["staff_no": "\t00120001"]),
    .passes(["remark": "无"]),
    .flagged(["remark": "=HYPERLINK(1)"]),
    .flagged(["unit": "\u{200B} =1+1"]),
    .flagged(["bank": "甲\n=1+1"]),
    .flagged(["unit": "﹢1"]),
    .passes(["remark": "有两项：\n- 住院\n- 门诊"]),
  ]

  public static let note = FieldNotes.formulaLike
}
