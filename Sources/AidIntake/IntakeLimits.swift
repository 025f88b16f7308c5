/// How much of a file is read before it is called a mistake or a bomb. Each can be set lower or higher.
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

  public init() {}
  public static let standard = IntakeLimits()
}

/// Who reads the rows of a workbook; both give the same cells or the same refusal.
public enum SheetReading: String, Sendable, CaseIterable { case scanner, libxml2 }
