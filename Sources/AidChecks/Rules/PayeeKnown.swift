import AidModel

/// Payee not known.
struct PayeeKnown: RowRule {
  static let kind = FindingKind(
    code: "PAYEE-MISSING", severity: .hold,
    title: Bilingual(
      "不知道付给谁",
      "Payee not known"),
    message: Bilingual(
      "{1}",
      "{2}"),
    why: Bilingual(
      "没有收款账户，钱发不出去。",
      "Without an account nothing can be paid."),
    remedy: Bilingual(
      "请补填银行卡号；由他人代收的请写户名和与申请人关系。",
      "Fill in the account; if somebody else receives it, name and relation."),
    example: "银行卡号：（空）")

  static let examples: [RuleExample] = [
    .passes(["account": "6200000000000000018", "name": "张三", "account_name": "张三"]),
    .passes(["account": "6200000000000000018", "name": "张三", "account_name": "李四", "payee_relation": "配偶"]),
    .flagged(["account": "", "name": "张三", "staff_no": "00120001"]),
    .flagged(["account": "6200000000000000018", "name": "张三", "account_name": "李四"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    let accountColumn = CommonColumn.account.rawValue
    if row.cells.isUnreadable(accountColumn) { return }
    if row.bytes(.account).isEmpty, row.rosterEntry?.text(named: "account").isEmpty ?? true {
      // If no list asks for an account, the finance office pays staff by staff number.
      if row.source.columns[accountColumn] >= 0 {
        findings.append(row.finding(Self.kind, column: accountColumn, ["没有银行卡号", "no account"]))
      } else if row.bytes(.staffNo).isEmpty, row.rosterEntry == nil {
        findings.append(
          row.finding(
            Self.kind, column: CommonColumn.staffNo.rawValue,
            ["既没有工号也没有银行卡号", "neither staff number nor account"]))
      }
      return
    }
    let (holder, name) = (row.bytes(.accountName), row.bytes(.name))
    if !holder.isEmpty, !name.isEmpty, !holder.elementsEqual(name), row.bytes(.payeeRelation).isEmpty {
      findings.append(
        row.finding(
          Self.kind, column: CommonColumn.accountName.rawValue,
          [
            "户名“\(row.text(.accountName))”不是本人，又没有写与申请人关系",
            "the holder '\(row.text(.accountName))' is somebody else and no relation is given",
          ]))
    }
  }
}
