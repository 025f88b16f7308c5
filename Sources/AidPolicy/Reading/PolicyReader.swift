public import AidModel
import AidYAML
internal import Yams

extension Policy {
  /// Reads and checks a policy file.
  /// - Parameters:
  ///   - common: the common columns of every list, with their headings, in the order of `CommonColumn`.
  ///   - known: other columns lists are known to have; left out where the policy names one alike.
  ///   - roster: the standard columns of the roster, with their headings.
  ///   - redirected: headings an office has given to columns of its choice.
  ///   - setting: a figure to read as another one.
  ///   - statuses: the words an example's earlier payments may have for a status.
  ///   - roleForHeading: what a column of this name or heading means to checks.
  /// - Throws: every problem of the file at once.
  public static func load(
    yaml: String, file: String, common: [Column], known: [Column], roster: [Column] = [],
    redirected: [String] = [], setting: ParameterSetting? = nil, statuses: StatusWords = .plain,
    roleForHeading: (String) -> ColumnRole?
  ) throws(PolicyFailure) -> Policy {
    var reader = PolicyReader(common: common, known: known, roster: roster, redirected: redirected)
    reader.statuses = statuses
    reader.read(yaml, setting, roleForHeading: roleForHeading)
    if !reader.yaml.problems.isEmpty {
      let sorted = reader.yaml.problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
      throw PolicyFailure(file: file, problems: sorted)
    }
    reader.draft.names = reader.names
    return Policy(reader.draft, layout: reader.layout)
  }
}

/// Turns YAML into a policy, key by key.
struct PolicyReader {
  var yaml = YAMLReader.ofPolicies()
  var draft = PolicyDraft()
  var layout = Layout.none
  let common: [Column]
  let known: [Column]
  private let roster: [Column]
  let redirected: [String]
  var statuses = StatusWords.plain
  /// Steps are read that a benefit gives its own order.
  var isAmongSteps = false
  var names = NameTable(columns: [], roster: PolicyReader.rosterTypes)
  /// How many benefits the policy has.
  var benefitCount = 0
  /// Columns some expression looks at.
  private(set) var used: Set<Int> = []
  static let rosterTypes: [String: ExpressionType] = [
    "household_id": .text, "staff_no": .text, "name": .text, "id_number": .text, "unit": .text,
    "category": .text, "status": .text,
    "member_since": .date, "contribution_years": .number, "contribution_months": .number, "bank": .text,
    "branch": .text, "account": .text, "account_name": .text, "spouse_id": .text,
  ]

  static let keys = [
    "policy", "programme", "title", "issuer", "source", "valid", "fund", "when_short", "priority",
    "pay_partial", "order", "places",
    "columns", "award_per", "tables", "count", "values", "eligible", "benefits", "caps", "limit", "offset",
    "round", "examples",
    "after", "exclusive", "one_per_household",
  ]

  init(common: [Column], known: [Column], roster: [Column], redirected: [String]) {
    self.redirected = redirected
    self.common = common
    self.known = known
    self.roster = roster
  }

  mutating func read(_ text: String, _ setting: ParameterSetting?, roleForHeading: (String) -> ColumnRole?) {
    guard var root = yaml.policyRoot(text) else { return }
    setting?.write(into: &root)
    let top = yaml.mapping(
      root, of: "办法 policy", allowed: Self.keys, required: ["policy", "programme", "valid", "benefits"])
    draft.marks = top.mapValues { SourceMark(of: $0) }
    readIdentity(top)
    readColumns(top["columns"], roleForHeading)
    names = NameTable(columns: layout.columns, roster: Self.rosterTypes, rosterColumns: roster)
    draft.awardPer =
      yaml.word(top["award_per"], of: "award_per", among: ["person", "row"])
      .flatMap { AwardPer(rawValue: $0) } ?? .person
    readBetween(top)
    readTables(top["tables"])
    readRememberedNames(top["values"])
    draft.order = readOrder(top["order"])
    draft.counts = conditions(top["count"], of: "count")
    readValues(top["values"])
    draft.eligible = conditions(top["eligible"], of: "eligible")
    readFund(top)
    benefitCount = top["benefits"]?.sequence?.count ?? 0
    for (i, node) in yaml.list(top["benefits"], of: "benefits").enumerated() {
      if let benefit = benefit(node, number: i + 1) { draft.benefits.append(benefit) }
    }
    if let node = top["benefits"], node.sequence?.isEmpty == true {
      yaml.refuse(
        node, Bilingual("benefits 是空的", "benefits is empty"),
        Bilingual("至少写一项补助。", "Write at least one benefit."))
    }
    draft.caps = caps(top["caps"], isOfPolicy: true)
    draft.limits = limits(top["limit"])
    readPlaces(top["places"], priority: top["priority"])
    draft.offset = clausedAmounts(top["offset"], of: "offset")
    if let node = top["round"] { draft.rounding = rounding(node) }
    noticeSharing(top["when_short"])
    draft.examples = examples(top["examples"])
    draft.columnsUsed = used
    noticeUnusedColumns(top["columns"])
  }

