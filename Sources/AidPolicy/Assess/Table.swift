import AidModel

/// Which values a key of a table stands for.
enum TableKey: Sendable {
  /// A text, a number or a yes or no, as it is written.
  case exactly(String)
  /// One or two comparisons: `<10`, `>=10 <20`.
  case range(FixedBand, text: String)
  /// Whatever no other key stands for.
  case otherwise

  /// As it stands in the policy.
  var text: String {
    switch self {
    case .exactly(let text), .range(_, let text): text
    case .otherwise: "else"
    }
  }
}

/// What stands under a key: an amount, a range for the committee, or another level of keys.
indirect enum TableCell: Sendable {
  case figure(Compiled)
  case range(Compiled, Compiled)
  case level([TableRow])

  var needsDecision: Bool {
    switch self {
    case .figure: false
    case .range: true
    case .level(let rows): rows.contains { $0.cell.needsDecision }
    }
  }
}

struct TableRow: Sendable {
  let key: TableKey
  let cell: TableCell
}

/// Amounts by one key or several.
struct Table: Sendable {
  let by: [Compiled]
  let rows: [TableRow]

  var needsDecision: Bool { rows.contains { $0.cell.needsDecision } }
}

/// A table that expressions look things up in by its name: `比例(职称, 工龄)`.
struct NamedTable: Sendable {
  let name: String
  let parameters: [String]
  let rows: [TableRow]
  /// Of what it gives.
  let type: ExpressionType
  let clause: String?
}
