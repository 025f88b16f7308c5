import AidModel
import AidReview
import Foundation
import Testing

@testable import AidPolicy

/// A compiled run that logs its steps explains an award in the same bytes as the exact way.
@Suite struct LoggedSteps {
  struct Coverage {
    var logged = 0
    var all = 0
    /// Steps by key.
    var keys: [String: Int] = [:]
  }

  static func words(_ policy: Policy, _ language: AidModel.Language) -> LoggedExplanations? {
    let info = ProgrammeInfo(
      programme: policy.programme, policy: policy.id, title: "", issuer: "", source: "", fund: nil)
    return policy.stepForms.map {
      LoggedExplanations(info, forms: $0, inputNames: policy.inputNames, language: language)
    }
  }

  static func spoken(_ person: PersonCase, _ language: AidModel.Language) -> PersonCase {
    PersonCase(
      rows: person.rows, roster: person.roster, paid: person.paid, spouse: person.spouse,
      awarded: person.awarded, decisions: person.decisions, period: person.period, payDate: person.payDate,
      language: language)
  }

  /// The explanation by a compiled run; nil where it does not cover the person.
  static func logged(
    _ quick: QuickAssessor, _ words: LoggedExplanations, _ person: PersonCase, _ award: Award
  ) -> String? {
    quick.start()
    for row in person.rows { quick.add(row) }
    let result = quick.award(
      paid: person.paid, spouse: person.spouse, roster: person.roster, awarded: person.awarded)
    guard result != nil, quick.isExplained else { return nil }
    var writer = LoggedWriter(words)
    var out = TextBuffer()
    writer.write(
      LoggedAward(
        AwardEntry(programme: 0, applicant: 0, ordinal: 0, claim: 0, award: award), record: award.record,
        claims: person.rows, rows: person.rows.indices.map { Int32($0) }[...], counted: quick.rowNumbers,
        roster: nil, rosterEntry: person.roster, log: quick.log, reasons: quick.reasons), to: &out)
    return out.text
  }

  static func exact(_ policy: Policy, _ person: PersonCase) -> Award {
    let result = policy.assess(person)[0]
    var award = Award(
      record: "t-1", programme: policy.programme, policy: policy.id,
      claimant: Claimant(person.rows[0], roster: nil))
    (award.rows, award.outcome) = (result.rows, result.outcome)
    (award.trace, award.reasons) = (result.trace, result.reasons)
    return award
  }

  static func compare(_ policy: Policy, _ one: PersonCase, _ note: String, _ coverage: inout Coverage) {
    for language in AidModel.Language.allCases {
      // Rows with an award of their own come alone.
      let rows = policy.awardPer == .row ? Array(one.rows.prefix(1)) : one.rows
      let person = spoken(
        PersonCase(
          rows: rows, roster: one.roster, paid: one.paid, spouse: one.spouse, awarded: one.awarded,
          decisions: one.decisions, period: one.period, payDate: one.payDate, language: language), language)
      let award = exact(policy, person)
      guard award.outcome != .held, award.outcome != .notCounted else { continue }
      coverage.all += 1
      let quick = QuickAssessor(
        policy, roster: person.roster?.source.layout, period: person.period, payDate: person.payDate,
        logging: language)
      guard let quick, let words = words(policy, language),
        let text = logged(quick, words, person, award)
      else { continue }
      coverage.logged += 1
      for step in award.trace.steps { coverage.keys[step.key, default: 0] += 1 }
      let expected = Explanations.json(award, language: language)
      #expect(text.sameScalars(as: expected), "\(note)\n\(text)\n\(expected)")
    }
  }

  @Test func policiesNobodyWrote() throws {
    var coverage = Coverage()
    for seed: UInt64 in 1...2000 {
      var writer = PolicyWriter(random: Seeded(state: seed))
      let yaml = writer.policy()
      guard let policy = try? Fixture.policy(yaml) else { continue }
      for _ in 0..<4 { Self.compare(policy, writer.person(policy), "seed \(seed)\n\(yaml)", &coverage) }
    }
    #expect(coverage.logged * 10 > coverage.all * 6, "\(coverage)")
    for key in [
      "base", "less", "gate", "window", "deductible", "rate", "marginal", "whole", "bands", "table", "amount",
    ]
      + ["times", "minimum", "cap.award", "cap.year", "cap.lifetime", "offset", "sum", "round"]
    {
      #expect(coverage.keys[key, default: 0] > 20, "\(key): \(coverage)")
    }
  }

  @Test func shippedPolicies() throws {
    let folder = Manual.page.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Templates/policies")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
      .sorted()
    var total = 0
    for (number, name) in names.enumerated() {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      let policy = try Fixture.policy(text)
      var coverage = Coverage()
      var claims = ClaimWriter(random: Seeded(state: UInt64(number + 1)), policy: policy, text: text)
      for _ in 0..<400 { Self.compare(policy, claims.person(), name, &coverage) }
      // What a committee decides, and who is not eligible or past a limit, goes the exact way.
      let few = policy.needsDecision || !policy.eligible.isEmpty || policy.limit != nil
      #expect(coverage.logged * 10 >= coverage.all * (few ? 0 : 9), "\(name): \(coverage)")
      total += coverage.logged
    }
    #expect(total > 4000, "\(total) explanations were compared")
  }
}
