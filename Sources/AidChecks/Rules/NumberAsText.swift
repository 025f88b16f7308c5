import AidModel

/// An identifier (staff, invoice, or of a policy's own) stored as a number.
struct NumberAsText: NotedRule {
  static let kind = FindingKind(
    code: "NUMBER-AS-NUMBER", severity: .hold,
    title: Bilingual(
      "号码存成了数字",
      "Identifier stored as a number"),
    message: Bilingual(
      "“{1}”存成了数字：{2}，有几位已经丢失",
      "'{1}' is stored as a number: {2}; digits are lost"),
    why: Bilingual(
      "丢了几位的号码可能是别人的。",
      "A number without some of its digits may be somebody else's."),
    remedy: Bilingual(
      "请把这一列设为文本格式，重新填写。",
      "Format the column as text and type the number again."),
    example: "工号：2.01E+09")

  static let examples: [RuleExample] = [
    .passes(["staff_no": "00120001"]),
    .flagged(["staff_no": "2.01E+09"]),
    .passes(["account": "‹6200000000000000000›"]),
  ]

  static let note = FieldNotes.identifierAsNumber

  static func concerns(_ column: Column) -> Bool {
    column.type == .text && column.role != .idNumber && column.role != .account
  }
}
