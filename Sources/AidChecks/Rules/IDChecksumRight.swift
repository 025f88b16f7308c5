import AidModel

struct IDChecksumRight: RowRule {
  static let kind = FindingKind(
    code: "ID-CHECKSUM", severity: .hold,
    title: Bilingual(
      "身份证号校验不符",
      "ID check digit wrong"),
    message: Bilingual(
      "身份证号 {1} 最后一位校验不符（18 位）",
      "The check digit of {1} is wrong (18 digits)"),
    why: Bilingual(
      "必有一位写错，可能是别人的号码。",
      "A digit is wrong; it may be somebody else."),
    remedy: Bilingual(
      "请与证件核对后更正。",
      "Compare with the card and correct it."),
    example: "4201**********1231")

  static let examples: [RuleExample] = [
    .passes(["id_number": "420100199001011233"]),
    .flagged(["id_number": "420100199001011231"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    row.forEachID { index, id in
      if !id.isCheckDigitRight { findings.append(row.findingOfID(Self.kind, column: index)) }
    }
  }
}
