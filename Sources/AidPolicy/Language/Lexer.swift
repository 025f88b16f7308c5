import AidModel

/// A mistake in an expression, at a character of its text.
struct ExpressionFault: Error {
  /// Characters from the start of the expression.
  let offset: Int
  let what: Bilingual
  let remedy: Bilingual
}

/// A piece of an expression.
struct Token: Equatable {
  enum Kind: Equatable {
    case number(DecimalNumber)
    case percent(DecimalNumber)
    case text(String)
    case date(CivilDate)
    case name(String)
    /// An operator word or sign in its English form.
    case sign(String)
    case end
  }

  let kind: Kind
  let offset: Int
}

/// Cuts an expression into tokens. Known names are recognised first, so that a Chinese name may stand beside an
/// operator without a space.
struct Lexer {
  private let scalars: [Unicode.Scalar]
  private let known: [[Unicode.Scalar]]
  private var at = 0
  private(set) var tokens: [Token] = []

  private static let words: [(zh: [Unicode.Scalar], en: String)] =
    Words.operators.filter { !$0.en.contains(" ") }.map { (Array($0.zh.unicodeScalars), $0.en) }
    .sorted { $0.0.count > $1.0.count }

  /// - Parameter names: column names that may contain anything.
  init(_ text: String, names: [String]) throws(ExpressionFault) {
    scalars = Array(text.unicodeScalars)
    known = names.filter { name in name.unicodeScalars.contains { $0.value > 127 } }
      .map { Array($0.unicodeScalars) }.sorted { $0.count > $1.count }
    while try next() {}
    tokens.append(Token(kind: .end, offset: scalars.count))
  }

  private mutating func next() throws(ExpressionFault) -> Bool {
    while at < scalars.count, WhiteSpaceTest.isSpace(scalars[at]) { at += 1 }
    guard at < scalars.count else { return false }
    let start = at
    if let name = known.first(where: { scalars[at...].starts(with: $0) && isWordEnd(at + $0.count) }) {
      at += name.count
      add(.name(String(String.UnicodeScalarView(name))), start)
      return true
    }
    if scalars[at...].starts(with: "为空".unicodeScalars) {
      at += 2
      add(.sign("is blank"), start)
      return true
    }
    if let word = Self.words.first(where: { scalars[at...].starts(with: $0.zh) }) {
      at += word.zh.count
      add(.sign(word.en), start)
      return true
    }
    let scalar = half(scalars[at])
    if isDigit(scalar) { return try number(start) }
    if scalar == "'" || scalar == "\"" || scalar == "‘" || scalar == "“" { return try quoted(start) }
    if isNameStart(scalar) {
      word(start)
      return true
    }
    return try sign(start)
  }

  private mutating func add(_ kind: Token.Kind, _ start: Int) {
    tokens.append(Token(kind: kind, offset: start))
  }

  private func half(_ scalar: Unicode.Scalar) -> Unicode.Scalar { Self.half(scalar) }

