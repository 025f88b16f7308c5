import AidModel

extension Scope {
  /// What is missing for a condition that failed: the first comparison of numbers in it that does not hold.
  func shortfall(of condition: Expression, _ language: Language) -> String? {
    switch condition.node {
    case .and(let a, let b): return shortfall(of: a, language) ?? shortfall(of: b, language)
    case .compare(let comparison, let a, let b):
      var scope = self
      guard case .number(let x) = scope.answer(to: Compiled(source: "", expression: a)).0,
        case .number(let y) = scope.answer(to: Compiled(source: "", expression: b)).0,
        case .flag(false) = Scope.compare(comparison, .number(x), .number(y)),
        let missing = try? (comparison == .less || comparison == .lessOrEqual ? x - y : y - x),
        !missing.isNegative
      else { return nil }
      return Self.words(comparison, missing, to: y)?.text(language)
    default: return nil
    }
  }

  private static func words(_ comparison: Comparison, _ missing: Rational, to edge: Rational) -> Bilingual? {
    let amount = missing.asMoney
    switch comparison {
    case .greaterOrEqual: return Bilingual("还差 \(amount) 达到 \(edge)", "\(amount) short of \(edge)")
    case .greater:
      return missing.isZero
        ? Bilingual("刚好 \(edge)，须超过才行", "exactly \(edge), which must be exceeded")
        : Bilingual("还差 \(amount) 达到 \(edge)（须超过）", "\(amount) short of \(edge), to be exceeded")
    case .less, .lessOrEqual: return Bilingual("超出 \(amount)", "\(amount) too much")
    default: return nil
    }
  }
}

extension Benefit {
  /// Why the benefit gives nothing to somebody who does not pass its gate.
  func reason(of gate: Gate, _ scope: Scope, _ language: Language) -> Reason {
    let missing = scope.shortfall(of: gate.when.expression, language).map {
      Bilingual("（\($0)）", " (\($0))").text(language)
    }
    let own = Bilingual("未达到门槛：\(gate.words.zh)", "the gate is not passed: \(gate.words.en)")
    return Reason(
      code: "gate", text: (gate.otherwise ?? own.text(language)) + (missing ?? ""),
      clause: gate.clause ?? clause)
  }
}
