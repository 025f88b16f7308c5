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
      "{1} differs from {2}"),
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

  private var byStaffNo: [ExactText: [Claim]] = [:]
  private var byID: [ExactText: [Claim]] = [:]

  init(facts: BatchFacts) {}

  mutating func see(_ claim: Claim) {
    let (staffNo, id) = (claim.text(.staffNo), claim.text(.idNumber))
    if !staffNo.isEmpty { byStaffNo[ExactText(staffNo), default: []].append(claim) }
    if !id.isEmpty { byID[ExactText(id), default: []].append(claim) }
  }

  func finish() -> [Finding] {
    var findings: [Finding] = []
    Self.compare(
      byStaffNo, [(.name, "姓名 name "), (.idNumber, "证件号 ID number "), (.account, "银行卡号 account ")], &findings)
    Self.compare(byID, [(.staffNo, "工号 staff number ")], &findings)
    return findings
  }

  private static func compare(
    _ groups: [ExactText: [Claim]], _ columns: [(CommonColumn, String)], _ findings: inout [Finding]
  ) {
    for key in groups.keys.sorted() {
      guard let claims = groups[key], claims.count > 1 else { continue }
      for (column, label) in columns {
        for claim in claims where !claim.text(column).isEmpty {
          let other = claims.first {
            !$0.text(column).isEmpty && !$0.text(column).sameScalars(as: claim.text(column))
          }
          guard let other else { continue }
          findings.append(
            Finding(
              kind, at: claim.place(ofColumn: column.rawValue), column: column.columnName,
              [label, "\(other.place(ofColumn: column.rawValue))"]))
        }
      }
    }
  }
}
