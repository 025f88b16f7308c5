/// How much of a file is read before it is called a mistake or a bomb. Each can be set lower or higher.
public struct IntakeLimits: Sendable {
  /// A sheet of a million rows and twenty columns inflates to under 1 GiB.
  public var inflatedBytesMax = 4 << 30
  /// Sheet XML shrinks 10 to 40 times; past 200 it was made to be a bomb.
  public var inflationRatioMax = 200
  /// The ratio means nothing for small parts: a blank template of 2 KiB may inflate to 300 KiB.
  public var inflationRatioFrom = 16 << 20
  /// What the file format itself allows.
  public var rowsMax = 1_048_576
  /// What the file format itself allows.
  public var columnsMax = 16_384
  /// The format allows 32,767 characters in a cell; four bytes each at most.
  public var cellBytesMax = 131_068
  /// Real workbooks have tens of parts; a directory of thousands is an attack on the reader.
  public var archiveEntriesMax = 20_000

  public init() {}
  public static let standard = IntakeLimits()
}
