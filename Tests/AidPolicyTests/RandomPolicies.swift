import AidModel
import Testing

@testable import AidPolicy

/// Laws over generated policies; every failure shows the seed.
@Suite struct RandomPolicies {
  /// A benefit whose amount never falls when the base rises, and its policy's caps.
  private struct Made {
    var yaml = ""
    var award: Int64?
    var year: Int64?
  }

  private func make(_ random: inout Seeded) -> Made {
    var made = Made()
    func number(_ random: inout Seeded, _ below: UInt64) -> Int64 { Int64(random.next(below)) }
    var edges = (0..<(1 + random.next(5))).map { _ in number(&random, 60_000) }.sorted()
    edges = edges.enumerated().filter { $0.offset == 0 || edges[$0.offset - 1] < $0.element }.map(\.element)
    var formula: String
    var deductible = ""
    switch random.next(3) {
    case 0:
      let tiers = edges.indices.map { i in
        let to = i + 1 < edges.count ? ", to: \(edges[i + 1])" : ""
        return "{from: \(edges[i])\(to), rate: \(number(&random, 101))%}"
      }
      formula = "marginal: [\(tiers.joined(separator: ", "))]"
    case 1:
      deductible = ", deductible: \(edges[0])"
      formula = "rate: 0.\(1 + number(&random, 9999))"
    default:
      var pays: Int64 = 0
      let bands = edges.indices.map { i in
        pays += number(&random, 5000)
        let high = i + 1 < edges.count ? ", le: \(edges[i + 1])" : ""
        return "{\(i == 0 ? "ge" : "gt"): \(edges[i])\(high), pays: \(pays)}"
      }
      formula = "bands: [\(bands.joined(separator: ", "))]"
    }
    let gate = random.next(2) == 0 ? ", gate: base >= \(number(&random, UInt64(edges[0] + 1)))" : ""
    // A window that ends below the last tier is rejected.
    let end = (edges.last ?? 0) + 1000 + number(&random, 60_000)
    let window =
      random.next(3) == 0 && !formula.hasPrefix("marginal") ? ", window: {from: 100, to: \(end)}" : ""
    let minimum = random.next(3) == 0 ? ", minimum: \(number(&random, 100))" : ""
    let times = random.next(3) == 0 ? ", times: [1.\(number(&random, 100))]" : ""
    var caps: [String] = []
    if random.next(2) == 0 {
      made.award = number(&random, 20_000)
      caps.append("{per: award, at: \(made.award ?? 0)}")
    }
    if random.next(2) == 0 {
      made.year = number(&random, 40_000)
      caps.append("{per: year, at: \(made.year ?? 0)}")
    }
    let benefit = "{name: b, base: sum(x)\(gate)\(window)\(deductible), \(formula)\(times)\(minimum)}"
    let unit = ["0.01", "0.1", "1", "10"][Int(random.next(4))]
    made.yaml = Fixture.plain(
      benefit, more: "caps: [\(caps.joined(separator: ", "))]\nround: {to: \(unit), mode: down}")
    return made
  }

  @Test func lawsHoldForEveryPolicy() throws {
    for seed: UInt64 in 1...400 {
      var random = Seeded(state: seed)
      let made = make(&random)
      let policy = try Fixture.policy(made.yaml)
      var before = PaidBefore()
      before.year = Money(fen: Int64(random.next(1_500_000)))
      for _ in 0..<5 {
        var rows = (0..<(1 + random.next(3))).map { _ in Int64(random.next(4_000_000)) }
        func result(_ rows: [Int64]) -> Assessment {
          policy.assess(
            Fixture.person(policy, rows.map { ["x": .money(Money(fen: $0))] }, paid: before))[0]
        }
        let low = result(rows)
        let amount = low.trace.result
        #expect(!amount.isNegative, "seed \(seed)")
        if let award = made.award { #expect(amount <= Rational(award), "seed \(seed)") }
        if let year = made.year {
          #expect(amount <= max(try Rational(year) - before.year.yuan, .zero), "seed \(seed)")
        }
        #expect(try low.trace.replayed() == amount, "seed \(seed)")
        #expect((low.outcome == .paid) == (amount > .zero), "seed \(seed)")
        #expect(result(rows.reversed()).trace.result == amount, "seed \(seed): order of rows")
        rows[0] += Int64(random.next(500_000))
        #expect(result(rows).trace.result >= amount, "seed \(seed): more cost, less aid")
      }
    }
  }

  @Test func theOrderOfClaimsDoesNotMatterToPriority() {
    for seed: UInt64 in 1...200 {
      var random = Seeded(state: seed)
      let claims = (0..<Int(2 + random.next(30))).map { i in
        RankedClaim(
          staffNo: "s\(i)", asked: Money(fen: Int64(1 + random.next(1_000_000))),
          rank: .number(Rational(Int64(random.next(4)))))
      }
      let descending = seed % 2 == 0
      let fund = Money(fen: Int64(random.next(UInt64(claims.reduce(0) { $0 + $1.asked.fen }))))
      let order = claims.indices.sorted { ($0 * 7919) % 31 < ($1 * 7919) % 31 }
      for partial in [true, false] {
        guard
          case .shared(let a) = claims.share(
            fund, .priority, payPartial: partial, descending: descending),
          case .shared(let b) = order.map({ claims[$0] }).share(
            fund, .priority, payPartial: partial, descending: descending)
        else {
          Issue.record("seed \(seed): a short fund is shared")
          continue
        }
        #expect(order.map { a[$0] } == b, "seed \(seed)")
        #expect(a.reduce(Money.zero, +) <= fund, "seed \(seed)")
      }
    }
  }
}

/// A claim on a fund with one key of `priority`.
struct RankedClaim {
  let staffNo: String
  let asked: Money
  let rank: PoolValue
}

extension [RankedClaim] {
  func share(_ fund: Money, _ rule: WhenShort, payPartial: Bool, descending: Bool = false) -> PoolResult {
    Pool.share(
      available: fund, among: map { PoolClaim(asked: $0.asked, least: nil) }, rule: rule,
      payPartial: payPartial
    ) {
      var keys = PoolKeys(descending: [descending])
      for claim in self { keys.append([claim.rank]) }
      return indices.sorted { a, b in
        let order = keys.order(a, b)
        return order != 0 ? order < 0 : self[a].staffNo.precedes(self[b].staffNo)
      }
    }
  }
}
