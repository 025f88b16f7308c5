import AidChecks
import AidModel

/// Doubts about whom a payment or a decision means; all share the code of two rows that may be one person.
extension PipelineFindings {
  /// {1} day, {2} amount, {3} the number in the list, {4} {5} the reason in Chinese and English.
  static let paymentUnsure = FindingKind(
    code: "PERSON-UNSURE", severity: .hold,
    title: Bilingual("以往的一笔发放可能是此人的", "An earlier payment may have been this person's"),
    message: Bilingual(
      "{1} 发给 {3} 的 {2} 元可能是发给此人的：{4}",
      "The {2} paid to {3} on {1} may have gone to this person: {5}"),
    why: Bilingual("算上与不算上，可发的钱不同。", "What is due differs with it and without it."),
    remedy: Bilingual(
      "请在以往发放记录中写全此人的工号（含前面的 0）和证件号；不是此人的，写上那个人的证件号。",
      "Give the person's whole staff number with its zeros and the ID number in the list of payments; if it was "
        + "somebody else's, give theirs."),
    example: "名单 00120345，以往发放 120345")

  /// {1} payments, {2} {5} their kind of number, {3} people, {4} {6} the kind of number known for them.
  static let paymentsUntied = FindingKind(
    code: "PERSON-UNSURE", severity: .note,
    title: Bilingual("以往发放与本批的人对不上号", "Earlier payments that nobody can be matched with"),
    message: Bilingual(
      "以往发放有 {1} 笔只写了{2}，又对不上本批的人；本批有 {3} 人只写了{4}",
      "{1} earlier payments name an {5} alone that nobody of the batch has; {3} people of the batch have a {6} alone"
    ),
    why: Bilingual("若有人其实领过，年度和累计限额会漏掉。", "If one of them had the money, caps do not see it."),
    remedy: Bilingual(
      "请在名单或以往发放记录中补上另一种号码，或在批次中给出会员名册。",
      "Add the other number to the list or to the payments, or name a members' roster in the batch."),
    example: "名单只有工号，以往发放只有身份证号")

  /// {1} day, {2} amount, {3} the number in the list.
  static let paymentZeros = FindingKind(
    code: "STAFF-NO-ZEROS", severity: .repaired, title: StaffNumberRepair.kind.title,
    message: Bilingual(
      "{1} 发给 {3} 的 {2} 元算作此人的：姓名一致，" + Persons.alikeDifference.zh,
      "The {2} paid to {3} on {1} counts as this person's: the name is the same, and "
        + Persons.alikeDifference.en),
    why: StaffNumberRepair.kind.why, remedy: StaffNumberRepair.kind.remedy, example: "120345 → 00120345")

  /// {1} {2} the number in its old and its current form, masked.
  static let idInEighteenDigits = FindingKind(
    code: "ID-15-DIGIT", severity: .note,
    title: Bilingual("15 位旧号按 18 位记入台账", "The ledger has the 18 digits of an old number"),
    message: Bilingual(
      "{1} 是 15 位旧号，名册、另一行或以往发放写的是 {2}，台账按 18 位",
      "{1} is an old 15-digit number; the roster, another row or an earlier payment has {2}, and so has the ledger"
    ),
    why: Bilingual("旧号没有校验位，银行多不再接受。", "It has no check digit and banks rarely take it."),
    remedy: Bilingual("不用处理；以后请直接填 18 位号码。", "Nothing to do; give the 18-digit number next time."),
    example: "420100900101123")

  /// {1} place.
  static let spouseUnsure = FindingKind(
    code: "PERSON-UNSURE", severity: .hold,
    title: Bilingual("可能是夫妻", "They may be a couple"),
    message: Bilingual(
      "与 {1} 可能是夫妻：配偶姓名相同，而一方没有证件号",
      "May be the spouse of {1}: the name is the spouse's, and one has no ID number"),
    why: Bilingual("办法按家庭限额或一户只发一份。", "The policy limits what a household gets."),
    remedy: Bilingual("请写上双方的证件号。", "Give the ID numbers of both."), example: "名单只有工号，另一行写了配偶证件号")

  /// {1} rows, {2} rows.
  static let spousesUnknown = FindingKind(
    code: "PERSON-UNSURE", severity: .note, title: spouseUnsure.title,
    message: Bilingual(
      "有 {1} 行写的配偶证件号对不上本批的人，而本批有 {2} 行没有证件号",
      "{1} rows name the ID number of a spouse that nobody of the batch has, and {2} rows have no ID number"),
    why: spouseUnsure.why,
    remedy: Bilingual(
      "请补上证件号，或在批次中给出会员名册。", "Add the ID numbers, or name a members' roster in the batch."),
    example: spouseUnsure.example)

  /// {1} place, {2} staff number.
  static let decisionUnsure = FindingKind(
    code: "PERSON-UNSURE", severity: .hold,
    title: Bilingual("一条审批可能是此人的", "A decision may be about this person"),
    message: Bilingual(
      "{1} 的审批写的是工号 {2}，只差前面的 0 或字母大小写",
      "The decision at {1} names staff number {2}, which differs by leading zeros or case only"),
    why: Bilingual("不知道这个审批金额该不该用在此人身上。", "Whether the decided amount is this person's cannot be known."),
    remedy: Bilingual(
      "请在审批表中写全工号（含前面的 0），或写记录号。", "Write the whole staff number with its zeros, or the record id."),
    example: "名单 00120345，审批 120345")
}
