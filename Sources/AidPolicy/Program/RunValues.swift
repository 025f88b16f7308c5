import AidModel

/// Values: cells, and instructions about them that are rare.
extension ProgramRun {
  // MARK: cells

  @inline(__always)
  func rowCell(_ slot: Int, _ kind: Int32, row: Int) throws(TooWide) -> Number {
    let cell = cells[row * width + slot]
    let value = try value(cell, as: kind, slot: slot, row: row)
    if isLogging { logRead(row: row, slot: slot) }
    return value
  }

  /// The value all rows looked at agree on.
  @inline(__always)
  func personCell(_ slot: Int, _ kind: Int32) throws(TooWide) -> Number {
    if rowCount > 1, let row = try differingRow(slot) {
      return Number(UnknownCode(.differs, .cell, index: slot, row: number(ofRow: row)))
    }
    return try rowCell(slot, kind, row: 0)
  }

  /// The first row that says something else than the first one.
  private func differingRow(_ slot: Int) throws(TooWide) -> Int? {
    let first = cells[slot]
    for row in 1..<rowCount {
      let other = cells[row * width + slot]
      if other.kind != first.kind { return row }
      switch first.kind {
      case .blank, .unreadable: continue
      case .text:
        if first.numerator >= 0 || other.numerator >= 0 {
          if first.numerator != other.numerator { return row }
          continue
        }
        guard keepsClaims else { throw TooWide() }
        let column = program.columns[slot]
        if claims[number(ofRow: row)].value(at: column) != claims[number(ofRow: 0)].value(at: column) {
          return row
        }
      default:
        if Rational.compare(first.numerator, first.denominator, other.numerator, other.denominator) != 0 {
          return row
        }
      }
    }
    return nil
  }

  @inline(__always)
  private func value(
    _ cell: CellReader.Cell, as kind: Int32, slot: Int, row: Int
  ) throws(TooWide) -> Number {
    switch cell.kind {
    case .money where kind == ValueKind.number.rawValue && cell.numerator != .min,
      .number where kind == ValueKind.number.rawValue && cell.numerator != .min:
      return Number(
        numerator: Number.Part(truncatingIfNeeded: cell.numerator),
        denominator: Number.Part(truncatingIfNeeded: cell.denominator))
    case .text where kind == ValueKind.namedText.rawValue, .date where kind == ValueKind.date.rawValue,
      .flag where kind == ValueKind.flag.rawValue:
      return Number(cell.numerator)
    default: break
    }
    return try otherValue(cell, as: kind, slot: slot, row: row)
  }

  private func otherValue(
    _ cell: CellReader.Cell, as kind: Int32, slot: Int, row: Int
  ) throws(TooWide) -> Number {
    let wanted = ValueKind(rawValue: kind) ?? .anything
    let why: EvaluatedWhy
    switch (cell.kind, wanted) {
    case (.date, .date), (.flag, .flag): return Number(cell.numerator)
    case (.text, .namedText): return Number(cell.numerator)
    case (.text, .text), (.text, .anything):
      let own = claims[number(ofRow: row)].value(at: program.columns[slot])
      let number = cell.numerator >= 0 ? Int(cell.numerator) : texts.number(of: own.plain)
      return wanted == .text ? Number(Int64(number)) : tagged(Int64(number), ValueTag.text)
    case (.money, .number), (.number, .number), (.money, .anything), (.number, .anything):
      if cell.numerator == .min, !Number.isWidest { throw TooWide() }
      return Number(
        numerator: Number.Part(truncatingIfNeeded: cell.numerator),
        denominator: Number.Part(truncatingIfNeeded: cell.denominator))
    case (.date, .anything): return tagged(cell.numerator, ValueTag.date)
    case (.flag, .anything): return tagged(cell.numerator, ValueTag.flag)
    case (.blank, _): why = .blank
    default: why = .unclear
    }
    return Number(UnknownCode(why, .cell, index: slot, row: number(ofRow: row)))
  }

  func tagged(_ value: Int64, _ tag: Int) -> Number {
    Number(numerator: Number.Part(truncatingIfNeeded: value), denominator: Number.Part(tag))
  }

