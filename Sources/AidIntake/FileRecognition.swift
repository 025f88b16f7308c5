import AidModel

/// Tells what a file is by its first bytes.
enum FileRecognition {
  static func isArchive(_ bytes: FileBytes) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
  }

  /// The failure for a file that is neither workbook nor text.
  static func refusal(_ bytes: FileBytes, name: String) -> IntakeFailure? {
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      if contains("EncryptedPackage", in: bytes) {
        return IntakeFailure(IntakeFindings.fileEncrypted, file: name)
      }
      return kind("旧版 Excel 97–2003 工作簿 .xls (Excel 97–2003 workbook)", name)
    }
    let known: [([UInt8], String)] = [
      (Array("%PDF".utf8), "PDF"), (Array("Rar!".utf8), "RAR 压缩包 (RAR archive)"),
      ([0x37, 0x7A, 0xBC, 0xAF], "7z 压缩包 (7z archive)"), ([0xFF, 0xD8, 0xFF], "JPEG 图片 (picture)"),
      ([0x89, 0x50, 0x4E, 0x47], "PNG 图片 (picture)"), ([0x1F, 0x8B], "gzip 压缩包 (gzip archive)"),
      (Array("{\\rtf".utf8), "RTF 文档 (RTF document)"),
    ]
    for (magic, what) in known where bytes.starts(with: magic) { return kind(what, name) }
    let head = String(decoding: bytes.buffer.prefix(4096).filter { $0 != 0 }, as: UTF8.self)
      .trimmingPrefix { $0 == "\u{FEFF}" || $0.isWhitespace }.lowercased()
    if head.hasPrefix("<?xml") || head.hasPrefix("<workbook") || head.hasPrefix("<office:") {
      if head.contains("<!doctype") { return IntakeFailure(IntakeFindings.xmlDoctype, file: name, ["XML"]) }
      return kind("XML 表格（尚不支持） (XML spreadsheet, not supported yet)", name)
    }
    if head.hasPrefix("<!doctype html") || head.hasPrefix("<html") || head.hasPrefix("<table")
      || head.hasPrefix("<meta")
    {
      return kind("网页 (HTML page)", name)
    }
    if head.hasPrefix("<!doctype") { return IntakeFailure(IntakeFindings.xmlDoctype, file: name, ["XML"]) }
    return nil
  }

  static func archiveKind(_ archive: ZipArchive) -> String {
    if archive.entry("mimetype") != nil, archive.entry("content.xml") != nil {
      return "OpenDocument 表格 .ods（尚不支持） (OpenDocument spreadsheet, not supported yet)"
    }
    if archive.entries.contains(where: { $0.name.hasPrefix("word/") }) { return "Word 文档 (Word document)" }
    if archive.entries.contains(where: { $0.name.hasPrefix("ppt/") }) {
      return "PowerPoint 文档 (presentation)"
    }
    return "ZIP 压缩包 (ZIP archive)"
  }

  private static func kind(_ what: String, _ name: String) -> IntakeFailure {
    IntakeFailure(IntakeFindings.fileKind, file: name, [what])
  }

  /// Whether the UTF-16 name of a stream stands in the directory of a compound file.
  private static func contains(_ text: String, in bytes: FileBytes) -> Bool {
    let wanted = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let all = bytes.buffer
    guard all.count >= wanted.count else { return false }
    // Directory entries begin at multiples of 128 bytes.
    for start in stride(from: 0, through: all.count - wanted.count, by: 128) where all[start] == wanted[0] {
      if all[start..<(start + wanted.count)].elementsEqual(wanted) { return true }
    }
    return false
  }
}
