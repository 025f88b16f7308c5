public import AidModel

/// `explanations.jsonl`: one object per award.
public enum Explanations {
  /// - Parameter phrases: of the award's policy.
  public static func json(_ award: Award, _ phrases: Phrases, language: Language) -> String {
    var out = TextBuffer(capacity: 2048)
    write(award, phrases, language: language, to: &out)
    return out.text
  }

  /// Appends the object on one line, without a line break.
  public static func write(
    _ award: Award, _ phrases: Phrases, language: Language, to out: inout TextBuffer
  ) {
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
    let words = StepLanguage(language, phrases)
    let steps = award.trace.steps
    list(Array(steps.indices), &out) { index, out in
      let step = steps[index]
      field("{\"step\":", step.key, &out)
      field(",\"clause\":", step.clause, &out)
      out.append(",\"text\":\"")
      let mark = out.count
      StepText.write(award.trace, index, words, to: &out)
      out.closeJSON(from: mark)
      out.append(",\"value\":\"")
      if case .named(_, _, let value) = step.operation {
        // The value of a named step itself; the amount is unchanged.
        let start = out.count
        out.append(value.maskedPlain)
        out.escapeJSON(from: start)
      } else {
        out.append(plain: step.result)
      }
      field("\",\"benefit\":", step.benefit, &out)
      if let group = step.group { field(",\"of\":", Masking.text(group), &out) }
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
