import AidModel

/// The sum of some cells of a column of amounts, as far as they could be read.
struct PartialSum: Sendable {
  var sum = Money.zero
  /// A cell could not be read.
  var isPartial = false
  /// A cell that could not be read may be less than nothing.
  var mayShrink = false

  mutating func add(_ other: PartialSum) {
    sum += other.sum
    if other.isPartial { isPartial = true }
    if other.mayShrink { mayShrink = true }
  }

  enum Answer { case equal, different, unknown }

  /// Whether the whole sum is the stated one. What was read may show that it is not, by itself.
  func isEqual(to stated: Money) -> Answer {
    if !isPartial { return sum == stated ? .equal : .different }
    return sum > stated && !mayShrink ? .different : .unknown
  }
}

/// The sums of some rows' money columns between the totals written among them, in the order of the sheet.
struct ShareOfTotals: Sendable {
  /// What a total row says of a column; nil: it cannot be read.
  struct Stated: Sendable {
    let place: Int
    let sheetColumn: Int32
    let amount: Money?
  }

  enum Step: Sendable {
    /// Sums of rows by the place of the column among the money columns.
    case rows([PartialSum])
    case stated(row: Int32, [Stated])
  }

  private(set) var steps: [Step] = []
  /// Layout columns that hold money.
  let columns: [Int]
  private var sums: [PartialSum]

  init(_ layout: Layout) {
    columns = layout.columns.indices.filter { layout.columns[$0].type == .money }
    sums = columns.map { _ in PartialSum() }
  }

  @inline(__always)
  mutating func add(_ fields: FieldRow) {
    for place in columns.indices {
      if let amount = fields.money(at: columns[place]) {
        sums[place].sum += amount
      } else if fields.isUnreadable(columns[place]) {
        addUnreadable(fields[columns[place]], at: place)
      }
    }
  }

  private mutating func addUnreadable(_ field: Field, at place: Int) {
    sums[place].isPartial = true
    let mayBeNegative = field.original.map {
      $0.unicodeScalars.contains { "-－−—–(（".unicodeScalars.contains($0) }
    }
    if mayBeNegative ?? true { sums[place].mayShrink = true }
  }

  mutating func state(_ row: RowView, read: (RawCell, Int) -> Field) {
    close()
    var stated: [Stated] = []
    for place in columns.indices {
      guard let slot = row.cell(columns[place]) else { continue }
      let field = row.chunk.withCell(slot) { read($0, columns[place]) }
      switch field.value {
      case .money(let amount): stated.append(Stated(place: place, sheetColumn: slot.column, amount: amount))
      case .unreadable where slot.kind != .text || Self.holdsDigit(row.text(slot)):
        stated.append(Stated(place: place, sheetColumn: slot.column, amount: nil))
      default: break
      }
    }
    steps.append(.stated(row: row.number, stated))
  }

  /// A dash or 元 in a total row states nothing; an error does.
  private static func holdsDigit(_ text: String) -> Bool {
    let key = TextKey.of(text).utf8
    return key.first == UInt8(ascii: "#") || key.contains { $0 >= 48 && $0 <= 57 }
  }

  /// The last row was added.
  mutating func close() {
    steps.append(.rows(sums))
    sums = columns.map { _ in PartialSum() }
  }
}

/// Our own sums of the money columns, to hold against the totals written in the sheet.
struct ColumnTotals {
  private let layout: Layout
  private let columns: [Int]
  private var all: [PartialSum]
  private var sinceSubtotal: [PartialSum]
  private(set) var findings: [Finding] = []

  init(_ layout: Layout) {
    self.layout = layout
    columns = ShareOfTotals(layout).columns
    all = columns.map { _ in PartialSum() }
    sinceSubtotal = all
  }

  /// - Precondition: the share is closed.
  mutating func join(_ share: ShareOfTotals, source: SourceSheet) {
    for step in share.steps {
      switch step {
      case .rows(let sums):
        for place in columns.indices {
          all[place].add(sums[place])
          sinceSubtotal[place].add(sums[place])
        }
      case .stated(let row, let stated):
        for one in stated { compare(one, Place(source, row: row, column: one.sheetColumn)) }
        sinceSubtotal = columns.map { _ in PartialSum() }
      }
    }
  }

  /// A total may be of the rows since the last subtotal or of all; it is wrong if it is neither, and it says nothing
  /// while a row of it, or the total itself, could not be read.
  private mutating func compare(_ stated: ShareOfTotals.Stated, _ at: Place) {
    let column = layout.columns[columns[stated.place]]
    let name = column.headings.first ?? column.name
    let ours = all[stated.place].sum.grouped
    guard let amount = stated.amount else {
      findings.append(Finding(IntakeFindings.totalUnreadable, at: at, column: column.name, [name, ours]))
      return
    }
    let answers = [all, sinceSubtotal].map { $0[stated.place].isEqual(to: amount) }
    if answers.contains(.equal) { return }
    let kind = answers.contains(.unknown) ? IntakeFindings.totalUnchecked : IntakeFindings.totalMismatch
    findings.append(Finding(kind, at: at, column: column.name, [name, amount.grouped, ours]))
  }
}
