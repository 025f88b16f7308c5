import AidModel

/// Where expressions are evaluated: a person's counted rows and the facts around them.
struct Scope {
  /// Those the benefit at hand looks at.
  var rows: [Claim]
  /// All that count.
  let allRows: [Claim]
  let layout: Layout
  let roster: Claim?
  let paid: PaidBefore
  let period: Period
  let payDate: CivilDate
  let awarded: [AwardedElsewhere]
  let values: [NamedValue]
  let tables: [NamedTable]
  /// What the benefit at hand had before.
  var share: BenefitShare?
  /// The values of the benefit at hand, which are worked out over its own rows, once for each group of them.
  var ownValues: Range<Int> = 0..<0
  /// Yuan; set once a benefit has computed it.
  var base: Rational?
  /// Yuan; the amount of the benefit before the step at hand.
  var soFar = Rational.zero
  /// What named values have come to.
  private var known: [Int: EvaluatedValue] = [:]
  /// Named values worked out since they were last taken, in their order.
  private var found: [(index: Int, value: Value, inputs: [Input])] = []
  /// The one row names mean inside a function over rows, or while rows are counted.
  var current: Claim?
  /// What was read on the way, for the explanation.
  var inputs: [Input] = []

  init(
    rows: [Claim], layout: Layout, roster: Claim?, paid: PaidBefore, period: Period, payDate: CivilDate,
    awarded: [AwardedElsewhere] = [], values: [NamedValue] = [], tables: [NamedTable] = []
  ) {
    self.rows = rows
    allRows = rows
    self.values = values
    self.tables = tables
    self.layout = layout
    self.roster = roster
    self.paid = paid
    self.period = period
    self.payDate = payDate
    self.awarded = awarded
  }

  /// Evaluates and returns what was read for it.
  mutating func answer(to compiled: Compiled) -> (EvaluatedValue, [Input]) {
    inputs = []
    let value = evaluate(compiled.expression)
    return (value, inputs)
  }

  /// The same where only a value that can be computed is of use.
  mutating func value(of compiled: Compiled) throws(ArithmeticFailure) -> (EvaluatedValue, [Input]) {
    let answer = answer(to: compiled)
    if case .unknown(_, _, why: .notComputable) = answer.0 { throw .overflow }
    return answer
  }

  mutating func note(_ name: String, _ value: Value, _ place: Place?) -> EvaluatedValue {
    inputs.append(Input(name: name, value: value, place: place))
    return EvaluatedValue(value, name: name, place: place)
  }

  mutating func evaluate(_ expression: Expression) -> EvaluatedValue {
    switch expression.node {
    case .number(let value): return .number(value)
    case .text(let text): return .text(text)
    case .date(let date): return .date(date)
    case .span(let span): return .span(span)
    case .flag(let flag): return .flag(flag)
    case .column(let index): return column(index)
    case .roster(let name): return rosterValue(name)
    case .base: return .number(base ?? .zero)
    case .soFar: return .number(soFar)
    case .born: return born()
    case .named(let index): return named(index)
    case .lookup(let index, let keys): return lookUp(index, keys)
    case .payDate: return .date(payDate)
    case .periodFrom: return .date(period.from)
    case .periodTo: return .date(period.to)
    case .paid(let scope):
      let money = scope == .year ? paid.year : paid.lifetime
      return note(scope == .year ? "paid.year" : "paid.lifetime", .money(money), nil)
    case .timesPaid(let scope):
      let times = Int64(scope == .year ? paid.timesYear : paid.timesLifetime)
      return note("times_paid.\(scope.rawValue)", .number(DecimalNumber(mantissa: times)), nil)
    case .timesPaidHere(let scope): return timesPaidHere(scope)
    case .remembered(let name, let scope): return remembered(name, scope)
    case .paidElsewhere(let programme, let scope):
      let had = paid.elsewhere(programme)
      return note(
        "paid('\(programme)').\(scope.rawValue)", .money(scope == .year ? had.year : had.lifetime), nil)
    case .awarded(let programme): return awardedElsewhere(programme)
    case .read(let inner): return Self.read(evaluate(inner), as: expression.type, inner)
    case .negate(let inner): return negated(evaluate(inner))
    case .not(let inner):
      let value = evaluate(inner)
      if case .flag(let flag) = value { return .flag(!flag) }
      return value
    case .arithmetic(let operation, let a, let b):
      return arithmetic(operation, evaluate(a), evaluate(b))
    case .compare(let comparison, let a, let b):
      return Self.compare(comparison, evaluate(a), evaluate(b))
    case .and(let a, let b): return connect(a, b, decisive: false)
    case .or(let a, let b): return connect(a, b, decisive: true)
    case .inPeriod(let inner):
      let value = evaluate(inner)
      if case .date(let date) = value { return .flag(period.contains(date)) }
      return value
    case .inList(let inner, let items): return isIn(inner, items)
    case .isBlank(let inner):
      let value = evaluate(inner)
      if case .unknown(_, _, why: .blank) = value { return .flag(true) }
      return value.isUnknown ? value : .flag(false)
    case .choose(let condition, let yes, let no):
      let value = evaluate(condition)
      guard case .flag(let flag) = value else { return value }
      return evaluate(flag ? yes : no)
    case .aggregate(let aggregate, let inner): return overRows(aggregate, inner)
    case .call(let function, let arguments): return call(function, arguments)
    }
  }

