import AidModel

/// Explains why a file is not YAML to people who know little of YAML: a full-width sign instead of a plain
/// one, a missing space. The parser notices most of these a line later, and complains about something else.
enum YAMLSlips {
  struct Slip {
    /// From 0.
    let column: Int
    let what: Bilingual
    let remedy: Bilingual
  }

  /// The parser gives up at most two lines after the mistake.
  private static let linesBack = 3

  /// The mistake, reported where it is.
  /// - Parameters:
  ///   - problem: the parser's words.
  ///   - line: where it gave up, from 1.
  static func problem(
    _ problem: String, line: Int, column: Int, in lines: [[Unicode.Scalar]]
  ) -> YAMLProblem {
    var number = min(line, lines.count)
    var looked = 0
    while number >= 1, looked < linesBack {
      let text = lines[number - 1]
      if let slip = LineScan.slip(in: text) {
        return YAMLProblem(line: number, column: slip.column + 1, what: slip.what, remedy: slip.remedy)
      }
      if text.contains(where: { !YAMLReader.isSpace($0) }) { looked += 1 }
      number -= 1
    }
    let words = parserWords.first { problem.hasPrefix($0.en) }?.zh ?? "写法不符合 YAML 格式"
    return YAMLProblem(
      line: line, column: column,
      what: Bilingual("不是合格的 YAML：\(words)", "not well-formed YAML: \(problem)"),
      remedy: Bilingual(
        "请检查这一行和上一行的缩进、冒号和引号；花括号里的表达式含有引号、[ ] 或冒号时，整个表达式加双引号。",
        "Check the indentation, colons and quotes of this line and the one before; in braces put an expression with "
          + "quotes, [ ] or a colon in double quotes."))
  }

  private static let parserWords: [(en: String, zh: String)] = [
    ("could not find expected ':'", "上一行的键后面缺少冒号"),
    ("mapping values are not allowed", "这里不能再出现“键: 值”，多半是缩进没有对齐，或值里有冒号而没有加引号"),
    ("did not find expected ',' or '}'", "花括号里缺少逗号或右括号，或引号前后有多余的内容"),
    ("did not find expected ',' or ']'", "方括号里缺少逗号或右括号，或引号前后有多余的内容"),
    ("did not find expected key", "缩进没有与同级的键对齐，或上一行的引号后面有多余的内容"),
    ("did not find expected '-' indicator", "列表里缺少“- ”，或缩进没有对齐"),
    ("did not find expected node content", "这里缺少内容，多半是多了一个逗号"),
    ("found character that cannot start any token", "值不能以这个符号开头，请加引号；缩进不能用制表符"),
    ("found a tab character", "缩进不能用制表符"),
    ("found unexpected end of stream", "引号没有闭合"),
    ("block sequence entries are not allowed", "“- ”不能写在这里，请另起一行"),
    ("found undefined", "值以 * 或 & 开头时请加引号"),
  ]

  static let comment = Slip.words(
    "花括号里写了 # 注释，后面的内容没有读到", "a # comment stands inside braces; what follows is not read",
    "把注释写到这一行的末尾、右括号之后，或另起一行。", "Put the comment behind the closing brace or on a line of its own.")
  static let fence = Slip.words(
    "这一行是文档里的代码框 ```", "this line is a ``` fence from a document", "请删去这一行。", "Delete the line.")

  static let colon = Slip.words(
    "冒号是全角的“：”", "the colon is a full-width '：'", "改成半角冒号加一个空格，例如 title: 补助。",
    "Write a plain colon and a space, as in title: text.")
  static let noSpace = Slip.words(
    "冒号后面没有空格", "no space follows the colon", "冒号后面加一个空格，例如 title: 补助。",
    "Write a space after the colon, as in title: text.")
  static let comma = Slip.words(
    "逗号是全角的", "the comma is a full-width one", "改成半角逗号加一个空格，例如 {per: year, at: 5000}。",
    "Write a plain comma and a space, as in {per: year, at: 5000}.")
  static let bracket = Slip.words(
    "括号是全角的", "the bracket is a full-width one", "改成半角的 { } [ ]。", "Write plain { } [ ].")
  static let space = Slip.words(
    "这里有全角空格", "there is a full-width space", "改成半角空格；缩进只用半角空格。",
    "Write plain spaces; only they indent.")
  static let tab = Slip.words(
    "缩进用了制表符", "a tab is used to indent", "改成空格。", "Write spaces.")
  static let quotes = Slip.words(
    "花括号里的表达式既有逗号又有引号，YAML 会把它断开", "in braces YAML cuts an expression that has a comma beside a quote",
    "整个表达式加双引号，例如 when: \"coalesce(kind, '甲') = '甲'\"。",
    "Put the expression in double quotes, as in when: \"coalesce(kind, 'a') = 'a'\".")

