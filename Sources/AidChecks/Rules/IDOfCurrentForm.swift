import AidModel

struct IDOfCurrentForm: RowRule {
  static let kind = FindingKind(
    code: "ID-15-DIGIT", severity: .note,
    title: Bilingual(
      "15 位旧身份证号",
      "15-digit ID number"),
    message: Bilingual(
      "{1} 是 15 位旧号",
      "{1} is an old 15-digit number"),
    why: Bilingual(
      "旧号没有校验位，银行多不再接受。",
      "It has no check digit and banks rarely take it."),
    remedy: Bilingual(
      "请改填 18 位号码。",
      "Give the 18-digit number."),
    example: "420100900101123")

  static let examples: [RuleExample] = [
    .passes(["id_number": "420100199001011233"]),
    .flagged(["id_number": "420100900101123"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    row.forEachID { index, id in
      if id.kind == .old { findings.append(row.findingOfID(Self.kind, column: index)) }
    }
  }
}
