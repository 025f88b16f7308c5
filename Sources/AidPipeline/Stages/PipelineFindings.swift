import AidChecks
import AidIntake
public import AidModel
import AidPayout
import AidPolicy

/// Findings about the batch as a whole, and the catalogue of all findings.
public enum PipelineFindings {
  static let decisionTwice = FindingKind(
    code: "DECISION-TWICE", severity: .hold,
    title: Bilingual("同一申请有两个不同的审批金额", "Two different decisions for one award"),
    message: Bilingual("审批金额不一致：{1}", "The decisions disagree: {1}"),
    why: Bilingual("不知道该发哪一个金额。", "Which amount is meant cannot be known."),
    remedy: Bilingual("请保留一条，删去其余各条。", "Keep one decision and remove the others."),
    example: "D5 2000.00 / D9 1500.00")

  /// {1} amount, {2} what the policy gives. Shares the code of an amount outside its range.
  static let decisionDiffers = FindingKind(
    code: "DECISION-RANGE", severity: .hold, title: PolicyFindings.decisionRange.title,
    message: Bilingual(
      "审批金额 {1} 与办法算得的 {2} 不同，而办法没有留给评审的余地",
      "the decision of {1} differs from the {2} the policy gives, which leaves nothing to decide"),
    why: PolicyFindings.decisionRange.why,
    remedy: Bilingual(
      "请改正审批金额，或删去这一条审批，按办法发放。", "Correct the decision, or remove it and pay what the policy gives."),
    example: "定额 3000，审批 2000")

  static let decisionUnused = FindingKind(
    code: "DECISION-UNUSED", severity: .note,
    title: Bilingual("审批金额没有对应的申请", "A decision that no application asks for"),
    message: Bilingual("这条审批没有对应的待审申请", "No application in this batch waits for this decision"),
    why: Bilingual(
      "工号、项目或记录号可能写错，或者办法对它另有规定；这个金额没有用上。",
      "The staff number, programme or record may be wrong, or the policy settles it otherwise; the amount is not used."
    ),
    remedy: Bilingual(
      "请核对工号与项目；同一人有几行申请时要写记录号；不需要的请删去这一行。",
      "Check the staff number and the programme; where a person has several rows name the record; or remove the row."
    ),
    example: "99999999")

  static let rosterTwice = FindingKind(
    code: "ROSTER-TWICE", severity: .hold,
    title: Bilingual("名册中同一工号有两行", "One staff number stands twice on the roster"),
    message: Bilingual("工号 {1} 在名册中不止一行", "Staff number {1} stands more than once on the roster"),
    why: Bilingual("不知道该按哪一行核对身份与账户。", "Whose identity and account hold cannot be known."),
    remedy: Bilingual("请在名册中保留一行。", "Keep one row on the roster."),
    example: "00120345")

  /// {1} place, {2} code.
  static let rosterDoubt = FindingKind(
    code: "ROSTER-DOUBT", severity: .hold,
    title: Bilingual("此人在名册中的一行有待核实", "The person's line on the roster is in doubt"),
    message: Bilingual("名册 {1} 有问题（{2}）", "the roster's line {1} is in doubt ({2})"),
    why: Bilingual("资格、单位和账户可能取自有问题的一行。", "Standing, unit and account may come from that line."),
    remedy: Bilingual("请先改正名册中的这一行。", "Mend that line of the roster."),
    example: "名册中划掉的一行")

  /// {1} payments.
  static let historyKnown = FindingKind(
    code: "HISTORY-KNOWN", severity: .note,
    title: Bilingual("已发记录与记录库重复", "Payments the store already remembers"),
    message: Bilingual(
      "有 {1} 笔记录库已有，不重复计入", "{1} payments are in the store already and are not counted twice"),
    why: Bilingual("重复计入会压低年度和累计限额的余额。", "Counted twice they would use up yearly and lifetime room."),
    remedy: Bilingual("不用处理；也可以从 history 中去掉这份表。", "Nothing to do; or take the list out of history."),
    example: "history/2022.csv")

  /// {1} the programme.
  static let historyStranger = FindingKind(
    code: "HISTORY-PROGRAMME", severity: .note,
    title: Bilingual("已发记录的项目名不认识", "Payments of a programme nobody knows"),
    message: Bilingual(
      "已发记录中的项目“{1}”不是本批的项目，这些记录不影响本批的限额",
      "the programme '{1}' is not of this batch; its payments do not count towards a cap of this batch"),
    why: Bilingual("项目名写错时，年度和累计限额会漏掉这些发放。", "If it is misspelt, caps do not see these payments."),
    remedy: Bilingual(
      "若就是本批的项目，请改成项目编号、办法编号或标题；若是别的项目，不用处理。",
      "If it is one of this batch, write its id, its policy's id or its title; otherwise nothing is to be done."
    ),
    example: "互助金")

