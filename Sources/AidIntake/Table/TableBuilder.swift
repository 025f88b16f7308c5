public import AidModel

/// One data row of a list: its fields in the order of the layout.
public struct TableRow: Sendable {
  public let number: Int32
  public let fields: [Field]
  public let isHidden: Bool
}

/// From the raw rows of a sheet to typed rows: finds the heading wherever it stands, tells application rows from
/// titles, totals and signatures, reads every cell as its column asks. Pure: chunks go in, rows come out.
public struct TableBuilder {
  let layout: Layout
  let vocabulary: HeadingVocabulary
  let reader: FieldReader
  let index: HeadingIndex
  /// What a row has in columns its sheet lacks: nothing, or what a policy says a blank means.
  let unwritten: [Field]
  var merges: MergeMap
  /// Rows seen before the heading is known.
  var waiting: [LooseRow] = []
  /// Layout column of each sheet column, −1 for none.
  var mapping: [Int] = []
  var totals: ColumnTotals
  /// The unit the batch file confirms, and for each layout column the unit its amounts are counted in.
  let confirmedUnit: MoneyUnit?
  var units: [MoneyUnit?]
  /// Where the columns are in an XML export, which has no heading.
  let xml: XMLMapping?
  /// The unit named above the heading, for rows that name none.
  var unitAbove: Field?
  var hiddenRows: [Int32] = []
  /// For each sheet column, the heading texts above the data, as keys: a page may repeat them.
  var headingKeys: [[String]] = []
  /// The rows of the heading, once it is known.
  public internal(set) var headingRows: ClosedRange<Int32>?
  /// The best heading among the rows waiting: how many came before it, how many columns it names.
  private var candidate: (row: Int, hits: Int)?
  /// A second heading with other columns was met: said once.
  private var sawOtherHeading = false

  public internal(set) var source: SourceSheet?
  public internal(set) var report: FileReport
  public internal(set) var findings: [Finding] = []

  /// A heading below so many rows is not one.
  static let headingSearchRows = 60
  /// With so many columns named and so many rows below, no better heading comes.
  private static let (certainHits, rowsBelowCertain) = (4, 8)

  public init(
    file: String, sheet: String, kind: String, purpose: String, layout: Layout,
    vocabulary: HeadingVocabulary, dates: DateSystem, merges: [MergedRange] = [], unit: MoneyUnit? = nil,
    xml: XMLMapping? = nil
  ) {
    self.layout = layout
    confirmedUnit = unit
    units = Array(repeating: nil, count: layout.columns.count)
    self.xml = xml
    self.vocabulary = vocabulary
    reader = FieldReader(dates: dates)
    index = HeadingIndex(layout)
    unwritten = layout.columns.map { Field($0.blank ?? .blank) }
    self.merges = MergeMap(merges)
    totals = ColumnTotals(layout)
    report = FileReport(path: file, sheet: sheet, kind: kind, purpose: purpose)
    if let xml { accept(xml) }
  }

  var isApplication: Bool { !layout.programme.isEmpty }

  public mutating func take(_ chunk: RowChunk, into rows: inout [TableRow]) {
    for row in chunk.rows {
      report.rows += 1
      if source == nil {
        wait(LooseRow(row, of: chunk), into: &rows)
      } else {
        body(row, of: chunk, into: &rows)
      }
    }
  }

  /// Must be called after the last chunk.
  public mutating func finish(into rows: inout [TableRow]) {
    if source == nil { settleHeading(into: &rows) }
    noteHiddenRows()
    findings += totals.findings
  }

  private mutating func wait(_ row: LooseRow, into rows: inout [TableRow]) {
    let hits = HeadingChoice.hits(row, index, isApplication: isApplication)
    if hits > candidate?.hits ?? 0 { candidate = (waiting.count, hits) }
    waiting.append(row)
    let isCertain =
      candidate.map { $0.hits >= Self.certainHits && waiting.count > $0.row + Self.rowsBelowCertain } ?? false
    if isCertain || waiting.count >= Self.headingSearchRows { settleHeading(into: &rows) }
  }

  /// Picks the heading among the rows seen so far; those below it go on as data.
  private mutating func settleHeading(into rows: inout [TableRow]) {
    guard source == nil else { return }
    candidate = nil
    guard let heading = HeadingChoice(waiting, index: index, isApplication: isApplication, merges: merges)
    else { return dropAll() }
    accept(heading)
    let rest = waiting[(heading.last + 1)...]
    waiting = []
    for row in rest { row.asChunk { body($0, of: $1, into: &rows) } }
  }

  private mutating func dropAll() {
    for row in waiting {
      report.dropped.append(DroppedRow(row: row.number, reason: row.isBlank ? .blank : .title))
    }
    waiting = []
  }

