import AidModel
import AidYAML
internal import Yams

/// A worked example of a policy: what some people, or one alone, get.
struct ExampleCase: Sendable {
  let people: [PolicyExample]
  /// What the fund has; nil: enough.
  let fund: Money?
}

/// What a person with these rows gets.
struct PolicyExample: Sendable {
  enum Expectation: Sendable, Equatable {
    case pays(Money)
    /// The code of the reason (`gate`, `eligible`, `limit` …) or its words, as the example has it; nil: whatever it is.
    case refused(String?)
    /// The code of the finding; nil: whatever it is.
    case held(String?)
    case notCounted
  }

  let mark: SourceMark
  let rows: [[Value]]
  let roster: [(name: String, value: Value)]
  let hasRoster: Bool
  let paid: PaidBefore
  let history: [PastPayment]
  let spouse: SpouseAwards
  let awarded: [AwardedElsewhere]
  /// One for each row with `award_per: row`, else one.
  let decisions: [Money?]
  let period: Period?
  let payDate: CivilDate?
  /// Of the person; nil where each row has its own.
  let expected: Expectation?
  /// Of each row, where rows have their own.
  let rowsExpected: [Expectation]
}

extension PolicyReader {
  static let outcomeKeys = ["pays", "refused", "held", "not_counted"]
  private static let factKeys = [
    "roster", "history", "paid", "times_paid", "spouse", "awarded", "decision", "period", "pay_date",
  ]

  mutating func examples(_ node: Node?) -> [ExampleCase] {
    yaml.list(node, of: "examples").compactMap { item in
      guard let people = yaml.pair("people", in: item) else {
        return example(item).map { ExampleCase(people: [$0], fund: nil) }
      }
      let pairs = yaml.mapping(
        item, of: "examples", allowed: ["people", "fund", "period", "pay_date"], required: ["people"])
      let shared = ["period", "pay_date"].compactMap { key in pairs[key].map { (key, $0) } }
      let cases = yaml.list(people, of: "people").compactMap { person($0, shared) }
      return cases.isEmpty ? nil : ExampleCase(people: cases, fund: money(pairs["fund"], of: "fund"))
    }
  }

  /// One of several people: with `rows` as any example, else the cells of the only row beside what is known of the
  /// person.
  private mutating func person(_ node: Node, _ shared: [(String, Node)]) -> PolicyExample? {
    guard let mapping = node.mapping else {
      yaml.refuse(
        node, Bilingual("people 的每一项应是“键: 值”", "each of people is a mapping"),
        Bilingual("例如 {rows: [{x: 100}], pays: 50}", "For example {rows: [{x: 100}], pays: 50}"))
      return nil
    }
    let known = ["rows"] + Self.factKeys + Self.outcomeKeys
    var (facts, cells): ([(Node, Node)], [(Node, Node)]) = ([], [])
    for (key, value) in mapping {
      let word = key.scalar?.string ?? ""
      if known.contains(where: { isWord(word, for: $0) }) {
        facts.append((key, value))
      } else {
        cells.append((key, value))
      }
    }
    if !cells.isEmpty, yaml.pair("rows", in: node) == nil {
      let row = Node.mapping(Node.Mapping(cells, mapping.tag, mapping.style, mapping.mark))
      facts.append((Node("rows"), .sequence(Node.Sequence([row], .implicit, .flow, mapping.mark))))
    } else {
      facts += cells
    }
    for (key, value) in shared where yaml.pair(key, in: node) == nil { facts.append((Node(key), value)) }
    return example(.mapping(Node.Mapping(facts, mapping.tag, mapping.style, mapping.mark)))
  }

  private mutating func example(_ node: Node) -> PolicyExample? {
    let pairs = yaml.mapping(
      node, of: "examples", allowed: ["rows"] + Self.factKeys + Self.outcomeKeys, required: ["rows"])
    let outcomes = Self.outcomeKeys.filter { pairs[$0] != nil }
    let items = yaml.list(pairs["rows"], of: "rows")
    let rowsExpected = rowExpectations(items, hasOwn: !outcomes.isEmpty)
    guard outcomes.count == 1 || (outcomes.isEmpty && rowsExpected?.isEmpty == false) else {
      guard rowsExpected != nil else { return nil }
      yaml.refuse(
        node, Bilingual("例子没有写结果，或写了几个", "an example needs exactly one outcome"),
        Bilingual("写 pays、refused、held、not_counted 之一。", "Give one of pays, refused, held, not_counted."))
      return nil
    }
    let rows = items.compactMap { row($0, hasOutcome: rowsExpected?.isEmpty == false) }
    var spouse = SpouseAwards()
    if let node = pairs["spouse"] { spouse = readSpouse(node) }
    let span = yaml.mapping(
      pairs["period"], of: "period", allowed: ["from", "to"], required: ["from", "to"])
    var period: Period?
    if let from = yaml.date(span["from"], of: "from"), let to = yaml.date(span["to"], of: "to") {
      period = Period(from: from, to: to)
    }
    var expected: PolicyExample.Expectation?
    if let outcome = outcomes.first {
      expected = expectation(outcome, pairs[outcome])
      if expected == nil { return nil }
    }
    let decisions = pairs["decision"].map { $0.sequence.map(Array.init) ?? [$0] } ?? []
    return PolicyExample(
      mark: SourceMark(of: node), rows: rows, roster: rosterValues(pairs["roster"]),
      hasRoster: pairs["roster"] != nil, paid: paidBefore(pairs), history: readHistory(pairs["history"]),
      spouse: spouse, awarded: readAwarded(pairs["awarded"]),
      decisions: decisions.map { decision($0) }, period: period,
      payDate: yaml.date(pairs["pay_date"], of: "pay_date"), expected: expected,
      rowsExpected: rowsExpected ?? [])
  }

