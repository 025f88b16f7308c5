public import AidModel

/// Limits on a file: how much is read, and how much it may expand to, before it is treated as a mistake or a
/// bomb. All readers enforce them; exceeding one is `FILE-LIMIT`.
public struct IntakeLimits: Sendable {
  /// A sheet of a million rows and twenty columns inflates to under 1 GiB.
  public var inflatedBytesMax = 4 << 30
  /// Workbooks compress 5- to 40-fold; a ratio above 200 is deliberate.
  public var inflationRatioMax = 200
  /// The ratio is not checked below this size: a blank template of 2 KiB may inflate to 300 KiB.
  public var inflationRatioFrom = 16 << 20
  /// The file format's own limit.
  public var rowsMax = 1_048_576
  /// The file format's own limit.
  public var columnsMax = 16_384
  /// Every row of a sheet with 64 columns, including blank cells: no list comes near it.
  public var cellsMax = 1 << 26
  /// A cell has at most 32,767 characters of at most four bytes each.
  public var cellBytesMax = 131_068
  /// For all cells of a row: two thousand bytes for each column of the widest sheet.
  public var rowBytesMax = 32 << 20
  /// A list merges a few cells per unit.
  public var mergesMax = 100_000
  /// Real workbooks have tens of parts; a directory of thousands is an attack.
  public var archiveEntriesMax = 20_000
  /// Parts that describe the workbook (sheets, styles) have a few thousand relevant elements.
  public var partElementsMax = 200_000
  /// Rows out of order are sorted if the sheet's XML is at most this long; longer sheets must be in order.
  public var disorderedBytesMax = 8 << 20
  /// Total hash iterations over all passwords tried on one workbook: the format's limit for a single one.
  /// Office programs use 100,000 (so a hundred passwords can be tried); a million take about half a second.
  public var hashRoundsMax = 10_000_000
  /// Tried in order on protected workbooks.
  public var passwords = Passwords.none
  /// The reader for the rows of a workbook. The scanner leaves anything it does not fully support to libxml2.
  public var reader = SheetReading.scanner

  /// The zone in which times with a zone are read as days.
  public var zone = UTCOffset.china

  /// The size of the file being read, which limits its expansion.
  var fileBytes = 0

  public init() {}
  public static let standard = IntakeLimits()
}

/// Limits on the cells' total content, counting every repetition. A few bytes of a file can repeat a cell in
/// 16,384 columns or a row a million times, and a million cells can show one long shared text; each
/// repetition costs time downstream.
extension IntakeLimits {
  /// The cost of a cell besides its text: its space in a `RowChunk`.
  static let cellCost = MemoryLayout<CellSlot>.stride
  /// The ratio is not checked below this size: a form of a few kilobytes may have a number in each blank row.
  static let statedFrom = 4 << 20
  /// The content may be as many times larger than the file as inflated data may be.
  var statedBytesMax: Int {
    let (most, overflow) = fileBytes.multipliedReportingOverflow(by: inflationRatioMax)
    return overflow ? .max : max(Self.statedFrom, most)
  }

  var statedLimit: String {
    "文件共 \(fileBytes) 字节，各格合计却超过 \(statedBytesMax) 字节 "
      + "(a file of \(fileBytes) bytes whose cells say more than \(statedBytesMax) all in all)"
  }
}

/// Limits for files that are read as a whole, other than lists.
extension IntakeLimits {
  /// Policies, templates, schemas and manifests. A manifest lists every file of a batch at 120 bytes each;
  /// hand-written files are a thousand times smaller.
  public static let textFileBytes = 64 << 20
}

/// A limit on the cost of interpreting a cell.
extension IntakeLimits {
  /// Headings, totals, signatures and notes are recognised by their beginning; the longest are sentences of a
  /// few hundred characters.
  static let wordBytes = 2048
}

extension RawCell {
  /// As much of the text as is needed to distinguish headings, totals and signatures from data: all of it, or
  /// its beginning after white space. Blank only if the whole text is.
  var word: String {
    if bytes.count <= IntakeLimits.wordBytes { return text }
    let scalars = text.unicodeScalars.drop { TextKey.isBlank($0) }
    return String(String.UnicodeScalarView(scalars.prefix(IntakeLimits.wordBytes / 3)))
  }
}

/// The reader for the rows of a workbook; both give the same cells or the same failure.
public enum SheetReading: String, Sendable, CaseIterable { case scanner, libxml2 }
