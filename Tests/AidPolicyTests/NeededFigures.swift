import AidModel
import Testing

@testable import AidPolicy

/// What an award needs and what it does not: figures below 0, figures that are not reached, and certain refusals. The
/// program and the tree say the same of each.
@Suite struct NeededFigures {
  /// - Parameters:
  ///   - rest: everything after the columns.
  ///   - cases: `a b c`, `-` for blank, and the outcome as examples write it.
  private func hold(
    _ rest: String, _ cases: [(String, String)], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var (examples, rows): ([String], [[String: Value]]) = ([], [])
    for (figures, outcome) in cases {
      let cells = zip("abc", figures.split(separator: " ")).filter { $1 != "-" }.map {
        (String($0), String($1))
      }
      examples.append("{rows: [{\(cells.map { "\($0.0): \($0.1)" }.joined(separator: ", "))}], \(outcome)}")
      rows.append(Dictionary(uniqueKeysWithValues: cells.map { ($0.0, Fixture.money($0.1)) }))
    }
    let policy = try Fixture.policy(
      """
      policy: p
      programme: aid
      valid: {from: 2023-01-01, to: 2023-12-31}
      columns:
        - {name: a, type: money}
        - {name: b, type: money}
        - {name: c, type: money}
      \(rest)
      examples: [\(examples.joined(separator: ", "))]
      """)
    for result in policy.runExamples(language: .en) where !result.passed {
      Issue.record("\(rest): \(result.expected) ≠ \(result.got)", sourceLocation: sourceLocation)
    }
    var coverage = ProgramAndOracle.Coverage()
    for row in rows { ProgramAndOracle.compare(policy, Fixture.person(policy, [row]), rest, &coverage) }
  }

  private func hold(
    benefit: String, _ cases: [(String, String)], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try hold("benefits: [{name: g, \(benefit)}]", cases, sourceLocation: sourceLocation)
  }

  // MARK: wide fractions

  @Test func aValueOfMoreThanTwoWordsIsShownAndPays() throws {
    let value = "values: [{name: 占比, value: (a / b) * (a / b) * (a / b)}]\n"
    try hold(
      value + "benefits: [{name: g, base: a, rate: 占比}]",
      [("12345.67 98765.43 -", "pays: 24.11"), ("100 200 -", "pays: 12.50")])
    try hold(
      value + "benefits: [{name: g, amount: \"if 占比 < 1 then 5 else 6\"}]",
      [("12345.67 98765.43 -", "pays: 5")])
    try hold(
      value + "benefits: [{name: g, table: {by: 占比, rows: {'<1': 7, else: 8}}}]",
      [("12345.67 98765.43 -", "pays: 7"), ("98765.43 12345.67 -", "pays: 8")])
  }

  // MARK: below 0

  @Test func computedAmountsBelowZeroHold() throws {
    let negative = ("100 5 20", "held: BASE-NEGATIVE")
    for (benefit, pays) in [
      ("base: a, deductible: b - c, rate: 100%", "85"),
      ("base: a, less: [{amount: b - c}], rate: 100%", "85"),
      ("base: a, rate: 100%, offset: [{amount: b - c}]", "85"),
      ("base: a, rate: 100%, caps: [{per: award, at: b - c}]", "15"),
      ("base: a, window: {from: b - c, to: 100}, rate: 100%", "85"),
      ("base: a, window: {from: 0, to: b - c}, rate: 100%", "15"),
      ("base: a, marginal: [{from: b - c, to: 20, rate: 10%}, {from: 20, rate: 100%}]", "80.50"),
      ("base: a, marginal: [{from: 0, to: b - c, rate: 10%}]", "1.50"),
      ("base: a, bands: [{ge: 0, pays: b - c}]", "15"), ("amount: a, minimum: b - c", "100"),
      ("amount: a, at_least: b - c", "100"),
    ] {
      try hold(
        benefit: benefit, [negative, ("100 20 5", "pays: \(pays)"), ("100 20 -", "held: UNKNOWN-VALUE")])
    }
    for rest in ["caps: [{per: award, at: b - c}]", "offset: [{amount: b - c}]"] {
      try hold("benefits: [{name: g, amount: a}]\n\(rest)", [negative])
    }
  }

  @Test func aWindowThatEndsBelowItsStartHolds() throws {
    try hold(
      benefit: "base: a, window: {from: b, to: c}, rate: 100%",
      [
        ("100 50 20", "held: TIERS-UNSOUND"), ("10 50 20", "held: TIERS-UNSOUND"), ("100 50 50", "pays: 0"),
        ("100 20 50", "pays: 30"),
      ])
  }

