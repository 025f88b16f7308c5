import AidModel
import Testing

@testable import AidPolicy

/// A gallery of wrong policy files: each is refused at the line it is wrong in, with words that say why.
@Suite struct WrongPolicies {
  static let head =
    "policy: p\nprogramme: aid\nvalid: {from: 2023-01-01}\ncolumns:\n  - {name: x, type: money}\n"
  static let good = "benefits:\n  - {name: b, base: sum(x), rate: 10%}\n"

  static let gallery: [(yaml: String, line: Int, words: String)] = [
    ("", 1, "empty"), ("a: [", 2, "YAML"), (head, 1, "lacks 'benefits'"),
    (head + good + "bogus: 1\n", 8, "unknown key 'bogus'"),
    (head + good + "capz: []\n", 8, "unknown key"), (head + good + "exclusive: []\n", 8, "not supported yet"),
    (head + good + "after: [q]\n", 8, "not supported yet"),
    (head + good + "one_per_household: true\n", 8, "not supported yet"),
    (head + good + "caps:\n  - {per: year, at: 1, unit: household}\n", 9, "not supported yet"),
    (head + good + "caps:\n  - {per: week, at: 1}\n", 9, "cannot be 'week'"),
    (head + good + "caps:\n  - {per: year}\n", 9, "lacks 'at'"),
    (head + good + "round: {to: 0.5}\n", 8, "cannot round"),
    (head + good + "round: {mode: about}\n", 8, "cannot be"),
    (head + good + "when_short: stop\n", 8, "without a fund"),
    (head + good + "fund: f\nwhen_short: priority\n", 9, "no priority"),
    (head + good + "eligible:\n  - {when: x, otherwise: y}\n", 9, "a condition is wanted"),
    (head + good + "eligible:\n  - {when: y > 1, otherwise: z}\n", 9, "unknown name 'y'"),
    (head + good + "eligible:\n  - {when: x > 1}\n", 9, "lacks 'otherwise'"),
    (head + good + "count:\n  - {when: sum(x) > 1, otherwise: z}\n", 9, "functions over rows"),
    (head + good + "limit: {per: year}\n", 8, "lacks 'times'"),
    (head + good + "award_per: family\n", 8, "cannot be 'family'"),
    (head + good + "examples:\n  - {rows: [{x: 1}]}\n", 9, "exactly one outcome"),
    (head + good + "examples:\n  - {rows: [{y: 1}], pays: 1}\n", 9, "unknown column 'y'"),
    (head + good + "examples:\n  - {rows: [{x: many}], pays: 1}\n", 9, "no value of x"),
    (head + good + "examples:\n  - {rows: [{x: 1}], pays: 0.001}\n", 9, "more than two decimals"),
    (head + "benefits: []\n", 6, "empty"),
    (head + "benefits:\n  - {name: b, base: sum(x)}\n", 7, "no formula"),
    (head + "benefits:\n  - {name: b, rate: 10%}\n", 7, "lacks a base"),
    (head + "benefits:\n  - {name: b, base: sum(x), rate: 10%, amount: 3}\n", 7, "several formulas"),
    (head + "benefits:\n  - {name: b, base: sum(x), rate: 250%}\n", 7, "over 100"),
    (head + "benefits:\n  - {name: b, base: sum(x), rate: 25}\n", 7, "over 100"),
    (head + "benefits:\n  - {name: b, base: x * x, rate: 25%}\n", 7, "multiplied by money"),
    (
      head
        + "benefits:\n  - {name: b, base: sum(x), marginal: [{from: 0, to: 5, rate: 1%}, {from: 4, rate: 2%}]}\n",
      7, "overlaps"
    ),
    (
      head
        + "benefits:\n  - {name: b, base: sum(x), marginal: [{from: 0, to: 5, rate: 1%}, {from: 6, rate: 2%}]}\n",
      7, "hole"
    ),
    (
      head + "benefits:\n  - {name: b, base: sum(x), marginal: [{from: 0, rate: 1%}, {from: 6, rate: 2%}]}\n",
      7, "never reached"
    ),
    (
      head + "benefits:\n  - {name: b, base: sum(x), marginal: [{from: 9, to: 5, rate: 1%}]}\n", 7,
      "ends before"
    ),
    (head + "benefits:\n  - {name: b, base: sum(x), marginal: []}\n", 7, "empty"),
    (
      head + "benefits:\n  - {name: b, base: sum(x), deductible: 5, marginal: [{from: 5, rate: 1%}]}\n", 7,
      "taken twice"
    ),
    (
      head + "benefits:\n  - {name: b, base: sum(x), bands: [{ge: 1, le: 5, pays: 1}, {ge: 5, pays: 2}]}\n",
      7, "overlaps"
    ),
    (
      head + "benefits:\n  - {name: b, base: sum(x), bands: [{ge: 1, lt: 5, pays: 1}, {gt: 5, pays: 2}]}\n",
      7, "hole"
    ),
    (
      head + "benefits:\n  - {name: b, base: sum(x), bands: [{ge: 5, lt: 5, pays: 1}]}\n", 7,
      "never be reached"
    ),
    (head + "benefits:\n  - {name: b, base: sum(x), window: {from: 5, to: 5}, rate: 1%}\n", 7, "window ends"),
    (head + "benefits:\n  - {name: b, committee: {min: 5, max: 1}}\n", 7, "below the minimum"),
    (head + "benefits:\n  - {name: b, table: {by: x, rows: {a: [1]}}}\n", 7, ""),
    (head + "benefits:\n  - {name: b, base: sum(x), gate: base, rate: 1%}\n", 7, "a condition is wanted"),
    (
      head + "benefits:\n  - {name: b, base: sum(x), rate: 1%}\n  - {name: b, base: sum(x), rate: 1%}\n", 8,
      "doubled"
    ),
    (head.replacing("type: money", with: "type: cash") + good, 5, "cannot be 'cash'"),
    (head.replacing("type: money", with: "type: choice") + good, 5, "choices"),
    (head.replacing("name: x", with: "name: and") + good, 5, "cannot be used"),
    (head.replacing("name: x, type: money", with: "name: staff_no, type: money") + good, 5, "common column"),
    (
      head.replacing("{from: 2023-01-01}", with: "{from: 2023-01-01, to: 2022-01-01}") + good, 3,
      "ends before"
    ),
    (head.replacing("{from: 2023-01-01}", with: "{from: 2023-13-01}") + good, 3, "not a date"),
    (head.replacing("policy: p", with: "policy: Große") + good, 1, "not a policy id"),
    (head.replacing("programme: aid", with: "programme: ../x") + good, 2, "file name"),
    (head + "policy: q\n" + good, 1, ""),
  ]

