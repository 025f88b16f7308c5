public import AidModel

/// What a file may cost: how much of it is read, and how much it may stand for, before it is called a mistake or a
/// bomb. Every reader keeps within these; what goes past them is `FILE-LIMIT`.
public struct IntakeLimits: Sendable {
  /// A sheet of a million rows and twenty columns inflates to under 1 GiB.
  public var inflatedBytesMax = 4 << 30
  /// Workbooks shrink 5 to 40 times; past 200 one was made to be a bomb.
  public var inflationRatioMax = 200
  /// The ratio means nothing for small files: a blank template of 2 KiB may inflate to 300 KiB.
  public var inflationRatioFrom = 16 << 20
  /// What the file format itself allows.
  public var rowsMax = 1_048_576
  /// What the file format itself allows.
  public var columnsMax = 16_384
  /// All rows of a sheet with 64 columns each, blank ones counted: no list is near it.
  public var cellsMax = 1 << 26
  /// The format allows 32,767 characters in a cell; four bytes each at most.
  public var cellBytesMax = 131_068
  /// All cells of a row together; every column of the widest sheet could hold two thousand bytes.
  public var rowBytesMax = 32 << 20
  /// A list merges a few cells for each of its units.
  public var mergesMax = 100_000
  /// Real workbooks have tens of parts; a directory of thousands is an attack on the reader.
  public var archiveEntriesMax = 20_000
  /// The parts that say where everything is (sheets, styles) have some thousand elements that matter.
  public var partElementsMax = 200_000
  /// Rows in any order are put right in sheets whose XML is at most this long; longer ones must be in order.
  public var disorderedBytesMax = 8 << 20
  /// How often passwords are hashed for one workbook, all of them together: what the format allows for one. Office
  /// programs write 100,000 (so a hundred passwords can be tried), and a million takes about half a second.
  public var hashRoundsMax = 10_000_000
  /// Tried on workbooks that have a password, in their order.
  public var passwords = Passwords.none
  /// Which reader reads the rows of a workbook. The scanner leaves to libxml2 what it does not fully understand.
  public var reader = SheetReading.scanner

  /// By whose clocks moments that name a zone are read as days.
  public var zone = UTCOffset.china

  /// The size of the file being read, for what it may stand for.
  var fileBytes = 0

  public init() {}
  public static let standard = IntakeLimits()
}

/// What cells say all in all, each counted as often as it stands in the sheet. A few bytes of a file may say that a
/// cell stands in 16,384 columns or a row a million times, and a million cells may show one long text of the workbook;
/// whoever takes the rows has work with each of them.
extension IntakeLimits {
  /// A cell costs so much beside its text: the place it takes in a `RowChunk`.
  static let cellCost = MemoryLayout<CellSlot>.stride
  /// Below this the ratio means nothing: a form of few kilobytes may have a figure in each of its blank rows.
  static let statedFrom = 4 << 20
  /// A file stands for at most as many times its size as it may inflate to.
  var statedBytesMax: Int {
    let (most, overflow) = fileBytes.multipliedReportingOverflow(by: inflationRatioMax)
    return overflow ? .max : max(Self.statedFrom, most)
  }

  var statedLimit: String {
    "文件共 \(fileBytes) 字节，各格合计却超过 \(statedBytesMax) 字节 "
      + "(a file of \(fileBytes) bytes whose cells say more than \(statedBytesMax) all in all)"
  }
}

/// Files that are read whole, beside the lists.
extension IntakeLimits {
  /// Policies, templates, schemas and manifests. A manifest names every file of a batch, at 120 bytes a file; what
  /// people write by hand is a thousandth of this.
  public static let textFileBytes = 64 << 20
}

/// What a cell may cost whoever asks what it means.
extension IntakeLimits {
  /// A heading, a total, a signature or a note is told by its beginning; the longest are sentences of some hundred
  /// characters.
  static let wordBytes = 2048
}

extension RawCell {
  /// What the cell says, as far as it takes to tell headings, totals and signatures from data: all of it, or the
  /// beginning behind the white space. Blank only if all of it is.
  var word: String {
    if bytes.count <= IntakeLimits.wordBytes { return text }
    let scalars = text.unicodeScalars.drop { TextKey.isBlank($0) }
    return String(String.UnicodeScalarView(scalars.prefix(IntakeLimits.wordBytes / 3)))
  }
}

/// Who reads the rows of a workbook; both give the same cells or the same refusal.
public enum SheetReading: String, Sendable, CaseIterable { case scanner, libxml2 }
