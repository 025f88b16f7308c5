/// One data row, read and typed: of an application list, a roster, a history or a decisions list.
public struct Claim: Sendable {
  public let source: SourceSheet
  public let row: Int32
  /// In the order of `source.layout.columns`; `.blank` where the sheet has no such column.
  public let values: [Value]

  public init(source: SourceSheet, row: Int32, values: [Value]) {
    self.source = source
    self.row = row
    self.values = values
  }

  public var place: Place { Place(source, row: row) }

  /// Where the value of a layout column stands; the row if the sheet has no such column.
  public func place(ofColumn index: Int) -> Place {
    Place(source, row: row, column: index < source.columns.count ? source.columns[index] : -1)
  }

  public func value(_ name: String) -> Value {
    source.layout.index(of: name).map { values[$0] } ?? .blank
  }

  /// A common column's text, empty when blank. Only for application rows.
  public func text(_ column: CommonColumn) -> String {
    if case .text(let text) = values[column.rawValue] { return text }
    return ""
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
