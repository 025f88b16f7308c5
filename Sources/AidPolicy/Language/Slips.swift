import AidModel

/// Ways of writing that people bring along from other places, told apart so that the message can say how to write it
/// here.
enum Slips {
  /// `5万`, `50000元`, `2 万元`: what follows a number counts it, which a figure of a policy does itself.
  static func figure(_ value: DecimalNumber, _ tokens: [Token], _ at: Int) -> ExpressionFault? {
    guard case .name(let word) = tokens[at].kind, let factor = WrittenFigure.factor(of: word),
      let product = try? Rational(value) * factor
    else { return nil }
    return ExpressionFault(
      offset: tokens[at].offset, what: Bilingual("数后面写了“\(word)”", "'\(word)' follows a number"),
      remedy: Bilingual("金额以元为单位，写成 \(product)。", "Amounts are in yuan: write \(product)."))
  }

  static func remedy(forSign sign: Unicode.Scalar) -> Bilingual? {
    switch sign {
    case "&": Bilingual("写成 and（且）。", "Write 'and'.")
    case "|": Bilingual("写成 or（或）。", "Write 'or'.")
    case "!": Bilingual("写成 not（非）。", "Write 'not'.")
    case "¥", "￥", "$": Bilingual("金额只写数，例如 500。", "Write the number alone, such as 500.")
    default: nil
    }
  }

  /// What was left over after an expression: an operator in other words, or a comma among the digits of a number.
  static func leftOver(_ tokens: [Token], _ at: Int) -> ExpressionFault? {
    if case .name(let word) = tokens[at].kind {
      let meant = ["并": "且", "而": "且", "和": "且"][word] ?? word.lowercased()
      if Words.operators.contains(where: { $0.en == meant || $0.zh == meant }) {
        return ExpressionFault(
          offset: tokens[at].offset, what: Bilingual("不认识的词“\(word)”", "unknown word '\(word)'"),
          remedy: Bilingual("写成 \(meant)。", "Write '\(meant)'."))
      }
    }
    guard at > 0, case .number(let first) = tokens[at - 1].kind, first.scale == 0 else { return nil }
    var figure = Rational(first)
    var next = at
    while tokens[next].kind == .sign(","), case .number(let group) = tokens[next + 1].kind,
      tokens[next + 2].offset - tokens[next + 1].offset >= 3,
      let longer = try? figure * Rational(1000) + Rational(group)
    {
      figure = longer
      next += 2
    }
    if next == at { return nil }
    return ExpressionFault(
      offset: tokens[at].offset, what: Bilingual("数里有千分位逗号", "a comma inside a number"),
      remedy: Bilingual("写成 \(figure)。", "Write \(figure)."))
  }
}

/// Figures as people write them: `5万`, `50000元`, `20,000`.
enum WrittenFigure {
  private static let units: [(String, Int64)] = [("亿", 100_000_000), ("万", 10_000), ("千", 1000), ("百", 100)]

  /// What a word after a number multiplies it by.
  static func factor(of word: String) -> Rational? {
    let bare = ["元", "块"].contains(word) ? "" : word.hasSuffix("元") ? String(word.dropLast()) : word
    if bare.isEmpty { return .one }
    return units.first { $0.0 == bare }.map { Rational($0.1) }
  }

  /// The figure a text means, if it can be told.
  static func meant(by text: String) -> Rational? {
    let plain = text.filter { !",，¥￥ ".contains($0) }
    let word = String(plain.drop { $0.isASCII && ($0.isNumber || $0 == ".") })
    guard let value = DecimalNumber(plain: String(plain.dropLast(word.count))) else { return nil }
    return word.isEmpty ? Rational(value) : factor(of: word).flatMap { try? Rational(value) * $0 }
  }
}
