/// Works out from an award's steps what each benefit, and each group of a benefit, contributed. Amounts taken
/// off after the sum reduce the last benefits first; amounts added by rounding go to the last.
public struct BreakdownFinder {
  private struct Part {
    let benefit: String
    let group: String
    var amount = Rational.zero
    var base: Rational?
  }

  private var parts: [Part] = []
  private var amount = Rational.zero

  public init() {}

  /// Takes the award's next step.
  /// - Parameters:
  ///   - benefit: nil for a step of the whole policy.
  ///   - only: the benefits a cap applies to; empty means all.
  ///   - result: the amount after the step, in yuan.
  public mutating func take(
    _ key: String, benefit: String?, group: String = "", only: [String] = [], result: Rational
  ) {
    defer { amount = result }
    guard let benefit else {
      // The sum leaves each benefit's contribution as it is.
      if key == "sum" || parts.isEmpty { return }
      return change(to: result, only)
    }
    if parts.last.map({ !$0.benefit.sameScalars(as: benefit) || !$0.group.sameScalars(as: group) }) ?? true {
      parts.append(Part(benefit: benefit, group: group))
    }
    parts[parts.count - 1].amount = result
    let sets = key == "base" || (key == "less" && parts[parts.count - 1].base != nil)
    if sets { parts[parts.count - 1].base = result }
  }

  /// Spreads the change over the benefits in `only` (empty: all). Overflow is ignored: the amounts are yuan
  /// in whole fen or small fractions of one.
  private mutating func change(to result: Rational, _ only: [String]) {
    guard var rest = try? amount - result, !rest.isZero else { return }
    let open = parts.indices.filter { i in
      only.isEmpty || only.contains { $0.sameScalars(as: parts[i].benefit) }
    }
    if rest.isNegative, let last = open.last(where: { parts[$0].amount > .zero }) ?? open.last {
      parts[last].amount = (try? parts[last].amount - rest) ?? parts[last].amount
      return
    }
    for i in open.reversed() where rest > .zero {
      let taken = min(parts[i].amount, rest)
      parts[i].amount = (try? parts[i].amount - taken) ?? .zero
      rest = (try? rest - taken) ?? .zero
    }
  }

  /// What some benefits give so far, in yuan.
  public func amount(of benefits: [String]) throws(ArithmeticFailure) -> Rational {
    var sum = Rational.zero
    for part in parts where benefits.contains(where: { $0.sameScalars(as: part.benefit) }) {
      sum = try sum + part.amount
    }
    return sum
  }

  /// The award's parts, rounded to fen so that they add up to its amount.
  /// - Parameter remembered: figures stored with the parts.
  public func breakdown(remembered: [RememberedFigure] = []) -> PaymentBreakdown {
    var (sum, given) = (Rational.zero, Money.zero)
    let found = parts.map { part in
      sum = (try? sum + part.amount) ?? sum
      let upTo = (try? Money(yuan: sum, rounding: .halfUp)) ?? given
      defer { given = upTo }
      return PaymentPart(
        benefit: part.benefit, group: part.group, amount: upTo - given,
        base: part.base.flatMap { try? Money(yuan: $0, rounding: .halfUp) })
    }
    return PaymentBreakdown(parts: found, remembered: remembered)
  }
}

extension Trace {
  /// What each benefit contributed to the amount.
  public func breakdown(remembered: [RememberedFigure] = []) -> PaymentBreakdown {
    shares.breakdown(remembered: remembered)
  }

  /// What each benefit gives so far.
  public var shares: BreakdownFinder {
    var finder = BreakdownFinder()
    for step in steps {
      var only: [String] = []
      if case .capOf(let benefits, _, _, _, _, _) = step.operation { only = benefits }
      finder.take(
        step.key, benefit: step.benefit, group: step.group ?? "", only: only, result: step.result)
    }
    return finder
  }
}
