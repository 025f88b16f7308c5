import AidModel

/// Expressions to instructions.
extension QuickCompiler {
  /// The register an expression's value stands in.
  mutating func value(_ expression: Expression) throws(NotCovered) -> Register {
    if let number = Self.folded(expression) { return try constant(number) }
    switch expression {
    case .text(let text):
      let known = self.text(text)
      return try constant(known)
    case .date(let date): return try constant(ShortFraction(Int64(date.dayNumber)))
    case .flag(let flag): return try constant(ShortFraction(flag))
    case .base: return fixed(.base)
    case .payDate: return fixed(.payDate)
    case .periodFrom: return fixed(.periodFrom)
    case .periodTo: return fixed(.periodTo)
    case .paid(let past):
      program.usesHistory = true
      return fact("paid.\(past.rawValue)", isMoney: true, fixed(past == .year ? .paidYear : .paidLifetime))
    case .timesPaid(let past):
      program.usesHistory = true
      return fact(
        "times_paid.\(past.rawValue)", isMoney: false, fixed(past == .year ? .timesYear : .timesLifetime))
    case .awarded(let programme):
      guard let index = program.awarded.firstIndex(where: { $0.sameScalars(as: programme) }) else {
        throw NotCovered()
      }
      return fact("awarded('\(programme)')", isMoney: true, UInt16(program.awardedFrom + index))
    default:
      let target = try fresh()
      try compute(expression, into: target)
      return target
    }
  }

  /// Something that is read and is no cell.
  private mutating func fact(_ name: String, isMoney: Bool, _ register: Register) -> Register {
    if isLogging {
      emit(.fact, 0, register, UInt16(program.facts.count))
      program.facts.append((name, isMoney))
    }
    return register
  }

  /// A number that is the same for everybody.
  private static func folded(_ expression: Expression) -> Rational? {
    switch expression {
    case .number(let value): return value
    case .negate(let inner): return folded(inner).map { -$0 }
    case .arithmetic(let operation, let a, let b):
      guard let x = folded(a), let y = folded(b) else { return nil }
      switch operation {
      case .add: return try? x + y
      case .subtract: return try? x - y
      case .multiply: return try? x * y
      case .divide: return try? x / y
      }
    default: return nil
    }
  }

  private mutating func compute(_ expression: Expression, into target: Register) throws(NotCovered) {
    switch expression {
    case .column(let index):
      let wanted = Self.wanted(NameTable.type(of: layout.columns[index]))
      emit(isInRow ? .rowCell : .personCell, target, slot(ofColumn: index), wanted.rawValue)
    case .roster(let name):
      let wanted = PolicyReader.rosterTypes[name].map(Self.wanted) ?? .anything
      emit(.rosterCell, target, slot(ofRoster: name), wanted.rawValue)
    case .read(.roster(let name), let type):
      emit(.rosterCell, target, slot(ofRoster: name), Self.wanted(type).rawValue)
    case .negate(let inner): emit(.negate, target, try value(inner))
    case .not(let inner): emit(.not, target, try value(inner))
    case .isBlank(let inner): emit(.isBlank, target, try value(inner))
    case .arithmetic(let operation, let a, let b): try arithmetic(operation, a, b, into: target)
    case .compare(let comparison, let a, let b): try compare(comparison, a, b, into: target)
    case .and(let a, let b): try connect(a, b, .jumpUnless, into: target)
    case .or(let a, let b): try connect(a, b, .jumpIf, into: target)
    case .inPeriod(let inner):
      let date = try value(inner)
      emit(.lessOrEqual, target, fixed(.periodFrom), date)
      let out = jump(.jumpUnless, target)
      emit(.lessOrEqual, target, date, fixed(.periodTo))
      land(out)
    case .inList(let inner, let items): try membership(inner, items, into: target)
    case .choose(let condition, let yes, let no):
      let otherwise = jump(.jumpUnless, try value(condition))
      emit(.copy, target, try value(yes))
      let end = jump(.jump)
      land(otherwise)
      emit(.copy, target, try value(no))
      land(end)
    case .aggregate(let aggregate, let inner): try overRows(aggregate, inner, into: target)
    case .call(let function, let arguments): try call(function, arguments, into: target)
    case .soFar, .named, .lookup, .born: throw NotCovered()
    default: emit(.copy, target, try value(expression))
    }
  }

