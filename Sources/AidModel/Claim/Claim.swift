/// One data row of an application list, roster, history or decisions list, read and typed.
///
/// A two-word handle into the packed list; values are decoded on demand.
public struct Claim: Sendable {
  let table: ClaimTable
  /// Offset of the row in the list.
  let index: Int

  init(table: ClaimTable, index: Int) {
    self.table = table
    self.index = index
  }

  /// A row on its own, in a list of one.
  /// - Parameter values: in the order of `source.layout.columns`.
  public init(source: SourceSheet, row: Int32, values: [Value]) {
    var builder = ClaimTableBuilder(source)
    builder.append(row: row, values: values)
    self.init(table: builder.finish(), index: 0)
  }

  /// Prefetches the row.
  func fetch() { table.fetch(index) }

  public var source: SourceSheet { table.source }
  public var row: Int32 { table.row(index) }
  public var place: Place { Place(source, row: row) }

  /// The cell of a layout column; the row if the sheet lacks the column.
  public func place(ofColumn index: Int) -> Place {
    Place(source, row: row, column: index < source.columns.count ? source.columns[index] : -1)
  }

  /// The value of a layout column; `.blank` if the sheet lacks the column.
  public func value(at column: Int) -> Value { table.value(index, column: column) }

  public func value(_ name: String) -> Value { source.layout.index(of: name).map { value(at: $0) } ?? .blank }

  /// Calls `body` for each filled column, in layout order.
  public func forEachValue(_ body: (_ column: Int, _ value: Value) -> Void) {
    table.forEachValue(index, body)
  }

  /// A common column's text, empty when blank. For application rows only.
  public func text(_ column: CommonColumn) -> String {
    var text = ""
    table.forEachCell(index, through: column.rawValue) { found, cell in
      if found == column.rawValue, case .text(let bytes) = cell {
        text = String(decoding: bytes, as: UTF8.self)
      }
    }
    return text
  }

  /// A named text column's text, empty when blank.
  public func text(named name: String) -> String { source.layout.index(of: name).map(text(at:)) ?? "" }

  /// The text of a layout column, empty when blank.
  public func text(at column: Int) -> String {
    switch value(at: column) {
    case .text(let text): text
    case .number(let number): number.description
    default: ""
    }
  }
}
