import AidModel

/// What a run logs: what was read, the steps, and why an award is smaller or nothing.
extension ProgramRun {
  func openStep() {
    log.forgetInputs()
    partBegin = log.inputsBegin
  }

  // MARK: what was read

  /// A cell has been read for the step at hand.
  /// - Parameter row: among those looked at.
  func logRead(row: Int, slot: Int) {
    if isCounting { return }
    log.read(
      StepLog.Input(
        name: UInt16(slot), source: .row(Int32(number(ofRow: row))), column: Int32(program.columns[slot]),
        cell: cells[row * width + slot]))
  }

  func logRead(roster name: Int) {
    guard !isCounting, let column = roster.column(name) else { return }
    log.read(
      StepLog.Input(
        name: UInt16(width + name), source: .roster, column: Int32(column), cell: roster.cell(name)))
  }

  func logRead(_ input: @autoclosure () -> Input) {
    if isLogging, !isCounting { log.read(input()) }
  }

  func read(fact number: Int, _ value: Number) {
    guard value.isKnown, !isCounting else { return }
    let fact = program.facts[number]
    if fact.isPlain {
      let kind: CellReader.Cell.Kind = fact.type == .money ? .money : .number
      let cell = CellReader.Cell(
        kind: kind, numerator: Int64(truncatingIfNeeded: value.numerator),
        denominator: Int64(truncatingIfNeeded: value.denominator))
      let name = UInt16(width + program.rosterNames.count + number)
      return log.read(StepLog.Input(name: name, source: .nowhere, column: -1, cell: cell))
    }
    log.read(Input(name: fact.name, value: shown(value, fact.type)))
  }

  /// A value as an input of a step shows it.
  private func shown(_ value: Number, _ type: ExpressionType) -> Value {
    switch type {
    case .text: return .text(text(value))
    case .date: return .date(value.date)
    case .flag: return .flag(value.isTrue)
    default: break
    }
    switch value.tag {
    case ValueTag.text: return .text(text(value))
    case ValueTag.date: return .date(value.date)
    case ValueTag.flag: return .flag(value.isTrue)
    case ValueTag.span:
      let parts = [(value.span.months, "个月"), (value.span.days, "天")].filter { $0.0 != 0 }
      return .text(parts.map { "\($0.0) \($0.1)" }.joined())
    case ValueTag.elapsed: return .text("\(value.ends.to.dayNumber - value.ends.from.dayNumber) 天")
    default:
      if type == .money, let money = Money(exactly: value.rational) { return .money(money) }
      return .figure(value.rational)
    }
  }

  /// Where the first input since another one was read, if that is a cell.
  func firstInputPlace(from index: Int) -> Place? {
    if !isLogging || index >= log.inputCount { return nil }
    return input(log.input(index)).place
  }

  // MARK: steps

  /// The step of a mark is done.
  /// - Parameter value: what its expression came to.
  func mark(_ number: Int, value: Number) throws(TooWide) {
    let mark = program.marks[number]
    if !valuesFound.isEmpty, mark.showsValues { logValues() }
    var (variant, value, other) = (0, value, Number.zero)
    let before = amountBefore
    if mark.isOwn { isPlainlyLogged = false }
    switch mark.kind {
    case .plain: break
    case .cap(let cap):
      other = registers[Int(mark.other)]
      variant = other.numerator == 0 ? 0 : 1
      if amount.compare(before) < 0, !isDecided { limited(by: cap, number, at: value, used: other) }
    case .tiers(let table): (variant, value) = try figures.tiers[table].reach(of: before)
    case .bands(let table): variant = figures.bands[table].index(of: before).map { $0 + 1 } ?? 0
    case .figures, .decision: other = registers[Int(mark.other)]
    case .ownTiers:
      (value, other) = (tierLow ?? .zero, before)
      for tier in tiersFound {
        for figure in [Number(Int64(tier.index)), tier.from, tier.to ?? Self.none, registers[Int(tier.rate)]]
        {
          log.add(figure: logged(figure))
        }
      }
    case .ownBand:
      value = bandLow?.edge ?? .zero
      thresholdClauses[log.count] = .some(bandLow?.clause)
      if let band = bandFound {
        for figure in [
          Number(Int64(band.index)), band.low ?? Self.none, band.high ?? Self.none,
          registers[Int(band.value)],
        ] {
          log.add(figure: logged(figure))
        }
      }
    case .keys(let number):
      let keys = program.keysTold[number]
      for i in keys.names.indices { log.add(figure: logged(registers[Int(keys.first) + i])) }
    }
    log.take(
      Int32(number), variant: Int32(variant), result: logged(amount), value: logged(value),
      other: logged(other))
  }