  private mutating func readIdentity(_ top: [String: Node]) {
    draft.id = yaml.text(top["policy"], of: "policy") ?? ""
    if let node = top["policy"],
      draft.id.isEmpty
        || !draft.id.utf8.allSatisfy({ ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 45 })
    {
      yaml.refuse(
        node, Bilingual("办法编号“\(draft.id)”不合格", "not a policy id: '\(draft.id)'"),
        Bilingual("只用小写字母、数字和连字符。", "Use lower-case letters, digits and hyphens."))
    }
    draft.programme = yaml.fileNamePart(top["programme"], of: "programme") ?? ""
    draft.title = yaml.line(top["title"], of: "title") ?? draft.programme
    draft.issuer = yaml.line(top["issuer"], of: "issuer") ?? ""
    draft.source = yaml.line(top["source"], of: "source") ?? ""
    let valid = yaml.mapping(top["valid"], of: "valid", allowed: ["from", "to"], required: ["from"])
    draft.validFrom = yaml.date(valid["from"], of: "from") ?? draft.validFrom
    draft.validTo = yaml.date(valid["to"], of: "to")
    if let to = draft.validTo, to < draft.validFrom {
      yaml.refuse(
        valid["to"], Bilingual("有效期的终点早于起点", "the policy ends before it begins"),
        Bilingual("请改正 valid。", "Correct valid."))
    }
  }

  private mutating func readFund(_ top: [String: Node]) {
    draft.fund = yaml.fileNamePart(top["fund"], of: "fund")
    draft.whenShort =
      yaml.word(top["when_short"], of: "when_short", among: ["stop", "pro_rata", "priority"])
      .flatMap { WhenShort(rawValue: $0) } ?? .stop
    draft.payPartial = yaml.flag(top["pay_partial"], of: "pay_partial") ?? false
    if top["when_short"] != nil, draft.fund == nil {
      yaml.refuse(
        top["when_short"], Bilingual("有 when_short 而没有 fund", "when_short without a fund"),
        Bilingual("请写明 fund，或删去 when_short。", "Name the fund or remove when_short."))
    }
    draft.priority = sortKeys(top["priority"], of: "priority")
    if draft.whenShort != .priority, top["places"] == nil, let node = top["priority"] {
      draft.notice(
        node,
        Bilingual(
          "写了 priority 而没有写 when_short: priority，先后顺序用不上",
          "there is a priority without when_short: priority: the order is not used"))
    }
    if draft.whenShort == .priority, top["priority"] == nil {
      yaml.refuse(
        top["when_short"],
        Bilingual("按顺序发放，但没有写 priority", "when_short is priority but there is no priority"),
        Bilingual("例如 priority: [unit_rank]", "For example priority: [unit_rank]"))
    }
  }

  /// Shares of a short fund are not rounded again, and no minimum raises them.
  private mutating func noticeSharing(_ node: Node?) {
    let hasLeast = draft.benefits.flatMap(\.steps).contains { step in
      switch step {
      case .minimum, .atLeast: true
      default: false
      }
    }
    guard draft.whenShort == .proRata, draft.rounding.unit > 1 || hasLeast else { return }
    draft.notice(
      node,
      Bilingual(
        "基金不足时按比例分到分，可能低于最低补助，也不再取整",
        "where the fund is short shares come to the fen: they may lie below a minimum, and are not rounded again"
      ))
  }

  /// Something other than an expression looks at a column.
  mutating func used(column: Int) { used.insert(column) }

  // MARK: expressions

