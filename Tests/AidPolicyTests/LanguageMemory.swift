import AidModel
import AidYAML
import Testing

@testable import AidPolicy

/// Groups, earlier claims and payments, caps over some benefits and programmes, places: the examples of each policy
/// were worked out by hand.
@Suite struct LanguageMemory {
  private static let head = """
    policy: p
    programme: aid
    valid: {from: 2024-01-01, to: 2024-12-31}
    columns:
      - {name: x, type: money}
      - {name: n, type: integer, blank: 0}
      - {name: child, type: text}
      - {name: kind, type: choice, choices: [甲, 乙], blank: 甲}
      - {name: d, type: date}

    """

  static let sound: [String] = [
    // 500 a child and year, whichever batch it was; 800 for all children.
    """
    benefits:
      - {name: school, for_each: child, base: sum(x), rate: 50%, caps: [{per: year, at: 500}]}
    caps: [{per: year, at: 800, of: [school]}]
    examples:
      - {rows: [{child: 丁, x: 400}, {child: 丁, x: 100}], pays: 250.00}
      - {rows: [{child: 丁, x: 2000}, {child: 戊, x: 100}], pays: 550.00}
      - {rows: [{child: 丁, x: 2000}, {child: 戊, x: 2000}], pays: 800.00}
      - {rows: [{child: 丁, x: 2000}],
         history: [{benefit: school, of: 丁, amount: 300, paid_on: 2024-03-01}], pays: 200.00}
      - {rows: [{child: 丁, x: 2000}],
         history: [{benefit: school, of: 戊, amount: 500, paid_on: 2024-03-01}], pays: 300.00}
      - {rows: [{child: 丁, x: 2000}],
         history: [{benefit: school, of: 丁, amount: 300, paid_on: 2023-03-01}], pays: 500.00}
      - {rows: [{child: 丁, x: 2000}], history: [{amount: 300, paid_on: 2024-03-01}], held: BENEFIT-UNKNOWN}
      - {rows: [{child: 丁, x: 2000}], history: [{amount: 300, paid_on: 2023-03-01}], pays: 500.00}
      - {rows: [{child: 丁, x: 2000}, {x: 5}], held: UNKNOWN-VALUE}
    """,
    // Where a benefit looks at some rows, the others need no group; `when` is for one group.
    """
    benefits:
      - {name: a, count: "kind = '乙'", for_each: child, when: sum(x) > 100, amount: 10}
      - {name: b, amount: 1}
    examples:
      - {rows: [{x: 5}, {kind: 乙, child: 丁, x: 60}, {kind: 乙, child: 戊, x: 101}], pays: 11.00}
      - {rows: [{kind: 乙, child: 丁, x: 60}, {kind: 乙, child: 丁, x: 60}, {kind: 乙, child: 戊, x: 101}], pays: 21.00}
      - {rows: [{kind: 乙, x: 5}], held: UNKNOWN-VALUE}
    """,
    // The year's claims add up: what they give together less what the earlier ones gave.
    """
    benefits:
      - name: stay
        base: sum(x)
        cumulative: year
        gate: base >= 1000
        marginal: [{from: 500, to: 2000, rate: 10%}, {from: 2000, rate: 20%}]
    examples:
      - {rows: [{x: 999}], refused: gate}
      - {rows: [{x: 1000}], pays: 50.00}
      - {rows: [{x: 400}], history: [{benefit: stay, base: 600, amount: 0, paid_on: 2024-02-01}], pays: 50.00}
      - {rows: [{x: 3000}], history: [{benefit: stay, base: 1000, amount: 50, paid_on: 2024-02-01}], pays: 500.00}
      - {rows: [{x: 3000}], history: [{base: 1000, amount: 50, paid_on: 2024-02-01}], pays: 500.00}
      - {rows: [{x: 3000}], history: [{base: 1000, amount: 50, paid_on: 2023-02-01}], pays: 350.00}
      - {rows: [{x: 3000}], history: [{benefit: stay, amount: 50, paid_on: 2024-02-01}], held: BENEFIT-UNKNOWN}
      - {rows: [{x: 3000}], paid: {year: 50}, times_paid: {year: 1}, held: BENEFIT-UNKNOWN}
    """,
    // Row by row in one list too, whatever the first one gave.
    """
    award_per: row
    order: [d]
    benefits: [{name: stay, base: x, cumulative: year, deductible: 1000, rate: 50%}]
    examples:
      - rows: [{x: 800, d: 2024-06-01, pays: 250}, {x: 700, d: 2024-05-01, pays: 0}]
      - rows: [{x: 800, d: 2024-05-01, pays: 0}, {x: 700, d: 2024-06-01, pays: 250}, {x: 10, d: 2024-06-01, pays: 5}]
      - rows: [{x: 1200, held: UNKNOWN-VALUE}, {x: 700, d: 2024-06-01, held: EARLIER-WAITS}]
    """,
    // Each benefit is paid once a year; how often means how often it.
    """
    benefits:
      - {name: a, when: "kind = '甲'", amount: 100 + 10 * times_paid.lifetime, limit: {per: year, times: 1}}
      - {name: b, when: "kind = '乙'", amount: 200, limit: [{per: year, times: 2}, {per: lifetime, times: 2 + n}]}
    examples:
      - {rows: [{kind: 甲}], history: [{benefit: a, amount: 1, paid_on: 2024-01-05}], refused: limit}
      - {rows: [{kind: 甲}],
         history: [{benefit: a, amount: 1, paid_on: 2023-01-05},
                   {benefit: b, amount: 1, paid_on: 2024-01-05}], pays: 110.00}
      - {rows: [{kind: 乙}], history: [{benefit: b, amount: 1, paid_on: 2024-01-05}], pays: 200.00}
      - {rows: [{kind: 乙}],
         history: [{benefit: b, amount: 1, paid_on: 2021-01-05},
                   {benefit: b, amount: 1, paid_on: 2022-01-05}], refused: limit}
      - {rows: [{kind: 乙, n: 1}],
         history: [{benefit: b, amount: 1, paid_on: 2021-01-05},
                   {benefit: b, amount: 1, paid_on: 2022-01-05}], pays: 200.00}
      - {rows: [{kind: 乙}], history: [{amount: 1, paid_on: 2021-01-05}], held: BENEFIT-UNKNOWN}
    """,
    // Two benefits together, and what another programme gives.
    """
    benefits:
      - {name: a, amount: x}
      - {name: b, amount: 100}
      - {name: c, amount: 50}
    caps:
      - {per: year, at: 300, of: [a, b]}
      - {per: year, at: 500, with: [other]}
      - {per: award, at: 340, with: [other]}
    examples:
      - {rows: [{x: 150}], pays: 300.00}
      - {rows: [{x: 250}], pays: 340.00}
      - {rows: [{x: 150}], awarded: {other: 100}, pays: 240.00}
      - {rows: [{x: 150}], awarded: {other: held}, held: UNKNOWN-VALUE}
      - {rows: [{x: 150}], history: [{programme: other, amount: 280, paid_on: 2024-02-02}], pays: 220.00}
      - {rows: [{x: 150}], history: [{benefit: a, amount: 100, paid_on: 2024-02-02}], pays: 250.00}
      - {rows: [{x: 150}], history: [{benefit: c, amount: 100, paid_on: 2024-02-02}], pays: 300.00}
      - {rows: [{x: 150}], history: [{amount: 100, paid_on: 2024-02-02}], held: BENEFIT-UNKNOWN}
    """,
    // At most 10 days a year are paid; each award keeps how many it paid.
    """
    values:
      - {name: days, value: "min(sum(n), 10 - remembered('days').year)", remember: true}
    benefits: [{name: stay, amount: days * 50元}]
    examples:
      - {rows: [{n: 4}], pays: 200.00}
      - {rows: [{n: 4}], history: [{amount: 450, paid_on: 2024-02-02, remembered: {days: 9}}], pays: 50.00}
      - {rows: [{n: 4}], history: [{amount: 450, paid_on: 2023-02-02, remembered: {days: 9}}], pays: 200.00}
      - {rows: [{n: 4}], history: [{amount: 450, paid_on: 2024-02-02}], held: UNKNOWN-VALUE}
    """,
    // A benefit's own values: over the rows it looks at, and for each group.
    """
    benefits:
      - name: a
        for_each: child
        count: "kind = '乙'"
        values: [{name: 一半, value: sum(x) / 2}, {name: 封顶额, value: 一半 + 10}]
        when: 一半 > 5
        base: sum(x)
        rate: 100%
        caps: [{per: award, at: 封顶额}]
      - {name: b, values: [{name: 一半, value: sum(x) / 4}], amount: 一半}
    examples:
      - {rows: [{child: 丁, x: 40}, {child: 丁, kind: 乙, x: 60}, {child: 戊, kind: 乙, x: 8}], pays: 67.00}
      - {rows: [{child: 丁, kind: 乙, x: 100}, {child: 戊, kind: 乙, x: 200}], pays: 245.00}
    """,
    // Two places for each kind, in order; the third has none.
    """
    priority: [n desc]
    places: {by: kind, count: 2}
    benefits: [{name: a, amount: x}]
    examples:
      - people:
          - {staff_no: 1, kind: 甲, n: 5, x: 10, pays: 10}
          - {staff_no: 2, kind: 甲, n: 3, x: 10, refused: places}
          - {staff_no: 3, kind: 甲, n: 4, x: 10, pays: 10}
          - {staff_no: 4, kind: 乙, n: 1, x: 10, pays: 10}
      - people:
          - {staff_no: 2, n: 3, x: 10, pays: 10}
          - {staff_no: 1, n: 3, x: 10, pays: 10}
          - {staff_no: 3, n: 3, x: 10, refused: places}
          - {rows: [{n: 9}], held: UNKNOWN-VALUE}
    """,
    // Money of a group, and a fund that is short after it.
    """
    fund: f
    when_short: priority
    priority: [n]
    pay_partial: true
    places: {by: kind, amount: 100}
    benefits: [{name: a, amount: x}]
    examples:
      - people: [{kind: 甲, n: 1, x: 70, pays: 70}, {kind: 甲, n: 2, x: 70, pays: 30},
                 {kind: 甲, n: 3, x: 1, refused: places}]
      - fund: 120
        people: [{kind: 甲, n: 1, x: 70, pays: 70}, {kind: 甲, n: 2, x: 70, pays: 30}, {kind: 乙, n: 3, x: 70, pays: 20}]
    """,
    // What an earlier row gets matters to a later one; a row that waits stops what looks back, and nothing else.
    """
    award_per: row
    count: [{when: n < 9, otherwise: 不计}]
    eligible: [{when: n < 8, otherwise: 不合格}]
    benefits: [{name: a, amount: x}]
    caps: [{per: year, at: 150}]
    examples:
      - rows: [{x: 100, pays: 100}, {x: 100, pays: 50}, {x: 100, pays: 0}]
      - rows: [{x: 100, pays: 100}, {held: UNKNOWN-VALUE},
               {x: 100, held: EARLIER-WAITS}, {x: 1, n: 8, refused: 不合格}, {x: 1, n: 9, not_counted: true}]
    """,
    """
    award_per: row
    benefits: [{name: a, amount: x}]
    examples:
      - rows: [{held: UNKNOWN-VALUE}, {x: 100, pays: 100}]
    """,
  ]