  func rosterCell(_ name: Int, _ kind: Int32) throws(TooWide) -> Number {
    let cell = roster.cell(name)
    if isLogging { logRead(roster: name) }
    let wanted = ValueKind(rawValue: kind) ?? .anything
    switch cell.kind {
    case .blank: return Number(UnknownCode(.blank, .roster, index: name))
    case .unreadable: return Number(UnknownCode(.unclear, .roster, index: name))
    case .money, .number:
      if cell.numerator == .min, !Number.isWidest { throw TooWide() }
      let number = Number(
        numerator: Number.Part(truncatingIfNeeded: cell.numerator),
        denominator: Number.Part(truncatingIfNeeded: cell.denominator))
      if wanted == .number || wanted == .anything { return number }
      return read(number, as: wanted, else: UnknownCode(.unclear, .roster, index: name))
    case .date where wanted == .date, .flag where wanted == .flag, .text where wanted == .namedText:
      return Number(cell.numerator)
    case .date: return readRoster(cell.numerator, ValueTag.date, wanted, name)
    case .flag: return readRoster(cell.numerator, ValueTag.flag, wanted, name)
    case .text:
      var number = cell.numerator
      if number < 0 {
        guard let entry = roster.entry, let column = roster.column(name) else { throw TooWide() }
        number = Int64(texts.number(of: entry.value(at: column).plain))
      }
      if wanted == .text { return Number(number) }
      return readRoster(number, ValueTag.text, wanted, name)
    }
  }

  private func readRoster(_ value: Int64, _ tag: Int, _ wanted: ValueKind, _ name: Int) -> Number {
    let own = tagged(value, tag)
    if wanted == .anything { return own }
    return read(own, as: wanted, else: UnknownCode(.unclear, .roster, index: name))
  }

  /// A value that carries its kind, as another kind.
  func read(_ value: Number, as wanted: ValueKind, else unknown: UnknownCode) -> Number {
    if !value.isKnown { return value }
    let tag = value.tag
    let plain = Number(numerator: value.numerator, denominator: 1)
    switch wanted {
    case .anything: return value
    case .number: if tag > 0 { return value }
    case .date: if tag == ValueTag.date { return plain }
    case .text, .namedText:
      if tag == ValueTag.text { return plain }
      if tag > 0 { return Number(Int64(texts.number(of: "\(value.rational)"))) }
      if tag == ValueTag.date { return Number(Int64(texts.number(of: "\(value.date)"))) }
    case .flag:
      if tag == ValueTag.flag { return plain }
      if tag == ValueTag.text, let flag = YesNo.word(text(value)) { return Number(flag) }
      if tag > 0, value.numerator == 0 || value.numerator == value.denominator {
        return Number(value.numerator != 0)
      }
    }
    return Number(unknown)
  }

  /// Of a text.
  func text(_ value: Number) -> String { texts[Int(value.numerator)] }

  // MARK: comparisons of values that are no plain numbers

  /// What a comparison comes to where a side is not known, or carries its kind.
  func order(_ a: Number, _ b: Number, _ word: String, _ holds: (Int) -> Bool) -> Number {
    if !a.isKnown { return a }
    if !b.isKnown { return b }
    guard let order = Self.order(a, b) else { return unclear(word) }
    return Number(holds(order))
  }

  /// Nil where the values cannot be compared.
  private static func order(_ a: Number, _ b: Number) -> Int? {
    let (x, y) = (a.tag, b.tag)
    func order<T: Comparable>(_ a: T, _ b: T) -> Int { a == b ? 0 : (a < b ? -1 : 1) }
    if x > 0, y > 0 { return a.compare(b) }
    switch (x, y) {
    case (ValueTag.date, ValueTag.date): return order(a.numerator, b.numerator)
    // Texts and flags have no order.
    case (ValueTag.text, ValueTag.text), (ValueTag.flag, ValueTag.flag):
      return a.numerator == b.numerator ? 0 : 1
    case (ValueTag.elapsed, ValueTag.span): return order(a.ends.to, a.ends.from.adding(b.span))
    case (ValueTag.span, ValueTag.elapsed): return order(b.ends.from.adding(a.span), b.ends.to)
    case (ValueTag.elapsed, ValueTag.elapsed):
      return order(
        a.ends.to.dayNumber - a.ends.from.dayNumber, b.ends.to.dayNumber - b.ends.from.dayNumber)
    case (ValueTag.span, ValueTag.span):
      // Months and days have no common measure without a calendar.
      if a.span.months == b.span.months { return order(a.span.days, b.span.days) }
      return a.span.days == b.span.days ? order(a.span.months, b.span.months) : nil
    default: return nil
    }
  }

