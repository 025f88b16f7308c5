import AidModel
import AidPolicy

/// Programmes of which a person may have only one.
extension BatchAssessment {
  private func rules(_ a: Int, _ b: Int) -> [Exclusion] {
    assessor.programmes[a].policy.exclusions.filter {
      $0.with.sameScalars(as: assessor.programmes[b].info.programme)
    }
  }

  /// Applies the rules of programme `a` that name programme `b`.
  mutating func exclude(_ a: Int, _ b: Int) {
    for rule in rules(a, b) {
      for applicant in 0..<entries[a].count {
        let this = ApplicantKey(programme: a, applicant: applicant)
        guard let other = assessor.seat(of: this, in: b) else { continue }
        settle(rule, this, other)
      }
    }
  }

  private mutating func settle(_ rule: Exclusion, _ this: ApplicantKey, _ other: ApplicantKey) {
    let (x, y) = (total(this), total(other))
    let (thisWaits, otherWaits) = (isHeld(this), isHeld(other))
    guard (x > .zero || thisWaits) && (y > .zero || otherWaits), x > .zero || y > .zero else { return }
    switch rule.keep {
    case .this: keep(this, over: other, rule)
    case .other: keep(other, over: this, rule)
    case .larger:
      // While one waits, the larger one is unknown.
      if thisWaits || otherWaits {
        wait(thisWaits ? other : this, for: thisWaits ? this : other, rule)
      } else if x >= y {
        drop(other, for: this, rule)
      } else {
        drop(this, for: other, rule)
      }
    case .ask:
      if let kept = decided(this, other) {
        drop(kept == this ? other : this, for: kept, rule)
      } else {
        if x > .zero { wait(this, for: other, rule) }
        if y > .zero { wait(other, for: this, rule) }
      }
    }
  }

  /// The one kept may come to nothing while all of it waits: then the other waits too.
  private mutating func keep(_ kept: ApplicantKey, over other: ApplicantKey, _ rule: Exclusion) {
    if total(kept) > .zero { drop(other, for: kept, rule) } else { wait(other, for: kept, rule) }
  }

  /// The only one with a committee's amount, or the one whose counterpart was decided as 0.
  private func decided(_ a: ApplicantKey, _ b: ApplicantKey) -> ApplicantKey? {
    let (x, y) = (decisions(a), decisions(b))
    if x.contains(.zero), !y.contains(.zero) { return b }
    if y.contains(.zero), !x.contains(.zero) { return a }
    if x.isEmpty == y.isEmpty { return nil }
    return x.isEmpty ? b : a
  }

  private func decisions(_ seat: ApplicantKey) -> [Money] {
    entries[seat.programme].of(seat.applicant).flatMap { entry in
      assessor.decisions.find(
        record: assessor.record(of: entry), programme: assessor.programmes[seat.programme].info.programme,
        person: assessor.person(seat))
    }.map(\.amount)
  }

  private func title(_ seat: ApplicantKey) -> String { assessor.programmes[seat.programme].info.title }

  private mutating func drop(_ seat: ApplicantKey, for kept: ApplicantKey, _ rule: Exclusion) {
    let text = say(
      "与“\(title(kept))”只能得一项，保留“\(title(kept))”", "excluded by '\(title(kept))', which is kept")
    decide(
      seat,
      Verdict(
        key: "exclusive", outcome: .refused,
        reason: Reason(code: "exclusive", text: text, clause: rule.clause),
        finding: nil, includesHeld: true))
  }

  private mutating func wait(_ seat: ApplicantKey, for other: ApplicantKey, _ rule: Exclusion) {
    wait(seat, beside: title(other), rule)
  }

  private mutating func wait(_ seat: ApplicantKey, beside other: String, _ rule: Exclusion) {
    let number = entries[seat.programme].of(seat.applicant).first.map { Int($0.claim) } ?? 0
    let finding = Finding(
      PolicyFindings.exclusiveBoth, at: assessor.claims[number].place, [title(seat), other])
    decide(
      seat,
      Verdict(
        key: "exclusive", outcome: .held,
        reason: Reason(
          code: finding.kind.code, text: finding.message(assessor.language), clause: rule.clause),
        finding: finding, includesHeld: false))
  }

  /// Excludes what was paid earlier for the same year, by the rules of both programmes.
  mutating func excludePaidBefore(_ programme: Int) {
    let own = assessor.programmes[programme]
    for other in assessor.programmes {
      for rule in other.policy.exclusions where rule.with.sameScalars(as: own.info.programme) {
        excludePaidBefore(programme, by: other.info.programme, other.info.title, rule, isOwn: false)
      }
    }
    for rule in own.policy.exclusions {
      excludePaidBefore(programme, by: rule.with, rule.with, rule, isOwn: true)
    }
  }

  private mutating func excludePaidBefore(
    _ programme: Int, by other: String, _ title: String, _ rule: Exclusion, isOwn: Bool
  ) {
    if assessor.history.payments.isEmpty { return }
    for applicant in 0..<entries[programme].count {
      let seat = ApplicantKey(programme: programme, applicant: applicant)
      let due = total(seat)
      guard due > .zero else { continue }
      let had = assessor.history.paid(
        programme: other, person: assessor.person(seat), year: assessor.facts.period
      ).year
      switch rule.outcome(of: due, besidePaid: had, isOwn: isOwn, decided: decisions(seat)) {
      case .refused: refuse(seat, title, had, rule)
      case .held: wait(seat, beside: title, rule)
      default: continue
      }
    }
  }

  private mutating func refuse(_ seat: ApplicantKey, _ title: String, _ had: Money, _ rule: Exclusion) {
    let text = say(
      "本期已从“\(title)”领取 \(had.grouped) 元，不能再得本项",
      "\(had.grouped) was paid from '\(title)' in this period, which excludes this one")
    decide(
      seat,
      Verdict(
        key: "exclusive", outcome: .refused,
        reason: Reason(code: "exclusive", text: text, clause: rule.clause), finding: nil,
        includesHeld: true))
  }
}
