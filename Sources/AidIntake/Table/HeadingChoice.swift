import AidModel

/// The heading among the first rows of a sheet: the row with the most known headings, and the adjacent rows
/// that belong to it. A column's heading is the path down through them: 费用 / 自付金额.
struct HeadingChoice {
  struct Heading {
    let column: Int32
    /// The path, its steps joined by ` / `.
    let text: String
    var layoutColumn: Int?
    /// Whether the whole path matched the column, not only its last step.
    let isWhole: Bool
  }

  /// Indexes of the heading's first and last row among the rows examined.
  let first: Int
  let last: Int
  private(set) var headings: [Heading]

  /// No real heading has more rows.
  private static let rowsMax = 6

  /// Nil if no row can be a heading.
  init?(_ rows: [LooseRow], index: HeadingIndex, isApplication: Bool, merges: MergeMap) {
    var best: (row: Int, hits: Int)?
    for (i, row) in rows.enumerated() {
      let hits = Self.hits(row, index, isApplication: isApplication)
      if hits > best?.hits ?? 0 { best = (i, hits) }
    }
    guard let best else { return nil }
    let block = HeadingBlock(rows, merges: merges, index: index)
    var (top, bottom) = (best.row, best.row)
    while bottom - top + 1 < Self.rowsMax, block.continues(below: bottom, from: top) { bottom += 1 }
    while bottom - top + 1 < Self.rowsMax, block.isGroups(top - 1, over: top) { top -= 1 }
    (first, last) = (top, bottom)
    headings = block.columns(top...bottom).map { column in
      let path = block.path(column, top...bottom)
      let (found, isWhole) = block.resolve(path, column, top...bottom)
      return Heading(
        column: column, text: path.joined(separator: " / "), layoutColumn: found, isWhole: isWhole)
    }
    preferWholePaths()
    preferPlain(index)
  }

  /// With 姓名 and 姓名 pinyin, the second is another column although its Chinese half is the same.
  private mutating func preferPlain(_ index: HeadingIndex) {
    func isBilingual(_ heading: Heading) -> Bool {
      index.isBilingual(heading.text.split(separator: "/").last.map(String.init) ?? heading.text)
    }
    for i in headings.indices {
      guard let column = headings[i].layoutColumn,
        headings.indices.contains(where: { $0 != i && headings[$0].layoutColumn == column }),
        isBilingual(headings[i])
      else { continue }
      let isPlain = headings.indices.contains {
        $0 != i && headings[$0].layoutColumn == column && !isBilingual(headings[$0])
      }
      if isPlain { headings[i].layoutColumn = nil }
    }
  }

  /// How many columns a row names; 0 if it cannot be a heading. A heading names at least two; in an
  /// application list, one of them identifies the person. In other lists a row of one cell may name just one.
  static func hits(_ row: LooseRow, _ index: HeadingIndex, isApplication: Bool) -> Int {
    var found: Set<Int> = []
    var words = 0
    for cell in row.cells where !cell.isBlank {
      words += 1
      if cell.kind == .text, cell.isWords, let column = index.column(cell.text) { found.insert(column) }
    }
    guard found.count >= 2 || (found.count == 1 && words == 1 && !isApplication) else { return 0 }
    if isApplication, !found.contains(where: namesPerson) { return 0 }
    return found.count
  }

  static func namesPerson(_ column: Int) -> Bool {
    [CommonColumn.staffNo.rawValue, CommonColumn.idNumber.rawValue, CommonColumn.name.rawValue].contains(
      column)
  }

  /// With 姓名 and 家庭成员 / 姓名, the second is another column that merely ends alike.
  private mutating func preferWholePaths() {
    var whole: Set<Int> = []
    for heading in headings where heading.isWhole { heading.layoutColumn.map { _ = whole.insert($0) } }
    for i in headings.indices where !headings[i].isWhole {
      if let column = headings[i].layoutColumn, whole.contains(column) { headings[i].layoutColumn = nil }
    }
  }
}

/// Decides which of the rows around a heading belong to it. Merged cells decide if there are any; otherwise a
/// blank cell to the right of a group heading belongs to the group.
struct HeadingBlock {
  let rows: [LooseRow]
  let merges: MergeMap
  let index: HeadingIndex

