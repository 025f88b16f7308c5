public import AidModel

/// An award as people are told it: from its trace, or from what was posted.
public struct ToldAward: Sendable {
  struct Row: Sendable {
    let place: String
    let outcome: RowOutcome?
    /// Why it does not count or is not paid, where that is known of the row.
    let reason: Reason?
  }

  struct Step: Sendable {
    let key: String
    let clause: String?
    let benefit: String?
    /// The group of the benefit's rows, if it has groups.
    let group: String?
    let text: String
    /// As explanations.jsonl has it: the amount after the step, of a named value the value.
    let value: String
  }

  /// A row applied for, with the cells the decision looked at.
  struct AppliedRow: Sendable {
    var cells: [(name: String, value: String)] = []
    var notCounted: Reason?
  }

  public let record: String
  public let programme: ProgrammeInfo
  public let staffNo: String
  public let name: String
  public let unit: String
  let idNumber: String
  let outcome: RowOutcome
  let amount: Money
  let rows: [Row]
  let steps: [Step]
  let reasons: [Reason]
  let hints: [String]
  let language: Language
  /// What was applied for, where it is known still.
  let applied: [AppliedRow]
  let payee: Payee

  public init(_ award: Award, programme: ProgrammeInfo, language: Language) {
    (record, self.programme, self.language) = (award.record, programme, language)
    (staffNo, name, unit) = (award.staffNo, award.name, Masking.text(award.unit, own: [award.idNumber]))
    (idNumber, outcome, amount, reasons) = (award.idNumber, award.outcome, award.amount, award.reasons)
    hints = award.findings.map { $0.hint(language) }
    payee = award.claimant.payee
    applied = Self.applied(award, programme.phrases, language)
    rows = award.rows.map { row in
      Row(place: "\(row.claim.place)", outcome: row.outcome, reason: row.outcome == .paid ? nil : row.reason)
    }
    steps = award.trace.steps.indices.map { index in
      let step = award.trace.steps[index]
      var value = Wording.plain(step.result)
      if case .named(_, _, let own) = step.operation { value = own.maskedPlain }
      return Step(
        key: step.key, clause: step.clause, benefit: step.benefit, group: step.group.map { Masking.text($0) },
        text: StepText.text(award.trace, index, programme.phrases, language: language), value: value)
    }
  }

  init(_ posted: PostedExplanation, programme: ProgrammeInfo, idNumber: String, language: Language) {
    (record, staffNo, name, unit) = (posted.record, posted.staffNo, posted.name, posted.unit)
    (self.programme, self.idNumber, self.language) = (programme, idNumber, language)
    (outcome, amount, rows) = (posted.outcome, posted.amount, posted.rows)
    (steps, reasons, hints) = (posted.steps, posted.reasons, [])
    (applied, payee) = ([], Payee())
  }

  public var isWaiting: Bool { outcome == .held }

  /// Every cell of the award's own rows that a step looked at, once.
  private static func applied(_ award: Award, _ phrases: Phrases, _ language: Language) -> [AppliedRow] {
    award.rows.map { row in
      var applied = AppliedRow()
      if row.outcome == .notCounted { applied.notCounted = row.reason }
      var seen: [String] = []
      for input in award.trace.steps.flatMap(\.inputs) {
        guard let place = input.place, place.source === row.claim.source, place.row == row.claim.row,
          case .longNumbers = InputMask(input.name), !seen.contains(where: { $0.sameScalars(as: input.name) })
        else { continue }
        seen.append(input.name)
        let value: String
        switch input.value {
        case .money(let money): value = money.grouped
        case .blank: continue
        case .flag(let flag): value = Bilingual(flag ? "是" : "否", flag ? "yes" : "no").text(language)
        default: value = Masking.text(input.value.plain)
        }
        applied.cells.append((phrases.text(input.name, language), value))
      }
      return applied
    }
  }

  /// The steps that say something: without those of a benefit that gives nothing beside others that do, and without
  /// those that leave the amount as it was.
  var tellingSteps: [Step] {
    let silent = silentBenefits
    var told: [Step] = []
    var (before, shown) = ("0.00", "0.00")
    for step in steps {
      if step.key == "values" {
        told.append(step)
        continue
      }
      let isSilent = step.benefit.map { silent.contains(ExactText($0)) } ?? false
      if !isSilent, says(step, before: before, shown: shown) {
        told.append(step)
        shown = step.value
      }
      before = step.value
    }
    return told
  }

