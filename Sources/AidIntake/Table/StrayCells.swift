import AidModel

/// Cells of data rows without a heading. In a CSV they mean that the row is shifted (an unquoted `1,234.50`
/// is two fields), so that its amounts are unreliable; in a workbook they are notes beside the table.
struct StrayCells: Sendable {
  private var cells: [(row: Int32, column: Int32)] = []
  /// CSV rows with more fields than the heading, even if the extra ones are blank.
  private var wide: [(row: Int32, fields: Int32)] = []
  /// Pictures in columns that nothing depends on.
  private var pictures: [(row: Int32, column: Int32)] = []

  /// Beyond this number of rows the list as a whole is wrong.
  private static let rowsMax = 1000
  /// At most this many cells of a column are named.
  private static let named = 5

  var isEmpty: Bool { cells.isEmpty && wide.isEmpty && pictures.isEmpty }

  mutating func add(row: Int32, column: Int32) { cells.append((row, column)) }
  mutating func add(row: Int32, fields: Int32) { wide.append((row, fields)) }
  mutating func add(pictureIn row: Int32, column: Int32) { pictures.append((row, column)) }

  mutating func join(_ other: StrayCells) {
    cells += other.cells
    wide += other.wide
    pictures += other.pictures
  }

  /// - Parameter headingFields: the number of fields in a CSV's heading.
  func findings(in source: SourceSheet, isCSV: Bool, headingFields: Int32) -> [Finding] {
    (isCSV ? shifted(source, headingFields) : by(cells, IntakeFindings.cellWithoutHeading, source))
      + by(pictures, IntakeFindings.cellPicture, source)
  }

  private func shifted(_ source: SourceSheet, _ headingFields: Int32) -> [Finding] {
    var said: [Int32: String] = [:]
    for (row, column) in cells {
      let name = Place.letters(column) + "\(row)"
      said[row] = said[row].map { $0 + "、" + name } ?? name
    }
    for (row, fields) in wide where said[row] == nil { said[row] = "\(fields) > \(headingFields)" }
    let rows = said.keys.sorted()
    guard rows.count <= Self.rowsMax else {
      let some = rows.prefix(Self.named).map { "\($0)" }.joined(separator: "、")
      return [Finding(IntakeFindings.cellBeyond, at: Place(source), ["\(some)… (\(rows.count))"])]
    }
    return rows.map { Finding(IntakeFindings.cellBeyond, at: Place(source, row: $0), [said[$0] ?? ""]) }
  }

  /// One finding per column.
  private func by(
    _ cells: [(row: Int32, column: Int32)], _ kind: FindingKind, _ source: SourceSheet
  ) -> [Finding] {
    let byColumn = Dictionary(grouping: cells, by: \.column)
    return byColumn.keys.sorted().map { column in
      let rows = (byColumn[column] ?? []).map(\.row)
      let names = rows.prefix(Self.named).map { Place.letters(column) + "\($0)" }.joined(separator: "、")
      let text = rows.count > Self.named ? names + "… (\(rows.count))" : names
      return Finding(kind, at: Place(source, row: rows[0], column: column), [text])
    }
  }
}
