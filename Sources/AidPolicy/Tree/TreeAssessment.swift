import AidModel

extension Policy {
  /// What the policy says, worked out by walking its expressions as they are written: the oracle of the program.
  func assessByTree(_ person: PersonCase) -> [Assessment] {
    if awardPer == .person {
      return [assessByTree(person, rows: inOrder(person), paid: person.paid, person.decisions.first ?? nil)]
    }
    return assessRows(person) { row, paid, decision in
      assessByTree(person, rows: [row], paid: paid, decision)
    }
  }

  private func assessByTree(
    _ person: PersonCase, rows: [Claim], paid: PaidBefore, _ decision: Decision?
  ) -> Assessment {
    var assessor = PersonAssessor(policy: self, person: person, rows: rows, paid: paid, decision: decision)
    assessor.run()
    return assessor.finish()
  }
}

/// Leads one person through one policy.
struct PersonAssessor {
  let policy: Policy
  let person: PersonCase
  let rows: [Claim]
  let paid: PaidBefore
  let decision: Decision?
  var scope: Scope
  var trace = Trace()
  var outcome = RowOutcome.zero
  var reasons: [Reason] = []
  var findings: [Finding] = []
  var notCounted: [Int: Reason] = [:]
  var leastAmount: Money?
  /// The committee's amount, once a benefit has taken it.
  var decided: Rational?
  /// The committee has decided on nothing.
  var isDeclined = false
  /// The benefit being worked out: where an award waits, the one it waits for.
  var heldBenefit: String?
  /// What the benefits have said, once all of them failed at their gate, were declined or are over their limit:
  /// nothing that comes after can change that.
  var certainNo: [Reason]?
  /// The group of the benefit's rows being worked out.
  var group: String?
  /// What the award keeps of values.
  var remembered: [RememberedFigure] = []
  /// How far the person is from the nearest threshold of a benefit that gives nothing.
  var nearest = NearestThreshold()

  init(policy: Policy, person: PersonCase, rows: [Claim], paid: PaidBefore, decision: Decision?) {
    self.policy = policy
    self.person = person
    self.rows = rows
    self.paid = paid
    self.decision = decision
    scope = Self.scope(policy, person, rows, paid)
  }

  static func scope(
    _ policy: Policy, _ person: PersonCase, _ rows: [Claim], _ paid: PaidBefore
  ) -> Scope {
    Scope(
      rows: rows, layout: policy.layout, roster: person.roster, paid: paid, period: person.period,
      payDate: person.payDate, awarded: person.awarded, values: policy.values, tables: policy.tables)
  }

  func say(_ zh: String, _ en: String) -> String { person.language == .zh ? zh : en }

  mutating func hold(_ kind: FindingKind, at place: Place?, column: String? = nil, _ arguments: [String]) {
    outcome = .held
    let finding = Finding(
      kind, at: place ?? rows.first?.place ?? Place(file: policy.id), column: column, arguments)
    findings.append(finding)
    reasons.append(Reason(code: kind.code, text: finding.message(person.language)))
  }

  mutating func holdUnknown(_ value: EvaluatedValue, in compiled: Compiled) {
    guard case .unknown(let name, let place, let why) = value else { return }
    if why == .notComputable {
      return hold(PolicyFindings.notComputable, at: scope.current?.place, [compiled.source])
    }
    if case .benefitUnknown(let payment) = why { return holdUnclear(payment) }
    if findings.contains(where: { $0.kind.code == "UNKNOWN-VALUE" && $0.column == name }) { return }
    let words = EvaluatedValue.words(why)
    hold(PolicyFindings.unknownValue, at: place, column: name, [name, words.zh, words.en])
  }

  mutating func run() {
    guard countRows() else { return }
    let isEligible = checkEligibility()
    if isEligible { assessAmountOrHold() }
    // A certain no is a no, whatever else is unknown or undecided.
    if outcome != .held { return }
    refuseOverLimit()
    if outcome != .held { return }
    if !isEligible {
      // The benefits may refuse the award all the same.
      var other = self
      (other.outcome, other.findings, other.reasons) = (.zero, [], [])
      other.assessAmountOrHold()
      if other.outcome == .refused || other.certainNo != nil { self = other }
    }
    if let certainNo { (outcome, findings, reasons, remembered) = (.refused, [], certainNo, []) }
  }

  private mutating func assessAmountOrHold() {
    do {
      try assessAmount()
    } catch {
      hold(PolicyFindings.notComputable, at: rows.first?.place, [heldBenefit ?? policy.title])
    }
  }

