import AidModel

/// Ways of writing that people bring along from other places, told apart so that the message can say how to write it
/// here.
enum Slips {
  /// `5万`, `50000元`, `2 万元`: what follows a number counts it, which a figure of a policy does itself.
  static func figure(_ value: DecimalNumber, _ tokens: [Token], _ at: Int) -> ExpressionFault? {
    guard case .name(let word) = tokens[at].kind, let factor = WrittenFigure.factor(of: word), factor != .one,
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

  /// `month(d)`, `year(d)`: the parts of a date have no function; days are compared.
  static func remedy(forPartOfDate name: String) -> Bilingual? {
    guard ["month", "year", "day", "月", "年", "日", "月份", "年份"].contains(name) else { return nil }
    return Bilingual(
      "日期直接比较，例如 discharged >= 2023-07-01；数整月用 months(甲, 乙)，整年用 years(甲, 乙)，天数用 days(甲, 乙)。",
      "Compare days, as in discharged >= 2023-07-01; months(a, b), years(a, b) and days(a, b) count what lies between."
    )
  }

  /// Comparisons as they are spoken.
  private static let spokenSigns: [(words: [String], sign: String)] = [
    (["大于等于", "大于或等于", "不小于", "不少于", "不低于"], ">="),
    (["小于等于", "小于或等于", "不大于", "不超过", "不高于"], "<="), (["大于", "超过", "高于", "多于"], ">"),
    (["小于", "低于", "少于"], "<"), (["不等于", "不是"], "!="), (["等于", "是", "为"], "="),
  ]

  /// `自付 大于等于 100`, `出院日期 在 核算期 内`.
  private static func spoken(_ word: String) -> Bilingual? {
    if let sign = spokenSigns.first(where: { $0.words.contains(word) })?.sign {
      return Bilingual("写成 \(sign)。", "Write '\(sign)'.")
    }
    guard ["在", "位于", "介于", "内"].contains(word) else { return nil }
    return Bilingual("写成 in period（属于 核算期），或 in ['甲', '乙']。", "Write 'in period', or in ['a', 'b'].")
  }

  /// A number in words: `百分之五十`, `五成`, `两万`.
  static func isNumberInWords(_ word: String) -> Bool {
    let digits = "零〇一二两三四五六七八九十百千万亿半点成分之元"
    return word.count > 1 && word.allSatisfy { digits.contains($0) }
  }

  /// `=>` and `=<`.
  static func turnedSign(_ tokens: [Token], _ at: Int) -> Bilingual? {
    guard at >= 0, at + 1 < tokens.count, tokens[at].kind == .sign("="),
      tokens[at + 1].offset == tokens[at].offset + 1
    else { return nil }
    if tokens[at + 1].kind == .sign(">") { return Bilingual("写成 >=。", "Write '>='.") }
    if tokens[at + 1].kind == .sign("<") { return Bilingual("写成 <=。", "Write '<='.") }
    return nil
  }

  /// What was left over after an expression: an operator in other words, or a comma among the digits of a number.
  static func leftOver(_ tokens: [Token], _ at: Int) -> ExpressionFault? {
    if case .name(let word) = tokens[at].kind {
      if let remedy = spoken(word) {
        return ExpressionFault(
          offset: tokens[at].offset, what: Bilingual("不认识的词“\(word)”", "unknown word '\(word)'"),
          remedy: remedy)
      }
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
