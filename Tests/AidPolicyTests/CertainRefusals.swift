import AidModel
import Testing

@testable import AidPolicy

/// A certain refusal stands even if something else cannot be computed; and what examples can express.
@Suite struct CertainRefusals {
  private func policy(_ rest: String, _ examples: [String] = []) throws -> Policy {
    try Fixture.policy(
      """
      policy: p
      programme: aid
      valid: {from: 2023-01-01, to: 2023-12-31}
      columns:
        - {name: x, type: money}
        - {name: n, type: integer}
        - {name: f, type: flag}
      \(rest)
      examples: [\(examples.map { "{\($0)}" }.joined(separator: ", "))]
      """)
  }

  private func hold(
    _ rest: String, _ examples: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for result in try policy(rest, examples).runExamples(language: .en) where !result.passed {
      Issue.record("\(result.expected) ≠ \(result.got)", sourceLocation: sourceLocation)
    }
  }

  private let pay = "benefits: [{name: b, amount: 100}]\n"

  @Test func ofConditions() throws {
    let rules = ["{when: n > 0, otherwise: 人口}", "{when: x / n <= 1500, otherwise: 收入}"]
    for order in [rules, rules.reversed()] {
      try hold(
        pay + "eligible: [\(order.joined(separator: ", "))]",
        ["rows: [{x: 1, n: 0}], refused: 人口", "rows: [{x: 1, n: 1}], pays: 100"])
      try hold(
        pay + "count: [\(order.joined(separator: ", "))]",
        ["rows: [{x: 1, n: 0}], not_counted: true", "rows: [{x: 1, n: 0}, {x: 1, n: 1}], pays: 100"])
    }
    try hold(
      pay + "eligible: [{when: x / n <= 1500, otherwise: 收入}]", ["rows: [{x: 1, n: 0}], held: NOT-COMPUTABLE"]
    )
  }

  @Test func insideOneCondition() throws {
    try hold(
      pay + "eligible: [{when: x / n < 9 and f, otherwise: z}, {when: not (f and x / n > 9), otherwise: w}]",
      [
        "rows: [{x: 1, n: 0, f: 否}], refused: z", "rows: [{x: 1, n: 0, f: 是}], held: NOT-COMPUTABLE",
        "rows: [{x: 1, n: 1, f: 是}], pays: 100",
      ])
    try hold(
      pay + "eligible: [{when: any(x / n > 1) or f, otherwise: z}, {when: all(x / n > 0), otherwise: w}]",
      [
        "rows: [{x: 1, n: 0, f: 是}, {x: 0, n: 1, f: 是}], refused: w",
        "rows: [{x: 1, n: 0, f: 是}, {x: 2, n: 1, f: 是}], held: NOT-COMPUTABLE",
      ])
    // A value that cannot be computed is not blank.
    try hold(
      "benefits: [{name: b, amount: \"coalesce(x / n, 7)\"}]",
      ["rows: [{x: 1, n: 0}], held: NOT-COMPUTABLE", "rows: [{n: 1}], pays: 7"])
  }

  @Test func ofTheLimit() throws {
    try hold(
      "benefits: [{name: b, amount: x / n}]\nlimit: {per: year, times: 1}",
      [
        "rows: [{x: 1, n: 0}], times_paid: {year: 1}, refused: limit",
        "rows: [{x: 1, n: 0}], held: NOT-COMPUTABLE",
      ])
    try hold(
      pay + "eligible: [{when: x / n < 9, otherwise: z}]\nlimit: {per: year, times: 1}",
      ["rows: [{x: 1, n: 0}], times_paid: {year: 1}, refused: limit", "rows: [{n: 1}], held: UNKNOWN-VALUE"])
  }

  @Test func whatCannotBeComputedIsNamed() throws {
    for (rest, words) in [
      (pay + "eligible: [{when: x / n < 9, otherwise: z}]", "x / n < 9"),
      ("benefits: [{name: b, base: x, gate: base / n > 1, rate: 10%}]", "base / n > 1"),
      ("benefits: [{name: b, amount: 1}]\ncaps: [{per: award, at: x / n}]", "x / n"),
    ] {
      let policy = try policy(rest)
      let person = Fixture.person(
        policy, [["x": Fixture.money("1"), "n": .number(DecimalNumber(mantissa: 0))]])
      let finding = try #require(policy.assess(person)[0].findings.first)
      #expect(finding.kind.code == "NOT-COMPUTABLE" && finding.message(.en).contains("'\(words)'"))
    }
  }

