public import AidModel
import AidYAML

/// What came of an example.
public struct ExampleResult: Sendable {
  public let line: Int
  public let column: Int
  public let expected: String
  public let got: String
  public let passed: Bool
  /// How the amount came about.
  public let traces: [Trace]
}

extension Policy {
  /// Runs the policy's own examples.
  public func runExamples(language: Language) -> [ExampleResult] {
    examples.map { example in
      let person = person(of: example, language)
      var results = assess(person)
      applyOtherRules(to: &results, of: example, in: person.period, language)
      return Self.judge(example, results, language)
    }
  }

  private func person(of example: PolicyExample, _ language: Language) -> PersonCase {
    let source = SourceSheet(
      file: id, sheet: "examples", columns: layout.columns.indices.map { Int32($0) }, layout: layout)
    let rosterLayout = Layout(
      programme: "", columns: example.roster.map { Column(name: $0.name, type: .automatic) })
    let roster = Claim(
      source: SourceSheet(file: id, sheet: "roster", layout: rosterLayout), row: Int32(example.mark.line),
      values: example.roster.map(\.value))
    let period = example.period ?? usualPeriod(example)
    let place = Place(source, row: Int32(example.mark.line))
    func had(_ programme: String) -> PaidBefore {
      PaidBefore(
        example.history.filter { $0.counts && $0.programme.sameScalars(as: programme) }, year: period)
    }
    let past = had(programme)
    var paid = example.paid
    paid.year += past.year
    paid.lifetime += past.lifetime
    paid.timesYear += past.timesYear
    paid.timesLifetime += past.timesLifetime
    paid.dated += past.dated
    paid.others = programmesLookedAt.map { .init(programme: $0, paid: had($0)) }
    return PersonCase(
      rows: example.rows.enumerated().map { Claim(source: source, row: Int32($0 + 1), values: $1) },
      roster: example.hasRoster ? roster : nil, paid: paid, spouse: example.spouse, awarded: example.awarded,
      decisions: example.decisions.map { amount in
        amount.map { Decision(amount: $0, reason: "", decidedBy: "", decidedOn: nil, place: place) }
      },
      period: period, payDate: example.payDate ?? period.to, language: language)
  }

  /// The span the policy is valid for; if that has no end, the calendar year it begins in, or, where none of the
  /// example's dates lies in that year, the calendar year of the latest of them.
  private func usualPeriod(_ example: PolicyExample) -> Period {
    func year(of day: CivilDate) -> Period {
      let ends = (CivilDate(year: day.year, month: 1, day: 1), CivilDate(year: day.year, month: 12, day: 31))
      guard let from = ends.0, let to = ends.1 else { return Period(day: day) }
      return Period(from: from, to: to) ?? Period(day: day)
    }
    if let to = validTo { return Period(from: validFrom, to: to) ?? Period(day: validFrom) }
    let first = year(of: validFrom)
    let dates = example.rows.joined().compactMap { value in
      if case .date(let date) = value { date } else { nil as CivilDate? }
    }
    guard let latest = dates.max(), latest > first.to, !dates.contains(where: first.contains) else {
      return first
    }
    return year(of: latest)
  }

  /// Rows of one example under `award_per: row` are judged by their sum.
  private static func judge(
    _ example: PolicyExample, _ results: [Assessment], _ language: Language
  ) -> ExampleResult {
    let paid = results.filter { $0.outcome == .paid }
    let sum = paid.reduce(Money.zero) { $0 + (Money(exactly: $1.trace.result) ?? .zero) }
    // What is not paid decides only where nothing is.
    let other = results.first { $0.outcome != .paid && $0.outcome != .zero }
    let first = paid.isEmpty || example.expected.isPayment == false ? other ?? results.first : results.first
    let got: String
    switch paid.isEmpty || example.expected.isPayment == false ? first?.outcome : .paid {
    case .refused: got = "refused: " + words(first, language)
    case .held: got = "held: " + words(first, language)
    case .notCounted: got = "not_counted"
    default: got = "pays: \(sum.plain)"
    }
    func names(_ wanted: String?) -> Bool { wanted.map { first?.isBecause(of: $0) == true } ?? true }
    let (wanted, passed): (String, Bool)
    switch example.expected {
    case .pays(let money): (wanted, passed) = ("pays: \(money.plain)", got == "pays: \(money.plain)")
    case .refused(let code):
      // A decision that is refused holds its award; a row that does not count is refused by `count`.
      let fits =
        first?.outcome == .refused || (first?.outcome == .held && code == "DECISION-RANGE")
        || (first?.outcome == .notCounted && code != nil)
      (wanted, passed) = ("refused: \(code ?? "true")", fits && names(code))
    case .held(let code):
      (wanted, passed) = ("held: \(code ?? "true")", first?.outcome == .held && names(code))
    case .notCounted: (wanted, passed) = ("not_counted", first?.outcome == .notCounted)
    }
    return ExampleResult(
      line: example.mark.line, column: example.mark.column, expected: wanted, got: got, passed: passed,
      traces: results.map(\.trace))
  }

  /// Why, as far as it decides: the benefit it is about, codes, and the words of the policy.
  private static func words(_ result: Assessment?, _ language: Language) -> String {
    guard let result else { return "" }
    let benefit = result.heldBenefit.map { ["[\($0)]"] } ?? []
    let reasons = result.reasons.map { reason in
      reason.code + (language == .zh ? "（\(reason.text)）" : " (\(reason.text))")
    }
    return (benefit + reasons).joined(separator: " ")
  }
}

extension Assessment {
  /// Whether one of the reasons has this code, or these words of the policy; what is missing may follow the words.
  fileprivate func isBecause(of wanted: String) -> Bool {
    reasons.contains { reason in
      let rest = reason.text.unicodeScalars.dropFirst(wanted.unicodeScalars.count)
      return reason.code == wanted
        || (reason.text.unicodeScalars.starts(with: wanted.unicodeScalars)
          && (rest.isEmpty || rest.starts(with: "（".unicodeScalars) || rest.starts(with: " (".unicodeScalars)))
    }
  }
}

extension PolicyExample.Expectation {
  fileprivate var isPayment: Bool {
    if case .pays = self { return true }
    return false
  }
}
