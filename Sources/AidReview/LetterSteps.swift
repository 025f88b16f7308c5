import AidModel

/// The steps of an award as a letter tells them: without file names and cells, and without what would tell of
/// somebody else.
struct LetterSteps {
  struct Line {
    var text: String
    var amount = ""
    var clause = ""
    /// The name of a benefit, over its steps.
    var isHeading = false
  }

  let lines: [Line]

  init(_ award: ToldAward) {
    let told = award.tellingSteps
    let benefits = told.compactMap(\.benefit)
    let isDivided = benefits.contains { !$0.sameScalars(as: benefits[0]) }
    var lines: [Line] = []
    var current: String?
    var parts = 0
    for step in told {
      if isDivided, let benefit = step.benefit, current?.sameScalars(as: benefit) != true {
        parts += 1
        lines.append(Line(text: Self.heading(benefit, parts, award.language), isHeading: true))
      }
      current = step.benefit ?? current
      let isAmount = !["values", "gate", "eligible"].contains(step.key) || step.value == "0.00"
      lines.append(
        Line(
          text: Self.sentence(step, award.language),
          amount: isAmount ? Money(plain: step.value)?.grouped ?? step.value : "",
          clause: step.clause ?? ""))
    }
    self.lines = lines
  }

  /// A name in Latin letters is a key, which says nothing to a Chinese reader.
  private static func heading(_ benefit: String, _ number: Int, _ language: Language) -> String {
    let isKey = benefit.utf8.allSatisfy { $0 < 0x80 }
    return language == .zh && isKey ? "第 \(number) 项补助" : benefit
  }

  /// What stands before the cells.
  private static func sentence(_ step: ToldAward.Step, _ language: Language) -> String {
    let marks = ["  来源：", "  from: "].compactMap { step.text.firstRange(of: $0)?.lowerBound }
    var text = String(step.text[..<(marks.min() ?? step.text.endIndex)])
    if step.key == "committee" || step.key == "table" { text = untilRange(text) }
    if step.key == "pool", let change = text.firstRange(of: "：") ?? text.firstRange(of: ": ") {
      // Members do not know funds by their keys.
      text =
        Bilingual("经费不足，按办法分配：", "the fund is short and shared as the rules say: ").text(language)
        + text[change.upperBound...]
    }
    if step.key.hasPrefix("cap.") { text = HouseholdCap.withoutUsed(text, language) }
    if step.key == "one_per_household", let change = text.ranges(of: language == .zh ? "：" : ": ").last {
      // Behind it stands whose award is kept.
      text = onePerHousehold.text(language) + text[change.lowerBound...]
    }
    // The amount stands beside it.
    if let amount = Money(plain: step.value)?.grouped, ["base", "amount"].contains(step.key),
      text.hasSuffix(" = \(amount)")
    {
      text.removeLast(amount.count + 3)
    }
    return text
  }

  static let onePerHousehold = Bilingual("同一户只能由一方领取", "a household gets this once")

  /// Behind the range stands who decided, when and why.
  private static func untilRange(_ text: String) -> String {
    guard text.hasPrefix("评审决定") || text.hasPrefix("decided") else { return text }
    guard let closing = text.firstIndex(where: { $0 == "）" || $0 == ")" }) else { return text }
    return String(text[...closing])
  }

  /// A committee's words name who decided; what a couple's other half has is nobody's else.
  static func withoutNames(_ reason: Reason, _ language: Language) -> String {
    if reason.code == "COUPLE-BOTH" { return onePerHousehold.text(language) }
    if reason.code.hasPrefix("cap.") { return HouseholdCap.withoutUsed(reason, language) }
    guard reason.code == "committee" || reason.code == "table" else { return reason.text }
    return String(reason.text.prefix { $0 != "：" && $0 != ":" })
  }
}