  private mutating func body(_ row: RowSlot, of chunk: RowChunk, into rows: inout [TableRow]) {
    guard let source else { return }
    let view = RowView(row, of: chunk, mapping: mapping)
    if let reason = dropReason(view) {
      if reason == .total { totals.compare(view, source: source, read: field) }
      if reason == .heading { noteOtherHeading(view) }
      report.dropped.append(DroppedRow(row: row.number, reason: reason))
      return
    }
    if row.isHidden { hiddenRows.append(row.number) }
    var fields = unwritten
    var seen = [Bool](repeating: false, count: layout.columns.count)
    for slot in view.cells where Int(slot.column) < mapping.count {
      let at = mapping[Int(slot.column)]
      guard at >= 0 else { continue }
      fields[at] = chunk.withCell(slot) { field($0, at) }
      seen[at] = true
    }
    for (sheetColumn, at) in mapping.enumerated() where at >= 0 && !seen[at] {
      fields[at] = reader.read(.blank, as: layout.columns[at])
      if let filled = merges.value(row: row.number, column: Int32(sheetColumn)) {
        fields[at] = fill(filled, at, Place(source, row: row.number, column: Int32(sheetColumn)))
      }
    }
    if !merges.isEmpty { noteMergedAmounts(view) }
    if isApplication, let unitAbove, case .blank = fields[CommonColumn.unit.rawValue].value {
      fields[CommonColumn.unit.rawValue] = unitAbove
    }
    merges.remember(row, of: chunk)
    totals.add(fields)
    rows.append(TableRow(number: row.number, fields: fields, isHidden: row.isHidden))
  }

  /// A merged text is meant for all its rows. A merged amount is one amount: whose it is, a person must say.
  private mutating func fill(_ filled: MergeMap.Filled, _ at: Int, _ place: Place) -> Field {
    let column = layout.columns[at]
    if column.type == .money {
      noteMergedAmount(filled.range, column, place)
      return reader.read(.blank, as: column)
    }
    return filled.bytes.withUnsafeBufferPointer {
      reader.read(RawCell(kind: filled.kind, bytes: $0), as: column)
    }
  }

  /// A cell as its column asks, amounts in the unit that holds for them.
  func field(_ cell: RawCell, _ at: Int) -> Field {
    if let unit = units[at] { return unit.read(cell, as: layout.columns[at], with: reader) }
    return reader.read(cell, as: layout.columns[at])
  }

  private mutating func noteMergedAmounts(_ row: RowView) {
    for slot in row.cells where row.layoutColumn(slot) >= 0 {
      let column = layout.columns[row.layoutColumn(slot)]
      guard column.type == .money, let range = merges.beginning(row: row.number, column: slot.column),
        let source
      else { continue }
      noteMergedAmount(range, column, Place(source, row: row.number, column: slot.column))
    }
  }

  private mutating func noteMergedAmount(_ range: MergedRange, _ column: Column, _ place: Place) {
    let cells =
      Place.letters(range.firstColumn) + "\(range.firstRow):" + Place.letters(range.lastColumn)
      + "\(range.lastRow)"
    findings.append(
      Finding(
        IntakeFindings.amountMerged, at: place, column: column.name,
        [column.headings.first ?? column.name, cells]))
  }

  /// A second heading that puts other columns in other places: the rows below it would be misread.
  private mutating func noteOtherHeading(_ row: RowView) {
    guard let source, let headingRows, !sawOtherHeading else { return }
    let moved = row.cells.contains { slot in
      guard slot.kind == .text, let at = index.column(row.text(slot)) else { return false }
      return row.layoutColumn(slot) != at && !headingKeys(slot.column, contain: TextKey.of(row.text(slot)))
    }
    guard moved else { return }
    sawOtherHeading = true
    findings.append(
      Finding(
        IntakeFindings.sheetAmbiguous, at: Place(source),
        [
          "第 \(headingRows.lowerBound) 行 (row \(headingRows.lowerBound))、第 \(row.number) 行 (row \(row.number))"
        ]))
  }

  func headingKeys(_ column: Int32, contain key: String) -> Bool {
    Int(column) < headingKeys.count && headingKeys[Int(column)].contains { $0.sameScalars(as: key) }
  }

  private mutating func noteHiddenRows() {
    guard let source, !hiddenRows.isEmpty else { return }
    if hiddenRows.count <= 20 {
      for row in hiddenRows {
        findings.append(Finding(IntakeFindings.hiddenRow, at: Place(source, row: row), ["\(row)"]))
      }
    } else {
      let text = "\(hiddenRows[0])…\(hiddenRows[hiddenRows.count - 1]) (\(hiddenRows.count))"
      findings.append(Finding(IntakeFindings.hiddenRow, at: Place(source, row: hiddenRows[0]), [text]))
    }
  }
}
