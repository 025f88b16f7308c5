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
    .passes(["account": "6200000000000000000", "name": "张三", "account_name": "张三"]),
    .passes(["account": "6200000000000000000", "name": "张三", "account_name": "李四", "payee_relation": "配偶"]),
    .flagged(["account": "", "name": "张三", "staff_no": "00120001"]),
    .flagged(["account": "6200000000000000000", "name": "张三", "account_name": "李四"]),
  ]

  func check(_ row: CheckedRow, into findings: inout [Finding]) {
    let entry = row.rosterEntry
    let accountColumn = CommonColumn.account.rawValue
    let isAsked =
      row.source.columns[accountColumn] >= 0
    let isOnRoster = row.facts.roster != nil && (entry?.text(named: "account").isEmpty == false)
    if case .unreadable = row.fields[accountColumn].value { return }
    let account = row.text(.account)
    if account.isEmpty, !isOnRoster {
      // The finance office pays staff by number where no list asks for an account.
      if isAsked {
        findings.append(row.finding(Self.kind, column: accountColumn, ["没有银行卡号", "no account"]))
      } else if row.text(.staffNo).isEmpty, entry == nil {
        findings.append(
          row.finding(
            Self.kind, column: CommonColumn.staffNo.rawValue,
            ["既没有工号也没有银行卡号", "neither staff number nor account"]))
      }
      return
    }
    let (holder, name) = (row.text(.accountName), row.text(.name))
    if !holder.isEmpty, !name.isEmpty, !holder.sameScalars(as: name), row.text(.payeeRelation).isEmpty {
      findings.append(
        row.finding(
          Self.kind, column: CommonColumn.accountName.rawValue,
          [
            "户名“\(holder)”不是本人，又没有写与申请人关系",
            "the holder '\(holder)' is somebody else and no relation is given",
          ]))
    }
  }
}