  /// Something that cannot use the value it was given.
  func unclear(_ word: String) -> Number {
    let index = program.words.firstIndex { $0.sameScalars(as: word) } ?? 0
    return Number(UnknownCode(.unclear, .word, index: index))
  }

  // MARK: instructions

  func compute(_ step: Instruction, _ at: inout Int, _ row: inout Int) throws(TooWide) {
    let r = registers
    let (target, a, b) = (Int(step.target), Int(step.a), Int(step.b))
    switch step.code {
    case .negate: r[target] = -r[a]
    case .absolute: r[target] = r[a].isNegative ? -r[a] : r[a]
    case .floor: r[target] = r[a].floor
    case .ceil: r[target] = -((-r[a]).floor)
    case .isBlank: r[target] = r[a].isBlank ? Number(true) : r[a].isKnown ? Number(false) : r[a]
    case .coalesce: if !r[a].isBlank { r[target] = r[a] } else { r[target] = r[b] }
    case .least: r[target] = chosen(r[a], r[b], .less)
    case .greatest: r[target] = chosen(r[a], r[b], .greater)
    case .ifUnknown:
      if !r[a].isKnown {
        r[target] = r[a]
        at = b
      }
    case .rowCount: r[target] = Number(Int64(rowCount))
    case .countUp:
      if r[a].isKnown {
        r[target] = try r[target] + r[a]
      } else {
        r[target] = r[a]
        row = rowCount
      }
    case .leastOfAll: r[target] = gathered(r[target], r[a], .less)
    case .greatestOfAll: r[target] = gathered(r[target], r[a], .greater)
    case .anyOfAll: if r[a].isTrue || (r[target].isFalse && !r[a].isKnown) { r[target] = r[a] }
    case .allOfAll: if r[a].isFalse || (r[target].isTrue && !r[a].isKnown) { r[target] = r[a] }
    case .named: r[target] = try named(a)
    default: try computeMore(step, row: row)
    }
  }

  private func computeMore(_ step: Instruction, row: Int) throws(TooWide) {
    let r = registers
    let (target, a, b) = (Int(step.target), Int(step.a), Int(step.b))
    switch step.code {
    case .each, .contains, .days, .months, .years, .elapsed, .later, .earlier, .addSpans, .subtractSpans:
      if !r[a].isKnown { return r[target] = r[a] }
      if !r[b].isKnown { return r[target] = r[b] }
      r[target] = try joined(step.code, r[a], r[b])
    case .read:
      let kind = ValueKind(rawValue: step.b & 255) ?? .anything
      r[target] = read(r[a], as: kind, else: UnknownCode(.unclear, .word, index: b >> 8))
    case .born: r[target] = birthday(row: b == 1 ? row : nil)
    case .birthOf: if r[a].isKnown { r[target] = birth(text(r[a]), row: row) } else { r[target] = r[a] }
    case .ageAt:
      r[target] =
        r[a].isKnown ? Number(Int64(r[a].date.months(to: r[b].date) / 12)) : r[a]
    case .paidElsewhere: r[target] = paidElsewhere(b)
    case .paidSince: r[target] = r[a].isKnown ? paid(since: r[a].date, b) : r[a]
    case .capUsed: r[target] = Number(used(by: program.caps[b]))
    default: preconditionFailure("a value nobody finds")
    }
  }

  private func joined(_ code: Instruction.Code, _ a: Number, _ b: Number) throws(TooWide) -> Number {
    switch code {
    case .each:
      if b.numerator <= 0 { return .notComputable }
      return a.isNegative ? .zero : try (a / b).floor
    case .contains: return Number(text(a).containsScalars(text(b)))
    case .days: return Number(Int64(b.date.dayNumber - a.date.dayNumber))
    case .months: return Number(Int64(a.date.months(to: b.date)))
    case .years: return Number(Int64(a.date.months(to: b.date) / 12))
    case .elapsed: return Number(from: b.date, to: a.date)
    case .later, .earlier:
      let sign = code == .later ? 1 : -1
      if b.tag == ValueTag.elapsed {
        return Number(a.date.adding(days: sign * Int(b.ends.to.dayNumber - b.ends.from.dayNumber)))
      }
      return Number(a.date.adding(months: sign * b.span.months).adding(days: sign * b.span.days))
    default:
      let sign = code == .addSpans ? 1 : -1
      guard a.tag == ValueTag.span, b.tag == ValueTag.span else {
        return unclear(code == .addSpans ? "+" : "-")
      }
      return Number(
        Span(months: a.span.months + sign * b.span.months, days: a.span.days + sign * b.span.days))
    }
  }

