public import AidModel

/// What a key of `priority` says about one claim, in a form that can be put in order.
enum PoolValue: Sendable {
  /// Comes last, whichever way the key runs.
  case unknown
  /// Of a date its day number; of a condition 0 where it holds, which comes first, and 1 where it does not.
  case number(Rational)
  case text(String)
}

/// What orders the claims on a short fund: the values of `priority`'s keys, claim by claim.
public struct PoolKeys: Sendable {
  /// For each key whether the largest comes first.
  let descending: [Bool]
  /// Claim by claim, key by key.
  private(set) var short: [Fraction64] = []
  /// The claims of which a key is a text, or does not fit into two words.
  private(set) var exact: [Int: [PoolValue]] = [:]
  public private(set) var count = 0

  init(descending: [Bool]) { self.descending = descending }

  /// Keys of no claim yet. Policies that share a fund have keys of the same kind.
  public init(_ policy: Policy) { self.init(descending: policy.priority.map(\.descending)) }

  mutating func append(_ values: [PoolValue]) {
    for _ in descending { short.append(.notComputable) }
    exact[count] = values
    count += 1
  }

  mutating func append(short values: some Collection<Fraction64>) {
    short.append(contentsOf: values)
    count += 1
  }

  public mutating func append(_ other: PoolKeys) {
    for (index, values) in other.exact { exact[count + index] = values }
    short.append(contentsOf: other.short)
    count += other.count
  }

  /// −1, 0 or 1 as claim `a` comes before, with or after claim `b`.
  public func order(_ a: Int, _ b: Int) -> Int {
    for key in descending.indices {
      let order: Int
      if exact.isEmpty {
        order = Self.order(
          short[a * descending.count + key], short[b * descending.count + key], descending[key])
      } else {
        order = Self.order(value(a, key), value(b, key), descending[key])
      }
      if order != 0 { return order }
    }
    return 0
  }

  private func value(_ claim: Int, _ key: Int) -> PoolValue {
    if let values = exact[claim] { return values[key] }
    let number = short[claim * descending.count + key]
    return number.denominator == 0 ? .unknown : .number(number.rational)
  }

  private static func order(_ a: Fraction64, _ b: Fraction64, _ descending: Bool) -> Int {
    if a.denominator == 0 || b.denominator == 0 {
      return (a.denominator == 0 ? 1 : 0) - (b.denominator == 0 ? 1 : 0)
    }
    let order = Rational.compare(a.numerator, a.denominator, b.numerator, b.denominator)
    return descending ? -order : order
  }

  private static func order(_ a: PoolValue, _ b: PoolValue, _ descending: Bool) -> Int {
    let order: Int
    switch (a, b) {
    case (.number(let x), .number(let y)): order = x.compare(y)
    case (.text(let x), .text(let y)): order = x.sameScalars(as: y) ? 0 : (x.precedes(y) ? -1 : 1)
    case (.unknown, .unknown): return 0
    case (.unknown, _): return 1
    case (_, .unknown): return -1
    // The roster holds a number for one person and a text for another: numbers first.
    case (.number, .text): order = -1
    case (.text, .number): order = 1
    }
    return descending ? -order : order
  }
}

extension PoolKeys {
  /// Adds the keys of one award, in wide numbers.
  /// - Parameter rows: those of the award that count.
  public mutating func append(_ policy: Policy, _ person: PersonCase, rows: [Claim]) {
    if !policy.isCovered { return appendByTree(policy, person, rows: rows) }
    let run = ProgramRun(
      policy, policy.program, policy.wideAmountFigures, roster: person.roster?.source.layout,
      period: person.period,
      payDate: person.payDate, logging: nil)
    run.start()
    for row in rows { run.add(row) }
    let found = try? run.findKeys(paid: person.paid, roster: person.roster, awarded: person.awarded)
    let isKnown = !rows.isEmpty && found == true
    if isKnown { append(run) } else { append(policy.priority.map { _ in .unknown }) }
  }

  /// Adds the keys a run has found.
  mutating func append<Number: PolicyNumber>(_ run: ProgramRun<Number>) {
    let keys = run.program.keys
    if let run = run as? ProgramRun<Fraction64>, keys.allSatisfy({ $0.type.hasPlainOrder }) {
      append(
        short: keys.lazy.map { key in
          let value = run.registers[Int(key.register)]
          // Those who fulfil a condition come first.
          return key.type == .flag && value.isKnown ? Fraction64(value.isFalse) : value
        })
    } else {
      append(keys.map { run.poolValue($0.register, $0.type) })
    }
  }
}

extension ExpressionType {
  /// Its values are numbers in their order.
  fileprivate var hasPlainOrder: Bool { [.money, .number, .date, .flag].contains(self) }
}

extension ProgramRun {
  fileprivate func poolValue(_ register: Int32, _ type: ExpressionType) -> PoolValue {
    let value = registers[Int(register)]
    if !value.isKnown { return .unknown }
    switch (type, value.tag) {
    case (.text, _), (_, ValueTag.text): return .text(text(value))
    case (.flag, _), (_, ValueTag.flag): return .number(value.isTrue ? .zero : .one)
    case (.date, _), (_, ValueTag.date): return .number(Rational(Int64(value.date.dayNumber)))
    case (_, 1...): return .number(value.rational)
    default: return .unknown
    }
  }
}