  /// The remedy for a key that is unknown because of a sign inside it.
  static func remedy(forKey key: String) -> Bilingual? {
    for (signs, slip) in [("：", colon), ("，、", comma), ("\u{3000}", space), (":", noSpace)]
    where key.contains(where: { signs.contains($0) }) {
      return Bilingual(slip.what.zh + "：" + slip.remedy.zh, slip.what.en + ": " + slip.remedy.en)
    }
    if key.prefix(while: { $0.isASCII && $0.isNumber }).count == 3 {
      return Bilingual(
        "数里不要写千分位逗号，例如 20,000 写成 20000。", "Write no commas inside numbers: 20000, not 20,000.")
    }
    return nil
  }
}

extension YAMLSlips.Slip {
  fileprivate static func words(_ zh: String, _ en: String, _ todoZh: String, _ todoEn: String) -> Self {
    Self(column: 0, what: Bilingual(zh, en), remedy: Bilingual(todoZh, todoEn))
  }

  fileprivate func at(_ column: Int) -> Self { Self(column: column, what: what, remedy: remedy) }
}

/// Searches one line for a sign that cannot be intended where it is.
private struct LineScan {
  private enum Part { case start, key, value }

  private let line: [Unicode.Scalar]
  private var part = Part.start
  private var valueStart = 0
  private var braces: [Unicode.Scalar] = []
  private var parentheses = 0

  static func slip(in line: [Unicode.Scalar]) -> YAMLSlips.Slip? {
    if let slip = indentation(line) { return slip }
    if line.starts(with: ["`", "`", "`"]) { return YAMLSlips.fence.at(0) }
    var scan = LineScan(line)
    return scan.slip()
  }

  private init(_ line: [Unicode.Scalar]) { self.line = line }

  private static func indentation(_ line: [Unicode.Scalar]) -> YAMLSlips.Slip? {
    let blank = line.prefix { YAMLReader.isSpace($0) }
    guard blank.count < line.count, let odd = blank.firstIndex(where: { $0 != " " && $0 != "\r" }) else {
      return nil
    }
    return (line[odd] == "\t" ? YAMLSlips.tab : YAMLSlips.space).at(odd)
  }

  private mutating func slip() -> YAMLSlips.Slip? {
    var i = 0
    while i < line.count {
      let scalar = line[i]
      if scalar == "#", i == 0 || YAMLReader.isSpace(line[i - 1]) {
        // Whatever follows is a comment, including the closing brace.
        return braces.isEmpty ? nil : YAMLSlips.comment.at(i)
      }
      if scalar == "'" || scalar == "\"" {
        if isBesideComma(i) { return YAMLSlips.quotes.at(valueStart) }
        part = .value
        i = (line[(i + 1)...].firstIndex(of: scalar) ?? line.count) + 1
        continue
      }
      if let slip = look(at: i) { return slip }
      i += 1
    }
    return nil
  }

  private mutating func look(at i: Int) -> YAMLSlips.Slip? {
    let scalar = line[i]
    switch scalar {
    case "(", "（": parentheses += 1
    case ")", "）": parentheses -= 1
    case "{", "[":
      braces.append(scalar)
      part = .start
    case "}", "]":
      _ = braces.popLast()
      part = .value
    case "｛", "［": if part == .start || isFirst(i) { return YAMLSlips.bracket.at(i) }
    case ",": if !braces.isEmpty, parentheses <= 0 { part = .start }
    case "，", "、": if isComma(i) { return YAMLSlips.comma.at(i) }
    case "：": if part == .key { return YAMLSlips.colon.at(i) }
    case ":": return plainColon(i)
    case "-" where part == .start: break
    case "\u{3000}": if part == .start || isFirst(i) { return YAMLSlips.space.at(i) }
    default:
      if YAMLReader.isSpace(scalar) { break }
      let isWord = scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.isIdeographic
      let isLater = part == .key && (scalar == "-" || (scalar.value >= 48 && scalar.value <= 57))
      part = part != .value && (isWord || isLater) ? .key : .value
    }
    return nil
  }

  private mutating func plainColon(_ i: Int) -> YAMLSlips.Slip? {
    guard part == .key else { return nil }
    let next = i + 1 < line.count ? line[i + 1] : " "
    if next == "/" || next == "\r" { return nil }
    if !YAMLReader.isSpace(next) { return YAMLSlips.noSpace.at(i) }
    part = .value
    valueStart = line[(i + 1)...].firstIndex { $0 != " " } ?? i
    return nil
  }

  /// Whether this is the first character of a value.
  private func isFirst(_ i: Int) -> Bool { part == .value && i == valueStart }

  /// Whether this is `, '甲'` inside parentheses inside braces.
  private func isBesideComma(_ i: Int) -> Bool {
    braces.last == "{" && parentheses > 0
      && line[valueStart..<i].last { !YAMLReader.isSpace($0) }.map { $0 == "," } == true
  }

  /// Whether this is a full-width comma in braces before a key.
  private func isComma(_ i: Int) -> Bool {
    guard braces.last == "{", parentheses <= 0 else { return false }
    let rest = line[(i + 1)...].drop { YAMLReader.isSpace($0) }
    let word = rest.prefix { $0 == "_" || $0.properties.isAlphabetic || $0.properties.isIdeographic }
    guard !word.isEmpty else { return false }
    return rest.dropFirst(word.count).first { !YAMLReader.isSpace($0) }.map { $0 == ":" || $0 == "：" }
      ?? false
  }
}
