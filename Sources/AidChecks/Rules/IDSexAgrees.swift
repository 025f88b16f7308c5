import AidModel

struct IDSexAgrees: RowRule {
  static let kind = FindingKind(
    code: "ID-SEX", severity: .note,
    title: Bilingual(
      "性别与身份证号不一致",
      "Sex differs from the ID number"),
    message: Bilingual(
      "性别写“{1}”，身份证号是另一性别",
      "The sex says {1}, the ID number the other"),
    why: Bilingual(
      "号码或性别有一处写错。",
      "One of them is wrong."),
    remedy: Bilingual(
      "请核对。",
      "Check both."),
    example: "男 / 第 17 位为偶数")

  static let examples: [RuleExample] = [
    .passes(["id_number": "420100199001011213", "sex": "男"]),
    .flagged(["id_number": "420100199001011213", "sex": "女"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    guard let sex = row.applicantID?.sex else { return }
    let stated = row.bytes(.sex)
    let isMale = stated.isText("男") || stated.isText("男性") || stated.isText("M") || stated.isText("m")
    let isFemale = stated.isText("女") || stated.isText("女性") || stated.isText("F") || stated.isText("f")
    guard (isMale && sex == .female) || (isFemale && sex == .male) else { return }
    findings.append(row.finding(Self.kind, column: CommonColumn.sex.rawValue, [row.text(.sex)]))
  }
}
