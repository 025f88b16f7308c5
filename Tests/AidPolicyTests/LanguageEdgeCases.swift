import AidModel
import AidYAML
import Testing

@testable import AidPolicy

/// Typical weak points of policy languages, as small policies with examples.
@Suite struct LanguageEdgeCases {
  /// - Parameters:
  ///   - rest: everything after the columns.
  ///   - examples: one per line.
  private func hold(
    _ rest: String, _ examples: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let yaml = """
      policy: p
      programme: aid
      valid: {from: 2023-01-01, to: 2023-12-31}
      columns:
        - {name: x, type: money}
        - {name: y, type: money}
        - {name: n, type: number}
        - {name: f, type: flag}
        - {name: d, type: date}
        - {name: kind, type: choice, choices: [甲, 乙, 丙]}
        - {name: 自付, type: money}
        - {name: 非医保, type: money, blank: 0}
      \(rest)
      examples:
      \(examples.map { "  - {\($0)}" }.joined(separator: "\n"))
      """
    do {
      for result in try Fixture.policy(yaml).runExamples(language: .en) where !result.passed {
        Issue.record(
          "line \(result.line): expected \(result.expected), got \(result.got)",
          sourceLocation: sourceLocation)
      }
    } catch {
      for problem in error.problems {
        Issue.record("\(problem.line):\(problem.column) \(problem.what.en)", sourceLocation: sourceLocation)
      }
    }
  }

  /// A comma in braces is written as anywhere else.
  @Test func commasOfExpressionsInBraces() throws {
    try hold(
      "benefits: [{name: b, amount: min(x, max(y, 100), 2000), times: [min(2, 1.5)], "
        + "caps: [{per: award, at: max(500, y)}]}]",
      [
        "rows: [{x: 3000, y: 2500}], pays: 2500.00", "rows: [{x: 300, y: 50}], pays: 150.00",
      ])
    try hold(
      "benefits: [{name: b, amount: x}]\neligible:\n  - {when: months(d, pay_date) >= 6, otherwise: 未满六个月, clause: 二}",
      [
        "rows: [{x: 10, d: 2023-01-01}], pays: 10.00", "rows: [{x: 10, d: 2023-12-01}], refused: eligible",
      ])
  }

  @Test func everyRoundingModeAndUnit() throws {
    for (mode, to, base, pays) in [
      ("half_up", "0.01", "0.05", "0.03"), ("half_even", "0.01", "0.05", "0.02"),
      ("half_even", "0.01", "0.07", "0.04"), ("down", "0.01", "0.05", "0.02"), ("up", "0.01", "0.05", "0.03"),
      ("half_up", "0.1", "0.10", "0.10"), ("down", "0.1", "0.30", "0.10"), ("up", "0.1", "0.22", "0.20"),
      ("half_up", "1", "3", "2.00"), ("half_even", "1", "5", "2.00"), ("half_up", "10", "10", "10.00"),
      ("half_even", "10", "10", "0.00"), ("up", "100", "0.02", "100.00"), ("down", "100", "399.98", "100.00"),
    ] {
      try hold(
        "benefits: [{name: b, base: sum(x), rate: 50 %}]\nround: {to: \(to), mode: \(mode)}",
        ["rows: [{x: \(base)}], pays: \(pays)"])
    }
  }

