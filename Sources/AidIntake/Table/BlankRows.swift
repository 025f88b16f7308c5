import AidModel

/// Rows of a form that nobody filled in although they have contents: the unit, the bank, preprinted numbers,
/// look-up formulas without a result.
extension TableShape {
  /// Whether the row names no one and requests nothing, so that all its contents were prepared in the form.
  func isUnused(_ row: RowView, _ cells: [CellSlot]) -> Bool {
    isApplication && cells.allSatisfy { isPrepared(row, $0) }
  }

  private func isPrepared(_ row: RowView, _ slot: CellSlot) -> Bool {
    if isIdleFormula(row, slot) || isNumbering(row, slot) { return true }
    let at = row.layoutColumn(slot)
    // A failed look-up of a staff number still stands for a person.
    if at == CommonColumn.staffNo.rawValue || at == CommonColumn.idNumber.rawValue { return false }
    if isEmptyLookup(row, slot) { return true }
    if at < 0 { return false }
    if Self.preparedColumns.contains(at) { return true }
    switch layout.columns[at].type {
    case .money, .number, .integer, .flag:
      switch row.chunk.withCell(slot, { field($0, at) }).value {
      case .money(let amount): return amount == .zero
      case .number(let number): return number.mantissa == 0
      case .flag(let flag): return !flag
      default: return false
      }
    default: return false
    }
  }

  /// Columns that a form may fill in advance and that name no one.
  private static let preparedColumns: Set<Int> = [
    CommonColumn.unit, .bank, .branch, .category, .idType, .payeeRelation, .unitRank,
  ].reduce(into: []) { $0.insert($1.rawValue) }

  /// Whether the cell is a serial number; an unknown first column of numbers counts too.
  func isNumbering(_ row: RowView, _ slot: CellSlot) -> Bool {
    let column = row.layoutColumn(slot)
    guard isSerial(column) || column < 0 && slot.column == 0 else { return false }
    return slot.kind == .number
      || slot.kind == .text
        && HeadingMarks.stripped(TextKey.of(row.text(slot))).utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
  }

  func isIdleFormula(_ row: RowView, _ slot: CellSlot) -> Bool {
    slot.hasFormula
      && row.chunk.withCell(slot) { cell in
        cell.bytes.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
      }
  }

  /// What a look-up formula shows if there is no one to look up. A broken reference is different: there may
  /// have been someone.
  private func isEmptyLookup(_ row: RowView, _ slot: CellSlot) -> Bool {
    guard slot.kind == .error || slot.kind == .text else { return false }
    return row.chunk.withCell(slot) { cell in
      guard cell.bytes.first == UInt8(ascii: "#") else { return false }
      return Self.emptyLookups.contains { cell.bytes.elementsEqual($0.utf8) }
    }
  }

  private static let emptyLookups = ["#N/A", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"]
}
