import AidModel

/// A data row being classified: its cells, and the layout columns they map to.
struct RowView {
  let chunk: RowChunk
  let number: Int32
  let cells: ArraySlice<CellSlot>
  let mapping: [Int]

  init(_ row: RowSlot, of chunk: RowChunk, mapping: [Int]) {
    self.chunk = chunk
    number = row.number
    cells = chunk.cells[Int(row.firstCell)..<Int(row.firstCell + row.cellCount)]
    self.mapping = mapping
  }

  /// The text of a cell, or its beginning, which suffices to classify the row.
  func text(_ slot: CellSlot) -> String { chunk.withCell(slot) { $0.word } }

  func layoutColumn(_ slot: CellSlot) -> Int {
    Int(slot.column) < mapping.count ? mapping[Int(slot.column)] : -1
  }

  /// The cell of a layout column, if not empty.
  func cell(_ layoutColumn: Int) -> CellSlot? {
    cells.first { self.layoutColumn($0) == layoutColumn && $0.count > 0 }
  }
}

extension TableShape {
  /// Why the row is not data; nil if it is.
  func dropReason(_ row: RowView) -> DropReason? {
    // Every element of an export is a row, unless it is empty.
    if isExport { return row.cells.isEmpty ? .blank : nil }
    let cells = row.cells.filter { slot in
      slot.kind != .text || !TextKey.of(row.text(slot)).isEmpty
    }
    if cells.isEmpty { return .blank }
    let words = cells.filter { $0.kind == .text }.map { TextKey.of(row.text($0)) }
    let isPerson = hasIdentifier(row)
    if isPerson, !isApplication, !words.prefix(3).contains(where: isTotal) {
      return !hasCertainIdentifier(row) && isHeadingAgain(row, cells) ? .heading : nil
    }
    if words.prefix(3).contains(where: isTotal), !hasCertainIdentifier(row) { return .total }
    if isHeadingAgain(row, cells) { return .heading }
    if isApplication, exampleMark(row) != nil, !hasValidIdentity(row) { return .example }
    let known = cells.filter { row.layoutColumn($0) >= 0 && !isSerial(row.layoutColumn($0)) }
    let isSigned = isSigned(row, cells)
    if isApplication, let reason = formLine(row, cells, known, isSigned: isSigned) { return reason }
    if isUnused(row, cells) { return .blank }
    if isPerson { return nil }
    // A prenumbered row whose formulas have nothing to compute.
    if known.allSatisfy({ isIdleFormula(row, $0) }),
      cells.allSatisfy({ isIdleFormula(row, $0) || isNumbering(row, $0) })
    {
      return .blank
    }
    if isSigned, !hasAmount(row, known) { return .signature }
    if hasPlainName(row) { return nil }
    if isApplication, hasMoneyOrDate(row, known) { return nil }
    if words.prefix(3).contains(where: isNote), cells.count <= 2 { return .title }
    if isSigned { return .signature }
    // Merged titles between blocks are alone in the first column; a lone name is a person, otherwise blank.
    if cells.count == 1, isApplication, row.layoutColumn(cells[0]) != CommonColumn.name.rawValue {
      return .title
    }
    return nil
  }

  /// A line of the form itself besides the heading: 必填 above the columns, column numbers, instructions,
  /// signatures. It names no one, whatever columns its texts are in.
  private func formLine(
    _ row: RowView, _ cells: [CellSlot], _ known: [CellSlot], isSigned: Bool
  ) -> DropReason? {
    let keys = cells.map { FormWords.bare(TextKey.of(row.text($0))) }
    if cells.count >= 2, keys.allSatisfy(FormWords.marks.contains) { return .heading }
    if cells.count >= 4, keys.enumerated().allSatisfy({ $1.sameScalars(as: "\($0 + 1)") }) { return .heading }
    let isGuide = keys.first.map { key in FormWords.guides.contains { key.hasPrefix($0) } } ?? false
    guard isSigned || isGuide, !isSomebody(row), !hasAmount(row, known) else { return nil }
    return isSigned ? .signature : .title
  }

  /// Whether a row has a signature label or a place for a seal. In a named person's remark it is just a
  /// remark.
  private func isSigned(_ row: RowView, _ cells: [CellSlot]) -> Bool {
    let isNamed = hasPlainName(row)
    return cells.enumerated().contains { place, slot in
      guard slot.kind == .text else { return false }
      let key = TextKey.of(row.text(slot))
      if isNamed, hasIdentifier(row), row.layoutColumn(slot) == CommonColumn.remark.rawValue { return false }
      if isSignature(key) { return true }
      return isApplication && (!isNamed || place == 0) && FormWords.seals.contains(where: key.containsScalars)
    }
  }

  func isSerial(_ column: Int) -> Bool {
    column >= 0 && layout.columns[column].name == "serial_number"
  }

  /// In a total row `3人` may be in the staff number column; a real number is longer and contains no words.
  private func hasCertainIdentifier(_ row: RowView) -> Bool {
    identifiers(of: row).contains { slot in row.chunk.withCell(slot) { Self.isCertainIdentifier($0.bytes) } }
  }