  /// Names of the benefits that are nothing from first to last while others are something.
  private var silentBenefits: Set<ExactText> {
    let amounts = steps.filter { $0.key != "values" }
    guard amounts.contains(where: { $0.value != "0.00" }) else { return [] }
    // What a committee refused is no silence.
    let spoken = amounts.filter { step in
      let isDecided = ["committee", "table"].contains(step.key)
      return step.value != "0.00" || (isDecided && reasons.contains { $0.code.sameScalars(as: step.key) })
    }.compactMap(\.benefit)
    return Set(amounts.compactMap(\.benefit).map { ExactText($0) }).subtracting(spoken.map { ExactText($0) })
  }

  /// - Parameters:
  ///   - before: the amount before the step.
  ///   - shown: the amount after the last step that is told.
  private func says(_ step: Step, before: String, shown: String) -> Bool {
    switch step.key {
    case "base": !Self.emptyBases.contains(step.text)
    case "sum": step.value != shown
    case "rate", "marginal": step.value != before || before != "0.00"
    case "less", "window", "deductible", "times", "minimum", "at_least", "offset", "round":
      step.value != before
    case _ where step.key.hasPrefix("cap."): step.value != before
    default: true
    }
  }

  /// The start of a benefit that has no base.
  private static let emptyBases = ["补助基数 0 = 0.00", "base 0 = 0.00"]
}

extension ToldAward {
  /// What `explain` prints.
  /// - Parameter all: steps that change nothing too.
  public func text(all: Bool) -> String {
    let zh = language == .zh
    let colon = zh ? "：" : ": "
    var lines = [
      Masking.text("\(name)  \(staffNo)") + "  " + unit
        + (idNumber.isEmpty ? "" : "  \(Masking.idNumber(idNumber))"),
      (zh ? "项目" : "programme") + "\(colon)\(programme.title) (\(programme.programme))",
      (zh ? "办法" : "policy") + "\(colon)\(programme.policy)  \(programme.issuer)  \(programme.source)",
      (zh ? "记录号" : "record") + colon + record,
      (zh ? "结果" : "outcome") + colon + Self.result(outcome, amount, language: language),
      zh ? "申请行：" : "rows:",
    ]
    for row in rows {
      var line =
        "  \(ShownText.line(row.place))  " + (row.outcome.map { Wording.outcome($0, language) } ?? "")
      if let reason = row.reason { line += colon + reason.text + clause(reason.clause) }
      lines.append(line)
    }
    let told = all ? steps : tellingSteps
    if !told.isEmpty { lines.append(zh ? "计算：" : "steps:") }
    for (index, step) in told.enumerated() {
      let group = step.group.map { zh ? "（\($0)）" : " (\($0))" } ?? ""
      let benefit = step.benefit.map { "[\($0)\(group)] " } ?? ""
      lines.append("  \(index + 1). \(benefit)\(step.text)\(clause(step.clause))")
    }
    if told.count < steps.count {
      let left = steps.count - told.count
      lines.append(
        zh
          ? "  （另有 \(left) 步不改变金额，加 --all 全部列出）"
          : "  (\(left) more that change nothing: --all lists them)")
    }
    if !reasons.isEmpty {
      // What a paid award did not get is a remark, not why it was paid.
      let isPaid = outcome == .paid
      lines.append(zh ? (isPaid ? "附注：" : "原因：") : (isPaid ? "remarks:" : "reasons:"))
      for reason in reasons { lines.append("  \(reason.code)  \(reason.text)\(clause(reason.clause))") }
    }
    for hint in hints { lines.append("  → \(hint)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// 发放  250.00 元
  public static func result(_ outcome: RowOutcome, _ amount: Money, language: Language) -> String {
    "\(Wording.outcome(outcome, language))  \(amount.grouped)" + (language == .zh ? " 元" : " yuan")
  }

  private func clause(_ clause: String?) -> String {
    clause.map { language == .zh ? "  〔依据：\($0)〕" : "  [clause \($0)]" } ?? ""
  }
}
