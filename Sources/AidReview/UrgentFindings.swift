import AidModel

/// Findings in the order a person should look at them: what keeps most people from being paid first.
struct UrgentFindings {
  /// Totals say that the amounts of a whole list may be wrong, though each row is paid by its own.
  private static let aboutAmounts: Set = ["TOTAL-MISMATCH"]

  private struct Ranked {
    let finding: Finding
    /// The severity, and behind it what concerns a whole list, and then the totals of one.
    let rank: Int
    /// How many rows wait because of it, or of others of its kind.
    let rows: Int
  }

  private let ranked: [Ranked]

  init(_ report: BatchReport) {
    let urgent = report.findings.filter {
      $0.kind.severity >= .hold || Self.aboutAmounts.contains($0.kind.code)
    }
    var ofCode: [String: Int] = [:]
    var last: [String: Place] = [:]
    // They stand in the order of the files.
    for finding in urgent {
      let row = Place(finding.place.source, row: finding.place.row)
      if last.updateValue(row, forKey: finding.kind.code) != row {
        ofCode[finding.kind.code, default: 0] += 1
      }
    }
    let ranked = urgent.map { finding in
      let isWhole = finding.place.row < 1
      let rank =
        switch finding.kind.severity {
        case .stop: 0
        case .hold: isWhole ? 1 : 3
        case .note, .repaired: 2
        }
      let rows = isWhole ? Self.rows(at: finding.place, report) : ofCode[finding.kind.code] ?? 0
      return Ranked(finding: finding, rank: rank, rows: rows)
    }
    // Equal ones stay in the order of the files.
    self.ranked = ranked.enumerated().sorted { a, b in
      (a.element.rank, -a.element.rows, a.offset) < (b.element.rank, -b.element.rows, b.offset)
    }.map(\.element)
  }

  /// Application rows of a file, or of one sheet of it.
  private static func rows(at place: Place, _ report: BatchReport) -> Int {
    report.files.reduce(0) { sum, file in
      let isMeant =
        file.path.sameScalars(as: place.file)
        && (place.sheet.isEmpty || file.sheet.sameScalars(as: place.sheet))
      return isMeant ? sum + file.rows - file.dropped.count : sum
    }
  }

  /// The most urgent ones, each of another code; where there are not so many codes, further ones behind them.
  func first(_ count: Int) -> [Finding] {
    var codes: Set<String> = []
    let chosen = ranked.indices.filter { codes.insert(ranked[$0].finding.kind.code).inserted }.prefix(count)
    let rest = ranked.indices.lazy.filter { !chosen.contains($0) }.prefix(count - chosen.count)
    return (chosen + rest).map { ranked[$0].finding }
  }
}
