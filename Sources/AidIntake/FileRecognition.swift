import AidModel

/// Recognises a file by its first bytes.
enum FileRecognition {
  static func isArchive(_ bytes: FileBytes) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
  }

  /// The failure for a file that is neither a workbook nor text.
  static func refusal(_ bytes: FileBytes, name: String) -> IntakeFailure? {
    let known: [([UInt8], String)] = [
      (Array("%PDF".utf8), "PDF"), (Array("Rar!".utf8), "RAR 压缩包 (RAR archive)"),
      ([0x37, 0x7A, 0xBC, 0xAF], "7z 压缩包 (7z archive)"), ([0xFF, 0xD8, 0xFF], "JPEG 图片 (picture)"),
      ([0x89, 0x50, 0x4E, 0x47], "PNG 图片 (picture)"), ([0x1F, 0x8B], "gzip 压缩包 (gzip archive)"),
      (Array("{\\rtf".utf8), "RTF 文档 (RTF document)"),
    ]
    for (magic, what) in known where bytes.starts(with: magic) { return kind(what, name) }
    if isWebPage(bytes) { return kind(htmlPage, name) }
    return nil
  }

  static let htmlPage =
    "网页 HTML，不是工作簿；请在表格软件中打开后另存为 .xlsx (an HTML page; open it in a spreadsheet program and save it as .xlsx)"

  /// The beginning of a text in lower case, without byte order mark, blanks and comments.
  private static func head(_ bytes: FileBytes) -> Substring {
    let text = String(decoding: bytes.buffer.prefix(4096).filter { $0 != 0 }, as: UTF8.self).lowercased()
    var rest = text[...]
    while true {
      rest = rest.trimmingPrefix { $0 == "\u{FEFF}" || $0 == "\u{FFFD}" || $0.isWhitespace }
      guard rest.hasPrefix("<!--"), let end = rest.firstRange(of: "-->") else { return rest }
      rest = rest[end.upperBound...]
    }
  }

  /// Some systems export tables as HTML and name them `.xls`.
  private static func isWebPage(_ bytes: FileBytes) -> Bool {
    let head = head(bytes)
    if head.hasPrefix("mime-version:") { return true }
    let tags = [
      "<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style", "<div", "<center", "<font",
    ]
    return tags.contains { tag in
      head.hasPrefix(tag) && !(head.dropFirst(tag.count).first?.isLetter ?? false)
    }
  }

  static func looksLikeXML(_ bytes: FileBytes) -> Bool {
    let head = head(bytes)
    guard head.hasPrefix("<"), let next = head.dropFirst().first else { return false }
    if head.hasPrefix("<?xml") || head.hasPrefix("<!doctype") { return true }
    // A list may begin with `<` too; an element has a name and a closing bracket.
    return (next.isLetter || next == "_") && head.contains(">") && head.prefix { $0 != ">" }.count < 2000
  }

  static let chartsOnly =
    "只有图表、宏或对话框的工作簿，没有工作表 (a workbook of charts, macros or dialogs only, without a worksheet)"

  static func archiveKind(_ archive: ZipArchive) -> String {
    if archive.entries.contains(where: { $0.name.hasPrefix("word/") }) { return "Word 文档 (Word document)" }
    if archive.entries.contains(where: { $0.name.hasPrefix("ppt/") }) {
      return "PowerPoint 文档 (presentation)"
    }
    return "ZIP 压缩包 (ZIP archive)"
  }

  private static func kind(_ what: String, _ name: String) -> IntakeFailure {
    IntakeFailure(IntakeFindings.fileKind, file: name, [what])
  }
}
