import AidModel

/// Benefits, caps and offsets to instructions, in their order.
extension ProgramCompiler {
  /// - Parameter results: where what each benefit comes to is kept, if it is.
  mutating func compile(_ benefit: Benefit, number: Int, result: Register?) {
    let amount = fixed(.amount)
    let maySkip = benefit.when != nil || benefit.count != nil
    if maySkip, let result { emit(.copy, result, constant(.zero)) }
    emit(.benefit, 0, 0, Int32(number))
    var skips: [Int] = []
    if let when = benefit.when {
      let value = value(when.when.expression)
      emit(.skipUnless, 0, value, site(when.when))
      skips.append(code.count - 1)
    }
    var skipEmpty: Int?
    if let count = benefit.count {
      let outerRow = fresh()
      isInRow = true
      emit(.firstRow, outerRow)
      let body = Int32(code.count)
      let value = value(count.expression)
      emit(.keepRow, 0, value, site(count))
      emit(.nextRow, outerRow, 0, body)
      isInRow = false
      skipEmpty = jump(.useKeptRows)
    }
    if benefit.startsFromNothing {
      // Without a base what comes before the formula starts from nothing.
      emit(.copy, amount, constant(.zero))
      log("base", benefit, .set(expression: "0", value: .zero))
    }
    var ends: [Int] = []
    for step in benefit.steps {
      ends += compile(step, of: benefit)
    }
    for end in ends { land(end) }
    if benefit.count != nil { emit(.useAllRows) }
    if let result { emit(.copy, result, amount) }
    if maySkip { emit(.applies) } else { program.sureBenefits += 1 }
    for skip in skips { landTarget(skip) }
    if let skipEmpty { land(skipEmpty) }
  }

  /// - Returns: jumps to the end of the benefit, where the step may end it.
  private mutating func compile(_ step: BenefitStep, of benefit: Benefit) -> [Int] {
    let amount = fixed(.amount)
    switch step {
    case .base(let base):
      open()
      let value = value(base.expression)
      emit(.setBase, 0, value, site(base))
      log("base", benefit, .set(expression: base.source, value: .zero), readsInputs: true)
    case .less(let less):
      takeOff(less, as: "less", of: benefit)
      if benefit.hasBase { emit(.copy, fixed(.base), amount) }
    case .gate(let gate): return [compile(gate, of: benefit)]
    case .window(let window): compile(window, of: benefit)
    case .deductible(let deductible):
      let value = needed(.takeOff, deductible.amount)
      log(
        "deductible", benefit, .deductible(.zero, expression: deductible.amount.source),
        clause: deductible.clause, value: value)
      noteThreshold(.deductible, nil, deductible.clause ?? benefit.clause)
    case .formula(let own): return formula(own, benefit)
    case .times(let factor):
      let value = needed(.times, factor.amount)
      log(
        "times", benefit, .times(expression: factor.amount.source, factor: .zero), clause: factor.clause,
        value: value)
    case .minimum(let minimum):
      let value = needed(.minimum, minimum.amount)
      log(
        "minimum", benefit, .minimum(minimum.amount.constant ?? .zero, expression: minimum.amount.source),
        clause: minimum.clause, value: value)
      if minimum.amount.constant == nil { hasOwnFigures() }
    case .atLeast(let least):
      let value = needed(.atLeast, least.amount)
      log(
        "at_least", benefit, .atLeast(least.amount.constant ?? .zero, expression: least.amount.source),
        clause: least.clause, value: value)
      if least.amount.constant == nil { hasOwnFigures() }
    case .cap(let cap): compile(cap, of: benefit)
    case .offset(let offset): takeOff(offset, as: "offset", of: benefit)
    case .round(let rounding): compile(rounding, of: benefit)
    }
    return []
  }

  /// Works out what a step needs, and takes the step.
  private mutating func needed(_ operation: Instruction.Code, _ figure: Compiled) -> Register {
    open()
    let value = value(figure.expression)
    emit(operation, 0, value, site(figure))
    return value
  }

  /// The value of one of a step's figures; holds the award where it is not known.
  private mutating func figure(_ figure: Compiled) -> Register {
    part()
    let value = value(figure.expression)
    if figure.constant == nil { emit(.need, 0, value, site(figure)) }
    return value
  }

