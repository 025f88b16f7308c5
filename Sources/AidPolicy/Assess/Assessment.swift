import AidModel

extension Policy {
  /// One assessment for `award_per: person`; one per row in file order for `award_per: row`, where what earlier rows
  /// got counts towards caps and limits.
  public func assess(_ person: PersonCase) -> [Assessment] {
    if awardPer == .person { return [assess(person, rows: person.rows, paid: person.paid)] }
    var paid = person.paid
    return person.rows.map { row in
      let result = assess(person, rows: [row], paid: paid)
      if result.outcome == .paid, let money = Money(exactly: result.trace.result) {
        paid.year += money
        paid.lifetime += money
        paid.timesYear += 1
        paid.timesLifetime += 1
      }
      return result
    }
  }

  private func assess(_ person: PersonCase, rows: [Claim], paid: PaidBefore) -> Assessment {
    var assessor = PersonAssessor(policy: self, person: person, rows: rows, paid: paid)
    do {
      try assessor.run()
    } catch {
      assessor.hold(PolicyFindings.notComputable, at: rows.first?.place, ["\(id)"])
    }
    return assessor.finish()
  }
}

extension Money {
  /// Nil unless the yuan are a whole number of fen.
  init?(exactly yuan: Rational) {
    guard let hundred = try? yuan * Rational(100), let fen = hundred.whole else { return nil }
    self.init(fen: fen)
  }
}

/// Leads one person through one policy.
struct PersonAssessor {
  let policy: Policy
  let person: PersonCase
  let rows: [Claim]
  let paid: PaidBefore
  var scope: Scope
  var trace = Trace()
  var outcome = RowOutcome.zero
  var reasons: [Reason] = []
  var findings: [Finding] = []
  var notCounted: [Int: Reason] = [:]
  var leastAmount: Money?
  var decided: Rational?

  init(policy: Policy, person: PersonCase, rows: [Claim], paid: PaidBefore) {
    self.policy = policy
    self.person = person
    self.rows = rows
    self.paid = paid
    scope = Scope(
      rows: rows, layout: policy.layout, roster: person.roster, paid: paid, period: person.period,
      payDate: person.payDate)
  }

  func say(_ zh: String, _ en: String) -> String { person.language == .zh ? zh : en }

  mutating func hold(_ kind: FindingKind, at place: Place?, column: String? = nil, _ arguments: [String]) {
    outcome = .held
    let finding = Finding(
      kind, at: place ?? rows.first?.place ?? Place(file: policy.id), column: column, arguments)
    findings.append(finding)
    reasons.append(Reason(code: kind.code, text: finding.message(person.language)))
  }

  mutating func holdUnknown(_ value: EvaluatedValue) {
    guard case .unknown(let name, let place) = value else { return }
    if findings.contains(where: { $0.kind.code == "UNKNOWN-VALUE" && $0.column == name }) { return }
    hold(PolicyFindings.unknownValue, at: place, column: name, [name])
  }

  mutating func run() throws(ArithmeticFailure) {
    guard try countRows(), try checkEligibility() else { return }
    var results: [Int] = []
    var gatesFailed = 0
    for benefit in policy.benefits {
      switch try assess(benefit) {
      case .amount: results.append(trace.steps.count - 1)
      case .gateFailed:
        gatesFailed += 1
        results.append(trace.steps.count - 1)
      case .held: return
      }
    }
    if policy.benefits.count > 1 { try trace.take("sum", clause: nil, .sum(of: results)) }
    guard try applyCaps(policy.caps, benefit: nil) else { return }
    guard try applyOffsets(policy.offset, benefit: nil) else { return }
    try trace.take("round", clause: nil, .round(unit: policy.rounding.unit, mode: policy.rounding.mode))
    if trace.result > .zero {
      outcome = .paid
    } else if gatesFailed == policy.benefits.count {
      outcome = .refused
    } else {
      outcome = .zero
    }
  }

