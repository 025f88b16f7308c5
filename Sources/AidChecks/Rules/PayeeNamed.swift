import AidModel

/// The account holder, said to be the applicant, has another name.
struct PayeeNamed: RowRule {
  static let kind = FindingKind(
    code: "PAYEE-NAME", severity: .note,
    title: Bilingual(
      "户名与姓名不同",
      "The holder has another name"),
    message: Bilingual(
      "户名“{1}”与姓名“{2}”不同，与申请人关系却写“{3}”",
      "The holder '{1}' is not called '{2}', and yet the relation is '{3}'"),
    why: Bilingual(
      "可能是别人的账户，银行也会退回户名不符的款项。",
      "It may be somebody else's account, and banks return what is sent under a wrong name."),
    remedy: Bilingual(
      "请核对户名和与申请人关系。",
      "Check the holder's name and the relation."),
    example: "姓名：张三，户名：王某某，关系：本人")

  static let examples: [RuleExample] = [
    .passes(["account": "6200000000000000018", "name": "张三", "account_name": "张三", "payee_relation": "本人"]),
    .passes(["account": "6200000000000000018", "name": "张三", "account_name": "李四", "payee_relation": "配偶"]),
    .flagged(["account": "6200000000000000018", "name": "张三", "account_name": "李四", "payee_relation": "本人"]),
  ]

  /// Without any relation the row waits (`PAYEE-MISSING`).
  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    let (holder, name, relation) = (row.bytes(.accountName), row.bytes(.name), row.bytes(.payeeRelation))
    if holder.isEmpty || name.isEmpty || holder.elementsEqual(name) { return }
    guard relation.isText("本人") || relation.isText("自己") || relation.isText("申请人本人") else { return }
    findings.append(
      row.finding(
        Self.kind, column: CommonColumn.accountName.rawValue,
        [row.text(.accountName), row.text(.name), row.text(.payeeRelation)]))
  }
}
