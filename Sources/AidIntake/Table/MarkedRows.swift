import AidModel

/// What cells say beside their values becomes findings of their rows.
struct MarkedRows {
  private let source: SourceSheet
  private let unitCheck: UnitCheck
  private let cells: [MarkedCell]
  /// There are more than were kept.
  private let isCut: Bool

  /// Only data rows count, and of them the columns that are used. Nil where the sheet has no heading.
  init?(_ marked: [MarkedCell], _ builder: TableBuilder) {
    guard !marked.isEmpty, let source = builder.source, let heading = builder.headingRows else { return nil }
    let used = Set(source.columns)
    let money = Set(
      source.columns.indices.filter { source.layout.columns[$0].type == .money }.map { source.columns[$0] })
    let dropped = Set(builder.report.dropped.map(\.row))
    self.source = source
    unitCheck = builder.unitCheck
    isCut = marked.count > MarkedCell.most
    cells = marked.filter { cell in
      guard cell.row > heading.upperBound, !dropped.contains(cell.row) else { return false }
      return cell.mark == .struck ? used.contains(cell.column) : money.contains(cell.column)
    }
  }

  /// One finding for each row and mark; where there are too many, one for the sheet.
  var findings: [Finding] {
    let struck = cells.filter { $0.mark == .struck }
    var units: [String: [MarkedCell]] = [:]
    for cell in cells { if case .unit(let word) = cell.mark { units[word, default: []].append(cell) } }
    return byRow(struck) { Finding(IntakeFindings.cellStruck, at: $0, [$1]) }
      + units.keys.sorted().flatMap { word in
        byRow(units[word] ?? []) { unitCheck.finding(word, at: $0, cells: $1) }
      }
  }

  private func byRow(_ cells: [MarkedCell], _ finding: (Place, String) -> Finding?) -> [Finding] {
    if cells.isEmpty { return [] }
    func name(_ cell: MarkedCell) -> String { Place.letters(cell.column) + "\(cell.row)" }
    if isCut { return finding(Place(source), name(cells[0]) + "…").map { [$0] } ?? [] }
    let rows = Dictionary(grouping: cells, by: \.row)
    return rows.keys.sorted().compactMap { row in
      let columns = Set((rows[row] ?? []).map(\.column)).sorted()
      let names = columns.map { Place.letters($0) + "\(row)" }.joined(separator: "、")
      return finding(Place(source, row: row, column: columns[0]), names)
    }
  }
}
