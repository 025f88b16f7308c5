import AidModel

struct TextVisible: NotedRule {
  static let kind = FindingKind(
    code: "TEXT-INVISIBLE", severity: .repaired,
    title: Bilingual(
      "含看不见的字符或换行，已去掉",
      "Invisible characters or line breaks, taken out"),
    message: Bilingual(
      "“{1}”中有看不见的字符或换行，已去掉：“{2}”",
      "Invisible characters or line breaks in '{1}' were taken out: '{2}'"),
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
    .flagged(["remark": "第一行\n第二行"]),
    .flagged(["name": "张\u{E0100}三"]),
    .flagged(["unit": "机械\u{E0041}学院"]),
    .passes(["unit": "机械\n学院"]),
  ]

  static let note = FieldNotes.invisible
}
