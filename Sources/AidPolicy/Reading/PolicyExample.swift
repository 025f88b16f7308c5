public import AidModel
internal import Yams

/// A worked example of a policy: what a person with these rows gets.
struct PolicyExample: Sendable {
  enum Expectation: Sendable, Equatable {
    case pays(Money)
    /// The code of the reason: `gate`, `eligible`, `limit` …
    case refused(String)
    /// The code of the finding.
    case held(String)
    case notCounted
  }

  let line: Int
  let rows: [[Value]]
  let roster: [(name: String, value: Value)]
  let hasRoster: Bool
  let paid: PaidBefore
  let decision: Money?
  let period: Period?
  let expected: Expectation
}

/// What came of an example.
public struct ExampleResult: Sendable {
  public let line: Int
  public let expected: String
  public let got: String
  public let passed: Bool
}

extension PolicyReader {
  mutating func examples(_ node: Node?) -> [PolicyExample] {
    yaml.list(node, of: "examples").compactMap { example($0) }
  }

  private mutating func example(_ node: Node) -> PolicyExample? {
    let keys = [
      "rows", "roster", "paid", "times_paid", "decision", "period", "pays", "refused", "held", "not_counted",
    ]
    let pairs = yaml.mapping(node, of: "examples", allowed: keys, required: ["rows"])
    let outcomes = ["pays", "refused", "held", "not_counted"].filter { pairs[$0] != nil }
    guard outcomes.count == 1 else {
      yaml.refuse(
        node, Bilingual("例子没有写结果，或写了几个", "an example needs exactly one outcome"),
        Bilingual("写 pays、refused、held、not_counted 之一。", "Give one of pays, refused, held, not_counted."))
      return nil
    }
    let rows = yaml.list(pairs["rows"], of: "rows").compactMap { row($0) }
    var paid = PaidBefore()
    let past = yaml.mapping(pairs["paid"], of: "paid", allowed: ["year", "lifetime"])
    paid.year = yaml.number(past["year"], of: "year").flatMap { Money(exactly: $0) } ?? .zero
    paid.lifetime = yaml.number(past["lifetime"], of: "lifetime").flatMap { Money(exactly: $0) } ?? paid.year
    let times = yaml.mapping(pairs["times_paid"], of: "times_paid", allowed: ["year", "lifetime"])
    paid.timesYear = yaml.number(times["year"], of: "year")?.whole.map { Int($0) } ?? 0
    paid.timesLifetime =
      yaml.number(times["lifetime"], of: "lifetime")?.whole.map { Int($0) } ?? paid.timesYear
    let span = yaml.mapping(
      pairs["period"], of: "period", allowed: ["from", "to"], required: ["from", "to"])
    var period: Period?
    if let from = yaml.date(span["from"], of: "from"), let to = yaml.date(span["to"], of: "to") {
      period = Period(from: from, to: to)
    }
    guard let expected = expectation(outcomes[0], pairs[outcomes[0]]) else { return nil }
    return PolicyExample(
      line: node.mark?.line ?? 1, rows: rows, roster: rosterValues(pairs["roster"]),
      hasRoster: pairs["roster"] != nil, paid: paid,
      decision: yaml.number(pairs["decision"], of: "decision").flatMap { Money(exactly: $0) }, period: period,
      expected: expected)
  }

  private mutating func expectation(_ key: String, _ node: Node?) -> PolicyExample.Expectation? {
    switch key {
    case "pays":
      guard let amount = yaml.number(node, of: "pays") else { return nil }
      if let money = Money(exactly: amount) { return .pays(money) }
      yaml.refuse(
        node, Bilingual("pays 不止两位小数", "pays has more than two decimals"), Bilingual("写到分。", "Write fen."))
      return nil
    case "refused":
      let text = yaml.text(node, of: "refused") ?? ""
      return .refused(Words.values.first { $0.zh == text }?.en ?? text)
    case "held": return .held(yaml.text(node, of: "held") ?? "")
    default: return .notCounted
    }
  }

  private mutating func row(_ node: Node) -> [Value]? {
    guard let mapping = node.mapping else {
      yaml.refuse(
        node, Bilingual("例子的行应是“列: 值”", "an example row maps columns to values"),
        Bilingual("例如 {kind: 住院, self_pay: 60000.00}", "For example {kind: a, self_pay: 60000.00}"))
      return nil
    }
    var values = layout.columns.map { $0.blank ?? Value.blank }
    for (key, value) in mapping {
      let name = key.string ?? ""
      guard let index = layout.index(of: name) else {
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
      let name = key.string ?? ""
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
        Bilingual("请按列的类型写。", "Write a value of the column's type."))
    }
    return field.value
  }
}

extension Policy {
  /// Runs the policy's own examples.
  public func runExamples(language: Language) -> [ExampleResult] {
    examples.map { example in
      let source = SourceSheet(
        file: id, sheet: "examples", columns: layout.columns.indices.map { Int32($0) }, layout: layout)
      let rosterLayout = Layout(
        programme: "", columns: example.roster.map { Column(name: $0.name, type: .automatic) })
      let roster = Claim(
        source: SourceSheet(file: id, sheet: "roster", layout: rosterLayout), row: Int32(example.line),
        values: example.roster.map(\.value))
      let whole = Period(
        from: validFrom, to: validTo ?? CivilDate(year: validFrom.year, month: 12, day: 31) ?? validFrom)
      let period = example.period ?? whole ?? Period(day: validFrom)
      let place = Place(source, row: Int32(example.line))
      let person = PersonCase(
        rows: example.rows.enumerated().map { Claim(source: source, row: Int32($0 + 1), values: $1) },
        roster: example.hasRoster ? roster : nil, paid: example.paid,
        decision: example.decision.map {
          Decision(amount: $0, reason: "", decidedBy: "", decidedOn: nil, place: place)
        },
        period: period, payDate: period.to, language: language)
      return Self.judge(example, assess(person))
    }
  }

  /// Rows of one example under `award_per: row` are judged by their sum.
  private static func judge(_ example: PolicyExample, _ results: [Assessment]) -> ExampleResult {
    let first = results.first { $0.outcome != .paid && $0.outcome != .zero } ?? results.first
    let sum = results.filter { $0.outcome == .paid }.reduce(Money.zero) {
      $0 + (Money(exactly: $1.trace.result) ?? .zero)
    }
    let codes = first?.reasons.map(\.code) ?? []
    let got: String
    switch first?.outcome {
    case .refused: got = "refused: " + codes.joined(separator: " ")
    case .held: got = "held: " + codes.joined(separator: " ")
    case .notCounted: got = "not_counted"
    default: got = "pays: \(sum.plain)"
    }
    let (wanted, passed): (String, Bool)
    switch example.expected {
    case .pays(let money): (wanted, passed) = ("pays: \(money.plain)", got == "pays: \(money.plain)")
    case .refused(let code):
      (wanted, passed) = ("refused: \(code)", first?.outcome == .refused && codes.contains(code))
    case .held(let code):
      (wanted, passed) = ("held: \(code)", first?.outcome == .held && codes.contains(code))
    case .notCounted: (wanted, passed) = ("not_counted", first?.outcome == .notCounted)
    }
    return ExampleResult(line: example.line, expected: wanted, got: got, passed: passed)
  }
}