  /// A staff number, an ID number or, in lists without either, a record.
  private func hasIdentifier(_ row: RowView) -> Bool {
    identifiers(of: row).contains { !isWords(row, $0) }
  }

  private func identifiers(of row: RowView) -> [CellSlot] {
    (isApplication ? ["staff_no", "id_number"] : ["staff_no", "id_number", "record"]).compactMap { name in
      layout.index(of: name).flatMap { row.cell($0) }
    }
  }

  /// A name alone is a person if another column of the row is filled in.
  private func hasPlainName(_ row: RowView) -> Bool {
    guard isApplication, let name = row.cell(CommonColumn.name.rawValue) else { return false }
    let key = TextKey.of(row.text(name))
    return !isTotal(key) && !isSignature(key) && !isNote(key) && index.column(key) == nil
      && row.cells.contains {
        $0.column != name.column && row.layoutColumn($0) >= 0 && !isSerial(row.layoutColumn($0))
      }
  }

  /// Text without digits and Latin letters, which is no identifier.
  private func isWords(_ row: RowView, _ slot: CellSlot) -> Bool {
    slot.kind == .text
      && !TextKey.of(row.text(slot)).utf8.contains { ($0 >= 48 && $0 <= 57) || ($0 >= 97 && $0 <= 122) }
  }

  /// Whether a later page repeats the heading (or its second line), or another table begins.
  private func isHeadingAgain(_ row: RowView, _ cells: [CellSlot]) -> Bool {
    var (same, known) = (0, Set<Int>())
    for slot in cells where slot.kind == .text {
      let text = row.text(slot)
      if headingKeys(slot.column, contain: TextKey.of(text)) { same += 1 }
      if let at = index.column(text) { known.insert(at) }
    }
    if same * 2 >= cells.count, same >= 2 || same == cells.count { return true }
    return known.count >= 2 && known.count * 2 >= cells.count
      && (!isApplication || known.count >= 3 || known.contains(where: HeadingChoice.namesPerson))
  }

  private func hasAmount(_ row: RowView, _ cells: [CellSlot]) -> Bool {
    cells.contains { slot in
      let at = row.layoutColumn(slot)
      guard layout.columns[at].type == .money, slot.kind != .date else { return false }
      let key = TextKey.of(row.text(slot))
      // A labelled date or telephone number is no amount; 约5000 is meant as one.
      return key.utf8.contains { $0 >= 48 && $0 <= 57 } && !key.contains(where: { ":年月日".contains($0) })
        && key.filter { "-/.".contains($0) }.count < 2
    }
  }

  private func hasMoneyOrDate(_ row: RowView, _ cells: [CellSlot]) -> Bool {
    cells.contains { slot in
      let type = layout.columns[row.layoutColumn(slot)].type
      guard type == .money || type == .number || type == .date else { return false }
      return slot.kind != .text || row.text(slot).utf8.contains { $0 >= 48 && $0 <= 57 }
    }
  }

  func isTotal(_ key: String) -> Bool {
    let plain = HeadingMarks.stripped(HeadingMarks.withoutBrackets(key))
    return vocabulary.totals.contains { word in
      if plain.hasSuffix(word), word.count > 1, plain.count <= 20 { return true }
      guard plain.hasPrefix(word) else { return false }
      let rest = plain.dropFirst(word.count)
      return rest.isEmpty || rest.first == ":" || rest.first == "、"
        || rest.allSatisfy { $0.isNumber || "人名次元份.,:数金额共".contains($0) }
    }
  }

  func isSignature(_ key: String) -> Bool {
    // This test alone decides nearly every cell.
    let hasMark = key.utf8.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "(") }
    return vocabulary.signatures.contains { word in
      key.sameScalars(as: word) || key.sameScalars(as: word + "人")
        || (hasMark && [word + ":", word + "人:", word + "("].contains { key.containsScalars($0) })
    }
  }

  func isNote(_ text: String) -> Bool {
    let key = FormWords.bare(text)
    return vocabulary.notes.contains { word in
      key.hasPrefix(word + ":") || key.hasPrefix(word + "1") || key.hasPrefix(word + "、")
        || key.sameScalars(as: word)
    }
  }
}

/// Words of forms outside their rows, as keys.
private enum FormWords {
  static let marks: Set = ["必填", "选填", "必填项", "选填项", "必须填写", "非必填", "可不填", "可选"]
  static let guides = ["填写说明", "填表说明", "填报说明", "填写要求", "填表要求", "填写须知"]
  static let seals = ["盖章", "签字", "签章", "公章"]

  private static let around = Set("()[]【】〔〕*-—–－_=/.…".unicodeScalars)

  /// Removes surrounding brackets and rules: （以下空白）, ——以下空白——.
  static func bare(_ key: String) -> String {
    var rest = Substring(key).unicodeScalars
    while let first = rest.first, around.contains(first) { rest = rest.dropFirst() }
    while let last = rest.last, around.contains(last) { rest = rest.dropLast() }
    return String(rest)
  }
}
