import AidModel
import AidYAML
import Foundation
import Testing

@testable import AidPolicy

/// A gallery of wrong policy files: each is rejected at the faulty line, with a message that explains why.
@Suite struct WrongPolicies {
  static let head =
    "policy: p\nprogramme: aid\nvalid: {from: 2023-01-01}\ncolumns:\n  - {name: x, type: money}\n"
  static let good = "benefits:\n  - {name: b, base: sum(x), rate: 10%}\n"

  static let gallery: [(yaml: String, line: Int, words: String)] = [
    ("", 1, "empty"), ("a: [", 2, "YAML"), (head, 1, "lacks 'benefits'"),
    (head + good + "bogus: 1\n", 8, "unknown key 'bogus'"),
    (head + good + "capz: []\n", 8, "unknown key"),
    (head + good + "exclusive: [{with: q}]\n", 8, "lacks 'keep'"),
    (head + good + "after: [aid]\n", 8, "after itself"),
    (head + good + "one_per_household: maybe\n", 8, "cannot be 'maybe'"),
    (head + good + "caps:\n  - {per: year, at: 1, unit: family}\n", 9, "cannot be 'family'"),
    (head + good + "caps:\n  - {per: week, at: 1}\n", 9, "cannot be 'week'"),
    (head + good + "caps:\n  - {per: year}\n", 9, "lacks 'at'"),
    (head + good + "round: {to: 0.5}\n", 8, "cannot round"),
    (head + good + "round: {mode: about}\n", 8, "cannot be"),
    (head + good + "when_short: stop\n", 8, "without a fund"),
    (head + good + "fund: f\nwhen_short: priority\n", 9, "no priority"),
    (head + good + "eligible:\n  - {when: x, otherwise: y}\n", 9, "a condition is wanted"),
    (head + good + "eligible:\n  - {when: y > 1, otherwise: z}\n", 9, "unknown name 'y'"),
    (head + good + "eligible:\n  - {otherwise: y}\n", 9, "lacks 'when'"),
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

  static func benefit(_ text: String) -> String { head + "benefits:\n  - " + text + "\n" }
  static func condition(_ text: String) -> String {
    head.replacing(
      "type: money}",
      with: "type: money}\n  - {name: kind, type: choice, choices: [甲, 乙]}\n  - {name: d, type: date}")
      + good + "eligible:\n  - {when: \"" + text + "\", otherwise: z}\n"
  }

  /// Mistakes people make while learning the language.
  static let more: [(yaml: String, line: Int, words: String)] = [
    (head + good + "fonds: x\n", 8, "unknown key 'fonds'"), (head + good + "封定: []\n", 8, "unknown key '封定'"),
    (condition("kid = '甲'"), 11, "unknown name 'kid'"), (condition("kind = '丙'"), 11, "no choice '丙'"),
    (condition("kind in ['甲', '丁']"), 11, "no choice '丁'"),
    (condition("kind > '甲'"), 11, "do not go with '>'"),
    (condition("x = '甲'"), 11, "do not go with '='"), (condition("d > 20230101"), 11, "do not go with '>'"),
    (condition("d in ['2023']"), 11, "do not go with '='"),
    (condition("x in period"), 11, "a date is wanted"),
    (condition("d in 2023"), 11, "followed by period"), (condition("d + x > d"), 11, "do not go with '+'"),
    (condition("months(d, x) > 3"), 11, "a date is wanted"),
    (condition("months(d) > 3"), 11, "takes two dates"),
    (condition("sum(kind) > 3"), 11, "does not take text"), (condition("sum() > 3"), 11, "wrong number"),
    (condition("sum(sum(x)) > 3"), 11, "another function over rows"),
    (condition("round(x) > 3"), 11, "no function 'round'"),
    (condition("kind = 甲"), 11, "stands without quotes"), (condition("kind = '甲"), 11, "not closed"),
    (condition("x > 3 &"), 11, "unknown sign '&'"), (condition("x >"), 11, "a value is expected"),
    (condition("(x > 3"), 11, "')' is missing"), (condition("x > 3 and"), 11, "a value is expected"),
    (condition("x > 3 x"), 11, "something more"), (condition("if x > 3 then true"), 11, "'else' is missing"),
    (condition("x is empty"), 11, "may follow 'is'"), (condition("not x"), 11, "a condition is wanted"),
    (condition("x > 3 or 1"), 11, "a condition is wanted"),
    (condition("-kind = '甲'"), 11, "a minus goes with"),
    (condition("d > 2023-02-30"), 11, "no such day"), (condition("base > 3"), 11, "'base' is not known here"),
    (condition("period > d"), 11, "'.' is missing"), (condition("period.end > d"), 11, "from or to"),
    (condition("paid.month > 3"), 11, "year or lifetime"), (condition("roster > 3"), 11, "'.' is missing"),
    (condition("awarded('q') > 3"), 11, "stand under after"), (condition("awarded(q) > 3"), 11, "in quotes"),
    (
      head + "after: [hardship]\n" + good + "eligible:\n  - {when: awarded('hardshp') > 3, otherwise: z}\n",
      10, "'hardshp'"
    ),
    (head + good + "exclusive:\n  - {with: aid, keep: larger}\n", 9, "exclude itself"),
    (head + good + "exclusive:\n  - {with: q, keep: smaller}\n", 9, "cannot be 'smaller'"),
    (head + good + "fund: f\nwhen_short: priority\npriority: [rank]\n", 10, "unknown name 'rank'"),
    (head + good + "limit: {per: award, times: 1}\n", 8, "cannot be 'award'"),
    (head + good + "limit: {per: year, times: 0}\n", 8, "at least 1"),
    (head + good + "caps: {per: year, at: 1}\n", 8, "must be a list"),
    (head + good + "eligible: x > 1\n", 8, "must be a list"),
    (head + good + "examples:\n  - {rows: [{x: 1}], pays: 1, refused: gate}\n", 9, "exactly one outcome"),
    (head + good + "examples:\n  - {rows: [{x: 1}], awarded: {q: 1}, pays: 1}\n", 9, "stand under after"),
    (
      head + good + "examples:\n  - {rows: [{x: 1}], history: [{amount: 1}], pays: 1}\n", 9, "lacks 'paid_on'"
    ),
    (benefit("{name: b, base: sum(x), rate: if sum(x) > 5 then 250% else 2%}"), 7, "over 100"),
    (benefit("{name: b, base: sum(x), rate: sum(x)}"), 7, "a number is wanted"),
    (benefit("{name: b, base: \"'x'\", rate: 2%}"), 7, "money is wanted"),
    (benefit("{name: b, base: sum(x), deductible: 5千, rate: 2%}"), 7, "'千' follows a number"),
    (benefit("{name: b, base: sum(x), minimum: 2万, rate: 2%}"), 7, "'万' follows a number"),
    (benefit("{name: b, base: sum(x), minimum: \"2,000元\", rate: 2%}"), 7, "a comma inside a number"),
    (benefit("{name: b, base: sum(x), marginal: [{from: 0, to: 5, rate: -1%}]}"), 7, "rate is below 0"),
    (
      benefit("{name: b, base: sum(x), marginal: [{from: 5, to: 9, rate: 1%}, {from: 0, to: 5, rate: 2%}]}"),
      7, "overlaps"
    ),
    (benefit("{name: b, base: sum(x), bands: [{ge: 1, gt: 1, pays: 1}]}"), 7, "only one of ge and gt"),
    (benefit("{name: b, base: sum(x), bands: [{ge: 1, pays: 1}, {ge: 5, pays: 2}]}"), 7, "never reached"),
    (
      benefit("{name: b, base: sum(x), bands: [{ge: 1, le: 5, pays: 1}, {le: 9, pays: 2}]}"), 7,
      "no lower end"
    ),
    (
      benefit(
        "{name: b, base: sum(x), gate: base >= 20000, whole: [{ge: 0, lt: 20000, rate: 1%}, {ge: 20000, rate: 2%}]}"
      ), 7, "never be reached"
    ),
    (benefit("{name: b, base: sum(x), whole: [{ge: 0, pays: 1}]}"), 7, "gives a rate, not an amount"),
    (benefit("{name: b, committee: {min: 5}}"), 7, "lacks 'max'"),
    (benefit("{name: b, table: {by: x}}"), 7, "lacks 'rows'"),
    (benefit("{name: b, table: {by: unit, rows: {a: [1, 2, 3]}}}"), 7, "a range is [min, max]"),
    (benefit("{name: b, base: sum(x), window: {to: 5}, rate: 1%}"), 7, "lacks 'from'"),
    (benefit("{name: b, base: sum(x), less: [{clause: 二}], rate: 1%}"), 7, "lacks 'amount'"),
    (benefit("{name: b, base: sum(x), times: [x], rate: 1%}"), 7, "a number is wanted"),
    (head.replacing("type: money", with: "type: money, blank: none") + good, 5, "not of type money"),
    (
      head.replacing(
        "  - {name: x, type: money}", with: "  - {name: x, type: money}\n  - {name: x, type: date}") + good,
      6, "doubled"
    ),
    (head.replacing("name: x, type", with: "name: 1x, type") + good, 5, "cannot be used"),
  ]

  static var all: [(yaml: String, line: Int, words: String)] { gallery + more + slips }

  /// docs/POLICY-ERRORS.md shows every one with its messages. `UPDATE_GOLDEN=1 swift test --filter
  /// WrongPolicies` rewrites it.
  @Test func theyAreShownInTheDocs() throws {
    var page = """
      # What is wrong with a policy file 办法文件的错误

      Every mistake of a file is told in one pass, with line and column. A test writes this page from real files: the
      line that is wrong, then what `aidledger policy check` says.

      """
    for (yaml, _, _) in Self.all {
      let problems = Fixture.problems(yaml)
      let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false)
      page += "\n```\n"
      var shown: Set<Int> = []
      for problem in problems.sorted(by: { ($0.line, $0.column) < ($1.line, $1.column) }) {
        if shown.insert(problem.line).inserted, problem.line <= lines.count, !lines[problem.line - 1].isEmpty
        {
          page += "\(problem.line) | \(lines[problem.line - 1])\n"
        }
        for (what, remedy) in [
          (problem.what.zh, problem.remedy.zh), (problem.what.en, problem.remedy.en),
        ] {
          page += "p.yaml:\(problem.line):\(problem.column): \(what)\n  → \(remedy)\n"
        }
      }
      page += "```\n"
    }
    let url = ManualExamples.page.deletingLastPathComponent().appending(path: "POLICY-ERRORS.md")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try page.write(to: url, atomically: true, encoding: .utf8)
    }
    let found = try String(contentsOf: url, encoding: .utf8)
    #expect(found == page, "docs/POLICY-ERRORS.md is stale: run with UPDATE_GOLDEN=1")
  }

  @Test func eachIsRefusedWhereItIsWrong() {
    #expect(Self.all.count >= 150)
    for (i, (yaml, line, words)) in Self.all.enumerated() {
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
