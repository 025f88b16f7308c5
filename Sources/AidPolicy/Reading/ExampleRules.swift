public import AidModel

/// What an example shows of rules between programmes and within couples: as far as this policy's own rules go, with
/// what the example says of the other programme and of the spouse.
extension Policy {
  func applyOtherRules(
    to results: inout [Assessment], of example: PolicyExample, in period: Period, _ language: Language
  ) {
    if isOnePerHousehold, let why = spouseKeeps(example, results, language) {
      results.end(as: .refused, Reason(code: PolicyFindings.coupleBoth.code, text: why))
      return
    }
    for rule in exclusions {
      let had = example.history.filter {
        $0.counts && $0.programme.sameScalars(as: rule.with) && $0.isOfYear(of: period)
      }.reduce(Money.zero) { $0 + $1.amount }
      if had > .zero {
        let outcome = rule.outcome(
          of: results.total, besidePaid: had, isOwn: true, decided: example.decisions.compactMap(\.self))
        end(&results, as: outcome, rule, language)
      }
      let other = example.awarded.first { $0.programme.sameScalars(as: rule.with) }
      if let other {
        let outcome = rule.outcome(
          of: results.total, thisWaits: results.wait, beside: other.amount,
          decision: example.decisions.first ?? nil)
        end(&results, as: outcome, rule, language)
      }
    }
  }

  /// Why the spouse's award is the one that is kept; nil where it is not.
  private func spouseKeeps(
    _ example: PolicyExample, _ results: [Assessment], _ language: Language
  ) -> String? {
    let due = results.total
    if due > .zero || results.wait, example.spouse.before.year > .zero {
      return Bilingual("配偶本年度已领取", "the spouse had it this year").text(language)
    }
    if due == .zero, results.wait, example.spouse.inBatch > .zero {
      return Bilingual("配偶的一份已有决定", "the spouse's award is decided").text(language)
    }
    if due > .zero, example.spouse.inBatch > due {
      return Bilingual("保留配偶金额较大的一份", "the spouse's larger award is kept").text(language)
    }
    return nil
  }

  private func end(
    _ results: inout [Assessment], as outcome: RowOutcome?, _ rule: Exclusion, _ language: Language
  ) {
    guard let outcome else { return }
    let text =
      outcome == .refused
      ? Bilingual("与“\(rule.with)”只能得一项", "excluded by '\(rule.with)'").text(language)
      : Bilingual("“\(rule.with)”与本项只能得一项，须由人决定", "'\(rule.with)' and this: somebody must choose")
        .text(language)
    let code = outcome == .refused ? "exclusive" : PolicyFindings.exclusiveBoth.code
    results.end(as: outcome, Reason(code: code, text: text, clause: rule.clause))
  }
}

extension Exclusion {
  /// Beside a payment of an earlier batch, which cannot be taken back: refused where the rule keeps that one, else
  /// somebody must look. Of equal amounts the one of the policy with the rule is kept.
  /// - Parameters:
  ///   - isOwn: the rule stands in the policy of this award; else in that of the programme that paid.
  ///   - decided: what a committee said of this award: 0 is a no, an amount a yes.
  /// - Returns: nil where the award stays as it is.
  public func outcome(
    of due: Money, besidePaid had: Money, isOwn: Bool, decided: [Money]
  ) -> RowOutcome? {
    guard due > .zero, had > .zero else { return nil }
    if decided.contains(.zero) { return .refused }
    let keepsPaid =
      switch keep {
      case .this: !isOwn
      case .other: isOwn
      case .larger: isOwn ? had > due : had >= due
      case .ask: false
      }
    if keepsPaid { return .refused }
    return decided.isEmpty ? .held : nil
  }

  /// - Parameters:
  ///   - beside: what the other programme gives in the same batch; nil while it waits.
  ///   - decision: the committee's amount for this one; examples know none for the other.
  /// - Returns: nil where this award stays as it is.
  fileprivate func outcome(
    of due: Money, thisWaits: Bool, beside other: Money?, decision: Money?
  ) -> RowOutcome? {
    guard due > .zero || (thisWaits && other ?? .zero > .zero), other != .zero else { return nil }
    switch keep {
    case .this: return nil
    case .other: return other == nil ? .held : .refused
    case .larger:
      if thisWaits { return nil }
      return other.map { due >= $0 ? nil : .refused } ?? .held
    case .ask:
      if let decision { return decision > .zero ? nil : .refused }
      return due > .zero ? .held : nil
    }
  }
}

extension [Assessment] {
  fileprivate var total: Money {
    filter { $0.outcome == .paid }.reduce(.zero) { $0 + (Money(exactly: $1.trace.result) ?? .zero) }
  }

  fileprivate var wait: Bool { contains { $0.outcome == .held } }

  /// Ends what would be paid, or still waits, for a reason of its own.
  fileprivate mutating func end(as outcome: RowOutcome, _ reason: Reason) {
    for i in indices where self[i].outcome == .paid || (outcome == .refused && self[i].outcome == .held) {
      self[i].outcome = outcome
      self[i].reasons = [reason]
    }
  }
}
