import AidModel
import Testing

@testable import AidPolicy

/// Published rules with amounts worked out by hand: the figures of real notices.
@Suite struct WorkedExamples {
  static let whu = """
    {name: b, base: sum(x), gate: base >= 20000,
        marginal: [{from: 20000, to: 30000, rate: 25%}, {from: 30000, to: 50000, rate: 30%}, {from: 50000, rate: 40%}]}
    """
  static let whuCaps = "caps: [{per: year, at: 50000}, {per: lifetime, at: 200000}]"

  @Test func wuhanUniversity2017() throws {
    let policy = try Fixture.policy(Fixture.plain(Self.whu, more: Self.whuCaps))
    let cases = [
      ("19999.99", "refused"), ("20000.00", "0.00"), ("30000.00", "2500.00"), ("30000.01", "2500.00"),
      ("50000.00", "8500.00"),
      ("60000.00", "12500.00"), ("153750.00", "50000.00"), ("200000.00", "50000.00"),
    ]
    for (base, pays) in cases { #expect(Fixture.pays(policy, base) == pays, "\(base)") }
    var before = PaidBefore()
    before.lifetime = Money(plain: "170000.00")!
    #expect(Fixture.pays(policy, "200000.00", paid: before) == "30000.00")
    before.lifetime = Money(plain: "200000.00")!
    #expect(Fixture.pays(policy, "60000.00", paid: before) == "0.00")
  }

  @Test func huzhou2015() throws {
    let policy = try Fixture.policy(
      Fixture.plain("{name: b, base: sum(x), deductible: 5000, rate: 60%, caps: [{per: award, at: 30000}]}"))
    for (base, pays) in [
      ("5000.00", "0.00"), ("5000.01", "0.01"), ("5700.00", "420.00"), ("55000.00", "30000.00"),
      ("80000.00", "30000.00"),
    ] {
      #expect(Fixture.pays(policy, base) == pays, "\(base)")
    }
    let down = try Fixture.policy(
      Fixture.plain(
        "{name: b, base: sum(x), deductible: 5000, rate: 60%}", more: "round: {to: 0.01, mode: down}"))
    #expect(Fixture.pays(down, "5000.01") == "0.00")
  }

  /// Five tiers with the edges that both cities use.
  static func fiveTiers(_ rates: [Int], _ more: String = "") -> String {
    let edges = [0, 5000, 10_000, 20_000, 30_000]
    let tiers = rates.indices.map { i in
      "{from: \(edges[i]), " + (i + 1 < edges.count ? "to: \(edges[i + 1]), " : "") + "rate: \(rates[i])%}"
    }
    return "{name: b, base: x, marginal: [\(tiers.joined(separator: ", "))]\(more)}"
  }

  @Test func yueyangAndZhangjiajie2014() throws {
    let yueyang = Self.fiveTiers([30, 35, 40, 45, 50], ", minimum: 50")
    let policy = try Fixture.policy(
      Fixture.plain(yueyang, more: "award_per: row\ncaps: [{per: year, at: 50000}]"))
    for (base, pays) in [
      ("120.00", "50.00"), ("0.00", "0.00"), ("6000.00", "1850.00"), ("40000.00", "16750.00"),
      ("5000.00", "1500.00"),
      ("10000.00", "3250.00"), ("20000.00", "7250.00"), ("30000.00", "11750.00"),
    ] { #expect(Fixture.pays(policy, base) == pays, "\(base)") }
    let stays = policy.assess(
      Fixture.person(policy, [["x": Fixture.money("6000.00")], ["x": Fixture.money("6000.00")]]))
    #expect(stays.map { Money(exactly: $0.trace.result)!.plain } == ["1850.00", "1850.00"])
    let other = try Fixture.policy(Fixture.plain(Self.fiveTiers([45, 50, 55, 60, 70])))
    for (base, pays) in [
      ("5000.00", "2250.00"), ("10000.00", "4750.00"), ("20000.00", "10250.00"), ("30000.00", "16250.00"),
    ] {
      #expect(Fixture.pays(other, base) == pays, "\(base)")
    }
  }

  @Test func wholeRatesAndBands() throws {
    let renmin = try Fixture.policy(Fixture.plain("{name: b, base: sum(x), whole: [{ge: 50000, rate: 30%}]}"))
    #expect(Fixture.pays(renmin, "49999.99") == "0.00" && Fixture.pays(renmin, "50000.00") == "15000.00")
    let yunnan = try Fixture.policy(
      Fixture.plain(
        "{name: b, base: sum(x), whole: [{ge: 100000, lt: 200000, rate: 20%}, {ge: 200000, rate: 40%}]}"))
    #expect(
      Fixture.pays(yunnan, "199999.99") == "40000.00" && Fixture.pays(yunnan, "200000.00") == "80000.00")
    let sanming = try Fixture.policy(
      Fixture.plain(
        "{name: b, base: sum(x), bands: [{ge: 10000, le: 20000, pays: 1500}, "
          + "{gt: 20000, le: 30000, pays: 3000}, {gt: 30000, pays: 6000}]}"
      ))
    for (base, pays) in [
      ("9999.99", "0.00"), ("10000.00", "1500.00"), ("20000.00", "1500.00"), ("20000.01", "3000.00"),
      ("30000.01", "6000.00"),
    ] {
      #expect(Fixture.pays(sanming, base) == pays, "\(base)")
    }
    let huangpu = try Fixture.policy(
      Fixture.plain("{name: b, base: sum(x), rate: 20%}", more: "caps: [{per: award, at: 50000}]"))
    #expect(
      Fixture.pays(huangpu, "250000.00") == "50000.00" && Fixture.pays(huangpu, "260000.00") == "50000.00")
  }

