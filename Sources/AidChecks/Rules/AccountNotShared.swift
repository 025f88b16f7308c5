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

  private var first: [ExactText: (person: String, place: Place)] = [:]
  private var findings: [Finding] = []

  init(facts: BatchFacts) {}

  mutating func see(_ claim: Claim) {
    let account = claim.text(.account)
    let person = claim.text(.staffNo) + "\u{1F}" + (claim.text(.staffNo).isEmpty ? claim.text(.idNumber) : "")
    if account.isEmpty { return }
    let place = claim.place(ofColumn: CommonColumn.account.rawValue)
    if let other = first[ExactText(account)] {
      if other.person.sameScalars(as: person) { return }
      findings.append(
        Finding(Self.kind, at: place, column: "account", [Masking.account(account), "\(other.place)"]))
    } else {
      first[ExactText(account)] = (person, place)
    }
  }

  func finish() -> [Finding] { findings }
}