  /// Compiles an expression; a fault is reported at its own column.
  mutating func expression(_ node: Node?, of subject: String, _ wanted: [ExpressionType]) -> Compiled? {
    guard let node, let text = yaml.text(node, of: subject) else { return nil }
    let compiled = expression(text, at: node, wanted)
    if let known = compiled?.known, known.isNegative, wanted == [.money] || wanted == [.number] {
      yaml.refuse(
        node, Bilingual("\(subject) 小于 0：\(text)", "\(subject) is below 0: \(text)"),
        Bilingual("办法中的数不小于 0。", "Figures of a policy are not below 0."))
    }
    return compiled
  }

  mutating func expression(_ text: String, at node: Node, _ wanted: [ExpressionType]) -> Compiled? {
    do {
      let (compiled, rosterNames, columns) = try Parser.compile(text, names: names, expecting: wanted)
      used.formUnion(columns)
      draft.sources.append(compiled.source)
      if compiled.expression.looksBack { draft.looksBack = true }
      if compiled.expression.contains({ if case .timesPaidHere = $0.node { true } else { false } }) {
        (draft.looksAtOwnTimes, draft.looksAtMemory) = (true, true)
      }
      if compiled.expression.contains({ if case .remembered = $0.node { true } else { false } }) {
        draft.looksAtMemory = true
      }
      _ = compiled.expression.contains { node in
        if let other = node.otherProgramme,
          !draft.programmesLookedAt.contains(where: { $0.sameScalars(as: other) })
        {
          draft.programmesLookedAt.append(other)
        }
        return false
      }
      for name in rosterNames where !draft.rosterNames.contains(name) { draft.rosterNames.append(name) }
      return compiled
    } catch {
      yaml.refuse(node, error.what, error.remedy, offset: error.offset)
      return nil
    }
  }

  private mutating func conditions(_ node: Node?, of subject: String) -> [Condition] {
    yaml.list(node, of: subject).compactMap { item in
      let pairs = yaml.mapping(
        item, of: subject, allowed: ["when", "otherwise", "clause"], required: ["when"])
      guard let when = expression(pairs["when"], of: "when", [.flag]) else { return nil }
      if subject == "count" { refuseOverRows(when, pairs["when"]) }
      return Condition(
        when: when,
        otherwise: yaml.line(pairs["otherwise"], of: "otherwise")
          ?? "不符合：\(SpokenExpression.words(when.source, names).zh)",
        clause: yaml.line(pairs["clause"], of: "clause"))
    }
  }

  /// Rows are counted one by one.
  mutating func refuseOverRows(_ condition: Compiled, _ node: Node?) {
    guard condition.expression.contains({ if case .aggregate = $0.node { true } else { false } }) else {
      return
    }
    yaml.refuse(
      node,
      Bilingual("count 是逐行判断，不能用按行汇总的函数", "count looks at one row; functions over rows cannot be used"),
      Bilingual("请把条件移到 eligible 或 gate。", "Move the condition to eligible or gate."))
  }

  mutating func clausedAmounts(_ node: Node?, of subject: String) -> [ClausedAmount] {
    yaml.list(node, of: subject).compactMap { item in
      let amount = claused(item, of: subject, under: "amount")
      return expression(amount.value, of: "amount", [.money]).map {
        ClausedAmount(amount: $0, clause: amount.clause)
      }
    }
  }

  mutating func rounding(_ node: Node) -> Rounding {
    var rounding = Rounding()
    let pairs = yaml.mapping(node, of: "round", allowed: ["to", "mode", "clause"])
    rounding.clause = yaml.line(pairs["clause"], of: "clause")
    if let unit = yaml.number(pairs["to"], of: "to") {
      let units: [(Rational, Int64)] = [
        (Rational(numerator: 1, denominator: 100), 1), (Rational(numerator: 1, denominator: 10), 10),
        (Rational(1), 100), (Rational(10), 1000), (Rational(100), 10_000),
      ]
      if let known = units.first(where: { $0.0 == unit }) {
        rounding.unit = known.1
      } else {
        yaml.refuse(
          pairs["to"], Bilingual("不能取整到 \(unit)", "cannot round to \(unit)"),
          Bilingual("可用：0.01 0.1 1 10 100", "Use 0.01 0.1 1 10 100"))
      }
    }
    if let mode = yaml.word(pairs["mode"], of: "mode", among: RoundingMode.allCases.map(\.rawValue)) {
      rounding.mode = RoundingMode(rawValue: mode) ?? .halfUp
    }
    return rounding
  }
}
