import AidModel
import AidYAML
internal import Yams

/// Reads what makes an amount of a base, and refuses tiers and bands that cannot be meant.
extension PolicyReader {
  mutating func refuseRange(_ node: Node?) {
    yaml.refuse(
      node, Bilingual("最高小于最低", "the maximum is below the minimum"), Bilingual("请调换。", "Swap them."))
  }

  mutating func checkRate(_ rate: Compiled, _ node: Node, _ over100: Bool) {
    guard let largest = rate.expression.largestEnding(draft), largest > .one, !over100 else { return }
    yaml.refuse(
      node, Bilingual("比例超过 100%", "the rate is over 100 %"),
      Bilingual(
        "25% 写成 25% 或 0.25；确要超过请写 allow_over_100: true。",
        "Write 25% or 0.25; if it is meant, add allow_over_100: true."))
  }

  mutating func marginal(_ node: Node, _ over100: Bool) -> [Tier]? {
    var tiers: [Tier] = []
    for item in yaml.list(node, of: "marginal") {
      let pairs = yaml.mapping(
        item, of: "marginal", allowed: ["from", "to", "rate", "clause"], required: ["from", "rate"])
      guard let from = expression(pairs["from"], of: "from", [.money]), let rateNode = pairs["rate"],
        let rate = expression(rateNode, of: "rate", [.number])
      else { return nil }
      let to = expression(pairs["to"], of: "to", [.money])
      checkRate(rate, rateNode, over100)
      if let end = to?.known, let start = from.known, end <= start {
        yaml.refuse(
          pairs["to"], Bilingual("这一段的上端不大于下端", "the tier ends before it begins"),
          Bilingual("分段由低到高写。", "Write tiers from low to high."))
      }
      if let last = tiers.last { follow(last, from, pairs["from"]) }
      tiers.append(
        Tier(from: from, to: to, rate: rate, clause: yaml.line(pairs["clause"], of: "clause")))
    }
    if tiers.isEmpty {
      yaml.refuse(
        node, Bilingual("marginal 是空的", "marginal is empty"), Bilingual("至少写一段。", "Write at least one tier."))
      return nil
    }
    return tiers
  }

  /// Each tier begins where the one before ends.
  private mutating func follow(_ previous: Tier, _ start: Compiled, _ node: Node?) {
    guard let to = previous.to else {
      yaml.refuse(
        node, Bilingual("上一段没有上端，这一段永远用不到", "the tier before has no end: this one is never reached"),
        Bilingual("请给上一段写 to。", "Give the tier before a 'to'."))
      return
    }
    // What is worked out for each award is looked at then.
    guard let end = to.known, let from = start.known else { return }
    if from < end {
      yaml.refuse(
        node,
        Bilingual(
          "与上一段重叠（上一段到 \(end)，这一段从 \(from)）",
          "overlaps the tier before (it ends at \(end), this begins at \(from))"),
        Bilingual("from 应等于上一段的 to：\(end)。", "'from' must equal the 'to' before: \(end)."))
    } else if from > end {
      yaml.refuse(
        node, Bilingual("与上一段之间有空当（\(end)–\(from)）", "there is a hole before it (\(end)–\(from))"),
        Bilingual("from 应等于上一段的 to：\(end)。", "'from' must equal the 'to' before: \(end)."))
    }
  }

  mutating func bands(_ node: Node, value key: String, _ over100: Bool) -> [Band]? {
    var bands: [Band] = []
    for item in yaml.list(node, of: "bands") {
      let subject = key == "rate" ? "whole" : "bands"
      if refuseOtherValue(item, key) { return nil }
      let pairs = yaml.mapping(
        item, of: subject, allowed: ["ge", "gt", "le", "lt", key, "clause"], required: [key])
      guard let valueNode = pairs[key],
        let value = expression(valueNode, of: key, key == "rate" ? [.number] : [.money])
      else { return nil }
      if key == "rate" { checkRate(value, valueNode, over100) }
      for (a, b) in [("ge", "gt"), ("le", "lt")] where pairs[a] != nil && pairs[b] != nil {
        yaml.refuse(
          pairs[b], Bilingual("\(a) 与 \(b) 只能写一个", "give only one of \(a) and \(b)"),
          Bilingual("请删去一个。", "Remove one."))
      }
      let low = expression(pairs["ge"] ?? pairs["gt"], of: "ge", [.money])
      let high = expression(pairs["le"] ?? pairs["lt"], of: "le", [.money])
      let band = Band(
        low: low, lowIncluded: pairs["ge"] != nil, high: high, highIncluded: pairs["le"] != nil, value: value,
        clause: yaml.line(pairs["clause"], of: "clause"))
      check(band, after: bands.last, item)
      bands.append(band)
    }
    return bands.isEmpty ? nil : bands
  }

  /// `whole` with amounts is `bands`, and the other way round.
  private mutating func refuseOtherValue(_ item: Node, _ key: String) -> Bool {
    let isWhole = key == "rate"
    let other = isWhole ? "pays" : "rate"
    guard yaml.pair(key, in: item) == nil, let node = yaml.pair(other, in: item) else { return false }
    yaml.refuse(
      node,
      isWhole
        ? Bilingual("whole（全额分档）给的是比例，不是金额", "'whole' gives a rate, not an amount")
        : Bilingual("bands（定额分档）给的是金额，不是比例", "'bands' gives an amount, not a rate"),
      isWhole
        ? Bilingual(
          "按档给固定金额，把 whole 改成 bands。", "For a fixed amount by band write 'bands' instead of 'whole'.")
        : Bilingual(
          "按档给全额的比例，把 bands 改成 whole。", "For a rate on the whole amount write 'whole' instead of 'bands'."))
    return true
  }

  /// Bands must ascend and meet: an edge belongs to exactly one of two neighbours.
  private mutating func check(_ band: Band, after previous: Band?, _ node: Node) {
    if let low = band.low?.known, let high = band.high?.known,
      high < low || (high == low && !(band.lowIncluded && band.highIncluded))
    {
      yaml.refuse(
        node, Bilingual("这一档永远用不到", "this band can never be reached"),
        Bilingual("请改正上下端。", "Correct its ends."))
    }
    guard let previous else { return }
    let remedy = Bilingual(
      "相邻两档的边界数相同，一边含、一边不含（例如 le: 20000 与 gt: 20000）。",
      "Neighbours share an edge, included on one side only (le: 20000 and gt: 20000).")
    guard let upper = previous.high else {
      yaml.refuse(
        node, Bilingual("上一档没有上端，这一档永远用不到", "the band before has no end: this one is never reached"), remedy)
      return
    }
    guard let lower = band.low else {
      yaml.refuse(
        node, Bilingual("这一档没有下端，与上一档重叠", "this band has no lower end and overlaps the one before"), remedy)
      return
    }
    // What is worked out for each award is looked at then.
    guard let end = upper.known, let low = lower.known else { return }
    if low < end || (low == end && band.lowIncluded && previous.highIncluded) {
      yaml.refuse(node, Bilingual("与上一档重叠", "overlaps the band before"), remedy)
    } else if low > end || (low == end && !band.lowIncluded && !previous.highIncluded) {
      yaml.refuse(node, Bilingual("与上一档之间有空当", "there is a hole before this band"), remedy)
    }
  }
}