  /// What each row comes to, where rows say so; nil after refusing what they say.
  private mutating func rowExpectations(_ rows: [Node], hasOwn: Bool) -> [PolicyExample.Expectation]? {
    let written = rows.map { row in Self.outcomeKeys.filter { isOutcome($0, in: row) } }
    if written.allSatisfy(\.isEmpty) { return [] }
    if draft.awardPer == .person {
      yaml.refuse(
        rows.first,
        Bilingual("award_per: person 时一行没有自己的结果", "with award_per: person a row has no outcome of its own"),
        Bilingual("结果写在整个例子上。", "Give the outcome of the whole example."))
      return nil
    }
    guard !hasOwn, written.allSatisfy({ $0.count == 1 }) else {
      yaml.refuse(
        rows.first,
        Bilingual("各行各写一个结果，整个例子就不再写", "where rows have outcomes each has exactly one, and the example none"),
        Bilingual(
          "例如 rows: [{x: 1, pays: 1}, {x: 2, refused: limit}]",
          "For example rows: [{x: 1, pays: 1}, {x: 2, refused: limit}]"))
      return nil
    }
    let found = zip(rows, written).compactMap { row, keys in expectation(keys[0], yaml.pair(keys[0], in: row))
    }
    return found.count == rows.count ? found : nil
  }

  /// A key of a row that is no column's name.
  private func isOutcome(_ key: String, in row: Node) -> Bool {
    row.mapping?.contains { pair in
      let word = pair.key.scalar?.string ?? ""
      return isWord(word, for: key) && names.column(word) == nil
    } ?? false
  }

  private func isWord(_ word: String, for key: String) -> Bool {
    word == key || Words.keys.contains { $0.en == key && $0.zh == word }
  }

  /// `~` or nothing: not decided.
  private mutating func decision(_ node: Node) -> Money? {
    if ["", "~", "null"].contains(node.scalar?.string ?? "?") { return nil }
    return yaml.number(node, of: "decision").flatMap { Money(exactly: $0) }
  }

  private mutating func paidBefore(_ pairs: [String: Node]) -> PaidBefore {
    var paid = PaidBefore()
    let past = yaml.mapping(pairs["paid"], of: "paid", allowed: ["year", "lifetime"])
    paid.year = money(past["year"], of: "year") ?? .zero
    paid.lifetime = money(past["lifetime"], of: "lifetime") ?? paid.year
    let times = yaml.mapping(pairs["times_paid"], of: "times_paid", allowed: ["year", "lifetime"])
    paid.timesYear = yaml.number(times["year"], of: "year")?.whole.map { Int($0) } ?? 0
    paid.timesLifetime =
      yaml.number(times["lifetime"], of: "lifetime")?.whole.map { Int($0) } ?? paid.timesYear
    return paid
  }

  private mutating func money(_ node: Node?, of subject: String) -> Money? {
    yaml.number(node, of: subject).flatMap { Money(exactly: $0) }
  }

  /// Earlier payments: of this programme unless another is named.
  private mutating func readHistory(_ node: Node?) -> [PastPayment] {
    yaml.list(node, of: "history").compactMap { item in
      let pairs = yaml.mapping(
        item, of: "history",
        allowed: [
          "batch", "programme", "amount", "paid_on", "status", "benefit", "of", "base", "remembered",
        ],
        required: ["amount", "paid_on"])
      guard let amount = money(pairs["amount"], of: "amount"),
        let day = yaml.date(pairs["paid_on"], of: "paid_on")
      else { return nil }
      let word = yaml.text(pairs["status"], of: "status") ?? ""
      guard let state = statuses.state(of: word) else {
        let known = PaymentState.allCases.map(\.rawValue).joined(separator: " ")
        yaml.refuse(
          pairs["status"], Bilingual("不认识的状态“\(word)”", "unknown status '\(word)'"),
          Bilingual(
            "可用：\(known)，或 Templates/statuses.yaml 里的字样。",
            "Use \(known), or a word of Templates/statuses.yaml."))
        return nil
      }
      return PastPayment(
        batch: yaml.text(pairs["batch"], of: "batch") ?? "",
        programme: yaml.line(pairs["programme"], of: "programme") ?? draft.programme, staffNo: "x",
        idNumber: "", amount: amount, paidOn: day, status: word, state: state,
        breakdown: breakdown(pairs, amount))
    }
  }

