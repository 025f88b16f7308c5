public import AidModel

/// The list for publication: masked names, unit, programme, amount; never a number, a card, a diagnosis.
public enum Notice {
  private static func rows(_ report: BatchReport, _ programme: ProgrammeInfo) -> [[String]] {
    let paid = SummaryReport.of(programme, report).filter { $0.outcome == .paid }
    return paid.map { entry in
      let who = report.book.claimant(of: entry)
      let shown = report.notice.show.map { column in
        switch column {
        case "unit": who.unit
        case "programme": programme.title
        case "amount": entry.amount.plain
        case "staff_no": who.staffNo
        default: ""
        }
      }
      return [report.notice.mask == .name ? Masking.name(who.name) : who.name] + shown
    }
  }

  private static func head(_ report: BatchReport, _ language: Language) -> [String] {
    let zh = language == .zh
    let words = [
      "unit": zh ? "单位" : "unit", "programme": zh ? "项目" : "programme", "amount": zh ? "金额" : "amount",
      "staff_no": zh ? "工号" : "staff number",
    ]
    return [zh ? "姓名" : "name"] + report.notice.show.map { words[$0] ?? $0 }
  }

  /// UTF-8 with BOM, CRLF: people open it in a spreadsheet program.
  public static func csv(_ report: BatchReport, programme: ProgrammeInfo, language: Language) -> [UInt8] {
    let lines = [head(report, language)] + rows(report, programme)
    let text = lines.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
    return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
  }

  /// A text that a spreadsheet program would run is made text by an apostrophe: this list is for eyes only.
  private static func quoted(_ field: String) -> String {
    var field = field
    if let first = field.unicodeScalars.first,
      ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"].contains(first)
    {
      field = "'" + field
    }
    guard field.utf8.contains(where: { [34, 44, 10, 13].contains($0) }) else { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  public static func html(_ report: BatchReport, programme: ProgrammeInfo, language: Language) -> [UInt8] {
    let zh = language == .zh
    var page = HTMLPage(
      title: "\(programme.title) \(zh ? "公示" : "notice")",
      heading: "\(programme.title) \(zh ? "公示" : "notice")",
      subtitle: report.title, language: language)
    let all = rows(report, programme)
    page.paragraph(zh ? "共 \(all.count) 人。" : "\(all.count) people.")
    page.table(
      head: head(report, language), rows: all,
      numbers: [report.notice.show.firstIndex(of: "amount").map { $0 + 1 } ?? -1])
    return page.bytes
  }
}
