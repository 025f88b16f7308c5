import AidModel

/// Rows left in from the form's instructions. A row is dropped as one only where it cannot be a person: where the word
/// stands in it and the person is a real one, somebody must look.
extension TableShape {
  /// The cell that says the row is an example: 例 as serial number, name or staff number.
  func exampleMark(_ row: RowView) -> CellSlot? {
    row.cells.first { slot in
      let at = row.layoutColumn(slot)
      let isPlaceOfMark =
        at == CommonColumn.name.rawValue || at == CommonColumn.staffNo.rawValue
        || (at >= 0 && at == serialColumn) || (at < 0 && slot.column == 0)
      return slot.kind == .text && isPlaceOfMark && isExample(TextKey.of(row.text(slot)))
    }
  }

  /// A row that is data, and yet says that it is an example.
  func noteExample(_ row: RowView, _ share: inout RowShare) {
    let remark = row.cell(CommonColumn.remark.rawValue).flatMap { slot in
      let key = TextKey.of(row.text(slot))
      let isMark = isExample(key) || vocabulary.examples.contains { $0.count > 1 && key.hasPrefix($0) }
      return slot.kind == .text && isMark ? slot : nil
    }
    guard let slot = exampleMark(row) ?? remark else { return }
    let place = Place(source, row: row.number, column: slot.column)
    share.findings.append(
      Finding(IntakeFindings.exampleRow, at: place, [place.cell ?? "", row.text(slot)]))
  }

  /// 例, 示例1, （示例）, 例：…, 张三（示例）
  private func isExample(_ key: String) -> Bool {
    var plain = key.unicodeScalars[...]
    while let last = plain.last, Self.around.contains(last) || (48...57).contains(last.value) {
      plain = plain.dropLast()
    }
    while let first = plain.first, Self.around.contains(first) { plain = plain.dropFirst() }
    return vocabulary.examples.contains { word in
      plain.elementsEqual(word.unicodeScalars) || key.hasPrefix(word + ":") || key.contains("(\(word))")
    }
  }

  private static let around = Set("()[]【】〔〕<>《》:、.。*".unicodeScalars)

  /// An ID number that is right; without one, a staff number that is no mere filler.
  func hasValidIdentity(_ row: RowView) -> Bool {
    if let slot = row.cell(CommonColumn.idNumber.rawValue) {
      let id = IDNumber(TextKey.of(row.text(slot)).uppercased())
      return id.kind == .document || (id.kind != .unknown && id.isCheckDigitRight && id.birthDate != nil)
    }
    guard let slot = row.cell(CommonColumn.staffNo.rawValue) else { return false }
    return row.chunk.withCell(slot) { cell in
      Self.isCertainIdentifier(cell.bytes) && !cell.bytes.allSatisfy { $0 == cell.bytes[0] }
    }
  }
}