  /// Inside one row its value; for the person the value all counted rows agree on, else unknown.
  private mutating func column(_ index: Int) -> EvaluatedValue {
    let name = layout.columns[index].name
    if let current { return note(name, current.value(at: index), current.place(ofColumn: index)) }
    guard let first = rows.first else { return .unknown(name: name, place: nil, why: .blank) }
    for other in rows.dropFirst() where other.value(at: index) != first.value(at: index) {
      return .unknown(name: name, place: other.place(ofColumn: index), why: .differs)
    }
    return note(name, first.value(at: index), first.place(ofColumn: index))
  }

  private mutating func rosterValue(_ name: String) -> EvaluatedValue {
    let full = "roster." + name
    guard let roster else { return .unknown(name: full, place: rows.first?.place, why: .blank) }
    guard let index = roster.source.layout.index(of: name) else {
      return .unknown(name: full, place: roster.place, why: .blank)
    }
    return note(full, roster.value(at: index), roster.place(ofColumn: index))
  }

  /// Zero where the person has no award of that programme; unknown while the award waits.
  private mutating func awardedElsewhere(_ programme: String) -> EvaluatedValue {
    let name = "awarded('\(programme)')"
    guard let other = awarded.first(where: { $0.programme.sameScalars(as: programme) }) else {
      return note(name, .money(.zero), nil)
    }
    guard let amount = other.amount else {
      return .unknown(name: name, place: rows.first?.place, why: .waits)
    }
    return note(name, .money(amount), nil)
  }

  /// Worked out over all counted rows when it is first needed; then known.
  private mutating func named(_ index: Int) -> EvaluatedValue {
    if known[index] == nil {
      let (outerInputs, outerRows, outerRow) = (inputs, rows, current)
      (inputs, rows, current) = ([], ownValues.contains(index) ? rows : allRows, nil)
      let value = evaluate(values[index].value.expression)
      known[index] = value
      if let shown = value.shown(as: values[index].value.type) { found.append((index, shown, inputs)) }
      (inputs, rows, current) = (outerInputs, outerRows, outerRow)
    }
    let value = known[index] ?? .notComputable
    if let shown = value.shown(as: values[index].value.type) {
      inputs.append(Input(name: values[index].name, value: shown))
    }
    return value
  }

  /// The values of a benefit, or of one group of it, are to be worked out anew.
  mutating func forget(_ values: Range<Int>) {
    for index in values { known[index] = nil }
    ownValues = values
  }

  /// Named values that were worked out since the last call.
  mutating func takeFoundValues() -> [(index: Int, value: Value, inputs: [Input])] {
    defer { found = [] }
    return found
  }

  private mutating func lookUp(_ index: Int, _ keys: [Expression]) -> EvaluatedValue {
    var values: [EvaluatedValue] = []
    for key in keys {
      let value = evaluate(key)
      if value.isUnknown { return value }
      values.append(value)
    }
    let table = tables[index]
    let found = Table.cell(table.rows, for: values[...])
    guard case .figure(let figure) = found.cell else {
      return .unknown(name: table.name, place: current?.place, why: .noSuchKey(found.missing))
    }
    return evaluate(figure.expression)
  }

  static func read(
    _ value: EvaluatedValue, as type: ExpressionType, _ source: Expression
  ) -> EvaluatedValue {
    switch (type, value) {
    case (_, .unknown): return value
    case (.number, .number), (.money, .number), (.text, .text), (.date, .date), (.flag, .flag): return value
    case (.text, .number(let number)): return .text("\(number)")
    case (.text, .date(let date)): return .text("\(date)")
    case (.flag, .text(let text)):
      if let flag = YesNo.word(text) { return .flag(flag) }
    case (.flag, .number(let number)) where number.isZero || number == .one: return .flag(number == .one)
    default: break
    }
    // The roster holds another kind of value than the policy expects: nobody can say.
    if case .roster(let name) = source.node { return .unknown(name: "roster." + name, place: nil) }
    return .unknown(name: type.rawValue, place: nil)
  }

