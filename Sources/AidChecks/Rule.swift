public import AidModel

/// Cells by column name, and whether the rule must flag them; tests check every rule against its examples.
public struct RuleExample: Sendable {
  /// One or more rows, each a mapping of column name → cell text. A text in `‹number›` marks is a number
  /// cell; `#REF!` an error cell; `‹formula›` a formula without a value.
  public let rows: [[String: String]]
  public let isFlagged: Bool

  public static func passes(_ rows: [String: String]...) -> RuleExample {
    .init(rows: rows, isFlagged: false)
  }
  public static func flagged(_ rows: [String: String]...) -> RuleExample {
    .init(rows: rows, isFlagged: true)
  }
}

/// A stateless rule about one row.
public protocol RowRule: Sendable {
  static var kind: FindingKind { get }
  /// Further kinds: the same matter with another severity or wording.
  static var otherKinds: [FindingKind] { get }
  static var examples: [RuleExample] { get }
  static func check(_ row: CheckedRow, into findings: inout [Finding])
}

extension RowRule {
  public static var otherKinds: [FindingKind] { [] }
}

/// A rule about a note that the reader made on a cell.
public protocol NotedRule: RowRule {
  static var note: FieldNotes { get }
  /// The columns it applies to.
  static func concerns(_ column: Column) -> Bool
  /// Whether it applies, given the rest of the row.
  static func concerns(_ index: Int, of row: CheckedRow) -> Bool
}

extension NotedRule {
  public static func concerns(_ column: Column) -> Bool { true }
  public static func concerns(_ index: Int, of row: CheckedRow) -> Bool { true }

  /// Arguments: {1} the column, {2} the text, {3} what it became.
  public static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    for i in 0..<row.cells.count
    where row.cells.notes(at: i).contains(Self.note) && Self.concerns(row.columns[i])
      && Self.concerns(i, of: row)
    {
      findings.append(row.finding(Self.kind, column: i, arguments(row.cells[i], row.columns[i])))
    }
  }

  /// The arguments of the message.
  static func arguments(_ field: Field, _ column: Column) -> [String] {
    [
      column.headings.first ?? column.name,
      CheckedRow.masked(field.original ?? field.value.plain, column.role),
      CheckedRow.masked(field.value.plain, column.role),
    ]
  }
}

/// A rule across rows. It sees every row of the batch once, in file order, and stores only what rows share.
public protocol BatchRule: Sendable {
  static var kind: FindingKind { get }
  /// As in `RowRule`.
  static var otherKinds: [FindingKind] { get }
  static var examples: [RuleExample] { get }
  /// - Parameter persons: built from the claims that will be seen.
  init(facts: BatchFacts, persons: Persons)
  /// - Parameter number: the claim's index among all claims.
  mutating func see(_ claim: Claim, number: Int)
  /// - Parameter claims: all claims seen, in the same order.
  func finish(_ claims: [Claim]) -> [Finding]
}

extension BatchRule {
  public static var otherKinds: [FindingKind] { [] }
}
