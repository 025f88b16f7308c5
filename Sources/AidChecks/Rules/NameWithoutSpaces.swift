import AidModel

struct NameWithoutSpaces: NotedRule {
  static let kind = FindingKind(
    code: "NAME-SPACES", severity: .repaired,
    title: Bilingual(
      "姓名中有空格",
      "Spaces inside a name"),
    message: Bilingual(
      "“{2}”中的空格已去掉：“{3}”",
      "The spaces in '{2}' were taken out: '{3}'"),
    why: Bilingual(
      "银行要求户名与卡一致，中间没有空格。",
      "The bank compares names; they have no spaces."),
    remedy: Bilingual(
      "不用处理。",
      "Nothing to do."),
    example: "张 三")

  static let examples: [RuleExample] = [
    .passes(["name": "张三"]),
    .flagged(["name": "张 三"]),
  ]

  static let note = FieldNotes.nameSpaces
}
