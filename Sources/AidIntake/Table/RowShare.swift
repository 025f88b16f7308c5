public import AidModel

/// Takes the data rows of a sheet, or of a part of it, one after the other.
public protocol RowTaker: SendableMetatype {
  associatedtype Taken: Sendable
  /// - Parameter fields: in the order of the layout; they hold during the call.
  mutating func take(_ fields: FieldRow, row: Int32, isHidden: Bool)
  /// The last row was taken.
  mutating func finish() -> Taken
}

/// One data row of a list: its fields in the order of the layout.
public struct TableRow: Sendable {
  public let number: Int32
  public let fields: [Field]
  public let isHidden: Bool
}

/// Keeps rows as they are.
struct RowList: RowTaker {
  private(set) var rows: [TableRow] = []

  mutating func take(_ fields: FieldRow, row: Int32, isHidden: Bool) {
    rows.append(TableRow(number: row, fields: fields.fields, isHidden: isHidden))
  }

  mutating func finish() -> [TableRow] { rows }
}

/// What some rows of a sheet brought beside their fields, to be joined to the rest in the order of the sheet.
struct RowShare: Sendable {
  var dropped: [DroppedRow] = []
  var hiddenRows: [Int32] = []
  var totals: ShareOfTotals
  var findings: [Finding] = []
  var strays = StrayCells()
  /// For each layout column how many numbers that are names for something stand in number cells.
  var numbers: [Int]
  /// A line says that the list counts in the confirmed unit.
  var saysUnit = false
  /// A line that names a unit of money the amounts were not read in.
  var unit: Finding?
  /// Which of the findings is about a second heading with other columns: said once of a sheet.
  var otherHeading: Int?

  init(_ layout: Layout) {
    totals = ShareOfTotals(layout)
    numbers = Array(repeating: 0, count: layout.columns.count)
  }
}