  private mutating func compile(_ gate: Gate, of benefit: Benefit) -> Int {
    open()
    let value = value(gate.when.expression)
    let before = isLogging ? fresh() : 0
    if isLogging { emit(.copy, before, fixed(.amount)) }
    emit(.gate, 0, value, site(gate.when))
    let passed = code.count - 1
    log(gate, benefit, held: false)
    amountBefore = before
    logReason(of: gate, benefit)
    amountBefore = nil
    let end = jump(.jump)
    landTarget(passed)
    log(gate, benefit, held: true)
    return end
  }

  private mutating func compile(_ window: Window, of benefit: Benefit) {
    open()
    let from = figure(window.from)
    var to: Register = -1
    if let end = window.to { to = figure(end) }
    emit(.window, 0, from, to)
    let isFixed = window.from.constant != nil && (window.to == nil || window.to?.constant != nil)
    log(
      "window", benefit,
      .window(from: window.from.constant ?? .zero, to: window.to.map { $0.constant ?? .zero }),
      clause: window.clause, value: from, other: max(to, 0), readsInputs: true)
    if !isFixed { hasOwnFigures() }
    noteThreshold(.deductible, nil, window.clause ?? benefit.clause)
  }

  /// - Parameter key: `less` or `offset`.
  mutating func takeOff(_ other: ClausedAmount, as key: String, of benefit: Benefit?) {
    let value = needed(.takeOff, other.amount)
    log(key, benefit, other, value: value)
  }

  mutating func compile(_ cap: Cap, of benefit: Benefit?) {
    program.caps.append(cap)
    if cap.per != .award || cap.isHousehold { program.usesHistory = true }
    let used: Register
    switch (cap.per, cap.isHousehold) {
    case (.award, false): used = constant(.zero)
    case (.year, false): used = fixed(.paidYear)
    case (.lifetime, false): used = fixed(.paidLifetime)
    default:
      used = fresh()
      emit(.capUsed, used, 0, Int32(program.caps.count - 1))
    }
    open()
    let at = value(cap.at.expression)
    emit(.cap, used, at, site(Site(source: cap.at.source, cap: cap)))
    log(cap, benefit, at: at, used: used)
  }

  mutating func compile(_ rounding: Rounding, of benefit: Benefit?) {
    program.roundings.append(rounding)
    emit(.round, 0, 0, Int32(program.roundings.count - 1))
    log(
      "round",
      StepForm.Variant(
        .round(unit: rounding.unit, mode: rounding.mode), clause: rounding.clause ?? benefit?.clause),
      of: benefit)
  }

  private mutating func formula(_ formula: Formula, _ benefit: Benefit) -> [Int] {
    switch formula {
    case .rate(let rate):
      open()
      let value = value(rate.expression)
      emit(.rate, benefit.allowsOver100 ? 1 : 0, value, site(rate))
      log("rate", benefit, .rate(.zero, expression: rate.source), value: value)
    case .marginal(let tiers): compile(tiers, benefit)
    case .whole(let bands): compile(bands, "whole", benefit)
    case .bands(let bands): compile(bands, "bands", benefit)
    case .amount(let sum):
      let value = needed(.setAmount, sum)
      log("amount", benefit, .fixed(expression: sum.source, value: .zero), value: value)
    case .committee(let min, let max):
      open()
      return [decide("committee", benefit, min, max)]
    case .table(let table): return compile(table, benefit)
    }
    return []
  }

  private mutating func compile(_ tiers: [Tier], _ benefit: Benefit) {
    let amount = fixed(.amount)
    open()
    if let slices = Tier.slices(tiers) {
      program.tiers.append(slices)
      emit(.marginal, 0, 0, Int32(program.tiers.count - 1))
      log(slices, tiers.map(\.clause), benefit)
      if let first = slices.first { noteThreshold(.tier, first.from, benefit.clause) }
      return
    }
    var own: [ComputedTier] = []
    for tier in tiers {
      let from = figure(tier.from)
      let rate = rate(tier.rate, benefit)
      let to = tier.to.map { figure($0) } ?? -1
      own.append(
        ComputedTier(from: from, to: to, rate: rate, isFixed: tier.slice != nil, clause: tier.clause))
    }
    program.computedTiers.append(own)
    emit(.tiers, 0, Int32(program.computedTiers.count - 1), site(Site(source: benefit.name)))
    logOwn("marginal", benefit, .marginal([]), .ownTiers, value: amount)
    noteThreshold(.tier, nil, benefit.clause)
  }