  @Test func unknownIsNotZero() throws {
    let pay = "benefits: [{name: b, amount: 100}]\n"
    try hold(
      pay + "eligible: [{when: n > 3 or x > 1, otherwise: z}]",
      ["rows: [{x: 2}], pays: 100", "rows: [{x: 1}], held: UNKNOWN-VALUE", "rows: [{n: 4}], pays: 100"])
    try hold(
      pay + "eligible: [{when: n > 3 and x > 1, otherwise: z}]",
      [
        "rows: [{x: 1}], refused: z", "rows: [{x: 2}], held: UNKNOWN-VALUE",
        "rows: [{n: 1}], refused: eligible",
      ])
    try hold(
      pay + "eligible: [{when: n > 3, otherwise: a}, {when: x > 1, otherwise: b}]",
      ["rows: [{x: 1}], refused: b", "rows: [{x: 2}], held: true"])
    try hold(
      pay + "count: [{when: n > 3, otherwise: a}, {when: x > 1, otherwise: b}]",
      [
        "rows: [{x: 1}], not_counted: true", "rows: [{x: 2}], held: UNKNOWN-VALUE",
        "rows: [{x: 1}], refused: b",
      ])
    try hold(
      "benefits: [{name: b, base: sum(x), rate: 50%}]",
      ["rows: [{x: 2}, {y: 1}], held: UNKNOWN-VALUE", "rows: [{x: 2}, {x: 0}], pays: 1"])
    try hold(
      "benefits: [{name: b, base: \"sum(coalesce(x, y, 7))\", rate: 50%}]",
      ["rows: [{x: 2}, {y: 4}, {}], pays: 6.50"])
    // Rows that differ are a contradiction, not blank.
    try hold(
      "benefits: [{name: b, base: \"coalesce(x, 7)\", rate: 50%}]",
      [
        "rows: [{x: 2}, {x: 2}], pays: 1", "rows: [{x: 2}, {x: 3}], held: UNKNOWN-VALUE",
        "rows: [{}, {}], pays: 3.50",
      ])
    try hold(
      "benefits: [{name: b, amount: \"if x is blank then 1 else if y is not blank then 2 else 3\"}]",
      ["rows: [{}], pays: 1", "rows: [{x: 1, y: 1}], pays: 2", "rows: [{x: 1}], pays: 3"])
    try hold(
      pay + "eligible: [{when: any(kind = '甲'), otherwise: z}, {when: all(x > 0), otherwise: w}]",
      [
        "rows: [{kind: 甲, x: 1}, {x: 1}], pays: 100", "rows: [{kind: 乙, x: 1}, {x: 1}], held: UNKNOWN-VALUE",
        "rows: [{kind: 甲, x: 0}, {}], refused: w",
      ])
  }

  @Test func moneyNumbersAndDates() throws {
    for (amount, pays) in [
      ("x / y * 100", "250"), ("1000 / y", "250"), ("x + 5", "15"), ("max(x, 12)", "12"), ("min(x, n)", "3"),
      ("count(x > 5) * 30", "30"), ("count() * 7", "7"), ("floor(x / 3)", "3"), ("ceil(x / 3)", "4"),
      ("abs(y - x)", "6"), ("days(d, period.to) * 1", "30"), ("months(d, period.to) + 1", "1"),
      ("if d + 30 days = period.to then 9 else 8", "9"), ("if period.to - d >= 30 days then 9 else 8", "9"),
      ("if period.to - d >= 1 month then 9 else 8", "8"), ("if pay_date - d > 29 days then 9 else 8", "9"),
      ("if d in period and kind in ['乙', '甲'] then 9 else 8", "9"), ("自付*2+非医保", "8"),
      ("若 kind='甲'且自付>3 则 自付 否则 非医保", "4"), ("x - -2", "12"), ("(x + y) * 25%", "3.5"),
      ("1/3 * x * 3", "10"), ("if f then x else 0", "10"), ("if not f or kind != '丙' then 1 else 2", "1"),
      ("years(2005-12-31, period.to)", "18"), ("years(2006-01-01, period.to)", "17"),
    ] {
      try hold(
        "benefits: [{name: b, amount: \"\(amount)\"}]",
        ["rows: [{x: 10, y: 4, n: 3, f: 是, d: 2023-12-01, kind: 甲, 自付: 4}], pays: \(pays)"])
    }
  }

