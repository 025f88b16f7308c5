import AidModel

/// Carries out instructions.
extension ProgramRun {
  /// - Parameters:
  ///   - row: the row at hand, for instructions about one.
  ///   - start: the first instruction.
  /// - Returns: false where the award ends here: held, refused.
  /// - Throws: where the numbers are too wide, and wider ones may do.
  @discardableResult
  func execute(_ code: [Instruction], row first: Int = 0, from start: Int = 0) throws(TooWide) -> Bool {
    var (at, row) = (start, first)
    while true {
      do throws(TooWide) {
        return try go(through: code, &at, &row)
      } catch {
        if !Number.isWidest { throw error }
        let failed = code[at - 1]
        // What grows too large cannot be computed, as what is divided by zero.
        guard failed.code.isValue else {
          holdAsNotComputable()
          return false
        }
        registers[Int(failed.target)] = .notComputable
      }
    }
  }

  private func go(through code: [Instruction], _ start: inout Int, _ rowAtHand: inout Int) throws(TooWide)
    -> Bool
  {
    let r = registers
    var (at, row) = (start, rowAtHand)
    defer { (start, rowAtHand) = (at, row) }
    while at < code.count {
      let step = code[at]
      let (target, a, b) = (Int(step.target), Int(step.a), Int(step.b))
      at += 1
      switch step.code {
      case .copy: r[target] = r[a]
      case .add: r[target] = try r[a] + r[b]
      case .subtract: r[target] = try r[a] - r[b]
      case .multiply: r[target] = try r[a] * r[b]
      case .divide: r[target] = try r[a] / r[b]
      case .sumUp: if r[target].isKnown { r[target] = try r[target] + r[a] }
      case .equal: r[target] = compared(r[a], r[b], .equal) { $0 == 0 }
      case .unequal: r[target] = compared(r[a], r[b], .unequal) { $0 != 0 }
      case .less: r[target] = compared(r[a], r[b], .less) { $0 < 0 }
      case .lessOrEqual: r[target] = compared(r[a], r[b], .lessOrEqual) { $0 <= 0 }
      case .greater: r[target] = compared(r[a], r[b], .greater) { $0 > 0 }
      case .greaterOrEqual: r[target] = compared(r[a], r[b], .greaterOrEqual) { $0 >= 0 }
      case .sameText: r[target] = Self.sameText(r[a], r[b], isWanted: true)
      case .otherText: r[target] = Self.sameText(r[a], r[b], isWanted: false)
      case .not: r[target] = r[a].isKnown ? Number(r[a].isFalse) : r[a]
      case .both: r[target] = r[b].isFalse || r[a].isKnown ? r[b] : r[a]
      case .either: r[target] = r[b].isTrue || r[a].isKnown ? r[b] : r[a]
      case .jump: at = b
      case .jumpIf: if r[a].isTrue { at = b }
      case .jumpUnless: if r[a].isFalse { at = b }
      case .choose:
        if r[a].isFalse {
          at = b
        } else if !r[a].isKnown {
          r[target] = r[a]
          at = b - 1
        }
      case .rowCell: r[target] = try rowCell(a, step.b, row: row)
      case .personCell: r[target] = try personCell(a, step.b)
      case .rosterCell: r[target] = try rosterCell(a, step.b)
      case .firstRow:
        r[target] = Number(Int64(row))
        row = 0
      case .nextRow:
        row += 1
        if row < rowCount { at = b } else { row = Int(r[target].numerator) }
      case .require: if !r[a].isTrue { require(target, r[a], site: step.b, row: row) }
      case .stopRefused: if stopsHere() { return false }
      case .need: if !r[a].isKnown { return hold(r[a], b) }
      case .setBase:
        guard accept(amount: r[a], b) else { return false }
        amount = r[a]
        set(.base, r[a])
      case .setAmount:
        guard accept(amount: r[a], b) else { return false }
        amount = r[a]
      case .takeOff:
        guard accept(amount: r[a], b) else { return false }
        amount = try amount.less(r[a])
      case .rate:
        guard accept(rate: r[a], isLimited: target == 0, b) else { return false }
        amount = try amount * r[a]
      case .times:
        guard accept(rate: r[a], isLimited: false, b) else { return false }
        amount = try amount * r[a]
      case .marginal: amount = try figures.tiers[b](amount)
      case .gate:
        if r[a].isTrue {
          at = target
        } else if r[a].isKnown {
          amount = .zero
          gatesFailed += 1
        } else {
          return hold(r[a], b)
        }
      case .cap:
        guard accept(amount: r[a], b) else { return false }
        let room = try r[a].less(r[target])
        if room.compare(amount) < 0 {
          amount = room
          isCapped = true
          if isDecided { return try holdOverCap(b, mark: isLogging ? code[at] : nil) }
        }
      case .round:
        let rounding = program.roundings[b]
        amount = Number(Money(fen: try amount.rounded(toFen: rounding.unit, rounding.mode)))
      case .benefit:
        set(.base, .zero)
        benefit = b
      case .endBenefits:
        if !endBenefits() { return false }
      case .open: openStep()
      case .mark: try mark(b, value: r[a])
      default: if try !carryOut(step, &at, &row) { return false }
      }
    }
    return true
  }

