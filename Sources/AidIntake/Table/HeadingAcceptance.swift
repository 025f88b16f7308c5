import AidModel

extension TableBuilder {
  /// Fixes the column mapping and reports its problems.
  mutating func accept(_ choice: HeadingChoice) {
    let headingRow = waiting[choice.last].number
    let width = Int(choice.headings.map(\.column).max() ?? -1) + 1
    mapping = Array(repeating: TableShape.noHeading, count: width)
    headingFields = waiting[choice.first...choice.last].map(\.fieldCount).max() ?? 0
    headingKeys = Array(repeating: [], count: width)
    for row in waiting[choice.first...choice.last] {
      for cell in row.cells where !cell.isBlank && Int(cell.column) < width {
        headingKeys[Int(cell.column)].append(TextKey.of(cell.text))
      }
    }
    var columns = [Int32](repeating: -1, count: layout.columns.count)
    var doubled: [Int: [Int32]] = [:]
    for heading in choice.headings {
      mapping[Int(heading.column)] = -1
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
    headingRows = waiting[choice.first].number...headingRow
    report.headerRow = headingRow
    report.columns = choice.headings.map { heading in
      MappedColumn(
        column: heading.column, heading: heading.text,
        name: heading.layoutColumn.map { layout.columns[$0].name })
    }
    for (i, row) in waiting[...choice.last].enumerated() {
      let reason: DropReason = row.isBlank ? .blank : i >= choice.first ? .heading : .title
      report.dropped.append(DroppedRow(row: row.number, reason: reason))
    }
    readAbove(waiting[..<choice.first], source)
    if !noteSideBySide(choice.headings, headingRow, source) { noteDoubled(doubled, headingRow, source) }
    for heading in choice.headings {
      let place = Place(source, row: headingRow, column: heading.column)
      noteUnitOfMoney(heading, among: choice.headings, place: place, source)
      guard heading.layoutColumn == nil else { continue }
      findings.append(Finding(IntakeFindings.columnUnknown, at: place, column: heading.text, [heading.text]))
    }
    noteMissing(columns, source)
    noteConverted(choice.headings.map { ($0.column, $0.text, $0.layoutColumn) }, headingRow, source)
  }

  /// An XML export has no heading: its mapping assigns the columns.
  mutating func accept(_ xml: XMLMapping) {
    var columns = [Int32](repeating: -1, count: layout.columns.count)
    mapping = xml.columns.map { layout.index(of: $0.name) ?? -1 }
    for (i, at) in mapping.enumerated() where at >= 0 { columns[at] = Int32(i) }
    let source = SourceSheet(file: report.path, sheet: report.sheet, columns: columns, layout: layout)
    self.source = source
    report.columns = xml.columns.enumerated().map { i, column in
      MappedColumn(column: Int32(i), heading: column.path, name: column.name)
    }
    noteMissing(columns, source)
    noteConverted(zip(0..., mapping).map { (Int32($0), "", $1) }, -1, source)
  }

  /// The unit confirmed in the batch file applies to every amount whose heading does not name another.
  private mutating func noteConverted(
    _ headings: [(column: Int32, text: String, layoutColumn: Int?)], _ row: Int32, _ source: SourceSheet
  ) {
    guard let unit = confirmedUnit, !findings.contains(where: { $0.kind.code == "UNIT-OF-MONEY" }) else {
      return
    }
    var converted: [String] = []
    for heading in headings {
      guard let at = heading.layoutColumn, at >= 0, layout.columns[at].type == .money, units[at] == nil,
        !MoneyWords.saysYuan(heading: heading.text),
        MoneyWords.unit(ofHeading: heading.text).map({ $0 == unit.rawValue }) ?? true
      else { continue }
      units[at] = unit
      if MoneyWords.unit(ofHeading: heading.text) == nil {
        silentColumns.append(layout.columns[at].headings.first ?? layout.columns[at].name)
      }
      converted.append(layout.columns[at].headings.first ?? layout.columns[at].name)
    }
    if converted.isEmpty { return }
    findings.append(
      Finding(
        IntakeFindings.unitConverted, at: Place(source, row: row),
        [unit.rawValue, converted.joined(separator: "、")]))
  }

  /// Columns that affect neither the person nor the amount.
  private static let sparePlaces: Set = [
    CommonColumn.unit.rawValue, CommonColumn.phone.rawValue, CommonColumn.remark.rawValue,
  ]

  private mutating func noteDoubled(_ doubled: [Int: [Int32]], _ row: Int32, _ source: SourceSheet) {
    for (at, cells) in doubled.sorted(by: { $0.key < $1.key }) {
      let places = cells.map { Place.letters($0) + "\(row)" }.joined(separator: "、")
      let isSpare =
        isApplication
        ? Self.sparePlaces.contains(at) || layout.columns[at].name.sameScalars(as: "serial_number")
        : layout.columns[at].name.sameScalars(as: "unit")
      findings.append(
        Finding(
          isSpare ? IntakeFindings.columnSpare : IntakeFindings.columnTwice, at: Place(source),
          column: layout.columns[at].name,
          [layout.columns[at].headings.first ?? layout.columns[at].name, places]))
    }
  }

  /// Two tables side by side: a person and other columns are named twice, so it is unknown which rows count.
  private mutating func noteSideBySide(
    _ headings: [HeadingChoice.Heading], _ row: Int32, _ source: SourceSheet
  ) -> Bool {
    let known = headings.filter { $0.layoutColumn != nil }
    var seen: Set<Int> = []
    var repeated: Set<Int> = []
    var second: Int32?
    for heading in known {
      guard let at = heading.layoutColumn, !seen.insert(at).inserted else { continue }
      repeated.insert(at)
      second = second ?? heading.column
    }
    guard let second, repeated.count >= 2, repeated.contains(where: HeadingChoice.namesPerson),
      let firstColumn = known.first?.column,
      let endOfFirst = known.last(where: { $0.column < second })?.column,
      let end = known.last?.column
    else { return false }
    func range(_ a: Int32, _ b: Int32) -> String { "\(Place.letters(a))\(row):\(Place.letters(b))\(row)" }
    let places = range(firstColumn, endOfFirst) + "、" + range(second, end)
    findings.append(Finding(IntakeFindings.sheetAmbiguous, at: Place(source), [places]))
    return true
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

  /// A heading with 元 contradicts a confirmed 万元, unless another has 万元: then each column has its own unit.
  private mutating func noteUnitOfMoney(
    _ heading: HeadingChoice.Heading, among all: [HeadingChoice.Heading], place: Place, _ source: SourceSheet
  ) {
    func isMoney(_ heading: HeadingChoice.Heading) -> Bool {
      heading.layoutColumn.map { layout.columns[$0].type == .money } ?? false
    }
    guard isMoney(heading), let at = heading.layoutColumn else { return }
    let (name, cells) = (layout.columns[at].name, place.cell ?? "")
    if let word = MoneyWords.unit(ofHeading: heading.text) {
      unitCheck.finding(word, at: Place(source), cells: cells, column: name).map { findings.append($0) }
    } else if MoneyWords.saysYuan(heading: heading.text),
      !all.contains(where: {
        isMoney($0) && MoneyWords.unit(ofHeading: $0.text).map { $0 == confirmedUnit?.rawValue } ?? false
      })
    {
      unitCheck.yuan(at: Place(source), cells: cells, column: name).map { findings.append($0) }
    }
  }

  private static let unitLabels = [
    "填报单位", "报送单位", "申报单位", "上报单位", "单位名称", "二级工会", "基层工会", "分工会", "所在单位", "部门", "单位",
  ]

  /// Rows above the heading may name the unit of money, or the unit that sent the list.
  private mutating func readAbove(_ rows: ArraySlice<LooseRow>, _ source: SourceSheet) {
    for row in rows {
      for (i, cell) in row.cells.enumerated() where !cell.isBlank {
        let place = Place(source, row: row.number, column: cell.column)
        if unitCheck.isConfirmed(byLine: cell.text) { saysUnit = true }
        if let finding = unitCheck.line(cell.text, cell: place, source) { findings.append(finding) }
        if MoneyWords.unit(ofLine: cell.text) != nil { continue }
        let text = HeadingText.halfWidthTrimmed(cell.text)
        for label in Self.unitLabels {
          guard let value = HeadingText.value(of: label, in: text) else { continue }
          let next = row.cells[(i + 1)...].first { !$0.isBlank }?.text ?? ""
          takeUnit(value.isEmpty ? HeadingText.halfWidthTrimmed(next) : value)
          break
        }
      }
    }
  }

  private mutating func takeUnit(_ value: String) {
    let key = TextKey.of(value)
    let isMeasure =
      key.hasPrefix("元") || key.hasPrefix("人民币") || ["人", "人次", "名", "个"].contains(key)
      || MoneyWords.unit(ofLine: value) != nil || MoneyWords.unit(ofHeading: value) == key
    if isApplication, !key.isEmpty, !isMeasure, !key.hasSuffix(":"), unitAbove == nil {
      unitAbove = Field(.text(value))
    }
  }
}

/// Text helpers for the rows above a heading.
enum HeadingText {
  static func halfWidthTrimmed(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFF1A: out.append(":")
      case 0xFF08: out.append("(")
      case 0xFF09: out.append(")")
      case 0x3000, 0xA0, 0x0A, 0x0D, 0x09: out.append(" ")
      default: out.append(scalar)
      }
    }
    var trimmed = out[...]
    while trimmed.first == " " { trimmed.removeFirst() }
    while trimmed.last == " " { trimmed.removeLast() }
    return String(trimmed)
  }

