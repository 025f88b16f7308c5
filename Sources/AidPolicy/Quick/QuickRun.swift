import AidModel

/// Carries out instructions.
extension QuickAssessor {
  /// - Parameter row: the row at hand, for instructions about one.
  /// - Throws: at the first thing that only the exact way can tell.
  func run(_ code: [Instruction], row first: Int) throws(NotCovered) {
    let r = registers
    var row = first
    var at = 0
    while at < code.count {
      let step = code[at]
      let (target, a, b) = (Int(step.target), Int(step.a), Int(step.b))
      at += 1
      switch step.code {
      case .copy: r[target] = r[a]
      case .add: r[target] = try r[a] + r[b]
      case .sumUp: r[target] = try r[target] + r[a]
      case .subtract: r[target] = try r[a] - r[b]
      case .multiply: r[target] = try r[a] * r[b]
      case .divide: r[target] = try r[a] / r[b]
      case .least: r[target] = try r[b].compare(r[a]) < 0 ? r[b] : r[a]
      case .greatest: r[target] = try r[b].compare(r[a]) > 0 ? r[b] : r[a]
      case .equal: r[target] = ShortFraction(try r[a].compare(r[b]) == 0)
      case .unequal: r[target] = ShortFraction(try r[a].compare(r[b]) != 0)
      case .less: r[target] = ShortFraction(try r[a].compare(r[b]) < 0)
      case .lessOrEqual: r[target] = ShortFraction(try r[a].compare(r[b]) <= 0)
      case .sameText: r[target] = ShortFraction(try Self.isSameText(r[a], r[b]))
      case .otherText: r[target] = ShortFraction(try !Self.isSameText(r[a], r[b]))
      case .not: r[target] = ShortFraction(try r[a].known.numerator == 0)
      case .jump: at = b
      case .jumpIf: if try r[a].known.numerator != 0 { at = b }
      case .jumpUnless: if try r[a].known.numerator == 0 { at = b }
      case .rowCell:
        if logsReads { read(row, slot: a) }
        r[target] = try Self.value(cells[row * program.columns.count + a], as: step.b)
      case .personCell:
        if logsReads { read(0, slot: a) }
        r[target] = try agreed(slot: a, as: step.b)
      case .rosterCell:
        if logsReads { readRoster(a) }
        r[target] = try Self.value(rosterCell(a), as: step.b)
      case .firstRow: row = 0
      case .nextRow:
        row += 1
        if row < rowCount { at = b }
      case .rowCount: r[target] = ShortFraction(Int64(rowCount))
      case .require: if try r[a].known.numerator == 0 { isRefused = true }
      case .stopRefused: if isRefused { return }
      case .requireAmount: if try r[a].known.isNegative { throw NotCovered() }
      case .requireRate:
        let rate = try r[a].known
        if rate.isNegative || rate.numerator > rate.denominator { throw NotCovered() }
      case .gateFailed:
        r[target] = .zero
        gatesFailed += 1
      case .less0: r[target] = try Self.left(r[a], less: r[b])
      case .marginal: r[target] = try program.tiers[b](r[a])
      case .band: r[target] = try program.bands[b](r[a])
      case .cap:
        let room = try Self.left(r[a], less: r[b])
        if try room.compare(r[target]) < 0 {
          r[target] = room
          isCapped = true
        }
      case .round:
        let rounding = program.roundings[a]
        r[target] = ShortFraction(Money(fen: try r[target].rounded(toFen: rounding.unit, rounding.mode)))
      default: try runSeldom(step)
      }
    }
  }

