import AidModel
import AidYAML
import Testing

@testable import AidPolicy

/// Named values, tables with several keys, conditional benefits, steps in a custom order: each policy's
/// examples were worked out by hand.
@Suite struct LanguageGrowth {
  private static let head = """
    policy: p
    programme: aid
    valid: {from: 2024-01-01, to: 2024-12-31}
    columns:
      - {name: x, type: money}
      - {name: y, type: money}
      - {name: n, type: integer}
      - {name: grade, type: text}
      - {name: ok, type: flag}
      - {name: child_id, type: text}

    """

  static let sound: [String] = [
    // A value is computed over all rows, even if a benefit looks at some only.
    """
    values: [{name: 总额, value: sum(x)}, {name: 半数, value: 总额 / 2}]
    benefits:
      - {name: a, count: "grade = '甲'", base: sum(x), less: [{amount: 半数}], rate: 100%}
      - {name: b, count: "grade = '乙'", amount: 10}
    examples:
      - {rows: [{x: 100, grade: 甲}, {x: 60, grade: 丙}], pays: 20.00}
      - {rows: [{x: 100, grade: 甲}, {x: 60, grade: 乙}], pays: 30.00}
      - {rows: [{x: 100, grade: 丙}], refused: when}
      - {rows: [{grade: 甲}], held: UNKNOWN-VALUE}
    """,
    // Inputs of a skipped benefit are not needed; those of its condition are.
    """
    values: [{name: 无用, value: y * 2}]
    benefits:
      - {name: a, when: {when: ok, otherwise: 只补助甲类, clause: 三}, base: sum(y), rate: 50%}
      - {name: b, when: not ok, amount: 无用}
    examples:
      - {rows: [{ok: 是, y: 9}], pays: 4.50}
      - {rows: [{ok: 是}], held: UNKNOWN-VALUE}
      - {rows: [{ok: 否, y: 9}], pays: 18.00}
      - {rows: [{y: 9}], held: UNKNOWN-VALUE}
    """,
    """
    benefits:
      - {name: a, when: {when: ok, otherwise: 只补助甲类, clause: 三}, amount: 5}
    examples:
      - {rows: [{ok: 否}], refused: 只补助甲类}
      - {rows: [{ok: 否}], refused: when}
    """,
    // Edges of ranges on both sides; consecutive upper ends.
    """
    tables:
      - {name: 年限, by: 工龄, rows: {'<10': 100, '<20': 200, else: 300}}
      - {name: 等级, by: [级, 工龄], rows: {甲: {'>=5 <10': 1, '≥10': 2, else: 0}, else: 9}}
    benefits: [{name: a, amount: 年限(n) + 等级(grade, n)}]
    examples:
      - {rows: [{n: 9, grade: 甲}], pays: 101.00}
      - {rows: [{n: 10, grade: 甲}], pays: 202.00}
      - {rows: [{n: 19, grade: 乙}], pays: 209.00}
      - {rows: [{n: 20, grade: 乙}], pays: 309.00}
      - {rows: [{n: 4, grade: 甲}], pays: 100.00}
      - {rows: [{grade: 甲}], held: UNKNOWN-VALUE}
    """,
    // A benefit's table with two keys; a missing key makes the award wait.
    """
    benefits:
      - name: a
        table: {by: [ok, grade], rows: {是: {一年级: 500, 二年级: x}, 否: {else: 300}}}
    examples:
      - {rows: [{ok: 是, grade: 一年级}], pays: 500.00}
      - {rows: [{ok: 是, grade: 二年级, x: 66.60}], pays: 66.60}
      - {rows: [{ok: 否, grade: 九年级}], pays: 300.00}
      - {rows: [{ok: 是, grade: 三年级}], held: UNKNOWN-VALUE}
    """,
    // Tiers that depend on the award: valid, empty, overlapping.
    """
    benefits:
      - name: a
        base: sum(x)
        marginal: [{from: 0, to: y, rate: 10%}, {from: y, to: 5000, rate: n / 100}, {from: 5000, rate: 50%}]
    examples:
      - {rows: [{x: 6000, y: 1000, n: 20}], pays: 1400.00}
      - {rows: [{x: 6000, y: 5000, n: 20}], pays: 1000.00}
      - {rows: [{x: 6000, y: 5001, n: 20}], held: TIERS-UNSOUND}
      - {rows: [{x: 6000, y: 1000, n: 101}], held: RATE-RANGE}
      - {rows: [{x: 6000, y: 1000}], held: UNKNOWN-VALUE}
    """,
    """
    benefits:
      - {name: a, base: sum(x), bands: [{lt: y, pays: 1}, {ge: y, lt: 2 * y, pays: y / 2}, {ge: 2 * y, pays: 7}]}
    examples:
      - {rows: [{x: 9.99, y: 10}], pays: 1.00}
      - {rows: [{x: 10, y: 10}], pays: 5.00}
      - {rows: [{x: 20, y: 10}], pays: 7.00}
      - {rows: [{x: 20, y: 0}], pays: 7.00}
    """,
    // The same steps in two orders.
    """
    benefits:
      - {name: a, steps: [{base: sum(x)}, {times: 50%}, {deductible: 100}, {cap: {per: award, at: 300}}]}
      - name: b
        when: ok
        steps: [{base: sum(x)}, {deductible: 100}, {times: 50%}, {minimum: 20}, {round: {to: 10, mode: up}}]
    examples:
      - {rows: [{x: 1000, ok: 否}], pays: 300.00}
      - {rows: [{x: 300, ok: 是}], pays: 150.00}
      - {rows: [{x: 110, ok: 是}], pays: 20.00}
    """,
    // `at_least` raises even zero; `minimum` does not.
    """
    benefits:
      - {name: a, when: ok, base: sum(x), deductible: 100, rate: 10%, at_least: 30}
      - {name: b, when: not ok, base: sum(x), deductible: 100, rate: 10%, minimum: 30}
    examples:
      - {rows: [{x: 50, ok: 是}], pays: 30.00}
      - {rows: [{x: 50, ok: 否}], pays: 0.00}
      - {rows: [{x: 200, ok: 否}], pays: 30.00}
      - {rows: [{x: 900, ok: 是}], pays: 80.00}
    """,
    // The roster's own birthday takes precedence; the limit's two years end with the period.
    """
    benefits: [{name: a, amount: months(born, 2024-12-28) * 1元}]
    limit: {per: {years: 2}, times: 1}
    examples:
      - {rows: [{id_number: 420100197505051018}], pays: 595.00}
      - {rows: [{id_number: 420100197505051018}], roster: {born: 1980-01-01}, pays: 539.00}
      - {rows: [{x: 1}], roster: {出生日期: 1980-01-01}, pays: 539.00}
      - rows: [{id_number: 420100197505051018}]
        period: {from: 2023-01-01, to: 2023-12-31}
        pay_date: 2024-07-20
        history: [{amount: 800, paid_on: 2024-02-01}]
        pays: 595.00
      - rows: [{id_number: 420100197505051018}]
        period: {from: 2023-01-01, to: 2023-12-31}
        history: [{amount: 800, paid_on: 2022-01-01}]
        refused: limit
    """,
    // Full units, texts, ages.
    """
    values: [{name: 倍, value: sum(x) / 200元}]
    benefits:
      - {name: a, when: "contains(grade, '肿瘤')", amount: each(sum(x), 200元) * 15 + 倍}
      - {name: b, when: "not contains(grade, '肿瘤')", amount: if age(2025-02-28, child_id) >= 9 then 2 else 3}
    examples:
      - {rows: [{x: 999.99, grade: 恶性肿瘤}], pays: 65.00}
      - {rows: [{x: 1000, grade: 肿瘤}], pays: 80.00}
      - {rows: [{grade: 骨折, child_id: 420100201602290018}], pays: 2.00}
      - {rows: [{grade: 骨折, child_id: 420100201603010018}], pays: 3.00}
      - {rows: [{grade: 骨折, child_id: 不详}], held: UNKNOWN-VALUE}
    """,
    // A committee's zero is a refusal, even without a minimum.
    """
    benefits: [{name: a, committee: {max: 500}}]
    examples:
      - {rows: [{x: 1}], decision: 0, refused: committee}
      - {rows: [{x: 1}], decision: 500, pays: 500.00}
    """,
    // Once a year, and twice in the three years that end with the period.
    """
    benefits: [{name: a, amount: 100}]
    caps: [{per: {years: 3}, at: 250}]
    limit: [{per: year, times: 1}, {per: {years: 3}, times: 2}]
    examples:
      - {rows: [{x: 1}], history: [{amount: 100, paid_on: 2022-01-01}], pays: 100.00}
      - {rows: [{x: 1}], history: [{amount: 200, paid_on: 2022-01-01}], pays: 50.00}
      - {rows: [{x: 1}], history: [{amount: 200, paid_on: 2021-12-31}], pays: 100.00}
      - {rows: [{x: 1}], history: [{amount: 9, paid_on: 2022-01-01}, {amount: 9, paid_on: 2023-01-01}], refused: limit}
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
    }
  }

  static let wrong: [(yaml: String, words: String)] = [
    ("values: [{name: x, value: 1}]", "is a column or table already"),
    ("values: [{name: base, value: 1}]", "a word of the language"),
    ("values: [{name: a, value: b + 1}, {name: b, value: a + 1}]", "in a circle"),
    ("values: [{name: a, value: 1}, {name: a, value: 2}]", "defined twice"),
    (
      "values: [{name: v0, value: 1}, "
        + (1...40).map { "{name: v\($0), value: v\($0 - 1) + 1}" }.joined(separator: ", ") + "]",
      "build on each other"
    ),
    (
      "tables: [" + (1...40).map { "{name: t\($0), by: k, rows: {a: 1}}" }.joined(separator: ", ") + "]",
      "more than 32 tables"
    ),
    (
      "values: [" + (0...100).map { "{name: v\($0), value: 1}" }.joined(separator: ", ") + "]",
      "more than 100"
    ),
    (
      "tables: [{name: t, by: k, rows: {a: 1}}, {name: u, by: k, rows: {a: t('a') + t('a')}}]",
      "no function 't'"
    ),
    ("tables: [{name: t, by: k, rows: {'<10': 1, '>=11': 2}}]", "a hole between"),
    ("tables: [{name: t, by: k, rows: {'<10': 1, '>=9 <12': 2}}]", "overlap"),
    ("tables: [{name: t, by: k, rows: {'<20': 1, '<10': 2, else: 3}}]", "never reached"),
    ("tables: [{name: t, by: k, rows: {'>10 <5': 1}}]", "cannot be read"),
    ("tables: [{name: t, by: k, rows: {a: 1, b: 二}}]", "unknown name"),
    ("benefits: [{name: a, table: {by: ok, rows: {是: 1, 甲: 2}}}]", "is never '甲'"),
    ("benefits: [{name: a, table: {by: n, rows: {甲: 2}}}]", "is never '甲'"),
    ("benefits: [{name: a, table: {by: grade, rows: {'<5': 2}}}]", "has no ranges"),
    ("benefits: [{name: a, base: sum(x), steps: [{rate: 1%}]}]", "stands inside it"),
    ("benefits: [{name: a, steps: []}]", "steps is empty"),
    ("benefits: [{name: a, steps: [{base: sum(x), rate: 1%}]}]", "says several things"),
    (
      "benefits: [{name: a, steps: [{base: sum(x)}, {cap: {per: year, at: 9}}, {times: 2}]}]",
      "changes the amount"
    ),
    ("benefits: [{name: a, count: sum(x) > 1, amount: 1}]", "looks at one row"),
    ("benefits: [{name: a, amount: x * y}]", "cannot be multiplied"),
    ("limit: [{per: {years: 0}, times: 1}]", "from 1 to 100"),
  ]

  @Test func whatCannotBeMeantIsRefused() {
    for (text, words) in Self.wrong {
      let yaml =
        Self.head + text + (text.hasPrefix("benefits") ? "\n" : "\nbenefits: [{name: a, amount: 1}]\n")
      let problems = Fixture.problems(yaml)
      #expect(
        problems.contains { $0.what.en.contains(words) || $0.remedy.en.contains(words) },
        "\(text): \(problems.map(\.what.en))")
      #expect(problems.allSatisfy { $0.line >= 11 }, "\(text)")
    }
  }

  @Test func figuresCanBeTried() {
    let yaml =
      Self.head + """
        values: [{name: 标准, value: 940元}]
        tables: [{name: t, by: [a, b], rows: {甲: {'<10': 50%, else: 60%}, else: 40%}}]
        benefits: [{name: s, steps: [{base: sum(x)}, {times: 70%}, {cap: {per: award, at: 5000}}]}]
        caps: [{per: year, at: 1}, {per: year, at: 2}, {per: {years: 3}, at: 3}]
        limit: [{per: year, times: 1}, {per: lifetime, times: 4}]
        """
    let names = Policy.parameters(yaml: yaml).map { "\($0.name)=\($0.value)" }
    #expect(
      names == [
        "s.step.2=70%", "s.step.3=5000", "cap.year=1", "cap.year.2=2", "cap.years=3", "limit.1=1",
        "limit.2=4",
        "value.标准=940", "table.t.甲.<10=50%", "table.t.甲.else=60%", "table.t.else=40%",
      ], "\(names)")
  }
}