  init(_ rows: [LooseRow], merges: MergeMap, index: HeadingIndex) {
    self.rows = rows
    self.merges = merges
    self.index = index
  }

  private func text(_ row: Int, _ column: Int32) -> String? {
    let cells = rows[row].cells
    let at = Self.place(of: column, in: cells)
    return at < cells.count && cells[at].column == column && !cells[at].isBlank ? cells[at].text : nil
  }

  /// The index of the first cell at or after a column; cells are in column order.
  private static func place(of column: Int32, in cells: [LooseRow.Cell]) -> Int {
    var (low, high) = (0, cells.count)
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].column < column { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func isWordsOnly(_ row: Int) -> Bool {
    let cells = rows[row].cells.filter { !$0.isBlank }
    return !cells.isEmpty && cells.allSatisfy { $0.kind == .text && $0.isWords }
  }

  private func isNote(_ text: String) -> Bool {
    let key = TextKey.of(text)
    return (key.hasPrefix("(") && key.hasSuffix(")")) || MoneyWords.unit(ofLine: text) != nil
      || MoneyWords.saysYuan(line: text)
  }

  /// Whether the row below `bottom` has sub-headings of the block that begins at `top`.
  func continues(below bottom: Int, from top: Int) -> Bool {
    let next = bottom + 1
    guard next < rows.count, rows[next].number == rows[bottom].number + 1 else { return false }
    let own = rows[next].cells.filter { !$0.isBlank }
    guard isWordsOnly(next) else { return false }
    let number = rows[next].number
    for row in top...bottom {
      for cell in rows[row].cells where !cell.isBlank && index.column(cell.text) != nil {
        if merges.range(row: rows[row].number, column: cell.column).map({ $0.lastRow >= number }) == true {
          return true
        }
      }
    }
    // A row of notes on the headings above: （万元） under 申请金额.
    if own.allSatisfy({ isNote($0.text) && text(bottom, $0.column) != nil }) { return true }
    // Below 姓名, 工号 and 身份证号 there is data; sub-headings leave these columns blank.
    let persons = Set(
      rows[bottom].cells.filter { cell in
        index.column(cell.text).map(HeadingChoice.namesPerson) ?? false
      }.map(\.column))
    guard own.allSatisfy({ !persons.contains($0.column) }) else { return false }
    let known = Set(rows[bottom].cells.compactMap { index.column($0.text) })
    return own.contains { cell in
      let path = self.path(cell.column, top...next)
      if path.dropLast().contains(where: Relatives.isGroup) { return index.column(cell.text) != nil }
      guard path.count > 1, let found = resolve(path, cell.column, top...next).column else { return false }
      return !known.contains(found) || text(bottom, cell.column).map { index.column($0) == nil } ?? true
    }
  }

  /// Whether a row belongs to the heading whose next row is `below`: it has group headings (merged across
  /// columns, or needed to distinguish them), and perhaps headings of columns with nothing below.
  func isGroups(_ row: Int, over below: Int) -> Bool {
    guard row >= 0, rows[row].number + 1 == rows[below].number, isWordsOnly(row) else { return false }
    let cells = rows[row].cells.filter { !$0.isBlank }
    let isShort = cells.allSatisfy { cell in
      let key = TextKey.of(cell.text)
      return !key.contains(":") && key.unicodeScalars.count <= 20
    }
    guard isShort else { return false }
    func range(_ cell: LooseRow.Cell) -> MergedRange? {
      merges.range(row: rows[row].number, column: cell.column)
    }
    let own = rows[below].cells.filter { !$0.isBlank }
    let known = Set(own.compactMap { index.column($0.text) })
    let loose = cells.filter {
      text(below, $0.column) == nil && range($0)?.lastRow ?? 0 < rows[below].number
    }
    // A heading missing in the row below: without this row its column is lost.
    let single = cells.contains { cell in
      text(below, cell.column) == nil && index.column(cell.text).map { !known.contains($0) } ?? false
    }
    if loose.contains(where: { index.column($0.text) == nil }) {
      let isReal = cells.contains { cell in
        guard let range = range(cell), range.lastColumn > range.firstColumn else { return false }
        // A title spans all columns.
        return own.contains { $0.column < range.firstColumn || $0.column > range.lastColumn }
      }
      if !isReal { return false }
    }
    if single { return true }
    guard cells.count >= 2 else { return false }
    if cells.contains(where: { cell in range(cell).map { $0.lastColumn > $0.firstColumn } ?? false }) {
      return true
    }
    return tellsApart(row, own)
  }

  /// Whether headings are ambiguous without the row above them, or known only with it.
  private func tellsApart(_ row: Int, _ own: [LooseRow.Cell]) -> Bool {
    var seen: Set<ExactText> = []
    return own.contains { cell in
      if !seen.insert(ExactText(TextKey.of(cell.text))).inserted { return true }
      let path = self.path(cell.column, row...(row + 1))
      return path.count > 1 && ["", "/", "-"].contains { index.column(path.joined(separator: $0)) != nil }
    }
  }

  /// Every column with a heading in these rows.
  func columns(_ block: ClosedRange<Int>) -> [Int32] {
    Set(block.flatMap { rows[$0].cells.filter { !$0.isBlank }.map(\.column) }).sorted()
  }

  /// The steps from the group down to the column's own heading.
  func path(_ column: Int32, _ block: ClosedRange<Int>) -> [String] {
    var steps: [String] = []
    for row in block {
      guard let step = text(row, column) ?? group(row, column, block) else { continue }
      if let last = steps.last, TextKey.of(last).sameScalars(as: TextKey.of(step)) { continue }
      steps.append(step)
    }
    return steps
  }

  /// The heading that spans a blank cell from the left.
  private func group(_ row: Int, _ column: Int32, _ block: ClosedRange<Int>) -> String? {
    guard row < block.upperBound else { return nil }
    if let range = merges.range(row: rows[row].number, column: column) {
      guard range.firstRow == rows[row].number else { return nil }
      return text(row, range.firstColumn)
    }
    let before = rows[row].cells[..<Self.place(of: column, in: rows[row].cells)]
    guard let left = before.last(where: { !$0.isBlank }) else { return nil }
    // A merged cell defines its own span; a group has a sub-heading in its own column too.
    if merges.range(row: rows[row].number, column: left.column) != nil { return nil }
    return text(row + 1, left.column) != nil && text(row + 1, column) != nil ? left.text : nil
  }

  /// Whether a step is a group about relatives. A title over the whole table is not, nor is a column's own
  /// heading with a note below.
  private func isOfRelatives(_ step: String, _ block: ClosedRange<Int>) -> Bool {
    guard Relatives.isGroup(step) else { return false }
    let columns = columns(block)
    func has(_ column: Int32) -> Bool { path(column, block).contains { $0.sameScalars(as: step) } }
    if columns.count > 1, let first = columns.first, let last = columns.last, has(first), has(last) {
      return false
    }
    return index.column(step) == nil || columns.lazy.filter(has).prefix(2).count == 2
  }

  /// The column that a path names: tries the whole path first, then its later steps.
  func resolve(_ path: [String], _ column: Int32, _ block: ClosedRange<Int>) -> (column: Int?, isWhole: Bool)
  {
    let relatives = path.dropLast().lastIndex { isOfRelatives($0, block) }
    for start in path.indices {
      let steps = path[start...]
      for separator in ["", "/", "-"] {
        if let found = index.column(steps.joined(separator: separator)) {
          guard let group = relatives, start > group else { return (found, start == 0) }
          let own = Relatives.column(found, named: path[path.count - 1], under: path[group], index)
          return (own, own != nil)
        }
        if steps.count == 1 { break }
      }
    }
    if relatives != nil { return (nil, true) }
    // A note below a column's own heading: 身份证号 / 18位.
    if path.count > 1, let own = text(block.lowerBound, column), let found = index.column(own),
      !columns(block).contains(where: { $0 != column && self.path($0, block).first == own })
    {
      return (found, true)
    }
    return (nil, true)
  }
}
