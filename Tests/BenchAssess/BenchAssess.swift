import AidModel
import AidPolicy

/// How many awards per second one core assesses, by amounts alone and with every step: `make bench-assess`.
@main struct BenchAssess {
  private static let yaml = """
    policy: bench
    programme: aid
    valid: {from: 2023-01-01}
    columns:
      - {name: kind, type: choice, choices: [门诊, 住院]}
      - {name: self_pay, type: money}
      - {name: discharged, type: date}
      - {name: family, type: integer}
    count:
      - {when: discharged in period, otherwise: 不在核算时段}
    eligible:
      - {when: family >= 1 and kind = '住院', otherwise: 不符合}
    benefits:
      - name: burden
        base: sum(self_pay)
        gate: base >= 5000
        marginal:
          - {from: 0, to: 5000, rate: 0%}
          - {from: 5000, to: 20000, rate: 50%}
          - {from: 20000, to: 50000, rate: 60%}
          - {from: 50000, to: 80000, rate: 65%}
          - {from: 80000, rate: 70%}
        times: [if family > 3 then 120% else 100%]
    caps: [{per: award, at: 30000}, {per: year, at: 50000}, {per: lifetime, at: 200000}]
    """

  /// The same burden said with what once was worked out by walking the policy: named values, a table, tiers that are
  /// worked out for each award, a benefit for some rows.
  private static let wide = """
    policy: wide
    programme: aid
    valid: {from: 2023-01-01}
    columns:
      - {name: kind, type: choice, choices: [门诊, 住院]}
      - {name: self_pay, type: money}
      - {name: discharged, type: date}
      - {name: family, type: integer}
    tables:
      - {name: factor, by: [family], rows: {'<2': 100%, '<4': 110%, else: 120%}}
    values:
      - {name: line, value: 500元 * 10}
      - {name: burden, value: sum(self_pay) / max(family)}
    benefits:
      - name: stay
        when: burden > 100
        count: kind = '住院'
        base: sum(self_pay)
        marginal:
          - {from: 0, to: line, rate: 0%}
          - {from: line, to: line * 4, rate: 50%}
          - {from: line * 4, rate: 60%}
        times: [factor(family)]
    caps: [{per: award, at: line * 6}, {per: year, at: 50000}]
    """

  /// Awards a second of the wide policy, by amounts alone and whole.
  private static func measureWide(
    _ common: [Column], _ year: Period, _ paid: [PaidBefore], _ count: Int
  ) throws {
    let policy = try Policy.load(
      yaml: wide, file: "wide.yaml", common: common, known: [], roleForHeading: { _ in nil })
    guard let quick = QuickAssessor(policy, roster: nil, period: year, payDate: year.to) else {
      return print("the wide policy has figures that are too wide")
    }
    let claims = table(policy.layout, count)
    let clock = ContinuousClock()
    var sum = Money.zero
    say(
      "values, tables and tiers worked out, by amounts alone", count,
      clock.measure {
        for i in 0..<count {
          quick.start()
          quick.add(claims[i])
          sum += quick.award(paid: paid[i])?.amount ?? .zero
        }
      })
    let some = max(1, count / 10)
    say(
      "the same whole, with every step", some,
      clock.measure {
        for i in 0..<some {
          let person = PersonCase(
            rows: [claims[i]], roster: nil, paid: paid[i], decisions: [nil], period: year, payDate: year.to,
            language: .zh)
          _ = policy.assess(person)
        }
      })
  }

