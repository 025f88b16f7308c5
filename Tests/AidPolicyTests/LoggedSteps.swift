import AidModel
import AidReview
import Foundation
import Testing

@testable import AidPolicy

/// Steps that are logged, with words prepared once, explain an award in the same bytes as the oracle's.
@Suite struct LoggedSteps {
  struct Coverage {
    var logged = 0
    var all = 0
    /// How many awards came to an amount (paid, or nothing due).
    var amounts = 0
    var loggedAmounts = 0
    /// Steps by key.
    var keys: [String: Int] = [:]
  }

  static func words(_ policy: Policy, _ language: AidModel.Language) -> LoggedExplanations {
    let info = ProgrammeInfo(
      programme: policy.programme, policy: policy.id, title: "", issuer: "", source: "", fund: nil)
    return LoggedExplanations(
      info, forms: policy.stepForms, inputNames: policy.inputNames, language: language)
  }

  static func spoken(_ person: PersonCase, _ language: AidModel.Language) -> PersonCase {
    PersonCase(
      rows: person.rows, roster: person.roster, paid: person.paid, spouse: person.spouse,
      awarded: person.awarded, decisions: person.decisions, period: person.period, payDate: person.payDate,
      language: language)
  }

  /// The explanation by a compiled run; nil if it does not cover the person.
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
    let result = policy.assessByTree(person)[0]
    var award = Award(
      record: "t-1", programme: policy.programme, policy: policy.id,
      claimant: Claimant(person.rows[0], roster: nil))
    (award.rows, award.outcome) = (result.rows, result.outcome)
    (award.trace, award.reasons) = (result.trace, result.reasons)
    return award
  }

  static func compare(_ policy: Policy, _ one: PersonCase, _ note: String, _ coverage: inout Coverage) {
    for language in AidModel.Language.allCases {
      // Rows with their own award come alone.
      let rows = policy.awardPer == .row ? Array(one.rows.prefix(1)) : one.rows
      let person = spoken(
        PersonCase(
          rows: rows, roster: one.roster, paid: one.paid, spouse: one.spouse, awarded: one.awarded,
          decisions: one.decisions, period: one.period, payDate: one.payDate, language: language), language)
      let award = exact(policy, person)
      guard award.outcome != .held, award.outcome != .notCounted else { continue }
      coverage.all += 1
      let isAmount = award.outcome == .paid || award.outcome == .zero
      coverage.amounts += isAmount ? 1 : 0
      let quick = QuickAssessor(
        policy, roster: person.roster?.source.layout, period: person.period, payDate: person.payDate,
        logging: language)
      guard let quick, let text = logged(quick, words(policy, language), person, award) else { continue }
      coverage.logged += 1
      coverage.loggedAmounts += isAmount ? 1 : 0
      for step in award.trace.steps { coverage.keys[step.key, default: 0] += 1 }
      let expected = Explanations.json(award, .none, language: language)
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
    #expect(coverage.logged * 10 > coverage.all * 5, "\(coverage)")
    for key in [
      "base", "less", "gate", "window", "deductible", "rate", "marginal", "whole", "bands", "table", "amount",
    ]
      + ["times", "minimum", "cap.award", "cap.year", "cap.lifetime", "offset", "sum", "round"]
    {
      #expect(coverage.keys[key, default: 0] > 20, "\(key): \(coverage)")
    }
  }

  @Test func shippedPolicies() throws {
    let folder = ManualExamples.page.deletingLastPathComponent().deletingLastPathComponent()
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
      // Refusals and what a committee decides go the exact way; what comes to an amount is logged.
      if policy.values.isEmpty {
        #expect(coverage.loggedAmounts * 100 >= coverage.amounts * 95, "\(name): \(coverage)")
      }
      #expect(
        coverage.amounts > 0 || policy.needsDecision || !policy.after.isEmpty,
        "\(name): no claim came to an amount")
      total += coverage.logged
    }
    #expect(total > 4000, "\(total) explanations were compared")
  }

  /// Masked numbers, texts that need escaping, roster entries, facts, repeated cells, more cells than are
  /// shown, columns missing in the sheet, rows that do not count.
  @Test func inputsOfEveryKind() throws {
    let policy = try Fixture.policy(
      """
      policy: p
      programme: aid
      valid: {from: 2023-01-01}
      columns:
        - {name: x, type: money}
        - {name: rest, type: money, blank: 0}
        - {name: note, type: text}
        - {name: day, type: date}
        - {name: ok, type: flag, blank: 否}
      count: [{when: ok, otherwise: 不计}]
      benefits:
        - name: b
          base: sum(x) + sum(rest) + sum(x)
          less: [{amount: "if note = '甲' or id_number = '1' or account = '1' then 1 else paid.year"}]
          rate: if day <= pay_date and ok and roster.grade = '甲' then 50% else 30%
          times: ["if roster.member_since <= 2020-01-01 then 1 else times_paid.lifetime + 1"]
      """)
    var paid = PaidBefore()
    (paid.year, paid.lifetime, paid.timesYear, paid.timesLifetime) = (Money(fen: 5), Money(fen: 7), 1, 2)
    let row: [String: Value] = [
      "x": .money(Money(fen: 123_456)), "note": .text("引\"号\\ 620000000000000042 \t"),
      "id_number": .text("420100199001010010"), "account": .text("6200000000000000042"),
      "day": .date(CivilDate(iso: "2023-05-06")!), "ok": .flag(true),
    ]
    var coverage = Coverage()
    for count in 1...5 {
      var rows = Array(repeating: row, count: count)
      // Only the exact evaluator compares texts that the policy does not name.
      if count > 1 { for i in rows.indices { rows[i]["note"] = .text("甲") } }
      if count > 2 { rows[1]["ok"] = .flag(false) }
      let person = Fixture.person(
        policy, rows,
        roster: ["grade": .text("乙"), "member_since": .date(CivilDate(iso: "2021-01-01")!)], paid: paid)
      Self.compare(policy, person, "\(count) rows", &coverage)
    }
    #expect(coverage.logged == 10 && coverage.all == 10, "\(coverage)")
    let narrow = SourceSheet(
      file: "窄 \"表\".csv", sheet: "", columns: policy.layout.columns.map { $0.name == "x" ? 30 : -1 },
      layout: policy.layout)
    let claim = Claim(
      source: narrow, row: 7, values: policy.layout.columns.map { row[$0.name] ?? $0.blank ?? .blank })
    let person = PersonCase(
      rows: [claim], roster: nil, paid: paid, decisions: [nil], period: Fixture.year,
      payDate: Fixture.year.to, language: .zh)
    Self.compare(policy, person, "narrow", &coverage)
  }
}
