import AidModel

/// Says an expression in words, for people who do not write policies: `base >= 20000` is
/// 补助基数不低于 20,000 元. What it cannot read stays as it is written.
struct SpokenExpression {
  /// A part of an expression in words.
  struct Phrase {
    var text: String
    var type: ExpressionType?
    var strength = Strength.atom
    /// A number as it is written, without a unit.
    var isFigure = false

    /// In parentheses where it binds less than what stands around it.
    func text(in language: Language, atLeast strength: Strength) -> String {
      if self.strength.rawValue >= strength.rawValue { return text }
      return language == .zh ? "（\(text)）" : "(\(text))"
    }
  }

  enum Strength: Int { case choice, or, and, not, comparison, sum, product, atom }

  let names: NameTable
  let language: Language
  private var tokens: [Token]
  private var at = 0

  static func words(_ source: String, _ names: NameTable) -> Bilingual {
    Bilingual(text(source, names, .zh), text(source, names, .en))
  }

  /// Whether the words are a choice or a condition, which run on into what stands behind them.
  static func isLoose(_ source: String, _ names: NameTable) -> Bool {
    phrase(source, names, .zh).map { $0.strength.rawValue < Strength.sum.rawValue } ?? false
  }

  private static func text(_ source: String, _ names: NameTable, _ language: Language) -> String {
    guard let phrase = phrase(source, names, language) else { return source }
    return language == .zh ? spaced(phrase.text) : phrase.text
  }

  private static func phrase(_ source: String, _ names: NameTable, _ language: Language) -> Phrase? {
    guard source.unicodeScalars.count <= Parser.lengthMax,
      let lexer = try? Lexer(source, names: names.columns.map(\.name) + names.spokenNames + names.ownNames),
      var spoken = SpokenExpression(lexer.tokens, names, language),
      let phrase = spoken.condition(), spoken.token == .end
    else { return nil }
    return phrase
  }

  /// Nil where it is nested deeper than any policy may be.
  private init?(_ tokens: [Token], _ names: NameTable, _ language: Language) {
    let opening = tokens.count { $0.kind == .sign("(") || $0.kind == .sign("[") || $0.kind == .sign("if") }
    guard opening <= Parser.depthMax else { return nil }
    (self.tokens, self.names, self.language) = (tokens, names, language)
  }

  private var token: Token.Kind { tokens[at].kind }

  func say(_ chinese: String, _ english: String) -> String { language == .zh ? chinese : english }

  private mutating func take(_ sign: String) -> Bool {
    guard token == .sign(sign) else { return false }
    at += 1
    return true
  }

  // MARK: grammar, as `Parser` has it

  private mutating func condition() -> Phrase? {
    if take("if") {
      guard let test = condition(), take("then"), let yes = condition(), take("else"), let no = condition()
      else { return nil }
      let text = say(
        "若\(asked(test))则\(yes.text)，否则\(no.text)", "if \(asked(test)) then \(yes.text) else \(no.text)")
      return Phrase(text: text, type: yes.type ?? no.type, strength: .choice)
    }
    return joined("or", .or, say("或", " or ")) { $0.conjunction() }
  }

  private mutating func conjunction() -> Phrase? {
    joined("and", .and, say("，且", " and ")) { $0.negation() }
  }

  private mutating func joined(
    _ sign: String, _ strength: Strength, _ word: String, _ next: (inout Self) -> Phrase?
  ) -> Phrase? {
    guard var phrase = next(&self) else { return nil }
    while take(sign) {
      guard let right = next(&self) else { return nil }
      let sides = [phrase, right].map { side in
        side.strength == strength ? side.text : condition(side, atLeast: strength)
      }
      phrase = Phrase(text: sides.joined(separator: word), type: .flag, strength: strength)
    }
    return phrase
  }

  private mutating func negation() -> Phrase? {
    guard take("not") else { return comparison() }
    guard let inner = negation() else { return nil }
    return Phrase(text: say("并非（\(asked(inner))）", "not (\(asked(inner)))"), type: .flag, strength: .not)
  }

