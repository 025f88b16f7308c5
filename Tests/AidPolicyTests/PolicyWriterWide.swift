import AidModel

@testable import AidPolicy

/// What the whole language has beyond the everyday one.
extension PolicyWriter {
  mutating func wideMoney() -> String {
    one([
      "v1", "v2", "v1", "each(x, \(1 + random.next(300))元)", "paid('other').year", "paid('other').lifetime",
      "paid_since(2022-06-01)", "paid_since('other', 2022-06-01)", "t1(kind, n)", "sum(t1(kind, n))",
      "min(v1, x)", "max(x, y, v1)", "if s1 > 90 days then x else v1", "x * t2(remark)",
      "coalesce(roster.bonus, 7)", "if roster.level = roster.grade then 5 else 6",
    ])
  }

  mutating func wideFlag() -> String {
    one([
      "v3", "contains(remark, '肿')", "s1 >= 1 year", "s1 < s2", "age(pay_date) >= \(30 + random.next(40))",
      "age(d, id_number) > 20", "months(born, pay_date) > 500", "remark = '甲'", "remark in ['甲', 'x']",
      "any(contains(remark, '肿'))", "roster.level is blank", "roster.level in [2, 3]",
      "roster.level < roster.grade", "v4 = '甲'", "v5 <= pay_date", "times_since(2022-06-01) > 0", "v1 > v2",
      "pay_date - d > v5 - d", "count(v1 > x) > 0", "v3 and v1 / n > 3", "id_number != remark",
    ])
  }

  mutating func wideTiers() -> String {
    let edge = one(["v1", "x", "5000", "n * 1000元"])
    return
      "{from: \(one(["0", "n", "v2"])), to: \(edge), rate: \(one(["10%", "n / 3", "t2(remark)"])), clause: 甲}, "
      + "{from: \(chance(5) ? "4000" : edge), rate: \(one(["30%", "n / 2", "0.5"])), clause: 乙}"
  }

  mutating func wideBands(_ key: String) -> String {
    let edge = one(["v1", "x", "5000", "n * 1000元"])
    let value = key == "rate" ? one(["10%", "n / 2"]) : one([figure(), "v2", "x * 0.5"])
    return "{\(chance(2) ? "ge" : "gt"): \(one(["0", "v2"])), lt: \(edge), \(key): \(value), clause: 丙}, "
      + "{ge: \(chance(5) ? "4000" : edge), \(key): \(one(["0.2", "0.125"]))}"
  }

  /// Where a benefit applies, and to which rows.
  mutating func conditions() -> [String] {
    var keys: [String] = []
    if chance(3) {
      keys.append(chance(2) ? "when: \(flag(1))" : "when: {when: \(flag(1)), otherwise: 别的, clause: 二}")
    }
    if chance(4) {
      keys.append("count: \(one(["kind = '甲'", "x > 20000", "v3", "n > 2 and ok", "contains(remark, '良')"]))")
    }
    if chance(4) { keys.append("clause: 九") }
    return keys
  }

  /// A formula of the whole language.
  mutating func decided() -> String {
    one([
      "committee: {min: \(one(["0", "100", "v2"])), max: \(one(["9000", "v1", "x"]))}",
      "table: {by: kind, rows: {甲: [100, 5000], 乙: x}}", "table: {by: kind, rows: {甲: [v2, v1], 乙: 30}}",
      "table: {by: [kind, n], rows: {甲: {'<3': 100, '>=3': v1}, else: {else: 7}}}",
      "table: {by: [ok, n], rows: {是: {1: 10, 2: 20, else: x}, 否: {'>=2 <5': v2}}}",
      "table: {by: roster.level, rows: {1.5: 10, 甲: 20}}", "table: {by: v4, rows: {甲: 10, else: 20}}",
    ])
  }

  /// A benefit with steps in an order of its own.
  mutating func ownSteps(_ number: Int) -> String {
    var steps = ["{base: \(money())}"]
    for _ in 0...Int(random.next(5)) {
      steps.append(
        one([
          "{times: \(one(["0.5", "n", "1.2"]))}", "{deductible: \(money(0))}", "{at_least: \(money(0))}",
          "{cap: {per: award, at: \(money(0))}}", "{minimum: {amount: \(money(0)), clause: 四}}",
          "{round: {to: 10, mode: up}}", "{offset: so_far / 3}", "{less: so_far * 0.1}",
          "{gate: so_far > \(figure())}",
          "{window: {from: \(money(0)), to: \(one(["90000", "so_far"]))}}",
          "{rate: if so_far > 100 then 50% else 40%}",
          "{gate: base > so_far or v3}",
        ]))
    }
    if chance(3) { steps.append("{cap: {per: {years: 2}, at: \(money(0)), unit: household}}") }
    let keys = ["name: b\(number)"] + conditions() + ["steps: [\(steps.joined(separator: ", "))]"]
    return "  - {\(keys.joined(separator: ", "))}"
  }

  /// `tables` and `values`.
  mutating func definitions() -> [String] {
    [
      "tables:",
      "  - {name: t1, by: [k, n], rows: {甲: {'<2': 100, '<4': 20.5, else: 7}, "
        + "乙: {1: 10, 2.0: \(one(["5", "sum(x) / 7"]))}}}",
      "  - {name: t2, by: r, rows: {甲: 10%, 肿瘤: 0.3, else: 0.5}}",
      "values:",
      "  - {name: v1, value: \(one(["sum(x) / 2", "v2 * 3 + 1元", "\(figure()) * 1元", "max(x) / n"])), clause: 一}",
      "  - {name: v2, value: \(one(["940元", "coalesce(y, 0) * 1", "x / 3", "times_paid.year * 10元"]))}",
      "  - {name: v3, value: \(one(["ok", "v2 > 100", "any(kind = '甲')", "roster.status = '在职'"]))}",
      "  - {name: v4, value: \(one(["kind", "remark", "roster.status", "roster.level"]))}",
      "  - {name: v5, value: \(one(["d", "max(d)", "d + 3 months", "roster.member_since"]))}",
      "  - {name: s1, value: \(one(["pay_date - d", "pay_date - born", "6 months + 10 days", "200 days"]))}",
      "  - {name: s2, value: \(one(["5 months", "pay_date - period.from", "100 days - 3 days"]))}",
    ]
  }
}
