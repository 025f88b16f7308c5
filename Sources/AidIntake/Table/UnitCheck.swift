import AidModel

/// Holds what a list says its amounts are counted in against what the batch file confirms. Said otherwise, the rows
/// wait: nobody multiplies by ten thousand on one of two contradicting words.
struct UnitCheck: Sendable {
  /// Nil: yuan.
  let confirmed: MoneyUnit?

  /// What is to be said of a unit other than the yuan; nil where the batch file confirms it.
  func finding(_ word: String, at place: Place, cells: String, column: String? = nil) -> Finding? {
    if word == confirmed?.rawValue { return nil }
    if let confirmed { return contradiction(confirmed, word, at: place, cells, column) }
    let kind = MoneyUnit(rawValue: word) == nil ? IntakeFindings.unitUnknown : IntakeFindings.unitOfMoney
    return Finding(kind, at: place, column: column, [word, cells])
  }

  /// What is to be said of the word 元; nil where yuan are expected.
  func yuan(at place: Place, cells: String, column: String? = nil) -> Finding? {
    confirmed.flatMap { contradiction($0, "元", at: place, cells, column) }
  }

  /// Whether a line outside the table names the unit that the batch file confirms.
  func isConfirmed(byLine text: String) -> Bool {
    guard let confirmed, let word = MoneyWords.unit(ofLine: text) else { return false }
    return word == confirmed.rawValue
  }

  /// What is to be said of a line outside the table.
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
