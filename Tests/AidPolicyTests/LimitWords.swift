import AidModel
import Testing

@testable import AidPolicy

/// `limit` in both languages: how often a person may be paid.
@Suite struct LimitWords {
  @Test(arguments: [
    ("limit: {times: 1, per: year}", 1), ("次数限制: {次数: 1, 周期: 年度}", 1),
    ("limit: {times: 2, per: lifetime}", 2),
  ])
  func timesAreCounted(_ limit: String, _ most: Int) throws {
    let policy = try Fixture.policy(Fixture.plain("{name: b, amount: 300}", more: limit))
    for had in 0...3 {
      var paid = PaidBefore()
      (paid.timesYear, paid.timesLifetime) = (had, had)
      let person = Fixture.person(policy, [["x": Fixture.money("1.00")]], paid: paid)
      let result = policy.assess(person)[0]
      #expect(result.outcome == (had < most ? .paid : .refused), "\(limit) after \(had)")
      let quick = try #require(QuickTests.quick(policy, person))
      quick.start()
      quick.add(person.rows[0])
      #expect(quick.award(paid: paid)?.outcome == result.outcome, "\(limit) after \(had), quickly")
      if had >= most { #expect(result.reasons.map(\.code) == ["limit"]) }
    }
  }

  /// Once in three years, to the day; and a sum since a date one year ago.
  @Test(arguments: ["times_since(pay_date - 3 years) = 0", "此后次数(发放日 - 3 年) = 0"])
  func earlierPaymentsFromADayOn(_ condition: String) throws {
    let more = """
      eligible:
        - {when: \(condition), otherwise: 三年内已享受}
        - {when: paid_since(2015-01-01) < 5000, otherwise: 已满5000元}
      examples:
        - {rows: [{x: 1}], pays: 300}
        - {rows: [{x: 1}], pay_date: 2024-12-20, history: [{amount: 300, paid_on: 2021-12-20}], refused: 三年内已享受}
        - {rows: [{x: 1}], pay_date: 2024-12-20, history: [{amount: 300, paid_on: 2021-12-19}], pays: 300}
        - {rows: [{x: 1}], pay_date: 2024-12-20, history: [{amount: 300, paid_on: 2023-05-01, status: 退回}], pays: 300}
        - {rows: [{x: 1}], pay_date: 2024-12-20, history: [{amount: 5000, paid_on: 2016-01-01}], refused: 已满5000元}
        - {rows: [{x: 1}], pay_date: 2024-12-20, history: [{amount: 5000, paid_on: 2014-12-31}], pays: 300}
      """
    let policy = try Fixture.policy(Fixture.plain("{name: b, amount: 300}", more: more))
    let results = policy.runExamples(language: .zh)
    #expect(
      results.count == 6 && results.allSatisfy(\.passed), "\(results.map { "\($0.expected) \($0.got)" })")
  }

  /// An earlier row of the same batch counts as paid.
  @Test func rowsOfOneBatchCount() throws {
    let policy = try Fixture.policy(
      Fixture.plain(
        "{name: b, amount: 300}",
        more: "award_per: row\neligible:\n  - {when: times_since(2020-01-01) < 2, otherwise: 最多两次}\n"))
    let person = Fixture.person(policy, Array(repeating: ["x": Fixture.money("1.00")], count: 3))
    #expect(policy.assess(person).map(\.outcome) == [.paid, .paid, .refused])
  }
}
