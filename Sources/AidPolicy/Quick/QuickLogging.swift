import AidModel

/// Programs that log their steps: what is compiled for it.
extension QuickCompiler {
  /// What is read from here on belongs to the next step.
  mutating func open() { if isLogging { emit(.open) } }

  /// A step ends here that goes one way only.
  /// - Parameters:
  ///   - clause: the step's own; nil: the benefit's.
  ///   - value: what its expression came to. Without it, and unless `readsInputs`, the step reads nothing.
  mutating func log(
    _ key: String, _ benefit: Benefit, _ operation: AidModel.Operation, clause: String? = nil,
    value: Register? = nil, readsInputs: Bool = false
  ) {
    if value == nil, !readsInputs { open() }
    log(key, benefit, [StepForm.Way(operation, clause: clause ?? benefit.clause)], value: value)
  }

  /// A step of the whole policy, which reads nothing.
  mutating func log(_ key: String, _ way: StepForm.Way) {
    open()
    log(key, nil, [way])
  }

  mutating func log(
    _ key: String, _ benefit: Benefit?, _ offset: ClausedAmount, value: Register
  ) {
    let source = offset.amount.source
    let operation: AidModel.Operation =
      key == "less" ? .less(expression: source, value: .zero) : .offset(expression: source, value: .zero)
    log(key, benefit, [StepForm.Way(operation, clause: offset.clause ?? benefit?.clause)], value: value)
  }

  mutating func log(_ gate: Gate, _ benefit: Benefit, held: Bool) {
    let way = StepForm.Way(
      .gate(condition: gate.when.source, held: held), clause: gate.clause ?? benefit.clause)
    if !held { program.gates.append((benefit, gate)) }
    log("gate", benefit, [way], held ? .plain : .gate(program.gates.count - 1))
  }

  mutating func log(_ cap: Cap, _ benefit: Benefit?, at: Register, used: Register) {
    let clause = cap.clause ?? benefit?.clause
    // One way where nothing of it is used yet, one where something is.
    let ways = [Rational.zero, .one].map {
      StepForm.Way(.cap(at: .zero, used: $0, expression: cap.at.source), clause: clause)
    }
    program.caps.append((cap, clause))
    log(cap.key, benefit, ways, .cap(program.caps.count - 1), value: at, other: used)
  }

  /// Of the table of tiers added last.
  mutating func log(
    _ slices: [Slice], _ tierClauses: [String?], _ benefit: Benefit
  ) throws(NotCovered) {
    guard isLogging else { return }
    let table = program.tiers.count - 1
    guard program.tiers[table].isGapless else { throw NotCovered() }
    open()
    let ways = (0...slices.count + 1).map { reached in
      var own = Array(slices.prefix(reached))
      if reached <= slices.count, let last = own.popLast() {
        own.append(Slice(from: last.from, to: nil, rate: last.rate))
      }
      let clauses = zip(own, tierClauses).compactMap(\.1)
      return StepForm.Way(
        .marginal(own), clause: clauses.isEmpty ? benefit.clause : clauses.joined(separator: "、"))
    }
    log("marginal", benefit, ways, .tiers(table))
  }

  /// Of the table of bands added last.
  mutating func log(_ key: String, _ bands: [FixedBand], _ benefit: Benefit, value: Register) {
    open()
    let isWhole = key == "whole"
    var ways = [
      StepForm.Way(
        isWhole ? .whole(band: "—", rate: nil) : .band(band: "—", pays: nil), clause: benefit.clause)
    ]
    for band in bands {
      ways.append(
        StepForm.Way(
          isWhole ? .whole(band: band.text, rate: band.value) : .band(band: band.text, pays: band.value),
          clause: band.clause ?? benefit.clause))
    }
    log(key, benefit, ways, .bands(program.bands.count - 1), value: value)
  }

  /// Of the table of keys added last.
  mutating func log(_ table: KeyTable, _ source: String, _ benefit: Benefit, key: Register) {
    let ways = table.rows.map {
      StepForm.Way(.fixed(expression: "\(source): \($0.text)", value: .zero), clause: benefit.clause)
    }
    log("table", benefit, ways, .keys(program.keys.count - 1), value: key)
  }

  /// Of the step logged last.
  mutating func noteThreshold(_ kind: Shortfall.Kind, _ amount: Rational?, _ clause: String?) {
    guard isLogging else { return }
    let last = program.marks.count - 1
    program.marks[last].threshold = StepMark.Threshold(kind: kind, amount: amount, clause: clause)
  }

  mutating func noteThreshold(_ bands: [FixedBand], _ benefit: Benefit) {
    guard let first = bands.first, let low = first.low else { return }
    noteThreshold(.band, low, first.clause ?? benefit.clause)
  }

