/// Tables for a terminal: the first column left-aligned, the others right-aligned; wide characters count as
/// two.
enum Columns {
  static func aligned(_ rows: [[String]]) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { i in rows.map { $0.count > i ? width($0[i]) : 0 }.max() ?? 0 }
    return rows.map { row in
      var line = " "
      for (i, cell) in row.enumerated() {
        let space = String(repeating: " ", count: widths[i] - width(cell))
        line += i == 0 ? " \(cell)\(space)" : "  \(space)\(cell)"
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }

  /// The terminal width of the text; accurate enough for names and amounts.
  private static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
      let value = scalar.value
      let isWide =
        (0x1100...0x115F).contains(value) || (0x2E80...0xA4CF).contains(value)
        || (0xAC00...0xD7A3).contains(value) || (0xF900...0xFAFF).contains(value)
        || (0xFE30...0xFE4F).contains(value) || (0xFF00...0xFF60).contains(value)
        || (0xFFE0...0xFFE6).contains(value) || value >= 0x20000
      return sum + (isWide ? 2 : 1)
    }
  }
}
