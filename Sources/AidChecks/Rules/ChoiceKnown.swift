import AidModel

/// Not one of the choices.
struct ChoiceKnown: NotedRule {
  static let kind = FindingKind(
    code: "CHOICE-UNKNOWN", severity: .hold,
    title: Bilingual(
      "不在可选范围内",
      "Not one of the choices"),
    message: Bilingual(
      "“{1}”的“{2}”不在可选范围内",
      "'{2}' is not a choice of '{1}'"),
    why: Bilingual(
      "类别决定能不能补、补多少。",
      "The class decides whether and how much is paid."),
    remedy: Bilingual(
      "请改成办法规定的选项。",
      "Use one of the choices of the policy."),
    example: "住院部")

  static let examples: [RuleExample] = [
    .passes(["kind": "住院"]),
    .flagged(["kind": "住院部"]),
  ]

  static let note = FieldNotes.choiceUnknown
}