  @Test func separateCapsOfTwoBenefits() throws {
    let yaml = Fixture.plain(
      "{name: out, base: sum(if kind = '甲' then x else 0), rate: 30%, caps: [{per: award, at: 580}]}\n"
        + "  - {name: in, base: sum(if kind = '乙' then x else 0), rate: 30%, caps: [{per: award, at: 580}]}"
    )
    let policy = try Fixture.policy(yaml)
    let person = Fixture.person(
      policy,
      [
        ["x": Fixture.money("1500.00"), "kind": .text("甲")],
        ["x": Fixture.money("2500.00"), "kind": .text("乙")],
      ])
    #expect(policy.assess(person)[0].trace.result == Rational(1030))
  }

  @Test func yearlyRoomLeft() throws {
    let policy = try Fixture.policy(
      Fixture.plain(
        "{name: b, amount: sum(x)}", more: "caps: [{per: award, at: 3000}, {per: year, at: 6000}]"))
    var paid = PaidBefore()
    for (asked, pays) in [("3500.00", "3000.00"), ("3000.00", "3000.00"), ("1000.00", "0.00")] {
      #expect(Fixture.pays(policy, asked, paid: paid) == pays)
      paid.year += Money(plain: pays)!
    }
  }

  @Test func meansTest() throws {
    let yaml = Fixture.plain(
      "{name: b, amount: 1000}", more: "eligible: [{when: x / n < 900, otherwise: 超过}]")
    let policy = try Fixture.policy(yaml)
    for (disposable, outcome) in [("2100.00", RowOutcome.paid), ("2700.00", .refused)] {
      let person = Fixture.person(
        policy, [["x": Fixture.money(disposable), "n": .number(DecimalNumber(mantissa: 3))]])
      #expect(policy.assess(person)[0].outcome == outcome)
    }
    let nobody = Fixture.person(
      policy, [["x": Fixture.money("1.00"), "n": .number(DecimalNumber(mantissa: 0))]])
    #expect(policy.assess(nobody)[0].outcome == .held)
  }

  @Test func sharingShortFunds() {
    func claim(_ asked: String, _ record: String, _ rank: Int64) -> RankedClaim {
      RankedClaim(staffNo: record, asked: Money(plain: asked)!, rank: .number(Rational(rank)))
    }
    let three = [claim("3333", "a", 1), claim("3333", "b", 2), claim("3334", "c", 3)]
    let fund = Money(plain: "5000")!
    #expect(
      three.share(fund, .stop, payPartial: false) == .stopped(short: fund))
    #expect(
      three.share(fund, .proRata, payPartial: false)
        == .shared([Money(fen: 166_650), Money(fen: 166_650), Money(fen: 166_700)]))
    // Six of class 1, then class 4 by rank: the seventh gets the rest, the eighth nothing.
    let order =
      (1...6).map { claim("50000", "p\($0)", 1) } + (1...8).map { claim("30000", "q\($0)", Int64(1 + $0)) }
    guard
      case .shared(let amounts) = order.share(Money(plain: "500000")!, .priority, payPartial: true)
    else { return #expect(Bool(false)) }
    #expect(
      amounts[11] == Money(plain: "30000") && amounts[12] == Money(plain: "20000") && amounts[13] == .zero)
    #expect(amounts.reduce(Money.zero, +) == Money(plain: "500000"))
  }
}
