public import AidModel

/// A comparison of two runs or two ledgers, person by person.
public struct Difference: Sendable {
  /// Why an amount differs, in the order in which the causes are applied.
  public enum Cause: String, Sendable, CaseIterable {
    /// Application lists, period and pay date.
    case data
    /// Roster and payments of earlier batches.
    case history
    case decision, policy
    /// A short fund, or a stopped run.
    case pool
  }

  public enum Kind: String, Sendable, CaseIterable { case new, gone, changed }

  /// One person in one programme.
  public struct Line: Sendable {
    public let kind: Kind
    public let programme: String
    public let unit: String
    public let staffNo: String
    public let name: String
    /// Nil if absent. Ledgers know no outcome but `paid`.
    public let outcomes: (before: RowOutcome?, after: RowOutcome?)
    public let before: Money
    public let after: Money
    /// The causes that changed the amount or the outcome; their amounts add up to the difference. Nil if
    /// unknown.
    public let causes: [(cause: Cause, amount: Money)]?

    public init(
      kind: Kind, programme: String, unit: String, staffNo: String, name: String,
      outcomes: (before: RowOutcome?, after: RowOutcome?), before: Money, after: Money,
      causes: [(cause: Cause, amount: Money)]?
    ) {
      (self.kind, self.programme, self.unit) = (kind, programme, unit)
      (self.staffNo, self.name) = (Masking.text(staffNo), Masking.text(name))
      self.outcomes = outcomes
      (self.before, self.after, self.causes) = (before, after, causes)
    }
  }

  public let names: (a: String, b: String)
  public let totals: (a: Money, b: Money)
  /// Titles of programmes by id; a ledger has titles only.
  public let titles: [ExactText: String]
  /// In record order.
  public let lines: [Line]
  public let unchanged: Int
  /// Whether causes are known.
  public let isExplained: Bool
  /// Peculiarities of either side, in words.
  public var remarks: [Bilingual] = []

  public init(
    names: (a: String, b: String), totals: (a: Money, b: Money), titles: [ExactText: String], lines: [Line],
    unchanged: Int, isExplained: Bool
  ) {
    (self.names, self.totals, self.titles, self.lines) = (names, totals, titles, lines)
    (self.unchanged, self.isExplained) = (unchanged, isExplained)
  }
}

/// The output of `diff`, as text and as JSON.
public struct DifferenceReport {
  private let difference: Difference
  private let language: Language

  public init(_ difference: Difference, language: Language) {
    self.difference = difference
    self.language = language
  }

  private func say(_ zh: String, _ en: String) -> String { Bilingual(zh, en).text(language) }

  private func word(_ cause: Difference.Cause) -> String {
    switch cause {
    case .data: say("申请表", "data")
    case .history: say("名册与已发记录", "roster and history")
    case .decision: say("审批金额", "decision")
    case .policy: say("办法", "policy")
    case .pool: say("基金分配或停发", "fund or stop")
    }
  }

  private func word(_ kind: Difference.Kind) -> String {
    switch kind {
    case .new: say("新增", "new")
    case .gone: say("消失", "gone")
    case .changed: say("变化", "changed")
    }
  }

  private func sum(_ cause: Difference.Cause) -> Money {
    difference.lines.reduce(Money.zero) { sum, line in
      sum + (line.causes ?? []).filter { $0.cause == cause }.reduce(.zero) { $0 + $1.amount }
    }
  }

  private func lines(of kind: Difference.Kind) -> [Difference.Line] {
    difference.lines.filter { $0.kind == kind }
  }

  private static let unknown = Bilingual(
    "只有结果，没有两次的输入，不知道原因；要知道原因，请比较批次文件夹。",
    "Only results were given, not what they came from: why is not known. Compare batch folders to know why.")

  public var text: String {
    let (a, b) = difference.totals
    var out = ["\(difference.names.a) → \(difference.names.b)"]
    out.append(
      say("合计 ", "total ") + "\(a.grouped) → \(b.grouped) (\((b - a).signed))")
    out += difference.remarks.map { "  ! " + $0.text(language) }
    for kind in Difference.Kind.allCases {
      let own = lines(of: kind)
      let money = own.reduce(Money.zero) { $0 + $1.after - $1.before }
      out.append("  \(word(kind)) \(own.count) (\(money.signed))")
    }
    out.append("  " + say("不变", "unchanged") + " \(difference.unchanged)")
    if difference.isExplained {
      out += [say("原因（合计等于差额）：", "why (adds up to the difference):")]
      out += Columns.aligned(Difference.Cause.allCases.map { [word($0), sum($0).signed] })
    } else {
      out.append(Self.unknown.text(language))
    }
    if difference.lines.isEmpty { return out.joined(separator: "\n") }
    out.append("")
    for line in difference.lines { out.append(text(line)) }
    return out.joined(separator: "\n")
  }

  private func text(_ line: Difference.Line) -> String {
    func side(_ outcome: RowOutcome?, _ money: Money) -> String {
      guard let outcome else { return "—" }
      return outcome == .paid ? money.grouped : Wording.outcome(outcome, language)
    }
    let title = difference.titles[ExactText(line.programme)] ?? line.programme
    var out = "\(word(line.kind))  \(title)  \(line.unit.isEmpty ? "—" : line.unit)  "
    out += "\(line.name) \(line.staffNo)  \(side(line.outcomes.before, line.before)) → "
    out += "\(side(line.outcomes.after, line.after)) (\((line.after - line.before).signed))"
    guard let causes = line.causes, !causes.isEmpty else { return out }
    return out + "  "
      + causes.map { "\(word($0.cause)) \($0.amount.signed)" }.joined(separator: say("，", ", "))
  }

  public var json: String {
    let (a, b) = difference.totals
    let counts = Difference.Kind.allCases.map { ($0.rawValue, JSONText.integer(lines(of: $0).count)) }
    let causes = Difference.Cause.allCases.map { ($0.rawValue, JSONText.string(sum($0).plain)) }
    return JSONText.object(
      [
        ("a", .string(difference.names.a)), ("b", .string(difference.names.b)),
        ("total_a", .string(a.plain)), ("total_b", .string(b.plain)), ("difference", .string((b - a).plain)),
      ] + counts + [
        ("unchanged", .integer(difference.unchanged)),
        ("causes", difference.isExplained ? .object(causes) : .null),
        ("why", difference.isExplained ? .null : .string(Self.unknown.text(language))),
        ("remarks", .array(difference.remarks.map { .string($0.text(language)) })),
        ("lines", .array(difference.lines.map(json))),
      ]
    ).text(indented: true)
  }

  private func json(_ line: Difference.Line) -> JSONText {
    .object([
      ("kind", .string(line.kind.rawValue)), ("programme", .string(line.programme)),
      ("unit", .string(line.unit)), ("staff_no", .string(line.staffNo)), ("name", .string(line.name)),
      ("outcome_a", .string(line.outcomes.before?.rawValue)),
      ("outcome_b", .string(line.outcomes.after?.rawValue)),
      ("before", .string(line.before.plain)), ("after", .string(line.after.plain)),
      ("difference", .string((line.after - line.before).plain)),
      (
        "causes",
        line.causes.map { causes in
          .array(
            causes.map {
              .object([("cause", .string($0.cause.rawValue)), ("amount", .string($0.amount.plain))])
            })
        } ?? .null
      ),
    ])
  }
}
