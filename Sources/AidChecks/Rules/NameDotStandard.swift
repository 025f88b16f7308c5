import AidModel

struct NameDotStandard: NotedRule {
  static let kind = FindingKind(
    code: "NAME-DOT", severity: .repaired,
    title: Bilingual(
      "姓名间隔号不标准",
      "Middle dot of a name not the standard one"),
    message: Bilingual(
      "“{2}”的间隔号已改为“·”（U+00B7）：“{3}”",
      "The dot in '{2}' became U+00B7: '{3}'"),
    why: Bilingual(
      "登记和银行都用 U+00B7，别的点打不出 GBK。",
      "Registers and banks use U+00B7; other dots cannot be written in GBK."),
    remedy: Bilingual(
      "不用处理；请与银行留存的户名核对。",
      "Nothing to do; compare with the name the bank holds."),
    example: "阿依古丽•买买提")

  static let examples: [RuleExample] = [
    .passes(["name": "阿依古丽·买买提"]),
    .flagged(["name": "阿依古丽•买买提"]),
  ]

  static let note = FieldNotes.nameDot
}
