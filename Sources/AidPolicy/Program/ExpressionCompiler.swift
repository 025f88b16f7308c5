import AidModel

/// Expressions to instructions.
extension ProgramCompiler {
  /// The register an expression's value stands in.
  mutating func value(_ expression: Expression) -> Register {
    if let number = Self.folded(expression) { return constant(number) }
    switch expression.node {
    case .text(let text): return constant(.parts(Int64(self.text(text)), 1))
    case .date(let date): return constant(.parts(Int64(date.dayNumber), 1))
    case .flag(let flag): return constant(flag)
    case .span(let span):
      let packed = Fraction64(span)
      return constant(.parts(packed.numerator, packed.denominator))
    case .base: return fixed(.base)
    case .payDate: return fixed(.payDate)
    case .periodFrom: return fixed(.periodFrom)
    case .periodTo: return fixed(.periodTo)
    case .paid(let past):
      program.usesHistory = true
      return fact("paid.\(past.rawValue)", .money, fixed(past == .year ? .paidYear : .paidLifetime))
    case .timesPaid(let past):
      program.usesHistory = true
      return fact(
        "times_paid.\(past.rawValue)", .number, fixed(past == .year ? .timesYear : .timesLifetime))
    case .awarded(let programme):
      guard let index = program.awarded.firstIndex(where: { $0.sameScalars(as: programme) }) else {
        preconditionFailure("the reader lets only programmes under 'after' be named")
      }
      return fact("awarded('\(programme)')", .money, Register(program.awardedFrom + index))
    default:
      let target = fresh()
      compute(expression, into: target)
      return target
    }
  }

  /// Something that is read and is no cell.
  private mutating func fact(
    _ name: String, _ type: ExpressionType, _ register: Register, isPlain: Bool = true
  ) -> Register {
    if isLogging {
      let fact = PolicyProgram.Fact(name: name, type: type, isPlain: isPlain)
      emit(.fact, 0, register, Int32(number(of: fact)))
    }
    return register
  }

  /// The index of a fact. One that is read in several places has one, so that a step lists it once.
  private mutating func number(of fact: PolicyProgram.Fact) -> Int {
    let known = program.facts.firstIndex {
      $0.name.sameScalars(as: fact.name) && $0.type == fact.type && $0.isPlain == fact.isPlain
    }
    if let known { return known }
    program.facts.append(fact)
    return program.facts.count - 1
  }

