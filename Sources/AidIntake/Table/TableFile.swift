public import AidModel

/// Reads the list in a file: chooses the sheet and feeds its rows to a `TableBuilder`.
public enum TableFile {
  /// Passes the rows unchanged, in sheet order.
  /// - Parameters:
  ///   - sheet: a sheet's name or its number from 1; nil for the one with a heading.
  ///   - unit: the unit of amounts according to the batch file; nil for yuan.
  ///   - isOwnUnit: the batch file says so of this list alone.
  ///   - restart: discard everything passed so far; the rows follow again from the first. Happens if merged
  ///     cells turn out to cover data rows, which a workbook reveals only after the rows.
  /// - Returns: the report, and the findings about the sheet.
  public static func read(
    _ file: InputFile, sheet: String?, purpose: String, layout: Layout, vocabulary: HeadingVocabulary,
    unit: MoneyUnit? = nil, isOwnUnit: Bool = true, threads: Int = 1, restart: () -> Void = {},
    rows sink: (SourceSheet, [TableRow]) -> Void
  ) throws(IntakeFailure) -> (FileReport, [Finding]) {
    try read(
      file, sheet: sheet, purpose: purpose, layout: layout, vocabulary: vocabulary, unit: unit,
      isOwnUnit: isOwnUnit, threads: threads,
      restart: restart, taker: { _ in RowList() }, taken: { if !$1.isEmpty { sink($0, $1) } })
  }

  /// Lets takers consume the rows share by share, on several threads if the sheet is large.
  /// - Parameters:
  ///   - taker: creates the taker of a share's rows, on any thread.
  ///   - taken: gets the results, share by share in sheet order.
  public static func read<Taker: RowTaker>(
    _ file: InputFile, sheet: String?, purpose: String, layout: Layout, vocabulary: HeadingVocabulary,
    unit: MoneyUnit? = nil, isOwnUnit: Bool = true, threads: Int, restart: () -> Void = {},
    taker: @escaping @Sendable (SourceSheet) -> Taker, taken: (SourceSheet, Taker.Taken) -> Void
  ) throws(IntakeFailure) -> (FileReport, [Finding]) {
    let (chosen, unused) = try choose(
      file, sheet: sheet, purpose: purpose, layout: layout, vocabulary: vocabulary)
    let separator = Self.separator(of: file, layout)
    func pass(_ merges: [MergedRange]) throws(IntakeFailure) -> (TableBuilder, [MergedRange], [Finding]) {
      var builder = TableBuilder(
        file: file.name, sheet: file.sheets[chosen].name, kind: file.kind.rawValue, purpose: purpose,
        layout: layout, vocabulary: vocabulary, dates: file.dates, merges: merges, unit: unit,
        isOwnUnit: isOwnUnit, xml: file.mapping, zone: file.limits.zone)
      builder.report.separator = separator?.name
      var reader = try file.open(sheet: chosen, separator: separator)
      var sharing = RowSharing(threads: threads, taker: taker)
      while let chunk = try reader.next() {
        let body = builder.body(chunk)
        sharing.add(body, to: &builder, taken: taken)
      }
      if let body = builder.endOfSheet() { sharing.add([body], to: &builder, taken: taken) }
      sharing.finish(&builder, taken: taken)
      builder.finish()
      let marked = reader.markedCells + (try file.markedCells(sheet: chosen))
      let rows = MarkedRows(marked, builder)
      let noticed =
        sheetFindings(builder, reader) + (rows?.findings ?? [])
        + silentUnit(builder, isSaid: rows?.saysConfirmedUnit ?? false)
      return (builder, reader.mergedRanges, noticed)
    }
    var (builder, merges, noticed) = try pass([])
    guard let source = builder.source else {
      throw IntakeFailure(
        IntakeFindings.headerNotFound, file: file.name, sheet: file.sheets[chosen].name,
        [
          (builder.report.rows == 0 ? "空表 empty sheet" : "\(builder.report.rows) 行 rows")
            + (separator.map {
              "；分隔符按\($0.name)，若不对，请在第一行写 sep= 和分隔符 (separator; else write sep= and it first)"
            } ?? "")
        ])
    }
    if matter(merges, to: builder, source) {
      restart()
      (builder, merges, noticed) = try pass(merges)
    }
    guard let shape = builder.shape else { return (builder.report, builder.findings) }
    let above = try rowsAboveHeading(file, chosen, separator, builder, shape)
    let beside = try otherSheets(
      file, beside: chosen, isChosenByName: sheet != nil, unused: unused, shape, purpose, vocabulary)
    return (builder.report, OddFileName.findings(file) + builder.findings + above + noticed + beside)
  }

  /// Whether merged cells affect the reading: they cover data rows, or shape the heading.
  private static func matter(_ merges: [MergedRange], to builder: TableBuilder, _ source: SourceSheet) -> Bool
  {
    guard let heading = builder.headingRows else { return false }
    let mapped = Set(source.columns.filter { $0 >= 0 })
    let money = source.moneyColumns
    // A title above the heading is one merged cell; group headings are several.
    let above = merges.filter { $0.firstRow == heading.lowerBound - 1 }.count
    return merges.contains { range in
      let reachesDown = range.lastRow > range.firstRow
      if range.lastRow > heading.upperBound,
        money.contains(where: { range.firstColumn <= $0 && $0 <= range.lastColumn })
      {
        return true
      }
      if range.firstRow > heading.upperBound { return reachesDown && mapped.contains(range.firstColumn) }
      return range.lastRow >= heading.lowerBound || (range.firstRow == heading.lowerBound - 1 && above > 1)
    }
  }

