import AidModel

struct CellWithoutError: NotedRule {
  static let kind = FindingKind(
    code: "CELL-ERROR", severity: .hold,
    title: Bilingual(
      "单元格是错误值",
      "Error value in a cell"),
    message: Bilingual(
      "“{1}”是错误值 {2}",
      "'{1}' holds the error {2}"),
    why: Bilingual(
      "公式断了，原来的数不知道。",
      "A formula broke; what it meant is not known."),
    remedy: Bilingual(
      "请改成数值。",
      "Replace it by a value."),
    example: "#REF!")

  static let examples: [RuleExample] = [
    .passes(["self_pay": "100"]),
    .flagged(["self_pay": "#REF!"]),
  ]

  static let note = FieldNotes.cellError
}