  @Test(arguments: sound.indices) func examplesComeOut(_ number: Int) throws {
    let policy = try Fixture.policy(Self.head + Self.sound[number])
    for language in [AidModel.Language.zh, .en] {
      let results = policy.runExamples(language: language)
      #expect(results.count >= 2)
      for result in results {
        #expect(result.passed, "\(result.line): \(result.expected) ≠ \(result.got)")
      }
      // The explanation is the amount.
      for trace in results.flatMap(\.traces) {
        let replayed = try trace.replayed()
        #expect(replayed == trace.result)
      }
    }
  }

  /// What a wrong example says, with the words the author wrote.
  static let failing: [(yaml: String, got: String)] = [
    (
      "award_per: row\nbenefits: [{name: a, amount: x}]\nexamples: [{rows: [{x: 1}, {}], pays: 1}]",
      "the rows end differently (pays 1.00, held): give each row its own outcome"
    ),
    (
      "award_per: row\nbenefits: [{name: a, amount: x}]\nexamples: [{rows: [{x: 1}, {}], held: UNKNOWN-VALUE}]",
      "the rows end differently"
    ),
    (
      "one_per_household: true\nbenefits: [{name: a, amount: x}]\n"
        + "examples: [{rows: [{x: 1}], spouse: {amount: 2}, pays: 1}]",
      "refused: one_per_household ("
    ),
  ]

