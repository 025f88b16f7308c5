public import AidModel

/// `explanations.jsonl`: one object per award.
public enum Explanations {
  public static func json(_ award: Award, language: Language) -> JSONText {
    var before = Rational.zero
    var steps: [JSONText] = []
    for step in award.trace.steps {
      steps.append(
        .object([
          ("step", .string(step.key)), ("clause", .string(step.clause)),
          ("text", .string(StepText.text(step, before: before, language: language))),
          ("value", .string(Wording.plain(step.result))), ("benefit", .string(step.benefit)),
        ]))
      before = step.result
    }
    return .object([
      ("record", .string(award.record)), ("programme", .string(award.programme)),
      ("policy", .string(award.policy)), ("staff_no", .string(award.staffNo)), ("name", .string(award.name)),
      ("unit", .string(award.unit)), ("outcome", .string(award.outcome.rawValue)),
      ("amount", .string(award.amount.plain)),
      (
        "rows",
        .array(
          award.rows.map { row in
            .object([
              ("file", .string(row.claim.source.file)), ("sheet", .string(row.claim.source.sheet)),
              ("row", .integer(Int(row.claim.row))), ("outcome", .string(row.outcome.rawValue)),
            ])
          })
      ),
      ("steps", .array(steps)),
      (
        "reasons",
        .array(
          award.reasons.map {
            .object([("code", .string($0.code)), ("text", .string($0.text)), ("clause", .string($0.clause))])
          })
      ),
    ])
  }
}

/// What `explain` prints: the same, for reading.
public enum ExplanationText {
  public static func text(_ award: Award, programme: ProgrammeInfo, language: Language) -> String {
    let zh = language == .zh
    var lines = [
      "\(award.name)  \(award.staffNo)  \(award.unit)"
        + (award.idNumber.isEmpty ? "" : "  \(Masking.idNumber(award.idNumber))"),
      "\(zh ? "项目" : "programme")：\(programme.title) (\(award.programme))",
      "\(zh ? "办法" : "policy")：\(award.policy)  \(programme.issuer)  \(programme.source)",
      "\(zh ? "记录号" : "record")：\(award.record)",
      (zh ? "结果" : "outcome") + "：\(Wording.outcome(award.outcome, language))  "
        + award.amount.grouped + (zh ? " 元" : " yuan"),
      zh ? "申请行：" : "rows:",
    ]
    for row in award.rows {
      var line = "  \(row.claim.place)  \(Wording.outcome(row.outcome, language))"
      if let reason = row.reason, row.outcome != .paid {
        line += "：\(reason.text)" + clause(reason.clause, zh)
      }
      lines.append(line)
    }
    if !award.trace.steps.isEmpty {
      lines.append(zh ? "计算：" : "steps:")
      var before = Rational.zero
      for (i, step) in award.trace.steps.enumerated() {
        let benefit = step.benefit.map { "[\($0)] " } ?? ""
        lines.append(
          "  \(i + 1). \(benefit)\(StepText.text(step, before: before, language: language))\(clause(step.clause, zh))"
        )
        before = step.result
      }
    }
    if !award.reasons.isEmpty {
      lines.append(zh ? "原因：" : "reasons:")
      for reason in award.reasons {
        lines.append("  \(reason.code)  \(reason.text)\(clause(reason.clause, zh))")
      }
    }
    for finding in award.findings { lines.append("  → \(finding.hint(language))") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func clause(_ clause: String?, _ zh: Bool) -> String {
    clause.map { zh ? "  〔依据：\($0)〕" : "  [clause \($0)]" } ?? ""
  }
}