  static func half(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map(half)))
  }

  /// Full-width signs as plain ones.
  static func half(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    case 0xD7: "*"
    case 0xF7: "/"
    case 0x2212: "-"
    default: scalar
    }
  }

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 48 && scalar.value <= 57 }

  private func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.isIdeographic
  }

  /// Whether a name may end before this place: the text ends, a sign follows, or an operator word.
  private func isWordEnd(_ place: Int) -> Bool {
    guard place < scalars.count else { return true }
    let scalar = half(scalars[place])
    if !isNameStart(scalar), !isDigit(scalar) { return true }
    return scalars[place...].starts(with: "为空".unicodeScalars)
      || Self.words.contains { scalars[place...].starts(with: $0.zh) }
  }

  private mutating func number(_ start: Int) throws(ExpressionFault) -> Bool {
    var text = ""
    while at < scalars.count,
      isDigit(half(scalars[at])) || half(scalars[at]) == "." || half(scalars[at]) == "-"
    {
      let scalar = half(scalars[at])
      // A minus inside ten characters of a date belongs to it.
      if scalar == "-", !isDate(from: start) { break }
      text.unicodeScalars.append(scalar)
      at += 1
    }
    if text.contains("-") {
      guard let date = CivilDate(iso: text) else {
        throw ExpressionFault(
          offset: start, what: Bilingual("没有这一天：\(text)", "there is no such day: \(text)"),
          remedy: Bilingual("日期写成 2017-12-31。", "Write dates as 2017-12-31."))
      }
      add(.date(date), start)
      return true
    }
    guard let value = DecimalNumber(plain: text) else {
      throw ExpressionFault(
        offset: start, what: Bilingual("不是数：\(text)", "not a number: \(text)"),
        remedy: Bilingual("写成 20000 或 20000.00。", "Write 20000 or 20000.00."))
    }
    let sign = scalars[at...].firstIndex { !WhiteSpaceTest.isSpace($0) } ?? scalars.count
    if sign < scalars.count, half(scalars[sign]) == "%" {
      at = sign + 1
      add(.percent(value), start)
    } else {
      add(.number(value), start)
    }
    return true
  }

  private func isDate(from start: Int) -> Bool {
    guard start + 10 <= scalars.count else { return false }
    let ten = scalars[start..<(start + 10)].map(half)
    return ten[4] == "-" && ten[7] == "-" && [0, 1, 2, 3, 5, 6, 8, 9].allSatisfy { isDigit(ten[$0]) }
  }

  private mutating func quoted(_ start: Int) throws(ExpressionFault) -> Bool {
    let close: Unicode.Scalar = scalars[at] == "‘" ? "’" : (scalars[at] == "“" ? "”" : half(scalars[at]))
    at += 1
    var text = String.UnicodeScalarView()
    while at < scalars.count, scalars[at] != close {
      text.append(scalars[at])
      at += 1
    }
    guard at < scalars.count else {
      throw ExpressionFault(
        offset: start, what: Bilingual("引号没有闭合", "the quote is not closed"),
        remedy: Bilingual("文字写成 '住院'。", "Write texts as '住院'."))
    }
    at += 1
    add(.text(String(text)), start)
    return true
  }

  private mutating func word(_ start: Int) {
    var text = String.UnicodeScalarView()
    while at < scalars.count {
      let scalar = half(scalars[at])
      guard isNameStart(scalar) || isDigit(scalar) else { break }
      if !text.isEmpty, scalar.value > 127, Self.words.contains(where: { scalars[at...].starts(with: $0.zh) })
      {
        break
      }
      if !text.isEmpty, scalars[at...].starts(with: "为空".unicodeScalars) { break }
      text.append(scalar)
      at += 1
    }
    let word = String(text)
    if Words.operators.contains(where: { $0.en == word }) {
      add(.sign(word), start)
    } else if word == "is" {
      add(.sign("is"), start)
    } else {
      add(.name(word), start)
    }
  }

  private mutating func sign(_ start: Int) throws(ExpressionFault) -> Bool {
    let scalar = half(scalars[at])
    let following = at + 1 < scalars.count ? half(scalars[at + 1]) : " "
    let pair = "\(scalar)\(following)"
    if ["!=", "<=", ">=", "==", "<>"].contains(pair) {
      at += 2
      add(.sign(pair == "==" ? "=" : (pair == "<>" ? "!=" : pair)), start)
      return true
    }
    at += 1
    switch scalar {
    case "≤": add(.sign("<="), start)
    case "≥": add(.sign(">="), start)
    case "≠": add(.sign("!="), start)
    case "、": add(.sign(","), start)
    case "+", "-", "*", "/", "=", "<", ">", "(", ")", "[", "]", ",", ".": add(.sign(String(scalar)), start)
    default:
      throw ExpressionFault(
        offset: start, what: Bilingual("不认识的符号“\(scalar)”", "unknown sign '\(scalar)'"),
        remedy: Slips.remedy(forSign: scalar)
          ?? Bilingual(
            "可用：+ - * / = != < <= > >= ( ) [ ] , . 和词语。", "Use + - * / = != < <= > >= ( ) [ ] , . and words.")
      )
    }
    return true
  }
}

enum WhiteSpaceTest {
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
}