  /// Leaves out the rows that do not count. False when nothing more is to be done.
  private mutating func countRows() throws(ArithmeticFailure) -> Bool {
    for (i, row) in rows.enumerated() {
      scope.current = row
      for condition in policy.counts {
        let (value, _) = try scope.value(of: condition.when)
        if value.isUnknown { holdUnknown(value) }
        if case .flag(false) = value {
          notCounted[i] = Reason(code: "count", text: condition.otherwise, clause: condition.clause)
          break
        }
      }
    }
    scope.current = nil
    let counted = rows.indices.filter { notCounted[$0] == nil }.map { rows[$0] }
    scope = Scope(
      rows: counted, layout: policy.layout, roster: person.roster, paid: paid, period: person.period,
      payDate: person.payDate)
    if counted.isEmpty, outcome != .held {
      outcome = .notCounted
      reasons = rows.indices.compactMap { notCounted[$0] }
      return false
    }
    return outcome != .held
  }

  private mutating func checkEligibility() throws(ArithmeticFailure) -> Bool {
    var unknown: [EvaluatedValue] = []
    for condition in policy.eligible {
      let (value, _) = try scope.value(of: condition.when)
      if value.isUnknown { unknown.append(value) }
      if case .flag(false) = value {
        reasons.append(Reason(code: "eligible", text: condition.otherwise, clause: condition.clause))
      }
    }
    if let limit = policy.limit {
      let had = limit.per == .year ? paid.timesYear : paid.timesLifetime
      if had >= limit.times {
        reasons.append(
          Reason(
            code: "limit",
            text: say("已补助 \(had) 次，最多 \(limit.times) 次", "paid \(had) times, at most \(limit.times)"),
            clause: limit.clause))
      }
    }
    // A certain no is a no, whatever else is unknown.
    if !reasons.isEmpty {
      outcome = .refused
      return false
    }
    for value in unknown { holdUnknown(value) }
    return unknown.isEmpty
  }

  /// Caps in order; false when a decision lies over one.
  mutating func applyCaps(_ caps: [Cap], benefit: String?) throws(ArithmeticFailure) -> Bool {
    for cap in caps {
      let (value, inputs) = try scope.value(of: cap.at)
      guard case .number(let at) = value else {
        holdUnknown(value)
        return false
      }
      let used: Rational
      switch cap.per {
      case .award: used = .zero
      case .year: used = paid.year.yuan
      case .lifetime: used = paid.lifetime.yuan
      }
      let before = trace.result
      let after = try trace.take(
        "cap.\(cap.per.rawValue)", clause: cap.clause, benefit: benefit, .cap(at: at, used: used),
        inputs: inputs)
      guard after < before else { continue }
      if let decided {
        let room = say(
          "\(cap.per.rawValue) 封顶余额 \(after)", "what the \(cap.per.rawValue) cap leaves, \(after)")
        hold(
          PolicyFindings.decisionRange, at: person.decision?.place, column: "amount", ["\(decided)", room])
        return false
      }
      reasons.append(
        Reason(
          code: "cap.\(cap.per.rawValue)",
          text: used.isZero
            ? say("按上限 \(at) 元发放", "limited to \(at)")
            : say("上限 \(at) 元，以往已发 \(used) 元", "limited to \(at), of which \(used) was paid before"),
          clause: cap.clause))
    }
    return true
  }

  mutating func applyOffsets(_ offsets: [ClausedAmount], benefit: String?) throws(ArithmeticFailure) -> Bool {
    for offset in offsets {
      let (value, inputs) = try scope.value(of: offset.amount)
      guard case .number(let amount) = value else {
        holdUnknown(value)
        return false
      }
      try trace.take(
        "offset", clause: offset.clause, benefit: benefit,
        .offset(expression: offset.amount.source, value: amount), inputs: inputs)
    }
    return true
  }

  func finish() -> Assessment {
    let award = rows.enumerated().map { i, row in
      if let reason = notCounted[i], outcome != .held {
        return AwardRow(claim: row, outcome: .notCounted, reason: reason)
      }
      return AwardRow(claim: row, outcome: outcome, reason: reasons.first)
    }
    return Assessment(
      rows: award, outcome: outcome, trace: trace, reasons: reasons, findings: findings,
      leastAmount: leastAmount)
  }
}
