import AidModel

struct NameUnified: NotedRule {
  static let kind = FindingKind(
    code: "NAME-COMPATIBILITY", severity: .note,
    title: Bilingual(
      "姓名含兼容汉字或部首",
      "A compatibility ideograph or radical in a name"),
    message: Bilingual(
      "“{2}”中有兼容汉字或部首字符",
      "'{2}' holds a compatibility ideograph or radical"),
    why: Bilingual(
      "看起来一样，编码不同，与名册、银行可能对不上。",
      "It looks the same but is another code point."),
    remedy: Bilingual(
      "请核对；必要时重新输入。",
      "Compare, and type it again if needed."),
    example: "U+F92C")

  static let examples: [RuleExample] = [
    .passes(["name": "郎平"]),
    .flagged(["name": "\u{F92C}平"]),
  ]

  static let note = FieldNotes.nameCompatibility
}