  @Test func rosterValuesAreReadAsTheyAreAskedFor() throws {
    let pay = "benefits: [{name: b, amount: 100}]\n"
    try hold(
      pay + "eligible: [{when: roster.低保, otherwise: z}]",
      [
        "rows: [{x: 1}], roster: {低保: 是}, pays: 100", "rows: [{x: 1}], roster: {低保: 否}, refused: z",
        "rows: [{x: 1}], roster: {低保: 也许}, held: UNKNOWN-VALUE", "rows: [{x: 1}], held: UNKNOWN-VALUE",
      ])
    try hold(
      pay + "eligible: [{when: roster.级别 >= 3 and roster.班组 = '7' and roster.编号 < 2023-05-01, otherwise: z}]",
      [
        "rows: [{x: 1}], roster: {级别: 3, 班组: 7, 编号: 2023-01-01}, pays: 100",
        "rows: [{x: 1}], roster: {级别: 2, 班组: 7, 编号: 2023-01-01}, refused: z",
        "rows: [{x: 1}], roster: {级别: 三, 班组: 7, 编号: 2023-01-01}, held: UNKNOWN-VALUE",
      ])
    try hold(
      pay + "eligible: [{when: 名册.缴费年限 >= 1 且 单位 = '工学院', otherwise: z}]",
      ["rows: [{单位: 工学院}], 名册: {缴费年限: 1}, pays: 100", "rows: [{unit: 文学院}], roster: {缴费年限: 1}, refused: z"])
    try hold(
      pay + "eligible: [{when: \"coalesce(roster.contribution_years, 0) >= 1\", otherwise: z}]",
      ["rows: [{x: 1}], refused: z"])
  }

  @Test func theOrderOfABenefit() throws {
    // 100 − 10 − 20 = 70 ≥ 70; 30…60 leaves 30; − 10 = 20; × 50 % = 10; × 3 = 30; cap 25; − 5.
    try hold(
      """
      benefits:
        - name: b
          base: sum(x)
          less: [{amount: 10, clause: 一}, sum(y)]
          gate: {when: base >= 70, otherwise: 太少, clause: 二}
          window: {from: 30, to: 60, clause: 三}
          deductible: {amount: 10, clause: 四}
          rate: 50%
          times: [2, {rate: 1.5, clause: 五}]
          minimum: {amount: 3, clause: 六}
          caps: [{per: award, at: base - 45}]
          offset: [{amount: 5}]
      """,
      [
        "rows: [{x: 100, y: 20}], pays: 20", "rows: [{x: 99.99, y: 20}], refused: gate",
        "rows: [{x: 5, y: 20}], refused: gate",
      ])
    try hold(
      "benefits: [{name: b, base: sum(x), rate: n}]",
      ["rows: [{x: 10, n: 1}], pays: 10", "rows: [{x: 10, n: 1.01}], held: RATE-RANGE"])
    try hold(
      "benefits: [{name: b, base: sum(x), rate: n, allow_over_100: true}]",
      ["rows: [{x: 10, n: 1.5}], pays: 15"])
    try hold(
      "benefits: [{name: b, base: sum(x), rate: 30%, minimum: 50}]",
      ["rows: [{x: 120}], pays: 50", "rows: [{x: 0}], pays: 0", "rows: [{x: 200}], pays: 60"])
    try hold(
      "benefits: [{name: b, table: {by: n, rows: {1: 10, 2.50: 20}}}]",
      ["rows: [{n: 1.0}], pays: 10", "rows: [{n: 2.5}], pays: 20", "rows: [{n: 3}], held: UNKNOWN-VALUE"])
    try hold(
      "benefits: [{name: b, table: {by: f, rows: {是: 10, 否: 20}}}]",
      ["rows: [{f: 是}], pays: 10", "rows: [{f: 否}], pays: 20"])
  }

