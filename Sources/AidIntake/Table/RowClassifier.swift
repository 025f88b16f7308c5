import AidModel

/// A data row while it is looked at: its cells, and which of them the layout knows.
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

  func text(_ slot: CellSlot) -> String { chunk.withCell(slot) { $0.text } }

  func layoutColumn(_ slot: CellSlot) -> Int {
    Int(slot.column) < mapping.count ? mapping[Int(slot.column)] : -1
  }

  /// The cell of a layout column, if it holds anything.
  func cell(_ layoutColumn: Int) -> CellSlot? {
    cells.first { self.layoutColumn($0) == layoutColumn && $0.count > 0 }
  }
}

extension TableBuilder {
  /// Why the row is not data, nil if it is. A row with an identifier is always data.
  func dropReason(_ row: RowView) -> DropReason? {
    // Nearly every row: an identifier, and no word for an example in front. Told from the bytes.
    if hasCertainIdentifier(row), !row.cells.prefix(3).contains(where: { mentionsExample(row, $0) }) {
      return nil
    }
    let cells = row.cells.filter { slot in
      slot.kind != .text || !TextKey.of(row.text(slot)).isEmpty
    }
    if cells.isEmpty { return .blank }
    let keys = cells.prefix(3).filter { $0.kind == .text }.map { TextKey.of(row.text($0)) }
    if keys.contains(where: isTotal), !hasCertainIdentifier(row) { return .total }
    if hasIdentifier(row) { return isExample(row, cells) ? .example : nil }
    if isHeadingAgain(row, cells) { return .heading }
    if isExample(row, cells) { return .example }
    let known = cells.filter { row.layoutColumn($0) >= 0 && !isSerial(row.layoutColumn($0)) }
    if known.isEmpty, cells.allSatisfy({ isSerial(row.layoutColumn($0)) }) { return .blank }
    if isApplication, hasMoneyOrDate(row, known) { return nil }
    if keys.contains(where: isNote), cells.count <= 2 { return .title }
    let words = cells.filter { $0.kind == .text }.map { TextKey.of(row.text($0)) }
    if words.contains(where: isSignature) { return .signature }
    // Merged titles between blocks stand alone in the first column.
    if cells.count == 1, isApplication { return .title }
    return nil
  }

  private func mentionsExample(_ row: RowView, _ slot: CellSlot) -> Bool {
    slot.kind == .text
      && row.chunk.withCell(slot) { cell in
        // 例 is E4 BE 8B.
        cell.bytes.indices.dropLast(2).contains {
          cell.bytes[$0] == 0xE4 && cell.bytes[$0 + 1] == 0xBE && cell.bytes[$0 + 2] == 0x8B
        }
      }
  }

  private func isSerial(_ column: Int) -> Bool {
    column >= 0 && layout.columns[column].name == "serial_number"
  }

  /// In a total row `3人` may stand in the column of staff numbers; a real number is longer.
  private func hasCertainIdentifier(_ row: RowView) -> Bool {
    guard isApplication else { return false }
    return [CommonColumn.staffNo, .idNumber].compactMap { row.cell($0.rawValue) }.contains { slot in
      row.chunk.withCell(slot) { cell in
        cell.bytes.reduce(0) {
          $0 + (($1 >= 48 && $1 <= 57) || ($1 | 0x20 >= 97 && $1 | 0x20 <= 122) ? 1 : 0)
        } >= 4
      }
    }
  }

  /// Staff number, ID number or (in lists without either) a record or name.
  private func hasIdentifier(_ row: RowView) -> Bool {
    if isApplication {
      let person = [CommonColumn.staffNo, .idNumber].compactMap { row.cell($0.rawValue) }
      if person.contains(where: { !isWords(row, $0) }) { return true }
      guard let name = row.cell(CommonColumn.name.rawValue) else { return false }
      // A name alone is a person if something else of the row is filled in beside it.
      let key = TextKey.of(row.text(name))
      return !isTotal(key) && !isSignature(key) && !isNote(key) && !isHeadingWord(key)
        && row.cells.contains {
          $0.column != name.column && row.layoutColumn($0) >= 0 && !isSerial(row.layoutColumn($0))
        }
    }
    return ["staff_no", "id_number", "record"].contains { name in
      layout.index(of: name).flatMap { row.cell($0) }.map { !isWords(row, $0) } ?? false
    }
  }

  /// Text without any digit or Latin letter is no identifier.
  private func isWords(_ row: RowView, _ slot: CellSlot) -> Bool {
    slot.kind == .text
      && !TextKey.of(row.text(slot)).utf8.contains { ($0 >= 48 && $0 <= 57) || ($0 >= 97 && $0 <= 122) }
  }

  private func isHeadingWord(_ key: String) -> Bool { index.column(key) != nil }

  private func isHeadingAgain(_ row: RowView, _ cells: [CellSlot]) -> Bool {
    let hits = cells.filter { slot in
      slot.kind == .text && row.layoutColumn(slot) >= 0
        && index.column(row.text(slot)) == row.layoutColumn(slot)
    }
    return hits.count >= 2 && hits.count * 2 >= cells.count
  }

  private func hasMoneyOrDate(_ row: RowView, _ cells: [CellSlot]) -> Bool {
    cells.contains { slot in
      let type = layout.columns[row.layoutColumn(slot)].type
      guard type == .money || type == .number || type == .date else { return false }
      return slot.kind != .text || row.text(slot).utf8.contains { $0 >= 48 && $0 <= 57 }
    }
  }

  private func isTotal(_ key: String) -> Bool {
    vocabulary.totals.contains { word in
      guard key.hasPrefix(word) else { return false }
      let rest = key.dropFirst(word.count)
      return rest.isEmpty || rest.first == ":" || rest.allSatisfy { $0.isNumber || "人名元.,():".contains($0) }
    }
  }

  private func isSignature(_ key: String) -> Bool {
    vocabulary.signatures.contains { word in
      key.hasPrefix(word) || key.contains(word + ":") || key.contains(word + "(") || key.hasSuffix(word)
    }
  }

  private func isNote(_ key: String) -> Bool {
    vocabulary.notes.contains { word in
      key.hasPrefix(word + ":") || key.hasPrefix(word + "1") || key.hasPrefix(word + "、")
        || key.sameScalars(as: word)
    }
  }

  private func isExample(_ row: RowView, _ cells: [CellSlot]) -> Bool {
    cells.prefix(3).contains { slot in
      guard slot.kind == .text else { return false }
      let key = TextKey.of(row.text(slot))
      return vocabulary.examples.contains { word in
        key.sameScalars(as: word) || key.hasPrefix(word + ":") || key.contains("(\(word))")
          || (word.unicodeScalars.count > 1 && (key.hasPrefix(word) || key.hasSuffix(word)))
      }
    }
  }
}
