import AidModel
internal import Yams

/// Reads one benefit and refuses formulas that cannot be meant.
extension PolicyReader {
  private static let formulas = ["rate", "marginal", "whole", "bands", "table", "amount", "committee"]

  private static let benefitKeys =
    ["name", "clause", "base", "less", "gate", "window", "deductible"] + formulas
    + ["times", "minimum", "caps", "offset", "allow_over_100"]

  mutating func benefit(_ node: Node, number: Int) -> Benefit? {
    let pairs = yaml.mapping(node, of: "benefits", allowed: Self.benefitKeys)
    let name = yaml.line(pairs["name"], of: "name") ?? "benefit-\(number)"
    if draft.benefits.contains(where: { $0.name.sameScalars(as: name) }) {
      yaml.refuse(
        pairs["name"], Bilingual("补助名“\(name)”重复", "the benefit name '\(name)' is doubled"),
        Bilingual("请换名。", "Choose another name."))
    }
    let written = Self.formulas.filter { pairs[$0] != nil }
    guard written.count == 1 else {
      yaml.refuse(
        node,
        written.isEmpty
          ? Bilingual("“\(name)”没有写怎样算", "'\(name)' has no formula")
          : Bilingual(
            "“\(name)”写了几种算法：\(written.joined(separator: " "))",
            "'\(name)' has several formulas: \(written.joined(separator: " "))"),
        Bilingual(
          "正好写一种：\(yaml.listed(Self.formulas, in: Words.keys))",
          "Give exactly one of \(yaml.listed(Self.formulas, in: Words.keys))"))
      return nil
    }
    if pairs["base"] == nil, !["amount", "table", "committee"].contains(written[0]) {
      yaml.refuse(
        node, Bilingual("“\(name)”缺少 base", "'\(name)' lacks a base"),
        Bilingual("例如 base: sum(self_pay)", "For example base: sum(self_pay)"))
    }
    let base = expression(pairs["base"], of: "base", [.money])
    let less = clausedAmounts(pairs["less"], of: "less")
    names.hasBase = pairs["base"] != nil
    defer { names.hasBase = false }
    let over100 = yaml.flag(pairs["allow_over_100"], of: "allow_over_100") ?? false
    tierClauses = []
    guard let formula = formula(written[0], pairs[written[0]], over100: over100) else { return nil }
    var benefit = Benefit(name: name, formula: formula)
    benefit.formulaClauses = tierClauses
    benefit.allowsOver100 = over100
    benefit.clause = yaml.line(pairs["clause"], of: "clause")
    benefit.base = base
    benefit.less = less
    readSteps(pairs, into: &benefit)
    benefit.caps = caps(pairs["caps"])
    benefit.offset = clausedAmounts(pairs["offset"], of: "offset")
    if !refuseTwiceTaken(benefit, pairs) { checkReach(benefit, pairs[written[0]]) }
    return benefit
  }

  /// Tiers that begin above 0 leave out what lies below; so do a deductible and a window.
  private mutating func refuseTwiceTaken(_ benefit: Benefit, _ pairs: [String: Node]) -> Bool {
    guard case .marginal(let slices) = benefit.formula, let first = slices.first, !first.from.isZero else {
      return false
    }
    let window = benefit.window.map { $0.from.isZero ? nil : pairs["window"] } ?? nil
    let taken = [("deductible", pairs["deductible"]), ("window", window)].filter { $0.1 != nil }
    for (key, node) in taken {
      yaml.refuse(
        node,
        Bilingual(
          "分段从 \(first.from) 起算，又写了 \(key)，起付线会扣两次",
          "the tiers begin at \(first.from) and there is a \(key) too: it would be taken twice"),
        key == "window"
          ? Bilingual(
            "请删去 window，用分段的 from 和 to 表示；或让分段从 0 起。", "Remove the window, or let the tiers begin at 0.")
          : Bilingual("请删去 deductible，或让分段从 0 起。", "Remove the deductible, or let the tiers begin at 0."))
    }
    return !taken.isEmpty
  }

  private mutating func readSteps(_ pairs: [String: Node], into benefit: inout Benefit) {
    let gate = claused(pairs["gate"], of: "gate", under: "when", also: ["otherwise"])
    benefit.gate = expression(gate.value, of: "gate", [.flag])
    benefit.gateClause = gate.clause
    benefit.gateOtherwise = yaml.line(gate.pairs["otherwise"], of: "otherwise")
    benefit.window = window(pairs["window"], into: &benefit)
    let deductible = claused(pairs["deductible"], of: "deductible", under: "amount")
    benefit.deductible = expression(deductible.value, of: "deductible", [.money])
    benefit.deductibleClause = deductible.clause
    for node in pairs["times"].map({ $0.sequence.map(Array.init) ?? [$0] }) ?? [] {
      let factor = claused(node, of: "times", under: "rate")
      if let value = expression(factor.value, of: "times", [.number]) {
        benefit.times.append(ClausedAmount(amount: value, clause: factor.clause))
      }
    }
    let minimum = claused(pairs["minimum"], of: "minimum", under: "amount")
    benefit.minimum = yaml.number(minimum.value, of: "minimum")
    benefit.minimumClause = minimum.clause
  }

