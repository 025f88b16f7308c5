import AidModel

/// The sum of a column's amounts, as far as they could be read.
struct PartialSum: Sendable {
  var sum = Money.zero
  /// Some cell could not be read.
  var isPartial = false
  /// An unreadable cell may be negative.
  var mayShrink = false

  mutating func add(_ other: PartialSum) {
    sum += other.sum
    if other.isPartial { isPartial = true }
    if other.mayShrink { mayShrink = true }
  }

  enum Answer { case equal, different, unknown }

  /// Whether the complete sum equals the stated one. A partial sum may already rule it out.
  func isEqual(to stated: Money) -> Answer {
    if !isPartial { return sum == stated ? .equal : .different }
    return sum > stated && !mayShrink ? .different : .unknown
  }
}

/// The sums of money columns in a share of rows, split at the total rows among them, in sheet order.
struct ShareOfTotals: Sendable {
  /// The total stated for a column; nil if it cannot be read.
  struct Stated: Sendable {
    let place: Int
    let sheetColumn: Int32
    let amount: Money?
  }

  enum Step: Sendable {
    /// The sums of some rows, one per money column.
    case rows([PartialSum])
    case stated(row: Int32, [Stated])
  }

  private(set) var steps: [Step] = []
  /// Layout columns of type money.
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

  /// Whether a total cell states anything: a dash or 元 does not, an error does.
  private static func holdsDigit(_ text: String) -> Bool {
    let key = TextKey.of(text).utf8
    return key.first == UInt8(ascii: "#") || key.contains { $0 >= 48 && $0 <= 57 }
  }

  /// Ends the share after its last row.
  mutating func close() {
    steps.append(.rows(sums))
    sums = columns.map { _ in PartialSum() }
  }
}

/// Our own sums of the money columns, for comparison with the totals in the sheet.
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

  /// A total may cover the rows since the last subtotal, or all rows; it is wrong if it matches neither. It
  /// cannot be checked if one of its rows, or the total itself, is unreadable.
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
