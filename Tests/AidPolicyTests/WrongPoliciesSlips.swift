import AidModel
import AidYAML
import Testing

@testable import AidPolicy

/// Mistakes that would change what is paid, or that the YAML parser would report in its own words.
extension WrongPolicies {
  private static func column(_ text: String) -> String {
    head.replacing("  - {name: x, type: money}", with: "  - {name: x, type: money}\n  - {" + text + "}")
      + good
  }

  private static func withBenefit(_ text: String) -> String {
    column("name: f, type: flag") + "  - {name: c, base: sum(x), " + text + "}\n"
  }

  static let slips: [(yaml: String, line: Int, words: String)] = [
    // A column that takes another one's cells, or redefines a word.
    (column("name: where, type: text, heading: [所属部门, 单位]"), 6, "belongs to the common column unit"),
    (column("name: child, type: text, heading: name"), 6, "belongs to the common column name"),
    (column("name: unit, type: text, heading: [staff_no]"), 6, "belongs to the common column staff_no"),
    (column("name: 单位, type: text, heading: [子女单位]"), 6, "belongs to the common column unit"),
    (column("name: 单位, type: date"), 6, "a common column of type text"),
    (column("name: y, type: money, heading: [X]"), 6, "belongs to column 'x'"),
    (column("name: base, type: money"), 6, "'base' is a word of the language"),
    (column("name: 已发, type: money"), 6, "'已发' is a word of the language"),
    (column("name: period, type: date"), 6, "a word of the language"),
    (column("name: k, type: choice, choices: [甲, 乙, 甲]"), 6, "'甲' is written twice"),
    (column("name: y, type: mony"), 6, "cannot be 'mony'"),
    (column("name：y, type: money"), 6, "unknown key 'name：y'"),
    (column("name: y, type:money"), 6, "unknown key 'type:money'"),
    // The roster.
    (condition("roster.contribution_year >= 1"), 11, "no column 'contribution_year'"),
    (condition("roster.开户行 = '甲'"), 11, "no column '开户行'"),
    (
      head + good + "examples:\n  - {rows: [{x: 1}], roster: {contribution_year: 3}, pays: 0.10}\n", 9,
      "does not look at 'contribution_year'"
    ),
    // Notations from other languages.
    (condition("sun(x) > 3"), 11, "no function 'sun'"), (condition("求合(x) > 3"), 11, "no function '求合'"),
    (condition("kind in [甲, '乙']"), 11, "'甲' stands without quotes"),
    (condition("roster.status = 在职"), 11, "'在职' stands without quotes"),
    (condition("kind not in ['甲']"), 11, "no 'not in'"), (condition("1 < x < 3"), 11, "two values"),
    (condition("x > 20,000"), 11, "a comma inside a number"),
    (condition("x > 5万"), 11, "'万' follows a number"),
    (condition("x > 1 AND x < 3"), 11, "unknown word 'AND'"),
    (condition("x > 1 并且 x < 3"), 11, "unknown word '并'"),
    (condition("x > ￥500"), 11, "unknown sign"),
    (condition("x 大于等于 3"), 11, "unknown word '大于等于'"), (condition("d 在 核算期 内"), 11, "unknown word '在'"),
    (condition("x => 3"), 11, "a value is expected here"),
    (condition("pay_date - d <= 180"), 11, "a span of time and a number"),
    (condition("x > 两万"), 11, "a number in words"), (condition("如果 x > 3"), 11, "unknown word '如果'"),
    (withBenefit("rate: 五成"), 9, "a number in words"),
    (withBenefit("gate: 20000, rate: 1%"), 9, "this is a number"),
    (column("name: 2023年自付, type: money"), 6, "cannot be used in expressions"),
    ("```yaml\n" + head + good, 1, "a ``` fence"),
    (
      head + "benefits:\n  - {name: b, base: sum(x), rate: 1% # 第三条}\n", 7, "a # comment stands inside braces"
    ),
    (condition("x > 1 && x < 3"), 11, "unknown sign '&'"),
    (withBenefit("gate: f = 是, rate: 1%"), 9, "is not written '是'"),
    (withBenefit("rate: 1%, caps: [{per: year, at: 5万元}]"), 9, "'万元' follows a number"),
    (withBenefit("rate: 1%, caps: [{per: year, at: 20,000}]"), 9, "unknown key '000'"),
    (withBenefit("rate: 1%, minimum: 2万元"), 9, "'万元' follows a number"),
    (withBenefit("rate: 1%, caps: [{per: year, at: -5}]"), 9, "at is below 0"),
    (withBenefit("rate: 1%, deductible: -5"), 9, "deductible is below 0"),
    (
      head + good + "eligible:\n  - when: >\n      x > 3\n      and y > 5\n    otherwise: z\n", 11,
      "unknown name 'y'"
    ),
    (
      head.replacing("type: money", with: "type: integer") + good
        + "examples:\n  - {rows: [{x: 2.5}], pays: 1}\n", 9, "no value of x (integer)"
    ),
    (head + good + "examples:\n  - {rows: [{x: -5}], pays: 1}\n", 9, "no value of x (money)"),
    // Tiers and bands that can never be reached.
    (
      withBenefit("gate: 20000 <= base, bands: [{lt: 20000, pays: 1}, {ge: 20000, pays: 2}]"), 9,
      "never be reached"
    ),
    (
      withBenefit("gate: f and base > 9, whole: [{le: 9, rate: 1%}, {gt: 9, rate: 2%}]"), 9,
      "never be reached"
    ),
    (withBenefit("gate: base < 9, bands: [{lt: 9, pays: 1}, {ge: 9, pays: 2}]"), 9, "never be reached"),
    (
      withBenefit("window: {from: 0, to: 1000}, bands: [{lt: 2000, pays: 1}, {ge: 2000, pays: 2}]"), 9,
      "window: 0–1000"
    ),
    (
      withBenefit(
        "gate: base <= 9, deductible: 5, marginal: [{from: 0, to: 4, rate: 1%}, {from: 4, rate: 2%}]"),
      9, "deductible: 5"
    ),
    (withBenefit("window: {from: 5, to: 9}, marginal: [{from: 5, rate: 1%}]"), 9, "taken twice"),
    (
      head.replacing("type: money", with: "type: integer")
        + "benefits:\n  - {name: b, table: {by: x, rows: {1: 100, 1.0: 200}}}\n", 7, "the same value"
    ),
    // YAML.
    (head + "title：text\n" + good, 6, "full-width '：'"),
    (head + "award_per:person\n" + good, 6, "no space follows"),
    (head + "columns：\n  - {name: y, type: money}\n" + good, 6, "full-width '：'"),
    (head + good + "caps:\n  - {per: year， at: 5}\n", 9, "the comma is a full-width one"),
    (head + good + "round: ｛to: 1｝\n", 8, "the bracket is a full-width one"),
    (head + "benefits:\n  - name: b\n　　base: sum(x)\n    rate: 1%\n", 8, "a full-width space"),
    (head + "benefits:\n  - name: b\n\tbase: sum(x)\n", 8, "a tab is used"),
    (
      head + good + "count:\n  - {when: coalesce(unit, '甲') = '甲', otherwise: z}\n", 9,
      "a comma beside a quote"
    ),
    (head + good + "round: {to: 1\n", 9, "not well-formed YAML"),
    ("办法: p\n项目: aid\n有效期: {自: 2023-01-01}\n列:\n  - {名称: x, 类型: 金額}\n补助: []\n", 5, "cannot be '金額'"),
    ("办法: p\n项目: aid\n有效期: {自: 2023-01-01}\n补助:\n  - {名称: b, 乱写: 5}\n", 5, "unknown key '乱写'"),
  ]

