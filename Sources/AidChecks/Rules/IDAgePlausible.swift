import AidModel

struct IDAgePlausible: RowRule {
  static let kind = FindingKind(
    code: "ID-AGE", severity: .note,
    title: Bilingual(
      "年龄少见",
      "Unusual age"),
    message: Bilingual(
      "按身份证号 {1}，年龄 {2} 岁",
      "By {1} the age is {2}"),
    why: Bilingual(
      "16 岁以下或 110 岁以上的职工少见。",
      "Staff under 16 or over 110 are rare."),
    remedy: Bilingual(
      "请核对号码。",
      "Check the number."),
    example: "出生 1900 年")

  static let examples: [RuleExample] = [
    .passes(["id_number": "420100199001011233"]),
    .flagged(["id_number": "420100190001011232"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    guard let birth = row.applicantID?.birthDate else { return }
    // Anyone who turns 17 this year is at least 16.
    if (17...110).contains(row.facts.payDate.year - birth.year) { return }
    let age = birth.months(to: row.facts.payDate) / 12
    guard age >= 0, !(16...110).contains(age) else { return }
    findings.append(row.findingOfID(Self.kind, column: CommonColumn.idNumber.rawValue, ["\(age)"]))
  }
}
