import AidModel

/// Facts about the person that stand in no column of their own.
extension ProgramRun {
  // MARK: birthdays

  /// The birthday the roster has, else what the ID number of the application or the roster says.
  /// - Parameter row: the row at hand, if names mean one.
  func birthday(row: Int?) -> Number {
    for name in NameTable.birthdayColumns {
      guard let own = program.rosterNames.firstIndex(where: { $0.sameScalars(as: name) }),
        let entry = roster.entry, let column = roster.column(own),
        case .date(let day) = entry.value(at: column)
      else { continue }
      logRead(Input(name: "roster." + name, value: .date(day), place: entry.place(ofColumn: column)))
      return Number(day)
    }
    for claim in [claims[number(ofRow: row ?? 0)], roster.entry].compactMap(\.self) {
      guard let column = claim.source.layout.index(of: "id_number"),
        case .text(let number) = claim.value(at: column)
      else { continue }
      guard let day = IDNumber(number.uppercased()).birthDate else {
        return listed("id_number", claim.place(ofColumn: column), .unclear)
      }
      logRead(Input(name: "born", value: .date(day), place: claim.place(ofColumn: column)))
      return Number(day)
    }
    return listed("born", firstPlace, .blank)
  }

  /// The birthday an ID number tells.
  func birth(_ number: String, row: Int) -> Number {
    if let day = IDNumber(number.uppercased()).birthDate { return Number(day) }
    return listed("id_number", claims[self.number(ofRow: row)].place, .unclear)
  }

  /// A value that is not known, told apart only where somebody will ask.
  private func listed(_ name: String, _ place: Place?, _ why: EvaluatedWhy) -> Number {
    if isLogging { listedUnknowns.append(UnknownValue(name: name, place: place, why: why)) }
    return Number(UnknownCode(why, .listed, index: max(0, listedUnknowns.count - 1)))
  }

  // MARK: earlier payments

  /// What another programme paid in earlier batches.
  func paidElsewhere(_ number: Int) -> Number {
    let past = program.past[number]
    let programme = past.programme ?? ""
    let had = facts.paid.elsewhere(programme)
    let (amount, word) =
      if case .year = past.what { (had.year, "year") } else { (had.lifetime, "lifetime") }
    logRead(Input(name: "paid('\(programme)').\(word)", value: .money(amount)))
    return Number(amount)
  }

  /// What was paid on a day or later, or how often.
  func paid(since day: CivilDate, _ number: Int) -> Number {
    let past = program.past[number]
    let found = (past.programme.map { facts.paid.elsewhere($0) } ?? facts.paid).dated.filter {
      $0.day >= day && $0.amount > .zero
    }
    let isTimes = if case .timesSince = past.what { true } else { false }
    let amount = found.reduce(Money.zero) { $0 + $1.amount }
    if isLogging {
      let value =
        isTimes ? Value.number(DecimalNumber(mantissa: Int64(found.count))) : .money(amount)
      let function = (isTimes ? Function.timesSince : .paidSince).rawValue
      let programme = past.programme.map { "'\($0)', " } ?? ""
      logRead(Input(name: "\(function)(\(programme)\(day))", value: value))
    }
    return isTimes ? Number(Int64(found.count)) : Number(amount)
  }

  /// What of a cap is used up already: earlier payments, and for a household what the spouse had and has.
  func used(by cap: Cap) -> Money {
    func used(_ paid: PaidBefore) -> Money { paid.amount(per: cap.per, period) }
    guard cap.isHousehold else { return used(facts.paid) }
    return used(facts.paid) + used(facts.spouse.before) + facts.spouse.inBatch
  }

  // MARK: limits

  func timesHad(_ limit: Limit) -> Int {
    func register(_ register: FixedRegister) -> Int { Int(registers[Int(register.rawValue)].numerator) }
    func times(_ paid: PaidBefore) -> Int { paid.times(per: limit.per, period) }
    if limit.isHousehold {
      // What the spouse gets in this batch is one more.
      return times(facts.paid) + times(facts.spouse.before)
        + (facts.spouse.inBatch == .zero ? 0 : max(facts.spouse.paidInBatch, 1))
    }
    switch limit.per {
    case .year: return register(.timesYear)
    case .lifetime: return register(.timesLifetime)
    default: return times(facts.paid)
    }
  }

  /// The first limit that leaves no room.
  var reachedLimit: Limit? {
    policy.limits.isEmpty ? nil : policy.limits.first { timesHad($0) >= $0.writtenTimes }
  }

  /// True, after refusing the award, where a limit leaves no room.
  func isOverLimit() -> Bool {
    guard let index = policy.limits.firstIndex(where: { timesHad($0) >= $0.writtenTimes }) else {
      return false
    }
    let limit = policy.limits[index]
    if isLogging {
      log.forgetInputs()
      let had = Value.number(DecimalNumber(mantissa: Int64(timesHad(limit))))
      log.read(Input(name: limit.source, value: had))
      log.take(
        Int32(program.limitForms + index), variant: 0, result: .zero, value: .zero, other: .zero)
    }
    refuse(over: limit)
    return true
  }

  func refuse(over limit: Limit) {
    (outcome, isCapped) = (.refused, false)
    guard isLogging else { return }
    let had = timesHad(limit)
    findings = []
    let most = limit.writtenTimes
    let text = Bilingual("已补助 \(had) 次，最多 \(most) 次", "paid \(had) times, at most \(most)")
    reasons =
      reasons.filter { $0.code == "gate" } + [
        Reason(code: "limit", text: text.text(language), clause: limit.clause)
      ]
  }

  // MARK: decisions

  /// Takes the committee's amount, which must lie between two others.
  func decide(_ low: Number, _ high: Number, _ site: Int) -> Bool {
    let site = program.sites[site]
    let range = isLogging ? "\(low.rational)–\(high.rational)" : ""
    leastAmount = Money(exactly: low.rational)
    guard let decision = facts.decision else {
      return hold(PolicyFindings.decisionMissing, at: claims.first?.place, [range])
    }
    // One amount cannot be the decision of two benefits.
    guard !isDecided else {
      return hold(
        PolicyFindings.decisionShared, at: decision.place, column: "amount", [site.benefit?.name ?? ""])
    }
    let own = Number(decision.amount)
    if own.numerator != 0, own.compare(low) < 0 || own.compare(high) > 0 {
      return hold(
        PolicyFindings.decisionRange, at: decision.place, column: "amount", [decision.amount.plain, range])
    }
    amount = own
    if isLogging { log.read(Input(name: "decision", value: .money(decision.amount), place: decision.place)) }
    if own.numerator != 0 {
      isDecided = true
      return true
    }
    // Nothing at all is always in a committee's power, whatever the least amount of those it grants.
    leastAmount = nil
    gatesFailed += 1
    if isLogging {
      let words = decision.words
      let text = Bilingual("评审决定不予补助", "the committee grants nothing").text(language)
      reasons.append(
        Reason(
          code: site.key,
          text: text + (words.isEmpty ? "" : Bilingual("：", ": ").text(language) + words),
          clause: site.benefit?.clause))
    }
    return true
  }
}

extension Decision {
  /// Who decided, when, and why.
  var words: String {
    [decidedBy, decidedOn?.description ?? "", reason].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