  private mutating func comparison() -> Phrase? {
    guard let left = sum() else { return nil }
    if take("is blank") { return blank(left, isNot: false) }
    if take("is") {
      let isNot = take("not")
      guard token == .name("blank") else { return nil }
      at += 1
      return blank(left, isNot: isNot)
    }
    if take("in") { return member(of: left) }
    guard case .sign(let sign) = token, let comparison = Comparison(rawValue: sign) else { return left }
    at += 1
    guard let right = sum() else { return nil }
    let isMoney = left.type == .money || right.type == .money
    let isDate = left.type == .date || right.type == .date
    let text = money(left, isMoney) + words(comparison, isDate: isDate) + money(right, isMoney)
    return Phrase(text: text, type: .flag, strength: .comparison)
  }

  private func blank(_ left: Phrase, isNot: Bool) -> Phrase {
    let words = isNot ? say("不为空", " is not blank") : say("为空", " is blank")
    return Phrase(text: left.text + words, type: .flag, strength: .comparison)
  }

  /// A figure that stands for money gets its unit.
  private func money(_ phrase: Phrase, _ isMoney: Bool) -> String {
    let text = phrase.text(in: language, atLeast: .sum)
    return isMoney && phrase.isFigure ? text + say(" 元", " yuan") : text
  }

  private mutating func member(of left: Phrase) -> Phrase? {
    if take("[") {
      var items: [String] = []
      repeat {
        guard let item = sum() else { return nil }
        items.append(item.text)
      } while take(",")
      guard take("]") else { return nil }
      let text =
        items.count == 1
        ? say("\(left.text)为\(items[0])", "\(left.text) is \(items[0])")
        : say(
          "\(left.text)为\(items.joined(separator: "、"))之一",
          "\(left.text) is one of \(items.joined(separator: ", "))")
      return Phrase(text: text, type: .flag, strength: .comparison)
    }
    guard case .name(let name) = token, Words.english(name, in: Words.names) == "period" else { return nil }
    at += 1
    return Phrase(
      text: left.text + say("在核算期内", " lies in the period"), type: .flag, strength: .comparison)
  }

  private mutating func sum() -> Phrase? {
    operation([("+", " + "), ("-", " − ")], .sum) { $0.product() }
  }

  private mutating func product() -> Phrase? {
    operation([("*", " × "), ("/", " ÷ ")], .product) { $0.signed() }
  }

  private mutating func operation(
    _ signs: [(sign: String, shown: String)], _ strength: Strength, _ next: (inout Self) -> Phrase?
  ) -> Phrase? {
    guard var phrase = next(&self) else { return nil }
    while let sign = signs.first(where: { token == .sign($0.sign) }) {
      at += 1
      guard let right = next(&self) else { return nil }
      // What is taken off or divided by keeps its parentheses.
      let binding =
        sign.sign == "-" || sign.sign == "/" ? Strength(rawValue: strength.rawValue + 1)! : strength
      let text =
        phrase.text(in: language, atLeast: strength) + sign.shown
        + right.text(in: language, atLeast: binding)
      let isRatio = sign.sign == "/" && phrase.type == .money && right.type == .money
      let type =
        isRatio ? ExpressionType.number : [phrase.type, right.type].contains(.money) ? .money : phrase.type
      phrase = Phrase(text: text, type: type, strength: strength)
    }
    return phrase
  }

  private mutating func signed() -> Phrase? {
    guard take("-") else { return primary() }
    guard let inner = signed() else { return nil }
    return Phrase(text: "−" + inner.text(in: language, atLeast: .atom), type: inner.type, strength: .product)
  }

