public import AidModel

/// The list for publication: masked names, unit, programme, amount; never a number, a card, a diagnosis. Written line
/// by line, as CSV and as a page.
public struct Notice: Sendable {
  private let book: AwardBook
  private let settings: NoticeSettings
  private let programme: ProgrammeInfo
  private let language: Language
  private let subtitle: String
  /// Entries of the book.
  private let paid: [Int32]

  /// - Parameter programme: index among the report's programmes.
  public init(_ report: BatchReport, programme: Int, language: Language) {
    book = report.book
    settings = report.notice
    self.programme = report.programmes[programme]
    self.language = language
    subtitle = report.title
    paid = book.entries.indices.lazy.filter {
      report.book.entries[$0].outcome == .paid && Int(report.book.entries[$0].programme) == programme
    }.map(Int32.init)
  }

  /// People on the list, in record order.
  public var count: Int { paid.count }

  private var heads: [String] {
    let zh = language == .zh
    let words = [
      "unit": zh ? "单位" : "unit", "programme": zh ? "项目" : "programme", "amount": zh ? "金额" : "amount",
      "staff_no": zh ? "工号" : "staff number",
    ]
    return [zh ? "姓名" : "name"] + settings.show.map { words[$0] ?? $0 }
  }

  /// The fields of one person.
  private func forEachField(of number: Int, _ body: (String) -> Void) {
    let entry = book.entries[Int(paid[number])]
    let who = book.claimant(of: entry)
    body(settings.mask == .name ? Masking.name(who.name) : who.name)
    for column in settings.show {
      switch column {
      case "unit": body(Masking.longNumbers(who.unit))
      case "programme": body(programme.title)
      case "amount": body(entry.amount.plain)
      case "staff_no": body(Masking.longNumbers(who.staffNo))
      default: body("")
      }
    }
  }

  // MARK: CSV

  /// UTF-8 with BOM, CRLF: people open it in a spreadsheet program.
  public func writeCSVHead(to text: inout TextBuffer) {
    text.append("\u{FEFF}")
    for (i, head) in heads.enumerated() {
      if i > 0 { text.append(UInt8(ascii: ",")) }
      Self.write(head, to: &text)
    }
    text.append("\r\n")
  }

  /// - Parameter number: below `count`.
  public func writeCSVLine(_ number: Int, to text: inout TextBuffer) {
    var isFirst = true
    forEachField(of: number) { field in
      if !isFirst { text.append(UInt8(ascii: ",")) }
      isFirst = false
      Self.write(field, to: &text)
    }
    text.append("\r\n")
  }

  /// A text that a spreadsheet program would run is made text by an apostrophe: this list is for eyes only.
  private static func write(_ field: String, to text: inout TextBuffer) {
    var field = field
    if let first = field.unicodeScalars.first,
      ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"].contains(first)
    {
      field = "'" + field
    }
    let isPlain = !field.utf8.contains { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }
    if isPlain { return text.append(field) }
    text.append(UInt8(ascii: "\""))
    for byte in field.utf8 {
      if byte == 34 { text.append(byte) }
      text.append(byte)
    }
    text.append(UInt8(ascii: "\""))
  }

  // MARK: page

  private var amountColumn: Int { settings.show.firstIndex(of: "amount").map { $0 + 1 } ?? -1 }

  public func writePageHead(to text: inout TextBuffer) {
    let zh = language == .zh
    let title = "\(programme.title) \(zh ? "公示" : "notice")"
    var page = HTMLPage(title: title, heading: title, subtitle: subtitle, language: language)
    page.paragraph(zh ? "共 \(count) 人。" : "\(count) people.")
    page.openTable(head: heads, numbers: [amountColumn])
    text.append(page.opening)
  }

  /// - Parameter number: below `count`.
  public func writePageLine(_ number: Int, to text: inout TextBuffer) {
    let amount = amountColumn
    var column = 0
    text.append("<tr>")
    forEachField(of: number) { field in
      text.append(column == amount ? "<td class=\"n\">" : "<td>")
      HTMLPage.escape(field, to: &text)
      text.append("</td>")
      column += 1
    }
    text.append("</tr>\n")
  }

  public func writePageTail(to text: inout TextBuffer) {
    text.append(HTMLPage.tableEnd)
    text.append(HTMLPage.closing)
  }
}
