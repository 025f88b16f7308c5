public import AidModel

/// The notes on cells of other lists (roster, earlier payments, decisions), as the findings they would give
/// in an application.
public enum NotedCells {
  private static let rules = RuleBook.rowRules.compactMap { $0 as? any NotedRule.Type }

  /// Only what makes a cell unreadable or doubtful (text of two lines, or like a formula), and days read in another
  /// zone or from a plain number: what was tidied up is no news there.
  public static func findings(_ field: Field, of column: Column, at place: Place) -> [Finding] {
    var notes = field.notes
    if case .unreadable = field.value {
    } else {
      notes.formIntersection([.digitsZeroed, .dateMoved, .dateCounted, .unfit, .formulaLike])
    }
    if column.isFreeWords { notes.subtract([.unfit, .formulaLike]) }
    if notes.isEmpty { return [] }
    return rules.filter { notes.contains($0.note) && $0.concerns(column) }.map { rule in
      Finding(rule.kind, at: place, column: column.name, rule.arguments(field, column))
    }
  }
}
