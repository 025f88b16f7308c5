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

/// One row as a rule sees it: its fields with what was noticed, its claim, and facts fixed before the run.
public struct CheckedRow {
  public let fields: [Field]
  public let claim: Claim
  public let facts: BatchFacts

  public init(fields: [Field], claim: Claim, facts: BatchFacts) {
    self.fields = fields
    self.claim = claim
    self.facts = facts
  }

  var columns: [Column] { claim.source.layout.columns }

  func finding(_ kind: FindingKind, column index: Int, _ arguments: [String]) -> Finding {
    Finding(kind, at: claim.place(ofColumn: index), column: columns[index].name, arguments)
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

  func text(_ column: CommonColumn) -> String { claim.text(column) }
  func money(_ role: ColumnRole) -> (index: Int, amount: Money)? {
    for (i, column) in columns.enumerated() where column.role == role {
      if case .money(let amount) = claim.values[i] { return (i, amount) }
    }
    return nil
  }
  func date(_ role: ColumnRole) -> (index: Int, date: CivilDate)? {
    for (i, column) in columns.enumerated() where column.role == role {
      if case .date(let date) = claim.values[i] { return (i, date) }
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

/// A rule across rows. It sees every row of the batch in file order and stores what it needs.
public protocol BatchRule: Sendable {
  static var kind: FindingKind { get }
  static var examples: [RuleExample] { get }
  init(facts: BatchFacts)
  mutating func see(_ claim: Claim)
  func finish() -> [Finding]
}