  /// What an earlier payment says of its benefit; nil where it says nothing.
  private mutating func breakdown(_ pairs: [String: Node], _ amount: Money) -> PaymentBreakdown? {
    let (benefit, group) = (yaml.line(pairs["benefit"], of: "benefit"), yaml.line(pairs["of"], of: "of"))
    let base = money(pairs["base"], of: "base")
    var remembered: [RememberedFigure] = []
    for (key, value) in pairs["remembered"]?.mapping ?? [:] {
      let name = key.string ?? ""
      if !names.rememberedNames.contains(where: { $0.sameScalars(as: name) }) {
        yaml.refuse(
          key, Bilingual("没有记住的定义“\(name)”", "no value '\(name)' is remembered"),
          Bilingual("写 values 中有 remember: true 的名称。", "Name a value with remember: true."))
      }
      if let figure = yaml.number(value, of: name) {
        remembered.append(RememberedFigure(name: name, value: figure))
      }
    }
    if let benefit, !draft.benefits.contains(where: { $0.name.sameScalars(as: benefit) }),
      pairs["programme"] == nil
    {
      draft.notice(
        pairs["benefit"],
        Bilingual("办法没有名为“\(benefit)”的补助", "the policy has no benefit '\(benefit)'"))
    }
    if benefit == nil, group == nil, base == nil, remembered.isEmpty { return nil }
    let isNamed = benefit != nil || group != nil || base != nil
    return PaymentBreakdown(
      parts: isNamed
        ? [PaymentPart(benefit: benefit ?? "", group: group ?? "", amount: amount, base: base)] : [],
      remembered: remembered)
  }

  /// `spouse: {year, lifetime, amount, times: {year, lifetime}}`: what and how often before in the year and in all, and
  /// what in this batch.
  private mutating func readSpouse(_ node: Node) -> SpouseAwards {
    var spouse = SpouseAwards()
    let pairs = yaml.mapping(node, of: "spouse", allowed: ["year", "lifetime", "amount", "times"])
    let times = yaml.mapping(pairs["times"], of: "times", allowed: ["year", "lifetime"])
    spouse.before.timesYear = yaml.number(times["year"], of: "year")?.whole.map { Int($0) } ?? 0
    spouse.before.timesLifetime =
      yaml.number(times["lifetime"], of: "lifetime")?.whole.map { Int($0) } ?? spouse.before.timesYear
    spouse.before.year = money(pairs["year"], of: "year") ?? .zero
    spouse.before.lifetime = money(pairs["lifetime"], of: "lifetime") ?? spouse.before.year
    spouse.inBatch = money(pairs["amount"], of: "amount") ?? .zero
    return spouse
  }

  /// `awarded: {programme: amount}`; `held` for one that waits.
  private mutating func readAwarded(_ node: Node?) -> [AwardedElsewhere] {
    guard let node else { return [] }
    guard let mapping = node.mapping else {
      yaml.refuse(
        node, Bilingual("awarded 应是“项目: 金额”", "awarded maps programmes to amounts"),
        Bilingual("例如 {hardship-grant: 1000}", "For example {hardship-grant: 1000}"))
      return []
    }
    var result: [AwardedElsewhere] = []
    for (key, value) in mapping {
      let name = key.string ?? ""
      if !(draft.after + draft.exclusions.map(\.with)).contains(where: { $0.sameScalars(as: name) }) {
        yaml.refuse(
          key,
          Bilingual(
            "项目“\(name)”没有写在 after 或 exclusive 中",
            "programme '\(name)' does not stand under after or exclusive"),
          Bilingual("请写 after: [\(name)]。", "Write after: [\(name)]."))
      }
      let waits = ["held", "待定"].contains(value.scalar?.string ?? "")
      result.append(AwardedElsewhere(programme: name, amount: waits ? nil : money(value, of: name)))
    }
    return result
  }