  // MARK: a certain no

  @Test func failedGatesRefuseWhateverComesAfter() throws {
    let benefit = "benefits: [{name: g, base: a, gate: base > 1000, rate: 100%}]\n"
    for rest in [
      "caps: [{per: award, at: b}]", "offset: [{amount: b}]", "caps: [{per: award, at: a / (b / 1元)}]",
      "caps: [{per: award, at: b - 5}]", "eligible: [{when: b > 1, otherwise: 不}]",
      "eligible: [{when: b > 1, otherwise: 不}]\ncaps: [{per: award, at: b}]",
    ] {
      let waits =
        rest.contains("(b /") ? ("2000 0 -", "held: NOT-COMPUTABLE") : ("2000 - -", "held: UNKNOWN-VALUE")
      try hold(
        benefit + rest,
        [
          ("100 - -", "refused: gate"),
          ("100 0.5 -", rest.contains("eligible") ? "refused: 不" : "refused: gate"), waits,
        ])
    }
    // Only where all of them fail.
    try hold(
      "benefits: [{name: g, base: a, gate: base > 1000, rate: 100%}, {name: h, base: c, gate: base > 1, rate: 100%}]\n"
        + "offset: [{amount: b}]",
      [
        ("100 - 1", "refused: gate"), ("100 - 2", "held: UNKNOWN-VALUE"), ("2000 - 1", "held: UNKNOWN-VALUE"),
      ])
  }

  @Test func unknownConditionsDoNotMatterWhereNoBenefitApplies() throws {
    try hold(
      "eligible: [{when: b > 1, otherwise: 不}]\n"
        + "benefits: [{name: g, when: a > 1000, base: a, gate: base > 3000, rate: c / 100元}]",
      [
        ("100 - -", "refused: when"), ("2000 - -", "refused: gate"), ("4000 - -", "held: UNKNOWN-VALUE"),
        ("4000 - 200", "held: UNKNOWN-VALUE"), ("4000 0 -", "refused: 不"), ("- 0 -", "refused: 不"),
        ("- - -", "held: UNKNOWN-VALUE"), ("4000 2 50", "pays: 2000"),
      ])
  }

  // MARK: what is not reached

  @Test func rateOfATierNotReachedIsNotNeeded() throws {
    try hold(
      benefit: "base: a, marginal: [{from: 0, to: 1000, rate: 10%}, {from: 1000, rate: b / 1000元}]",
      [
        ("1000 - -", "pays: 100"), ("1000 5000 -", "pays: 100"), ("1001 - -", "held: UNKNOWN-VALUE"),
        ("1001 5000 -", "held: RATE-RANGE"), ("2000 500 -", "pays: 600"), ("0 - -", "pays: 0"),
      ])
    try hold(
      benefit: "base: a, marginal: [{from: 10, to: 20, rate: c / 100元}, {from: 20, to: b, rate: 100元 / c}]",
      [
        ("10 30 -", "pays: 0"), ("15 30 -", "held: UNKNOWN-VALUE"), ("15 30 50", "pays: 2.50"),
        ("15 - 50", "held: UNKNOWN-VALUE"), ("20 30 0", "pays: 0"), ("25 30 0", "held: NOT-COMPUTABLE"),
        // An empty tier has no rate to work out.
        ("25 20 0", "pays: 0"),
      ])
  }

  @Test func whatABandNotReachedGivesIsNotNeeded() throws {
    try hold(
      benefit: "base: a, whole: [{ge: 0, le: 1000, rate: 10%}, {gt: 1000, rate: 100元 / b}]",
      [
        ("1000 0 -", "pays: 100"), ("1000 - -", "pays: 100"), ("1001 0 -", "held: NOT-COMPUTABLE"),
        ("1001 50 -", "held: RATE-RANGE"), ("2000 200 -", "pays: 1000"),
      ])
    try hold(
      benefit: "base: a, bands: [{ge: 10, lt: 20, pays: c}, {ge: 20, pays: b - c}]",
      [
        ("9 - -", "pays: 0"), ("10 - 7", "pays: 7"), ("20 7 8", "held: BASE-NEGATIVE"), ("19 7 8", "pays: 8"),
        ("20 - 8", "held: UNKNOWN-VALUE"),
      ])
  }
}