  /// {1} column, {2} its headings.
  static let columnAbsent = FindingKind(
    code: "COLUMN-ABSENT", severity: .note,
    title: Bilingual("办法用到的列表中没有", "A column the policy looks at is not there"),
    message: Bilingual(
      "办法用到“{1}”，表中没有这一列（可用的列名：{2}）",
      "the policy looks at '{1}', which the sheet does not have (headings: {2})"),
    why: Bilingual(
      "每一行的这个值都不知道：条件可能判断不了，先后顺序可能只按工号排。",
      "The value is unknown in every row: a condition may not be told, an order may fall to staff numbers."),
    remedy: Bilingual(
      "请补上这一列；确实不需要时，在办法的 columns 中写 blank。",
      "Add the column, or say in the policy's columns what a blank means."),
    example: "没有“基层工会排序”列")

  /// {1} policy, {2} its first day of validity, {3} the period's first day.
  static let policyChanged = FindingKind(
    code: "POLICY-CHANGED", severity: .note,
    title: Bilingual("办法在核算期中间生效", "A policy that begins within the period"),
    message: Bilingual(
      "办法 {1} 自 {2} 起有效，核算期自 {3} 起：全部申请都按这一份办法计算",
      "policy {1} holds from {2}, the period begins on {3}: every application is assessed by it"),
    why: Bilingual(
      "年中换了办法时，此前的费用可能应按旧办法。",
      "Where the policy changed within the year, earlier costs may fall under the old one."),
    remedy: Bilingual(
      "若此前的费用要按旧办法算，请分成两个批次，各自的核算期不跨办法。",
      "If earlier costs follow the old policy make two batches, each with a period within one policy."),
    example: "2024-07-01 起的办法，2024 全年的批次")

  /// {1} what was paid before, {2} when and in which batch.
  static let paidBefore = FindingKind(
    code: "PAID-BEFORE", severity: .note,
    title: Bilingual("以前已经发过", "Paid before"),
    message: Bilingual("此人本期已从本项目领过 {1}（{2}）", "this programme already paid the person {1} ({2})"),
    why: Bilingual(
      "同一张发票以前发过的，这一行等人核对；此人本期已从本项目领过的只作提示，由办法的限额决定。",
      "A row with an invoice that was paid before waits; a person who had money in the period is only noted: the "
        + "policy's caps decide."),
    remedy: Bilingual("请核对是否同一次申请。", "Check whether it is the same application."),
    example: "2023-06 批次已发 2000.00")

  /// {1} the household number, {2} how many people have it.
  static let householdCrowded = FindingKind(
    code: "PERSON-CONFLICT", severity: .hold,
    title: Bilingual("同一户号的人太多", "Too many people of one household"),
    message: Bilingual("户号“{1}”下有 {2} 人", "the household '{1}' has {2} people"),
    why: Bilingual(
      "按户的上限和次数会把不相干的人算在一起。",
      "Caps and limits of a household would count people who have nothing to do with each other."),
    remedy: Bilingual(
      "请核对户号这一列；不知道户号的留空。", "Check the column; leave it blank where the household is not known."),
    example: "户号 1 下 300 人")
  /// {1} invoice, {2} batch, {3} staff number. Shares the code; the row waits.
  static let invoicePaidBefore = FindingKind(
    code: "PAID-BEFORE", severity: .hold, title: paidBefore.title,
    message: Bilingual("发票 {1} 已在批次 {2} 发给 {3}", "invoice {1} was paid in batch {2} to {3}"),
    why: paidBefore.why,
    remedy: Bilingual("请核对发票原件；已发过的请从名单中删去这一行。", "Check the original; remove the row if it was paid."),
    example: "No 00012345")

  static let kinds =
    [
      paidBefore, invoicePaidBefore, householdCrowded, policyChanged, columnAbsent, historyStranger,
      historyKnown,
      decisionTwice,
      decisionUnused,
      rosterTwice,
      rosterDoubt,
    ] + ReceiptFindings.kinds

  /// All kinds; several may share a code.
  private static let allKinds =
    IntakeFindings.kinds + RuleBook.kinds + PolicyFindings.kinds + PayoutFindings.kinds + kinds
    + HistoryFindings.kinds

  /// Every finding, by module in processing order, each code once.
  public static let catalogue: [FindingKind] = {
    var seen: Set<String> = []
    return allKinds.filter { seen.insert($0.code).inserted }
  }()

  /// Other kinds with the code of a catalogue entry, with another source or severity.
  public static func others(of kind: FindingKind) -> [FindingKind] {
    Array(allKinds.filter { $0.code == kind.code }.dropFirst())
  }

  /// The severities of a code, the catalogue entry's own first.
  public static func severities(of kind: FindingKind) -> [Severity] {
    var severities = [kind.severity]
    for other in others(of: kind) where !severities.contains(other.severity) {
      severities.append(other.severity)
    }
    return severities
  }

  static func kind(_ code: String) -> FindingKind {
    guard let kind = catalogue.first(where: { $0.code == code }) else {
      preconditionFailure("the catalogue has no finding \(code)")
    }
    return kind
  }
}
