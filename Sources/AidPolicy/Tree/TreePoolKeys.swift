import AidModel

extension PoolKeys {
  mutating func appendByTree(_ policy: Policy, _ person: PersonCase, rows: [Claim]) {
    var scope = Scope(
      rows: rows, layout: policy.layout, roster: person.roster, paid: person.paid,
      period: person.period, payDate: person.payDate, awarded: person.awarded, values: policy.values,
      tables: policy.tables)
    append(policy.priority.map { key in PoolValue(scope.answer(to: key.value).0) })
  }
}

extension PoolValue {
  init(_ value: EvaluatedValue) {
    switch value {
    case .number(let number): self = .number(number)
    case .date(let date): self = .number(Rational(Int64(date.dayNumber)))
    case .flag(let flag): self = .number(flag ? .zero : .one)
    case .text(let text): self = .text(text)
    case .unknown, .span, .elapsed: self = .unknown
    }
  }
}
