import AidModel

struct IDBirthDatePossible: RowRule {
  static let kind = FindingKind(
    code: "ID-BIRTHDATE", severity: .hold,
    title: Bilingual(
      "身份证号中的出生日期不可能",
      "Impossible birth date in the ID number"),
    message: Bilingual(
      "身份证号 {1} 中没有这个出生日期",
      "{1} names a birth date that cannot be"),
    why: Bilingual(
      "必有一位写错。",
      "A digit is wrong."),
    remedy: Bilingual(
      "请与证件核对后更正。",
      "Compare with the card and correct it."),
    example: "出生 1990-02-30")

  static let examples: [RuleExample] = [
    .passes(["id_number": "420100199001011233"]),
    .flagged(["id_number": "420100199002301232"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    row.forEachID { index, id in
      guard id.kind != .document, id.kind != .unknown, id.birthDate.map({ $0 > row.facts.payDate }) ?? true
      else { return }
      findings.append(row.findingOfID(Self.kind, column: index))
    }
  }
}
