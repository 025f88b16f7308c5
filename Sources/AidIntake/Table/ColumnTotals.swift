import AidModel

/// Our own sums of the money columns, to hold against the totals written in the sheet.
struct ColumnTotals {
  private let layout: Layout
  private let money: [Int]
  private var all: [Money]
  private var sinceSubtotal: [Money]
  private var unreadable: [Bool]
  private(set) var findings: [Finding] = []

  init(_ layout: Layout) {
    self.layout = layout
    money = layout.columns.indices.filter { layout.columns[$0].type == .money }
    all = Array(repeating: .zero, count: layout.columns.count)
    sinceSubtotal = all
    unreadable = Array(repeating: false, count: layout.columns.count)
  }

  mutating func add(_ fields: [Field]) {
    for i in money {
      switch fields[i].value {
      case .money(let amount):
        all[i] += amount
        sinceSubtotal[i] += amount
      case .unreadable: unreadable[i] = true
      default: break
      }
    }
  }

  /// A total may be of the rows since the last subtotal or of all; it is wrong if it is neither. Nothing is said
  /// where a row of the column could not be read.
  mutating func compare(_ row: RowView, source: SourceSheet?, read: (RawCell, Int) -> Field) {
    guard let source else { return }
    for i in money where !unreadable[i] {
      guard let slot = row.cell(i) else { continue }
      let field = row.chunk.withCell(slot) { read($0, i) }
      guard case .money(let stated) = field.value, stated != all[i], stated != sinceSubtotal[i] else {
        continue
      }
      findings.append(
        Finding(
          IntakeFindings.totalMismatch, at: Place(source, row: row.number, column: slot.column),
          column: layout.columns[i].name,
          [layout.columns[i].headings.first ?? layout.columns[i].name, stated.grouped, all[i].grouped]))
    }
    sinceSubtotal = Array(repeating: .zero, count: layout.columns.count)
  }
}
