import AidModel

struct OnRoster: RowRule {
  static let kind = FindingKind(
    code: "NOT-ON-ROSTER", severity: .hold,
    title: Bilingual(
      "不在会员名册",
      "Not on the roster"),
    message: Bilingual(
      "名册中没有工号 {1}{2}",
      "Staff number {1} is not on the roster{3}"),
    why: Bilingual(
      "不是会员不能享受；也可能是工号写错。",
      "Only members are entitled; or the number is wrong."),
    remedy: Bilingual(
      "请核对工号与名册。",
      "Check the staff number and the roster."),
    example: "99999999")

  /// Shares the code, for a row without a staff number.
  static let byIDKind = FindingKind(
    code: kind.code, severity: .hold, title: kind.title,
    message: Bilingual("名册中没有证件号 {1}", "ID number {1} is not on the roster"), why: kind.why,
    remedy: Bilingual("请核对证件号与名册，并写上工号。", "Check the ID number and the roster, and give the staff number."),
    example: "只有身份证号，名册中没有")

  static let otherKinds = [byIDKind]

  static let examples: [RuleExample] = [
    .passes(["staff_no": "00120001", "name": "张三"]),
    .flagged(["staff_no": "99999999", "name": "张三"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    guard let roster = row.facts.roster else { return }
    if row.memberByNumber != nil || (row.bytes(.staffNo).isEmpty && row.bytes(.idNumber).isEmpty) { return }
    let staffNo = row.text(.staffNo)
    let byID = row.memberByID
    if staffNo.isEmpty {
      if byID == nil {
        findings.append(
          row.finding(
            Self.byIDKind, column: CommonColumn.idNumber.rawValue, [Masking.idNumber(row.text(.idNumber))]))
      }
      return
    }
    // Say what the clerk would search for: the number this ID belongs to, or the number with its zeros.
    var known = byID.map {
      let owner = $0.text(named: "staff_no")
      return Bilingual("（身份证号属于工号 \(owner)）", " (the ID belongs to \(owner))")
    }
    if byID == nil, let padded = StaffNumberRepair.candidate(staffNo, roster) {
      known = Bilingual("（名册中有 \(padded)，但姓名不同）", " (it has \(padded) under another name)")
    }
    findings.append(
      row.finding(
        Self.kind, column: CommonColumn.staffNo.rawValue,
        [staffNo, known?.zh ?? "", known?.en ?? ""]))
  }
}