  /// What the benefits come to, and what is left of it.
  private mutating func assessAmount() throws(ArithmeticFailure) {
    guard let benefits = try assessBenefits() else { return }
    if benefits.applying == 0 { return refuseAsNothingApplies() }
    if benefits.failed + benefits.over == benefits.applying { certainNo = reasons }
    guard try applyCaps(policy.caps, benefit: nil) else { return }
    switch reached(policy.limits, of: nil) {
    case .none: break
    case .held: return
    case .over(let limit, let had):
      try trace.take(
        "limit", clause: limit.clause,
        .gate(condition: "\(limit.source) < \(limit.times.source)", held: false),
        inputs: [Input(name: limit.source, value: .number(DecimalNumber(mantissa: Int64(had))))])
      refuseOverLimit()
      return
    }
    guard try applyOffsets(policy.offset, benefit: nil), try remember() else { return }
    let rounding = policy.rounding
    try trace.take("round", clause: rounding.clause, .round(unit: rounding.unit, mode: rounding.mode))
    if trace.result > .zero {
      // What the places look at must be known before anybody takes one.
      if policy.places != nil, placeTerms() == nil { return }
      outcome = .paid
    } else if benefits.failed + benefits.over == benefits.applying {
      outcome = .refused
    } else {
      outcome = .zero
      if reasons.isEmpty { reasons = [nearest.shortfall?.reason(person.language) ?? reasonForNothing] }
    }
  }

  /// The step at which the amount came to nothing.
  private var reasonForNothing: Reason {
    let last = trace.steps.lastIndex { $0.result > .zero }.map { $0 + 1 } ?? 0
    let step = trace.steps[min(last, trace.steps.count - 1)]
    return Reason.nothing(at: step.key, clause: step.clause, person.language)
  }

  /// How many benefits apply, and how many of them failed at their gate or are out of their limit; nil where the award
  /// waits. Each group of a benefit counts as one.
  private mutating func assessBenefits() throws(ArithmeticFailure) -> (
    applying: Int, failed: Int, over: Int
  )? {
    var results: [Int] = []
    var (failed, over) = (0, 0)
    for benefit in policy.benefits {
      heldBenefit = benefit.name
      for (result, step) in try assess(benefit) {
        switch result {
        case .amount: break
        case .gateFailed: failed += 1
        case .overLimit: over += 1
        case .notApplicable: continue
        case .held: return nil
        }
        results.append(step)
      }
    }
    heldBenefit = nil
    if results.count > 1 || (policy.benefits.count > 1 && results.count == 1) {
      try trace.take("sum", clause: nil, .sum(of: results))
    }
    return (results.count, failed, over)
  }

  /// Every benefit was skipped, by its `when` or because none of its rows is there.
  private mutating func refuseAsNothingApplies() {
    outcome = .refused
    let own = policy.benefits.compactMap(\.when).map {
      Reason(code: "when", text: $0.otherwise, clause: $0.clause)
    }
    let text = say("没有一项补助适用", "no benefit applies")
    reasons = own.isEmpty ? [Reason(code: "when", text: text)] : own
  }

  /// Leaves out the rows that do not count. False when nothing more is to be done.
  private mutating func countRows() -> Bool {
    if policy.counts.isEmpty { return true }
    for (i, row) in rows.enumerated() {
      scope.current = row
      var unknown: [(EvaluatedValue, Compiled)] = []
      for condition in policy.counts {
        let (value, _) = scope.answer(to: condition.when)
        if value.isUnknown { unknown.append((value, condition.when)) }
        if case .flag(false) = value {
          notCounted[i] = Reason(code: "count", text: condition.otherwise, clause: condition.clause)
          break
        }
      }
      // A row that certainly does not count need not be complete.
      if notCounted[i] == nil { for (value, condition) in unknown { holdUnknown(value, in: condition) } }
    }
    scope.current = nil
    let counted = rows.indices.filter { notCounted[$0] == nil }.map { rows[$0] }
    scope = Self.scope(policy, person, counted, paid)
    if counted.isEmpty {
      outcome = .notCounted
      reasons = rows.indices.compactMap { notCounted[$0] }
      return false
    }
    return outcome != .held
  }

  private mutating func checkEligibility() -> Bool {
    var unknown: [(EvaluatedValue, Compiled)] = []
    for condition in policy.eligible {
      let (value, inputs) = scope.answer(to: condition.when)
      if value.isUnknown { unknown.append((value, condition.when)) }
      if case .flag(false) = value {
        reasons.append(Reason(code: "eligible", text: condition.otherwise, clause: condition.clause))
        do {
          try trace.take(
            "eligible", clause: condition.clause, .gate(condition: condition.when.source, held: false),
            inputs: inputs)
        } catch {
          preconditionFailure("a condition that fails sets nothing but zero")
        }
      }
    }
    // A certain no is a no, whatever else is unknown.
    if !reasons.isEmpty {
      outcome = .refused
      return false
    }
    for (value, condition) in unknown { holdUnknown(value, in: condition) }
    return unknown.isEmpty
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
      leastAmount: leastAmount, heldBenefit: outcome == .held ? heldBenefit : nil, remembered: remembered)
  }
}