  /// One mistake gives one message: what depends on the column is not reported too.
  @Test func aWrongTypeIsToldOnce() {
    for text in ["name: y, type: mony", "name: y", "name: base, type: money"] {
      let yaml = Self.column(text) + "eligible:\n  - {when: y > 1 or base > 1, otherwise: z}\n"
      let told = Fixture.problems(yaml).filter { $0.line == 6 }
      #expect(told.count == 1, "\(told.map(\.what.en))")
    }
    #expect(
      Fixture.problems(Self.column("name: y, type: mony") + "eligible: [{when: y > 1, otherwise: z}]\n").count
        == 1)
  }

  /// A column with the list heading of a common one is that common column.
  @Test func aCommonColumnMayBeRedeclaredInChinese() throws {
    let policy = try Fixture.policy(
      Self.column("name: 单位, type: choice, choices: [机械, 土木], required: true")
        + "eligible:\n  - {when: 单位 = '土木', otherwise: z}\n"
        + "examples:\n  - {rows: [{x: 10, 单位: 土木}], pays: 1}\n  - {rows: [{x: 10, unit: 机械}], refused: z}\n")
    let unit = policy.layout.columns[CommonColumn.unit.rawValue]
    #expect(unit.required && unit.choices.count == 2 && unit.role == .unit)
    #expect(policy.layout.index(of: "单位") == nil)
    #expect(policy.runExamples(language: .en).filter { !$0.passed }.isEmpty)
  }

  /// A fault in an expression is reported where it was written, whatever the quoting, folding or lines.
  @Test func linesAndColumnsOfLongExpressions() {
    for (text, line, column) in [
      ("    when: |\n      x > 3\n      and yy > 5\n", 12, 11),
      ("    when: >\n      x > 3\n\n      and yy > 5\n", 13, 11),
      ("    when: x > 3\n      and yy > 5\n", 11, 11), ("    when: \"x > 3\n      and yy > 5\"\n", 11, 11),
      ("    when: 'roster.status = ''甲'' and yy > 5'\n", 10, 38), ("    when: x >\n", 10, 14),
    ] {
      let yaml = Self.head + Self.good + "eligible:\n  - otherwise: z\n" + text
      let problem = Fixture.problems(yaml).first
      #expect(problem?.line == line && problem?.column == column, "\(text): \(String(describing: problem))")
    }
  }

  /// Allowed, but perhaps a mistake.
  @Test func whatIsAllowedAndPerhapsASlipIsTold() throws {
    let priority = try Fixture.policy(
      Self.head + Self.good + "fund: f\nwhen_short: stop\npriority: [x]\n")
    #expect(priority.notices.contains { $0.text.en.contains("without when_short: priority") })
    let table = try Fixture.policy(Fixture.plain("{name: b, table: {by: kind, rows: {甲: 300}}}"))
    #expect(table.notices.contains { $0.text.en.contains("does not have '乙'") })
  }

  @Test func fullWidthFiguresAreFigures() throws {
    let policy = try Fixture.policy(
      Self.head + "benefits:\n  - {name: b, base: sum(x), bands: [{ge: １０００, pays: １００}]}\n"
        + "  - {name: c, base: sum(x), marginal: [{from: 0, rate: 40％}]}\n"
        + "examples:\n  - {rows: [{x: １０００}], pays: ５００}\n")
    #expect(policy.runExamples(language: .en).filter { !$0.passed }.isEmpty)
  }
}
