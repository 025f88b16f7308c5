public import AidModel

/// Converts the raw rows of a sheet to typed rows: finds the heading wherever it is, separates application
/// rows from titles, totals and signatures, and reads every cell as its column requires. A pure function.
public struct TableBuilder {
  let layout: Layout
  let vocabulary: HeadingVocabulary
  let reader: FieldReader
  let index: HeadingIndex
  var merges: MergeMap
  /// Rows seen before the heading is known.
  var waiting: [LooseRow] = []
  /// The layout column of each sheet column; −1 for an unknown heading, `TableShape.noHeading` for none.
  var mapping: [Int] = []
  /// The number of fields in a CSV's heading.
  var headingFields: Int32 = 0
  private var strays = StrayCells()
  private var numbers: [Int]
  private var totals: ColumnTotals
  /// The confirming entry names this list only, so it applies even if the list itself names no unit.
  let isOwnUnit: Bool
  /// A line of the list says that it uses the confirmed unit.
  var saysUnit = false
  /// Money columns that were converted although their headings name no unit.
  var silentColumns: [String] = []
  /// The unit confirmed in the batch file, and the unit of each layout column's amounts.
  let confirmedUnit: MoneyUnit?
  var unitCheck: UnitCheck { UnitCheck(confirmed: confirmedUnit) }
  var units: [MoneyUnit?]
  /// The column mapping of an XML export, which has no heading.
  let xml: XMLMapping?
  /// The sending unit named above the heading, for rows that name none.
  var unitAbove: Field?
  private var hiddenRows: [Int32] = []
  /// For each sheet column, the keys of the headings above the data; a page may repeat them.
  var headingKeys: [[String]] = []
  /// The rows of the heading; nil until known.
  public internal(set) var headingRows: ClosedRange<Int32>?
  /// The best heading among the waiting rows: how many rows precede it, and how many columns it names.
  private var candidate: (row: Int, hits: Int)?
  /// A second heading with other columns was reported already.
  private var sawOtherHeading = false
  /// A unit of money below the heading was reported already.
  private var sawUnit = false

  /// A row above the heading has figures in it, as a title seldom has.
  private(set) var sawFiguresAbove = false

  /// Nil until the heading is known.
  private(set) var shape: TableShape?
  public internal(set) var source: SourceSheet?
  public internal(set) var report: FileReport
  public internal(set) var findings: [Finding] = []

  /// A heading must be among the first rows.
  static let headingSearchRows = 60
  /// Beyond this number of hidden rows the whole sheet waits.
  private static let hiddenToldMax = 1000
  /// A heading with this many columns and this many rows below it is final.
  private static let (certainHits, rowsBelowCertain) = (4, 8)

  public init(
    file: String, sheet: String, kind: String, purpose: String, layout: Layout,
    vocabulary: HeadingVocabulary, dates: DateSystem, merges: [MergedRange] = [], unit: MoneyUnit? = nil,
    isOwnUnit: Bool = true, xml: XMLMapping? = nil, zone: UTCOffset = .china
  ) {
    self.layout = layout
    confirmedUnit = unit
    self.isOwnUnit = isOwnUnit
    units = Array(repeating: nil, count: layout.columns.count)
    self.xml = xml
    self.vocabulary = vocabulary
    reader = FieldReader(dates: dates, zone: zone)
    index = HeadingIndex(layout)
    self.merges = MergeMap(merges)
    totals = ColumnTotals(layout)
    numbers = Array(repeating: 0, count: layout.columns.count)
    report = FileReport(path: file, sheet: sheet, kind: kind, purpose: purpose)
    if let xml {
      accept(xml)
      shape = source.map { TableShape(self, source: $0) }
    }
  }

  var isApplication: Bool { !layout.programme.isEmpty }

  public mutating func take(_ chunk: RowChunk, into rows: inout [TableRow]) {
    var list = RowList()
    read(body(chunk)[...], into: &list)
    rows += list.finish()
  }

  /// Must be called after the last chunk.
  public mutating func finish(into rows: inout [TableRow]) {
    var list = RowList()
    if let body = endOfSheet() { read([body], into: &list) }
    rows += list.finish()
    finish()
  }

  /// The data rows of a chunk, after those of earlier chunks once the heading is found. Empty before that.
  mutating func body(_ chunk: RowChunk) -> [RowChunk] {
    report.rows += chunk.rows.count
    if shape != nil { return [chunk] }
    for (i, row) in chunk.rows.enumerated() {
      let waited = wait(LooseRow(row, of: chunk))
      if shape == nil { continue }
      var rest = chunk
      rest.rows.removeFirst(i + 1)
      return (waited.map { [$0] } ?? []) + (rest.rows.isEmpty ? [] : [rest])
    }
    return []
  }

