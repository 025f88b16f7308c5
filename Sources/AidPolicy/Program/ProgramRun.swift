import AidModel

/// What is known of a person beside the rows.
struct AwardFacts {
  var paid = PaidBefore()
  var spouse = SpouseAwards()
  var roster: Claim?
  var awarded: [AwardedElsewhere] = []
  var decision: Decision?
}

/// Leads people through one policy by its program. For one thread.
///
/// `start`, `add` for each row, then `assess`; what came of it stands in the properties. One thread alone touches it,
/// and no access overlaps another, so that access need not be checked.
final class ProgramRun<Number: PolicyNumber> {
  let policy: Policy
  let program: PolicyProgram
  let figures: ProgramFigures<Number>
  let isLogging: Bool
  let language: Language
  let period: Period
  let payDate: CivilDate
  let registers: UnsafeMutablePointer<Number>

  // The rows looked at: all of the person's, those that count, or those of a benefit.
  let width: Int
  private let rowReader: CellReader
  @exclusivity(unchecked) private(set) var cells: UnsafeMutablePointer<CellReader.Cell>
  @exclusivity(unchecked) private var capacity: Int
  @exclusivity(unchecked) private(set) var rowCount = 0
  /// Their indexes among the rows added; empty: all of them.
  @exclusivity(unchecked) private(set) var rowNumbers: [Int] = []
  /// The rows that count, while a benefit looks at some of them.
  @exclusivity(unchecked) private var allRows:
    (cells: UnsafeMutablePointer<CellReader.Cell>, count: Int, numbers: [Int])?
  @exclusivity(unchecked) private var keptRows: [Int] = []
  /// The rows added; kept where a packed cell does not tell enough.
  @exclusivity(unchecked) private(set) var claims: [Claim] = []
  let keepsClaims: Bool

  let roster: RosterCells
  private let keepsFacts: Bool
  @exclusivity(unchecked) var facts = AwardFacts()

  // What came of the award.
  @exclusivity(unchecked) var outcome = RowOutcome.zero
  @exclusivity(unchecked) var isCapped = false
  @exclusivity(unchecked) var reasons: [Reason] = []
  @exclusivity(unchecked) var findings: [Finding] = []
  /// Why a row does not count; known only where steps are logged.
  @exclusivity(unchecked) private(set) var notCounted: [Int: Reason] = [:]
  @exclusivity(unchecked) private(set) var rowsNotCounted = 0
  @exclusivity(unchecked) var leastAmount: Money?
  let log: StepLog
  /// The words of forms are enough to explain every step logged.
  @exclusivity(unchecked) var isPlainlyLogged = true

  // On the way.
  @exclusivity(unchecked) var gatesFailed = 0
  @exclusivity(unchecked) var applied = 0
  /// The benefit being worked out; where an award waits, the one it waits for. Below 0: none.
  @exclusivity(unchecked) var benefit = -1
  /// The committee's amount has gone into a benefit.
  @exclusivity(unchecked) var isDecided = false
  @exclusivity(unchecked) private(set) var isCounting = false
  @exclusivity(unchecked) private var isRefused = false
  /// What the benefits have said, once all of them failed at their gate or were declined: nothing that comes after can
  /// change that.
  @exclusivity(unchecked) private var certainNo: [Reason]?
  /// Conditions that could not be told.
  @exclusivity(unchecked) private var pending: [(value: Number, site: Int32)] = []
  @exclusivity(unchecked) private var pendingCount = 0
  @exclusivity(unchecked) var listedUnknowns: [UnknownValue] = []
  /// Named values that have been worked out.
  @exclusivity(unchecked) var valuesDone: [Bool]
  /// Those worked out since a step was logged last, with what was read for them.
  @exclusivity(unchecked) var valuesFound: [(index: Int, inputs: [StepLog.Input])] = []
  /// What the named values of logged steps came to.
  @exclusivity(unchecked) var valuesShown: [Value] = []
  @exclusivity(unchecked) var texts: TextNumbers
  /// Where the expression being worked out begins among the inputs.
  @exclusivity(unchecked) var partBegin = 0
  @exclusivity(unchecked) var tiersFound: [FoundTier<Number>] = []
  /// Where the first tier begins.
  @exclusivity(unchecked) var tierLow: Number?
  @exclusivity(unchecked) var bandFound: FoundBand<Number>?
  /// Where the first band begins, and its clause.
  @exclusivity(unchecked) var bandLow: (edge: Number, clause: String?)?
  /// Of logged steps with a threshold of another clause.
  @exclusivity(unchecked) var thresholdClauses: [Int: String?] = [:]
  /// What is missing for the gate at hand.
  @exclusivity(unchecked) var missing: Bilingual?

