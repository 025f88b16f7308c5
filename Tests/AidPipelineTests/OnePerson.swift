import AidModel
import AidPipeline
import Foundation
import Testing

/// A person identified in every way that lists use is paid at most once, with all earlier payments counted,
/// or waits; and two people are never mistaken for one.
@Suite struct OnePerson {
  /// A way in which a list may identify a person.
  struct Writing: Sendable, CustomStringConvertible {
    let description: String
    let staffNo: String
    let id: String
    var hasStaffNo: Bool { !staffNo.isEmpty }
    var hasID: Bool { !id.isEmpty }
    /// Without a roster only the name links the two.
    func isApart(from other: Writing) -> Bool {
      !(hasStaffNo && other.hasStaffNo) && !(hasID && other.hasID)
    }
  }

  /// A person with unique numbers.
  struct Somebody: Sendable {
    let number: Int
    var staffNo: String { String("00120000".dropLast("\(number)".count)) + "\(number)" }
    var old: String { "420100700101" + String("000".dropLast("\(number)".count)) + "\(number)" }
    var id: String { OnePerson.extended(old) }
    var name: String { "王" + String(Unicode.Scalar(0x4E00 + UInt32(number))!) }
    var account: String { "62000000" + String("00000000".dropLast("\(number)".count)) + "\(number)" }
  }

