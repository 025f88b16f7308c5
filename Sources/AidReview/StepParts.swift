import AidModel

/// The parts sentences of steps are made of.
extension StepSentence {
  /// A figure as it is written, which says nothing beside its value.
  static func isFigure(_ expression: String) -> Bool {
    var digits = Substring(expression)
    for unit in ["%", "元", "yuan"] where digits.hasSuffix(unit) { digits = digits.dropLast(unit.count) }
    return !digits.isEmpty
      && digits.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E || $0 == 0x2C || $0 == 0x20 }
  }

  /// `按比例 EXPRESSION：`; of a plain figure only the head.
  func head<Writer: StepWriter & ~Copyable>(
    _ words: String, _ expression: String, _ out: inout Writer
  ) {
    out.append(words)
    if !Self.isFigure(expression) { out.append(" " + language.words(expression)) }
    out.append(language.colon)
  }

  /// `封顶 8,000.00`, or `封顶 EXPRESSION = 8,000.00`.
  func named<Writer: StepWriter & ~Copyable>(
    _ words: String, _ expression: String, _ value: StepFigure, _ out: inout Writer
  ) {
    out.append(words + " ")
    if !Self.isFigure(expression) { out.append(language.term(expression) + " = ") }
    out.append(yuan: value)
  }

  /// An edge the amount is brought to.
  func edge<Writer: StepWriter & ~Copyable>(
    _ words: String, _ expression: String, _ value: StepFigure, _ out: inout Writer
  ) {
    named(words, expression, value, &out)
    out.append(language.colon)
    change(&out)
  }

  /// `600.00 − 500.00 = 100.00`; where there is less than is taken off, what became of it.
  func takeOff<Writer: StepWriter & ~Copyable>(
    _ words: String, _ expression: String, _ out: inout Writer
  ) {
    out.append(if: figures.isEnough) { out in
      head(words, expression, &out)
      out.append(yuan: figures.was)
      out.append(" − ")
      out.append(yuan: figures.value)
      out.append(" = ")
      out.append(yuan: figures.result)
    } else: { out in
      named(words, expression, figures.value, &out)
      out.append(say("，不够减：", ", more than there is: "))
      change(&out)
    }
  }

  func product<Writer: StepWriter & ~Copyable>(_ out: inout Writer) {
    out.append(yuan: figures.was)
    out.append(" × ")
    out.append(percent: figures.value)
    out.append(" = ")
    out.append(yuan: figures.result)
  }

  func change<Writer: StepWriter & ~Copyable>(_ out: inout Writer) {
    out.append(yuan: figures.was)
    out.append(" → ")
    out.append(yuan: figures.result)
  }

  /// An amount that depends on nothing before it.
  func fixed<Writer: StepWriter & ~Copyable>(_ expression: String, _ out: inout Writer) {
    if key == "table" {
      out.append(say("定额表", "table"))
      out.append(language.opens)
      out.append(tableKeys(expression))
      out.append(language.closes)
      out.append(language.colon)
    } else if Self.isFigure(expression) {
      out.append(say("定额 ", "fixed amount "))
    } else {
      out.append(say("金额 ", "amount "))
      out.append(language.term(expression))
      out.append(" = ")
    }
    out.append(yuan: figures.result)
  }

  /// `category: retired; grade: 1`
  private func tableKeys(_ keys: String) -> String {
    keys.split(separator: "; ").map { key in
      guard let colon = key.firstRange(of: ": ") else { return String(key) }
      return language.words(String(key[..<colon.lowerBound])) + language.colon + key[colon.upperBound...]
    }.joined(separator: language.comma)
  }

  /// A condition that decides everything or nothing: a gate, or one of the whole award.
  func gate<Writer: StepWriter & ~Copyable>(
    _ condition: String, held: Bool, _ out: inout Writer
  ) {
    let head: String
    switch key {
    case "eligible": head = say("资格：", "eligible: ")
    case "limit": head = say("次数限制：", "limit: ")
    case "exclusive", "one_per_household":
      out.append(condition + language.colon)
      return change(&out)
    default: head = say("门槛：", "gate: ")
    }
    out.append(head)
    out.append(language.words(condition))
    out.append(language.opens)
    if held { return out.append(say("达到）", "passed)")) }
    out.append(key == "gate" ? say("没有达到", "not passed") : say("不符合", "no"))
    out.append(language.closes)
    if key == "eligible" { return }
    out.append(language.colon)
    change(&out)
  }

  /// `（不低于 10,000.00，低于 20,000.00）：`
  func inBand<Writer: StepWriter & ~Copyable>(_ band: String, _ out: inout Writer) {
    out.append(language.opens)
    out.append(BandWords.text(band, language))
    out.append(language.closes)
    out.append(language.colon)
  }

  func tiers<Writer: StepWriter & ~Copyable>(_ slices: [Slice], _ out: inout Writer) {
    out.append(say("分段累计：", "marginal tiers: "))
    var count = 0
    for (i, slice) in slices.enumerated() {
      guard let (top, part) = share(of: slice, isLast: i == slices.count - 1) else { continue }
      if count > 0 { out.append(language.semicolon) }
      count += 1
      if !slice.from.isZero { out.append("(") }
      out.append(yuan: top)
      if !slice.from.isZero {
        out.append(" − ")
        out.append(yuan: .exact(slice.from))
        out.append(")")
      }
      out.append(" × ")
      out.append(percent: .exact(slice.rate))
      out.append(" = ")
      out.append(yuan: part)
    }
    if count == 0 {
      out.append(say("没有到第一段，", "below the first tier, "))
      change(&out)
    } else if count > 1 {
      out.append(say("；合计 ", "; together "))
      out.append(yuan: figures.result)
    }
  }

  /// How far an amount reaches into a tier, and what the tier gives for it; nil: it does not reach it. While the amount
  /// is open it fills every tier that has an end and ends in the one that has none.
  private func share(of slice: Slice, isLast: Bool) -> (top: StepFigure, part: StepFigure)? {
    let top: Rational
    if case .exact(let amount) = figures.was {
      guard amount > slice.from else { return nil }
      top = slice.to.map { min($0, amount) } ?? amount
    } else if let to = slice.to {
      top = to
    } else {
      return (figures.was, figures.value)
    }
    return (.exact(top), .exact((try? (top - slice.from) * slice.rate) ?? .zero))
  }
}

