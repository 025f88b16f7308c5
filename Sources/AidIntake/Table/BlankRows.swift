import AidModel

/// Rows of a form that nobody has filled in, though something stands in them: the unit, the bank, numbers in advance,
/// formulas that find nothing.
extension TableShape {
  /// Names nobody, asks for nothing: everything in the row was there before anybody wrote in it.
  func isUnused(_ row: RowView, _ cells: [CellSlot]) -> Bool {
    isApplication && cells.allSatisfy { isPrepared(row, $0) }
  }

  private func isPrepared(_ row: RowView, _ slot: CellSlot) -> Bool {
    if isIdleFormula(row, slot) || isNumbering(row, slot) { return true }
    let at = row.layoutColumn(slot)
    // A staff number that is lost is somebody's.
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

  /// Columns that a form may carry from the start, and that name nobody.
  private static let preparedColumns: Set<Int> = [
    CommonColumn.unit, .bank, .branch, .category, .idType, .payeeRelation, .unitRank,
  ].reduce(into: []) { $0.insert($1.rawValue) }

  /// A serial number; an unknown first column of numbers is one too.
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

  /// What a formula that looks somebody up leaves where nobody is. A broken reference is another matter: it may have
  /// been somebody.
  private func isEmptyLookup(_ row: RowView, _ slot: CellSlot) -> Bool {
    guard slot.kind == .error || slot.kind == .text else { return false }
    return row.chunk.withCell(slot) { cell in
      guard cell.bytes.first == UInt8(ascii: "#") else { return false }
      return Self.emptyLookups.contains { cell.bytes.elementsEqual($0.utf8) }
    }
  }

  private static let emptyLookups = ["#N/A", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"]
}
