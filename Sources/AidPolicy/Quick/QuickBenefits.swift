import AidModel

/// Benefits, caps and offsets to instructions, in the order of the contract.
extension QuickCompiler {
  mutating func compile(_ benefit: Benefit) throws(NotCovered) {
    // Benefits that may be skipped, or look at rows of their own, go the exact way.
    if benefit.when != nil || benefit.count != nil { throw NotCovered() }
    let amount = fixed(.amount)
    emit(.copy, fixed(.base), try constant(ShortFraction.zero))
    if benefit.startsFromNothing {
      emit(.copy, amount, try constant(ShortFraction.zero))
      log("base", benefit, .set(expression: "0", value: .zero))
    }
    var ends: [Int] = []
    for step in benefit.steps {
      if let end = try compile(step, of: benefit) { ends.append(end) }
    }
    for end in ends { land(end) }
  }

  /// A jump to the end of the benefit, where the step may end it.
  private mutating func compile(_ step: BenefitStep, of benefit: Benefit) throws(NotCovered) -> Int? {
    let amount = fixed(.amount)
    switch step {
    case .base(let base):
      open()
      let value = try value(base.expression)
      emit(.requireAmount, 0, value)
      emit(.copy, amount, value)
      emit(.copy, fixed(.base), value)
      log("base", benefit, .set(expression: base.source, value: .zero), readsInputs: true)
    case .less(let less):
      try takeOff([less], as: "less", of: benefit)
      if benefit.hasBase { emit(.copy, fixed(.base), amount) }
    case .gate(let gate): return try compile(gate, of: benefit)
    case .window(let window): try compile(window, of: benefit)
    case .deductible(let deductible):
      open()
      let value = try value(deductible.amount.expression)
      emit(.less0, amount, amount, value)
      log(
        "deductible", benefit, .deductible(.zero, expression: deductible.amount.source),
        clause: deductible.clause, value: value)
      noteThreshold(.deductible, nil, deductible.clause ?? benefit.clause)
    case .formula(let own): try formula(own, benefit)
    case .times(let factor):
      open()
      let value = try value(factor.amount.expression)
      emit(.requireAmount, 0, value)
      emit(.multiply, amount, amount, value)
      log(
        "times", benefit, .times(expression: factor.amount.source, factor: .zero), clause: factor.clause,
        value: value)
    case .minimum(let minimum):
      let least = try known(minimum.amount)
      emit(.raise, amount, try constant(least))
      log(
        "minimum", benefit, .minimum(least, expression: minimum.amount.source), clause: minimum.clause)
    case .cap(let cap): try compile([cap], of: benefit)
    case .offset(let offset): try takeOff([offset], as: "offset", of: benefit)
    case .atLeast, .round: throw NotCovered()
    }
    return nil
  }

  /// A figure that is the same for everybody.
  private func known(_ figure: Compiled) throws(NotCovered) -> Rational {
    guard let constant = figure.constant else { throw NotCovered() }
    return constant
  }

  private mutating func compile(_ gate: Gate, of benefit: Benefit) throws(NotCovered) -> Int {
    open()
    let passed = jump(.jumpIf, try value(gate.when.expression))
    emit(.gateFailed, fixed(.amount))
    log(gate, benefit, held: false)
    let end = jump(.jump)
    land(passed)
    log(gate, benefit, held: true)
    return end
  }

  private mutating func compile(_ window: Window, of benefit: Benefit) throws(NotCovered) {
    let amount = fixed(.amount)
    let from = try known(window.from)
    var to: Rational?
    if let end = window.to {
      let top = try known(end)
      emit(.least, amount, amount, try constant(top))
      to = top
    }
    emit(.less0, amount, amount, try constant(from))
    log("window", benefit, .window(from: from, to: to), clause: window.clause)
    noteThreshold(.deductible, from, window.clause ?? benefit.clause)
  }

  /// - Parameter key: `less` or `offset`.
  mutating func takeOff(_ amounts: [ClausedAmount], as key: String, of benefit: Benefit?) throws(NotCovered) {
    for other in amounts {
      open()
      let value = try value(other.amount.expression)
      emit(.less0, fixed(.amount), fixed(.amount), value)
      log(key, benefit, other, value: value)
    }
  }

