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

/// Assesses people under one policy by its `QuickProgram`: the same amounts as `Policy.assess`, without memory for
/// each; if asked for, also the same steps and reasons. For one thread.
///
/// `start`, `add` for each row, then `award`.
public final class QuickAssessor {
  let program: QuickProgram
  private let benefitCount: Int
  private let limits: [Limit]
  let rowReader: CellReader
  private let rosterReader: CellReader
  let registers: UnsafeMutablePointer<ShortFraction>
  /// Cells of the rows, row by row.
  private(set) var cells: UnsafeMutablePointer<CellReader.Cell>
  private var capacity: Int
  let rosterCells: UnsafeMutablePointer<CellReader.Cell>
  /// For each roster name its place among the roster's cells; −1: the roster has no such column.
  private let rosterSlots: [Int]
  /// For each roster name its column in the roster's layout while the person is on it; else −1.
  private(set) var rosterColumns: [Int32]
  private let rosterLayout: [Int32]
  var rowCount = 0
  var isCapped = false
  var gatesFailed = 0
  var isRefused = false

  let isLogging: Bool
  /// What is read is logged; not while it is found out which rows count.
  private(set) var logsReads = false
  let language: Language
  /// The person at hand as the exact way sees it; known only where steps are logged and a gate may fail.
  private(set) var claims: [Claim] = []
  private(set) var person: (paid: PaidBefore, roster: Claim?, awarded: [AwardedElsewhere]) = (
    PaidBefore(), nil, []
  )
  /// By form and way of the step that leaves nothing.
  var reasonsForNothing: [Int: Reason] = [:]
  private let keepsClaims: Bool
  let layout: Layout
  let period: Period
  let payDate: CivilDate

  /// Of the last award, where steps are logged, whether they are all there is to say of it.
  public private(set) var isExplained = false
  /// Its steps, and what made it smaller or nothing.
  public let log = StepLog()
  public internal(set) var reasons: [Reason] = []
  /// Of the last award the rows that counted, as indexes among those added; empty: all of them.
  public private(set) var rowNumbers: [Int] = []

  /// Whether earlier payments are looked at; nothing needs to be found out about them if not.
  public let usesHistory: Bool
  public let usesRoster: Bool
  public let usesOtherAwards: Bool

  /// Nil where the policy says something that is only known the exact way.
  /// - Parameters:
  ///   - roster: the columns of the members' roster.
  ///   - logging: the language of `reasons`, where steps are to be logged.
  public init?(
    _ policy: Policy, roster: Layout?, period: Period, payDate: CivilDate, logging: Language? = nil
  ) {
    guard let program = logging == nil ? policy.quickProgram : policy.loggingProgram else { return nil }
    self.program = program
    isLogging = logging != nil
    keepsClaims = isLogging && !program.gates.isEmpty
    language = logging ?? .zh
    benefitCount = policy.benefits.count
    (layout, self.period, self.payDate) = (policy.layout, period, payDate)
    limits = policy.limits
    rowReader = CellReader(columns: program.columns, texts: program.texts)
    let found = program.rosterNames.map { roster?.index(of: $0) }
    rosterReader = CellReader(columns: found.compactMap(\.self), texts: program.texts)
    rosterLayout = found.map { Int32($0 ?? -1) }
    rosterColumns = rosterLayout
    var next = -1
    rosterSlots = found.map { index in
      if index == nil { return -1 }
      next += 1
      return next
    }
    registers = .allocate(capacity: program.registerCount)
    registers.initialize(from: program.constants, count: program.registerCount)
    capacity = max(16, program.columns.count * 4)
    cells = .allocate(capacity: capacity)
    rosterCells = .allocate(capacity: max(1, program.rosterNames.count))
    usesHistory = program.usesHistory
    usesRoster = !program.rosterNames.isEmpty
    usesOtherAwards = !program.awarded.isEmpty
    set(.periodFrom, ShortFraction(Int64(period.from.dayNumber)))
    set(.periodTo, ShortFraction(Int64(period.to.dayNumber)))
    set(.payDate, ShortFraction(Int64(payDate.dayNumber)))
  }

  deinit {
    registers.deallocate()
    cells.deallocate()
    rosterCells.deallocate()
  }

  private func set(_ register: FixedRegister, _ value: ShortFraction) {
    registers[Int(register.rawValue)] = value
  }

  /// Begins another person, or with `award_per: row` another row.
  public func start() {
    rowCount = 0
    if keepsClaims { claims.removeAll(keepingCapacity: true) }
  }

  /// One more of the person's rows, in file order.
  public func add(_ row: Claim) {
    let width = program.columns.count
    if (rowCount + 1) * width > capacity {
      let wider = UnsafeMutablePointer<CellReader.Cell>.allocate(capacity: capacity * 2)
      wider.update(from: cells, count: rowCount * width)
      cells.deallocate()
      (cells, capacity) = (wider, capacity * 2)
    }
    rowReader.read(row, into: cells + rowCount * width)
    if keepsClaims { claims.append(row) }
    rowCount += 1
  }

