public import AidModel

/// What a policy can find wanting in an application.
public enum PolicyFindings {
  /// {1} the name; {2} why, in Chinese; {3} in English.
  public static let unknownValue = FindingKind(
    code: "UNKNOWN-VALUE", severity: .hold,
    title: Bilingual("缺少计算要用的值", "A needed value is not known"),
    message: Bilingual(
      "计算要用“{1}”，但{2}",
      "'{1}' is needed, but {3}"),
    why: Bilingual("空白不等于 0；程序不猜。", "Blank is not zero; the program does not guess."),
    remedy: Bilingual(
      "请补填或改正它的来源；金额确实没有的填 0；等别的项目的，先处理那一项。",
      "Fill in or mend where it comes from; write 0 for an amount of nothing; settle first what it waits for."
    ),
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
    title: Bilingual("补助基数或别的金额算出负数", "The base or another amount comes out negative"),
    message: Bilingual("按各列算出的金额是 {1}", "The columns give an amount of {1}"),
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

  /// {1} the benefit.
  public static let decisionShared = FindingKind(
    code: "DECISION-SHARED", severity: .hold,
    title: Bilingual("一个审批金额对应两项补助", "One decision for two benefits"),
    message: Bilingual(
      "这个审批金额已用于另一项补助，“{1}”还要一个", "The amount is already taken by another benefit; '{1}' needs its own"),
    why: Bilingual("同一个金额发两遍就是多发。", "Paying one amount twice overpays."),
    remedy: Bilingual(
      "请在办法中用 gate 让两项补助只取其一，或分成两个项目。",
      "Let a gate choose one of the benefits, or make them two programmes."),
    example: "2000 → 医疗、助学")

  /// {1} the rate or factor.
  public static let rateRange = FindingKind(
    code: "RATE-RANGE", severity: .hold,
    title: Bilingual("算出的比例不合理", "A computed rate out of range"),
    message: Bilingual("算出的比例是 {1}", "The rate comes out as {1}"),
    why: Bilingual("比例小于 0 或超过 100%，数据必有错。", "A rate below 0 or above 100 % comes from a wrong figure."),
    remedy: Bilingual(
      "请核对这一行的数；办法确实允许的写 allow_over_100: true。",
      "Check the figures of the row; if the policy means it, add allow_over_100: true."),
    example: "1.2")

  /// {1} the benefit.
  public static let tiersUnsound = FindingKind(
    code: "TIERS-UNSOUND", severity: .hold,
    title: Bilingual("算出的分段重叠或有空当", "Computed tiers overlap or leave a hole"),
    message: Bilingual(
      "“{1}”的分段按这一申请算出后互相重叠或有空当，或者区间的上端低于下端",
      "For this award the tiers of '{1}' overlap or leave a hole, or its window ends below its start"),
    why: Bilingual("同一部分金额会算两次，或没有比例可用。", "A part of the amount would count twice, or has no rate."),
    remedy: Bilingual(
      "请核对这一行的数；数没有错的，请改办法，使每一段从上一段的上端起。",
      "Check the figures of the row; if they are right, let each tier of the policy begin where the one before ends."
    ),
    example: "0–8000，5000 以上")

  /// {1} the payment; {2} the benefit.
  public static let benefitUnknown = FindingKind(
    code: "BENEFIT-UNKNOWN", severity: .hold,
    title: Bilingual("以前的发放没有写明是哪一项补助", "An earlier payment does not name its benefit"),
    message: Bilingual(
      "以前的发放（{1}）没有写明是哪一项补助、哪个对象或基数多少，而“{2}”要看它",
      "an earlier payment ({1}) does not say which benefit or group it was of, or its base, and '{2}' looks at it"
    ),
    why: Bilingual(
      "算进这一项可能少给，不算又可能多给。", "Counted it may pay too little, not counted too much."),
    remedy: Bilingual(
      "请在以往发放的名单中写明补助项（benefit）、对象（of）和基数（base），用 history import 导入后再运行。",
      "Name the benefit, its group (of) and base in a list of payments, import it with `history import`, and run again."
    ),
    example: "2023-03-01 500.00")

  /// {1} the earlier row.
  public static let earlierRowWaits = FindingKind(
    code: "EARLIER-WAITS", severity: .hold,
    title: Bilingual("同一人前面的一行还在待处理", "An earlier row of the person waits"),
    message: Bilingual(
      "同一人前面的一行（{1}）还在待处理，而办法要看前面各行得了多少",
      "an earlier row of the person ({1}) waits, and the policy looks at what earlier rows get"),
    why: Bilingual(
      "前一行得多少没有定，这一行的比例、余额或次数就定不了。",
      "Until it is known what the earlier row gets, rate, room or number of this one is not."),
    remedy: Bilingual("请先处理完前面的一行，再运行。", "Settle the earlier row first, and run again."),
    example: "名单第 3 行读不懂，第 4 行随之待处理")

  /// {1} programme; {2} the other one.
  public static let exclusiveBoth = FindingKind(
    code: "EXCLUSIVE-BOTH", severity: .hold,
    title: Bilingual("互斥的两个项目都可得", "Two programmes that exclude each other"),
    message: Bilingual(
      "“{1}”与“{2}”只能得一项，须由人决定", "Only one of '{1}' and '{2}' may be paid: somebody must choose"),
    why: Bilingual("办法没有说保留哪一项，程序不替人决定。", "The policy leaves the choice open; the program does not make it."),
    remedy: Bilingual(
      "请在审批表（decisions）中只给要发的那一项写金额，或给不发的那一项写 0。",
      "In a decisions list give an amount for the one to be paid alone, or 0 for the other."),
    example: "重大疾病 25000 / 大额医疗 10000")

  /// {1} the spouse's staff number or masked ID number; {2} why.
  public static let coupleBoth = FindingKind(
    code: "COUPLE-BOTH", severity: .note,
    title: Bilingual("夫妻双方都申请", "Both of a couple apply"),
    message: Bilingual("一户只补一份：{2}（配偶 {1}）", "One award for a household: {2} (spouse {1})"),
    why: Bilingual("办法规定夫妻双方只由一方享受。", "The policy pays one of a couple."),
    remedy: Bilingual("如要改由另一方享受，请撤回这一方的申请。", "To pay the other one instead, withdraw this application."),
    example: "00100001 / 00100002")

  public static let kinds = [
    unknownValue, decisionMissing, decisionRange, decisionShared, baseNegative, rateRange, tiersUnsound,
    notComputable, benefitUnknown, earlierRowWaits, exclusiveBoth, coupleBoth,
  ]
}
