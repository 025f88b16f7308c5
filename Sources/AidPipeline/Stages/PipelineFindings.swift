import AidChecks
import AidIntake
public import AidModel
import AidPayout
import AidPolicy

/// What only the whole batch can notice, and the catalogue of everything that can be noticed.
public enum PipelineFindings {
  static let decisionTwice = FindingKind(
    code: "DECISION-TWICE", severity: .hold,
    title: Bilingual("同一申请有两个不同的审批金额", "Two different decisions for one award"),
    message: Bilingual("审批金额不一致：{1}", "The decisions disagree: {1}"),
    why: Bilingual("不知道该发哪一个金额。", "Which amount is meant cannot be known."),
    remedy: Bilingual("请保留一条，删去其余各条。", "Keep one decision and remove the others."),
    example: "D5 2000.00 / D9 1500.00")

  static let decisionUnused = FindingKind(
    code: "DECISION-UNUSED", severity: .note,
    title: Bilingual("审批金额没有对应的申请", "A decision that no application asks for"),
    message: Bilingual("这条审批没有对应的待审申请", "No application in this batch waits for this decision"),
    why: Bilingual(
      "工号、项目或记录号可能写错；这笔钱不会发放。", "The staff number, programme or record may be wrong; nothing is paid."),
    remedy: Bilingual("请核对工号与项目，或删去这一行。", "Check the staff number and the programme, or remove the row."),
    example: "99999999")

  static let rosterTwice = FindingKind(
    code: "ROSTER-TWICE", severity: .hold,
    title: Bilingual("名册中同一工号有两行", "One staff number stands twice on the roster"),
    message: Bilingual("工号 {1} 在名册中不止一行", "Staff number {1} stands more than once on the roster"),
    why: Bilingual("不知道该按哪一行核对身份与账户。", "Whose identity and account hold cannot be known."),
    remedy: Bilingual("请在名册中保留一行。", "Keep one row on the roster."),
    example: "00120345")

  /// {1} payments.
  static let historyKnown = FindingKind(
    code: "HISTORY-KNOWN", severity: .note,
    title: Bilingual("已发记录与记录库重复", "Payments the store already remembers"),
    message: Bilingual(
      "有 {1} 笔记录库已有，不重复计入", "{1} payments are in the store already and are not counted twice"),
    why: Bilingual("重复计入会压低年度和累计限额的余额。", "Counted twice they would use up yearly and lifetime room."),
    remedy: Bilingual("不用处理；也可以从 history 中去掉这份表。", "Nothing to do; or take the list out of history."),
    example: "history/2022.csv")

  static let kinds = [historyKnown, decisionTwice, decisionUnused, rosterTwice]

  /// Every finding there is: by room in the order of the work, each code once.
  public static let catalogue: [FindingKind] = {
    var seen: Set<String> = []
    let all =
      IntakeFindings.kinds + RuleBook.kinds + PolicyFindings.kinds + PayoutFindings.kinds + kinds
    return all.filter { seen.insert($0.code).inserted }
  }()

  static func kind(_ code: String) -> FindingKind {
    guard let kind = catalogue.first(where: { $0.code == code }) else {
      preconditionFailure("the catalogue has no finding \(code)")
    }
    return kind
  }
}
