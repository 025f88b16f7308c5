import AidModel

/// Rows left over from a form's instructions. A row is dropped as an example only if it cannot be a person;
/// if it has an example word but names a real person, it is held.
extension TableShape {
  /// The cell that marks the row as an example: 例 as serial number, name or staff number.
  func exampleMark(_ row: RowView) -> CellSlot? {
    row.cells.first { slot in
      let at = row.layoutColumn(slot)
      let isPlaceOfMark =
        at == CommonColumn.name.rawValue || at == CommonColumn.staffNo.rawValue
        || (at >= 0 && at == serialColumn) || (at < 0 && slot.column == 0)
      return slot.kind == .text && isPlaceOfMark && isExample(TextKey.of(row.text(slot)))
    }
  }

  /// Notes a data row that calls itself an example.
  func noteExample(_ row: RowView, _ share: inout RowShare) {
    // For a certain person, a remark such as 例：住院 is ordinary.
    let remark =
      hasValidID(row) == true && hasStaffNumber(row)
      ? nil
      : row.cell(CommonColumn.remark.rawValue).flatMap { slot in
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
      plain.elementsEqual(word.unicodeScalars) || key.hasPrefix(word + ":")
        || key.containsScalars("(\(word))")
    }
  }

  private static let around = Set("()[]【】〔〕<>《》:、.。*".unicodeScalars)

  /// A valid ID number; if there is none, a staff number that is not just filler.
  func hasValidIdentity(_ row: RowView) -> Bool { hasValidID(row) ?? hasStaffNumber(row) }

  /// Nil if there is no ID number.
  func hasValidID(_ row: RowView) -> Bool? {
    guard let slot = row.cell(CommonColumn.idNumber.rawValue) else { return nil }
    let id = IDNumber(TextKey.of(row.text(slot)).uppercased())
    return id.kind == .document || (id.kind != .unknown && id.isCheckDigitRight && id.birthDate != nil)
  }

  private func hasStaffNumber(_ row: RowView) -> Bool {
    guard let slot = row.cell(CommonColumn.staffNo.rawValue) else { return false }
    return row.chunk.withCell(slot) { cell in
      Self.isCertainIdentifier(cell.bytes) && !cell.bytes.allSatisfy { $0 == cell.bytes[0] }
    }
  }

  /// Whether a number identifies a person, even with a wrong digit. A date is no staff number.
  func isSomebody(_ row: RowView) -> Bool {
    if let slot = row.cell(CommonColumn.idNumber.rawValue), hasValidID(row) == true || isLikeID(row, slot) {
      return true
    }
    guard let slot = row.cell(CommonColumn.staffNo.rawValue), hasStaffNumber(row) else { return false }
    return row.chunk.withCell(slot) { cell in
      cell.kind != .date && field(cell, CommonColumn.staffNo.rawValue).value != .unreadable
    }
  }

  /// At least fifteen digits, or their remainder in a number cell.
  private func isLikeID(_ row: RowView, _ slot: CellSlot) -> Bool {
    let key = TextKey.of(row.text(slot))
    return slot.kind == .number
      || key.utf8.count >= 15 && key.utf8.allSatisfy { ($0 >= 43 && $0 <= 57) || ($0 >= 97 && $0 <= 122) }
  }
}
