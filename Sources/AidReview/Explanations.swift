public import AidModel

/// `explanations.jsonl`: one object per award.
public enum Explanations {
  public static func json(_ award: Award, language: Language) -> String {
    var out = TextBuffer(capacity: 2048)
    write(award, language: language, to: &out)
    return out.text
  }

  /// Appends the object on one line, without a line break.
  public static func write(_ award: Award, language: Language, to out: inout TextBuffer) {
    field("{\"record\":", award.record, &out)
    field(",\"programme\":", award.programme, &out)
    field(",\"policy\":", award.policy, &out)
    field(",\"staff_no\":", award.staffNo, &out)
    field(",\"name\":", award.name, &out)
    field(",\"unit\":", Masking.text(award.unit), &out)
    field(",\"outcome\":", award.outcome.rawValue, &out)
    out.append(",\"amount\":\"")
    out.append(award.amount)
    out.append("\",\"rows\":")
    list(award.rows, &out) { row, out in
      field("{\"file\":", row.claim.source.file, &out)
      field(",\"sheet\":", row.claim.source.sheet, &out)
      out.append(",\"row\":")
      out.append(number: Int(row.claim.row))
      field(",\"outcome\":", row.outcome.rawValue, &out)
    }
    out.append(",\"steps\":")
    var before = Rational.zero
    list(award.trace.steps, &out) { step, out in
      field("{\"step\":", step.key, &out)
      field(",\"clause\":", step.clause, &out)
      out.append(",\"text\":\"")
      let mark = out.count
      StepText.write(step, before: before, language: language, to: &out)
      out.closeJSON(from: mark)
      out.append(",\"value\":\"")
      if case .named(_, _, let value) = step.operation {
        // The value of a named step itself; the amount is unchanged.
        let start = out.count
        out.append(Masking.text(value.plain))
        out.escapeJSON(from: start)
      } else {
        out.append(plain: step.result)
      }
      field("\",\"benefit\":", step.benefit, &out)
      before = step.result
    }
    out.append(",\"reasons\":")
    write(award.reasons, to: &out)
    out.append("}")
  }

  static func write(_ reasons: [Reason], to out: inout TextBuffer) {
    list(reasons, &out) { reason, out in
      field("{\"code\":", reason.code, &out)
      field(",\"text\":", reason.text, &out)
      field(",\"clause\":", reason.clause, &out)
    }
  }

  private static func field(_ key: String, _ text: String?, _ out: inout TextBuffer) {
    out.append(key)
    out.append(json: text)
  }

  /// Writes objects; `item` leaves the closing brace to this function.
  private static func list<Item>(
    _ items: [Item], _ out: inout TextBuffer, _ item: (Item, inout TextBuffer) -> Void
  ) {
    out.append("[")
    for i in items.indices {
      if i > 0 { out.append(",") }
      item(items[i], &out)
      out.append("}")
    }
    out.append("]")
  }
}

/// The same as text, as printed by `explain`.
public enum ExplanationText {
  public static func text(_ award: Award, programme: ProgrammeInfo, language: Language) -> String {
    let zh = language == .zh
    var lines = [
      Masking.text("\(award.name)  \(award.staffNo)")
        + "  " + Masking.text(award.unit, own: [award.idNumber])
        + (award.idNumber.isEmpty ? "" : "  \(Masking.idNumber(award.idNumber))"),
      "\(zh ? "项目" : "programme")：\(programme.title) (\(award.programme))",
      "\(zh ? "办法" : "policy")：\(award.policy)  \(programme.issuer)  \(programme.source)",
      "\(zh ? "记录号" : "record")：\(award.record)",
      (zh ? "结果" : "outcome") + "：" + result(award.outcome, award.amount, language: language),
      zh ? "申请行：" : "rows:",
    ]
    for row in award.rows {
      var line = "  \(ShownText.line("\(row.claim.place)"))  \(Wording.outcome(row.outcome, language))"
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
      // Reasons of a paid award are remarks on what it did not get, not why it was paid.
      let isPaid = award.outcome == .paid
      lines.append(zh ? (isPaid ? "附注：" : "原因：") : (isPaid ? "remarks:" : "reasons:"))
      for reason in award.reasons {
        lines.append("  \(reason.code)  \(reason.text)\(clause(reason.clause, zh))")
      }
    }
    for finding in award.findings { lines.append("  → \(finding.hint(language))") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// 发放  250.00 元
  public static func result(_ outcome: RowOutcome, _ amount: Money, language: Language) -> String {
    "\(Wording.outcome(outcome, language))  \(amount.grouped)" + (language == .zh ? " 元" : " yuan")
  }

  private static func clause(_ clause: String?, _ zh: Bool) -> String {
    clause.map { zh ? "  〔依据：\($0)〕" : "  [clause \($0)]" } ?? ""
  }
}
