import AidModel
import Testing

@testable import AidPolicy

/// What must hold of earlier claims, groups and orders whatever the figures.
@Suite struct MemoryLaws {
  private static let columns = """
    policy: p
    programme: aid
    valid: {from: 2023-01-01}
    columns:
      - {name: x, type: money}
      - {name: child, type: text}
      - {name: d, type: date}

    """

  private static func tiers(_ random: inout Seeded) -> String {
    let first = random.next(3) * 500
    let second = first + 500 + random.next(4) * 500
    return "[{from: \(first), to: \(second), rate: \(random.next(9) + 1)0%}, "
      + "{from: \(second), rate: \(random.next(9) + 1)0%}]"
  }

  private static func amount(_ result: Assessment) -> Rational {
    result.outcome == .paid ? result.trace.result : .zero
  }

  private static func total(_ results: [Assessment]) throws -> Rational {
    var sum = Rational.zero
    for result in results { sum = try sum + amount(result) }
    return sum
  }

  /// Claims that add up come to the same in how many pieces they ever come.
  @Test func piecesComeToTheWhole() throws {
    for seed: UInt64 in 1...150 {
      var random = Seeded(state: seed)
      let gate = random.next(2) == 0 ? "gate: base >= 900, " : ""
      let benefit = "{name: a, base: sum(x), cumulative: year, \(gate)marginal: \(Self.tiers(&random))}"
      let rows = (0...random.next(5)).map { _ in
        ["x": Value.money(Money(fen: Int64(random.next(300)) * 10_00))]
      }
      let sum = rows.reduce(Money.zero) { sum, row in
        if case .money(let money)? = row["x"] { sum + money } else { sum }
      }
      let byRow = try Fixture.policy(Self.columns + "award_per: row\nbenefits: [\(benefit)]")
      let whole = try Fixture.policy(Self.columns + "benefits: [\(benefit)]")
      let pieces = try Self.total(byRow.assess(Fixture.person(byRow, rows)))
      let once = try Self.total(whole.assess(Fixture.person(whole, [["x": .money(sum)]])))
      #expect(pieces == once, "seed \(seed): \(benefit) \(rows)")
    }
  }

  /// The groups of a benefit are what each of them would be alone.
  @Test func groupsAreAddedUp() throws {
    for seed: UInt64 in 1...150 {
      var random = Seeded(state: seed)
      let policy = try Fixture.policy(
        Self.columns
          + "benefits: [{name: a, for_each: child, base: sum(x), marginal: \(Self.tiers(&random)), "
          + "caps: [{per: award, at: 900}]}]")
      let rows = (0...random.next(6)).map { _ in
        [
          "x": Value.money(Money(fen: Int64(random.next(300)) * 10_00)),
          "child": .text(["甲", "乙", "丙"][Int(random.next(3))]),
        ]
      }
      let all = try Self.total(policy.assess(Fixture.person(policy, rows)))
      var sum = Rational.zero
      for child in ["甲", "乙", "丙"] {
        let own = rows.filter { if case .text(let text)? = $0["child"] { text == child } else { false } }
        if own.isEmpty { continue }
        sum = try sum + Self.total(policy.assess(Fixture.person(policy, own)))
      }
      #expect(all == sum, "seed \(seed)")
    }
  }

  /// With an order of its own the order of the file changes nothing.
  @Test func theFilesOrderDoesNotMatter() throws {
    let policy = try Fixture.policy(
      Self.columns + "award_per: row\norder: [d]\nbenefits: [{name: a, base: x, rate: 50%}]\n"
        + "caps: [{per: year, at: 900}]")
    for seed: UInt64 in 1...100 {
      var random = Seeded(state: seed)
      var rows: [[String: Value]] = (0..<5).map { day in
        let date = CivilDate(dayNumber: Fixture.year.from.dayNumber + Int32(day))
        let isKnown = random.next(6) > 0
        return [
          "x": isKnown ? .money(Money(fen: Int64(random.next(120)) * 10_00)) : .blank, "d": .date(date),
        ]
      }
      let before = policy.assess(Fixture.person(policy, rows))
      for i in rows.indices.reversed() where i > 0 { rows.swapAt(i, Int(random.next(UInt64(i + 1)))) }
      let after = policy.assess(Fixture.person(policy, rows))
      func ends(_ results: [Assessment]) -> [String] {
        results.map { result in
          "\(result.rows[0].claim.value("d").plain) \(result.outcome) \(Self.amount(result))"
        }.sorted()
      }
      #expect(ends(before) == ends(after), "seed \(seed)")
      // What comes before the first row that waits is paid; nothing behind it is.
      let inOrder = ends(before)
      let firstHeld = inOrder.firstIndex { $0.contains("held") } ?? inOrder.count
      #expect(inOrder[firstHeld...].allSatisfy { $0.contains("held") }, "seed \(seed): \(inOrder)")
    }
  }

  /// The parts of an award come to its amount, whatever was taken off it, and none is below zero.
  @Test func partsComeToTheAward() throws {
    var paid = 0
    for seed: UInt64 in 1...600 {
      var writer = PolicyWriter(random: Seeded(state: seed))
      guard let policy = try? Fixture.policy(writer.policy()) else { continue }
      for result in policy.assess(writer.person(policy)) where result.outcome == .paid {
        let parts = result.trace.breakdown().parts
        let sum = parts.reduce(Money.zero) { $0 + $1.amount }
        #expect(Money(exactly: result.trace.result) == sum, "seed \(seed)")
        #expect(parts.allSatisfy { $0.amount >= .zero }, "seed \(seed)")
        paid += 1
      }
    }
    #expect(paid > 30)
  }
}