  private static func wanted(_ type: ExpressionType) -> CellWanted {
    switch type {
    case .money, .number: .number
    case .text: .text
    case .date: .date
    case .flag: .flag
    default: .anything
    }
  }

  /// What kind of value it is, told by its form; nil: only the roster knows.
  private func type(of expression: Expression) -> ExpressionType? {
    switch expression {
    case .named, .lookup: return nil
    case .number, .negate, .base, .soFar, .paid, .timesPaid, .paidElsewhere, .awarded: return .number
    case .text: return .text
    case .date, .born, .payDate, .periodFrom, .periodTo: return .date
    case .span: return .span
    case .flag, .not, .compare, .and, .or, .inPeriod, .inList, .isBlank: return .flag
    case .column(let index):
      let type = NameTable.type(of: layout.columns[index])
      return type == .money ? .number : (type == .dynamic ? nil : type)
    case .roster(let name): return PolicyReader.rosterTypes[name]
    case .read(_, let type): return type == .money ? .number : type
    case .arithmetic(_, let a, let b):
      guard let x = type(of: a), let y = type(of: b) else { return nil }
      if x == .date { return y == .date ? .span : .date }
      return x
    case .choose(_, let yes, let no): return type(of: yes) == type(of: no) ? type(of: yes) : nil
    case .aggregate(let aggregate, let inner):
      switch aggregate {
      case .sum, .count: return .number
      case .any, .all: return .flag
      case .min, .max: return inner.flatMap(type)
      }
    case .call(let function, let arguments):
      switch function {
      case .abs, .floor, .ceil, .days, .months, .years, .paidSince, .timesSince, .each, .age: return .number
      case .contains: return .flag
      case .min, .max, .coalesce:
        let types = arguments.map(type)
        return types.allSatisfy { $0 == types[0] } ? types[0] : nil
      }
    }
  }

  private mutating func arithmetic(
    _ operation: Arithmetic, _ a: Expression, _ b: Expression, into target: Register
  ) throws(NotCovered) {
    switch (type(of: a), type(of: b)) {
    case (.number, .number):
      let code: Instruction.Code =
        switch operation {
        case .add: .add
        case .subtract: .subtract
        case .multiply: .multiply
        case .divide: .divide
        }
      emit(code, target, try value(a), try value(b))
    case (.date, .span):
      guard case .span(let span) = b else { throw NotCovered() }
      emit(operation == .subtract ? .earlier : .later, target, try value(a), place(of: span))
    default: throw NotCovered()
    }
  }

  private mutating func place(of span: Span) -> UInt16 {
    if let known = program.spans.firstIndex(of: span) { return UInt16(known) }
    program.spans.append(span)
    return UInt16(program.spans.count - 1)
  }

  private mutating func compare(
    _ comparison: Comparison, _ a: Expression, _ b: Expression, into target: Register
  ) throws(NotCovered) {
    // The time between two days is longer than a span where the later day is past the earlier one and the span.
    if case .span(let span) = b, case .arithmetic(.subtract, let to, let from) = a, type(of: a) == .span,
      type(of: to) == .date
    {
      let (limit, last) = (try fresh(), try value(to))
      emit(.later, limit, try value(from), place(of: span))
      return emit(comparison, last, limit, into: target)
    }
    if case .span(let span) = a, case .arithmetic(.subtract, let to, let from) = b, type(of: b) == .span,
      type(of: to) == .date
    {
      let (limit, last) = (try fresh(), try value(to))
      emit(.later, limit, try value(from), place(of: span))
      return emit(comparison, limit, last, into: target)
    }
    switch (type(of: a), type(of: b)) {
    case (.text, .text):
      guard comparison == .equal || comparison == .unequal else { throw NotCovered() }
      emit(comparison == .equal ? .sameText : .otherText, target, try value(a), try value(b))
    case (.number, .number), (.date, .date), (.flag, .flag):
      emit(comparison, try value(a), try value(b), into: target)
    default: throw NotCovered()
    }
  }

