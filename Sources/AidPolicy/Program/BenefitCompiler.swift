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
      ends += step.kind.compile(step, of: benefit, by: &self)
    }
    for end in ends { land(end) }
    if benefit.count != nil { emit(.useAllRows) }
    if let result { emit(.copy, result, amount) }
    if maySkip { emit(.applies) } else { program.sureBenefits += 1 }
    for skip in skips { landTarget(skip) }
    if let skipEmpty { land(skipEmpty) }
  }

  /// Works out what a step needs, and takes the step.
  mutating func needed(_ operation: Instruction.Code, _ figure: Compiled) -> Register {
    open()
    let value = value(figure.expression)
    emit(operation, 0, value, site(figure))
    return value
  }

  /// The value of one of a step's figures; holds the award where it is not known, or an amount below 0.
  mutating func figure(_ figure: Compiled, isAmount: Bool = false) -> Register {
    part()
    let value = value(figure.expression)
    if figure.constant == nil { emit(isAmount ? .needAmount : .need, 0, value, site(figure)) }
    return value
  }

  /// - Parameter key: `less` or `offset`.
  mutating func takeOff(_ other: ClausedAmount, as key: String, of benefit: Benefit?) {
    let value = needed(.takeOff, other.amount)
    log(key, benefit, other, value: value)
  }

  mutating func compile(_ cap: Cap, of benefit: Benefit?) {
    program.caps.append(cap)
    program.capClauses.append(cap.clause ?? benefit?.clause)
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

  mutating func compile(_ tiers: [Tier], _ benefit: Benefit) {
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
      let from = figure(tier.from, isAmount: true)
      let to = tier.to.map { figure($0, isAmount: true) } ?? -1
      own.append(
        ComputedTier(
          from: from, to: to, rate: fresh(), isReached: fresh(), isFixed: tier.slice != nil,
          clause: tier.clause))
    }
    program.computedTiers.append(own)
    emit(.tierEdges, 0, Int32(program.computedTiers.count - 1), site(Site(source: benefit.name)))
    for (tier, found) in zip(tiers, own) {
      let isNotReached = jump(.jumpUnless, 0, found.isReached)
      emit(.copy, found.rate, rate(tier.rate, benefit))
      land(isNotReached)
    }
    emit(.tiers)
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

  mutating func compile(_ bands: [Band], _ key: String, _ benefit: Benefit) {
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
    let given = fresh()
    for band in bands {
      let isFixed = band.fixed != nil
      let low = band.low.map { figure($0) } ?? -1
      let high = band.high.map { figure($0) } ?? -1
      own.append(
        ComputedBand(
          low: low, lowIncluded: band.lowIncluded, high: high, highIncluded: band.highIncluded, value: given,
          isFixed: isFixed, clause: band.clause))
    }
    program.computedBands.append(own)
    let (found, isFound) = (fresh(), fresh())
    emit(.bandEdges, found, Int32(program.computedBands.count - 1), site(Site(source: benefit.name)))
    emit(.copy, given, constant(.zero))
    for (i, band) in bands.enumerated() {
      emit(.equal, isFound, found, constant(Rational(Int64(i))))
      let isOther = jump(.jumpUnless, 0, isFound)
      let isRate = areRates && band.fixed == nil
      emit(.copy, given, isRate ? rate(band.value, benefit) : figure(band.value, isAmount: !areRates))
      land(isOther)
    }
    emit(.computedBand, areRates ? 1 : 0, given)
    logOwn(
      key, benefit, areRates ? .whole(band: "", rate: .zero) : .band(band: "", pays: .zero), .ownBand,
      value: fixed(.amount))
    noteThreshold(.band, nil, benefit.clause)
  }

  /// - Returns: a jump to the end of the benefit, taken where the committee gives nothing.
  mutating func decide(
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

  mutating func compile(_ table: Table, _ benefit: Benefit) -> [Int] {
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
          compiler.program.keysTold.append((first, names, table.by.map(\.type)))
          compiler.logOwn(
            "table", benefit, .fixed(expression: "", value: .zero),
            .keys(compiler.program.keysTold.count - 1), value: first)
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
