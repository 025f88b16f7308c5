import AidModel

/// Rows of one person disagree.
struct PersonConsistent: BatchRule {
  static let kind = FindingKind(
    code: "PERSON-CONFLICT", severity: .hold,
    title: Bilingual(
      "同一人的信息互相矛盾",
      "Rows of one person disagree"),
    message: Bilingual(
      "{1}与 {2} 不一致",
      "{3} differs from {2}"),
    why: Bilingual(
      "不知道哪一个是真的；可能是两个人。",
      "Which is true cannot be known; they may be two people."),
    remedy: Bilingual(
      "请核对姓名、工号、证件号和银行卡号。",
      "Check name, numbers and account."),
    example: "同一工号，两个姓名")

  static let examples: [RuleExample] = [
    .passes(
      ["staff_no": "00120001", "name": "张三"], ["staff_no": "00120001", "name": "张三", "self_pay": "1"]),
    .flagged(["staff_no": "00120001", "name": "张三"], ["staff_no": "00120001", "name": "李四"]),
  ]

  private var byStaffNo = Sharing()
  private var byID = Sharing()

  init(facts: BatchFacts) {}

  mutating func see(_ claim: Claim, number: Int) {
    byStaffNo.add(claim.hash(of: .staffNo), number: number)
    byID.add(claim.hash(of: .idNumber), number: number)
  }

  func finish(_ claims: [Claim]) -> [Finding] {
    let compared: [(CommonColumn, Bilingual)] = [
      (.name, Bilingual("姓名", "the name")), (.idNumber, Bilingual("证件号", "the ID number")),
      (.account, Bilingual("银行卡号", "the account")),
    ]
    let people = byStaffNo.groups { claims[$0].text(.staffNo) }
    let documents = byID.groups { claims[$0].text(.idNumber) }
    return people.flatMap { group in compared.flatMap { Self.compare(group, claims, $0.0, $0.1) } }
      + documents.flatMap { Self.compare($0, claims, .staffNo, Bilingual("工号", "the staff number")) }
  }

  /// Every row of the group that has the column filled, held against one that says otherwise.
  private static func compare(
    _ group: [Int], _ claims: [Claim], _ column: CommonColumn, _ label: Bilingual
  ) -> [Finding] {
    let filled = group.filter { !claims[$0].text(column).isEmpty }
    guard let first = filled.first,
      let second = filled.first(where: {
        !claims[$0].text(column).sameScalars(as: claims[first].text(column))
      })
    else { return [] }
    return filled.map { number in
      let claim = claims[number]
      let agrees = claim.text(column).sameScalars(as: claims[first].text(column))
      let other = claims[agrees ? second : first].place(ofColumn: column.rawValue)
      return Finding(
        kind, at: claim.place(ofColumn: column.rawValue), column: column.columnName,
        [label.zh, "\(other)", label.en])
    }
  }
}
