import AidModel

/// The heading row among the first rows of a sheet: the one with most headings the layout knows.
struct HeadingChoice {
  struct Heading {
    let column: Int32
    let text: String
    let layoutColumn: Int?
  }

  /// Index of the heading row among the rows looked at, and of its last line if it has two.
  let first: Int
  let last: Int
  let headings: [Heading]

  /// Nil when no row qualifies: at least two known headings, one of them naming a person in an application list.
  init?(_ rows: [LooseRow], index: HeadingIndex, isApplication: Bool, layout: Layout) {
    var best: (row: Int, hits: Int)?
    for (i, row) in rows.enumerated() {
      let found = row.cells.filter { $0.kind == .text }.compactMap { index.column($0.text) }
      let hits = Set(found).count
      let words = row.cells.filter { !TextKey.of($0.text).isEmpty }.count
      guard hits >= 2 || (hits == 1 && words == 1 && !isApplication) else { continue }
      if isApplication, !found.contains(where: Self.namesPerson) { continue }
      if hits > best?.hits ?? 0 { best = (i, hits) }
    }
    guard let best else { return nil }
    first = best.row
    let upper = Self.headings(rows[best.row], index)
    let below = best.row + 1 < rows.count ? rows[best.row + 1] : nil
    if let below, let both = Self.twoLines(upper, below, index) {
      last = best.row + 1
      headings = both
    } else {
      last = best.row
      headings = upper
    }
  }

  private static func namesPerson(_ column: Int) -> Bool {
    [CommonColumn.staffNo.rawValue, CommonColumn.idNumber.rawValue, CommonColumn.name.rawValue].contains(
      column)
  }

  private static func headings(_ row: LooseRow, _ index: HeadingIndex) -> [Heading] {
    row.cells.filter { !TextKey.of($0.text).isEmpty }.map {
      Heading(column: $0.column, text: $0.text, layoutColumn: index.column($0.text))
    }
  }

  /// Group headings over sub-headings: the line below holds words only, names a column, and repeats none.
  private static func twoLines(
    _ upper: [Heading], _ below: LooseRow, _ index: HeadingIndex
  ) -> [Heading]? {
    let lower = headings(below, index)
    guard !lower.isEmpty, below.cells.allSatisfy({ $0.kind == .text }),
      lower.allSatisfy({ !$0.text.utf8.contains { $0 >= 48 && $0 <= 57 } })
    else { return nil }
    let known = Set(upper.compactMap(\.layoutColumn))
    var merged: [Heading] = upper
    var useful = false
    for heading in lower {
      // The group is the nearest heading to the left, itself included.
      let group = upper.last { $0.column <= heading.column }
      let joined = (group?.text ?? "") + heading.text
      guard let column = heading.layoutColumn ?? index.column(joined), !known.contains(column) else {
        // Under a plain heading stands data, not a sub-heading.
        if group?.column == heading.column, group?.layoutColumn != nil { return nil }
        continue
      }
      useful = true
      merged.removeAll { $0.column == heading.column }
      merged.append(Heading(column: heading.column, text: heading.text, layoutColumn: column))
    }
    return useful ? merged.sorted { $0.column < $1.column } : nil
  }
}

extension TableBuilder {
  /// Fixes the mapping of columns and says what is wrong with it.
  mutating func accept(_ choice: HeadingChoice) {
    let headingRow = waiting[choice.last].number
    let width = Int(choice.headings.map(\.column).max() ?? -1) + 1
    mapping = Array(repeating: -1, count: width)
    var columns = [Int32](repeating: -1, count: layout.columns.count)
    var doubled: [Int: [Int32]] = [:]
    for heading in choice.headings {
      guard let at = heading.layoutColumn else { continue }
      if columns[at] >= 0 {
        doubled[at, default: [columns[at]]].append(heading.column)
      } else {
        columns[at] = heading.column
        mapping[Int(heading.column)] = at
      }
    }
    let source = SourceSheet(file: report.path, sheet: report.sheet, columns: columns, layout: layout)
    self.source = source
    report.headerRow = headingRow
    report.columns = choice.headings.map { heading in
      MappedColumn(
        column: heading.column, heading: heading.text,
        name: heading.layoutColumn.map { layout.columns[$0].name })
    }
    for (i, row) in waiting[...choice.last].enumerated() {
      let reason: DropReason = i >= choice.first ? .heading : (row.isBlank ? .blank : .title)
      report.dropped.append(DroppedRow(row: row.number, reason: reason))
    }
    readAbove(waiting[..<choice.first], source)
    for (at, cells) in doubled.sorted(by: { $0.key < $1.key }) {
      let places = cells.map { Place.letters($0) + "\(headingRow)" }.joined(separator: "、")
      findings.append(
        Finding(
          IntakeFindings.columnTwice, at: Place(source), column: layout.columns[at].name,
          [layout.columns[at].headings.first ?? layout.columns[at].name, places]))
    }
    for heading in choice.headings {
      let place = Place(source, row: headingRow, column: heading.column)
      noteUnitOfMoney(heading, place: place, source)
      guard heading.layoutColumn == nil else { continue }
      findings.append(Finding(IntakeFindings.columnUnknown, at: place, column: heading.text, [heading.text]))
    }
    noteMissing(columns, source)
  }

