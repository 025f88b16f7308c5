import AidModel
import Testing

@testable import AidPolicy

/// A small random generator; every failure shows its seed.
struct Seeded {
  var state: UInt64
  mutating func next(_ bound: UInt64) -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) % bound
  }
}

/// Laws that hold for every person and every fund.
@Suite struct PolicyLaws {
  @Test func awardsAreBoundedMonotoneAndReplay() throws {
    let policy = try Fixture.policy(Fixture.plain(WorkedExamples.whu, more: WorkedExamples.whuCaps))
    for seed: UInt64 in 1...300 {
      var random = Seeded(state: seed)
      let fen = Int64(random.next(40_000_000))
      var before = PaidBefore()
      before.lifetime = Money(fen: Int64(random.next(25_000_000)))
      func result(_ fen: Int64) -> Assessment {
        policy.assess(Fixture.person(policy, [["x": .money(Money(fen: fen))]], paid: before))[0]
      }
      let (low, high) = (result(fen), result(fen + Int64(random.next(1_000_000))))
      #expect(low.trace.result >= .zero && low.trace.result <= Rational(50_000), "seed \(seed)")
      let left = max((try Rational(200_000) - before.lifetime.yuan), .zero)
      #expect(low.trace.result <= left, "seed \(seed)")
      #expect(low.trace.result <= high.trace.result, "seed \(seed)")
      #expect(try low.trace.replayed() == low.trace.result, "seed \(seed)")
    }
  }

  @Test func shufflingRowsChangesNothing() throws {
    let policy = try Fixture.policy(Fixture.plain(WorkedExamples.whu, more: WorkedExamples.whuCaps))
    for seed: UInt64 in 1...100 {
      var random = Seeded(state: seed)
      var rows = (0..<Int(2 + random.next(5))).map { _ in
        ["x": Value.money(Money(fen: Int64(random.next(6_000_000))))]
      }
      let first = policy.assess(Fixture.person(policy, rows))[0].trace.result
      rows.reverse()
      #expect(policy.assess(Fixture.person(policy, rows))[0].trace.result == first, "seed \(seed)")
    }
  }

  @Test func poolsAddUpExactly() {
    for seed: UInt64 in 1...300 {
      var random = Seeded(state: seed)
      let claims = (0..<Int(1 + random.next(40))).map { i in
        RankedClaim(
          staffNo: "s\(i)", asked: Money(fen: Int64(1 + random.next(5_000_000))),
          rank: .number(Rational(Int64(random.next(3)))))
      }
      let asked = claims.reduce(Money.zero) { $0 + $1.asked }
      let fund = Money(fen: Int64(random.next(UInt64(asked.fen))))
      for rule in [WhenShort.proRata, .priority] {
        guard
          case .shared(let amounts) = claims.share(fund, rule, payPartial: true)
        else {
          #expect(Bool(false), "seed \(seed)")
          continue
        }
        #expect(amounts.reduce(Money.zero, +) == fund, "seed \(seed) \(rule)")
        #expect(zip(amounts, claims).allSatisfy { $0 >= .zero && $0 <= $1.asked }, "seed \(seed) \(rule)")
      }
    }
  }
}

@Suite struct ExpressionMeanings {
  func value(_ text: String, _ row: [String: Value] = [:]) throws -> String {
    let policy = try Fixture.policy(Fixture.plain("{name: b, amount: 1}"))
    let names = NameTable(columns: policy.layout.columns, roster: PolicyReader.rosterTypes)
    let all: [ExpressionType] = [.money, .number, .text, .date, .span, .flag, .dynamic]
    let compiled: Compiled
    do {
      compiled = try Parser.compile(text, names: names, expecting: all).compiled
    } catch {
      return "\(error.offset): \(error.what.en)"
    }
    let person = Fixture.person(policy, [row])
    var scope = Scope(
      rows: person.rows, layout: policy.layout, roster: nil, paid: PaidBefore(), period: Fixture.year,
      payDate: Fixture.year.to)
    switch try scope.value(of: compiled).0 {
    case .number(let x): return "\(x)"
    case .text(let x): return x
    case .date(let x): return "\(x)"
    case .flag(let x): return "\(x)"
    case .span(let x): return "\(x.months)m\(x.days)d"
    case .elapsed(let from, let to): return "\(from)…\(to)"
    case .unknown(let name, _, _): return "unknown \(name)"
    }
  }

  @Test func meanings() throws {
    let x: [String: Value] = [
      "x": Fixture.money("10.00"), "kind": .text("甲"), "d": .date(CivilDate(iso: "2023-05-01")!),
    ]
    let cases = [
      ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("7 / 2", "3.5"), ("1 / 3", "1/3"), ("-2 + 5", "3"),
      ("25% * 8", "2"),
      ("not true or true", "true"), ("1 < 2 and 2 <= 2", "true"), ("kind = '甲'", "true"),
      ("kind in ['乙', '甲']", "true"),
      ("d in period", "true"), ("d + 1 month", "2023-06-01"), ("months(period.from, d)", "4"),
      ("days(d, pay_date)", "244"),
      ("if x > 5 then x * 2 else 0", "20"), ("若 x > 5 则 x * 2 否则 0", "20"),
      ("非 (kind = '乙') 且 x ≥ 10", "true"),
      ("min(x, 3)", "3"), ("max(1, 2, 9)", "9"), ("floor(7 / 2)", "3"), ("ceil(-7 / 2)", "-3"),
      ("floor(-7 / 2)", "-4"),
      ("abs(-3)", "3"), ("sum(x)", "10"), ("count()", "1"), ("求和(x)", "10"), ("any(kind = '甲')", "true"),
      ("n is blank", "true"),
      ("n 为空", "true"), ("coalesce(n, 4)", "4"), ("n + 1", "unknown n"), ("n > 1 or x = 10", "true"),
      ("n > 1 and x = 10", "unknown n"),
      ("x / 4", "2.5"), ("paid.year + 1", "1"), ("12 months", "12m0d"),
      ("years(2000-02-29, 2023-02-28)", "23"),
    ]
    for (text, expected) in cases {
      let got = try value(text, x)
      #expect(got == expected, "\(text) → \(got)")
    }
  }

  @Test func mistakesAreFoundWhereTheyStand() throws {
    let cases = [
      ("x * x", 2), ("kind > 3", 5), ("nonsense + 1", 0), ("1 +", 3), ("(1", 2), ("'甲", 0), ("x $ 2", 2),
      ("sum(sum(x))", 0),
      ("kind = '丙'", 5), ("d + 3", 2), ("2023-02-30", 0), ("awarded('p')", 8), ("if x > 1 then 2", 15),
      ("min()", 0), ("x y", 2),
    ]
    for (text, offset) in cases {
      let got = try value(text)
      #expect(got.hasPrefix("\(offset): "), "\(text) → \(got)")
    }
  }
}