  /// The text after `label`, an optional note in brackets and a colon; nil without the label. Empty if the
  /// label is the whole text: then the value is in the next cell.
  static func value(of label: String, in text: String) -> String? {
    let scalars = Array(text.unicodeScalars)
    let wanted = Array(label.unicodeScalars)
    var start = 0
    while start + wanted.count <= scalars.count {
      if scalars[start..<(start + wanted.count)].elementsEqual(wanted) {
        var at = start + wanted.count
        while at < scalars.count, scalars[at] == " " { at += 1 }
        if at < scalars.count, scalars[at] == "(" {
          while at < scalars.count, scalars[at] != ")" { at += 1 }
          at += 1
        }
        while at < scalars.count, scalars[at] == " " { at += 1 }
        if at >= scalars.count { return start == 0 ? "" : nil }
        if scalars[at] == ":" { return word(scalars[(at + 1)...]) }
      }
      start += 1
    }
    return nil
  }

  private static func word(_ rest: ArraySlice<Unicode.Scalar>) -> String {
    let word = rest.drop { $0 == " " }.prefix { !" ,;:，；()".unicodeScalars.contains($0) }
    // A space or punctuation ends the value, before the next label: `单位：机械学院 填表人：`.
    return String(String.UnicodeScalarView(word))
  }
}
