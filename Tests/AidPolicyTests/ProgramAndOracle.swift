import AidModel
import AidReview
import Foundation
import Testing

@testable import AidPolicy

/// The program says of everybody what the tree says that is walked as policies are written: outcome, amount, steps,
/// reasons, findings, word for word.
@Suite struct ProgramAndOracle {
  struct Coverage {
    var outcomes: [RowOutcome: Int] = [:]
    var keys: [String: Int] = [:]
    var codes: [String: Int] = [:]
  }

  /// All that is said of an award.
  static func told(_ policy: Policy, _ result: Assessment, _ language: AidModel.Language) -> String {
    var award = Award(
      record: "t-1", programme: policy.programme, policy: policy.id,
      claimant: Claimant(result.rows[0].claim, roster: nil))
    (award.rows, award.outcome) = (result.rows, result.outcome)
    (award.trace, award.reasons, award.findings) = (result.trace, result.reasons, result.findings)
    let findings = result.findings.map {
      "\($0.kind.code) \($0.place) \($0.column ?? "-") \($0.message(language))"
    }
    return [
      Explanations.json(award, .none, language: language),
      "\(result.rows.map { $0.reason?.text ?? "-" }) \(result.reasons.map(\.clause))", "\(findings)",
      result.leastAmount?.plain ?? "-", result.heldBenefit ?? "-",
    ].joined(separator: "\n")
  }

  static func compare(_ policy: Policy, _ person: PersonCase, _ note: String, _ coverage: inout Coverage) {
    for language in AidModel.Language.allCases {
      let person = LoggedSteps.spoken(person, language)
      let (own, tree) = (policy.assess(person), policy.assessByTree(person))
      #expect(own.count == tree.count)
      for (own, tree) in zip(own, tree) {
        let (a, b) = (told(policy, own, language), told(policy, tree, language))
        #expect(a.sameScalars(as: b), "\(note)\n--- program\n\(a)\n--- tree\n\(b)")
        coverage.outcomes[tree.outcome, default: 0] += 1
        for step in tree.trace.steps { coverage.keys[step.key, default: 0] += 1 }
        for reason in tree.reasons { coverage.codes[reason.code, default: 0] += 1 }
      }
    }
  }

  @Test func policiesNobodyWrote() throws {
    var coverage = Coverage()
    var (policies, quick) = (0, QuickTests.Coverage())
    for seed: UInt64 in 1...320 {
      var writer = PolicyWriter(random: Seeded(state: seed), isWide: true)
      let yaml = writer.policy()
      guard let policy = try? Fixture.policy(yaml) else { continue }
      policies += 1
      for _ in 0..<3 {
        let person = writer.person(policy)
        Self.compare(policy, person, "seed \(seed)\n\(yaml)", &coverage)
        QuickTests.compare(policy, QuickTests.quick(policy, person), person, &quick, "seed \(seed)\n\(yaml)")
      }
    }
    #expect(policies > 100, "\(policies) policies were sound")
    for outcome in RowOutcome.allCases { #expect(coverage.outcomes[outcome, default: 0] > 10, "\(coverage)") }
    for key in [
      "values", "base", "less", "gate", "window", "deductible", "rate", "marginal", "whole", "bands", "table",
      "amount", "committee", "times", "minimum", "at_least", "cap.award", "cap.years", "offset", "sum",
      "limit",
      "eligible", "round",
    ] { #expect(coverage.keys[key, default: 0] > 0, "\(key): \(coverage.keys)") }
    for code in [
      "UNKNOWN-VALUE", "NOT-COMPUTABLE", "DECISION-MISSING", "DECISION-RANGE",
      "BASE-NEGATIVE", "RATE-RANGE", "when", "gate", "limit", "count", "eligible",
    ] { #expect(coverage.codes[code, default: 0] > 0, "\(code): \(coverage.codes)") }
  }

  /// Tiers of written figures are judged when the file is read; those worked out for an award with it.
  @Test func tiersThatDoNotMeet() throws {
    let policy = try Fixture.policy(
      Fixture.plain(
        "{name: a, base: x, marginal: [{from: 0, to: n * 100元, rate: 10%}, {from: 500, rate: 20%}]}"))
    var coverage = Coverage()
    for n: Int64 in 4...6 {
      let row: [String: Value] = ["x": Fixture.money("700"), "n": .number(DecimalNumber(mantissa: n))]
      Self.compare(policy, Fixture.person(policy, [row]), "\(n)", &coverage)
    }
    #expect(coverage.codes["TIERS-UNSOUND"] == 4 && coverage.outcomes[.paid] == 2, "\(coverage)")
  }

  @Test func oneDecisionForTwoBenefits() throws {
    let policy = try Fixture.policy(
      Fixture.plain("{name: a, committee: {max: 900}}").replacing(
        "committee: {max: 900}}",
        with: "committee: {max: 900}}\n  - {name: b, gate: n > 1, committee: {max: x}}"))
    var coverage = Coverage()
    for n: Int64 in 1...2 {
      let row: [String: Value] = ["x": Fixture.money("500"), "n": .number(DecimalNumber(mantissa: n))]
      Self.compare(policy, Fixture.person(policy, [row], decision: Money(fen: 30_000)), "\(n)", &coverage)
    }
    #expect(coverage.codes["DECISION-SHARED"] == 2 && coverage.outcomes[.paid] == 2, "\(coverage)")
  }

  @Test func shippedPolicies() throws {
    let folder = ManualExamples.page.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Templates/policies")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
      .sorted()
    for (number, name) in names.enumerated() {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      let policy = try Fixture.policy(text)
      var coverage = Coverage()
      var claims = ClaimWriter(random: Seeded(state: UInt64(number + 1)), policy: policy, text: text)
      for _ in 0..<100 { Self.compare(policy, claims.person(), name, &coverage) }
    }
  }

  /// What does not fit into 64 bits is worked out in 128; what does not fit there either waits.
  @Test func wideNumbers() throws {
    let policy = try Fixture.policy(
      Fixture.plain("{name: b, base: sum(x) * 1.123456 * 1.234567, rate: 0.123457, times: [1.000001]}"))
    var coverage = Coverage()
    for amount in ["12.34", "999999999.99", "0.01", "123456789.12"] {
      Self.compare(policy, Fixture.person(policy, [["x": Fixture.money(amount)]]), amount, &coverage)
    }
    #expect(coverage.outcomes[.paid] == 6)
    let factors = Array(repeating: "x / 7元", count: 9).joined(separator: ", ")
    let huge = try Fixture.policy(
      Fixture.plain(
        "{name: b, base: sum(x) * 999999999999 * 999999999999, rate: 1, times: [\(factors)]}"
      ))
    Self.compare(huge, Fixture.person(huge, [["x": Fixture.money("999999999.99")]]), "huge", &coverage)
    #expect(coverage.outcomes[.held] == 2, "\(coverage)")
  }
}
