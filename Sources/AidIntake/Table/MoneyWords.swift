import AidModel

/// The words a list uses for its unit of money, yuan or other.
enum MoneyWords {
  /// Longer ones first: 百万元 contains 万元.
  private static let certain = [
    "千万元", "百万元", "十万元", "万元", "千元", "百元", "亿元", "万美元", "美元", "美金", "欧元", "英镑", "日元", "港元",
    "港币", "澳门元", "澳元", "加元", "韩元", "新台币", "台币", "卢布", "瑞士法郎", "€", "£", "$",
  ]
  /// Only as words of their own: 分 and 百 are parts of many other words.
  private static let alone = [
    "万", "千", "百", "亿", "十万", "百万", "千万", "角", "分", "usd", "eur", "gbp", "jpy", "hkd", "mop", "twd",
    "krw", "aud", "cad", "chf", "sgd", "us$", "hk$",
  ]
  private static let yuan = ["元", "人民币", "人民币元", "rmb", "cny", "¥"]
  private static let labels = ["单位", "币种", "货币"]

  /// The unit other than yuan in an amount heading: 自付金额（万元）, 申请金额/美元.
  static func unit(ofHeading text: String) -> String? {
    let key = TextKey.of(text)
    if let word = certain.first(where: { key.containsScalars($0) && names($0, in: key) }) { return word }
    return alone.contains(where: key.containsScalars)
      ? tokens(text).first(where: alone.contains).map(whole) : nil
  }

  /// Whether a heading says that its amounts are in plain yuan.
  static func saysYuan(heading text: String) -> Bool {
    guard unit(ofHeading: text) == nil else { return false }
    let key = HeadingMarks.stripped(TextKey.of(text))
    return tokens(text).contains { yuan.contains($0) } || key.hasSuffix("元")
  }

  /// The unit other than yuan in a line outside the table; ignores sentences that mention sums.
  static func unit(ofLine text: String) -> String? {
    let key = TextKey.of(text)
    if let said = sayings.first(where: { key.containsScalars($0.word) && isSaid($0, in: key) }) {
      return said.word
    }
    // Nearly every line is told by this alone.
    guard alone.contains(where: key.containsScalars) else { return nil }
    let words = tokens(text)
    for (label, word) in zip(words, words.dropFirst()) where labels.contains(where: label.hasSuffix) {
      if alone.contains(word) { return whole(word) }
    }
    return alone.first { $0 != "分" && key.containsScalars("(\($0))") }.map(whole)
  }

  /// 万 is short for 万元.
  private static func whole(_ word: String) -> String {
    ["万", "千", "百", "亿"].contains { word.hasSuffix($0) } ? word + "元" : word
  }

  /// Whether a line outside the table says that amounts are in plain yuan.
  static func saysYuan(line text: String) -> Bool {
    let key = TextKey.of(text)
    guard key.containsScalars("元") || key.containsScalars("人民币") else { return false }
    let words = tokens(text)
    return ["元", "人民币元", "人民币(元)"].contains { word in
      ["(\(word))", "[\(word)]", "【\(word)】", "(\(word),"].contains { key.containsScalars($0) }
        || key.sameScalars(as: word)
        || words.contains { $0 == "以\(word)为单位" || $0 == "以\(word)计" || $0 == "单位\(word)" }
        || zip(words, words.dropFirst()).contains {
          $0.hasSuffix("单位") && word.hasPrefix($1) && ["元", "人民币元", "人民币"].contains($1)
        }
    }
  }

  /// The unit other than yuan in a number format.
  static func unit(ofFormat code: String) -> String? {
    var shown = ""
    var rest = Array(code.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "[":
        let inside = String(String.UnicodeScalarView(rest.prefix { $0 != "]" }))
        rest = rest.drop { $0 != "]" }.dropFirst()
        if let foreign = currency(inside) { return foreign }
      case "_", "*": _ = rest.popFirst()
      default: shown.unicodeScalars.append(scalar)
      }
    }
    let key = TextKey.of(shown).filter { $0 != "\"" && $0 != "\\" }
    return certain.first { key.containsScalars($0) } ?? alone.first { key.containsScalars($0) }.map(whole)
  }

  /// The currency in the brackets of a format, `$€-407`; the yen shares its sign with the yuan.
  private static func currency(_ inside: String) -> String? {
    guard inside.hasPrefix("$") else { return nil }
    let parts = inside.dropFirst().split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let symbol = TextKey.of(String(parts.first ?? ""))
    if parts.count > 1, parts[1] == "411" || parts[1].lowercased().hasPrefix("ja") {
      return symbol.isEmpty ? nil : "日元"
    }
    return symbol.isEmpty || yuan.contains(symbol) || symbol == "元" ? nil : symbol
  }

  /// Whether the key contains the word without a digit before it: 5万元以上 is a sum.
  private static func names(_ word: String, in key: String) -> Bool {
    key.ranges(of: word).contains { found in
      found.lowerBound == key.startIndex || !key[key.index(before: found.lowerBound)].isNumber
    }
  }

  private struct Saying {
    let word: String
    let phrases: [String]
  }

  /// How a line says what it counts in, for each of the certain words.
  private static let sayings = certain.map { word in
    Saying(
      word: word,
      phrases: [
        "(\(word)", "[\(word)]", "【\(word)】", "单位:\(word)", "单位\(word)", "单位为\(word)", "单位是\(word)",
        "币种:\(word)", "货币:\(word)", "以\(word)为", "以\(word)计", "均为\(word)", "按\(word)填",
      ])
  }

  private static func isSaid(_ saying: Saying, in key: String) -> Bool {
    saying.phrases.contains { key.containsScalars($0) } || key.sameScalars(as: saying.word)
  }

  private static let separators = Set("()[]【】〔〕<>{}《》「」/,;:、|-".unicodeScalars)

  /// The words of a text as keys, split at brackets, punctuation and white space.
  private static func tokens(_ text: String) -> [String] {
    var words = [""]
    for scalar in HeadingText.halfWidthTrimmed(text).unicodeScalars {
      let plain = TextKey.of(String(scalar)).unicodeScalars
      if plain.isEmpty || plain.contains(where: separators.contains) {
        words.append("")
      } else {
        words[words.count - 1].unicodeScalars.append(contentsOf: plain)
      }
    }
    return words.filter { !$0.isEmpty }
  }
}