  private mutating func window(_ node: Node?, into benefit: inout Benefit) -> (from: Rational, to: Rational?)?
  {
    guard let node else { return nil }
    let pairs = yaml.mapping(node, of: "window", allowed: ["from", "to", "clause"], required: ["from"])
    benefit.windowClause = yaml.line(pairs["clause"], of: "clause")
    guard let from = yaml.number(pairs["from"], of: "from") else { return nil }
    let to = yaml.number(pairs["to"], of: "to")
    if let to, to <= from {
      yaml.refuse(
        pairs["to"], Bilingual("区间的上端不大于下端", "the window ends before it begins"),
        Bilingual("请改正 from 与 to。", "Correct from and to."))
    }
    return (from, to)
  }

  private mutating func formula(_ key: String, _ node: Node?, over100: Bool) -> Formula? {
    guard let node else { return nil }
    switch key {
    case "rate":
      guard let rate = expression(node, of: "rate", [.number]) else { return nil }
      for constant in rate.expression.endings { checkRate(constant, node, over100) }
      return .rate(rate)
    case "amount": return expression(node, of: "amount", [.money]).map { .amount($0) }
    case "marginal": return marginal(node, over100).map { .marginal($0) }
    case "whole": return bands(node, value: "rate", over100).map { .whole($0) }
    case "bands": return bands(node, value: "pays", true).map { .bands($0) }
    case "table": return table(node)
    default:
      let pairs = yaml.mapping(node, of: "committee", allowed: ["min", "max", "clause"], required: ["max"])
      let nothing = Compiled(source: "0", type: .money, expression: .number(.zero))
      guard let max = expression(pairs["max"], of: "max", [.money]),
        let min = pairs["min"] == nil ? nothing : expression(pairs["min"], of: "min", [.money])
      else { return nil }
      if let low = min.constant, let high = max.constant, high < low { refuseRange(pairs["max"]) }
      return .committee(min: min, max: max)
    }
  }

  private mutating func refuseRange(_ node: Node?) {
    yaml.refuse(
      node, Bilingual("最高小于最低", "the maximum is below the minimum"), Bilingual("请调换。", "Swap them."))
  }

  private mutating func checkRate(_ rate: Rational, _ node: Node, _ over100: Bool) {
    guard rate > .one, !over100 else { return }
    yaml.refuse(
      node, Bilingual("比例超过 100%", "the rate is over 100 %"),
      Bilingual(
        "25% 写成 25% 或 0.25；确要超过请写 allow_over_100: true。",
        "Write 25% or 0.25; if it is meant, add allow_over_100: true."))
  }

  private mutating func marginal(_ node: Node, _ over100: Bool) -> [Slice]? {
    var slices: [Slice] = []
    for item in yaml.list(node, of: "marginal") {
      let pairs = yaml.mapping(
        item, of: "marginal", allowed: ["from", "to", "rate", "clause"], required: ["from", "rate"])
      guard let from = yaml.number(pairs["from"], of: "from"), let rateNode = pairs["rate"],
        let rate = yaml.number(rateNode, of: "rate")
      else { return nil }
      let to = yaml.number(pairs["to"], of: "to")
      checkRate(rate, rateNode, over100)
      if let to, to <= from {
        yaml.refuse(
          pairs["to"], Bilingual("这一段的上端不大于下端", "the tier ends before it begins"),
          Bilingual("分段由低到高写。", "Write tiers from low to high."))
      }
      if let last = slices.last { follow(last.to, from, pairs["from"]) }
      slices.append(Slice(from: from, to: to, rate: rate))
      tierClauses.append(yaml.line(pairs["clause"], of: "clause"))
    }
    if slices.isEmpty {
      yaml.refuse(
        node, Bilingual("marginal 是空的", "marginal is empty"), Bilingual("至少写一段。", "Write at least one tier."))
      return nil
    }
    return slices
  }

