import AidModel

struct NameMatchesRoster: RowRule {
  static let kind = FindingKind(
    code: "NAME-MISMATCH", severity: .hold,
    title: Bilingual(
      "姓名与名册不一致",
      "Name differs from the roster"),
    message: Bilingual(
      "姓名“{1}”，名册中该工号是“{2}”",
      "The name is '{1}'; the roster has '{2}' under this number"),
    why: Bilingual(
      "工号或姓名写错，钱会发给别人。",
      "Number or name is wrong; the money would go to somebody else."),
    remedy: Bilingual(
      "请核对工号、姓名和身份证号。",
      "Check number, name and ID."),
    example: "张三 / 李四")

  static let examples: [RuleExample] = [
    .passes(["staff_no": "00120001", "name": "张三"]),
    .flagged(["staff_no": "00120001", "name": "李四"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    guard !row.bytes(.name).isEmpty, let entry = row.rosterEntry else { return }
    let (name, known) = (row.text(.name), entry.text(named: "name"))
    if known.isEmpty || known.sameScalars(as: name) { return }
    findings.append(row.finding(Self.kind, column: CommonColumn.name.rawValue, [name, known]))
  }
}
