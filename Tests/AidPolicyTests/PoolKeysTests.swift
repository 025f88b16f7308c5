import AidModel
import Testing

@testable import AidPolicy

/// Who comes first on a short fund: the compiled keys and the exact ones put everybody in the same order.
@Suite struct PoolKeysTests {
  static func policy(_ keys: String) throws -> Policy {
    try Fixture.policy(
      Fixture.plain(
        "{name: b, amount: 300}", more: "fund: f\nwhen_short: priority\npriority: [\"\(keys)\"]\n"
      ).replacing("priority: [\"", with: "priority: [").replacing("\"]\n", with: "]\n"))
  }

  static func person(_ policy: Policy, _ random: inout Seeded) -> PersonCase {
    func maybe(_ value: Value) -> Value { random.next(5) == 0 ? .blank : value }
    var paid = PaidBefore()
    for _ in 0..<random.next(3) {
      paid.add(Money(fen: Int64(random.next(4)) * 100), on: Fixture.year.from, isOfYear: random.next(2) == 0)
    }
    let rows = (0..<(1 + random.next(2))).map { _ in
      [
        "x": maybe(.money(Money(fen: Int64(random.next(6)) * 50))),
        "kind": maybe(.text(random.next(2) == 0 ? "甲" : "乙")),
        "d": maybe(.date(Fixture.year.from.adding(days: Int(random.next(3))))),
        "n": maybe(.number(DecimalNumber(mantissa: Int64(random.next(4))))),
      ]
    }
    return Fixture.person(policy, rows, paid: paid)
  }

  @Test(arguments: [
    ("x desc, d", true), ("d desc, n", true), ("sum(x) / 3, n desc", true), ("floor(x / 100), n > 2", true),
    ("paid.lifetime, times_paid.year desc, x", true), ("n > 1 desc, x", true), ("kind, x desc", false),
    ("kind desc, d", false), ("times_since(2022-01-01), x", false),
  ])
  func bothWaysGiveOneOrder(_ keys: String, _ isCompiled: Bool) throws {
    let policy = try Self.policy(keys)
    #expect((policy.quickProgram?.priority != nil) == isCompiled, "\(keys)")
    var random = Seeded(state: 7)
    var (compiled, exact) = (PoolKeys(policy), PoolKeys(policy))
    let people = (0..<120).map { _ in Self.person(policy, &random) }
    for person in people {
      let quick = try #require(QuickTests.quick(policy, person))
      quick.start()
      for row in person.rows { quick.add(row) }
      if !quick.appendKeys(paid: person.paid, to: &compiled) {
        compiled.append(policy, person, rows: person.rows)
      }
      exact.append(policy, person, rows: person.rows)
    }
    #expect(compiled.count == people.count && exact.count == people.count)
    for a in people.indices {
      for b in people.indices {
        #expect(compiled.order(a, b) == exact.order(a, b), "\(keys): \(a) \(b)")
        #expect(exact.order(a, b) == -exact.order(b, a), "\(keys): \(a) \(b)")
      }
    }
  }

  /// Unknown last whichever way a key runs; those who fulfil a condition first.
  @Test func whatComesFirst() {
    func sorted(_ values: [PoolValue], descending: Bool) -> [Int] {
      var keys = PoolKeys(descending: [descending])
      for value in values { keys.append([value]) }
      return values.indices.sorted { keys.order($0, $1) < 0 }
    }
    let numbers: [PoolValue] = [.unknown, .number(Rational(2)), .number(Rational(1))]
    #expect(
      sorted(numbers, descending: false) == [2, 1, 0] && sorted(numbers, descending: true) == [1, 2, 0])
    let texts: [PoolValue] = [.text("乙"), .unknown, .text("丁"), .number(.zero)]
    #expect(
      sorted(texts, descending: false) == [3, 2, 0, 1] && sorted(texts, descending: true) == [0, 2, 3, 1])
    #expect(sorted([PoolValue(.flag(false)), PoolValue(.flag(true))], descending: false) == [1, 0])
  }
}
