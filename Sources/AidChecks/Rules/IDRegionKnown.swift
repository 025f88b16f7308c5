import AidModel

struct IDRegionKnown: RowRule {
  static let kind = FindingKind(
    code: "ID-REGION", severity: .note,
    title: Bilingual(
      "身份证号地区码不认识",
      "Region of the ID number unknown"),
    message: Bilingual(
      "身份证号 {1} 的前两位不是省级代码",
      "The first two digits of {1} are no province"),
    why: Bilingual(
      "可能写错。",
      "It may be mistyped."),
    remedy: Bilingual(
      "请与证件核对。",
      "Compare with the card."),
    example: "66…")

  static let examples: [RuleExample] = [
    .passes(["id_number": "420100199001011233"]),
    .flagged(["id_number": "660101199001011234"]),
    .flagged(["id_number": "990101199001011234"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    row.forEachID { index, id in
      if !id.isRegionKnown { findings.append(row.findingOfID(Self.kind, column: index)) }
    }
  }
}
