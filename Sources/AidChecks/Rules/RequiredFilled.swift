import AidModel

struct RequiredFilled: NotedRule {
  static let kind = FindingKind(
    code: "REQUIRED-BLANK", severity: .hold,
    title: Bilingual(
      "必填的格是空的",
      "A required cell is blank"),
    message: Bilingual(
      "“{1}”是空的",
      "'{1}' is blank"),
    why: Bilingual(
      "空白不等于 0，缺了它算不出金额。",
      "Blank is not zero; without it nothing can be computed."),
    remedy: Bilingual(
      "请与本人核对后补填。",
      "Ask the applicant and fill it in."),
    example: "自付金额：（空）")

  static let examples: [RuleExample] = [
    .passes(["self_pay": "100.00"]),
    .flagged(["self_pay": ""]),
    .flagged(["staff_no": "/"]), .flagged(["staff_no": "退休", "id_number": "420100199001011231"]),
    .passes(["staff_no": "—", "id_number": "420100199001011233"]),
    .passes(["staff_no": "退休", "id_number": "420100199001011233"]),
  ]

  static let note = FieldNotes.requiredBlank

  /// A person without a staff number is identified by a correct ID number.
  static func concerns(_ index: Int, of row: CheckedRow) -> Bool {
    index != CommonColumn.staffNo.rawValue || row.columns[index].required || !row.hasRightID
  }
}
