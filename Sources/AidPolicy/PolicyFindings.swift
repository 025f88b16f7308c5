public import AidModel

/// What a policy can find wanting in an application.
public enum PolicyFindings {
  /// {1} the name.
  public static let unknownValue = FindingKind(
    code: "UNKNOWN-VALUE", severity: .hold,
    title: Bilingual("缺少计算要用的值", "A needed value is not known"),
    message: Bilingual(
      "计算要用“{1}”，但它是空白，或同一人的各行不一致", "'{1}' is needed and is blank, or the rows of the person differ"),
    why: Bilingual("空白不等于 0；程序不猜。", "Blank is not zero; the program does not guess."),
    remedy: Bilingual("请补填这一格；确实没有的填 0。", "Fill in the cell; write 0 if there is none."),
    example: "自付金额：（空）")

  /// No arguments.
  public static let decisionMissing = FindingKind(
    code: "DECISION-MISSING", severity: .hold,
    title: Bilingual("还没有审批金额", "No decision yet"),
    message: Bilingual("需要评审决定金额（{1}）", "The committee has to decide the amount ({1})"),
    why: Bilingual("办法只规定范围，金额由评审决定。", "The policy gives a range; the committee chooses in it."),
    remedy: Bilingual("请在审批表（decisions）中写明金额。", "Give the amount in a decisions list."),
    example: "困难补助 1000–3000")

  /// {1} amount; {2} range or cap.
  public static let decisionRange = FindingKind(
    code: "DECISION-RANGE", severity: .hold,
    title: Bilingual("审批金额超出范围", "Decision outside the range"),
    message: Bilingual("审批金额 {1} 不在 {2} 之内", "The decided {1} is not within {2}"),
    why: Bilingual("超出办法的决定不能发放。", "A decision beyond the policy cannot be paid."),
    remedy: Bilingual("请改在范围之内，或先修订办法。", "Decide within the range, or change the policy first."),
    example: "5000 / 1000–3000")

  /// {1} amount.
  public static let baseNegative = FindingKind(
    code: "BASE-NEGATIVE", severity: .hold,
    title: Bilingual("补助基数算出负数", "The base comes out negative"),
    message: Bilingual("按各列算出的基数是 {1}", "The columns give a base of {1}"),
    why: Bilingual("扣除的比总额还多，数据必有错。", "More is taken off than there was; a figure is wrong."),
    remedy: Bilingual("请与结算单核对各项金额。", "Compare the amounts with the bill."),
    example: "总额 1000 − 统筹 1200")

  /// {1} what.
  public static let notComputable = FindingKind(
    code: "NOT-COMPUTABLE", severity: .hold,
    title: Bilingual("算不出来", "Cannot be computed"),
    message: Bilingual("计算“{1}”时除以 0 或数目过大", "Computing '{1}' divides by zero or grows too large"),
    why: Bilingual("金额必须精确算出。", "An amount must come out exactly."),
    remedy: Bilingual("请核对这一行的数。", "Check the figures of the row."),
    example: "家庭人口 0")

  public static let kinds = [unknownValue, decisionMissing, decisionRange, baseNegative, notComputable]
}
