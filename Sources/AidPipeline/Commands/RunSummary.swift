public import AidModel
import AidReview

/// The standard output of `run` and `validate`.
public enum RunSummary {
  public static func text(_ result: RunResult, language: Language) -> String {
    ConsoleSummary.text(result.report, language: language) + "\n" + places(result, language)
  }

  public static func json(_ result: RunResult) -> String {
    let t = result.report.totals
    let paid = result.report.book.paid
    return JSONText.object([
      ("batch", .string(result.report.batch)), ("stage", .string(result.report.stage.rawValue)),
      ("exit", .integer(Int(result.exitStatus))), ("out", .string(result.out)),
      (
        "totals",
        .object([
          ("rows", .integer(t.rows)), ("paid", .integer(t.paid)), ("zero", .integer(t.zero)),
          ("refused", .integer(t.refused)), ("held", .integer(t.held)),
          ("not_counted", .integer(t.notCounted)), ("dropped", .integer(t.dropped)),
        ])
      ),
      ("amount", .string(paid.plain)),
      ("stops", .array(result.report.stops.map { .string($0.what) })),
      ("files", .array(result.files.map { .string($0) })),
    ]).text(indented: true)
  }

  private static func places(_ result: RunResult, _ language: Language) -> String {
    var lines: [String] = []
    func line(_ zh: String, _ en: String, _ path: String) {
      lines.append(Bilingual(zh, en).text(language) + result.out + "/" + path)
    }
    for file in result.files where file.hasPrefix("ledgers/") { line("台账：", "ledger: ", file) }
    line("核对报告：", "validation: ", "reports/validation.html")
    if result.files.contains("reports/summary.html") { line("汇总报告：", "summary: ", "reports/summary.html") }
    if result.files.contains("explanations.jsonl") { line("逐笔说明：", "explanations: ", "explanations.jsonl") }
    return lines.joined(separator: "\n")
  }
}
