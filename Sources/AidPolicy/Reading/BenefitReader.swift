import AidModel
import AidYAML
internal import Yams

/// Reads one benefit, step by step.
extension PolicyReader {
  static let formulaKeys = StepBook.kinds.filter { $0.isFormula }.map { $0.key }

  /// The order in which steps are taken where a benefit does not give its own.
  private static let stepKeys = StepBook.kinds.filter { !$0.isOnlyAmongSteps }.map { $0.key }

  private static let outsideSteps = [
    "name", "clause", "when", "count", "for_each", "limit", "cumulative", "values", "allow_over_100",
  ]

  /// Keys of one item of `steps`.
  private static let singleSteps = StepBook.kinds.compactMap { $0.words.last?.en }

  mutating func benefit(_ node: Node, number: Int) -> Benefit? {
    let pairs = yaml.mapping(
      node, of: "benefits", allowed: Self.outsideSteps + Self.stepKeys + ["steps"])
    let name = yaml.line(pairs["name"], of: "name") ?? "benefit-\(number)"
    if draft.benefits.contains(where: { $0.name.sameScalars(as: name) }) {
      yaml.refuse(
        pairs["name"], Bilingual("补助名“\(name)”重复", "the benefit name '\(name)' is doubled"),
        Bilingual("请换名。", "Choose another name."))
    }
    var benefit = Benefit(name: name)
    benefit.clause = yaml.line(pairs["clause"], of: "clause")
    benefit.allowsOver100 = yaml.flag(pairs["allow_over_100"], of: "allow_over_100") ?? false
    let (values, valueNames) = (names.values, names.valueNames)
    defer {
      (names.hasBase, names.hasSoFar, names.timesAreOwn) = (false, false, false)
      (names.values, names.valueNames) = (values, valueNames)
    }
    readGroups(pairs, into: &benefit)
    benefit.when = readWhen(pairs["when"], of: name)
    benefit.count = readCount(pairs["count"])
    benefit.limits = limits(pairs["limit"])
    draft.looksAtOwnTimes = false
    let isRead =
      pairs["steps"].map { readOwnSteps($0, pairs, node, into: &benefit) }
      ?? readFixedSteps(pairs, node, into: &benefit)
    benefit.looksAtOwnTimes = draft.looksAtOwnTimes
    checkCumulative(benefit, pairs["cumulative"])
    return isRead ? benefit : nil
  }

  /// What splits the rows, what is named, and what counts from before.
  private mutating func readGroups(_ pairs: [String: Node], into benefit: inout Benefit) {
    benefit.forEach = readForEach(pairs["for_each"])
    names.timesAreOwn = benefitCount > 1 || benefit.forEach != nil
    benefit.ownValues = readValues(pairs["values"], isOfBenefit: true)
    if let node = pairs["cumulative"], yaml.word(node, of: "cumulative", among: ["year"]) != nil {
      benefit.isCumulative = true
    }
  }

  private mutating func readForEach(_ node: Node?) -> Int? {
    guard let node, let name = yaml.line(node, of: "for_each") else { return nil }
    if draft.awardPer == .row {
      yaml.refuse(
        node, Bilingual("award_per: row 时没有可分的行", "with award_per: row there are no rows to split"),
        Bilingual("请用 award_per: person，或去掉 for_each。", "Use award_per: person, or remove for_each."))
    }
    guard let column = names.column(name) else {
      let near = NearWord.nearest(to: name, among: names.columns.map(\.name) + names.spokenNames)
      yaml.refuse(
        node,
        Bilingual("for_each 要一个列名，没有列“\(name)”", "for_each takes a column; there is no column '\(name)'"),
        near.map { Bilingual("是不是“\($0)”？", "Did you mean '\($0)'?") }
          ?? Bilingual(
            "请先在 columns 中写明；要按算出的值分，先加一列。", "Declare it under columns; an expression cannot stand here."))
      return nil
    }
    used(column: column)
    return column
  }

  /// What was claimed before matters only to what depends on the amount claimed.
  private mutating func checkCumulative(_ benefit: Benefit, _ node: Node?) {
    guard benefit.isCumulative else { return }
    let isBlind = benefit.formulas.contains { formula in
      switch formula {
      case .amount, .table, .committee: true
      case .rate, .marginal, .whole, .bands: false
      }
    }
    guard isBlind || !benefit.hasBase else { return }
    yaml.refuse(
      node,
      Bilingual("cumulative 要有 base，且按 base 算", "cumulative needs a base, and a formula that works on it"),
      Bilingual(
        "可与 rate、marginal、whole、bands 同用；定额、定额表和评审不按基数算。",
        "Use it with rate, marginal, whole or bands; a fixed amount, a table and a committee do not look at the base."
      ))
  }

  /// Where the benefit applies: a condition alone, or with its reason.
  private mutating func readWhen(_ node: Node?, of benefit: String) -> Condition? {
    let when = claused(node, of: "when", under: "when", also: ["otherwise"])
    guard let condition = expression(when.value, of: "when", [.flag]) else { return nil }
    let own = yaml.line(when.pairs["otherwise"], of: "otherwise")
    return Condition(
      when: condition, otherwise: own ?? "“\(benefit)”不适用：\(condition.source)", clause: when.clause)
  }

  private mutating func readCount(_ node: Node?) -> Compiled? {
    guard let count = expression(node, of: "count", [.flag]) else { return nil }
    refuseOverRows(count, node)
    return count
  }

