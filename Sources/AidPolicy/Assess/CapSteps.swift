import AidModel

/// Caps and offsets, of a benefit or of the whole policy.
extension PersonAssessor {
  /// Caps in order; false when one cannot be told or a decision lies over one.
  mutating func applyCaps(_ caps: [Cap], benefit: Benefit?) throws(ArithmeticFailure) -> Bool {
    for cap in caps {
      let (value, inputs) = scope.answer(to: cap.at)
      guard case .number(let at) = value else {
        holdUnknown(value, in: cap.at)
        return false
      }
      let used = used(by: cap)
      let before = trace.result
      let key = "cap.\(cap.per.rawValue)"
      let after = try trace.take(
        key, clause: cap.clause ?? benefit?.clause, benefit: benefit?.name, .cap(at: at, used: used),
        inputs: inputs)
      guard after < before else { continue }
      if let decided {
        let room = say("\(words(cap)) 封顶余额 \(after)", "what the \(words(cap)) cap leaves, \(after)")
        hold(PolicyFindings.decisionRange, at: decision?.place, column: "amount", ["\(decided)", room])
        return false
      }
      reasons.append(
        Reason(
          code: key,
          text: used.isZero
            ? say("按\(words(cap))上限 \(at) 元发放", "limited to \(at) (\(words(cap)))")
            : say(
              "\(words(cap))上限 \(at) 元，其中 \(used) 元已用",
              "limited to \(at) (\(words(cap))), of which \(used) is used already"),
          clause: cap.clause ?? benefit?.clause))
    }
    return true
  }

  private func words(_ cap: Cap) -> String {
    let per =
      switch cap.per {
      case .award: say("单次", "award")
      case .year: say("年度", "year")
      case .lifetime: say("终身", "lifetime")
      }
    return cap.isHousehold ? say("每户", "household, ") + per : per
  }

  /// What of a cap is used up already: earlier payments, and for a household what the spouse had and has.
  private func used(by cap: Cap) -> Rational {
    var used: Money
    switch cap.per {
    case .award: used = .zero
    case .year: used = paid.year
    case .lifetime: used = paid.lifetime
    }
    guard cap.isHousehold else { return used.yuan }
    switch cap.per {
    case .award: break
    case .year: used += person.spouse.before.year
    case .lifetime: used += person.spouse.before.lifetime
    }
    return (used + person.spouse.inBatch).yuan
  }

  mutating func applyOffsets(_ offsets: [ClausedAmount], benefit: Benefit?) throws(ArithmeticFailure) -> Bool
  {
    for offset in offsets {
      guard let value = number(offset.amount) else { return false }
      try trace.take(
        "offset", clause: offset.clause ?? benefit?.clause, benefit: benefit?.name,
        .offset(expression: offset.amount.source, value: value.amount), inputs: value.inputs)
    }
    return true
  }

  /// The number an expression comes to, or nil after holding the award for what is unknown.
  mutating func number(_ compiled: Compiled) -> (amount: Rational, inputs: [Input])? {
    let (value, inputs) = scope.answer(to: compiled)
    if case .number(let amount) = value { return (amount, inputs) }
    if value.isUnknown {
      holdUnknown(value, in: compiled)
    } else {
      let words = EvaluatedValue.words(.unclear)
      hold(PolicyFindings.unknownValue, at: inputs.first?.place, [compiled.source, words.zh, words.en])
    }
    return nil
  }
}

/// How much is missing to a threshold.
struct Shortfall {
  enum Kind { case gate, deductible, tier, band }
  let kind: Kind
  let threshold: Rational
  let missing: Rational
  let clause: String?
}

extension PersonAssessor {
  /// Keeps the smallest distance to a threshold.
  mutating func note(_ kind: Shortfall.Kind, _ threshold: Rational, _ amount: Rational, _ clause: String?) {
    guard threshold > .zero, let missing = try? threshold - amount, !missing.isNegative else { return }
    if let nearest, nearest.missing <= missing { return }
    nearest = Shortfall(kind: kind, threshold: threshold, missing: missing, clause: clause)
  }

  func reason(_ short: Shortfall) -> Reason {
    let (zh, en) =
      switch short.kind {
      case .gate: ("门槛", "the gate")
      case .deductible: ("起付线", "the deductible")
      case .tier: ("起付线（第一段的起点）", "the deductible, where the first tier begins,")
      case .band: ("最低一档", "the lowest band")
      }
    let key =
      switch short.kind {
      case .gate: "gate"
      case .deductible: "deductible"
      case .tier: "marginal"
      case .band: "bands"
      }
    let text =
      short.missing.isZero
      ? say("刚好 \(short.threshold) 元，须超过\(zh)", "exactly \(short.threshold): it must be above \(en)")
      : say(
        "还差 \(plain(short.missing)) 元达到\(zh) \(short.threshold) 元",
        "\(plain(short.missing)) short of \(en) of \(short.threshold)")
    return Reason(code: key, text: text, clause: short.clause)
  }

  /// What is missing for a condition that failed: the first comparison of numbers in it that does not hold.
  func shortfall(of condition: Expression) -> String? {
    switch condition {
    case .and(let a, let b): return shortfall(of: a) ?? shortfall(of: b)
    case .compare(let comparison, let a, let b):
      var scope = scope
      guard case .number(let x) = scope.answer(to: Compiled(source: "", type: .number, expression: a)).0,
        case .number(let y) = scope.answer(to: Compiled(source: "", type: .number, expression: b)).0,
        case .flag(false) = Scope.compare(comparison, .number(x), .number(y)),
        let missing = try? (comparison == .less || comparison == .lessOrEqual ? x - y : y - x),
        !missing.isNegative
      else { return nil }
      switch comparison {
      case .greaterOrEqual: return say("还差 \(plain(missing)) 达到 \(y)", "\(plain(missing)) short of \(y)")
      case .greater:
        return missing.isZero
          ? say("刚好 \(y)，须超过才行", "exactly \(y), which must be exceeded")
          : say("还差 \(plain(missing)) 达到 \(y)（须超过）", "\(plain(missing)) short of \(y), to be exceeded")
      case .less, .lessOrEqual: return say("超出 \(plain(missing))", "\(plain(missing)) too much")
      default: return nil
      }
    default: return nil
    }
  }

  private func plain(_ amount: Rational) -> String { Money(exactly: amount)?.plain ?? "\(amount)" }
}