  private mutating func emit(_ comparison: Comparison, _ a: Register, _ b: Register, into target: Register) {
    switch comparison {
    case .equal: emit(.equal, target, a, b)
    case .unequal: emit(.unequal, target, a, b)
    case .less: emit(.less, target, a, b)
    case .lessOrEqual: emit(.lessOrEqual, target, a, b)
    case .greater: emit(.less, target, b, a)
    case .greaterOrEqual: emit(.lessOrEqual, target, b, a)
    }
  }

  private mutating func connect(
    _ a: Expression, _ b: Expression, _ decided: Instruction.Code, into target: Register
  ) throws(NotCovered) {
    emit(.copy, target, try value(a))
    let out = jump(decided, target)
    emit(.copy, target, try value(b))
    land(out)
  }

  private mutating func membership(
    _ inner: Expression, _ items: [Expression], into target: Register
  ) throws(NotCovered) {
    let own = try fresh()
    emit(.copy, own, try value(inner))
    let kind = type(of: inner)
    var outs: [Int] = []
    for item in items {
      guard let kind, type(of: item) == kind, kind != .span else { throw NotCovered() }
      emit(kind == .text ? .sameText : .equal, target, own, try value(item))
      outs.append(jump(.jumpIf, target))
    }
    for out in outs { land(out) }
  }

  private mutating func overRows(
    _ aggregate: Aggregate, _ inner: Expression?, into target: Register
  ) throws(NotCovered) {
    // While rows are counted the row at hand is one of them.
    if isInRow { throw NotCovered() }
    guard let inner else { return emit(.rowCount, target) }
    let start: ShortFraction
    switch aggregate {
    case .sum, .count: start = .zero
    case .any: start = ShortFraction(false)
    case .all: start = ShortFraction(true)
    case .min, .max: start = .blank
    }
    guard [.number, .date, .flag].contains(type(of: inner)) else { throw NotCovered() }
    emit(.copy, target, try constant(start))
    isInRow = true
    defer { isInRow = false }
    emit(.firstRow)
    let body = UInt16(code.count)
    let one = try value(inner)
    switch aggregate {
    case .sum, .count: emit(.sumUp, target, one)
    case .min: emit(.leastOfAll, target, one)
    case .max: emit(.greatestOfAll, target, one)
    // Flags are 0 and 1.
    case .any: emit(.greatest, target, target, one)
    case .all: emit(.least, target, target, one)
    }
    emit(.nextRow, 0, 0, body)
  }

  private mutating func call(
    _ function: Function, _ arguments: [Expression], into target: Register
  ) throws(NotCovered) {
    var values: [Register] = []
    for argument in arguments { values.append(try value(argument)) }
    switch function {
    case .abs: emit(.absolute, target, values[0])
    case .floor: emit(.floor, target, values[0])
    case .ceil: emit(.ceil, target, values[0])
    case .days: emit(.days, target, values[0], values[1])
    case .months: emit(.months, target, values[0], values[1])
    case .years: emit(.years, target, values[0], values[1])
    case .min, .max:
      guard let kind = type(of: arguments[0]), kind == .number || kind == .date,
        arguments.allSatisfy({ type(of: $0) == kind })
      else { throw NotCovered() }
      emit(.copy, target, values[0])
      for other in values.dropFirst() { emit(function == .min ? .least : .greatest, target, target, other) }
    case .paidSince, .timesSince, .each, .contains, .age: throw NotCovered()
    case .coalesce:
      emit(.copy, target, values[values.count - 1])
      for other in values.dropLast().reversed() { emit(.coalesce, target, other, target) }
    }
  }
}