  @Test func eachIsRefusedWhereItIsWrong() {
    for (i, (yaml, line, words)) in Self.gallery.enumerated() {
      let problems = Fixture.problems(yaml)
      let hit = problems.contains { $0.line == line && $0.what.en.contains(words) }
      #expect(
        hit || (words.isEmpty && !problems.isEmpty),
        "\(i): \(problems.map { "\($0.line):\($0.column) \($0.what.en)" })")
      #expect(problems.allSatisfy { !$0.what.zh.isEmpty && !$0.remedy.zh.isEmpty && !$0.remedy.en.isEmpty })
    }
  }

  @Test func allProblemsComeAtOnce() {
    let yaml = Self.head + "benefits:\n  - {name: b, base: sum(y), rate: 250%}\nbogus: 1\nround: {to: 3}\n"
    #expect(Fixture.problems(yaml).count >= 4)
  }

  @Test func theColumnIsExact() {
    let yaml = Self.head + "benefits:\n  - name: b\n    base: sum(x)\n    gate: base >= yy\n    rate: 1%\n"
    let problem = Fixture.problems(yaml).first
    #expect(problem?.line == 9 && problem?.column == 19, "\(String(describing: problem))")
  }

  @Test func aPolicyWhollyInChinese() throws {
    let policy = try Fixture.policy(
      """
      办法: zhongwen-2023
      项目: 补助
      有效期: {自: 2023-01-01}
      列:
        - {名称: 自付金额, 类型: 金额, 必填: 是}
        - {名称: 类别, 类型: 选择, 选项: [门诊, 住院]}
      补助单位: 人
      计入:
        - {条件: 类别 = '住院', 否则原因: 门诊不计入, 条款: 四}
      补助:
        - 名称: 住院
          基数: 求和(自付金额)
          门槛: 基数 >= 20000
          分段:
            - {自: 20000, 至: 30000, 比例: 25%}
            - {自: 30000, 比例: 30%}
      封顶:
        - {周期: 年度, 上限: 50000}
      取整: {至: 0.01, 方式: 四舍五入}
      例子:
        - {行: [{自付金额: 40000, 类别: 住院}], 应得: 5500.00}
        - {行: [{自付金额: 40000, 类别: 门诊}], 不计: 是}
      """)
    let failed = policy.runExamples(language: .zh).filter { !$0.passed }
    #expect(failed.isEmpty, "\(failed)")
  }
}