/// The words of a household's cap, whose figure of what is used tells what the spouse had: letters leave it out.
enum HouseholdCap {
  static let used = Bilingual("，已用 ", ", used ")
  private static let mark = Bilingual("每户", "household ")

  static func name(_ name: String, _ isHousehold: Bool, _ language: StepLanguage) -> String {
    isHousehold ? mark.text(language.language) + name : name
  }

  /// The sentence of a cap without what a household used.
  static func withoutUsed(_ text: String, _ language: Language) -> String {
    guard text.hasPrefix(mark.text(language)), let begin = text.ranges(of: used.text(language)).last,
      let end = text[begin.upperBound...].firstRange(of: language == .zh ? "：" : ": ")
    else { return text }
    return text[..<begin.lowerBound]
      + Bilingual("，扣除本户已用的", ", less what the household has used").text(language) + text[end.lowerBound...]
  }

  /// Why an award was limited, without what a household used.
  static func withoutUsed(_ reason: Reason, _ language: Language) -> String {
    guard reason.code.hasPrefix("cap."), reason.text.contains(Bilingual("每户", "household, ").text(language)),
      let used = reason.text.firstRange(of: Bilingual("，其中 ", ", of which ").text(language))
    else { return reason.text }
    return String(reason.text[..<used.lowerBound])
  }
}

/// A band as intervals are written, `[1000, 2000)`, in words.
enum BandWords {
  static func text(_ band: String, _ language: StepLanguage) -> String {
    let ends = band.dropFirst().dropLast().split(separator: ", ", omittingEmptySubsequences: false)
    guard ends.count == 2, let opens = band.first, let closes = band.last else { return band }
    var words: [String] = []
    if let low = figure(ends[0]) {
      words.append((opens == "[" ? language.say("不低于 ", "at least ") : language.say("高于 ", "above ")) + low)
    }
    if let high = figure(ends[1]) {
      words.append((closes == "]" ? language.say("不高于 ", "at most ") : language.say("低于 ", "below ")) + high)
    }
    return words.isEmpty ? language.say("任何金额", "any amount") : words.joined(separator: language.comma)
  }

  private static func figure(_ end: Substring) -> String? {
    end.isEmpty ? nil : Money(plain: String(end))?.grouped ?? String(end)
  }
}
