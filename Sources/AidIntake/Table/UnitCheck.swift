import AidModel

/// Compares the unit a list names for its amounts with the one the batch file confirms. If they differ, the
/// rows wait: nothing is multiplied by ten thousand on contradictory statements.
struct UnitCheck: Sendable {
  /// Nil means yuan.
  let confirmed: MoneyUnit?

  /// The finding about a unit other than yuan; nil if the batch file confirms it.
  func finding(_ word: String, at place: Place, cells: String, column: String? = nil) -> Finding? {
    if word == confirmed?.rawValue { return nil }
    if let confirmed { return contradiction(confirmed, word, at: place, cells, column) }
    let kind = MoneyUnit(rawValue: word) == nil ? IntakeFindings.unitUnknown : IntakeFindings.unitOfMoney
    return Finding(kind, at: place, column: column, [word, cells])
  }

  /// The finding about the word 元; nil if yuan are expected.
  func yuan(at place: Place, cells: String, column: String? = nil) -> Finding? {
    confirmed.flatMap { contradiction($0, "元", at: place, cells, column) }
  }

  /// Whether a line outside the table names the confirmed unit.
  func isConfirmed(byLine text: String) -> Bool {
    guard let confirmed, let word = MoneyWords.unit(ofLine: text) else { return false }
    return word == confirmed.rawValue
  }

  /// The finding about a line outside the table.
  func line(_ text: String, cell: Place, _ source: SourceSheet) -> Finding? {
    let cells = cell.cell ?? ""
    if let word = MoneyWords.unit(ofLine: text) { return finding(word, at: Place(source), cells: cells) }
    return MoneyWords.saysYuan(line: text) ? yuan(at: Place(source), cells: cells) : nil
  }

  private func contradiction(
    _ confirmed: MoneyUnit, _ word: String, at place: Place, _ cells: String, _ column: String?
  ) -> Finding {
    Finding(
      IntakeFindings.unitContradicted, at: place, column: column, [word, cells, confirmed.rawValue])
  }
}
