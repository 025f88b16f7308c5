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

  /// - Parameter text: the value as it is written.
  func matches(_ value: EvaluatedValue, _ text: String) -> Bool {
    switch self {
    case .exactly(let key):
      if key.sameScalars(as: text) { return true }
      switch value {
      case .number(let number): return DecimalNumber(plain: key).map { Rational($0) == number } ?? false
      case .flag(let flag): return YesNo.word(key) == flag
      default: return false
      }
    case .range(let band, _):
      if case .number(let number) = value { return band.contains(number) }
      return false
    case .otherwise: return true
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

  /// The cell for the values of the keys; nil, with the value that no key stands for, where there is none.
  static func cell(
    _ rows: [TableRow], for values: ArraySlice<EvaluatedValue>
  ) -> (cell: TableCell?, path: [String], missing: String) {
    guard let value = values.first else { return (nil, [], "") }
    let text = Self.text(of: value)
    // `else` stands last, whatever the order in the file.
    let row =
      rows.first { if case .otherwise = $0.key { false } else { $0.key.matches(value, text) } }
      ?? rows.first { if case .otherwise = $0.key { true } else { false } }
    guard let row else { return (nil, [], text) }
    guard case .level(let inner) = row.cell else { return (row.cell, [text], "") }
    let found = cell(inner, for: values.dropFirst())
    return (found.cell, [text] + found.path, found.missing)
  }

  /// A value as keys spell it.
  static func text(of value: EvaluatedValue) -> String {
    switch value {
    case .text(let text): text
    case .number(let number): "\(number)"
    case .flag(let flag): flag ? "是" : "否"
    case .date(let date): date.description
    default: ""
    }
  }
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