  /// The award for the rows added, or nil where it must go the exact way.
  /// - Parameters:
  ///   - roster: the person's entry; looked at only where `usesRoster`.
  ///   - awarded: looked at only where `usesOtherAwards`.
  public func award(
    paid: PaidBefore, spouse: SpouseAwards = SpouseAwards(), roster: Claim? = nil,
    awarded: [AwardedElsewhere] = []
  ) -> QuickAward? {
    guard prepare(paid, spouse, roster, awarded) else { return nil }
    (isCapped, gatesFailed) = (false, 0)
    let all = rowCount
    do throws(NotCovered) {
      if try !countRows() {
        return QuickAward(outcome: .notCounted, amount: .zero, isCapped: false, rowsNotCounted: all)
      }
      registers[Int(FixedRegister.amount.rawValue)] = .zero
      logsReads = isLogging
      try run(program.main, row: 0)
      return award(paid, notCounted: all - rowCount)
    } catch {
      return nil
    }
  }

  /// Logs, after the steps of the policy, that a short fund leaves so much of the award. The form of that step stands
  /// after those of the policy.
  public func share(_ amount: Money, because reason: Reason) {
    let share = LoggedNumber(numerator: amount.fen, denominator: 100)
    log.take(UInt16(program.forms.count), way: 0, result: share, value: share, other: .zero)
    reasons.append(reason)
  }

  /// Appends what the keys of `priority` are for the rows added; false, and nothing is appended, where they must be
  /// found the exact way.
  /// - Parameters: as for `award`.
  public func appendKeys(
    paid: PaidBefore, roster: Claim? = nil, awarded: [AwardedElsewhere] = [], to keys: inout PoolKeys
  ) -> Bool {
    guard let code = program.priority, prepare(paid, SpouseAwards(), roster, awarded) else { return false }
    do throws(NotCovered) {
      guard try countRows() else { return false }
      try run(code, row: 0)
    } catch {
      return false
    }
    keys.append(short: program.keyRegisters.lazy.map { self.registers[$0] })
    return true
  }

  /// False where it must go the exact way.
  private func prepare(
    _ paid: PaidBefore, _ spouse: SpouseAwards, _ roster: Claim?, _ awarded: [AwardedElsewhere]
  ) -> Bool {
    if rowCount == 0 { return false }
    set(paid, spouse)
    if usesRoster { set(roster: roster) }
    (isRefused, logsReads) = (false, false)
    if isLogging {
      log.removeAll()
      reasons.removeAll(keepingCapacity: true)
      rowNumbers.removeAll(keepingCapacity: true)
      isExplained = false
      person = (paid, roster, awarded)
      if usesRoster { rosterColumns = roster == nil ? rosterLayout.map { _ in -1 } : rosterLayout }
    }
    return !usesOtherAwards || set(awarded)
  }

  private func award(_ paid: PaidBefore, notCounted: Int) -> QuickAward {
    if isRefused {
      return QuickAward(outcome: .refused, amount: .zero, isCapped: false, rowsNotCounted: notCounted)
    }
    if limits.contains(where: { ($0.per == .year ? paid.timesYear : paid.timesLifetime) >= $0.times }) {
      return QuickAward(outcome: .refused, amount: .zero, isCapped: false, rowsNotCounted: notCounted)
    }
    // Rounding has left whole fen.
    let fen = registers[Int(FixedRegister.amount.rawValue)].numerator
    let outcome: RowOutcome = fen > 0 ? .paid : (gatesFailed == benefitCount ? .refused : .zero)
    if isLogging {
      isExplained = true
      if outcome == .zero, reasons.isEmpty { reasons = [reasonForNothing()] }
    }
    return QuickAward(
      outcome: outcome, amount: Money(fen: max(fen, 0)), isCapped: isCapped, rowsNotCounted: notCounted)
  }

  private func set(_ paid: PaidBefore, _ spouse: SpouseAwards) {
    if !usesHistory, spouse.inBatch == .zero {
      // Nobody looks at these but a household's cap on one award.
      return set(.householdAward, .zero)
    }
    set(.paidYear, ShortFraction(paid.year))
    set(.paidLifetime, ShortFraction(paid.lifetime))
    set(.timesYear, ShortFraction(Int64(paid.timesYear)))
    set(.timesLifetime, ShortFraction(Int64(paid.timesLifetime)))
    set(.householdAward, ShortFraction(spouse.inBatch))
    set(.householdYear, ShortFraction(paid.year + spouse.before.year + spouse.inBatch))
    set(.householdLifetime, ShortFraction(paid.lifetime + spouse.before.lifetime + spouse.inBatch))
  }

  private func set(roster: Claim?) {
    guard let roster else {
      for slot in program.rosterNames.indices { rosterCells[slot] = .blank }
      return
    }
    rosterReader.read(roster, into: rosterCells)
  }

  /// False where one of them waits for a person.
  private func set(_ awarded: [AwardedElsewhere]) -> Bool {
    for (i, name) in program.awarded.enumerated() {
      let found = awarded.first { $0.programme.sameScalars(as: name) }
      guard let amount = found.map(\.amount) ?? .zero else { return false }
      registers[program.awardedFrom + i] = ShortFraction(amount)
    }
    return true
  }

  func rosterCell(_ name: Int) -> CellReader.Cell {
    let slot = rosterSlots[name]
    return slot < 0 ? .blank : rosterCells[slot]
  }

  /// Leaves only the rows that count; false where none does.
  private func countRows() throws(NotCovered) -> Bool {
    if program.counting.isEmpty { return true }
    let width = program.columns.count
    var counted = 0
    for row in 0..<rowCount {
      isRefused = false
      try run(program.counting, row: row)
      if isRefused { continue }
      if counted < row { (cells + counted * width).update(from: cells + row * width, count: width) }
      counted += 1
      if isLogging { rowNumbers.append(row) }
    }
    (rowCount, isRefused) = (counted, false)
    return counted > 0
  }
}
