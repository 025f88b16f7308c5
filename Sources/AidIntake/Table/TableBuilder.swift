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
  var merges: MergeMap
  /// Rows seen before the heading is known.
  var waiting: [LooseRow] = []
  /// Layout column of each sheet column, −1 for none.
  var mapping: [Int] = []
  var totals: ColumnTotals
  /// The unit named above the heading, for rows that name none.
  var unitAbove: Field?
  var hiddenRows: [Int32] = []

  public internal(set) var source: SourceSheet?
  public internal(set) var report: FileReport
  public internal(set) var findings: [Finding] = []

  /// A heading below so many rows is not one.
  static let headingSearchRows = 30

  public init(
    file: String, sheet: String, kind: String, purpose: String, layout: Layout,
    vocabulary: HeadingVocabulary, dates: DateSystem, merges: [MergedRange] = []
  ) {
    self.layout = layout
    self.vocabulary = vocabulary
    reader = FieldReader(dates: dates)
    index = HeadingIndex(layout)
    self.merges = MergeMap(merges)
    totals = ColumnTotals(layout)
    report = FileReport(path: file, sheet: sheet, kind: kind, purpose: purpose)
  }

  var isApplication: Bool { !layout.programme.isEmpty }

  public mutating func take(_ chunk: RowChunk, into rows: inout [TableRow]) {
    for row in chunk.rows {
      report.rows += 1
      if source == nil {
        waiting.append(LooseRow(row, of: chunk))
        if waiting.count >= Self.headingSearchRows { settleHeading(into: &rows) }
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

  /// Picks the heading among the rows seen so far; those below it go on as data.
  private mutating func settleHeading(into rows: inout [TableRow]) {
    guard source == nil else { return }
    guard let heading = HeadingChoice(waiting, index: index, isApplication: isApplication, layout: layout)
    else {
      // With more rows to come nothing changes: a heading that far down is not one.
      if waiting.count >= Self.headingSearchRows || !waiting.isEmpty { dropAll() }
      return
    }
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
    let view = RowView(row, of: chunk, mapping: mapping)
    if let reason = dropReason(view) {
      if reason == .total { totals.compare(view, reader: reader, source: source) }
      report.dropped.append(DroppedRow(row: row.number, reason: reason))
      return
    }
    if row.isHidden { hiddenRows.append(row.number) }
    var fields = [Field](repeating: Field(.blank), count: layout.columns.count)
    var seen = [Bool](repeating: false, count: layout.columns.count)
    for slot in view.cells where Int(slot.column) < mapping.count {
      let at = mapping[Int(slot.column)]
      guard at >= 0 else { continue }
      fields[at] = chunk.withCell(slot) { reader.read($0, as: layout.columns[at]) }
      seen[at] = true
    }
    for (sheetColumn, at) in mapping.enumerated() where at >= 0 && !seen[at] {
      if let filled = merges.value(row: row.number, column: Int32(sheetColumn)) {
        fields[at] = filled.bytes.withUnsafeBufferPointer {
          reader.read(RawCell(kind: filled.kind, bytes: $0), as: layout.columns[at])
        }
      } else {
        fields[at] = reader.read(.blank, as: layout.columns[at])
      }
    }
    if isApplication, let unitAbove, case .blank = fields[CommonColumn.unit.rawValue].value {
      fields[CommonColumn.unit.rawValue] = unitAbove
    }
    merges.remember(row, of: chunk)
    totals.add(fields)
    rows.append(TableRow(number: row.number, fields: fields, isHidden: row.isHidden))
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

/// A row kept as strings while the heading is looked for.
struct LooseRow {
  struct Cell {
    let column: Int32
    let kind: CellKind
    let text: String
  }

  let number: Int32
  let isHidden: Bool
  let cells: [Cell]

  init(_ row: RowSlot, of chunk: RowChunk) {
    number = row.number
    isHidden = row.isHidden
    cells = chunk.cells[Int(row.firstCell)..<Int(row.firstCell + row.cellCount)].map { slot in
      Cell(column: slot.column, kind: slot.kind, text: chunk.withCell(slot) { $0.text })
    }
  }

  var isBlank: Bool { cells.allSatisfy { TextKey.of($0.text).isEmpty } }

  /// The row as it came, as a chunk of one.
  func asChunk(_ body: (RowSlot, RowChunk) -> Void) {
    var chunk = RowChunk()
    for cell in cells {
      let start = Int32(chunk.bytes.count)
      chunk.bytes.append(contentsOf: cell.text.utf8)
      chunk.cells.append(
        CellSlot(
          column: cell.column, kind: cell.kind, hasFormula: false, start: start,
          count: Int32(chunk.bytes.count) - start))
    }
    let row = RowSlot(number: number, firstCell: 0, cellCount: Int32(cells.count), isHidden: isHidden)
    chunk.rows.append(row)
    body(row, chunk)
  }
}