  /// Stands where there is no figure.
  private static var none: Number { Number(numerator: 0, denominator: -9) }

  private var amountBefore: Number {
    guard let last = log.last else { return .zero }
    return number(last.result)
  }

  func number(_ logged: LoggedNumber) -> Number {
    if logged.denominator != 0 {
      return Number(
        numerator: Number.Part(truncatingIfNeeded: logged.numerator),
        denominator: Number.Part(truncatingIfNeeded: logged.denominator))
    }
    return Number(log.number(logged)) ?? .zero
  }

  @inline(__always)
  private func logged(_ number: Number) -> LoggedNumber {
    if let numerator = Int64(exactly: number.numerator), let denominator = Int64(exactly: number.denominator)
    {
      return LoggedNumber(numerator: numerator, denominator: denominator)
    }
    return log.keep(number.rational)
  }

  /// Named values that were worked out for the step to come stand before it, each once.
  private func logValues() {
    let own = log.takeInputs(from: log.inputsBegin)
    let before = log.last?.result ?? .zero
    for found in valuesFound {
      let value = program.values[found.index]
      for input in found.inputs { log.read(input) }
      let number = LoggedNumber(numerator: Int64(valuesShown.count), denominator: 1)
      valuesShown.append(shown(registers[Int(value.result)], policy.values[found.index].value.type))
      log.take(value.mark, variant: 0, result: before, value: number, other: .zero)
    }
    valuesFound.removeAll()
    for input in own { log.read(input) }
    partBegin = log.inputsBegin
  }

  // MARK: reasons

  private func limited(by cap: Int, _ mark: Int, at: Number, used: Number) {
    reasons.append(
      program.caps[cap].reason(
        at: at.rational, used: used.rational, clause: program.capClauses[cap],
        language: language))
  }

  /// Keeps what is missing for the first comparison that does not hold.
  func note(missing x: Number, _ y: Number, _ comparison: Comparison) {
    guard missing == nil, x.denominator > 0, y.denominator > 0,
      !comparison.holds(x.compare(y)),
      let rest = comparison == .less || comparison == .lessOrEqual ? try? x - y : try? y - x,
      !rest.isNegative
    else { return }
    missing = comparison.words(missing: rest.rational, to: y.rational)
  }

  func refuse(atGate number: Int) {
    let (benefit, gate) = program.gates[number]
    let more = missing.map { Bilingual("（\($0.zh)）", " (\($0.en))").text(language) }
    missing = nil
    let words = gate.words.text(language)
    let own = Bilingual("未达到门槛：\(words)", "the gate is not passed: \(words)").text(language)
    reasons.append(
      Reason(
        code: "gate", text: (gate.otherwise ?? own) + (more ?? ""), clause: gate.clause ?? benefit.clause))
  }

  /// Why the steps logged leave nothing.
  func reasonForNothing() -> Reason {
    var nearest = NearestThreshold()
    var before = Rational.zero
    for index in 0..<log.count {
      let entry = log[index]
      if let threshold = program.thresholds[Int(entry.form)] {
        let clause = thresholdClauses[index].flatMap(\.self) ?? threshold.clause
        nearest.note(threshold.kind, threshold.amount ?? log.number(entry.value), before, clause)
      }
      before = log.number(entry.result)
    }
    if let shortfall = nearest.shortfall { return shortfall.reason(language) }
    var last = log.count - 1
    while last >= 0, log.number(log[last].result) <= .zero { last -= 1 }
    let entry = log[min(last + 1, log.count - 1)]
    let form = program.forms[Int(entry.form)]
    return Reason.nothing(at: form.key, clause: clause(of: entry), language)
  }
}

extension Comparison {
  func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .unequal: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }
}