  private mutating func primary() -> Phrase? {
    switch token {
    case .number(let number):
      at += 1
      return figure(Self.grouped(number))
    case .percent(let number):
      at += 1
      return Phrase(text: "\(number)%", type: .number)
    case .text(let text):
      at += 1
      return Phrase(text: say("“\(text)”", "'\(text)'"), type: .text)
    case .date(let date):
      at += 1
      return Phrase(text: "\(date)", type: .date)
    case .sign("true"), .sign("false"):
      let isTrue = token == .sign("true")
      at += 1
      return Phrase(
        text: isTrue ? say("“是”", "'yes'") : say("“否”", "'no'"), type: .flag, strength: .comparison)
    case .sign("("):
      at += 1
      guard let inner = condition(), take(")") else { return nil }
      return inner
    case .sign("if"): return condition()
    case .name(let name):
      at += 1
      return named(name)
    default: return nil
    }
  }

  /// A number with the unit written behind it.
  private mutating func figure(_ number: String) -> Phrase {
    guard case .name(let word) = token else { return Phrase(text: number, type: .number, isFigure: true) }
    let spans = [
      "year": ("年", "year"), "years": ("年", "years"), "month": ("个月", "month"), "months": ("个月", "months"),
      "day": ("天", "day"), "days": ("天", "days"),
    ]
    if ["元", "yuan"].contains(word) {
      at += 1
      return Phrase(text: number + say(" 元", " yuan"), type: .money)
    }
    guard let span = spans[word], tokens[at + 1].kind != .sign("(") else {
      return Phrase(text: number, type: .number, isFigure: true)
    }
    at += 1
    return Phrase(text: number + say(" " + span.0, " " + span.1), type: .span)
  }

  private mutating func named(_ name: String) -> Phrase? {
    guard token == .sign("(") else { return SpokenNames(names, language).phrase(name, field: member()) }
    at += 1
    var arguments: [Phrase] = []
    if !take(")") {
      repeat {
        guard let argument = condition() else { return nil }
        arguments.append(argument)
      } while take(",")
      guard take(")") else { return nil }
    }
    return SpokenNames(names, language).call(name, arguments, field: member())
  }

  /// What follows a dot: `roster.X`, `paid.year`.
  private mutating func member() -> String? {
    guard token == .sign("."), case .name(let field) = tokens[at + 1].kind else { return nil }
    at += 2
    return field
  }

  // MARK: words

  /// A column of yes and no, asked for alone.
  private func asked(_ phrase: Phrase) -> String {
    phrase.type == .flag && phrase.strength == .atom ? phrase.text + say("为“是”", " is 'yes'") : phrase.text
  }

  private func condition(_ phrase: Phrase, atLeast strength: Strength) -> String {
    phrase.strength == .atom ? asked(phrase) : phrase.text(in: language, atLeast: strength)
  }

  private func words(_ comparison: Comparison, isDate: Bool) -> String {
    switch (comparison, isDate) {
    case (.equal, _): say("为", " is ")
    case (.unequal, _): say("不为", " is not ")
    case (.greaterOrEqual, true): say("不早于", " is not before ")
    case (.greater, true): say("晚于", " is after ")
    case (.lessOrEqual, true): say("不晚于", " is not after ")
    case (.less, true): say("早于", " is before ")
    case (.greaterOrEqual, false): say("不低于", " is at least ")
    case (.greater, false): say("高于", " is above ")
    case (.lessOrEqual, false): say("不高于", " is at most ")
    case (.less, false): say("低于", " is below ")
    }
  }

  /// `20,000` or `0.5`
  private static func grouped(_ number: DecimalNumber) -> String {
    let text = "\(number)"
    let whole = text.prefix { $0 != "." }
    guard whole.count > 3, whole.allSatisfy(\.isNumber) else { return text }
    var groups = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { groups += "," }
      groups.append(digit)
    }
    return groups + text.dropFirst(whole.count)
  }

  /// A blank between Chinese and what is written in Latin letters or digits.
  private static func spaced(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let last = out.last, isLatin(last) && isChinese(scalar) || isChinese(last) && isLatin(scalar) {
        out.append(" ")
      }
      out.append(scalar)
    }
    return String(out)
  }

  private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || scalar == "%" || ("0"..."9").contains(scalar))
  }

  private static func isChinese(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isIdeographic }
}