  /// - Parameter roster: the columns of the members' roster.
  init(
    _ policy: Policy, _ program: PolicyProgram, _ figures: ProgramFigures<Number>, roster: Layout?,
    period: Period, payDate: CivilDate, logging: Language?
  ) {
    (self.policy, self.program, self.figures) = (policy, program, figures)
    (self.period, self.payDate) = (period, payDate)
    isLogging = logging != nil
    language = logging ?? .zh
    keepsClaims = isLogging || program.usesClaims
    keepsFacts =
      isLogging || program.usesClaims || !program.past.isEmpty || program.caps.contains { $0.isSeldom }
      || policy.limits.contains { $0.isSeldom }
    rowReader = policy.rowReader(isLogging: isLogging)
    width = program.columns.count
    self.roster = RosterCells(program, roster)
    registers = .allocate(capacity: figures.registers.count)
    registers.initialize(from: figures.registers, count: figures.registers.count)
    capacity = max(16, width * 4)
    cells = .allocate(capacity: capacity)
    log = StepLog()
    valuesDone = Array(repeating: false, count: program.values.count)
    texts = TextNumbers(program.texts)
    set(.periodFrom, Number(period.from))
    set(.periodTo, Number(period.to))
    set(.payDate, Number(payDate))
  }

  deinit {
    useAllRows()
    registers.deallocate()
    cells.deallocate()
  }

  @inline(__always)
  func set(_ register: FixedRegister, _ value: Number) { registers[Int(register.rawValue)] = value }

  @inline(__always)
  var amount: Number {
    get { registers[Int(FixedRegister.amount.rawValue)] }
    set { registers[Int(FixedRegister.amount.rawValue)] = newValue }
  }

  // MARK: rows

  /// Begins another person, or with `award_per: row` another row.
  func start() {
    useAllRows()
    rowCount = 0
    if !rowNumbers.isEmpty { rowNumbers.removeAll(keepingCapacity: true) }
    if keepsClaims { claims.removeAll(keepingCapacity: true) }
  }

