import AidModel
import Testing

@testable import AidPolicy

/// Who comes first on a short fund: compiled and exact keys give the same order.
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
    "x desc, d", "d desc, n", "sum(x) / 3, n desc", "floor(x / 100), n > 2",
    "paid.lifetime, times_paid.year desc, x", "n > 1 desc, x", "kind, x desc", "kind desc, d",
    "times_since(2022-01-01), x", "name, x", "roster.level desc, d",
  ])
  func programAndOracleGiveOneOrder(_ keys: String) throws {
    let policy = try Self.policy(keys)
    var random = Seeded(state: 7)
    var (compiled, exact) = (PoolKeys(policy), PoolKeys(policy))
    let people = (0..<120).map { _ in Self.person(policy, &random) }
    for person in people {
      let quick = try #require(QuickTests.quick(policy, person))
      quick.start()
      for row in person.rows { quick.add(row) }
      let isKnown = quick.appendKeys(paid: person.paid, to: &compiled)
      #expect(isKnown)
      exact.appendByTree(policy, person, rows: person.rows)
    }
    #expect(compiled.count == people.count && exact.count == people.count)
    for a in people.indices {
      for b in people.indices {
        #expect(compiled.order(a, b) == exact.order(a, b), "\(keys): \(a) \(b)")
        #expect(exact.order(a, b) == -exact.order(b, a), "\(keys): \(a) \(b)")
      }
    }
  }

  /// Keys as numbers sort like the keys themselves; some keys have no such numbers.
  @Test(arguments: [
    ("x desc, d", true), ("n > 1 desc, x", true), ("floor(x / 100), n desc", true), ("kind, x", false),
  ])
  func wordsOrderAsKeys(_ text: String, _ areThere: Bool) throws {
    let policy = try Self.policy(text)
    var random = Seeded(state: 11)
    var keys = PoolKeys(policy)
    for _ in 0..<100 {
      let person = Self.person(policy, &random)
      let quick = try #require(QuickTests.quick(policy, person))
      quick.start()
      for row in person.rows { quick.add(row) }
      _ = quick.appendKeys(paid: person.paid, to: &keys)
    }
    if text.hasPrefix("kind") { keys.append([.text("甲"), .unknown]) }
    let words = keys.words()
    #expect((words != nil) == areThere)
    guard let words else { return }
    for a in 0..<keys.count {
      for b in 0..<keys.count {
        let key = words.first { $0[a] != $0[b] }
        #expect(keys.order(a, b) == (key.map { $0[a] < $0[b] ? -1 : 1 } ?? 0), "\(text): \(a) \(b)")
      }
    }
  }

  @Test func wordsNeedOneDenominator() {
    for (a, b, areThere) in [
      (Fraction64(numerator: 1, denominator: 2), Fraction64(numerator: 1, denominator: 3), false),
      (Fraction64(numerator: .max, denominator: 1), .notComputable, false),
      (Fraction64(numerator: .min, denominator: 1), .notComputable, true),
    ] {
      var keys = PoolKeys(descending: [false])
      keys.append(short: [a])
      keys.append(short: [b])
      #expect((keys.words() != nil) == areThere)
    }
  }

  /// Unknown values come last in either direction; those who satisfy a condition come first.
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
    #expect(sorted([.number(.one), .number(.zero)], descending: false) == [1, 0])
  }
}
