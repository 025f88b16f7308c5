import AidModel

struct TextNotTrimmed: NotedRule {
  static let kind = FindingKind(
    code: "TEXT-TRIMMED", severity: .repaired,
    title: Bilingual(
      "首尾有空白",
      "White space around the text"),
    message: Bilingual(
      "“{1}”首尾有空格或换行，已去掉",
      "White space around '{1}' was taken off"),
    why: Bilingual(
      "看不见的空白会使姓名、工号对不上。",
      "White space nobody sees keeps names and numbers from matching."),
    remedy: Bilingual(
      "不用处理；来年请用干净的表。",
      "Nothing to do."),
    example: "“张三 ”")

  static let examples: [RuleExample] = [
    .flagged(["staff_no": "\t00120001"]),
    .passes(["remark": "无"]),
    .flagged(["remark": "无 "]),
  ]

  static let note = FieldNotes.trimmed
}