  /// The smaller or larger of two; the first where they cannot be compared.
  private func chosen(_ a: Number, _ b: Number, _ comparison: Comparison) -> Number {
    if !a.isKnown { return a }
    if !b.isKnown { return b }
    guard let order = Self.order(b, a) else { return a }
    return (comparison == .less ? order < 0 : order > 0) ? b : a
  }

  /// One more value of a function over rows, which begins with a value that is not known.
  private func gathered(_ sofar: Number, _ value: Number, _ comparison: Comparison) -> Number {
    if !sofar.isKnown { return sofar.unknown.origin == .word ? value : sofar }
    return chosen(sofar, value, comparison)
  }

  // MARK: named values and tables

  private func named(_ index: Int) throws(TooWide) -> Number {
    let value = program.values[index]
    if !valuesDone[index] {
      valuesDone[index] = true
      let begin = log.inputCount
      try withAllRows { () throws(TooWide) in try execute(value.code) }
      if isLogging {
        let inputs = log.takeInputs(from: begin)
        if registers[Int(value.result)].isKnown { valuesFound.append((index, inputs)) }
      }
    }
    return registers[Int(value.result)]
  }

  /// - Returns: false where the award waits for a key the table does not have.
  func lookUp(_ step: Instruction, _ at: inout Int, row: Int) -> Bool {
    let (number, first) = (Int(step.b), Int(step.a))
    let table = program.tables[number]
    var rows = table.rows
    for (level, kind) in table.kinds.enumerated() {
      let key = registers[first + level]
      guard
        let found = rows.first(where: { matches($0.key, key, kind) }) ?? rows.first(where: \.key.isOtherwise)
      else {
        return missing(key: shownKey(key, kind), step, &at, row: row)
      }
      switch found.cell {
      case .code(let place, _):
        at = Int(place)
        return true
      case .level(let inner): rows = inner
      }
    }
    return missing(key: "", step, &at, row: row)
  }

  private func missing(key: String, _ step: Instruction, _ at: inout Int, row: Int) -> Bool {
    let table = program.tables[Int(step.b)]
    if table.site >= 0 {
      outcome = .held
      holdForKey(key, table)
      return false
    }
    if isLogging {
      let place = table.isInRow ? claims[self.number(ofRow: row)].place : nil
      listedUnknowns.append(UnknownValue(name: table.name, place: place, why: .noSuchKey, key: key))
    }
    registers[Int(step.target)] = Number(
      UnknownCode(.noSuchKey, .listed, index: max(0, listedUnknowns.count - 1)))
    at = Int(table.end)
    return true
  }

  private func matches(_ key: TableCode.Key, _ value: Number, _ kind: ExpressionType) -> Bool {
    let tag = tag(value, kind)
    switch key {
    case .otherwise: return false
    case .range(let band): return tag > 0 && band.contains(value.rational)
    case .exactly(let text, let number, let own, let flag):
      switch tag {
      case ValueTag.text: return Int(value.numerator) == number
      case ValueTag.flag: return flag == value.isTrue
      case ValueTag.date: return text.sameScalars(as: "\(value.date)")
      case 1...:
        guard let own else { return text.sameScalars(as: "\(value.rational)") }
        return Rational.compare(
          own.numerator, own.denominator, Int128(value.numerator), Int128(value.denominator)) == 0
      default: return false
      }
    }
  }

  /// The tag of a value, which a type that is known tells too.
  private func tag(_ value: Number, _ kind: ExpressionType) -> Int {
    switch kind {
    case .text: ValueTag.text
    case .flag: ValueTag.flag
    case .date: ValueTag.date
    default: value.tag
    }
  }

  /// A value as keys of tables spell it.
  func shownKey(_ value: Number, _ kind: ExpressionType) -> String {
    switch tag(value, kind) {
    case ValueTag.text: text(value)
    case ValueTag.flag: value.isTrue ? "是" : "否"
    case ValueTag.date: "\(value.date)"
    case 1...: "\(value.rational)"
    default: ""
    }
  }
}

extension TableCode.Key {
  var isOtherwise: Bool {
    if case .otherwise = self { return true }
    return false
  }
}
