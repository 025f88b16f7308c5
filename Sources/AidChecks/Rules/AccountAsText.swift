import AidModel

struct AccountAsText: NotedRule {
  static let kind = FindingKind(
    code: "ACCOUNT-AS-NUMBER", severity: .hold,
    title: Bilingual(
      "银行卡号存成了数字",
      "Account stored as a number"),
    message: Bilingual(
      "“{1}”存成了数字，末几位已经丢失",
      "'{1}' is stored as a number; its last digits are lost"),
    why: Bilingual(
      "表格只保留 15 位数字，钱会汇错。",
      "A spreadsheet keeps 15 digits; the money would go astray."),
    remedy: Bilingual(
      "请把这一列设为文本格式，重新填写。",
      "Format the column as text and type the number again."),
    example: "6.2E+18")

  static let examples: [RuleExample] = [
    .passes(["account": "6200000000000000018"]),
    .flagged(["account": "‹6200000000000000000›"]),
  ]

  static let note = FieldNotes.identifierAsNumber

  static func concerns(_ column: Column) -> Bool { column.role == .account }
}
