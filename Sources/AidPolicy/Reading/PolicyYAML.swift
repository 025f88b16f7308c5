import AidModel
internal import Yams

/// Reads the nodes of a policy file strictly, keeping every problem with its line and column.
struct PolicyYAML {
  private(set) var problems: [PolicyProblem] = []

  mutating func add(_ problem: PolicyProblem) { problems.append(problem) }

  mutating func refuse(_ node: Node?, _ what: Bilingual, _ remedy: Bilingual, offset: Int = 0) {
    let mark = node?.mark
    problems.append(
      PolicyProblem(line: mark?.line ?? 1, column: (mark?.column ?? 1) + offset, what: what, remedy: remedy))
  }

  mutating func root(_ text: String) -> Node? {
    do {
      if let node = try Yams.compose(yaml: text) { return node }
      refuse(nil, Bilingual("文件是空的", "the file is empty"), Bilingual("请填写办法。", "Write the policy."))
    } catch let error as YamlError {
      syntax(error)
    } catch {
      refuse(
        nil, Bilingual("读不懂：\(error)", "cannot be read: \(error)"), Bilingual("请检查文件。", "Check the file."))
    }
    return nil
  }

  private mutating func syntax(_ error: YamlError) {
    let remedy = Bilingual("请检查该行的缩进、冒号和引号。", "Check the indentation, colons and quotes of that line.")
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      add(
        PolicyProblem(
          line: mark.line, column: mark.column,
          what: Bilingual("不是合格的 YAML：\(problem)", "not well-formed YAML: \(problem)"),
          remedy: remedy))
    case .duplicatedKeysInMapping(_, let context):
      add(
        PolicyProblem(
          line: context.mark.line, column: context.mark.column,
          what: Bilingual("同一个键写了两次", "a key is written twice"),
          remedy: Bilingual("请保留一个。", "Keep one of them.")))
    default: refuse(nil, Bilingual("不是合格的 YAML：\(error)", "not well-formed YAML: \(error)"), remedy)
    }
  }

  /// The pairs of a mapping by English key; unknown and repeated keys and missing ones are refused.
  mutating func mapping(
    _ node: Node?, of subject: String, allowed: [String], required: [String] = []
  ) -> [String: Node] {
    guard let node else { return [:] }
    guard let mapping = node.mapping else {
      refuse(
        node, Bilingual("\(subject) 应是“键: 值”", "\(subject) must be a mapping"),
        Bilingual("可用的键：\(allowed.joined(separator: " "))", "Keys: \(allowed.joined(separator: " "))"))
      return [:]
    }
    var pairs: [String: Node] = [:]
    for (key, value) in mapping {
      let written = key.string ?? ""
      let name = englishKey(written, allowed)
      guard allowed.contains(name) else {
        unknownKey(key, written, subject, allowed)
        continue
      }
      if pairs.updateValue(value, forKey: name) != nil {
        refuse(
          key, Bilingual("“\(written)”写了两次", "'\(written)' is written twice"),
          Bilingual("请保留一个。", "Keep one of them."))
      }
    }
    for name in required where pairs[name] == nil {
      let zh = Words.keys.first { $0.en == name }?.zh ?? name
      refuse(
        node, Bilingual("\(subject) 缺少 \(name)（\(zh)）", "\(subject) lacks '\(name)'"),
        Bilingual("请补上 \(name)。", "Add '\(name)'."))
    }
    return pairs
  }

  /// One Chinese word may stand for different keys in different places: the one allowed here is meant.
  private func englishKey(_ word: String, _ allowed: [String]) -> String {
    if allowed.contains(word) { return word }
    return Words.keys.first { $0.zh == word && allowed.contains($0.en) }?.en ?? word
  }

  private mutating func unknownKey(_ node: Node, _ word: String, _ subject: String, _ allowed: [String]) {
    let near = Words.nearest(
      to: word, among: allowed + allowed.compactMap { key in Words.keys.first { $0.en == key }?.zh })
    refuse(
      node, Bilingual("\(subject) 中不认识的键“\(word)”", "unknown key '\(word)' in \(subject)"),
      near.map { Bilingual("是不是“\($0)”？", "Did you mean '\($0)'?") }
        ?? Bilingual(
          "可用的键：\(allowed.joined(separator: " "))", "Known keys: \(allowed.joined(separator: " "))"))
  }

  mutating func text(_ node: Node?, of subject: String) -> String? {
    guard let node else { return nil }
    if let scalar = node.scalar { return scalar.string }
    refuse(
      node, Bilingual("\(subject) 应是一个值", "\(subject) must be a single value"),
      Bilingual("不要写成列表。", "Do not write a list."))
    return nil
  }

  mutating func texts(_ node: Node?, of subject: String) -> [String] {
    guard let node else { return [] }
    if let sequence = node.sequence { return sequence.compactMap { text($0, of: subject) } }
    return text(node, of: subject).map { [$0] } ?? []
  }

  mutating func list(_ node: Node?, of subject: String) -> [Node] {
    guard let node else { return [] }
    if let sequence = node.sequence { return Array(sequence) }
    refuse(
      node, Bilingual("\(subject) 应是列表", "\(subject) must be a list"),
      Bilingual("每项以“- ”开头。", "Begin each item with '- '."))
    return []
  }

  mutating func date(_ node: Node?, of subject: String) -> CivilDate? {
    guard let node, let text = text(node, of: subject) else { return nil }
    if let date = CivilDate(iso: text) { return date }
    refuse(
      node, Bilingual("\(subject) 不是日期：\(text)", "\(subject) is not a date: \(text)"),
      Bilingual("写成 2023-12-31。", "Write 2023-12-31."))
    return nil
  }

  /// A plain non-negative decimal, `25%` read as 0.25.
  mutating func number(_ node: Node?, of subject: String) -> Rational? {
    guard let node, let text = text(node, of: subject) else { return nil }
    let digits = text.hasSuffix("%") ? text.dropLast().filter { $0 != " " } : ""
    if let value = DecimalNumber(plain: digits), value.scale <= 16, value.mantissa >= 0 {
      return Rational(DecimalNumber(mantissa: value.mantissa, scale: value.scale + 2))
    }
    if let value = DecimalNumber(plain: text), value.mantissa >= 0 { return Rational(value) }
    refuse(
      node, Bilingual("\(subject) 不是数：\(text)", "\(subject) is not a number: \(text)"),
      Self.numberRemedy(text))
    return nil
  }

  private static func numberRemedy(_ text: String) -> Bilingual {
    if text.hasPrefix("-") {
      return Bilingual("办法中的数不小于 0。", "Figures of a policy are not below 0.")
    }
    for (unit, factor) in [("万", Int64(10_000)), ("千", 1000), ("百", 100)] where text.hasSuffix(unit) {
      guard let value = DecimalNumber(plain: String(text.dropLast())),
        let product = try? Rational(value) * Rational(factor)
      else { continue }
      return Bilingual("写成 \(product)。", "Write \(product).")
    }
    let plain = text.filter { !",，元¥￥ ".contains($0) }
    if DecimalNumber(plain: plain) != nil { return Bilingual("写成 \(plain)。", "Write \(plain).") }
    return Bilingual("写成 20000、20000.00 或 25%。", "Write 20000, 20000.00 or 25%.")
  }

  /// One of the fixed values of a key.
  mutating func word(_ node: Node?, of subject: String, among allowed: [String]) -> String? {
    guard let node, let text = text(node, of: subject) else { return nil }
    if allowed.contains(text) { return text }
    if let match = Words.values.first(where: { $0.zh == text && allowed.contains($0.en) }) { return match.en }
    refuse(
      node, Bilingual("\(subject) 不能是“\(text)”", "\(subject) cannot be '\(text)'"),
      Bilingual("可用：\(allowed.joined(separator: " "))", "Use: \(allowed.joined(separator: " "))"))
    return nil
  }

  mutating func flag(_ node: Node?, of subject: String) -> Bool? {
    word(node, of: subject, among: ["true", "false"]).map { $0 == "true" }
  }
}