  /// A number that is the same for everybody.
  private static func folded(_ expression: Expression) -> Rational? {
    switch expression.node {
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

  private mutating func compute(_ expression: Expression, into target: Register) {
    switch expression.node {
    case .column(let index): read(column: index, as: Self.kind(expression.type), into: target)
    case .roster(let name):
      emit(.rosterCell, target, slot(ofRoster: name), ValueKind.anything.rawValue)
      program.usesClaims = true
    case .read(let inner): read(inner, as: expression.type, into: target)
    case .soFar: emit(.copy, target, amountBefore ?? fixed(.amount))
    case .born:
      born(into: target)
    case .named(let index):
      emit(.named, target, Register(index))
      _ = fact(draft.values[index].name, draft.values[index].value.type, target, isPlain: false)
    case .lookup(let index, let keys): lookUp(index, keys, into: target)
    case .paidElsewhere(let programme, let scope):
      emit(.paidElsewhere, target, 0, past(programme, scope == .year ? .year : .lifetime))
    case .negate(let inner): emit(.negate, target, value(inner))
    case .not(let inner): emit(.not, target, value(inner))
    case .isBlank(let inner): emit(.isBlank, target, namedText(inner))
    case .arithmetic(let operation, let a, let b): arithmetic(operation, a, b, into: target)
    case .compare(let comparison, let a, let b): compare(comparison, a, b, into: target)
    case .and(let a, let b): connect(a, b, .jumpUnless, .both, into: target)
    case .or(let a, let b): connect(a, b, .jumpIf, .either, into: target)
    case .inPeriod(let inner):
      let date = value(inner)
      emit(.lessOrEqual, target, fixed(.periodFrom), date)
      let out = jump(.jumpUnless, 0, target)
      emit(.lessOrEqual, target, date, fixed(.periodTo))
      land(out)
    case .inList(let inner, let items): membership(inner, items, into: target)
    case .choose(let condition, let yes, let no):
      let otherwise = jump(.choose, target, value(condition))
      emit(.copy, target, value(yes))
      let end = jump(.jump)
      land(otherwise)
      emit(.copy, target, value(no))
      land(end)
    case .aggregate(let aggregate, let inner): overRows(aggregate, inner, into: target)
    case .call(let function, let arguments): call(function, arguments, into: target)
    default: emit(.copy, target, value(expression))
    }
  }

  // MARK: cells

  private static func kind(_ type: ExpressionType) -> ValueKind {
    switch type {
    case .money, .number: .number
    case .text: .text
    case .date: .date
    case .flag: .flag
    default: .anything
    }
  }

  private mutating func read(column index: Int, as kind: ValueKind, into target: Register) {
    emit(isInRow ? .rowCell : .personCell, target, slot(ofColumn: index), kind.rawValue)
    if kind == .text || kind == .anything { program.usesClaims = true }
  }

  private mutating func read(_ inner: Expression, as type: ExpressionType, into target: Register) {
    if case .roster(let name) = inner.node {
      emit(.rosterCell, target, slot(ofRoster: name), Self.kind(type).rawValue)
      if type == .text { program.usesClaims = true }
    } else {
      let value = value(inner)
      emit(.read, target, value, Self.kind(type).rawValue | Int32(word(type.rawValue)) << 8)
      program.usesClaims = true
    }
  }

  /// A text of which only those the policy names need be told apart.
  private mutating func namedText(_ expression: Expression) -> Register {
    guard expression.type == .text else { return value(expression) }
    switch expression.node {
    case .column(let index):
      let target = fresh()
      read(column: index, as: .namedText, into: target)
      return target
    case .read(let inner):
      guard case .roster(let name) = inner.node else { return value(expression) }
      let target = fresh()
      emit(.rosterCell, target, slot(ofRoster: name), ValueKind.namedText.rawValue)
      return target
    default: return value(expression)
    }
  }

  private static func isLiteralText(_ expression: Expression) -> Bool {
    if case .text = expression.node { return true }
    return false
  }

  // MARK: operators

  private mutating func arithmetic(
    _ operation: Arithmetic, _ a: Expression, _ b: Expression, into target: Register
  ) {
    let (x, y) = (value(a), value(b))
    let numeric: [ExpressionType] = [.money, .number]
    switch (a.type, b.type, operation) {
    case (.date, .date, _): emit(.elapsed, target, x, y)
    case (.date, _, .subtract): emit(.earlier, target, x, y)
    case (.date, _, _): emit(.later, target, x, y)
    case (.span, _, _):
      _ = word(operation.rawValue)
      emit(operation == .add ? .addSpans : .subtractSpans, target, x, y)
    default:
      precondition(numeric.contains(a.type) && numeric.contains(b.type), "the parser has checked types")
      switch operation {
      case .add: emit(.add, target, x, y)
      case .subtract: emit(.subtract, target, x, y)
      case .multiply: emit(.multiply, target, x, y)
      case .divide: emit(.divide, target, x, y)
      }
    }
  }

  private mutating func compare(
    _ comparison: Comparison, _ a: Expression, _ b: Expression, into target: Register
  ) {
    if a.type == .text, b.type == .text {
      let x = Self.isLiteralText(b) ? namedText(a) : value(a)
      let y = Self.isLiteralText(a) ? namedText(b) : value(b)
      return emit(comparison == .equal ? .sameText : .otherText, target, x, y)
    }
    let (x, y) = (value(a), value(b))
    _ = word(comparison.rawValue)
    switch comparison {
    case .equal: emit(.equal, target, x, y)
    case .unequal: emit(.unequal, target, x, y)
    case .less: emit(.less, target, x, y)
    case .lessOrEqual: emit(.lessOrEqual, target, x, y)
    case .greater: emit(.greater, target, x, y)
    case .greaterOrEqual: emit(.greaterOrEqual, target, x, y)
    }
  }

  private mutating func connect(
    _ a: Expression, _ b: Expression, _ decided: Instruction.Code, _ joined: Instruction.Code,
    into target: Register
  ) {
    emit(.copy, target, value(a))
    let out = jump(decided, 0, target)
    emit(joined, target, target, value(b))
    land(out)
  }

  private mutating func membership(
    _ inner: Expression, _ items: [Expression], into target: Register
  ) {
    let isNamed = items.allSatisfy(Self.isLiteralText)
    let own = fresh()
    emit(.copy, own, isNamed ? namedText(inner) : value(inner))
    var outs = [jump(.ifUnknown, target, own)]
    _ = word(Comparison.equal.rawValue)
    for item in items {
      emit(inner.type == .text ? .sameText : .equal, target, own, value(item))
      outs.append(jump(.jumpIf, 0, target))
    }
    // An item that is not known is none that the value could be shown to equal.
    emit(.copy, target, constant(false))
    for out in outs { land(out) }
  }

  // MARK: rows and functions

  private mutating func overRows(_ aggregate: Aggregate, _ inner: Expression?, into target: Register) {
    guard let inner else { return emit(.rowCount, target) }
    let start: Register =
      switch aggregate {
      case .sum, .count: constant(.zero)
      case .any: constant(false)
      case .all: constant(true)
      case .min, .max: unknown(aggregate.rawValue)
      }
    emit(.copy, target, start)
    let outer = isInRow
    isInRow = true
    let outerRow = fresh()
    emit(.firstRow, outerRow)
    let body = Int32(code.count)
    let one = value(inner)
    let operation: Instruction.Code =
      switch aggregate {
      case .sum: .sumUp
      case .count: .countUp
      case .min: .leastOfAll
      case .max: .greatestOfAll
      case .any: .anyOfAll
      case .all: .allOfAll
      }
    emit(operation, target, one)
    emit(.nextRow, outerRow, 0, body)
    isInRow = outer
  }

  private mutating func call(_ function: Function, _ arguments: [Expression], into target: Register) {
    switch function {
    case .paidSince, .timesSince:
      var programme: String?
      if arguments.count == 2, case .text(let name) = arguments[0].node { programme = name }
      let day = value(arguments[arguments.count - 1])
      return emit(
        .paidSince, target, day, past(programme, function == .paidSince ? .since : .timesSince))
    case .age: return age(arguments, into: target)
    default: break
    }
    var values: [Register] = []
    for argument in arguments { values.append(value(argument)) }
    let (x, y) = (values[0], values.count > 1 ? values[1] : 0)
    switch function {
    case .abs: emit(.absolute, target, x)
    case .floor: emit(.floor, target, x)
    case .ceil: emit(.ceil, target, x)
    case .days: emit(.days, target, x, y)
    case .months: emit(.months, target, x, y)
    case .years: emit(.years, target, x, y)
    case .each: emit(.each, target, x, y)
    case .contains:
      program.usesClaims = true
      emit(.contains, target, x, y)
    case .coalesce:
      emit(.copy, target, values[values.count - 1])
      for other in values.dropLast().reversed() { emit(.coalesce, target, other, target) }
    default:
      emit(.copy, target, x)
      for other in values.dropFirst() { emit(function == .min ? .least : .greatest, target, target, other) }
    }
  }

  private mutating func age(_ arguments: [Expression], into target: Register) {
    program.usesClaims = true
    let day = value(arguments[0])
    var outs = [jump(.ifUnknown, target, day)]
    let birth = fresh()
    if arguments.count == 2 {
      let number = value(arguments[1])
      outs.append(jump(.ifUnknown, target, number))
      emit(.birthOf, birth, number, isInRow ? 1 : 0)
    } else {
      born(into: birth)
    }
    emit(.ageAt, target, birth, day)
    for out in outs { land(out) }
  }

  private mutating func born(into target: Register) {
    program.usesClaims = true
    for name in NameTable.birthdayColumns { _ = slot(ofRoster: name) }
    emit(.born, target, 0, isInRow ? 1 : 0)
  }

  private mutating func past(_ programme: String?, _ what: PolicyProgram.PastFact) -> Int32 {
    program.usesHistory = true
    program.past.append((programme, what))
    return Int32(program.past.count - 1)
  }
}
