public import AidModel

/// All rules, in the order in which a reviewer thinks: person, account, amount, date, row, batch.
public enum RuleBook {
  public static let rowRules: [any RowRule.Type] = [
    NameWithoutSpaces.self, NameDotStandard.self, NameEncodable.self, NameUnified.self,
    IDAsText.self, IdentifierPlain.self, IDWellFormed.self, IDChecksumRight.self, IDBirthDatePossible.self,
    IDRegionKnown.self, IDSexAgrees.self, IDAgePlausible.self, IDOfCurrentForm.self,
    OnRoster.self, NameFilled.self, NameMatchesRoster.self, IDMatchesRoster.self, StaffNumberShown.self,
    AccountAsText.self, NumberAsText.self, NumberWhole.self, AccountWellFormed.self, AccountLuhnRight.self,
    AccountMatchesRoster.self,
    PayeeKnown.self, PayeeNamed.self,
    PhoneWellFormed.self,
    AmountReadable.self, AmountInFen.self, AmountNotNegative.self, AmountPlain.self, AmountsAddUp.self,
    AmountsWithinTotal.self,
    DateReadable.self, DateInZone.self, DateAsDate.self, DatePossible.self, DateNotFuture.self,
    DatesInOrder.self,
    ChoiceKnown.self, RequiredFilled.self, TextNotTrimmed.self, TextOnOneLine.self, TextVisible.self,
    TextNotFormula.self,
    CellWithoutError.self, CellHoldsValue.self, CellFitsColumn.self, FormulaWithValue.self,
  ]

  public static let batchRules: [any (BatchRule.Type)] = [
    RowOnlyOnce.self, PersonInOneList.self, PersonConsistent.self, PersonCertain.self, InvoiceOnlyOnce.self,
    AccountNotShared.self,
  ]

  /// All kinds of all rules, each rule's main kind first.
  public static let kinds: [FindingKind] =
    rowRules.flatMap { [$0.kind] + $0.otherKinds } + batchRules.flatMap { [$0.kind] + $0.otherKinds }
}

/// All row rules, ready to run on any thread.
public struct RowChecks: Sendable {
  private let facts: BatchFacts
  private let noted: [any RowRule.Type]
  private let always: [any RowRule.Type]

  public init(facts: BatchFacts) {
    self.facts = facts
    noted = RuleBook.rowRules.filter { $0 is any NotedRule.Type }
    always = RuleBook.rowRules.filter { !($0 is any NotedRule.Type) }
  }

  /// - Parameter number: the number of the row that is in `row.cells` now.
  public func check(_ row: inout CheckedRow, number: Int32, into findings: inout [Finding]) {
    row.look(at: number)
    if row.cells.hasNotes {
      for rule in noted { rule.check(row, into: &findings) }
    }
    for rule in always { rule.check(row, into: &findings) }
  }

  /// A view of `cells` for rules, as they are filled with one row after another.
  public func rows(in cells: FieldRow, of source: SourceSheet) -> CheckedRow {
    CheckedRow(cells: cells, source: source, facts: facts)
  }
}

/// The rules across rows. They are independent, so they may run concurrently.
public enum BatchChecks {
  /// - Parameter claims: in file order.
  public static func findings(
    by kind: any BatchRule.Type, _ claims: [Claim], facts: BatchFacts, persons: Persons
  ) -> [Finding] {
    var rule = kind.init(facts: facts, persons: persons)
    for (number, claim) in claims.enumerated() { rule.see(claim, number: number) }
    return rule.finish(claims)
  }
}