  static func main() throws {
    let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
    let common = CommonColumn.allCases.map { Column(name: $0.columnName, type: $0.type, role: $0.role) }
    let policy = try Policy.load(
      yaml: yaml, file: "bench.yaml", common: common, known: [], roleForHeading: { _ in nil })
    guard let year = Period(from: CivilDate(dayNumber: 19_358), to: CivilDate(dayNumber: 19_722)),
      let quick = QuickAssessor(policy, roster: nil, period: year, payDate: year.to),
      let logging = QuickAssessor(policy, roster: nil, period: year, payDate: year.to, logging: .zh)
    else { return print("the policy is not covered") }
    let claims = table(policy.layout, count)
    let paid = history(count)
    let clock = ContinuousClock()
    func total(_ assessor: QuickAssessor) -> (sum: Money, known: Int) {
      var (sum, known) = (Money.zero, 0)
      for i in 0..<count {
        assessor.start()
        assessor.add(claims[i])
        guard let award = assessor.award(paid: paid[i]) else { continue }
        known += 1
        sum += award.amount
      }
      return (sum, known)
    }
    var (sum, known) = (Money.zero, 0)
    say("by amounts alone", count, clock.measure { (sum, known) = total(quick) })
    var logged = Money.zero
    say("logging every step", count, clock.measure { logged = total(logging).sum })
    let some = max(1, count / 10)
    var (traced, expected) = (Money.zero, Money.zero)
    let tracedTime = try clock.measure {
      for i in 0..<some {
        let person = PersonCase(
          rows: [claims[i]], roster: nil, paid: paid[i], decisions: [nil], period: year, payDate: year.to,
          language: .zh)
        let result = policy.assess(person)[0]
        if result.outcome == .paid { traced += try Money(yuan: result.trace.result, rounding: .down) }
      }
    }
    say("whole, with every step", some, tracedTime)
    try measureWide(common, year, paid, count)
    for i in 0..<some {
      quick.start()
      quick.add(claims[i])
      expected += quick.award(paid: paid[i])?.amount ?? .zero
    }
    print(
      "\(known) of \(count) known by amounts alone, \(sum.grouped) in all; all ways agree: "
        + "\(traced == expected && logged == sum)"
    )
  }

  private static func say(_ what: String, _ count: Int, _ time: Duration) {
    let microseconds = time.components.seconds * 1_000_000 + time.components.attoseconds / 1_000_000_000_000
    print("\(what): \(Int64(count) * 1_000_000 / max(microseconds, 1)) awards a second on one core")
  }

  /// Lists as sub-unions send them: one row per person with the usual columns filled in.
  private static func table(_ layout: Layout, _ count: Int) -> [Claim] {
    let source = SourceSheet(
      file: "list.xlsx", sheet: "S", columns: layout.columns.indices.map { Int32($0) }, layout: layout)
    var builder = ClaimTableBuilder(source)
    var state: UInt64 = 7
    func next(_ bound: UInt64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64((state >> 33) % bound)
    }
    let own = layout.columns.map(\.name)
    for i in 0..<count {
      let cells: [String: Value] = [
        "staff_no": .text("\(10_000_000 + i)"), "name": .text("测试\(i % 9973)"), "unit": .text("学院\(i % 50)"),
        "id_number": .text("42010019800101\(1000 + i % 9000)"),
        "account": .text("62000000\(10_000_000_000 + i)"),
        "kind": .text(next(10) == 0 ? "门诊" : "住院"), "self_pay": .money(Money(fen: next(12_000_000))),
        "discharged": .date(CivilDate(dayNumber: 19_340 + Int32(next(380)))),
        "family": .number(DecimalNumber(mantissa: 1 + next(6))),
      ]
      builder.append(row: Int32(i + 2), values: own.map { cells[$0] ?? .blank })
    }
    return builder.finish().claims
  }

  /// A third of the people received money before.
  private static func history(_ count: Int) -> [PaidBefore] {
    (0..<count).map { i in
      var paid = PaidBefore()
      if i % 3 == 0 {
        paid.year = Money(fen: Int64(i % 60_000) * 100)
        paid.lifetime = paid.year + Money(fen: Int64(i % 200_000) * 100)
        (paid.timesYear, paid.timesLifetime) = (1, 2)
      }
      return paid
    }
  }
}
