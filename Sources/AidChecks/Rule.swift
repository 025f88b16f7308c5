public import AidModel

/// Cells by column name, and the codes they must bring; what `make test` holds every rule to.
public struct RuleExample: Sendable {
  /// One or more rows, each column name → cell text. A text in `‹number›` marks is a number cell; `#REF!` an error
  /// cell; `‹formula›` a formula without a value.
  public let rows: [[String: String]]
  public let isFlagged: Bool

  public static func passes(_ rows: [String: String]...) -> RuleExample {
    .init(rows: rows, isFlagged: false)
  }
  public static func flagged(_ rows: [String: String]...) -> RuleExample {
    .init(rows: rows, isFlagged: true)
  }
}

/// One row as a rule sees it: its fields with what was noticed, where it stands, and facts fixed before the run.
public struct CheckedRow {
  public let fields: [Field]
  public let source: SourceSheet
  public let row: Int32
  public let facts: BatchFacts

  /// - Parameter fields: in the order of `source.layout.columns`.
  public init(fields: [Field], source: SourceSheet, row: Int32, facts: BatchFacts) {
    self.fields = fields
    self.source = source
    self.row = row
    self.facts = facts
  }

  var columns: [Column] { source.layout.columns }

  func place(ofColumn index: Int) -> Place { Place(source, row: row, column: source.columns[index]) }

  func finding(_ kind: FindingKind, column index: Int, _ arguments: [String]) -> Finding {
    Finding(kind, at: place(ofColumn: index), column: columns[index].name, arguments)
  }

  /// The cell's text as stored, personal numbers masked.
  func original(_ index: Int) -> String {
    Self.masked(fields[index].original ?? fields[index].value.plain, columns[index].role)
  }

  static func masked(_ text: String, _ role: ColumnRole) -> String {
    switch role {
    case .idNumber: Masking.idNumber(text)
    case .account: Masking.account(text)
    case .phone: Masking.phone(text)
    default: text
    }
  }

  func text(_ column: CommonColumn) -> String {
    if case .text(let text) = fields[column.rawValue].value { return text }
    return ""
  }

  func money(_ role: ColumnRole) -> (index: Int, amount: Money)? {
    for index in source.layout.indexes(of: role) {
      if case .money(let amount) = fields[index].value { return (index, amount) }
    }
    return nil
  }

  func date(_ role: ColumnRole) -> (index: Int, date: CivilDate)? {
    for index in source.layout.indexes(of: role) {
      if case .date(let date) = fields[index].value { return (index, date) }
    }
    return nil
  }
}

/// A rule about one row. It stores nothing.
public protocol RowRule: Sendable {
  static var kind: FindingKind { get }
  static var examples: [RuleExample] { get }
  init()
  func check(_ row: CheckedRow, into findings: inout [Finding])
}

/// A rule about what the reader noticed in a cell.
public protocol NotedRule: RowRule {
  static var note: FieldNotes { get }
  /// Which columns it is about.
  static func concerns(_ column: Column) -> Bool
}

extension NotedRule {
  public static func concerns(_ column: Column) -> Bool { true }

  /// Arguments: {1} the column, {2} the text, {3} what it became.
  public func check(_ row: CheckedRow, into findings: inout [Finding]) {
    for (i, field) in row.fields.enumerated()
    where field.notes.contains(Self.note) && Self.concerns(row.columns[i]) {
      let column = row.columns[i]
      findings.append(
        row.finding(
          Self.kind, column: i,
          [
            column.headings.first ?? column.name, row.original(i),
            CheckedRow.masked(field.value.plain, column.role),
          ]))
    }
  }
}

/// A rule across rows. It sees every row of the batch once, in file order, and keeps only what two rows may share.
public protocol BatchRule: Sendable {
  static var kind: FindingKind { get }
  static var examples: [RuleExample] { get }
  init(facts: BatchFacts)
  /// - Parameter number: the claim's place among all claims, from 0.
  mutating func see(_ claim: Claim, number: Int)
  /// - Parameter claims: all claims that were seen, in the same order.
  func finish(_ claims: [Claim]) -> [Finding]
}
