import AidModel

struct AccountNotShared: BatchRule {
  static let kind = FindingKind(
    code: "ACCOUNT-SHARED", severity: .hold,
    title: Bilingual(
      "几个人用同一账号",
      "One account for several people"),
    message: Bilingual(
      "账号 {1} 也用于 {2}",
      "Account {1} is also used at {2}"),
    why: Bilingual(
      "填错或重复申报时，两份钱会到一个人手里。",
      "By a mistake, or where one person applies twice, one would get the money of both."),
    remedy: Bilingual(
      "请核对户名；是一家人的，请在名单中写配偶证件号，或写户名和与申请人关系。",
      "Check the holder; of a family give the spouse's ID number, or the holder and the relation."),
    example: "两个人填了同一个账号")

  /// Shares the code: within a household.
  static let householdKind = FindingKind(
    code: kind.code, severity: .note, title: kind.title, message: kind.message,
    why: Bilingual("家人代收常见，写明了关系就照发。", "Family members often share one; where they say so it is paid."),
    remedy: Bilingual("不用处理。", "Nothing to do."), example: "夫妻同卡")

  static let otherKinds = [householdKind]

  static let examples: [RuleExample] = [
    .passes(
      ["staff_no": "00120001", "account": "6200000000000000018"],
      ["staff_no": "00120001", "account": "6200000000000000018"]),
    .passes(
      ["staff_no": "00120002", "account": "6200000000000000018"],
      ["id_number": "420100700101003", "account": "6200000000000000018"]),
    .flagged(
      ["staff_no": "00120001", "account": "6200000000000000018"],
      ["staff_no": "00120002", "account": "6200000000000000018"]),
  ]

  private let facts: BatchFacts
  private let persons: Persons
  private var sharing = TextGrouping()

  init(facts: BatchFacts, persons: Persons) { (self.facts, self.persons) = (facts, persons) }

  mutating func see(_ claim: Claim, number: Int) {
    if let own = claim.hash(of: .account) { return sharing.add(own, number: number) }
    let known = account(claim)
    if !known.isEmpty { sharing.add(FNV.wideHash(known), number: number) }
  }

  /// The payee's account: the row's, else the roster's.
  private func account(_ claim: Claim) -> String {
    let own = claim.text(.account)
    return own.isEmpty ? claim.member(of: facts.roster)?.text(named: "account") ?? "" : own
  }

  func finish(_ claims: [Claim]) -> [Finding] {
    sharing.groups { account(claims[$0]) }.flatMap { group -> [Finding] in
      let people = Set(group.map { persons.person(ofClaim: $0) })
      if people.count == 1 { return [] }
      if isHousehold(group, claims) {
        let first = persons.person(ofClaim: group[0])
        return group.filter { persons.person(ofClaim: $0) != first }.map {
          finding(Self.householdKind, $0, group[0], claims)
        }
      }
      return group.map { number in
        let other = group.first { persons.person(ofClaim: $0) != persons.person(ofClaim: number) }
        return finding(Self.kind, number, other ?? group[0], claims)
      }
    }
  }

  private func finding(_ kind: FindingKind, _ number: Int, _ other: Int, _ claims: [Claim]) -> Finding {
    let column = CommonColumn.account.rawValue
    return Finding(
      kind, at: claims[number].place(ofColumn: column), column: "account",
      [Masking.account(account(claims[number])), "\(claims[other].place(ofColumn: column))"])
  }

  /// Whether the rows show that the users of the account belong together: they are each other's spouses, or
  /// state how the holder is related to them.
  private func isHousehold(_ group: [Int], _ claims: [Claim]) -> Bool {
    let unrelated = group.filter { !Self.namesRelation(claims[$0]) }
    var left = Set(unrelated.map { persons.person(ofClaim: $0) })
    guard let first = left.first else { return true }
    // Each person has a spouse or two; anyone not reachable from the first is unrelated.
    var links: [Int: Set<Int>] = [:]
    for number in unrelated {
      let person = persons.person(ofClaim: number)
      for spouse in persons.spouses(ofClaim: number) {
        links[person, default: []].insert(spouse)
        links[spouse, default: []].insert(person)
      }
    }
    var reached = [first]
    while let person = reached.popLast() {
      if left.remove(person) != nil { reached += links[person] ?? [] }
    }
    return left.isEmpty
  }

  private static func namesRelation(_ claim: Claim) -> Bool {
    let relation = TextKey.of(claim.text(.payeeRelation))
    return !relation.isEmpty && !["本人", "自己", "本人账户", "self"].contains { $0.sameScalars(as: relation) }
  }
}
