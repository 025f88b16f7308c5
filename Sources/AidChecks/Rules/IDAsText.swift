import AidModel

struct IDAsText: NotedRule {
  static let kind = FindingKind(
    code: "ID-AS-NUMBER", severity: .hold,
    title: Bilingual(
      "证件号存成了数字",
      "ID number stored as a number"),
    message: Bilingual(
      "“{1}”存成了数字，末几位已经丢失",
      "'{1}' is stored as a number; its last digits are lost"),
    why: Bilingual(
      "表格只保留 15 位数字，丢了的补不回来。",
      "A spreadsheet keeps 15 digits; the rest is gone."),
    remedy: Bilingual(
      "请把这一列设为文本格式，重新填写。",
      "Format the column as text and type the number again."),
    example: "4.20100199001E+17")

  static let examples: [RuleExample] = [
    .passes(["id_number": "420100199001011233"]),
    .flagged(["id_number": "‹420100199001011000›"]),
    .flagged(["id_number": "4.20100199001E+17"]),
  ]

  static let note = FieldNotes.identifierAsNumber

  static func concerns(_ column: Column) -> Bool { column.role == .idNumber }
}
