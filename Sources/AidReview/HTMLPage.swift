import AidModel

/// A self-contained page that prints well on A4: no scripts, no external resources, every value escaped.
struct HTMLPage {
  private var body = ""
  private let title: String
  private let language: Language

  init(title: String, heading: String, subtitle: String, language: Language) {
    self.title = title
    self.language = language
    body = "<header><h1>\(Self.escape(heading))</h1><p class=\"sub\">\(Self.escape(subtitle))</p></header>\n"
  }

  static func escape(_ text: String) -> String {
    var out = TextBuffer(capacity: text.utf8.count + 16)
    escape(text, to: &out)
    return out.text
  }

  /// Escapes markup; invisible characters and those that change the text direction are written out.
  static func escape(_ text: String, to out: inout TextBuffer) {
    for byte in ShownText.lines(text).utf8 {
      switch byte {
      case UInt8(ascii: "&"): out.append("&amp;")
      case UInt8(ascii: "<"): out.append("&lt;")
      case UInt8(ascii: ">"): out.append("&gt;")
      case UInt8(ascii: "\""): out.append("&quot;")
      case UInt8(ascii: "'"): out.append("&#39;")
      default: out.append(byte)
      }
    }
  }

  /// Escapes what was written since `count` was `mark`.
  static func escape(_ out: inout TextBuffer, from mark: Int) {
    let isPlain = out.withBytes { bytes in
      for byte in bytes[mark...] {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"):
          return false
        default: break
        }
      }
      let text = UnsafeRawBufferPointer(rebasing: bytes[mark...]).assumingMemoryBound(to: UInt8.self)
      return TextBytes.areOrdinary(text)
    }
    if isPlain { return }
    let text = out.text(from: mark)
    out.truncate(to: mark)
    escape(text, to: &out)
  }

  mutating func section(_ title: String) { body += "<h2>\(Self.escape(title))</h2>\n" }
  mutating func paragraph(_ text: String) { body += "<p>\(Self.escape(text))</p>\n" }
  mutating func raw(_ html: String) { body += html }

  mutating func cards(_ cards: [(String, String)]) {
    body += "<dl class=\"cards\">"
    for (label, value) in cards {
      body += "<div><dt>\(Self.escape(label))</dt><dd>\(Self.escape(value))</dd></div>"
    }
    body += "</dl>\n"
  }

  mutating func alert(_ title: String, _ lines: [String]) {
    body += "<div class=\"alert\" role=\"alert\"><strong>\(Self.escape(title))</strong><ul>"
    for line in lines.prefix(50) { body += "<li>\(Self.escape(line))</li>" }
    if lines.count > 50 { body += "<li>… \(lines.count - 50)</li>" }
    body += "</ul></div>\n"
  }

  /// - Parameters:
  ///   - numbers: right-aligned columns.
  ///   - codes: columns of codes.
  mutating func table(head: [String], rows: [[String]], numbers: Set<Int> = [], codes: Set<Int> = []) {
    openTable(head: head, numbers: numbers)
    for row in rows {
      body += "<tr>"
      for (i, cell) in row.enumerated() {
        let kind = numbers.contains(i) ? " class=\"n\"" : (codes.contains(i) ? " class=\"c\"" : "")
        body += "<td\(kind)>\(Self.escape(cell))</td>"
      }
      body += "</tr>\n"
    }
    body += Self.tableEnd
  }

  /// Begins a table whose rows are written separately, followed by `tableEnd`.
  mutating func openTable(head: [String], numbers: Set<Int>) {
    body += "<table><thead><tr>"
    for (i, cell) in head.enumerated() {
      body += "<th scope=\"col\"\(numbers.contains(i) ? " class=\"n\"" : "")>\(Self.escape(cell))</th>"
    }
    body += "</tr></thead><tbody>\n"
  }

  static let tableEnd = "</tbody></table>\n"

  var bytes: [UInt8] { Array((opening + Self.closing).utf8) }

  static let closing = "</body></html>\n"

  /// Everything except `closing`.
  var opening: String {
    """
    <!DOCTYPE html>
    <html lang="\(language == .zh ? "zh-CN" : "en")">
    <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>\(Self.escape(title))</title>
    <style>
    \(Self.style)
    </style></head>
    <body>
    \(body)
    """
  }

  private static let style = """
    @page { size: A4; margin: 14mm 12mm; }
    * { box-sizing: border-box; }
    body { font: 14px/1.5 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC",
      "WenQuanYi Micro Hei", sans-serif; color: #1b1f24; max-width: 1080px; margin: 0 auto; padding: 24px; }
    h1 { font-size: 22px; margin: 0; } h2 { font-size: 16px; margin: 26px 0 8px; border-bottom: 2px solid #24527a;
      padding-bottom: 3px; break-after: avoid; }
    .sub { color: #57606a; margin: 2px 0 16px; }
    .cards { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 0 10px; }
    .cards div { border: 1px solid #d0d7de; border-radius: 6px; padding: 6px 12px; min-width: 92px; }
    .cards dt { color: #57606a; font-size: 12px; } .cards dd { margin: 0; font-size: 18px; font-weight: 600;
      font-variant-numeric: tabular-nums; }
    .alert { border-left: 5px solid #b42318; background: #fef3f2; padding: 10px 14px; margin: 12px 0; }
    .alert ul { margin: 4px 0 0; padding-left: 20px; }
    table { border-collapse: collapse; width: 100%; margin: 6px 0 12px; font-size: 12.5px; }
    th, td { border: 1px solid #d0d7de; padding: 4px 7px; text-align: left; vertical-align: top;
      overflow-wrap: anywhere; }
    th { background: #eef3f8; white-space: nowrap; } .n { text-align: right; white-space: nowrap;
      font-variant-numeric: tabular-nums; } .c { font-family: ui-monospace, "DejaVu Sans Mono", monospace;
      font-size: 11.5px; white-space: nowrap; }
    thead { display: table-header-group; } tr { break-inside: avoid; }
    svg { width: 100%; height: auto; break-inside: avoid; }
    @media print { body { padding: 0; max-width: none; font-size: 11px; } table { font-size: 10px; } }
    """
}
