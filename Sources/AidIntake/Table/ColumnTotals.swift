import AidModel

/// The sums of some rows' money columns between the totals written among them, in the order of the sheet.
struct ShareOfTotals: Sendable {
  enum Step: Sendable {
    /// Sums of rows by the place of the column among the money columns, and which of them could not be read.
    case rows(sums: [Money], isUnreadable: [Bool])
    /// What a total row states: the amounts read, each with its column.
    case stated(row: Int32, [(place: Int, sheetColumn: Int32, amount: Money)])
  }

  private(set) var steps: [Step] = []
  /// Layout columns that hold money.
  let columns: [Int]
  private var sums: [Money]
  private var isUnreadable: [Bool]

  init(_ layout: Layout) {
    columns = layout.columns.indices.filter { layout.columns[$0].type == .money }
    sums = columns.map { _ in .zero }
    isUnreadable = columns.map { _ in false }
  }

  @inline(__always)
  mutating func add(_ fields: FieldRow) {
    for place in columns.indices {
      if let amount = fields.money(at: columns[place]) {
        sums[place] += amount
      } else if fields.isUnreadable(columns[place]) {
        isUnreadable[place] = true
      }
    }
  }

  mutating func state(_ row: RowView, read: (RawCell, Int) -> Field) {
    close()
    var stated: [(place: Int, sheetColumn: Int32, amount: Money)] = []
    for place in columns.indices {
      guard let slot = row.cell(columns[place]) else { continue }
      let field = row.chunk.withCell(slot) { read($0, columns[place]) }
      if case .money(let amount) = field.value { stated.append((place, slot.column, amount)) }
    }
    steps.append(.stated(row: row.number, stated))
  }

  /// The last row was added.
  mutating func close() {
    steps.append(.rows(sums: sums, isUnreadable: isUnreadable))
    sums = columns.map { _ in .zero }
    isUnreadable = columns.map { _ in false }
  }
}

/// Our own sums of the money columns, to hold against the totals written in the sheet.
struct ColumnTotals {
  private let layout: Layout
  private let columns: [Int]
  private var all: [Money]
  private var sinceSubtotal: [Money]
  private var isUnreadable: [Bool]
  private(set) var findings: [Finding] = []

  init(_ layout: Layout) {
    self.layout = layout
    columns = ShareOfTotals(layout).columns
    all = columns.map { _ in .zero }
    sinceSubtotal = all
    isUnreadable = columns.map { _ in false }
  }

  /// - Precondition: the share is closed.
  mutating func join(_ share: ShareOfTotals, source: SourceSheet) {
    for step in share.steps {
      switch step {
      case .rows(let sums, let unreadable):
        for place in columns.indices {
          all[place] += sums[place]
          sinceSubtotal[place] += sums[place]
          if unreadable[place] { isUnreadable[place] = true }
        }
      case .stated(let row, let stated):
        for one in stated { compare(one.amount, one.place, Place(source, row: row, column: one.sheetColumn)) }
        sinceSubtotal = columns.map { _ in .zero }
      }
    }
  }

  /// A total may be of the rows since the last subtotal or of all; it is wrong if it is neither. Nothing is said
  /// where a row of the column could not be read.
  private mutating func compare(_ stated: Money, _ place: Int, _ at: Place) {
    if isUnreadable[place] || stated == all[place] || stated == sinceSubtotal[place] { return }
    let column = layout.columns[columns[place]]
    findings.append(
      Finding(
        IntakeFindings.totalMismatch, at: at, column: column.name,
        [column.headings.first ?? column.name, stated.grouped, all[place].grouped]))
  }
}