  private func negated(_ value: EvaluatedValue) -> EvaluatedValue {
    if case .number(let number) = value { return .number(-number) }
    return value
  }

  private func arithmetic(
    _ operation: Arithmetic, _ a: EvaluatedValue, _ b: EvaluatedValue
  ) -> EvaluatedValue {
    if a.isUnknown { return a }
    if b.isUnknown { return b }
    switch (a, b) {
    case (.number(let x), .number(let y)):
      return Self.computed(operation, x, y)
    case (.date(let date), .date(let earlier)): return .elapsed(from: earlier, to: date)
    case (.date(let date), .elapsed(let from, let to)):
      let days = Int(to.dayNumber - from.dayNumber)
      return .date(date.adding(days: operation == .subtract ? -days : days))
    case (.date(let date), .span(let span)):
      let sign = operation == .subtract ? -1 : 1
      return .date(date.adding(months: sign * span.months).adding(days: sign * span.days))
    case (.span(let x), .span(let y)):
      let sign = operation == .subtract ? -1 : 1
      return .span(Span(months: x.months + sign * y.months, days: x.days + sign * y.days))
    default: return .unknown(name: "\(operation.rawValue)", place: nil)
    }
  }

  static func computed(_ operation: Arithmetic, _ x: Rational, _ y: Rational) -> EvaluatedValue {
    do {
      switch operation {
      case .add: return .number(try x + y)
      case .subtract: return .number(try x - y)
      case .multiply: return .number(try x * y)
      case .divide: return .number(try x / y)
      }
    } catch {
      return .notComputable
    }
  }

  static func compare(_ comparison: Comparison, _ a: EvaluatedValue, _ b: EvaluatedValue) -> EvaluatedValue {
    if a.isUnknown { return a }
    if b.isUnknown { return b }
    let order: Int
    switch (a, b) {
    case (.number(let x), .number(let y)): order = x.compare(y)
    case (.date(let x), .date(let y)): order = Self.order(x, y)
    case (.elapsed(let from, let to), .span(let span)): order = Self.order(to, from.adding(span))
    case (.span(let span), .elapsed(let from, let to)): order = Self.order(from.adding(span), to)
    case (.elapsed(let a, let b), .elapsed(let c, let d)):
      order = Self.order(b.dayNumber - a.dayNumber, d.dayNumber - c.dayNumber)
    // Months and days have no common measure without a calendar.
    case (.span(let x), .span(let y)) where x.months == y.months: order = Self.order(x.days, y.days)
    case (.span(let x), .span(let y)) where x.days == y.days: order = Self.order(x.months, y.months)
    case (.text(let x), .text(let y)): order = x.sameScalars(as: y) ? 0 : 1
    case (.flag(let x), .flag(let y)): order = x == y ? 0 : 1
    // A roster value of another kind than the policy expects: nobody can say.
    default: return .unknown(name: comparison.rawValue, place: nil)
    }
    switch comparison {
    case .equal: return .flag(order == 0)
    case .unequal: return .flag(order != 0)
    case .less: return .flag(order < 0)
    case .lessOrEqual: return .flag(order <= 0)
    case .greater: return .flag(order > 0)
    case .greaterOrEqual: return .flag(order >= 0)
    }
  }

  private static func order<T: Comparable>(_ a: T, _ b: T) -> Int { a == b ? 0 : (a < b ? -1 : 1) }

  /// `and`, `or`: one known side may decide, whatever the other is.
  private mutating func connect(
    _ a: Expression, _ b: Expression, decisive: Bool
  ) -> EvaluatedValue {
    let left = evaluate(a)
    if case .flag(decisive) = left { return left }
    let right = evaluate(b)
    if case .flag(decisive) = right { return right }
    return left.isUnknown ? left : right
  }

  private mutating func isIn(_ inner: Expression, _ items: [Expression])
    -> EvaluatedValue
  {
    let value = evaluate(inner)
    if value.isUnknown { return value }
    for item in items {
      if case .flag(true) = Self.compare(.equal, value, evaluate(item)) { return .flag(true) }
    }
    return .flag(false)
  }
}
