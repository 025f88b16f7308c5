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
  /// Runs the policy's own examples: a result for each person, or for each row where rows have their own.
  public func runExamples(language: Language) -> [ExampleResult] {
    examples.flatMap { example -> [ExampleResult] in
      let people = example.people.map { person(of: $0, language) }
      var results = zip(example.people, people).map { example, person in
        var own = assess(person)
        applyOtherRules(to: &own, of: example, in: person.period, language)
        return own
      }
      share(&results, among: people, fund: example.fund, language)
      return zip(example.people, results).flatMap { Self.judge($0, $1, language) }
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

  private static func judge(
    _ example: PolicyExample, _ results: [Assessment], _ language: Language
  ) -> [ExampleResult] {
    guard let expected = example.expected else {
      return zip(example.rowsExpected, results).enumerated().map { i, row in
        judge(example.mark, row.0, [row.1], language, row: i + 1)
      }
    }
    return [judge(example.mark, expected, results, language)]
  }

  /// Rows of one example under `award_per: row` are judged by their sum; if they end in different ways the sum says
  /// nothing about each.
  private static func judge(
    _ mark: SourceMark, _ expected: PolicyExample.Expectation, _ results: [Assessment], _ language: Language,
    row: Int? = nil
  ) -> ExampleResult {
    let paid = results.filter { $0.outcome == .paid || $0.outcome == .zero }
    let sum = paid.reduce(Money.zero) { $0 + (Money(exactly: $1.due) ?? .zero) }
    let other = results.first { $0.outcome != .paid && $0.outcome != .zero }
    let isPayment = if case .pays = expected { true } else { false }
    // A row that waits is part of no sum; what is no payment is said of all rows.
    let isMixed =
      isPayment
      ? results.contains { $0.outcome == .held } && results.contains { $0.outcome != .held }
      : other != nil && results.contains { $0.outcome != other?.outcome }
    let hasSum = isPayment && !paid.isEmpty
    let first = other ?? results.first
    let got: String
    if isMixed {
      let ends = results.map {
        $0.outcome == .paid ? "pays \(Money(exactly: $0.due)?.plain ?? "")" : $0.outcome.rawValue
      }
      got =
        Bilingual("各行结果不同（", "the rows end differently (").text(language) + ends.joined(separator: ", ")
        + Bilingual("），请给每一行写结果", "): give each row its own outcome").text(language)
    } else {
      switch hasSum ? .paid : first?.outcome {
      case .refused: got = "refused: " + words(first, language)
      case .held: got = "held: " + words(first, language)
      case .notCounted: got = "not_counted"
      default: got = "pays: \(sum.plain)"
      }
    }
    func names(_ wanted: String?) -> Bool { wanted.map { first?.isBecause(of: $0) == true } ?? true }
    let (wanted, passed): (String, Bool)
    switch expected {
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
    let place = row.map { Bilingual("（第 \($0) 行）", " (row \($0))").text(language) } ?? ""
    return ExampleResult(
      line: mark.line, column: mark.column, expected: wanted + place, got: got, passed: passed && !isMixed,
      traces: results.map(\.trace))
  }

  /// Why, as far as it decides: the benefit it is about, codes, and the words of the policy.
  private static func words(_ result: Assessment?, _ language: Language) -> String {
    guard let result else { return "" }
    let benefit = result.heldBenefit.map { ["[\($0)]"] } ?? []
    let reasons = result.reasons.map { reason in
      reason.writtenCode + (language == .zh ? "（\(reason.text)）" : " (\(reason.text))")
    }
    return (benefit + reasons).joined(separator: " ")
  }
}

extension Assessment {
  /// Whether one of the reasons has this code, or these words of the policy; what is missing may follow the words.
  fileprivate func isBecause(of wanted: String) -> Bool {
    reasons.contains { reason in
      let rest = reason.text.unicodeScalars.dropFirst(wanted.unicodeScalars.count)
      return reason.code == wanted || reason.writtenCode == wanted
        || (reason.text.unicodeScalars.starts(with: wanted.unicodeScalars)
          && (rest.isEmpty || rest.starts(with: "（".unicodeScalars) || rest.starts(with: " (".unicodeScalars)))
    }
  }
}

extension Assessment {
  /// What it pays, in yuan.
  fileprivate var due: Rational { outcome == .paid ? trace.result : .zero }
}

extension Reason {
  /// The word the author of an example writes for it.
  fileprivate var writtenCode: String {
    code == PolicyFindings.coupleBoth.code ? "one_per_household" : code
  }
}