  // MARK: examples

  @Test func wordsOfAGate() throws {
    try hold(
      "benefits: [{name: b, base: sum(x), gate: {when: base > 1000, otherwise: 不超过一千元}, rate: 50%}]",
      [
        "rows: [{x: 1000}], refused: 不超过一千元", "rows: [{x: 900}], refused: 不超过一千元",
        "rows: [{x: 9}], refused: gate",
      ])
    let wrong = try policy(
      "benefits: [{name: b, base: sum(x), gate: {when: base > 1000, otherwise: 不超过一千元}, rate: 50%}]",
      ["rows: [{x: 1000}], refused: 不超过一千", "rows: [{x: 1000}], pays: 5"]
    ).runExamples(language: .zh)
    #expect(wrong.allSatisfy { !$0.passed && $0.got.contains("gate（不超过一千元") }, "\(wrong.map(\.got))")
  }

  @Test func whatAnAwardWaitsForIsNamed() throws {
    let results = try policy(
      "benefits:\n  - {name: a, amount: sum(x)}\n  - {name: second, amount: if any(f) then 7 else 0}",
      ["rows: [{x: 5}], pays: 11"]
    ).runExamples(language: .en)
    #expect(results[0].got.contains("[second]") && results[0].got.contains("'f'"), "\(results[0].got)")
  }

  @Test func programmesThatExcludeThisOne() throws {
    func history(_ day: String, _ amount: Int) -> String {
      "rows: [{x: 1}], history: [{programme: z, amount: \(amount), paid_on: \(day)}]"
    }
    try hold(
      pay + "exclusive: [{with: z, keep: other}]",
      [
        history("2023-05-05", 5) + ", refused: exclusive", history("2023-05-05", 5) + ", refused: 互斥",
        history("2022-05-05", 5) + ", pays: 100", "rows: [{x: 1}], awarded: {z: 5}, refused: exclusive",
        "rows: [{x: 1}], awarded: {z: 0}, pays: 100",
      ])
    try hold(
      pay + "exclusive: [{with: z, keep: larger}]",
      [
        history("2023-05-05", 101) + ", refused: exclusive",
        history("2023-05-05", 100) + ", held: EXCLUSIVE-BOTH",
        history("2023-05-05", 100) + ", decision: 100, pays: 100",
        history("2023-05-05", 100) + ", decision: 0, refused: exclusive",
        history("2023-05-05", 99) + ", held: EXCLUSIVE-BOTH",
        "rows: [{x: 1}], awarded: {z: 100}, pays: 100",
        "rows: [{x: 1}], awarded: {z: 101}, refused: exclusive",
        "rows: [{x: 1}], awarded: {z: held}, held: EXCLUSIVE-BOTH",
      ])
    try hold(
      pay + "exclusive: [{with: z, keep: this}]",
      [history("2023-05-05", 100) + ", held: EXCLUSIVE-BOTH", "rows: [{x: 1}], awarded: {z: 999}, pays: 100"])
    try hold(
      pay + "exclusive: [{with: z, keep: ask}]",
      ["rows: [{x: 1}], awarded: {z: 5}, held: EXCLUSIVE-BOTH", "rows: [{x: 1}], awarded: {z: 0}, pays: 100"])
  }

  @Test func couples() throws {
    try hold(
      pay + "one_per_household: true",
      [
        "rows: [{x: 1}], spouse: {amount: 101}, refused: COUPLE-BOTH",
        "rows: [{x: 1}], spouse: {amount: 101}, refused: one_per_household",
        "rows: [{x: 1}], spouse: {amount: 101}, refused: 一户一份",
        "rows: [{x: 1}], spouse: {amount: 99}, pays: 100",
        "rows: [{x: 1}], spouse: {year: 1}, refused: COUPLE-BOTH",
        "rows: [{x: 1}], pays: 100",
      ])
  }
}