  /// Under an entry for several lists, a list is converted only if it names its unit itself.
  private static func silentUnit(_ builder: TableBuilder, isSaid: Bool) -> [Finding] {
    guard let unit = builder.confirmedUnit, let source = builder.source, !builder.isOwnUnit, !isSaid,
      !builder.saysUnit, !builder.silentColumns.isEmpty
    else { return [] }
    let columns = builder.silentColumns.joined(separator: "、")
    return [Finding(IntakeFindings.unitUnsaid, at: Place(source), [unit.rawValue, columns])]
  }

  private static func sheetFindings(_ builder: TableBuilder, _ reader: borrowing SheetReader) -> [Finding] {
    guard let source = builder.source else { return [] }
    var findings: [Finding] = []
    if reader.isFiltered { findings.append(Finding(IntakeFindings.filteredRows, at: Place(source))) }
    for column in builder.report.columns {
      if reader.hiddenColumns.contains(where: { $0.contains(column.column) }) {
        findings.append(
          Finding(
            column.name == nil ? IntakeFindings.hiddenUnknown : IntakeFindings.hiddenColumn,
            at: Place(source, row: builder.report.headerRow ?? -1, column: column.column),
            column: column.name, [Place.letters(column.column), column.heading]))
      }
    }
    return findings
  }

  /// A sheet for a single person has no more rows.
  private static let personRowsMax = 2

  /// How promising a sheet is: no heading; a heading without rows; people but no programme columns;
  /// application rows.
  enum Promise { case nothing, heading, people, rows }

  /// - Returns: the sheet to read, and sheets with people that do not belong to this list.
  private static func choose(
    _ file: InputFile, sheet: String?, purpose: String, layout: Layout, vocabulary: HeadingVocabulary
  ) throws(IntakeFailure) -> (sheet: Int, unused: [Int]) {
    if let sheet {
      if let index = file.sheets.firstIndex(where: { $0.name.sameScalars(as: sheet) }) { return (index, []) }
      if let number = Int(sheet), number >= 1, number <= file.sheets.count { return (number - 1, []) }
      // A CSV or an XML export has a single sheet, whatever its name.
      if file.kind == .csv || file.mapping != nil { return (0, []) }
      let names = file.sheets.map(\.name).joined(separator: "、")
      throw IntakeFailure(
        IntakeFindings.headerNotFound, file: file.name, sheet: sheet, ["没有这张工作表 no such sheet; \(names)"])
    }
    let visible = file.sheets.indices.filter { !file.sheets[$0].isHidden }
    if visible.count == 1 { return (visible[0], []) }
    var found: [Promise: [Int]] = [:]
    var rows: [Int: Int] = [:]
    for index in visible {
      let looked = try promise(file, index, purpose, layout, vocabulary)
      found[looked.promise, default: []].append(index)
      rows[index] = looked.rows
    }
    let people = found[.people] ?? []
    if let fitting = found[.rows], fitting.count == 1 { return (fitting[0], people) }
    let withRows = found[.rows] ?? people
    if withRows.count == 1 { return (withRows[0], []) }
    if withRows.count > 1 {
      let names = withRows.map { file.sheets[$0].name }
      if withRows.count > 2, withRows.allSatisfy({ (rows[$0] ?? .max) <= personRowsMax }) {
        let some = names.prefix(3).joined(separator: "、") + (names.count > 3 ? "…" : "")
        throw IntakeFailure(IntakeFindings.sheetPerPerson, file: file.name, ["\(names.count)", some])
      }
      throw IntakeFailure(
        IntakeFindings.sheetAmbiguous, file: file.name, [names.joined(separator: "、")])
    }
    if let only = found[.heading]?.first { return (only, []) }
    let names = file.sheets.map(\.name).joined(separator: "、")
    throw IntakeFailure(IntakeFindings.headerNotFound, file: file.name, [names])
  }

  /// - Returns: how promising the sheet is, and how many of its rows were examined.
  static func promise(
    _ file: InputFile, _ index: Int, _ purpose: String, _ layout: Layout, _ vocabulary: HeadingVocabulary
  ) throws(IntakeFailure) -> (promise: Promise, rows: Int) {
    var builder = Self.builder(file, index, purpose, layout, vocabulary)
    var reader = try file.open(sheet: index)
    var rows: [TableRow] = []
    while rows.isEmpty, let chunk = try reader.next() { builder.take(chunk, into: &rows) }
    if rows.isEmpty { builder.finish(into: &rows) }
    guard let source = builder.source else { return (.nothing, 0) }
    if rows.isEmpty { return (.heading, 0) }
    // 通讯录 beside the list: nothing in it applies for anything. A heading nobody knows may be a misspelt one.
    let isUnknown = builder.report.columns.contains { $0.name == nil }
    return (layout.programme.isEmpty || asks(source, layout) || isUnknown ? .rows : .people, rows.count)
  }
}

extension SourceSheet {
  /// Sheet columns that hold amounts, ascending.
  var moneyColumns: [Int32] {
    columns.indices.filter { layout.columns[$0].type == .money && columns[$0] >= 0 }.map { columns[$0] }
      .sorted()
  }
}