  @Test func anExampleHasOneOutcome() throws {
    for (yaml, got) in Self.failing {
      let result = try #require(try Fixture.policy(Self.head + yaml).runExamples(language: .en).first)
      #expect(!result.passed && result.got.hasPrefix(got), "\(result.got)")
    }
  }

  static let wrong: [(yaml: String, words: String)] = [
    ("benefits: [{name: a, for_each: sum(x), amount: 1}]", "there is no column 'sum(x)'"),
    ("award_per: row\nbenefits: [{name: a, for_each: child, amount: 1}]", "no rows to split"),
    ("benefits: [{name: a, cumulative: year, amount: 1}]", "cumulative needs a base"),
    ("benefits: [{name: a, cumulative: month, base: x, rate: 1%}]", "cannot be 'month'"),
    (
      "benefits: [{name: a, amount: 1, caps: [{per: year, at: 1, of: [a]}]}]",
      "in the caps of the policy alone"
    ),
    ("benefits: [{name: a, amount: 1}]\ncaps: [{per: year, at: 1, of: [b]}]", "there is no benefit 'b'"),
    ("benefits: [{name: a, amount: 1}]\ncaps: [{per: year, at: 1, with: [aid]}]", "no 'with' for itself"),
    (
      "benefits: [{name: a, amount: 1}]\ncaps: [{per: year, at: 1, unit: household, with: [b]}]",
      "cannot be for a household"
    ),
    ("benefits: [{name: a, amount: 1, limit: {per: year, times: 1 / 2}}]", "a whole number"),
    ("benefits: [{name: a, amount: 1}]\nplaces: {count: 5}", "places without a priority"),
    ("benefits: [{name: a, amount: 1}]\npriority: [n]\nplaces: {by: kind}", "neither a count nor an amount"),
    ("benefits: [{name: a, amount: 1}]\norder: [sum(x)]", "functions over rows"),
    ("benefits: [{name: a, amount: \"remembered('t').year * 1元\"}]", "no value 't' is remembered"),
    (
      "values: [{name: t, value: child, remember: true}]\nbenefits: [{name: a, amount: 1}]",
      "only numbers and money"
    ),
    (
      "benefits: [{name: a, values: [{name: t, value: 1, remember: true}], amount: 1}]",
      "cannot be remembered"
    ),
    (
      "benefits: [{name: a, values: [{name: t, value: 1}], amount: 1}, {name: b, amount: t}]",
      "unknown name 't'"
    ),
    (
      "values: [{name: u, value: v + 1}, {name: v, value: w * 2}, {name: w, value: u}, {name: z, value: u}]\n"
        + "benefits: [{name: a, amount: z}]", "in a circle: u → v → w → u"
    ),
    // Arithmetic on figures is known when the file is read.
    ("benefits: [{name: a, base: x, rate: 50% * 3}]", "over 100"),
    ("values: [{name: r, value: 60% * 2}]\nbenefits: [{name: a, base: x, rate: r}]", "over 100"),
    (
      "tables: [{name: t, by: k, rows: {甲: 50%, 乙: 150%}}]\nbenefits: [{name: a, base: x, rate: t(kind)}]",
      "over 100"
    ),
    ("benefits: [{name: a, base: x, rate: if n > 1 then 60% + 60% else 5%}]", "over 100"),
    (
      "benefits: [{name: a, base: x, bands: [{lt: 50 * 2, pays: 1}, {ge: 101, pays: 2}]}]",
      "there is a hole before this band"
    ),
    (
      "benefits: [{name: a, base: x, marginal: [{from: 0, to: 50 * 2, rate: 1%}, {from: 99, rate: 2%}]}]",
      "overlaps"
    ),
    (
      "values: [{name: 线, value: 100元}]\nbenefits: [{name: a, base: x, marginal: [{from: 0, to: 线, rate: 1%}, "
        + "{from: 99, rate: 2%}]}]", "overlaps"
    ),
    ("benefits: [{name: a, base: x, gate: base > 2 * 50, bands: [{lt: 100, pays: 1}]}]", "never be reached"),
    (
      "benefits: [{name: a, steps: [{base: x}, {deductible: 5}, {marginal: [{from: 5, rate: 1%}]}]}]",
      "taken twice"
    ),
    ("benefits: [{name: a, amount: 1 - 2}]", "is below 0"),
    ("benefits: [{name: a, base: x, rate: n / 0}]", "division by zero"),
    // Messages.
    ("benefits: [{name: a, base: x, whole: [{ge: 0, pays: 5}]}]", "write 'bands' instead"),
    ("benefits: [{name: a, base: x, bands: [{ge: 0, rate: 5%}]}]", "write 'whole' instead"),
    ("benefits: [{name: a, amount: if month(d) > 6 then 1 else 2}]", "Compare days"),
    ("benefits: [{name: a, amount: x * x}]", "divide it by 1 yuan"),
    ("benefits: [{name: a, amount: 1}]\nround: {to: n + 1}", "Only a figure may stand here"),
    // Examples.
    (
      "benefits: [{name: a, amount: 1}]\nexamples: [{rows: [{x: 1, pays: 1}]}]", "no outcome of its own"
    ),
    (
      "award_per: row\nbenefits: [{name: a, amount: 1}]\nexamples: [{rows: [{x: 1, pays: 1}, {x: 2}]}]",
      "each has exactly one"
    ),
    ("benefits: [{name: a, amount: 1}]\nexamples: [{people: [{x: 1}]}]", "exactly one outcome"),
  ]

