import AidModel

/// Invisible characters.
struct TextVisible: NotedRule {
  static let kind = FindingKind(
    code: "TEXT-INVISIBLE", severity: .repaired,
    title: Bilingual(
      "含看不见的字符",
      "Invisible characters"),
    message: Bilingual(
      "“{1}”中有看不见的字符，已去掉",
      "Invisible characters in '{1}' were taken out"),
    why: Bilingual(
      "从网页或聊天软件复制时常带入，会使核对失败。",
      "They come in by copying and keep values from matching."),
    remedy: Bilingual(
      "不用处理。",
      "Nothing to do."),
    example: "U+200B")

  static let examples: [RuleExample] = [
    .passes(["remark": "无"]),
    .flagged(["remark": "无\u{200B}"]),
  ]

  static let note = FieldNotes.invisible
}
