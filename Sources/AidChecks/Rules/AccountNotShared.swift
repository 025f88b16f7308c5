import AidModel

/// One account for several people.
struct AccountNotShared: BatchRule {
  static let kind = FindingKind(
    code: "ACCOUNT-SHARED", severity: .note,
    title: Bilingual(
      "几个人用同一账号",
      "One account for several people"),
    message: Bilingual(
      "账号 {1} 也用于 {2}",
      "Account {1} is also used at {2}"),
    why: Bilingual(
      "家人代收常见，但也可能填错。",
      "Family members may share one; or it is a mistake."),
    remedy: Bilingual(
      "请核对户名。",
      "Check the holder."),
    example: "夫妻同卡")

  static let examples: [RuleExample] = [
    .passes(
      ["staff_no": "00120001", "account": "6200000000000000000"],
      ["staff_no": "00120001", "account": "6200000000000000000"]),
    .flagged(
      ["staff_no": "00120001", "account": "6200000000000000000"],
      ["staff_no": "00120002", "account": "6200000000000000000"]),
  ]

  private var sharing = Sharing()

  init(facts: BatchFacts) {}

  mutating func see(_ claim: Claim, number: Int) { sharing.add(claim.hash(of: .account), number: number) }

  func finish(_ claims: [Claim]) -> [Finding] {
    let column = CommonColumn.account.rawValue
    return sharing.groups { claims[$0].text(.account) }.flatMap { group -> [Finding] in
      let first = claims[group[0]]
      return group.dropFirst().map { claims[$0] }.filter { !Self.isSamePerson($0, first) }.map { claim in
        Finding(
          Self.kind, at: claim.place(ofColumn: column), column: "account",
          [Masking.account(claim.text(.account)), "\(first.place(ofColumn: column))"])
      }
    }
  }

  private static func isSamePerson(_ a: Claim, _ b: Claim) -> Bool {
    a.personKey.sameScalars(as: b.personKey)
  }
}
