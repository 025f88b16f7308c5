import AidModel

/// Benefits, caps and offsets to instructions, in the order of the contract.
extension QuickCompiler {
  mutating func compile(_ benefit: Benefit) throws(NotCovered) {
    let amount = fixed(.amount)
    let zero = try constant(ShortFraction.zero)
    emit(.copy, fixed(.base), zero)
    try takeBase(benefit)
    var end: Int?
    if let gate = benefit.gate {
      open()
      let passed = jump(.jumpIf, try value(gate.expression))
      emit(.gateFailed, amount)
      log(gate, benefit, held: false)
      end = jump(.jump)
      land(passed)
      log(gate, benefit, held: true)
    }
    if let window = benefit.window {
      if let to = window.to { emit(.least, amount, amount, try constant(to)) }
      emit(.less0, amount, amount, try constant(window.from))
      log("window", benefit, .window(from: window.from, to: window.to), clause: benefit.windowClause)
      noteThreshold(.deductible, window.from, benefit.windowClause ?? benefit.clause)
    }
    if let deductible = benefit.deductible {
      open()
      let value = try value(deductible.expression)
      emit(.less0, amount, amount, value)
      log("deductible", benefit, .deductible(.zero), clause: benefit.deductibleClause, value: value)
      noteThreshold(.deductible, nil, benefit.deductibleClause ?? benefit.clause)
    }
    try formula(benefit)
    for factor in benefit.times {
      open()
      let value = try value(factor.amount.expression)
      emit(.requireAmount, 0, value)
      emit(.multiply, amount, amount, value)
      log(
        "times", benefit, .times(expression: factor.amount.source, factor: .zero), clause: factor.clause,
        value: value)
    }
    if let minimum = benefit.minimum {
      emit(.raise, amount, try constant(minimum))
      log("minimum", benefit, .minimum(minimum), clause: benefit.minimumClause)
    }
    try compile(benefit.caps, of: benefit)
    try takeOff(benefit.offset, as: "offset", of: benefit)
    if let end { land(end) }
  }

  private mutating func takeBase(_ benefit: Benefit) throws(NotCovered) {
    let amount = fixed(.amount)
    if let base = benefit.base {
      open()
      let value = try value(base.expression)
      emit(.requireAmount, 0, value)
      emit(.copy, amount, value)
      emit(.copy, fixed(.base), value)
      log("base", benefit, .set(expression: base.source, value: .zero), readsInputs: true)
    } else if benefit.looksAtBase {
      emit(.copy, amount, try constant(ShortFraction.zero))
      log("base", benefit, .set(expression: "0", value: .zero))
    }
    try takeOff(benefit.less, as: "less", of: benefit)
    if benefit.base != nil, !benefit.less.isEmpty { emit(.copy, fixed(.base), amount) }
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
        }
      if cap.per != .award { program.usesHistory = true }
      open()
      let at = try value(cap.at.expression)
      emit(.cap, fixed(.amount), at, used)
      log(cap, benefit, at: at, used: used)
    }
  }

  private mutating func formula(_ benefit: Benefit) throws(NotCovered) {
    let amount = fixed(.amount)
    switch benefit.formula {
    case .rate(let rate):
      open()
      let value = try value(rate.expression)
      emit(benefit.allowsOver100 ? .requireAmount : .requireRate, 0, value)
      emit(.multiply, amount, amount, value)
      log("rate", benefit, .rate(.zero, expression: rate.source), value: value)
    case .marginal(let slices):
      program.tiers.append(try TierTable(slices))
      emit(.marginal, amount, amount, UInt16(program.tiers.count - 1))
      try log(slices, benefit)
      if let first = slices.first { noteThreshold(.tier, first.from, benefit.clause) }
    case .whole(let bands):
      let rate = try fresh()
      program.bands.append(try BandTable(bands))
      emit(.band, rate, amount, UInt16(program.bands.count - 1))
      emit(.multiply, amount, amount, rate)
      log("whole", bands, benefit, value: rate)
      noteThreshold(bands, benefit)
    case .bands(let bands):
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
    case .table(let by, let rows):
      open()
      let key = try value(by.expression)
      let table = try table(rows, by.type)
      program.keys.append(table)
      emit(.key, amount, key, UInt16(program.keys.count - 1))
      log(table, by.source, benefit, key: key)
    }
  }

  private mutating func table(_ rows: [TableRow], _ type: ExpressionType) throws(NotCovered) -> KeyTable {
    var own: [KeyTable.Row] = []
    for row in rows {
      var amount: ShortFraction?
      if row.max == nil { amount = try ShortFraction(row.min) }
      let key: ShortFraction
      var shown = row.key
      switch type {
      case .text: key = text(row.key)
      case .number, .money:
        guard let number = DecimalNumber(plain: row.key) else { throw NotCovered() }
        key = try ShortFraction(Rational(number))
        shown = "\(number)"
      case .flag:
        let isYes = row.matches(.flag(true), "是")
        // A key that is neither yes nor no is nobody's.
        guard isYes || row.matches(.flag(false), "否") else { continue }
        key = ShortFraction(isYes)
        shown = isYes ? "是" : "否"
      default: throw NotCovered()
      }
      own.append(KeyTable.Row(key: key, amount: amount, text: shown))
    }
    return KeyTable(rows: own)
  }
}