  @Test func whatCannotBeMeantIsRefused() {
    for (text, words) in Self.wrong {
      let problems = Fixture.problems(Self.head + text + "\n")
      #expect(
        problems.contains { $0.what.en.contains(words) || $0.remedy.en.contains(words) },
        "\(text): \(problems.map { $0.what.en + " | " + $0.remedy.en })")
      #expect(problems.allSatisfy { $0.line >= 9 }, "\(text)")
    }
  }

  /// Shares of a short fund need not fit the policy's own minimum and rounding: that is said, before and after.
  @Test func whatAShortFundDoesToAMinimumIsSaid() throws {
    let policy = try Fixture.policy(
      Self.head
        + "fund: f\nwhen_short: pro_rata\nbenefits: [{name: a, base: x, rate: 50%, minimum: 50}]\nround: {to: 10}"
    )
    #expect(policy.notices.contains { $0.text.en.contains("below a minimum") && $0.line == 11 })
    #expect(policy.remark(onShared: Money(fen: 60_00)) == nil && policy.remark(onShared: .zero) == nil)
    #expect(
      policy.remark(onShared: Money(fen: 49_99))?.en == "no multiple of 10.00, below the minimum of 50.00")
  }

  @Test func figuresCanBeTried() {
    let yaml =
      Self.head + """
        priority: [n]
        places: {by: kind, count: 5, amount: 1000}
        benefits:
          - {name: s, values: [{name: 定额, value: 9}], limit: {per: year, times: 2}, amount: 定额}
        """
    let names = Policy.parameters(yaml: yaml).map { "\($0.name)=\($0.value)" }
    #expect(names == ["s.limit=2", "s.value.定额=9", "places.count=5", "places.amount=1000"], "\(names)")
  }

  @Test func itCanBeWrittenInChinese() throws {
    let policy = try Fixture.policy(
      """
      办法: p
      项目: aid
      有效期: {自: 2024-01-01, 至: 2024-12-31}
      列:
        - {名称: 子女, 类型: 文本}
        - {名称: 自付, 类型: 金额}
        - {名称: 出院, 类型: 日期}
      顺序: [出院]
      定义: [{名称: 总额, 值: 求和(自付), 记住: 是}]
      对照表: [{名称: 比例表, 按: 档, 行: {甲: 50%, 否则: 40%}}]
      优先顺序: [总额 降序]
      名额: {按: 子女, 计入: 5}
      补助:
        - {名称: 助学, 每个: 子女, 次数限制: {周期: 年度, 次数: 2}, 基数: 求和(自付), 累计: 年度, 比例: 比例表('甲')}
      封顶:
        - {周期: 年度, 上限: 800, 其中: [助学]}
        - {周期: 年度, 上限: 900, 连同: [other]}
      例子:
        - {人员: [{子女: 丁, 自付: 400, 应得: 200}]}
        - {行: [{子女: 丁, 自付: 400}], 以往发放: [{补助项: 助学, 对象: 丁, 基数: 10, 金额: 5, 发放日期: 2024-02-01, 记得: {总额: 10}}], 应得: 200}
      """)
    for result in policy.runExamples(language: .zh) {
      #expect(result.passed, "\(result.expected) ≠ \(result.got)")
    }
    #expect(policy.hasPlaces && policy.isCumulative && policy.looksAtShares && policy.looksBack)
  }
}
