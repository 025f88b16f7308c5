import AidModel

/// Describes a file for people who do not know file types by their extensions.
public enum FileWords {
  /// Larger files are not opened just to be named.
  private static let bytesMax = 64 << 20

  /// The kind of a file by its content: `Word 文档 (Word document)`. Never fails: a file that cannot be opened
  /// is described as such.
  public static func kind(of path: String, name: String) -> String {
    let (content, isVague) = content(of: path, name: name)
    guard isVague, let called = called(name) else { return content }
    return "名为\(called.zh)，内容是\(content) (called \(called.en))"
  }

  /// The description of the content, and whether it is too vague.
  private static func content(of path: String, name: String) -> (String, isVague: Bool) {
    var limits = IntakeLimits.standard
    limits.inflatedBytesMax = bytesMax
    do throws(IntakeFailure) {
      let kind = try InputFile(path: path, name: name, limits: limits).kind
      return (self.kind(kind), kind == .csv)
    } catch {
      let said = error.finding.arguments.first ?? ""
      switch error.finding.kind.code {
      case "FILE-MISSING": return ("指向空处的链接 (a link to nothing)", false)
      case "FILE-ENCRYPTED": return ("有密码的文件 (a file with a password)", false)
      case "FILE-KIND": return (said, false)
      case "FILE-UNREADABLE": return ("读不出来的文件：\(said)", true)
      case "FILE-LIMIT": return ("很大的工作簿 (a very large workbook)", false)
      default: return ("\(error.finding.kind.title.zh) (\(error.finding.kind.title.en))", true)
      }
    }
  }

  private static func kind(_ kind: FileKind) -> String {
    switch kind {
    case .xlsx: "Excel 工作簿 .xlsx (an Excel workbook)"
    case .xlsm: "带宏的 Excel 工作簿 .xlsm (an Excel workbook with macros)"
    case .xls: "Excel 97–2003 工作簿 .xls (an Excel 97 workbook)"
    case .ods, .fods: "ODF 电子表格 (an OpenDocument spreadsheet)"
    case .csv: "文本或 CSV (a text or CSV file)"
    default: "XML 表格 (an XML spreadsheet)"
    }
  }

  private static let endings: [(endings: [String], zh: String, en: String)] = [
    (["doc", "docx", "wps"], "文字文档", "a text document"), (["pdf"], " PDF", "a PDF"),
    (["zip", "rar", "7z", "gz", "tar"], "压缩包", "an archive"),
    (["jpg", "jpeg", "png", "gif", "bmp", "heic", "tif", "tiff"], "图片", "a picture"),
    (["ppt", "pptx", "dps"], "演示文稿", "a presentation"),
    (["xls", "xlsx", "xlsm", "xlsb", "et", "ods"], "工作簿", "a workbook"),
  ]

  /// The kind that a file name claims.
  private static func called(_ name: String) -> (zh: String, en: String)? {
    let parts = name.lowercased().split(separator: ".")
    guard parts.count > 1, let ending = parts.last.map(String.init),
      let known = endings.first(where: { $0.endings.contains(ending) })
    else { return nil }
    return (known.zh, known.en)
  }
}
