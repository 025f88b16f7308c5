import AidModel

@testable import AidPolicy

/// Writes random policies in the whole language, and people for them.
struct PolicyWriter {
  var random: Seeded
  /// The whole language: named values, tables, benefits that may be skipped, steps, decisions, figures that are worked
  /// out. Without it only what is explained by prepared words.
  var isWide = false

  mutating func one(_ choices: [String]) -> String { choices[Int(random.next(UInt64(choices.count)))] }
  mutating func chance(_ of: UInt64) -> Bool { random.next(of) == 0 }
  mutating func figure() -> String {
    one(["0", "100", "2000", "20000", "20000.01", "19999.99", "\(random.next(60_000))"])
  }

  mutating func money(_ depth: Int = 2) -> String {
    if isWide, chance(5) { return wideMoney() }
    if depth == 0 {
      return one([
        "x", "coalesce(x, 0)", "sum(x)", "max(x)", figure(), "paid.year", "paid.lifetime", "coalesce(y, x)",
      ])
    }
    let (a, b) = (money(depth - 1), money(depth - 1))
    switch random.next(12) {
    case 0: return "(\(a) + \(b))"
    case 1: return "(\(a) - \(b))"
    case 2: return "\(a) * \(one(["25%", "0.3", "1.2", "0.125"]))"
    case 3: return "\(a) / \(one(["3", "7", "n", "2.5"]))"
    case 4: return "min(\(a), \(b))"
    case 5: return "max(\(a), \(b))"
    case 6: return "abs(\(a))"
    case 7: return "\(one(["floor", "ceil"]))(\(a))"
    case 8: return "if \(flag(depth - 1)) then \(a) else \(b)"
    case 9: return "sum(\(one(["x", "x * 0.5", "coalesce(x, 1)", "if kind = '甲' then x else 0"])))"
    case 10: return "-(\(a) - \(b))"
    default: return a
    }
  }

  mutating func number() -> String {
    one([
      "n", "count()", "count(kind = '甲')", "count(x > 100)", "times_paid.year", "times_paid.lifetime",
      "roster.contribution_years", "coalesce(roster.level, 2)", "days(d, pay_date)", "months(d, period.to)",
      "years(d, pay_date)", "\(random.next(5))",
    ])
  }

  mutating func flag(_ depth: Int = 2) -> String {
    if isWide, chance(6) { return wideFlag() }
    if depth > 0, chance(3) {
      return one([
        "(\(flag(depth - 1)) and \(flag(depth - 1)))", "(\(flag(depth - 1)) or \(flag(depth - 1)))",
        "not (\(flag(depth - 1)))",
      ])
    }
    let sign = one(["=", "!=", "<", "<=", ">", ">="])
    return one([
      "\(money(0)) \(sign) \(money(0))", "\(number()) \(sign) \(random.next(40))", "kind = '甲'",
      "kind != '乙'",
      "kind in ['甲', '乙']", "n in [1, 2, 3]", "d in period", "d \(sign) 2023-06-30",
      "d + 6 months \(sign) pay_date", "pay_date - d \(sign) 180 days", "x is blank", "y is not blank",
      "any(kind = '甲')", "all(x >= 100)", "max(d) \(sign) period.from", "min(x) \(sign) \(figure())", "ok",
      "roster.status = '在职'", "roster.grade >= 3", "roster.member_since \(sign) 2020-01-01",
      "category = '正式'",
      "period.to - roster.member_since >= 2 years",
    ])
  }

  private mutating func tiers() -> String {
    if isWide, chance(3) { return wideTiers() }
    var edges = (0..<(1 + random.next(5))).map { _ in Int64(random.next(60_000)) }.sorted()
    edges = edges.enumerated().filter { $0.offset == 0 || edges[$0.offset - 1] < $0.element }.map(\.element)
    return edges.indices.map { i in
      let end = i + 1 < edges.count ? edges[i + 1] : edges[i] + 5000
      let to = i + 1 < edges.count || chance(4) ? ", to: \(end)" : ""
      return "{from: \(edges[i])\(to), rate: \(one(["25%", "0.3", "12.5%", "0", "100%"]))}"
    }.joined(separator: ", ")
  }

  private mutating func bands(_ key: String) -> String {
    if isWide, chance(3) { return wideBands(key) }
    let edges = [1000, 20_000, 30_000 + Int64(random.next(9000))]
    return edges.indices.map { i in
      let high = i + 1 < edges.count ? ", \(i == 0 ? "le" : "lt"): \(edges[i + 1])" : ""
      let value = key == "rate" ? one(["10%", "0.25"]) : figure()
      return "{\(i == 1 ? "gt" : "ge"): \(edges[i])\(high), \(key): \(value)}"
    }.joined(separator: ", ")
  }

