import AidModel

/// What is not read of a file: rows above the heading, and sheets beside the list.
extension TableFile {
  /// The first cell of a blank form's `Meta` sheet.
  public static let formMark = "aidledger-form"

  /// Rows above the heading that look like the list's own: a sheet was sorted together with its heading.
  static func rowsAboveHeading(
    _ file: InputFile, _ sheet: Int, _ separator: CsvSeparator.Mark?, _ builder: TableBuilder,
    _ shape: TableShape
  ) throws(IntakeFailure) -> [Finding] {
    guard builder.sawFiguresAbove, let heading = shape.headingRows else { return [] }
    var reader = try file.open(sheet: sheet, separator: separator)
    let rows = try UnreadRows(&reader, by: shape, above: heading.lowerBound)
    if rows.count == 0 { return [] }
    return [
      Finding(
        IntakeFindings.rowsAboveHeading, at: Place(shape.source, row: rows.first),
        ["\(heading.lowerBound)", "\(rows.count)", "\(rows.first)"])
    ]
  }

  /// What sheets beside the list hold: rows like its own wait. Hidden ones do not, if the batch file says by
  /// name which sheet is the list.
  /// - Parameter unused: sheets with people that apply for nothing.
  static func otherSheets(
    _ file: InputFile, beside chosen: Int, isChosenByName: Bool, unused: [Int], _ shape: TableShape,
    _ purpose: String, _ vocabulary: HeadingVocabulary
  ) throws(IntakeFailure) -> [Finding] {
    var (visible, hidden): ([Finding], [Finding]) = ([], [])
    let layout = shape.layout
    for (i, sheet) in file.sheets.enumerated() where i != chosen {
      let place = Place(SourceSheet(file: file.name, sheet: sheet.name))
      if unused.contains(i) {
        visible.append(Finding(IntakeFindings.sheetUnused, at: place, [sheet.name]))
        continue
      }
      if sheet.isHidden {
        var reader = try file.open(sheet: i)
        guard let chunk = try reader.next(), !chunk.cells.isEmpty, !isOwnMeta(chunk, sheet.name) else {
          continue
        }
      }
      let isDecided = sheet.isHidden && isChosenByName
      let rows = isDecided ? UnreadRows() : try unread(file, i, shape, purpose, vocabulary)
      if rows.count > 0 {
        let isHidden = sheet.isHidden && !layout.programme.isEmpty
        let arguments = [sheet.name, "\(rows.count)"] + (isHidden ? [] : ["\(rows.first)"])
        let kind = isHidden ? IntakeFindings.hiddenApplications : IntakeFindings.unreadSheet
        visible.append(Finding(kind, at: place, arguments))
      } else if sheet.isHidden {
        hidden.append(Finding(IntakeFindings.hiddenSheet, at: place, [sheet.name]))
      } else if isChosenByName, try promise(file, i, purpose, layout, vocabulary).rows > 0 {
        visible.append(Finding(IntakeFindings.sheetUnused, at: place, [sheet.name]))
      }
    }
    return visible + hidden
  }

  /// The rows of a sheet that ask for what the list asks for, or that look like its rows where there is no heading.
  /// None where it is something else, such as the choices of a column or a directory.
  private static func unread(
    _ file: InputFile, _ sheet: Int, _ shape: TableShape, _ purpose: String, _ vocabulary: HeadingVocabulary
  ) throws(IntakeFailure) -> UnreadRows {
    var builder = Self.builder(file, sheet, purpose, shape.layout, vocabulary)
    var reader = try file.open(sheet: sheet)
    var found = UnreadRows()
    var rows: [TableRow] = []
    func count() {
      for row in rows { found.add(row.number) }
      rows.removeAll(keepingCapacity: true)
    }
    while let chunk = try reader.next() {
      builder.take(chunk, into: &rows)
      if let source = builder.source, !rows.isEmpty, !asks(source, shape.layout) { return UnreadRows() }
      count()
    }
    builder.finish(into: &rows)
    if let source = builder.source, !rows.isEmpty, !asks(source, shape.layout) { return UnreadRows() }
    count()
    if found.count > 0 { return found }
    var again = try file.open(sheet: sheet)
    return try UnreadRows(&again, by: shape)
  }

  static func builder(
    _ file: InputFile, _ sheet: Int, _ purpose: String, _ layout: Layout, _ vocabulary: HeadingVocabulary
  ) -> TableBuilder {
    TableBuilder(
      file: file.name, sheet: file.sheets[sheet].name, kind: file.kind.rawValue, purpose: purpose,
      layout: layout, vocabulary: vocabulary, dates: file.dates)
  }

  /// Whether a sheet has a column that the programme asks for, beside those that say who somebody is; of
  /// other lists, the amount without which they are none.
  static func asks(_ source: SourceSheet, _ layout: Layout) -> Bool {
    layout.columns.indices.contains { at in
      let column = layout.columns[at]
      if source.columns[at] < 0 { return false }
      if layout.programme.isEmpty { return column.type == .money }
      return at >= CommonColumn.allCases.count && !column.name.sameScalars(as: "serial_number")
    }
  }

  /// The sheet that blank forms carry about themselves; nothing of it is anybody's data.
  private static func isOwnMeta(_ chunk: RowChunk, _ sheet: String) -> Bool {
    sheet == "Meta" && chunk.withCell(chunk.cells[0]) { $0.text == formMark }
  }
}
