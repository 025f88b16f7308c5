public import AidModel

/// What an award comes to, where nothing about it needs a person: no finding, no decision, nothing unknown.
public struct QuickAward: Sendable, Equatable {
  public let outcome: RowOutcome
  /// Zero unless paid.
  public let amount: Money
  /// A cap took something off.
  public let isCapped: Bool
  public let rowsNotCounted: Int
}

/// Assesses people under one policy in fast numbers: the same amounts as `Policy.assess`, without memory for
/// each; if asked for, also the same steps and reasons. For one thread.
///
/// `start`, `add` for each row, then `award`.
public final class QuickAssessor {
  private let run: ProgramRun<Fraction64>

  /// Whether earlier payments are looked at; nothing needs to be found out about them if not.
  public var usesHistory: Bool { run.program.usesHistory }
  public var usesRoster: Bool { !run.program.rosterNames.isEmpty }
  public var usesOtherAwards: Bool { !run.program.awarded.isEmpty }

  /// Of the last award, where steps are logged, whether they and the words of their forms are all there is to
  /// say of it.
  public private(set) var isExplained = false
  /// Its steps, and what made it smaller or nothing.
  public var log: StepLog { run.log }
  public var reasons: [Reason] { run.reasons }
  /// Of the last award the rows that counted, as indexes among those added; empty: all of them.
  public var rowNumbers: [Int] { run.rowNumbers }

  /// Nil where a figure of the policy does not fit into fast numbers, or its program does not say all.
  /// - Parameters:
  ///   - roster: the columns of the members' roster.
  ///   - logging: the language of `reasons`, where steps are to be logged.
  public init?(
    _ policy: Policy, roster: Layout?, period: Period, payDate: CivilDate, logging: Language? = nil
  ) {
    guard policy.isCovered, let figures = logging == nil ? policy.amountFigures : policy.loggingFigures else {
      return nil
    }
    run = ProgramRun(
      policy, logging == nil ? policy.program : policy.logging, figures, roster: roster, period: period,
      payDate: payDate, logging: logging)
  }

  /// Begins another person, or with `award_per: row` another row.
  public func start() { run.start() }

  /// One more of the person's rows, in file order.
  public func add(_ row: Claim) { run.add(row) }

  /// The award for the rows added, or nil where it must be assessed whole: it waits, or needs wide numbers.
  /// - Parameters:
  ///   - roster: the person's entry; looked at only where `usesRoster`.
  ///   - awarded: looked at only where `usesOtherAwards`.
  public func award(
    paid: PaidBefore, spouse: SpouseAwards = SpouseAwards(), roster: Claim? = nil,
    awarded: [AwardedElsewhere] = []
  ) -> QuickAward? {
    isExplained = false
    if run.rowCount == 0 { return nil }
    do throws(TooWide) {
      try run.assess(paid: paid, spouse: spouse, roster: roster, awarded: awarded)
    } catch {
      return nil
    }
    if run.outcome == .held { return nil }
    isExplained = run.isLogging && run.outcome != .notCounted && run.isPlainlyLogged && run.log.isPlain
    // Rounding has left whole fen.
    return QuickAward(
      outcome: run.outcome, amount: run.outcome == .paid ? Money(fen: run.amount.numerator) : .zero,
      isCapped: run.isCapped, rowsNotCounted: run.rowsNotCounted)
  }

  /// Logs, after the steps of the policy, that a short fund leaves so much of the award. The form of that
  /// step stands after those of the policy.
  public func share(_ amount: Money, because reason: Reason) {
    let share = LoggedNumber(numerator: amount.fen, denominator: 100)
    log.take(Int32(run.program.forms.count), variant: 0, result: share, value: share, other: .zero)
    run.reasons.append(reason)
  }

  /// Appends what the keys of `priority` are for the rows added; false, and nothing is appended, where they
  /// must be found in wide numbers.
  /// - Parameters: as for `award`.
  public func appendKeys(
    paid: PaidBefore, roster: Claim? = nil, awarded: [AwardedElsewhere] = [], to keys: inout PoolKeys
  ) -> Bool {
    if run.rowCount == 0 { return false }
    guard (try? run.findKeys(paid: paid, roster: roster, awarded: awarded)) == true else { return false }
    keys.append(run)
    return true
  }
}