  /// The 18-digit form of a 15-digit number.
  static func extended(_ old: String) -> String {
    let digits = Array(old.utf8).map { Int($0) - 48 }
    let all = digits[..<6] + [1, 9] + digits[6...]
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(all, weights).reduce(0) { $0 + $1.0 * $1.1 }
    return all.map(String.init).joined() + ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11]
  }

  static func fullWidth(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { Unicode.Scalar($0.value + 0xFEE0)! }))
  }

  static func writings(_ who: Somebody) -> [Writing] {
    let (staffNo, id, lost) = (who.staffNo, who.id, String(who.staffNo.dropFirst(2)))
    return [
      .init(description: "both", staffNo: staffNo, id: id),
      .init(description: "staff number", staffNo: staffNo, id: ""),
      .init(description: "ID number", staffNo: "", id: id),
      .init(description: "15 digits", staffNo: "", id: who.old),
      .init(description: "staff number and 15 digits", staffNo: staffNo, id: who.old),
      .init(description: "zeros lost", staffNo: lost, id: ""),
      .init(description: "zeros lost, ID number", staffNo: lost, id: id),
      .init(description: "floating point", staffNo: lost + ".0", id: ""),
      .init(description: "full width", staffNo: fullWidth(staffNo), id: ""),
      .init(description: "full-width ID number", staffNo: "", id: fullWidth(id)),
      .init(description: "lower case", staffNo: "", id: id.lowercased()),
      .init(description: "apostrophe and spaces", staffNo: "'0012 " + staffNo.dropFirst(4), id: ""),
    ]
  }

  /// A person written in two ways; one pair for each combination.
  struct Pair: CustomStringConvertible {
    let who: Somebody
    let one: Writing
    let other: Writing
    var description: String { "\(one) and \(other)" }
  }

  static let pairs: [Pair] = {
    let count = writings(Somebody(number: 1)).count
    return (0..<(count * count)).map { number in
      let who = Somebody(number: number + 1)
      let all = writings(who)
      return Pair(who: who, one: all[number / count], other: all[number % count])
    }
  }()

  static let wang = Somebody(number: 1)
  static let (staffNo, id, account) = (wang.staffNo, wang.id, wang.account)
  static let ways = writings(wang)

  static let policy = """
    policy: p-1
    programme: aid
    valid: {from: 2023-01-01, to: 2023-12-31}
    columns:
      - {name: cost, type: money, heading: [金额]}
    caps: [{per: year, at: 50000}]
    benefits:
      - {name: b, amount: sum(cost)}
    """

  static let heading = "工号,姓名,身份证号,银行卡号,金额\n"

  static func row(_ writing: Writing, of who: Somebody = wang, account: String? = nil, cost: Int = 500)
    -> String
  {
    "\(writing.staffNo),\(who.name),\(writing.id),\(account ?? who.account),\(cost)\n"
  }

  /// A batch of the given lists, with additional files.
  static func run(
    _ lists: [(name: String, text: String)], policy: String = policy, lines: String = "",
    beside: [(name: String, text: String)] = []
  ) throws -> BatchReport {
    let scratch = try Scratch()
    let files = lists.map(\.name).joined(separator: ", ")
    try scratch.write(
      "b/batch.yaml",
      BadInput.batch.replacing("[a.csv]", with: "[\(files)]").replacing(
        "applications:", with: lines + "\napplications:"))
    try scratch.write("b/p.yaml", policy)
    for (name, text) in lists + beside { try scratch.write("b/" + name, text) }
    return try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse)).report
  }

  /// Everyone in the pairs, and one more member.
  static let roster = (
    line: "roster: [r.csv]",
    file: (
      name: "r.csv",
      text: "工号,姓名,身份证号\n00129999,赵六,420100199001011233\n"
        + pairs.map { "\($0.who.staffNo),\($0.who.name),\($0.who.id)\n" }.joined()
    )
  )

  /// What each person in the pairs is paid, by name; those who wait are missing.
  static func paid(_ report: BatchReport) -> [String: Money] {
    var paid: [String: Money] = [:]
    for entry in report.book.entries where entry.outcome == .paid {
      paid[report.book.claimant(of: entry).name, default: .zero] += entry.amount
    }
    return paid
  }

  @Test(arguments: [true, false], [true, false])
  func inTwoListsOrTwiceInOneNobodyIsPaidTwice(_ hasRoster: Bool, _ areTwoLists: Bool) throws {
    let one = Self.pairs.map { Self.row($0.one, of: $0.who) }.joined()
    let other = Self.pairs.map { Self.row($0.other, of: $0.who) }.joined()
    let lists =
      areTwoLists
      ? [("a.csv", Self.heading + one), ("b.csv", Self.heading + other)]
      : [("a.csv", Self.heading + one + other)]
    let report = try Self.run(
      lists, lines: hasRoster ? Self.roster.line : "", beside: hasRoster ? [Self.roster.file] : [])
    let paid = Self.paid(report)
    for pair in Self.pairs { #expect(paid[pair.who.name] == nil, "\(pair)") }
    #expect(report.totals.held == Self.pairs.count * 2)
  }

  @Test(arguments: [true, false], [true, false])
  func whatWasPaidBeforeCounts(_ hasRoster: Bool, _ hasNames: Bool) throws {
    let history = Self.pairs.map {
      "aid,\($0.other.staffNo),\($0.other.id),\(hasNames ? $0.who.name : ""),49900,2023-03-01\n"
    }
    let report = try Self.run(
      [("a.csv", Self.heading + Self.pairs.map { Self.row($0.one, of: $0.who) }.joined())],
      lines: "history: [h.csv]" + (hasRoster ? "\n" + Self.roster.line : ""),
      beside: [("h.csv", "programme,staff_no,id_number,姓名,amount,paid_on\n" + history.joined())]
        + (hasRoster ? [Self.roster.file] : []))
    let paid = Self.paid(report)
    for pair in Self.pairs {
      let amount = paid[pair.who.name]
      // Without roster and name nothing links the two numbers, which is reported.
      if !hasRoster, !hasNames, pair.one.isApart(from: pair.other) { continue }
      #expect(amount == Money(fen: 10_000) || (!hasRoster && amount == nil), "\(pair)")
    }
    let notes = report.findings.filter { $0.kind.code == "PERSON-UNSURE" && $0.kind.severity == .note }
    #expect(notes.count == (hasRoster || hasNames ? 0 : 2))
  }

  @Test(arguments: [true, false])
  func aDecisionIsThePersons(_ hasRoster: Bool) throws {
    let policy = Self.policy.replacing(
      "{name: b, amount: sum(cost)}", with: "{name: b, table: {by: kind, rows: {甲: [100, 1000]}}}"
    ).replacing("columns:", with: "columns:\n  - {name: kind, type: choice, choices: [甲], heading: [类别]}")
    let pairs = Self.pairs.filter(\.other.hasStaffNo)
    let rows = pairs.map { Self.row($0.one, of: $0.who).dropLast() + ",甲\n" }
    let decisions = pairs.map { "aid,\($0.other.staffNo),300\n" }
    let report = try Self.run(
      [("a.csv", "工号,姓名,身份证号,银行卡号,金额,类别\n" + rows.joined())], policy: policy,
      lines: "decisions: [d.csv]" + (hasRoster ? "\n" + Self.roster.line : ""),
      beside: [("d.csv", "项目,工号,金额\n" + decisions.joined())] + (hasRoster ? [Self.roster.file] : []))
    let paid = Self.paid(report)
    for pair in pairs {
      let amount = paid[pair.who.name]
      #expect(amount == Money(fen: 30_000) || (!hasRoster && amount == nil), "\(pair)")
    }
  }

  /// Each pair has its own spouse, who names it in the second way.
  @Test(arguments: [true, false])
  func aCoupleIsOneHousehold(_ hasRoster: Bool) throws {
    let policy = Self.policy.replacing("caps:", with: "one_per_household: true\ncaps:")
    let pairs = Self.pairs.filter(\.other.hasID)
    let spouses = pairs.map { Somebody(number: $0.who.number + 400) }
    let rows = zip(pairs, spouses).map { pair, spouse in
      Self.row(pair.one, of: pair.who).dropLast() + ",,\n"
        + Self.row(Self.writings(spouse)[0], of: spouse).dropLast() + ",\(pair.who.name),\(pair.other.id)\n"
    }
    let roster = (
      name: "r.csv",
      text: Self.roster.file.text + spouses.map { "\($0.staffNo),\($0.name),\($0.id)\n" }.joined()
    )
    let report = try Self.run(
      [("a.csv", "工号,姓名,身份证号,银行卡号,金额,配偶姓名,配偶身份证号\n" + rows.joined())], policy: policy,
      lines: hasRoster ? Self.roster.line : "", beside: hasRoster ? [roster] : [])
    let paid = Self.paid(report)
    for (pair, spouse) in zip(pairs, spouses) {
      let both = [paid[pair.who.name], paid[spouse.name]].compactMap { $0 }
      #expect(both == [Money(fen: 50_000)] || (!hasRoster && both.isEmpty), "\(pair)")
    }
  }

  /// The roster's own staff numbers were in number cells.
  @Test func aRosterThatLostItsZerosKnowsItsMembers() throws {
    let people = Self.pairs[..<Self.ways.count].enumerated().map {
      Pair(who: $1.who, one: Self.writings($1.who)[$0], other: $1.other)
    }
    let roster = (
      "r.csv",
      "工号,姓名,身份证号\n" + people.map { "\($0.who.staffNo.dropFirst(2)),\($0.who.name),\($0.who.id)\n" }.joined()
    )
    let report = try Self.run(
      [("a.csv", Self.heading + people.map { Self.row($0.one, of: $0.who) }.joined())],
      lines: "roster: [r.csv]",
      beside: [roster])
    let paid = Self.paid(report)
    for pair in people { #expect(paid[pair.who.name] == Money(fen: 50_000), "\(pair.one)") }
    // A different name or ID number means a different person.
    let strangers = "00120001,赵六,,\(Self.account),500\n00120002,王二,420100199001011233,6200000000000018,500\n"
    let others = try Self.run(
      [("a.csv", Self.heading + strangers)], lines: "roster: [r.csv]", beside: [roster])
    #expect(others.book.paid == .zero && others.totals.held == 2)
  }

  @Test(arguments: [true, false])
  func twoPeopleStayTwo(_ hasRoster: Bool) throws {
    // Twins with the same name; a son with another name and his own account.
    let list =
      Self.heading + "00120001,王五,\(Self.id),6200000000000000075,500\n"
      + "00120003,王五,\(Somebody(number: 5).id),6200000000000000018,500\n"
      + "00120002,赵六,420100199001011233,6200000000000000026,500\n"
    let roster =
      "工号,姓名,身份证号\n00120001,王五,\(Self.id)\n00120003,王五,\(Somebody(number: 5).id)\n"
      + "00120002,赵六,420100199001011233\n"
    let report = try Self.run(
      [("a.csv", list)], lines: hasRoster ? "roster: [r.csv]" : "",
      beside: hasRoster ? [("r.csv", roster)] : [])
    #expect(report.totals.paid == 3 && report.book.entries.count == 3)
    #expect(report.book.paid == Money(fen: 150_000), "\(report.findings.map(\.kind.code))")
  }

  @Test func anAccountOfSeveralPeopleWaitsUnlessTheyAreAHousehold() throws {
    let father = "00120001,王五,\(Self.id),\(Self.account),500"
    let son = "00120002,王六,420100199001011233,\(Self.account),500"
    let heading = "工号,姓名,身份证号,银行卡号,金额,户名,与申请人关系,配偶身份证号\n"
    func run(_ ofFather: String, _ ofSon: String) throws -> BatchReport {
      try Self.run([("a.csv", heading + father + ofFather + "\n" + son + ofSon + "\n")])
    }
    let apart = try run(",,,", ",,,")
    #expect(apart.totals.held == 2 && apart.findings.filter { $0.kind.code == "ACCOUNT-SHARED" }.count == 2)
    for (ofFather, ofSon) in [(",,,", ",王五,父亲,"), (",,,420100199001011233", ",,,")] {
      let family = try run(ofFather, ofSon)
      let shared = family.findings.filter { $0.kind.code == "ACCOUNT-SHARED" }
      #expect(family.totals.paid == 2 && shared.map(\.kind.severity) == [.note])
    }
  }

  /// A person with two accounts waits until someone says which to use.
  @Test func onePersonWithTwoAccountsWaits() throws {
    let (a, b) = (Self.ways[0], Self.ways[3])
    let other = Self.row(b, account: "6200000000000000018", cost: 700)
    let report = try Self.run([("a.csv", Self.heading + Self.row(a)), ("b.csv", Self.heading + other)])
    #expect(report.totals.held == 2)
    #expect(
      report.findings.filter { $0.kind.code == "PERSON-CONFLICT" }.map(\.column) == ["account", "account"])
  }

  /// A number combined with two others merges no one: all three rows wait.
  @Test func contradictionsMergeNobody() throws {
    let (second, third) = ("420100199001011233", Somebody(number: 5).id)
    let list =
      Self.heading + "1001,王五,\(Self.id),6200000000000000075,500\n1002,赵六,\(second),6200000000000000018,500\n"
      + "1001,王五,\(second),6200000000000000075,700\n1003,孙七,\(third),6200000000000000026,500\n"
    let report = try Self.run([("a.csv", list)])
    #expect(report.totals.held == 3 && report.totals.paid == 1)
    let rows = report.findings.filter { $0.kind.code == "PERSON-CONFLICT" }.map(\.place.row)
    #expect(Set(rows) == [2, 3, 4])
  }

  /// A third row links two that have one number each.
  @Test func aThirdRowTiesTwo() throws {
    let rows = [
      Self.row(Self.ways[1], cost: 100), Self.row(Self.ways[2], cost: 200),
      Self.row(Self.ways[4], cost: 300),
    ]
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
      let report = try Self.run([("a.csv", Self.heading + order.map { rows[$0] }.joined())])
      #expect(report.book.entries.count == 1 && report.book.paid == Money(fen: 60_000), "\(order)")
    }
  }

  /// Without a roster only the names can separate numbers that differ by zeros or case.
  @Test func numbersThatLookAlikeArePointedOut() throws {
    for (a, b) in [("120001", "00120001"), ("t2001", "T2001")] {
      for (name, severity) in [("王五", Severity.hold), ("赵六", .note)] {
        let list = "工号,姓名,金额\n\(a),王五,500\n\(b),\(name),700\n"
        let report = try Self.run([("a.csv", list)])
        let found = report.findings.filter { $0.kind.code == "PERSON-UNSURE" }.map(\.kind.severity)
        #expect(found == [severity, severity], "\(a) \(b) \(name)")
      }
    }
  }

  /// A payment with one person's staff number and another's ID number is the other's; the first one waits.
  @Test func aPaymentThatContradictsIsNotPassedOver() throws {
    let history =
      "programme,staff_no,id_number,amount,paid_on\naid,00120001,420100199001011233,49900,2023-03-01\n"
    let list =
      Self.heading + Self.row(Self.ways[0]) + "00120002,赵六,420100199001011233,6200000000000000018,500\n"
    let report = try Self.run(
      [("a.csv", list)], lines: "history: [h.csv]", beside: [("h.csv", history)])
    #expect(report.book.paid == Money(fen: 10_000) && report.totals.held == 1)
  }

  @Test func explainingFindsThePersonHoweverTheNumberIsTyped() throws {
    let scratch = try Scratch()
    try scratch.write("b/batch.yaml", BadInput.batch)
    try scratch.write("b/p.yaml", Self.policy)
    try scratch.write("b/a.csv", Self.heading + Self.row(Self.ways[0]))
    for typed in Self.ways.flatMap({ [$0.staffNo, $0.id] }) where !typed.isEmpty {
      let found = try Explaining.find(
        scratch.request(scratch.path + "/b"), Explaining.Question(staffNo: typed))
      #expect(found.text.contains(Self.wang.name), "\(typed)")
    }
  }
}
