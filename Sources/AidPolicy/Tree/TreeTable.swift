import AidModel

extension TableKey {
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

extension Table {
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