  private mutating func log(
    _ key: String, _ benefit: Benefit?, _ ways: [StepForm.Way], _ kind: StepMark.Kind = .plain,
    value: Register? = nil, other: Register = 0
  ) {
    guard isLogging else { return }
    emit(.mark, 0, value ?? fixed(.amount), UInt16(program.marks.count))
    program.forms.append(StepForm(key: key, benefit: benefit?.name, ways: ways))
    program.marks.append(StepMark(kind: kind, other: other))
  }
}

/// What is done for it in a run.
extension QuickAssessor {
  func log(_ step: Instruction) throws(NotCovered) {
    let r = registers
    let (a, b) = (Int(step.a), Int(step.b))
    switch step.code {
    case .open: log.forgetInputs()
    case .fact:
      let value = try r[a].known
      let kind: CellReader.Cell.Kind = program.facts[b].isMoney ? .money : .number
      let cell = CellReader.Cell(kind: kind, numerator: value.numerator, denominator: value.denominator)
      let name = program.columns.count + program.rosterNames.count + b
      log.read(StepLog.Input(name: UInt16(name), source: .nowhere, column: -1, cell: cell))
    default: try mark(b, value: r[a])
    }
  }

  private func mark(_ number: Int, value: ShortFraction) throws(NotCovered) {
    let mark = program.marks[number]
    let result = registers[Int(FixedRegister.amount.rawValue)]
    let before = log.last.map { ShortFraction($0.result) } ?? .zero
    var (way, value, other) = (0, value, ShortFraction.zero)
    switch mark.kind {
    case .plain: break
    case .gate(let number):
      let (benefit, gate) = program.gates[number]
      reasons.append(benefit.reason(of: gate, scope(), language))
    case .cap(let cap):
      other = registers[Int(mark.other)]
      way = other.numerator == 0 ? 0 : 1
      if try result.compare(before) < 0 { limited(by: cap, at: value, used: other) }
    case .tiers(let table): (way, value) = try program.tiers[table].reach(of: before)
    case .bands(let table): way = try program.bands[table].index(of: before).map { $0 + 1 } ?? 0
    case .keys(let table):
      for (i, row) in program.keys[table].rows.enumerated() where try value.compare(row.key) == 0 {
        way = i
        break
      }
    }
    log.take(
      UInt16(number), way: UInt16(way), result: result.logged, value: try value.known.logged,
      other: other.logged)
  }

  /// The exact way's view of the person at hand, for words that only it finds.
  private func scope() -> Scope {
    let rows = rowNumbers.isEmpty ? claims : rowNumbers.map { claims[$0] }
    var scope = Scope(
      rows: rows, layout: layout, roster: person.roster, paid: person.paid, period: period, payDate: payDate,
      awarded: person.awarded)
    scope.base = registers[Int(FixedRegister.base.rawValue)].rational
    return scope
  }

  private func limited(by number: Int, at: ShortFraction, used: ShortFraction) {
    let (cap, clause) = program.caps[number]
    reasons.append(cap.reason(at: at.rational, used: used.rational, clause: clause, language: language))
  }

  /// Why the steps logged leave nothing.
  func reasonForNothing() -> Reason {
    var nearest = NearestThreshold()
    var before = LoggedNumber.zero
    for index in 0..<log.count {
      let entry = log[index]
      if let threshold = program.marks[Int(entry.form)].threshold {
        nearest.note(
          threshold.kind, threshold.amount ?? entry.value.rational, before.rational, threshold.clause)
      }
      before = entry.result
    }
    if let shortfall = nearest.shortfall { return shortfall.reason(language) }
    var last = log.count - 1
    while last >= 0, log[last].result.numerator <= 0 { last -= 1 }
    let entry = log[min(last + 1, log.count - 1)]
    let key = Int(entry.form) << 16 | Int(entry.way)
    if let known = reasonsForNothing[key] { return known }
    let form = program.forms[Int(entry.form)]
    let reason = Reason.nothing(at: form.key, clause: form.ways[Int(entry.way)].clause, language)
    reasonsForNothing[key] = reason
    return reason
  }

  /// A cell has been read for the step at hand.
  /// - Parameter row: index among the rows that count.
  func read(_ row: Int, slot: Int) {
    let place = rowNumbers.isEmpty ? row : rowNumbers[row]
    log.read(
      StepLog.Input(
        name: UInt16(slot), source: .row(Int32(place)), column: Int32(program.columns[slot]),
        cell: cells[row * program.columns.count + slot]))
  }

  func readRoster(_ name: Int) {
    guard rosterColumns[name] >= 0 else { return }
    log.read(
      StepLog.Input(
        name: UInt16(program.columns.count + name), source: .roster, column: rosterColumns[name],
        cell: rosterCell(name)))
  }
}

extension ShortFraction {
  fileprivate init(_ number: LoggedNumber) {
    self.init(numerator: number.numerator, denominator: number.denominator)
  }

  fileprivate var logged: LoggedNumber { LoggedNumber(numerator: numerator, denominator: denominator) }
}
