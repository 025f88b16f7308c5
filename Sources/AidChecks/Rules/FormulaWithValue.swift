import AidModel

struct FormulaWithValue: NotedRule {
  static let kind = FindingKind(
    code: "FORMULA-NO-VALUE", severity: .hold,
    title: Bilingual(
      "公式没有结果",
      "Formula without a stored value"),
    message: Bilingual(
      "“{1}”是公式，但没有保存结果",
      "'{1}' is a formula without a stored result"),
    why: Bilingual(
      "程序不计算别人的公式。",
      "The program does not compute formulas."),
    remedy: Bilingual(
      "请用表格软件打开、保存一次，或粘贴为数值。",
      "Open and save it in a spreadsheet program, or paste it as a value."),
    example: "=SUM(D2:D3)")

  static let examples: [RuleExample] = [
    .passes(["self_pay": "100"]),
    .flagged(["self_pay": "‹formula›"]),
  ]

  static let note = FieldNotes.formulaWithoutValue
}
