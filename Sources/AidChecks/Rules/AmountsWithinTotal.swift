import AidModel

struct AmountsWithinTotal: RowRule {
  static let kind = FindingKind(
    code: "AMOUNT-BOUNDS", severity: .hold,
    title: Bilingual(
      "分项大于总额",
      "A part exceeds the total"),
    message: Bilingual(
      "“{1}”{2} 大于总额 {3}",
      "'{1}' {2} exceeds the total {3}"),
    why: Bilingual(
      "两个数至少错一个。",
      "At least one of them is wrong."),
    remedy: Bilingual(
      "请与结算单核对。",
      "Compare with the hospital bill."),
    example: "自付 9000 > 总额 8000")

  static let examples: [RuleExample] = [
    .passes(["total_cost": "100", "self_pay": "100"]),
    .flagged(["total_cost": "100", "self_pay": "100.01"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    guard let total = row.money(.totalCost) else { return }
    for role in [ColumnRole.selfPay, .poolPaid, .accountPaid, .ownExpense, .otherPaid] {
      guard let part = row.money(role), part.amount > total.amount else { continue }
      let column = row.columns[part.index]
      findings.append(
        row.finding(
          Self.kind, column: part.index,
          [column.headings.first ?? column.name, part.amount.grouped, total.amount.grouped]))
    }
  }
}
