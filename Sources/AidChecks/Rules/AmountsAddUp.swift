import AidModel

struct AmountsAddUp: RowRule {
  static let kind = FindingKind(
    code: "AMOUNT-SUM", severity: .note,
    title: Bilingual(
      "费用各项之和不等于总额",
      "Parts do not add up to the total"),
    message: Bilingual(
      "总额 {1}，各项相加 {2}",
      "The total is {1}, the parts add up to {2}"),
    why: Bilingual(
      "有一项写错或漏写。",
      "A part is wrong or missing."),
    remedy: Bilingual(
      "请与结算单核对。",
      "Compare with the hospital bill."),
    example: "总额 10000，统筹 6000 + 自付 3000")

  static let examples: [RuleExample] = [
    .passes(["total_cost": "100", "pool_paid": "60", "self_pay": "40"]),
    .flagged(["total_cost": "100", "pool_paid": "60", "self_pay": "30"]),
  ]

  /// Bills round each part; five fen cover that.
  private static let tolerance: Int64 = 5

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    guard let total = row.money(.totalCost), let pool = row.money(.poolPaid), let own = row.money(.selfPay)
    else {
      return
    }
    // A part that has a column but is blank is unknown: then nothing can be said.
    var sum = pool.amount + own.amount
    for role in [ColumnRole.accountPaid, .ownExpense, .otherPaid] { sum += row.money(role)?.amount ?? .zero }
    guard (sum.fen - total.amount.fen).magnitude > Self.tolerance else { return }
    findings.append(row.finding(Self.kind, column: total.index, [total.amount.grouped, sum.grouped]))
  }
}
