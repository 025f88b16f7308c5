import AidModel

/// The account in the list must be the roster's.
struct AccountMatchesRoster: RowRule {
  static let kind = FindingKind(
    code: "ACCOUNT-DIFFERS", severity: .note,
    title: Bilingual(
      "银行卡号与名册不同",
      "Account differs from the roster"),
    message: Bilingual(
      "银行卡号 {1} 与名册的 {2} 不同",
      "The account {1} is not the roster's {2}"),
    why: Bilingual(
      "换卡常见，但也可能填了别人的卡号；按名单上的发放。",
      "People change cards, but it may be somebody else's; the list's account is paid."),
    remedy: Bilingual(
      "请与本人核对卡号。",
      "Confirm the account with the person."),
    example: "620000******0013 / 620000******0021")

  /// Shares the code: the list's number cannot be right, the roster's can.
  static let mistypedKind = FindingKind(
    code: kind.code, severity: .hold, title: kind.title,
    message: Bilingual(
      "银行卡号 {1} 校验位不对，也与名册的 {2} 不同",
      "The account {1} fails its check digit and is not the roster's {2}"),
    why: Bilingual(
      "多半是少了一位或写错了；照发会退票，或到了别人手里。",
      "A digit is missing or wrong: the money comes back, or reaches somebody else."),
    remedy: Bilingual("请与本人核对后更正卡号。", "Confirm the account with the person and correct it."),
    example: "62000000000000001 / 620000000000000018")

  static let otherKinds = [mistypedKind]

  static let examples: [RuleExample] = [
    .flagged(["staff_no": "00120002", "account": "620000000000000001"]),
    .passes(["staff_no": "00120002", "account": "6200000000000000013"]),
    .passes(["staff_no": "00120001", "account": "6200000000000000021"]),
    .passes(["staff_no": "00120002", "account": "6200000000000000021", "name": "李四", "account_name": "王五"]),
    .flagged(["staff_no": "00120002", "account": "6200000000000000021"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    guard row.rosterEntry != nil, !row.bytes(.account).isEmpty, !row.hasRosterAccount else { return }
    let known = row.rosterAccountNumber
    if known.isEmpty { return }
    // Another person's card must be named as such.
    let holder = row.bytes(.accountName)
    if !holder.isEmpty, !row.bytes(.name).isEmpty, !holder.elementsEqual(row.bytes(.name)) { return }
    let isMistyped = row.bytes(.account).allSatisfy { $0 &- 48 <= 9 } && !Luhn.isRight(row.bytes(.account))
    let isKnownRight = known.utf8.allSatisfy { $0 &- 48 <= 9 } && Luhn.isRight(known)
    findings.append(
      row.finding(
        isMistyped && isKnownRight ? Self.mistypedKind : Self.kind, column: CommonColumn.account.rawValue,
        [Masking.account(row.text(.account)), Masking.account(known)]))
  }
}
