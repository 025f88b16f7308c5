public import AidModel

/// Takes the data rows of a sheet, or of a part of it, one by one.
public protocol RowTaker: SendableMetatype {
  associatedtype Taken: Sendable
  /// - Parameter fields: in layout order; valid only during the call.
  mutating func take(_ fields: FieldRow, row: Int32, isHidden: Bool)
  /// Called after the last row.
  mutating func finish() -> Taken
}

/// One data row of a list, with its fields in layout order.
public struct TableRow: Sendable {
  public let number: Int32
  public let fields: [Field]
  public let isHidden: Bool
}

/// Keeps rows unchanged.
struct RowList: RowTaker {
  private(set) var rows: [TableRow] = []

  mutating func take(_ fields: FieldRow, row: Int32, isHidden: Bool) {
    rows.append(TableRow(number: row, fields: fields.fields, isHidden: isHidden))
  }

  mutating func finish() -> [TableRow] { rows }
}

/// The results of some rows of a sheet besides their fields, to be joined in sheet order.
struct RowShare: Sendable {
  var dropped: [DroppedRow] = []
  var hiddenRows: [Int32] = []
  var totals: ShareOfTotals
  var findings: [Finding] = []
  var strays = StrayCells()
  /// For each layout column, the number of identifiers in number cells.
  var numbers: [Int]
  /// A line says that the list uses the confirmed unit.
  var saysUnit = false
  /// A line that names another unit than the one the amounts were read in.
  var unit: Finding?
  /// Index of the finding about a second heading with other columns, reported once per sheet.
  var otherHeading: Int?

  init(_ layout: Layout) {
    totals = ShareOfTotals(layout)
    numbers = Array(repeating: 0, count: layout.columns.count)
  }
}