  /// A rate that may be paid.
  private mutating func rate(_ rate: Compiled, _ benefit: Benefit) -> Register {
    part()
    let value = value(rate.expression)
    emit(.requireAmount, benefit.allowsOver100 ? 1 : 2, value, site(rate))
    return value
  }

  private mutating func compile(_ bands: [Band], _ key: String, _ benefit: Benefit) {
    let areRates = key == "whole"
    open()
    if let fixedBands = Band.fixed(bands) {
      program.bands.append(fixedBands)
      let value = fresh()
      emit(.band, value, areRates ? 1 : 0, Int32(program.bands.count - 1))
      log(key, fixedBands, benefit, value: areRates ? value : fixed(.amount))
      noteThreshold(fixedBands, benefit)
      return
    }
    var own: [ComputedBand] = []
    for band in bands {
      let isFixed = band.fixed != nil
      let low = band.low.map { figure($0) } ?? -1
      let high = band.high.map { figure($0) } ?? -1
      let value = areRates && !isFixed ? rate(band.value, benefit) : figure(band.value)
      own.append(
        ComputedBand(
          low: low, lowIncluded: band.lowIncluded, high: high, highIncluded: band.highIncluded, value: value,
          isFixed: isFixed, clause: band.clause))
    }
    program.computedBands.append(own)
    emit(
      .computedBand, areRates ? 1 : 0, Int32(program.computedBands.count - 1),
      site(Site(source: benefit.name)))
    logOwn(
      key, benefit, areRates ? .whole(band: "", rate: .zero) : .band(band: "", pays: .zero), .ownBand,
      value: fixed(.amount))
    noteThreshold(.band, nil, benefit.clause)
  }

  /// - Returns: a jump to the end of the benefit, taken where the committee gives nothing.
  private mutating func decide(
    _ key: String, _ benefit: Benefit, _ min: Compiled, _ max: Compiled
  ) -> Int {
    let (low, high) = (figure(min), figure(max))
    emit(
      .decide, high, low,
      site(Site(source: min.source, key: key, benefit: (benefit.name, benefit.clause))))
    logOwn(
      key, benefit, .decided(value: .zero, min: .zero, max: .zero, reason: ""), .decision, value: low,
      other: high)
    // Only what is granted goes on.
    let declined = fresh()
    emit(.lessOrEqual, declined, fixed(.amount), constant(.zero))
    return jump(.jumpIf, 0, declined)
  }

  private mutating func compile(_ table: Table, _ benefit: Benefit) -> [Int] {
    open()
    let first = consecutive(table.by.count)
    for (i, by) in table.by.enumerated() {
      part()
      emit(.copy, first + Register(i), value(by.expression))
      emit(.need, 0, first + Register(i), site(by))
    }
    let names = table.by.map(\.source)
    let number = beginTable(names.joined(separator: "; "), table.by.map(\.type))
    program.tables[number].site = site(table.by[0])
    emit(.lookUp, 0, first, Int32(number))
    var declined: [Int] = []
    finishTable(number, table.rows) { compiler, cell, path in
      switch cell {
      case .figure(let figure):
        compiler.part()
        let value = compiler.value(figure.expression)
        compiler.emit(.setAmount, 0, value, compiler.site(figure))
        if path.contains(where: { $0 == nil }) {
          compiler.logOwn(
            "table", benefit, .fixed(expression: "", value: .zero),
            .keys(first: first, names: names, table.by.map(\.type)), value: first)
        } else {
          let keys = zip(names, path).map { "\($0): \($1 ?? "")" }.joined(separator: "; ")
          compiler.log("table", benefit, .fixed(expression: keys, value: .zero), readsInputs: true)
        }
      case .range(let min, let max): declined.append(compiler.decide("table", benefit, min, max))
      case .level: return
      }
    }
    return declined
  }
}