  mutating func compile(_ caps: [Cap], of benefit: Benefit?) throws(NotCovered) {
    for cap in caps {
      let used: Register =
        switch (cap.per, cap.isHousehold) {
        case (.award, false): try constant(ShortFraction.zero)
        case (.year, false): fixed(.paidYear)
        case (.lifetime, false): fixed(.paidLifetime)
        case (.award, true): fixed(.householdAward)
        case (.year, true): fixed(.householdYear)
        case (.lifetime, true): fixed(.householdLifetime)
        case (.years, _): throw NotCovered()
        }
      if cap.per != .award { program.usesHistory = true }
      open()
      let at = try value(cap.at.expression)
      emit(.cap, fixed(.amount), at, used)
      log(cap, benefit, at: at, used: used)
    }
  }

  private mutating func formula(_ formula: Formula, _ benefit: Benefit) throws(NotCovered) {
    let amount = fixed(.amount)
    switch formula {
    case .rate(let rate):
      open()
      let value = try value(rate.expression)
      emit(benefit.allowsOver100 ? .requireAmount : .requireRate, 0, value)
      emit(.multiply, amount, amount, value)
      log("rate", benefit, .rate(.zero, expression: rate.source), value: value)
    case .marginal(let tiers):
      guard let slices = Tier.slices(tiers) else { throw NotCovered() }
      program.tiers.append(try TierTable(slices))
      emit(.marginal, amount, amount, UInt16(program.tiers.count - 1))
      try log(slices, tiers.map(\.clause), benefit)
      if let first = slices.first { noteThreshold(.tier, first.from, benefit.clause) }
    case .whole(let own):
      guard let bands = Band.fixed(own) else { throw NotCovered() }
      let rate = try fresh()
      program.bands.append(try BandTable(bands))
      emit(.band, rate, amount, UInt16(program.bands.count - 1))
      emit(.multiply, amount, amount, rate)
      log("whole", bands, benefit, value: rate)
      noteThreshold(bands, benefit)
    case .bands(let own):
      guard let bands = Band.fixed(own) else { throw NotCovered() }
      program.bands.append(try BandTable(bands))
      emit(.band, amount, amount, UInt16(program.bands.count - 1))
      log("bands", bands, benefit, value: amount)
      noteThreshold(bands, benefit)
    case .amount(let sum):
      open()
      let value = try value(sum.expression)
      emit(.requireAmount, 0, value)
      emit(.copy, amount, value)
      log("amount", benefit, .fixed(expression: sum.source, value: .zero), readsInputs: true)
    case .committee: emit(.requireAmount, 0, try constant(ShortFraction.unreadable))
    case .table(let own):
      guard own.by.count == 1, let by = own.by.first else { throw NotCovered() }
      open()
      let key = try value(by.expression)
      let table = try keys(own.rows, by.type)
      program.keys.append(table)
      emit(.key, amount, key, UInt16(program.keys.count - 1))
      log(table, by.source, benefit, key: key)
    }
  }

  private mutating func keys(_ rows: [TableRow], _ type: ExpressionType) throws(NotCovered) -> KeyTable {
    var own: [KeyTable.Row] = []
    for row in rows {
      guard case .exactly(let text) = row.key else { throw NotCovered() }
      var amount: ShortFraction?
      switch row.cell {
      case .figure(let figure): amount = try ShortFraction(try known(figure))
      case .range: break
      case .level: throw NotCovered()
      }
      let key: ShortFraction
      var shown = text
      switch type {
      case .text: key = self.text(text)
      case .number, .money:
        guard let number = DecimalNumber(plain: text) else { throw NotCovered() }
        key = try ShortFraction(Rational(number))
        shown = "\(number)"
      case .flag:
        let isYes = row.key.matches(.flag(true), "是")
        // A key that is neither yes nor no is nobody's.
        guard isYes || row.key.matches(.flag(false), "否") else { continue }
        key = ShortFraction(isYes)
        shown = isYes ? "是" : "否"
      default: throw NotCovered()
      }
      own.append(KeyTable.Row(key: key, amount: amount, text: shown))
    }
    return KeyTable(rows: own)
  }
}
