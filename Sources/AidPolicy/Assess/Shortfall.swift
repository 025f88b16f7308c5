import AidModel

/// How much is missing to a threshold.
struct Shortfall {
  enum Kind { case deductible, tier, band }
  let kind: Kind
  let threshold: Rational
  let missing: Rational
  let clause: String?

  /// Why nothing is due.
  func reason(_ language: Language) -> Reason {
    let (name, key) =
      switch kind {
      case .deductible: (Bilingual("起付线", "the deductible"), "deductible")
      case .tier:
        (Bilingual("起付线（第一段的起点）", "the deductible, where the first tier begins,"), "marginal")
      case .band: (Bilingual("最低一档", "the lowest band"), "bands")
      }
    let what = name.text(language)
    let text =
      missing.isZero
      ? Bilingual("刚好 \(threshold) 元，须超过\(what)", "exactly \(threshold): it must be above \(what)")
      : Bilingual(
        "还差 \(missing.asMoney) 元达到\(what) \(threshold) 元",
        "\(missing.asMoney) short of \(what) of \(threshold)")
    return Reason(code: key, text: text.text(language), clause: clause)
  }
}

/// Keeps how far a person is from the nearest threshold of a benefit that gives nothing.
struct NearestThreshold {
  private(set) var shortfall: Shortfall?

  mutating func note(_ kind: Shortfall.Kind, _ threshold: Rational, _ amount: Rational, _ clause: String?) {
    guard threshold > .zero, let missing = try? threshold - amount, !missing.isNegative else { return }
    if let shortfall, shortfall.missing <= missing { return }
    shortfall = Shortfall(kind: kind, threshold: threshold, missing: missing, clause: clause)
  }
}

extension Reason {
  /// Nothing is due, and no threshold was missed.
  /// - Parameters:
  ///   - key: of the step at which the amount came to nothing.
  ///   - clause: of the same.
  static func nothing(at key: String, clause: String?, _ language: Language) -> Reason {
    let first = String(key.prefix { $0 != "." })
    let word = Words.keys.first { $0.en.sameScalars(as: first) }?.zh ?? key
    let text = Bilingual("按办法算得 0 元（到“\(word)”一步为 0）", "the policy gives 0 (at '\(key)')")
    return Reason(code: key, text: text.text(language), clause: clause)
  }
}

extension Rational {
  /// With two decimals where it is whole fen, else exact.
  var asMoney: String { Money(exactly: self)?.plain ?? "\(self)" }
}

extension Comparison {
  /// What is missing for a comparison of numbers that does not hold.
  func words(missing: Rational, to edge: Rational) -> Bilingual? {
    let amount = missing.asMoney
    switch self {
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