  private func runSeldom(_ step: Instruction) throws(NotCovered) {
    let r = registers
    let (target, a, b) = (Int(step.target), Int(step.a), Int(step.b))
    switch step.code {
    case .negate: r[target] = -(try r[a].known)
    case .absolute: r[target] = r[a].isNegative ? -(try r[a].known) : try r[a].known
    case .floor: r[target] = try r[a].floor
    case .ceil: r[target] = -(try (-r[a]).floor)
    case .isBlank:
      if !r[a].isBlank { _ = try r[a].known }
      r[target] = ShortFraction(r[a].isBlank)
    case .coalesce: r[target] = r[a].isBlank ? r[b] : try r[a].known
    case .later: r[target] = try Self.moved(r[a], by: program.spans[b], forward: true)
    case .earlier: r[target] = try Self.moved(r[a], by: program.spans[b], forward: false)
    case .days: r[target] = ShortFraction(try r[b].known.numerator - r[a].known.numerator)
    case .months: r[target] = ShortFraction(Int64(try Self.date(r[a]).months(to: Self.date(r[b]))))
    case .years: r[target] = ShortFraction(Int64(try Self.date(r[a]).months(to: Self.date(r[b])) / 12))
    case .leastOfAll:
      let isFirst = r[target].isBlank
      if try isFirst ? true : r[a].compare(r[target]) < 0 { r[target] = try r[a].known }
    case .greatestOfAll:
      let isFirst = r[target].isBlank
      if try isFirst ? true : r[a].compare(r[target]) > 0 { r[target] = try r[a].known }
    case .raise:
      if try r[target].compare(.zero) > 0, try r[target].compare(r[a]) < 0 { r[target] = r[a] }
    case .key: r[target] = try Self.amount(of: r[a], in: program.keys[b])
    case .open, .fact, .mark: try log(step)
    default: preconditionFailure("an instruction nobody carries out")
    }
  }

  /// What is left, never below zero.
  @inline(__always)
  private static func left(
    _ a: ShortFraction, less b: ShortFraction
  ) throws(NotCovered) -> ShortFraction {
    let rest = try a - b
    return rest.isNegative ? .zero : rest
  }

  /// Two texts nobody asks for by name cannot be told apart here.
  @inline(__always)
  private static func isSameText(_ a: ShortFraction, _ b: ShortFraction) throws(NotCovered) -> Bool {
    let (x, y) = (try a.known.numerator, try b.known.numerator)
    if x < 0, y < 0 { throw NotCovered() }
    return x == y
  }

  @inline(__always)
  private static func value(
    _ cell: CellReader.Cell, as wanted: UInt16
  ) throws(NotCovered) -> ShortFraction {
    switch cell.kind {
    case .blank: return .blank
    case .unreadable: return .unreadable
    default:
      guard CellWanted(rawValue: wanted)?.takes(cell.kind) == true, cell.numerator != .min else {
        throw NotCovered()
      }
      return ShortFraction(numerator: cell.numerator, denominator: cell.denominator)
    }
  }

  /// The value all rows that count agree on.
  @inline(__always)
  private func agreed(slot: Int, as wanted: UInt16) throws(NotCovered) -> ShortFraction {
    let first = cells[slot]
    if rowCount > 1 {
      for row in 1..<rowCount {
        let other = cells[row * program.columns.count + slot]
        guard other.kind == first.kind else { throw NotCovered() }
        if first.kind == .blank || first.kind == .unreadable { continue }
        let value = ShortFraction(numerator: first.numerator, denominator: first.denominator)
        let otherValue = ShortFraction(numerator: other.numerator, denominator: other.denominator)
        guard try value.compare(otherValue) == 0 else { throw NotCovered() }
        if first.kind == .text, first.numerator < 0 { throw NotCovered() }
      }
    }
    return try Self.value(first, as: wanted)
  }

  private static func date(_ value: ShortFraction) throws(NotCovered) -> CivilDate {
    guard let day = Int32(exactly: try value.known.numerator) else { throw NotCovered() }
    return CivilDate(dayNumber: day)
  }

  private static func moved(
    _ value: ShortFraction, by span: Span, forward: Bool
  ) throws(NotCovered) -> ShortFraction {
    let sign = forward ? 1 : -1
    let day = try date(value).adding(months: sign * span.months).adding(days: sign * span.days)
    return ShortFraction(Int64(day.dayNumber))
  }

  private static func amount(of key: ShortFraction, in table: KeyTable) throws(NotCovered) -> ShortFraction {
    for row in table.rows where try key.compare(row.key) == 0 {
      guard let amount = row.amount else { throw NotCovered() }
      return amount
    }
    throw NotCovered()
  }
}
