/// One data row, read and typed: of an application list, a roster, a history or a decisions list.
///
/// A handle of two words into the packed list; values are read out of it on demand.
public struct Claim: Sendable {
  let table: ClaimTable
  /// Where the row begins in the list.
  let index: Int

  init(table: ClaimTable, index: Int) {
    self.table = table
    self.index = index
  }

  /// A row standing alone.
  /// - Parameter values: in the order of `source.layout.columns`.
  public init(source: SourceSheet, row: Int32, values: [Value]) {
    var builder = ClaimTableBuilder(source)
    builder.append(row: row, values: values)
    self.init(table: builder.finish(), index: 0)
  }

  /// Asks memory for a row that will be read soon.
  func fetch() { table.fetch(index) }

  public var source: SourceSheet { table.source }
  public var row: Int32 { table.row(index) }
  public var place: Place { Place(source, row: row) }

  /// Where the value of a layout column stands; the row if the sheet has no such column.
  public func place(ofColumn index: Int) -> Place {
    Place(source, row: row, column: index < source.columns.count ? source.columns[index] : -1)
  }

  /// The value of a layout column; `.blank` where the sheet has no such column.
  public func value(at column: Int) -> Value { table.value(index, column: column) }

  public func value(_ name: String) -> Value { source.layout.index(of: name).map { value(at: $0) } ?? .blank }

  /// The filled columns with their values, in layout order.
  public func forEachValue(_ body: (_ column: Int, _ value: Value) -> Void) {
    table.forEachValue(index, body)
  }

  /// A common column's text, empty when blank. Only for application rows.
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
  public func text(named name: String) -> String {
    switch value(name) {
    case .text(let text): text
    case .number(let number): number.description
    default: ""
    }
  }
}