  /// The waiting rows, if the sheet ends before the heading is final.
  mutating func endOfSheet() -> RowChunk? { shape == nil ? settleHeading() : nil }

  /// Reads data rows on the current thread.
  mutating func read<Taker: RowTaker>(_ chunks: ArraySlice<RowChunk>, into taker: inout Taker) {
    guard let shape else { return }
    join(shape.read(chunks, merges: &merges, into: &taker))
  }

  /// Whether several threads may read rows. Merged cells prevent it: they carry values to the next row.
  var canShare: Bool { shape != nil && merges.isEmpty }

  /// Joins the results of rows, in sheet order.
  mutating func join(_ share: RowShare) {
    guard let source else { return }
    var share = share
    share.totals.close()
    totals.join(share.totals, source: source)
    report.dropped += share.dropped
    hiddenRows += share.hiddenRows
    if let other = share.otherHeading {
      if sawOtherHeading { share.findings.remove(at: other) }
      sawOtherHeading = true
    }
    if let unit = share.unit {
      if !sawUnit { findings.append(unit) }
      sawUnit = true
    }
    if share.saysUnit { saysUnit = true }
    strays.join(share.strays)
    for at in numbers.indices { numbers[at] += share.numbers[at] }
    findings += share.findings
  }

  /// Completes the findings after the last rows.
  mutating func finish() {
    noteHiddenRows()
    if let source {
      noteNumbers(source)
      findings += strays.findings(
        in: source, isCSV: report.kind == FileKind.csv.rawValue, headingFields: headingFields)
    }
    findings += totals.findings
  }

  /// Adds a row to the waiting ones; returns the data rows once the heading is settled.
  private mutating func wait(_ row: LooseRow) -> RowChunk? {
    let hits = HeadingChoice.hits(row, index, isApplication: isApplication)
    if hits > candidate?.hits ?? 0 { candidate = (waiting.count, hits) }
    waiting.append(row)
    let isCertain =
      candidate.map { $0.hits >= Self.certainHits && waiting.count > $0.row + Self.rowsBelowCertain } ?? false
    return isCertain || waiting.count >= Self.headingSearchRows ? settleHeading() : nil
  }

  /// Chooses the heading among the rows seen so far; the rows below it are data.
  private mutating func settleHeading() -> RowChunk? {
    candidate = nil
    guard let heading = HeadingChoice(waiting, index: index, isApplication: isApplication, merges: merges)
    else {
      dropAll()
      return nil
    }
    for row in waiting[..<heading.first] where row.hasFigures { sawFiguresAbove = true }
    accept(heading)
    shape = source.map { TableShape(self, source: $0) }
    var body: RowChunk?
    for row in waiting[(heading.last + 1)...] { row.append(to: &body) }
    waiting = []
    return body
  }

  private mutating func dropAll() {
    for row in waiting {
      if row.hasFigures { sawFiguresAbove = true }
      report.dropped.append(DroppedRow(row: row.number, reason: row.isBlank ? .blank : .title))
    }
    waiting = []
  }

  private mutating func noteNumbers(_ source: SourceSheet) {
    for (column, count) in zip(layout.columns.indices, numbers) where count > 0 {
      let asked = layout.columns[column]
      findings.append(
        Finding(
          IntakeFindings.numbersAsNumbers,
          at: Place(source, row: report.headerRow ?? -1, column: source.columns[column]), column: asked.name,
          [asked.headings.first ?? asked.name, "\(count)"]))
    }
  }

  private mutating func noteHiddenRows() {
    guard let source, !hiddenRows.isEmpty else { return }
    let text = "\(hiddenRows[0])…\(hiddenRows[hiddenRows.count - 1]) (\(hiddenRows.count))"
    let told = isApplication ? Self.hiddenToldMax : 20
    if hiddenRows.count > told {
      findings.append(
        isApplication
          ? Finding(IntakeFindings.hiddenRows, at: Place(source), [text])
          : Finding(IntakeFindings.hiddenRowRead, at: Place(source, row: hiddenRows[0]), [text]))
      return
    }
    let kind = isApplication ? IntakeFindings.hiddenRow : IntakeFindings.hiddenRowRead
    for row in hiddenRows { findings.append(Finding(kind, at: Place(source, row: row), ["\(row)"])) }
  }
}