  private mutating func benefit(_ number: Int) -> String {
    if isWide, chance(4) { return ownSteps(number) }
    var keys = ["name: b\(number)", "base: \(one(["sum(x)", "x", money()]))"]
    if isWide { keys += conditions() }
    if chance(3) { keys.append("less: [{amount: \(money(0))}]") }
    if chance(2) { keys.append("gate: \(one(["base >= \(figure())", "base > \(figure())", flag()]))") }
    if chance(4) { keys.append("window: {from: 100, to: \(1000 + random.next(80_000))}") }
    if chance(4) { keys.append("deductible: \(one([figure(), money(0)]))") }
    if isWide, chance(3) {
      keys.append(decided())
      return "  - {\(keys.joined(separator: ", "))}"
    }
    switch random.next(6) {
    case 0: keys.append("rate: \(one(["25%", "0.333", "if n > 2 then 30% else 20%"]))")
    case 1: keys.append("marginal: [\(tiers())]")
    case 2: keys.append("whole: [\(bands("rate"))]")
    case 3: keys.append("bands: [\(bands("pays"))]")
    case 4:
      keys.append(
        "table: {"
          + one([
            "by: kind, rows: {甲: 3000, 乙: 1000.5}", "by: n, rows: {1: 100, 2.0: 200}", "by: ok, rows: {是: 7}",
          ])
          + "}")
    default: keys.append("amount: \(money())")
    }
    if chance(3) { keys.append("times: [\(one(["1.2", "0.5", "n", "if n > 3 then 120% else 80%"]))]") }
    if chance(3) { keys.append("minimum: \(isWide ? money(0) : "\(random.next(2000))")") }
    if isWide, chance(4) { keys.append("at_least: \(money(0))") }
    if chance(3) { keys.append("caps: [{per: \(one(["award", "year", "lifetime"])), at: \(money(0))}]") }
    if chance(4) { keys.append("offset: [{amount: \(money(0))}]") }
    return "  - {\(keys.joined(separator: ", "))}"
  }

  mutating func policy() -> String {
    var lines = ["policy: p", "programme: aid", "valid: {from: 2023-01-01}"]
    if chance(4) { lines.append("award_per: row") }
    lines += [
      "columns:", "  - {name: x, type: money}", "  - {name: y, type: money}",
      "  - {name: kind, type: choice, choices: [甲, 乙]}", "  - {name: d, type: date}",
      "  - {name: n, type: integer}", "  - {name: ok, type: flag, blank: 否}",
    ]
    if chance(3) { lines.append("count: [{when: \(flag(1)), otherwise: 不计}]") }
    if chance(2) { lines.append("eligible: [{when: \(flag()), otherwise: 否}]") }
    if isWide { lines += definitions() }
    lines.append("benefits:")
    for number in 0...Int(random.next(3)) { lines.append(benefit(number)) }
    if chance(2) {
      let caps = (0...Int(random.next(3))).map { _ in
        let unit = chance(4) ? ", unit: household" : ""
        return "{per: \(one(["award", "year", "lifetime"])), at: \(one([figure(), money(0)]))\(unit)}"
      }
      lines.append("caps: [\(caps.joined(separator: ", "))]")
    }
    if isWide, chance(4) {
      lines.append(
        "limit: [{per: year, times: 2, unit: household, clause: 七}, {per: {years: 3}, times: \(1 + random.next(4))}]"
      )
    } else if chance(4) {
      lines.append("limit: {per: \(one(["year", "lifetime"])), times: \(1 + random.next(3))}")
    }
    if chance(4) { lines.append("offset: [{amount: \(money(0))}]") }
    if isWide, chance(4) { lines.append("after: [other]") }
    let (to, mode) = (one(["0.01", "0.1", "1", "10", "100"]), one(["half_up", "half_even", "down", "up"]))
    lines.append("round: {to: \(to), mode: \(mode)}")
    return lines.joined(separator: "\n")
  }

  private mutating func row() -> [String: Value] {
    let fen = chance(4) ? 2_000_000 + Int64(random.next(3)) - 1 : Int64(random.next(8_000_000))
    var row: [String: Value] = [
      "x": .money(Money(fen: fen)), "kind": .text(one(["甲", "乙"])),
      "d": .date(CivilDate(dayNumber: 19_000 + Int32(random.next(700)))),
      "n": .number(DecimalNumber(mantissa: Int64(random.next(6)))), "ok": .flag(chance(2)),
    ]
    if chance(2) { row["y"] = .money(Money(fen: Int64(random.next(3_000_000)))) }
    if chance(3) { row["category"] = .text(one(["正式", "编外"])) }
    if chance(20) { row[one(["x", "d", "n", "kind"])] = chance(2) ? .unreadable : .blank }
    if isWide {
      row["id_number"] = .text(one(["42010019600101101X", "420100198512311010", "nonsense"]))
      row["remark"] = .text(one(["肿瘤", "良性", "甲", "x"]))
    }
    return row
  }