  private mutating func readFixedSteps(
    _ pairs: [String: Node], _ node: Node, into benefit: inout Benefit
  ) -> Bool {
    let name = benefit.name
    let written = Self.formulaKeys.filter { pairs[$0] != nil }
    guard written.count == 1 else {
      yaml.refuse(
        node,
        written.isEmpty
          ? Bilingual("“\(name)”没有写怎样算", "'\(name)' has no formula")
          : Bilingual(
            "“\(name)”写了几种算法：\(written.joined(separator: " "))",
            "'\(name)' has several formulas: \(written.joined(separator: " "))"),
        Bilingual(
          "正好写一种：\(yaml.listed(Self.formulaKeys, in: Words.keys))；要按自己的顺序算，写 steps（步骤）。",
          "Give exactly one of \(yaml.listed(Self.formulaKeys, in: Words.keys)), or 'steps' for an order of your own."
        ))
      return false
    }
    if pairs["base"] == nil, !["amount", "table", "committee"].contains(written[0]) {
      yaml.refuse(
        node, Bilingual("“\(name)”缺少 base", "'\(name)' lacks a base"),
        Bilingual("例如 base: sum(self_pay)", "For example base: sum(self_pay)"))
    }
    for key in Self.stepKeys {
      guard let step = pairs[key] else { continue }
      guard read(key, step, into: &benefit) else { return false }
    }
    if !refuseTwiceTaken(benefit, pairs) { checkReach(benefit, pairs[written[0]]) }
    return true
  }

  /// `steps`: each item is one step.
  private mutating func readOwnSteps(
    _ node: Node, _ pairs: [String: Node], _ whole: Node, into benefit: inout Benefit
  ) -> Bool {
    for key in Self.stepKeys where pairs[key] != nil {
      yaml.refuse(
        pairs[key],
        Bilingual("写了 steps，“\(key)”就写在 steps 里面", "with 'steps', '\(key)' stands inside it"),
        Bilingual("请移到 steps 中它该在的位置。", "Move it to its place in 'steps'."))
    }
    let items = yaml.list(node, of: "steps")
    var before: [String: Node] = [:]
    if items.isEmpty {
      yaml.refuse(
        node, Bilingual("steps 是空的", "steps is empty"),
        Bilingual("例如 - {base: sum(cost)}", "For example - {base: sum(cost)}"))
      return false
    }
    isAmongSteps = true
    defer { isAmongSteps = false }
    for item in items {
      let step = yaml.mapping(item, of: "steps", allowed: Self.singleSteps)
      guard let (key, value) = step.first, step.count == 1 else {
        if step.count > 1 {
          yaml.refuse(
            item, Bilingual("一步写了几件事", "one step says several things"),
            Bilingual("每一步单独一项。", "Give each step an item of its own."))
        }
        continue
      }
      guard read(key, value, into: &benefit) else { return false }
      names.hasSoFar = true
      // What stands before the first formula may leave nothing for it.
      if benefit.formulas.isEmpty { before[key] = value }
      if benefit.formulas.count == 1, Self.formulaKeys.contains(key), !refuseTwiceTaken(benefit, before) {
        checkReach(benefit, value)
      }
    }
    refuseUseAfterPastCap(benefit, node)
    return true
  }

  /// A yearly or lifetime cap is the last that changes the amount but rounding: what comes after it would pay more
  /// than the cap, or leave room in it that was used.
  private mutating func refuseUseAfterPastCap(_ benefit: Benefit, _ node: Node) {
    var cap: Cap?
    for step in benefit.steps {
      switch step {
      case .cap(let own) where own.per != .award: cap = own
      case .round, .cap: continue
      default:
        guard let cap else { continue }
        yaml.refuse(
          node,
          Bilingual(
            "\(cap.words(.zh))封顶之后还有改变金额的步骤",
            "a step after the cap per \(cap.per.word) changes the amount"),
          Bilingual("年度、终身封顶之后只能取整。", "Only rounding may follow a yearly or lifetime cap."))
        return
      }
    }
  }

  /// False where nothing more can be said of the benefit.
  private mutating func read(_ key: String, _ node: Node, into benefit: inout Benefit) -> Bool {
    guard let steps = StepBook.kind(of: key)?.read(node, of: benefit, by: &self) else { return false }
    benefit.steps += steps
    return true
  }

  /// A list of amounts, or one alone.
  mutating func amounts(_ node: Node, of key: String) -> [ClausedAmount] {
    if node.sequence != nil { return clausedAmounts(node, of: key) }
    return claused(node, of: key, [.money]).map { [$0] } ?? []
  }

  mutating func claused(
    _ node: Node, of key: String, under inner: String = "amount", _ wanted: [ExpressionType]
  ) -> ClausedAmount? {
    let found = claused(node, of: key, under: inner)
    return expression(found.value, of: key, wanted).map { ClausedAmount(amount: $0, clause: found.clause) }
  }

  /// Tiers that begin above 0 leave out what lies below; so do a deductible and a window.
  private mutating func refuseTwiceTaken(_ benefit: Benefit, _ pairs: [String: Node]) -> Bool {
    guard case .marginal(let tiers)? = benefit.formulas.first, let first = tiers.first?.from.known,
      !first.isZero
    else { return false }
    var window: Node?
    for case .window(let own) in benefit.steps where own.from.known?.isZero != true {
      window = pairs["window"]
    }
    let taken = [("deductible", pairs["deductible"]), ("window", window)].filter { $0.1 != nil }
    for (key, node) in taken {
      yaml.refuse(
        node,
        Bilingual(
          "分段从 \(first) 起算，又写了 \(key)，起付线会扣两次",
          "the tiers begin at \(first) and there is a \(key) too: it would be taken twice"),
        key == "window"
          ? Bilingual(
            "请删去 window，用分段的 from 和 to 表示；或让分段从 0 起。", "Remove the window, or let the tiers begin at 0.")
          : Bilingual("请删去 deductible，或让分段从 0 起。", "Remove the deductible, or let the tiers begin at 0."))
    }
    return !taken.isEmpty
  }
}
