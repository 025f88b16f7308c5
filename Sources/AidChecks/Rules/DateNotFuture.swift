import AidModel

struct DateNotFuture: RowRule {
  static let kind = FindingKind(
    code: "DATE-FUTURE", severity: .hold,
    title: Bilingual(
      "日期在发放日之后",
      "Date after the pay date"),
    message: Bilingual(
      "“{1}”{2} 在发放日之后",
      "'{1}' {2} is after the pay date"),
    why: Bilingual(
      "还没有发生的事不能补助。",
      "What has not happened cannot be paid for."),
    remedy: Bilingual(
      "请核对年份。",
      "Check the year."),
    example: "2032-05-01")

  static let examples: [RuleExample] = [
    .passes(["discharged": "2023-05-01"]),
    .flagged(["discharged": "2032-05-01"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    if !row.cells.hasDate(after: row.facts.payDate) { return }
    for i in 0..<row.cells.count {
      guard let date = row.cells.date(at: i), date > row.facts.payDate else { continue }
      let column = row.columns[i]
      findings.append(
        row.finding(Self.kind, column: i, [column.headings.first ?? column.name, date.description]))
    }
  }
}