  private mutating func expectation(_ key: String, _ node: Node?) -> PolicyExample.Expectation? {
    let text = key == "pays" ? "" : yaml.text(node, of: key) ?? ""
    let any = YesNo.word(text) == true
    switch key {
    case "pays":
      guard let amount = yaml.number(node, of: "pays") else { return nil }
      if let money = Money(exactly: amount) { return .pays(money) }
      yaml.refuse(
        node, Bilingual("pays 不止两位小数", "pays has more than two decimals"), Bilingual("写到分。", "Write fen."))
      return nil
    case "refused":
      return .refused(any ? nil : Words.values.first { $0.zh == text }?.en ?? text)
    case "held": return .held(any ? nil : text)
    default: return .notCounted
    }
  }

  /// - Parameter hasOutcome: what it comes to stands among its cells.
  private mutating func row(_ node: Node, hasOutcome: Bool) -> [Value]? {
    guard let mapping = node.mapping else {
      yaml.refuse(
        node, Bilingual("例子的行应是“列: 值”", "an example row maps columns to values"),
        Bilingual("例如 {kind: 住院, self_pay: 60000.00}", "For example {kind: a, self_pay: 60000.00}"))
      return nil
    }
    var values = layout.columns.map { $0.blank ?? Value.blank }
    for (key, value) in mapping {
      let name = key.string ?? ""
      guard let index = names.column(name) else {
        if hasOutcome, Self.outcomeKeys.contains(where: { isWord(name, for: $0) }) { continue }
        yaml.refuse(
          key, Bilingual("例子中不认识的列“\(name)”", "unknown column '\(name)' in an example"),
          Bilingual("请先在 columns 中写明。", "Declare it under columns."))
        continue
      }
      values[index] = read(value, as: layout.columns[index])
    }
    return values
  }

  private mutating func rosterValues(_ node: Node?) -> [(name: String, value: Value)] {
    var values: [(name: String, value: Value)] = []
    for (key, value) in node?.mapping ?? [:] {
      let written = key.string ?? ""
      let name = names.rosterColumn(written) ?? written
      refuseUnusedRosterName(name, key)
      let type: ColumnType
      switch Self.rosterTypes[name] {
      case .date: type = .date
      case .number: type = .number
      case .text: type = .text
      default: type = .automatic
      }
      values.append((name, read(value, as: Column(name: name, type: type))))
    }
    return values
  }

  /// A name that nothing looks at and no roster is known to have says nothing about the person.
  private mutating func refuseUnusedRosterName(_ name: String, _ node: Node) {
    if Self.rosterTypes[name] != nil || draft.rosterNames.contains(where: { $0.sameScalars(as: name) }) {
      return
    }
    let known = draft.rosterNames + Words.rosterColumns.flatMap { [$0.en, $0.zh] }
    yaml.refuse(
      node,
      Bilingual("办法没有用到名册的“\(name)”", "the policy does not look at '\(name)' of the roster"),
      NearWord.nearest(to: name, among: known).map { Bilingual("是不是“\($0)”？", "Did you mean '\($0)'?") }
        ?? Bilingual("请删去，或写成 roster. 后面的那个名称。", "Remove it, or write the name that follows 'roster.'."))
  }

  private mutating func read(_ node: Node, as column: Column) -> Value {
    var text = yaml.text(node, of: column.name) ?? ""
    if text.isEmpty || (node.scalar?.style == .plain && (text == "null" || text == "~")) {
      return column.blank ?? .blank
    }
    let field = text.withUTF8 {
      FieldReader(dates: .from1900).read(RawCell(kind: .text, bytes: $0), as: column)
    }
    if case .unreadable = field.value {
      yaml.refuse(
        node,
        Bilingual(
          "“\(text)”不是 \(column.name) 的值（\(column.type.rawValue)）",
          "'\(text)' is no value of \(column.name) (\(column.type.rawValue))"),
        Self.remedy(for: text, column))
    }
    return field.value
  }

  private static func remedy(for text: String, _ column: Column) -> Bilingual {
    if [.money, .number, .integer].contains(column.type), text.hasPrefix("-") || text.hasPrefix("－") {
      return Bilingual(
        "名单里的金额和数不小于 0，负数的格一律待处理。", "Amounts and numbers in lists are not below 0: such a cell holds its row."
      )
    }
    switch column.type {
    case .money: return Bilingual("金额写成 12345.60。", "Write an amount as 12345.60.")
    case .number: return Bilingual("写成数，例如 2.5。", "Write a number, such as 2.5.")
    case .integer: return Bilingual("须为整数。", "It must be a whole number.")
    case .date: return Bilingual("日期写成 2023-12-31。", "Write a date as 2023-12-31.")
    case .choice:
      return Bilingual(
        "选项：\(column.choices.joined(separator: "、"))", "Choices: \(column.choices.joined(separator: ", "))")
    case .flag: return Bilingual("写是或否。", "Write true or false.")
    case .text, .automatic: return Bilingual("请按列的类型写。", "Write a value of the column's type.")
    }
  }
}
