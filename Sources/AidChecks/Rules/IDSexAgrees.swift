import AidModel

/// Sex differs from the ID number.
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

  func check(_ row: CheckedRow, into findings: inout [Finding]) {
    guard let (_, id, _) = row.idNumbers.first(where: { $0.index == CommonColumn.idNumber.rawValue }),
      let sex = id.sex
    else { return }
    let stated = row.text(.sex)
    let isMale = ["男", "男性", "M", "m"].contains { $0.sameScalars(as: stated) }
    let isFemale = ["女", "女性", "F", "f"].contains { $0.sameScalars(as: stated) }
    guard (isMale && sex == .female) || (isFemale && sex == .male) else { return }
    findings.append(row.finding(Self.kind, column: CommonColumn.sex.rawValue, [stated]))
  }
}
