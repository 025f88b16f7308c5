import AidModel
import AidYAML
internal import Yams

/// Reads caps, limits, places and the order of rows.
extension PolicyReader {
  mutating func caps(_ node: Node?, isOfPolicy: Bool = false) -> [Cap] {
    yaml.list(node, of: "caps").compactMap { cap($0, of: "caps", isOfPolicy: isOfPolicy) }
  }

  /// - Parameter isOfPolicy: it may be over some benefits, and over other programmes.
  mutating func cap(_ node: Node, of subject: String, isOfPolicy: Bool = false) -> Cap? {
    let pairs = yaml.mapping(
      node, of: subject, allowed: ["per", "at", "clause", "unit", "of", "with"], required: ["per", "at"])
    let per = span(pairs["per"], among: ["award", "year", "lifetime"])
    let unit = yaml.word(pairs["unit"], of: "unit", among: ["person", "household"])
    let at = expression(pairs["at"], of: "at", [.money])
    for key in ["of", "with"] where !isOfPolicy && pairs[key] != nil {
      yaml.refuse(
        pairs[key],
        Bilingual("“\(key)”只能写在办法的 caps 里", "'\(key)' may stand in the caps of the policy alone"),
        Bilingual("请把这一条移到 benefits 之后的 caps。", "Move this cap to the caps after the benefits."))
    }
    let (of, with) = (benefitNames(pairs["of"]), yaml.texts(pairs["with"], of: "with"))
    if !with.isEmpty, unit == "household" {
      yaml.refuse(
        pairs["unit"],
        Bilingual("连同别的项目的封顶不能按户", "a cap with other programmes cannot be for a household"),
        Bilingual("请写成两条封顶。", "Write two caps."))
    }
    guard let at, let per else { return nil }
    return Cap(
      per: per, at: at, isHousehold: unit == "household", clause: yaml.line(pairs["clause"], of: "clause"),
      of: of, with: with)
  }

  private mutating func benefitNames(_ node: Node?) -> [String] {
    guard let node else { return [] }
    let known = draft.benefits.map(\.name)
    for item in node.sequence.map(Array.init) ?? [node] {
      guard let name = item.scalar?.string, !known.contains(where: { $0.sameScalars(as: name) }) else {
        continue
      }
      yaml.refuse(
        item, Bilingual("没有名为“\(name)”的补助", "there is no benefit '\(name)'"),
        NearWord.nearest(to: name, among: known).map { Bilingual("是不是“\($0)”？", "Did you mean '\($0)'?") }
          ?? Bilingual("写 benefits 中的 name。", "Write a name of benefits."))
    }
    return yaml.texts(node, of: "of")
  }

  /// One limit, or a list of them.
  mutating func limits(_ node: Node?) -> [Limit] {
    (node.map { $0.sequence.map(Array.init) ?? [$0] } ?? []).compactMap { limit($0) }
  }

  private mutating func limit(_ node: Node) -> Limit? {
    let pairs = yaml.mapping(
      node, of: "limit", allowed: ["per", "times", "unit", "clause"], required: ["per", "times"])
    guard let per = span(pairs["per"], among: ["year", "lifetime"]),
      let times = expression(pairs["times"], of: "times", [.number])
    else { return nil }
    if let known = times.known, known.whole == nil || known < .one {
      yaml.refuse(
        pairs["times"], Bilingual("次数应是不小于 1 的整数", "times must be a whole number of at least 1"),
        Bilingual("例如 times: 1", "For example times: 1"))
      return nil
    }
    let unit = yaml.word(pairs["unit"], of: "unit", among: ["person", "household"])
    return Limit(
      per: per, times: times, isHousehold: unit == "household",
      clause: yaml.line(pairs["clause"], of: "clause"))
  }

  /// What a cap or limit runs over: one of the words, or `{years: N}`.
  private mutating func span(_ node: Node?, among words: [String]) -> Cap.Scope? {
    guard let node else { return nil }
    if node.mapping != nil {
      let pairs = yaml.mapping(node, of: "per", allowed: ["years"], required: ["years"])
      guard let years = yaml.number(pairs["years"], of: "years") else { return nil }
      if let count = years.whole, (1...100).contains(count) { return .years(Int(count)) }
      yaml.refuse(
        pairs["years"], Bilingual("年数应是 1 到 100 的整数", "years must be a whole number from 1 to 100"),
        Bilingual("例如 {years: 3}", "For example {years: 3}"))
      return nil
    }
    switch yaml.word(node, of: "per", among: words) {
    case "award": return .award
    case "year": return .year
    case "lifetime": return .lifetime
    default: return nil
    }
  }

  /// Expressions by which something is put in order, ascending unless they end with `desc`.
  mutating func sortKeys(_ node: Node?, of subject: String) -> [PriorityKey] {
    (node.map { $0.sequence.map(Array.init) ?? [$0] } ?? []).compactMap { item in
      guard var text = yaml.text(item, of: subject) else { return nil }
      var descending = false
      for (word, down) in [(" desc", true), (" asc", false), (" 降序", true), (" 升序", false)]
      where text.hasSuffix(word) {
        text = String(text.dropLast(word.count))
        descending = down
      }
      return expression(text, at: item, [.money, .number, .text, .date, .flag]).map {
        PriorityKey(value: $0, descending: descending)
      }
    }
  }

  /// The order of a person's rows: each row is looked at alone.
  mutating func readOrder(_ node: Node?) -> [PriorityKey] {
    let keys = sortKeys(node, of: "order")
    if keys.contains(where: {
      $0.value.expression.contains { if case .aggregate = $0.node { true } else { false } }
    }) {
      yaml.refuse(
        node,
        Bilingual("order 是逐行排的，不能用按行汇总的函数", "order looks at one row; functions over rows cannot be used"),
        Bilingual("例如 order: [discharged]", "For example order: [discharged]"))
    }
    return keys
  }

  mutating func readPlaces(_ node: Node?, priority: Node?) {
    guard let node else { return }
    let pairs = yaml.mapping(node, of: "places", allowed: ["by", "count", "amount", "clause"])
    if pairs["count"] == nil, pairs["amount"] == nil {
      yaml.refuse(
        node, Bilingual("places 没有写名额，也没有写金额", "places gives neither a count nor an amount"),
        Bilingual("例如 places: {by: unit, count: 5}", "For example places: {by: unit, count: 5}"))
    }
    if priority == nil {
      yaml.refuse(
        node, Bilingual("有名额而没有写 priority", "places without a priority"),
        Bilingual(
          "请写按什么排先后，例如 priority: [unit_rank]", "Say who comes first, for example priority: [unit_rank]"))
    }
    let count = expression(pairs["count"], of: "count", [.number])
    if let known = count?.known, known.whole == nil {
      yaml.refuse(
        pairs["count"], Bilingual("名额应是整数", "the count of places must be a whole number"),
        Bilingual("例如 count: 5", "For example count: 5"))
    }
    draft.places = Places(
      by: expression(pairs["by"], of: "by", [.text, .number, .money, .date, .flag]), count: count,
      amount: expression(pairs["amount"], of: "amount", [.money]),
      clause: yaml.line(pairs["clause"], of: "clause"))
  }
}
