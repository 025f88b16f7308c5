import AidModel

/// The version of a workbook stream, by its first record ([MS-XLS] 2.4.21 and earlier formats).
enum BiffVersion: Sendable, CaseIterable {
  case biff2, biff3, biff4, biff5, biff8

  /// The version of the stream at `offset`; nil if no stream begins there.
  init?(_ bytes: FileBytes, at offset: Int = 0) {
    guard offset + 8 <= bytes.count else { return nil }
    let (type, count) = (bytes.little16(offset), bytes.little16(offset + 2))
    guard count <= 32, offset + 4 + count <= bytes.count else { return nil }
    switch (type, count) {
    case (0x009, 4...): self = .biff2
    case (0x209, 6...): self = .biff3
    case (0x409, 6...): self = .biff4
    case (0x809, 4...):
      switch bytes.little16(offset + 4) {
      case 0x600: self = .biff8
      case 0x500: self = .biff5
      case 0x400: self = .biff4
      case 0x300: self = .biff3
      case 0x000, 0x002, 0x007, 0x200: self = .biff2
      default: return nil
      }
    default: return nil
    }
  }

  /// The version of a file that is a bare stream without a container; nil for any other file.
  init?(bare bytes: FileBytes) {
    guard let version = BiffVersion(bytes), Self.contents.contains(bytes.little16(6)) else { return nil }
    self = version
  }

  /// Valid stream types: globals, module, sheet, chart, macro sheet, workspace.
  private static let contents = [0x0005, 0x0006, 0x0010, 0x0020, 0x0040, 0x0100]

  /// Whether workbooks of this version are supported.
  var isRead: Bool { self == .biff5 || self == .biff8 }

  /// The version's name for messages.
  var title: String {
    switch self {
    case .biff2: "Excel 2.x 工作表（BIFF2） (an Excel 2.x worksheet, BIFF2)"
    case .biff3: "Excel 3.0 工作表（BIFF3） (an Excel 3.0 worksheet, BIFF3)"
    case .biff4: "Excel 4.0 工作表（BIFF4） (an Excel 4.0 worksheet, BIFF4)"
    case .biff5: "Excel 5.0/95 工作簿 (an Excel 5.0/95 workbook)"
    case .biff8: "Excel 97–2003 工作簿 (an Excel 97–2003 workbook)"
    }
  }
}