  mutating func person(_ policy: Policy) -> PersonCase {
    var rows = [row()]
    if chance(3) { rows += (0...Int(random.next(2))).map { _ in row() } }
    if chance(2) { rows = rows.map { $0.merging(rows[0]) { own, first in chance(8) ? own : first } } }
    var roster: [String: Value]?
    if !chance(5) {
      roster = [
        "contribution_years": .number(DecimalNumber(mantissa: Int64(random.next(5)))),
        "status": .text(one(["在职", "退休"])), "grade": .number(DecimalNumber(mantissa: Int64(random.next(6)))),
        "member_since": .date(CivilDate(dayNumber: 17_000 + Int32(random.next(3000)))),
      ]
      if chance(3) {
        roster?["level"] = chance(4) ? .text("甲") : .number(DecimalNumber(mantissa: 15, scale: 1))
      }
    }
    return with(roster, Fixture.person(policy, rows, roster: roster))
  }

  /// The person with earlier payments and a spouse's.
  private mutating func with(_ roster: [String: Value]?, _ person: PersonCase) -> PersonCase {
    var (paid, spouse) = (PaidBefore(), SpouseAwards())
    if chance(2) {
      paid.year = Money(fen: Int64(random.next(4_000_000)))
      paid.lifetime = paid.year + Money(fen: Int64(random.next(2_000_000)))
      (paid.timesYear, paid.timesLifetime) = (Int(random.next(2)), 1 + Int(random.next(2)))
    }
    if chance(3) {
      spouse.before = paid
      spouse.inBatch = Money(fen: Int64(random.next(1_000_000)))
    }
    var decisions = person.decisions
    var awarded: [AwardedElsewhere] = []
    if isWide {
      paid.dated = [
        PaidBefore.Dated(day: Fixture.year.from.adding(days: -Int(random.next(900))), amount: paid.year)
      ]
      paid.others = [PaidBefore.Other(programme: "other", paid: paid)]
      if chance(2) {
        awarded = [AwardedElsewhere(programme: "other", amount: chance(4) ? nil : paid.lifetime)]
      }
      decisions = person.rows.map { _ in
        chance(3)
          ? nil
          : Decision(
            amount: Money(fen: chance(5) ? 0 : Int64(random.next(900_000))), reason: "会议", decidedBy: "甲",
            decidedOn: nil, place: Place(file: "d.xlsx"))
      }
    }
    return PersonCase(
      rows: person.rows, roster: person.roster, paid: paid, spouse: spouse, awarded: awarded,
      decisions: decisions, period: person.period, payDate: person.payDate, language: .zh)
  }
}

/// Writes people for a policy's columns, with amounts at, just below and just above every figure in its text.
struct ClaimWriter {
  var random: Seeded
  let policy: Policy
  private let edges: [Int64]

  init(random: Seeded, policy: Policy, text: String) {
    (self.random, self.policy) = (random, policy)
    let figures = text.split { !($0.isNumber || $0 == ".") }.compactMap { Money(plain: String($0))?.fen }
    edges = Set(figures).sorted()
  }

  private mutating func pick<T>(_ all: [T]) -> T { all[Int(random.next(UInt64(all.count)))] }

  private mutating func value(of column: Column) -> Value {
    if column.blank == nil, random.next(40) == 0 { return .blank }
    switch column.type {
    case .money:
      if random.next(2) == 0 { return .money(Money(fen: max(0, pick(edges) + Int64(random.next(3)) - 1))) }
      return .money(Money(fen: Int64(random.next(30_000_000))))
    case .number, .integer: return .number(DecimalNumber(mantissa: Int64(random.next(40))))
    case .date: return .date(CivilDate(dayNumber: policy.validFrom.dayNumber + Int32(random.next(800)) - 200))
    case .choice: return .text(pick(column.choices))
    case .flag: return .flag(random.next(2) == 0)
    case .text, .automatic: return .text("甲")
    }
  }

  mutating func person() -> PersonCase {
    let count = random.next(4) == 0 ? 2 + Int(random.next(2)) : 1
    let rows = (0..<count).map { _ in
      var row: [String: Value] = ["category": .text("事业编"), "sex": .text(pick(["男", "女"]))]
      for column in policy.columns { row[column.name] = value(of: column) }
      return row
    }
    var roster: [String: Value] = [
      "contribution_years": .number(DecimalNumber(mantissa: Int64(random.next(4)))),
      "contribution_months": .number(DecimalNumber(mantissa: Int64(random.next(40)))),
      "member_since": .date(CivilDate(dayNumber: policy.validFrom.dayNumber - Int32(random.next(1000)))),
      "status": .text("在职"), "category": .text("会员"),
    ]
    for name in policy.rosterNames where random.next(8) > 0 { roster[name] = .text(pick(["是", "否"])) }
    var paid = PaidBefore()
    if random.next(3) == 0 {
      paid.year = Money(fen: pick(edges))
      paid.lifetime = paid.year + Money(fen: pick(edges))
      (paid.timesYear, paid.timesLifetime) = (1, 2)
    }
    let person = Fixture.person(policy, rows, roster: roster)
    let from = policy.validFrom
    return PersonCase(
      rows: person.rows, roster: person.roster, paid: paid,
      decisions: Array(repeating: nil, count: max(1, person.rows.count)),
      period: Period(from: from, to: from.adding(days: 364)) ?? Period(day: from),
      payDate: from.adding(days: 360), language: .zh)
  }
}
