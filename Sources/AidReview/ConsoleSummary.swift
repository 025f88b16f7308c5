public import AidModel

/// What a run prints: totals, funds, findings by code, and what needs a person first.
public enum ConsoleSummary {
  public static func text(_ report: BatchReport, language: Language) -> String {
    let zh = language == .zh
    var lines = ["\(report.title)  (\(report.batch), \(Wording.stage(report.stage, language)))"]
    lines.append(TotalCards.conservation(report.totals, language))
    if let received = received(report.received, zh) { lines.append(received) }
    for (info, c) in zip(report.programmes, SummaryReport.byProgramme(report)) {
      lines.append(
        zh
          ? "  \(info.title)：申请 \(c.applied)，发放 \(c.paid)，零 \(c.zero)，不予 \(c.refused)，待处理 \(c.held)，"
            + (c.notCounted > 0 ? "不计入 \(c.notCounted)，" : "") + "金额 \(c.amount.grouped) 元"
          : "  \(info.title): \(c.applied) applied, \(c.paid) paid, \(c.zero) zero, \(c.refused) refused, "
            + "\(c.held) held, " + (c.notCounted > 0 ? "\(c.notCounted) not counted, " : "")
            + "\(c.amount.grouped) yuan"
      )
    }
    for fund in report.funds {
      let available = (fund.amount + fund.carriedOver).grouped
      let (asked, paid, left) = (fund.asked.grouped, fund.paid.grouped, fund.left.grouped)
      let rule = Wording.shortRule(fund.shortRule, language)
      lines.append(
        zh
          ? "  基金 \(fund.fund)：可用 \(available)，应发 \(asked)，实发 \(paid)，结余 \(left)（\(rule)）"
          : "  fund \(fund.fund): \(available) available, \(asked) due, \(paid) paid, \(left) left (\(rule))"
      )
    }
    for severity in Severity.allCases.reversed() {
      let found = report.findings.filter { $0.kind.severity == severity }
      if found.isEmpty { continue }
      var counts: [String: Int] = [:]
      for finding in found { counts[finding.kind.code, default: 0] += 1 }
      let list = counts.keys.sorted().map { "\($0) \(counts[$0] ?? 0)" }.joined(separator: zh ? "，" : ", ")
      lines.append("\(Wording.severity(severity, language)) \(found.count)：\(list)")
    }
    let first = UrgentFindings(report).first(3)
    if !first.isEmpty { lines.append(zh ? "先看这几处：" : "Look here first:") }
    for finding in first {
      lines.append(
        "  \(ShownText.line("\(finding.place)"))  \(finding.kind.code)  \(finding.message(language))")
      lines.append("    → \(finding.hint(language))")
    }
    return lines.joined(separator: "\n")
  }

  /// The received files that were not read; nil if all were.
  private static func received(_ files: [ReceivedFile], _ zh: Bool) -> String? {
    func count(_ fate: ReceivedFile.Fate) -> Int { files.count { $0.fate == fate } }
    let parts = [
      (count(.ignored), zh ? "按 ignore 不读" : "ignored"), (count(.passedOver), zh ? "略过" : "passed over"),
      (count(.unmatched), zh ? "没有哪一项读" : "read by no entry"), (count(.twice), zh ? "两项都写到" : "named twice"),
    ].filter { $0.0 > 0 }.map { "\($0.1) \($0.0)" }
    if parts.isEmpty { return nil }
    let rest = parts.joined(separator: zh ? "，" : ", ")
    return zh
      ? "收到文件 \(files.count)：读入 \(count(.read))，\(rest)"
      : "\(files.count) files received: \(count(.read)) read, \(rest)"
  }
}
