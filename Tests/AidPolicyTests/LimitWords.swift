import AidModel
import Testing

@testable import AidPolicy

/// `limit` in both languages: how often somebody may be paid.
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
}
