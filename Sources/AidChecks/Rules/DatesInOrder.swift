import AidModel

struct DatesInOrder: RowRule {
  static let kind = FindingKind(
    code: "DATE-ORDER", severity: .hold,
    title: Bilingual(
      "出院早于入院",
      "Discharged before admitted"),
    message: Bilingual(
      "出院 {2} 早于入院 {1}",
      "Discharged {2} before admitted {1}"),
    why: Bilingual(
      "至少一个日期写错。",
      "At least one of them is wrong."),
    remedy: Bilingual(
      "请与出院小结核对。",
      "Compare with the discharge paper."),
    example: "入院 2023-05-10，出院 2023-05-01")

  static let examples: [RuleExample] = [
    .passes(["admitted": "2023-05-01", "discharged": "2023-05-01"]),
    .flagged(["admitted": "2023-05-10", "discharged": "2023-05-01"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    guard let admitted = row.date(.admitted), let discharged = row.date(.discharged),
      discharged.date < admitted.date
    else { return }
    findings.append(
      row.finding(
        Self.kind, column: discharged.index, [admitted.date.description, discharged.date.description]))
  }
}