  @Test func capsLimitsAndHistory() throws {
    let pay = "benefits: [{name: b, amount: sum(x)}]\n"
    try hold(
      pay + "caps: [{per: award, at: 50}, {per: year, at: 80}, {per: lifetime, at: 100}]",
      [
        "rows: [{x: 60}], pays: 50",
        "rows: [{x: 60}], history: [{amount: 40, paid_on: 2023-03-01}], pays: 40",
        "rows: [{x: 60}], history: [{amount: 80, paid_on: 2022-03-01}], pays: 20",
        "rows: [{x: 60}], history: [{amount: 80, paid_on: 2022-03-01, status: 退回}], pays: 50",
        "rows: [{x: 60}], history: [{amount: 80, paid_on: 2022-03-01, programme: q}], pays: 50",
        "rows: [{x: 60}], paid: {year: 80}, pays: 0",
      ])
    try hold(
      pay + "limit: {per: year, times: 2, clause: 六}",
      [
        "rows: [{x: 60}], times_paid: {year: 1}, pays: 60",
        "rows: [{x: 60}], times_paid: {year: 2}, refused: limit",
        "rows: [{x: 60}], times_paid: {year: 0, lifetime: 2}, pays: 60",
        "rows: [{}], times_paid: {year: 2}, refused: limit",
      ])
    try hold(
      "award_per: row\nbenefits: [{name: b, amount: x}]\nlimit: {per: year, times: 2}\ncaps: [{per: year, at: 100}]",
      ["rows: [{x: 60}, {x: 50}, {x: 5}], pays: 100", "rows: [{x: 0}, {x: 50}, {x: 5}, {x: 9}], pays: 55"])
    // A term that is not a calendar year.
    let term = "period: {from: 2023-07-01, to: 2024-06-30}"
    try hold(
      pay + "eligible: [{when: d in period, otherwise: z}]\ncaps: [{per: year, at: 80}]",
      [
        "rows: [{x: 60, d: 2024-06-30}], \(term), history: [{amount: 50, paid_on: 2023-07-01}], pays: 30",
        "rows: [{x: 60, d: 2024-06-30}], \(term), history: [{amount: 50, paid_on: 2023-06-30}], pays: 60",
        "rows: [{x: 60, d: 2024-07-01}], \(term), refused: z",
      ])
  }

  @Test func decisions() throws {
    try hold(
      "benefits: [{name: a, committee: {min: 10, max: sum(x)}}]\ncaps: [{per: year, at: 80}]",
      [
        "rows: [{x: 50}], decision: 50, pays: 50", "rows: [{x: 50}], decision: 50.01, held: DECISION-RANGE",
        "rows: [{x: 50}], decision: 9.99, refused: DECISION-RANGE", "rows: [{x: 50}], held: DECISION-MISSING",
        "rows: [{x: 50}], decision: 50, paid: {year: 40}, held: DECISION-RANGE",
        "rows: [{}], decision: 50, held: UNKNOWN-VALUE",
      ])
    try hold(
      """
      benefits:
        - {name: a, gate: x > 0, committee: {max: 100}}
        - {name: b, gate: y > 0, committee: {max: 100}}
      """,
      [
        "rows: [{x: 1, y: 0}], decision: 50, pays: 50", "rows: [{x: 0, y: 1}], decision: 50, pays: 50",
        "rows: [{x: 1, y: 1}], decision: 50, held: DECISION-SHARED", "rows: [{x: 0, y: 0}], refused: gate",
      ])
    try hold(
      "award_per: row\nbenefits: [{name: a, committee: {max: 100}}]",
      [
        "rows: [{x: 1}, {x: 2}], decision: [30, 40], pays: 70",
        "rows: [{x: 1, pays: 30}, {x: 2, held: DECISION-MISSING}], decision: [30, ~]",
      ])
  }

  @Test func whatIsMissingIsTold() throws {
    let policy = try Fixture.policy(
      Fixture.plain("{name: b, base: sum(x), gate: base >= 20000, deductible: 20000, rate: 10%}"))
    func reason(_ amount: String) -> String {
      let reasons = policy.assess(Fixture.person(policy, [["x": Fixture.money(amount)]]))[0].reasons
      return reasons.map { "\($0.code): \($0.text)" }.joined(separator: "; ")
    }
    #expect(reason("19687.60") == "gate: 未达到门槛：补助基数不低于 20,000 元（还差 312.40 达到 20000）")
    #expect(reason("20000.00") == "deductible: 刚好 20000 元，须超过起付线")
    let other = try Fixture.policy(Fixture.plain("{name: b, base: sum(x), deductible: 20000, rate: 10%}"))
    let short = other.assess(Fixture.person(other, [["x": Fixture.money("19687.60")]]))[0]
    #expect(short.outcome == .zero && short.reasons[0].text == "还差 312.40 元达到起付线 20000 元")
  }
}
