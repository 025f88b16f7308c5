import AidModel

/// Two identities that may be one person, and no roster to tell.
struct PersonCertain: BatchRule {
  static let kind = FindingKind(
    code: "PERSON-UNSURE", severity: .hold,
    title: Bilingual("可能是同一个人", "It may be one person"),
    message: Bilingual("与 {1} 可能是同一个人：{2}", "It may be the person of {1}: {3}"),
    why: Bilingual("同一个人用两种身份各报一次，会领两份。", "One person under two identities would be paid twice."),
    remedy: Bilingual(
      "请核对；是同一人的，两处写上相同的工号和证件号；是两个人的，两处都写全工号和证件号，或在批次中给出会员名册。",
      "Check it; of one person give the same staff number and ID number in both places, of two give both numbers of "
        + "each, or name a members' roster in the batch."),
    example: "一处只有工号，一处只有证件号，姓名和账号相同")

  /// Shares the code: something suggests two people.
  static let noteKind = FindingKind(
    code: kind.code, severity: .note, title: kind.title, message: kind.message, why: kind.why,
    remedy: Bilingual("请确认是两个人；不是的请改正后重新运行。", "Make sure they are two; else correct it and run again."),
    example: "工号 120345 / 00120345，姓名不同")

  static let otherKinds = [noteKind]

  static let examples: [RuleExample] = [
    .passes(["staff_no": "1001", "name": "王五"], ["staff_no": "1002", "name": "王五"]),
    .passes(["staff_no": "1001", "name": "王五"], ["id_number": "420100199001011231", "name": "赵六"]),
    .flagged(
      ["staff_no": "1001", "name": "王五", "account": "6200000000000000075"],
      ["id_number": "420100199001011231", "name": "王五", "account": "6200000000000000075"]),
    .flagged(
      ["staff_no": "1001", "name": "王五", "phone": "13800000000"],
      ["staff_no": "1002", "name": "王五", "phone": "13800000000"]),
    .flagged(["staff_no": "1001", "name": "王五"], ["staff_no": "01001", "name": "王五"]),
    .flagged(["staff_no": "a1", "name": "王五"], ["staff_no": "A1", "name": "赵六"]),
    .flagged(["staff_no": "1001", "name": "王五"], ["staff_no": "1OO1", "name": "王五"]),
    .flagged(["staff_no": "1001", "name": "王五"], ["staff_no": "l00I", "name": "赵六"]),
    .flagged(["staff_no": "1001", "name": "王五"], ["id_number": "420100199001011231", "name": "王五"]),
  ]

  private let persons: Persons
  private let hasRoster: Bool
  private var byAccount = TextGrouping()
  private var byPhone = TextGrouping()

  init(facts: BatchFacts, persons: Persons) {
    (self.persons, hasRoster) = (persons, facts.roster != nil)
  }

  mutating func see(_ claim: Claim, number: Int) {
    if hasRoster { return }
    claim.withTexts(through: .account) { texts in
      if texts[.name].isEmpty { return }
      let name = FNV.wideHash(of: texts[.name], from: FNV.start)
      if !texts[.account].isEmpty {
        byAccount.add(FNV.wideHash(of: texts[.account], from: name), number: number)
      }
      if !texts[.phone].isEmpty { byPhone.add(FNV.wideHash(of: texts[.phone], from: name), number: number) }
    }
  }

  func finish(_ claims: [Claim]) -> [Finding] {
    if hasRoster { return [] }
    var pairs = Doubts(claims: claims)
    for (sharing, column, zh, en) in [
      (byAccount, CommonColumn.account, "姓名和账号相同", "the same name and account"),
      (byPhone, .phone, "姓名和电话相同", "the same name and telephone"),
    ] {
      let groups = sharing.groups { claims[$0].text(.name) + "\u{1F}" + claims[$0].text(column) }
      for group in groups {
        for number in group {
          if let other = group.first(where: { isOther($0, number) }) {
            pairs.add(number, other, .hold, Bilingual(zh, en))
          }
        }
      }
    }
    for (person, other) in persons.alike { addAlike(person, other, claims, to: &pairs) }
    addComplementary(claims, to: &pairs)
    return pairs.findings
  }

  private func isOther(_ a: Int, _ b: Int) -> Bool {
    persons.person(ofClaim: a) != persons.person(ofClaim: b)
  }

  private func addAlike(_ person: Int, _ other: Int, _ claims: [Claim], to doubts: inout Doubts) {
    let (own, others) = (persons.rows(of: person).map(Int.init), persons.rows(of: other).map(Int.init))
    guard let a = own.first, let b = others.first else { return }
    let (x, y) = (claims[a].text(.name), claims[b].text(.name))
    let severity: Severity = x.isEmpty || y.isEmpty || x.sameScalars(as: y) ? .hold : .note
    let why = Persons.alikeDifference
    for number in own { doubts.add(number, b, severity, why) }
    for number in others { doubts.add(number, a, severity, why) }
  }

  /// One is known only by staff number, the other only by ID number, with the same name.
  private func addComplementary(_ claims: [Claim], to doubts: inout Doubts) {
    let half = (0..<persons.applicantCount).filter { persons.hasStaffNo($0) != persons.hasIDNumber($0) }
    if !half.contains(where: persons.hasStaffNo) || !half.contains(where: persons.hasIDNumber) { return }
    var byName: [ExactText: [Int]] = [:]
    for person in half where persons.hasStaffNo(person) {
      for row in persons.rows(of: person) where !claims[Int(row)].text(.name).isEmpty {
        byName[ExactText(claims[Int(row)].text(.name)), default: []].append(Int(row))
      }
    }
    for person in half where persons.hasIDNumber(person) {
      for row in persons.rows(of: person).map(Int.init) {
        for other in byName[ExactText(claims[row].text(.name))] ?? [] {
          let severity = Self.severity(claims[row], claims[other])
          let why = Bilingual(
            "姓名相同，一处只有工号，一处只有证件号",
            "the same name, once with a staff number alone, once with an ID number alone")
          doubts.add(row, other, severity, why)
          doubts.add(other, row, severity, why)
        }
      }
    }
  }

  /// People with different accounts or telephones, in different units, are probably two.
  private static func severity(_ a: Claim, _ b: Claim) -> Severity {
    func differ(_ column: CommonColumn) -> Bool {
      let (x, y) = (a.text(column), b.text(column))
      return !x.isEmpty && !y.isEmpty && !x.sameScalars(as: y)
    }
    return (differ(.account) || differ(.phone)) && differ(.unit) ? .note : .hold
  }
}

/// Doubtful rows, each once: a reason to hold takes precedence over a note.
private struct Doubts {
  let claims: [Claim]
  private var rows: [Int: (other: Int, severity: Severity, why: Bilingual)] = [:]

  init(claims: [Claim]) { self.claims = claims }

  mutating func add(_ number: Int, _ other: Int, _ severity: Severity, _ why: Bilingual) {
    if let known = rows[number], known.severity >= severity { return }
    rows[number] = (other, severity, why)
  }

  var findings: [Finding] {
    rows.keys.sorted().compactMap { number in
      rows[number].map { doubt in
        Finding(
          doubt.severity == .hold ? PersonCertain.kind : PersonCertain.noteKind, at: claims[number].place,
          ["\(claims[doubt.other].place)", doubt.why.zh, doubt.why.en])
      }
    }
  }
}