  /// Each tier begins where the one before ends.
  private mutating func follow(_ end: Rational?, _ from: Rational, _ node: Node?) {
    guard let end else {
      yaml.refuse(
        node, Bilingual("上一段没有上端，这一段永远用不到", "the tier before has no end: this one is never reached"),
        Bilingual("请给上一段写 to。", "Give the tier before a 'to'."))
      return
    }
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

  private mutating func bands(_ node: Node, value key: String, _ over100: Bool) -> [Band]? {
    var bands: [Band] = []
    for item in yaml.list(node, of: "bands") {
      let pairs = yaml.mapping(
        item, of: "bands", allowed: ["ge", "gt", "le", "lt", key, "clause"], required: [key])
      guard let valueNode = pairs[key], let value = yaml.number(valueNode, of: key) else { return nil }
      if key == "rate" { checkRate(value, valueNode, over100) }
      for (a, b) in [("ge", "gt"), ("le", "lt")] where pairs[a] != nil && pairs[b] != nil {
        yaml.refuse(
          pairs[b], Bilingual("\(a) 与 \(b) 只能写一个", "give only one of \(a) and \(b)"),
          Bilingual("请删去一个。", "Remove one."))
      }
      let low = yaml.number(pairs["ge"] ?? pairs["gt"], of: "ge")
      let high = yaml.number(pairs["le"] ?? pairs["lt"], of: "le")
      let band = Band(
        low: low, lowIncluded: pairs["ge"] != nil, high: high, highIncluded: pairs["le"] != nil, value: value,
        clause: yaml.line(pairs["clause"], of: "clause"))
      check(band, after: bands.last, item)
      bands.append(band)
    }
    return bands.isEmpty ? nil : bands
  }

  /// Bands must ascend and meet: an edge belongs to exactly one of two neighbours.
  private mutating func check(_ band: Band, after previous: Band?, _ node: Node) {
    if let low = band.low, let high = band.high,
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
    guard let end = previous.high else {
      yaml.refuse(
        node, Bilingual("上一档没有上端，这一档永远用不到", "the band before has no end: this one is never reached"), remedy)
      return
    }
    guard let low = band.low else {
      yaml.refuse(
        node, Bilingual("这一档没有下端，与上一档重叠", "this band has no lower end and overlaps the one before"), remedy)
      return
    }
    if low < end || (low == end && band.lowIncluded && previous.highIncluded) {
      yaml.refuse(node, Bilingual("与上一档重叠", "overlaps the band before"), remedy)
    } else if low > end || (low == end && !band.lowIncluded && !previous.highIncluded) {
      yaml.refuse(node, Bilingual("与上一档之间有空当", "there is a hole before this band"), remedy)
    }
  }

  private mutating func table(_ node: Node) -> Formula? {
    let pairs = yaml.mapping(
      node, of: "table", allowed: ["by", "rows", "clause"], required: ["by", "rows"])
    guard let by = expression(pairs["by"], of: "by", [.text, .number, .flag]) else { return nil }
    guard let mapping = pairs["rows"]?.mapping, !mapping.isEmpty else {
      yaml.refuse(
        pairs["rows"] ?? node, Bilingual("rows 应是“键: 金额”", "rows must map keys to amounts"),
        Bilingual("例如 {一类: 3000, 二类: [1000, 2000]}", "For example {a: 3000, b: [1000, 2000]}"))
      return nil
    }
    var rows: [TableRow] = []
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      checkTableKey(name, key, by)
      refuseSameKey(name, key, by, rows)
      if let range = value.sequence {
        let ends = range.compactMap { yaml.number($0, of: name) }
        guard range.count == 2, ends.count == 2 else {
          yaml.refuse(
            value, Bilingual("范围应是 [最低, 最高]", "a range is [min, max]"),
            Bilingual("例如 [1000, 3000]", "For example [1000, 3000]"))
          continue
        }
        if ends[1] < ends[0] { refuseRange(value) }
        rows.append(TableRow(key: name, min: ends[0], max: ends[1]))
      } else if let amount = yaml.number(value, of: name) {
        rows.append(TableRow(key: name, min: amount, max: nil))
      }
    }
    noticeMissingKeys(by, rows, pairs["rows"])
    return .table(by: by, rows)
  }

  /// A choice the table does not have makes its rows wait: allowed, and perhaps forgotten.
  private mutating func noticeMissingKeys(_ by: Compiled, _ rows: [TableRow], _ node: Node?) {
    guard case .column(let index) = by.expression, layout.columns[index].type == .choice else { return }
    let missing = layout.columns[index].choices.filter { choice in
      !rows.contains { $0.key.sameScalars(as: choice) }
    }
    if missing.isEmpty { return }
    draft.notice(
      node,
      Bilingual(
        "定额表没有选项“\(missing.joined(separator: "、"))”：这样的申请会待处理",
        "the table does not have '\(missing.joined(separator: ", "))': such applications will be held"))
  }

  private mutating func checkTableKey(_ name: String, _ node: Node, _ by: Compiled) {
    guard case .column(let index) = by.expression, layout.columns[index].type == .choice,
      !layout.columns[index].choices.contains(where: { $0.sameScalars(as: name) })
    else { return }
    yaml.refuse(
      node, Bilingual("“\(by.source)”没有选项“\(name)”", "'\(by.source)' has no choice '\(name)'"),
      Bilingual(
        "选项：\(layout.columns[index].choices.joined(separator: "、"))",
        "Choices: \(layout.columns[index].choices.joined(separator: ", "))"))
  }

  /// `1` and `1.0` are one number, `是` and `有` one answer: the second row would never be used.
  private mutating func refuseSameKey(_ name: String, _ node: Node, _ by: Compiled, _ rows: [TableRow]) {
    let value: EvaluatedValue
    switch by.type {
    case .number:
      guard let number = DecimalNumber(plain: name) else { return }
      value = .number(Rational(number))
    case .flag: value = .flag(["true", "是", "有"].contains(name))
    default: return
    }
    guard let same = rows.first(where: { $0.matches(value, name) }) else { return }
    yaml.refuse(
      node, Bilingual("“\(name)”与“\(same.key)”是同一个值", "'\(name)' and '\(same.key)' are the same value"),
      Bilingual("请保留一行。", "Keep one of the rows."))
  }
}
