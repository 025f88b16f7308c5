public import AidModel

/// The list for publication: masked names, unit, programme and amount; never an ID number, a card or a
/// diagnosis. Written line by line, as CSV and as a page.
public struct Notice: Sendable {
  private let book: AwardBook
  private let settings: NoticeSettings
  private let programme: ProgrammeInfo
  private let language: Language
  private let subtitle: String
  /// Indexes of book entries.
  private let paid: [Int32]
  private let fields: [Field]
  /// For each unit of the book whether a number of somebody may stand in it.
  private let mayHoldNumber: [Bool]

  private enum Field: String {
    case name, maskedName, unit, programme, amount
    case staffNo = "staff_no"
    case unknown
  }

  /// - Parameter programme: index into the report's programmes.
  public init(_ report: BatchReport, programme: Int, language: Language) {
    book = report.book
    settings = report.notice
    self.programme = report.programmes[programme]
    self.language = language
    subtitle = report.title
    fields =
      [settings.mask == .name ? .maskedName : .name]
      + settings.show.map { column in
        [.unit, .programme, .amount, .staffNo].first { $0.rawValue == column } ?? .unknown
      }
    mayHoldNumber = report.book.units.map { Masking.mayHoldOwnNumber($0) }
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

  /// Writes the fields of one person.
  /// - Parameter field: called for each field with a closure that writes it.
  private func forEachField(
    of number: Int, _ field: (_ column: Int, _ write: (inout TextBuffer) -> Void) -> Void
  ) {
    book.fetch(after: Int(paid[number]))
    let entry = book.entries[Int(paid[number])]
    book.withShown(of: entry) { who in
      for (column, source) in fields.enumerated() {
        field(column) { text in
          switch source {
          case .name: Masking.write(text: who.name, to: &text)
          case .maskedName: Masking.write(name: who.name, to: &text)
          case .unit: write(unit: who.unit, of: entry, to: &text)
          case .programme: text.append(programme.title)
          case .amount: text.append(entry.amount)
          case .staffNo: Masking.write(text: who.staffNo, to: &text)
          case .unknown: break
          }
        }
      }
    }
  }

  private func write(unit: UnsafeBufferPointer<UInt8>, of entry: AwardEntry, to text: inout TextBuffer) {
    guard mayHoldNumber[Int(entry.unit)] else { return text.append(unit) }
    text.append(Masking.text(String(decoding: unit, as: UTF8.self), own: book.ownNumbers(of: entry)))
  }

  // MARK: CSV

  /// UTF-8 with BOM and CRLF, since people open it in a spreadsheet program.
  public func writeCSVHead(to text: inout TextBuffer) {
    text.append("\u{FEFF}")
    text.append(shownLine: heads)
  }

  /// - Parameter number: below `count`.
  public func writeCSVLine(_ number: Int, to text: inout TextBuffer) {
    forEachField(of: number) { column, write in
      if column > 0 { text.append(UInt8(ascii: ",")) }
      let mark = text.count
      write(&text)
      // An apostrophe keeps a spreadsheet program from running a text as a formula.
      text.closeShownField(from: mark)
    }
    text.append("\r\n")
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
    text.append("<tr>")
    forEachField(of: number) { column, write in
      text.append(column == amount ? "<td class=\"n\">" : "<td>")
      let mark = text.count
      write(&text)
      HTMLPage.escape(&text, from: mark)
      text.append("</td>")
    }
    text.append("</tr>\n")
  }

  public func writePageTail(to text: inout TextBuffer) {
    text.append(HTMLPage.tableEnd)
    text.append(HTMLPage.closing)
  }
}