  /// One more of the person's rows, in file order.
  func add(_ row: Claim) {
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

  /// The index among the rows added of a row looked at.
  @inline(__always)
  func number(ofRow row: Int) -> Int { rowNumbers.isEmpty ? row : rowNumbers[row] }

  /// The first of the rows looked at, where rows are kept.
  var firstPlace: Place? {
    let number = number(ofRow: 0)
    return number < claims.count ? claims[number].place : nil
  }

  func keep(row: Int) { keptRows.append(row) }

  func forgetKeptRows() { keptRows.removeAll(keepingCapacity: true) }

  /// From here on the rows kept are looked at; false where there is none.
  func useKeptRows() -> Bool {
    if keptRows.isEmpty { return false }
    let own = UnsafeMutablePointer<CellReader.Cell>.allocate(capacity: max(1, keptRows.count * width))
    for (place, row) in keptRows.enumerated() {
      (own + place * width).update(from: cells + row * width, count: width)
    }
    let numbers = keptRows.map { number(ofRow: $0) }
    allRows = (cells, rowCount, rowNumbers)
    (cells, rowCount, rowNumbers) = (own, keptRows.count, numbers)
    return true
  }

  func useAllRows() {
    guard let all = allRows else { return }
    cells.deallocate()
    (cells, rowCount, rowNumbers) = all
    allRows = nil
  }

  /// Looks at all rows that count for a while.
  func withAllRows(_ body: () throws(TooWide) -> Void) throws(TooWide) {
    guard let all = allRows else { return try body() }
    let own = (cells, rowCount, rowNumbers)
    (cells, rowCount, rowNumbers) = all
    defer { (cells, rowCount, rowNumbers) = own }
    try body()
  }

  // MARK: the award

  /// - Parameters: what the program does not look at may be left out.
  /// - Throws: where the numbers are too wide, or texts must be told apart and rows are not kept.
  func assess(
    paid: PaidBefore, spouse: SpouseAwards, roster: Claim?, awarded: [AwardedElsewhere],
    decision: Decision? = nil
  ) throws(TooWide) {
    begin(paid, spouse, roster, awarded, decision)
    if try !countRows() || outcome == .held { return }
    amount = .zero
    if try execute(program.main) {
      if amount.numerator > 0 {
        outcome = .paid
      } else {
        outcome = gatesFailed == program.sureBenefits + applied ? .refused : .zero
        if isLogging, outcome == .zero, reasons.isEmpty { reasons = [reasonForNothing()] }
      }
    }
    // A certain no is a no, whatever else is unknown or undecided.
    if outcome != .held { return }
    if let limit = reachedLimit { return refuse(over: limit) }
    if certainNo == nil, pendingCount > 0 { try lookPastEligibility() }
    if let certainNo { (outcome, isCapped, findings, reasons) = (.refused, false, [], certainNo) }
  }

  /// Conditions of the award cannot be told: the benefits may refuse it all the same. If not, it waits for the
  /// conditions.
  private func lookPastEligibility() throws(TooWide) {
    let waiting = (findings, reasons)
    (outcome, findings, reasons) = (.zero, [], [])
    if try execute(program.main, from: program.benefitsBegin) {
      outcome = certainNo == nil ? .held : .refused
    }
    if outcome == .refused || certainNo != nil { return }
    (outcome, isCapped, findings, reasons) = (.held, false, waiting.0, waiting.1)
    (benefit, leastAmount) = (-1, nil)
    guard isLogging else { return }
    log.removeAll()
    isPlainlyLogged = true
    valuesShown.removeAll()
    thresholdClauses.removeAll()
  }

  /// Leaves the keys of `priority` in their registers; false where no row counts.
  func findKeys(
    paid: PaidBefore, roster: Claim?, awarded: [AwardedElsewhere]
  ) throws(TooWide) -> Bool {
    begin(paid, SpouseAwards(), roster, awarded, nil)
    guard try countRows() else { return false }
    return try execute(program.priority)
  }

  private func begin(
    _ paid: PaidBefore, _ spouse: SpouseAwards, _ roster: Claim?, _ awarded: [AwardedElsewhere],
    _ decision: Decision?
  ) {
    (outcome, isCapped, gatesFailed, applied) = (.zero, false, 0, 0)
    (benefit, isDecided, isRefused, pendingCount, rowsNotCounted) = (-1, false, false, 0, 0)
    certainNo = nil
    leastAmount = nil
    if !valuesDone.isEmpty { for i in valuesDone.indices { valuesDone[i] = false } }
    if keepsFacts {
      facts = AwardFacts(paid: paid, spouse: spouse, roster: roster, awarded: awarded, decision: decision)
    }
    setFacts(paid, roster, awarded)
    if program.usesClaims { texts.makeRoom() }
    guard isLogging else { return }
    log.removeAll()
    isPlainlyLogged = true
    reasons.removeAll(keepingCapacity: true)
    if !findings.isEmpty { findings.removeAll() }
    if !notCounted.isEmpty { notCounted.removeAll() }
    if !listedUnknowns.isEmpty { listedUnknowns.removeAll() }
    if !valuesFound.isEmpty { valuesFound.removeAll() }
    if !valuesShown.isEmpty { valuesShown.removeAll() }
    if !thresholdClauses.isEmpty { thresholdClauses.removeAll() }
    partBegin = 0
  }

  private func setFacts(_ paid: PaidBefore, _ roster: Claim?, _ awarded: [AwardedElsewhere]) {
    if program.usesHistory {
      set(.paidYear, Number(paid.year))
      set(.paidLifetime, Number(paid.lifetime))
      set(.timesYear, Number(Int64(paid.timesYear)))
      set(.timesLifetime, Number(Int64(paid.timesLifetime)))
    }
    if !program.rosterNames.isEmpty { self.roster.read(roster) }
    if program.awarded.isEmpty { return }
    for (i, name) in program.awarded.enumerated() {
      let found = awarded.first { $0.programme.sameScalars(as: name) }
      let amount: Money? = found.map(\.amount) ?? .zero
      registers[program.awardedFrom + i] =
        amount.map { Number($0) } ?? Number(UnknownCode(.waits, .awarded, index: i))
    }
  }

  /// Leaves only the rows that count; false where none does.
  private func countRows() throws(TooWide) -> Bool {
    if program.counting.isEmpty { return true }
    let all = rowCount
    var (counted, numbers) = (0, [Int]())
    isCounting = true
    defer { isCounting = false }
    for row in 0..<all {
      isRefused = false
      pendingCount = 0
      if !pending.isEmpty { pending.removeAll(keepingCapacity: true) }
      try execute(program.counting, row: row)
      if isRefused { continue }
      if pendingCount > 0 {
        // A row that certainly does not count need not be complete.
        outcome = .held
        for (value, site) in pending { holdUnknown(value, program.sites[Int(site)], row: row) }
      }
      if counted < row { (cells + counted * width).update(from: cells + row * width, count: width) }
      counted += 1
      if keepsClaims { numbers.append(row) }
    }
    (rowCount, rowNumbers) = (counted, numbers)
    (isRefused, pendingCount, rowsNotCounted) = (false, 0, all - counted)
    if !pending.isEmpty { pending.removeAll(keepingCapacity: true) }
    if counted > 0 { return true }
    outcome = .notCounted
    if isLogging { reasons = (0..<all).compactMap { notCounted[$0] } }
    return false
  }

  // MARK: conditions of the whole award

  /// Notes that a condition of the award, or of the row at hand, does not hold or cannot be told.
  func require(_ number: Int, _ value: Number, site: Int32, row: Int) {
    if !value.isKnown {
      pendingCount += 1
      if isLogging { pending.append((value, site)) }
      return
    }
    isRefused = true
    guard isLogging else { return }
    let condition = program.conditions[number]
    if isCounting {
      notCounted[row] = Reason(code: "count", text: condition.otherwise, clause: condition.clause)
    } else {
      reasons.append(Reason(code: "eligible", text: condition.otherwise, clause: condition.clause))
    }
  }

  /// Whether a condition has ended the award, or the row at hand.
  func stopsHere() -> Bool {
    if isCounting { return isRefused }
    if isRefused {
      outcome = .refused
      return true
    }
    if pendingCount == 0 { return false }
    outcome = .held
    for (value, site) in pending { holdUnknown(value, program.sites[Int(site)], row: nil) }
    return true
  }

  /// False, after refusing the award, where every benefit was skipped.
  func endBenefits() -> Bool {
    benefit = -1
    let applying = program.sureBenefits + applied
    if applying > 0 {
      if gatesFailed == applying { certainNo = reasons }
      return true
    }
    outcome = .refused
    guard isLogging else { return false }
    let own = policy.benefits.compactMap(\.when).map {
      Reason(code: "when", text: $0.otherwise, clause: $0.clause)
    }
    let text = Bilingual("没有一项补助适用", "no benefit applies").text(language)
    reasons = own.isEmpty ? [Reason(code: "when", text: text)] : own
    return false
  }
}

extension Cap {
  /// What is used of it stands in no register.
  fileprivate var isSeldom: Bool { isHousehold || per.isSeldom }
}

extension Limit {
  fileprivate var isSeldom: Bool { isHousehold || per.isSeldom }
}

extension Cap.Scope {
  fileprivate var isSeldom: Bool {
    if case .years = self { return true }
    return false
  }
}