  private mutating func noteMissing(_ columns: [Int32], _ source: SourceSheet) {
    for (i, column) in layout.columns.enumerated() where column.required && columns[i] < 0 {
      let accepted = ([column.name] + column.headings).joined(separator: "、")
      findings.append(
        Finding(
          IntakeFindings.columnMissing, at: Place(source), column: column.name,
          [column.headings.first ?? column.name, accepted]))
    }
    guard isApplication else { return }
    let person = [CommonColumn.staffNo.rawValue, CommonColumn.idNumber.rawValue]
    if person.allSatisfy({ columns[$0] < 0 }) {
      let accepted = person.flatMap { layout.columns[$0].headings.prefix(4) }.joined(separator: "、")
      findings.append(
        Finding(IntakeFindings.columnMissing, at: Place(source), column: "staff_no", ["工号或身份证号", accepted]))
    }
  }

  private static let unitsOfMoney = ["万元", "千元", "百元"]

  private mutating func noteUnitOfMoney(
    _ heading: HeadingChoice.Heading, place: Place, _ source: SourceSheet
  ) {
    guard let at = heading.layoutColumn, layout.columns[at].type == .money else { return }
    let key = TextKey.of(heading.text)
    guard let word = Self.unitsOfMoney.first(where: { key.contains($0) }) else { return }
    findings.append(
      Finding(
        IntakeFindings.unitOfMoney, at: Place(source), column: layout.columns[at].name,
        [word, place.cell ?? ""]))
  }

  /// The rows above the heading may name the unit of money, or the unit that sends the list.
  private mutating func readAbove(_ rows: ArraySlice<LooseRow>, _ source: SourceSheet) {
    for row in rows {
      for (i, cell) in row.cells.enumerated() {
        let text = HeadingText.halfWidthTrimmed(cell.text)
        for label in ["填报单位:", "报送单位:", "单位名称:", "二级工会:", "所在单位:", "部门:", "单位:"] {
          guard let range = HeadingText.range(of: label, in: text) else { continue }
          var value = HeadingText.word(after: range, in: text)
          if value.isEmpty, i + 1 < row.cells.count {
            value = HeadingText.halfWidthTrimmed(row.cells[i + 1].text)
          }
          takeAbove(value, at: Place(source, row: row.number, column: cell.column), source)
          break
        }
      }
    }
  }

  private mutating func takeAbove(_ value: String, at place: Place, _ source: SourceSheet) {
    let key = TextKey.of(value)
    if let word = Self.unitsOfMoney.first(where: { key.hasPrefix($0) || key.hasSuffix($0) }) {
      findings.append(Finding(IntakeFindings.unitOfMoney, at: Place(source), [word, place.cell ?? ""]))
    } else if isApplication, !key.isEmpty, !key.hasPrefix("元"), !key.hasPrefix("人民币"), unitAbove == nil {
      unitAbove = Field(.text(value))
    }
  }
}

/// Small text helpers for the rows above a heading.
enum HeadingText {
  static func halfWidthTrimmed(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFF1A: out.append(":")
      case 0x3000, 0xA0, 0x0A, 0x0D, 0x09: out.append(" ")
      default: out.append(scalar)
      }
    }
    var trimmed = out[...]
    while trimmed.first == " " { trimmed.removeFirst() }
    while trimmed.last == " " { trimmed.removeLast() }
    return String(trimmed)
  }

  /// The index just behind `label`, or nil.
  static func range(of label: String, in text: String) -> String.UnicodeScalarView.Index? {
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    while start < scalars.endIndex {
      if scalars[start...].starts(with: label.unicodeScalars) {
        return scalars.index(start, offsetBy: label.unicodeScalars.count)
      }
      start = scalars.index(after: start)
    }
    return nil
  }

  static func word(after start: String.UnicodeScalarView.Index, in text: String) -> String {
    let rest = text.unicodeScalars[start...].drop { $0 == " " }
    let word = rest.prefix { !" ,;:，；()（）".unicodeScalars.contains($0) }
    // `单位：机械学院 填表人：` has a space before the next label; without one the label's own words stay out.
    return String(word)
  }
}
