import AidModel

/// The dropped rows of a sheet in `validation.json`.
enum DroppedRows {
  /// Up to this many rows are listed one by one. With more, consecutive rows with the same reason form one
  /// entry, and this is the maximum number of entries.
  static let most = 1000

  /// Entries `{"row", "reason"}`. One for several rows ends at row `to`; one without a row counts rows that
  /// are not listed.
  static func json(_ dropped: [DroppedRow]) -> JSONText {
    if dropped.count <= most { return .array(dropped.map { entry($0.row, $0.row, $0.reason) }) }
    var runs: [(first: Int32, last: Int32, reason: DropReason)] = []
    for row in dropped {
      if let last = runs.indices.last, runs[last].reason == row.reason, runs[last].last + 1 == row.row {
        runs[last].last = row.row
      } else {
        runs.append((row.row, row.row, row.reason))
      }
    }
    var entries = runs.prefix(most).map { entry($0.first, $0.last, $0.reason) }
    for reason in DropReason.allCases {
      let rest = runs.dropFirst(most).filter { $0.reason == reason }
      if rest.isEmpty { continue }
      let rows = rest.reduce(0) { $0 + Int($1.last - $1.first) + 1 }
      entries.append(
        .object([("row", .null), ("reason", .string(reason.rawValue)), ("rows", .integer(rows))]))
    }
    return .array(entries)
  }

  private static func entry(_ first: Int32, _ last: Int32, _ reason: DropReason) -> JSONText {
    let row: [(String, JSONText)] = [("row", .integer(Int(first))), ("reason", .string(reason.rawValue))]
    return .object(first == last ? row : row + [("to", .integer(Int(last)))])
  }

  /// The number of rows dropped for each reason.
  static func counts(_ dropped: [DroppedRow]) -> JSONText {
    var counts: [DropReason: Int] = [:]
    for row in dropped { counts[row.reason, default: 0] += 1 }
    return .object(
      DropReason.allCases.compactMap { reason in
        counts[reason].map { (reason.rawValue, JSONText.integer($0)) }
      })
  }
}
