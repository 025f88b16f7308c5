import AidModel
import Foundation
import Testing

@testable import AidPolicy

/// Amounts alone come to what the oracle comes to, whatever the policy says and whatever the row holds.
@Suite struct QuickTests {
  /// How often the fast evaluator knew the answer.
  struct Coverage {
    var known = 0
    var all = 0
    var paid = 0
  }

  /// Compares both evaluators for one person.
  static func compare(
    _ policy: Policy, _ quick: QuickAssessor?, _ person: PersonCase, _ coverage: inout Coverage,
    _ note: String
  ) {
    let traced = policy.assessByTree(person)
    guard let quick else { return }
    var paid = person.paid
    for (i, result) in traced.enumerated() {
      quick.start()
      for row in policy.awardPer == .row ? [person.rows[i]] : person.rows { quick.add(row) }
      coverage.all += 1
      let award = quick.award(
        paid: paid, spouse: person.spouse, roster: person.roster, awarded: person.awarded)
      let fen = result.outcome == .paid ? Money(exactly: result.trace.result) ?? .zero : .zero
      if let award {
        coverage.known += 1
        if award.outcome == .paid { coverage.paid += 1 }
        let expected = QuickAward(
          outcome: result.outcome, amount: fen,
          isCapped: result.reasons.contains { $0.code.hasPrefix("cap.") },
          rowsNotCounted: result.rows.count { $0.outcome == .notCounted })
        #expect(award == expected, "\(note)")
        #expect(result.findings.isEmpty, "\(note): \(result.findings)")
      }
      // If one row needs the exact evaluator, all rows of the person do.
      if policy.awardPer == .row, award == nil { return }
      if result.outcome == .paid {
        paid.add(fen, on: person.payDate, of: person.period, isOfYear: true)
      }
    }
  }

  static func quick(_ policy: Policy, _ person: PersonCase) -> QuickAssessor? {
    QuickAssessor(
      policy, roster: person.roster?.source.layout, period: person.period, payDate: person.payDate)
  }

  @Test func policiesNobodyWrote() throws {
    var coverage = Coverage()
    var policies = 0
    for seed: UInt64 in 1...3000 {
      var writer = PolicyWriter(random: Seeded(state: seed))
      let yaml = writer.policy()
      guard let policy = try? Fixture.policy(yaml) else { continue }
      policies += 1
      for _ in 0..<6 {
        let person = writer.person(policy)
        Self.compare(policy, Self.quick(policy, person), person, &coverage, "seed \(seed)\n\(yaml)")
      }
    }
    #expect(policies > 1000, "\(policies) policies were sound")
    #expect(coverage.known * 2 > coverage.all, "\(coverage)")
    #expect(coverage.paid * 10 > coverage.known, "\(coverage)")
  }

  @Test func shippedPolicies() throws {
    let folder = ManualExamples.page.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Templates/policies")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
      .sorted()
    #expect(names.count >= 19)
    for (number, name) in names.enumerated() {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      let policy = try Fixture.policy(text)
      // What the program does not cover the tree assesses.
      if !policy.isCovered { continue }
      var coverage = Coverage()
      var claims = ClaimWriter(random: Seeded(state: UInt64(number + 1)), policy: policy, text: text)
      for _ in 0..<1500 {
        let person = claims.person()
        Self.compare(policy, Self.quick(policy, person), person, &coverage, name)
      }
      #expect(policy.needsDecision || coverage.known * 4 > coverage.all, "\(name): \(coverage)")
    }
  }

  /// Past 64 bits the award is assessed whole, in wide numbers.
  @Test func whatDoesNotFitIsAssessedWhole() throws {
    let policy = try Fixture.policy(
      Fixture.plain("{name: b, base: sum(x) * 1.123456 * 1.234567, rate: 0.123457, times: [1.000001]}"))
    let small = Fixture.person(policy, [["x": Fixture.money("12.34")]])
    let large = Fixture.person(policy, [["x": Fixture.money("999999999.99")]])
    let quick = try #require(Self.quick(policy, small))
    quick.start()
    quick.add(large.rows[0])
    #expect(quick.award(paid: PaidBefore()) == nil)
    #expect(policy.assess(large)[0].outcome == .paid)
  }
}
