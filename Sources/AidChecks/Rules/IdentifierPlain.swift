import AidModel

struct IdentifierPlain: NotedRule {
  static let kind = FindingKind(
    code: "ID-REPAIRED", severity: .repaired,
    title: Bilingual(
      "号码写法已整理",
      "Identifier tidied"),
    message: Bilingual(
      "“{1}”由“{2}”整理为“{3}”",
      "'{1}' was tidied from '{2}' to '{3}'"),
    why: Bilingual(
      "全角数字、空格、小写 x 会使号码对不上。",
      "Full-width digits, spaces or a small x keep numbers from matching."),
    remedy: Bilingual(
      "不用处理。",
      "Nothing to do."),
    example: "４２０１００…ｘ")

  static let examples: [RuleExample] = [
    .passes(["id_number": "42010019900101109X"]),
    .flagged(["id_number": "42010019900101109x"]),
  ]

  static let note = FieldNotes.identifierRepaired
}