  @inline(__always)
  private func compared(
    _ a: Number, _ b: Number, _ comparison: Comparison, _ holds: (Int) -> Bool
  ) -> Number {
    if a.denominator > 0, b.denominator > 0 { return Number(holds(a.compare(b))) }
    return order(a, b, comparison.rawValue, holds)
  }

  @inline(__always)
  private static func sameText(_ a: Number, _ b: Number, isWanted: Bool) -> Number {
    if !a.isKnown { return a }
    if !b.isKnown { return b }
    return Number((a.numerator == b.numerator) == isWanted)
  }

  /// Instructions that are rare.
  private func carryOut(_ step: Instruction, _ at: inout Int, _ row: inout Int) throws(TooWide) -> Bool {
    if step.code == .lookUp { return lookUp(step, &at, row: row) }
    if step.code.isValue {
      try compute(step, &at, &row)
      return true
    }
    if step.code.isOfBenefit { return try take(step) }
    let r = registers
    let (target, a, b) = (Int(step.target), Int(step.a), Int(step.b))
    switch step.code {
    case .skipUnless:
      if !r[a].isKnown { return hold(r[a], b) }
      if r[a].isFalse { at = target }
    case .keepRow:
      if !r[a].isKnown { return hold(r[a], b, row: row) }
      if row == 0 { forgetKeptRows() }
      if r[a].isTrue { keep(row: row) }
    case .useKeptRows: if !useKeptRows() { at = b }
    case .useAllRows: useAllRows()
    case .applies: applied += 1
    case .limits: return !isOverLimit()
    case .part: partBegin = log.inputCount
    case .fact: read(fact: b, r[a])
    case .markRefused: if r[a].isFalse { try mark(b, value: r[a]) }
    case .shortfall: note(missing: r[a], r[target], Comparison.allCases[b])
    case .gateRefused: refuse(atGate: b)
    default: preconditionFailure("an instruction nobody carries out")
    }
    return true
  }

  private func take(_ step: Instruction) throws(TooWide) -> Bool {
    let r = registers
    let (target, a, b) = (Int(step.target), Int(step.a), Int(step.b))
    switch step.code {
    case .needAmount: return accept(amount: r[a], b)
    case .requireAmount: return accept(rate: r[a], isLimited: target == 2, b)
    case .minimum:
      guard accept(amount: r[a], b) else { return false }
      if amount.numerator > 0, amount.compare(r[a]) < 0 { amount = r[a] }
    case .atLeast:
      guard accept(amount: r[a], b) else { return false }
      if amount.compare(r[a]) < 0 { amount = r[a] }
    case .window:
      if b >= 0, r[b].compare(r[a]) < 0 { return holdUnsound(target) }
      if b >= 0, r[b].compare(amount) < 0 { amount = r[b] }
      amount = try amount.less(r[a])
    case .band:
      let given = figures.bands[b](amount)
      r[target] = given
      amount = a == 0 ? given : try amount * given
    case .tierEdges: return findTiers(a, b)
    case .tiers: try applyTiers()
    case .bandEdges: return findBand(a, b, into: target)
    case .computedBand: amount = target == 1 ? try amount * r[a] : r[a]
    case .decide: return decide(r[a], r[target], b)
    default: preconditionFailure("a step nobody takes")
    }
    return true
  }
}

extension Instruction.Code {
  /// It leaves a value in its target, and nothing else.
  fileprivate var isValue: Bool { rawValue < Self.need.rawValue }
  fileprivate var isOfBenefit: Bool { rawValue < Self.benefit.rawValue }
}

// MARK: what may hold the award

extension ProgramRun {
  /// True where an amount is known and not below 0; else holds the award.
  @inline(__always)
  private func accept(amount: Number, _ site: Int) -> Bool {
    if amount.isKnown, !amount.isNegative { return true }
    return refuse(amount: amount, site)
  }

  @inline(__always)
  private func accept(rate: Number, isLimited: Bool, _ site: Int) -> Bool {
    if rate.isKnown, !rate.isNegative, !isLimited || rate.numerator <= rate.denominator { return true }
    if !rate.isKnown { return hold(rate, site) }
    hold(PolicyFindings.rateRange, at: firstInputPlace(from: partBegin), rate)
    return false
  }

  private func refuse(amount: Number, _ site: Int) -> Bool {
    if !amount.isKnown { return hold(amount, site) }
    hold(PolicyFindings.baseNegative, at: firstInputPlace(from: partBegin), amount)
    return false
  }

  private func hold(_ kind: FindingKind, at place: Place?, _ number: Number) {
    outcome = .held
    if isLogging { hold(kind, at: place, ["\(number.rational)"]) }
  }

  /// Holds the award for a value that is needed and not known.
  /// - Returns: false.
  func hold(_ value: Number, _ site: Int, row: Int? = nil) -> Bool {
    outcome = .held
    holdUnknown(value, program.sites[site], row: row)
    return false
  }
}
