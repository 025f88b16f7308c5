import AidModel

/// Converts marks of cells into findings about their rows.
struct MarkedRows {
  private let source: SourceSheet
  private let unitCheck: UnitCheck
  /// Cells marked by formats, and cells with formulas.
  private let cells: [MarkedCell]
  private let placeholders: [MarkedCell]
  private let toCompute: [MarkedCell]
  /// More cells are marked by formats than were kept.
  private let isCut: Bool

  /// Considers only data rows and the columns in use. Nil if the sheet has no heading.
  init?(_ marked: [MarkedCell], _ builder: TableBuilder) {
    guard !marked.isEmpty, let source = builder.source, let heading = builder.headingRows else { return nil }
    let used = Set(source.columns)
    let names = source.layout.columns
    let money = Set(names.indices.filter { names[$0].type == .money }.map { source.columns[$0] })
    // Line numbers do not affect payments.
    let serials = Set(
      names.indices.filter { names[$0].name.sameScalars(as: "serial_number") }.map { source.columns[$0] })
    let dropped = Set(builder.report.dropped.map(\.row))
    func inUse(_ cell: MarkedCell) -> Bool {
      guard cell.row > heading.upperBound, !dropped.contains(cell.row) else { return false }
      return switch cell.mark {
      case .struck: used.contains(cell.column)
      case .unit: money.contains(cell.column)
      case .placeholder, .toCompute: used.contains(cell.column) && !serials.contains(cell.column)
      }
    }
    self.source = source
    unitCheck = builder.unitCheck
    let ofFormats = marked.filter { $0.mark != .placeholder && $0.mark != .toCompute }
    isCut = ofFormats.count > MarkedCell.most
    cells = ofFormats.filter(inUse)
    placeholders = marked.filter { $0.mark == .placeholder && inUse($0) }
    toCompute = marked.filter { $0.mark == .toCompute && inUse($0) }
  }

  /// Whether a number format shows the unit confirmed in the batch file.
  var saysConfirmedUnit: Bool {
    cells.contains { cell in
      if case .unit(let word) = cell.mark { return word == unitCheck.confirmed?.rawValue }
      return false
    }
  }

  /// One finding per row and mark, or one for the sheet if there are too many. Earlier values are reported
  /// once per column.
  var findings: [Finding] {
    let struck = cells.filter { $0.mark == .struck }
    var units: [String: [MarkedCell]] = [:]
    for cell in cells { if case .unit(let word) = cell.mark { units[word, default: []].append(cell) } }
    return byRow(struck, isCut) { Finding(IntakeFindings.cellStruck, at: $0, [$1]) }
      + units.keys.sorted().flatMap { word in
        byRow(units[word] ?? [], isCut) { unitCheck.finding(word, at: $0, cells: $1) }
      }
      + byRow(placeholders, placeholders.count > MarkedCell.most) {
        Finding(IntakeFindings.formulaStale, at: $0, [$1])
      } + byColumn(toCompute)
  }

  private func name(_ cell: MarkedCell) -> String { Place.letters(cell.column) + "\(cell.row)" }

  private func byRow(
    _ cells: [MarkedCell], _ isCut: Bool, _ finding: (Place, String) -> Finding?
  ) -> [Finding] {
    if cells.isEmpty { return [] }
    if isCut { return finding(Place(source), name(cells[0]) + "…").map { [$0] } ?? [] }
    let rows = Dictionary(grouping: cells, by: \.row)
    return rows.keys.sorted().compactMap { row in
      let columns = Set((rows[row] ?? []).map(\.column)).sorted()
      let names = columns.map { Place.letters($0) + "\(row)" }.joined(separator: "、")
      return finding(Place(source, row: row, column: columns[0]), names)
    }
  }

  private func byColumn(_ cells: [MarkedCell]) -> [Finding] {
    let columns = Dictionary(grouping: cells, by: \.column)
    return columns.keys.sorted().compactMap { column in
      guard let cells = columns[column]?.sorted(by: { $0.row < $1.row }), let first = cells.first,
        let last = cells.last
      else { return nil }
      let names = cells.count == 1 ? name(first) : "\(name(first))…\(name(last))"
      return Finding(
        IntakeFindings.formulaRecomputed, at: Place(source, row: first.row, column: column), [names])
    }
  }
}
