import AidModel
import AidPolicy
import AidReview
import AidYAML

/// Problems that show only when the policies of a batch are compared.
enum ShelfChecks {
  typealias Shelved = (policy: Policy, path: String)

  /// The location of a top-level key, or the file if it lacks the key.
  static func place(_ shelved: Shelved, _ key: String) -> String {
    guard let mark = shelved.policy.marks[key] else { return shelved.path }
    return place(shelved, mark)
  }

  private static func place(_ shelved: Shelved, _ mark: SourceMark) -> String {
    "\(shelved.path):\(mark.line):\(mark.column)"
  }

  /// A policy that fails its own examples must not pay anyone.
  static func failedExamples(
    _ policy: Policy, path: String, language: Language
  ) -> [PipelineFailure.Problem] {
    failedExamples(policy.runExamples(language: language), path: path)
  }

  static func failedExamples(_ results: [ExampleResult], path: String) -> [PipelineFailure.Problem] {
    results.filter { !$0.passed }.map { result in
      PipelineFailure.Problem(
        "\(path):\(result.line):\(result.column)",
        Bilingual(
          "例子不符：应得 \(result.expected)，算得 \(result.got)",
          "an example does not come out: expected \(result.expected), got \(result.got)"),
        details: Bilingual(steps(result, .zh), steps(result, .en)),
        remedy: Bilingual("请核对条款与例子，改正其一。", "Check the clause against the example and mend one of them."))
    }
  }

  private static func steps(_ result: ExampleResult, _ language: Language) -> String {
    result.traces.map { trace in
      trace.steps.enumerated().map { i, step in
        let benefit = step.benefit.map { "[\($0)] " } ?? ""
        return "\n    \(i + 1). \(benefit)" + StepText.text(trace, i, .none, language: language)
      }.joined()
    }.joined(separator: "\n")
  }

  static func lastDay(of index: Int, in policies: [Shelved]) -> CivilDate {
    let policy = policies[index].policy
    if let end = policy.validTo { return end }
    let next = policies.filter {
      $0.policy.programme.sameScalars(as: policy.programme) && $0.policy.validFrom > policy.validFrom
    }.map(\.policy.validFrom).min()
    return next?.adding(days: -1) ?? CivilDate(dayNumber: .max)
  }

  /// Two policies of one programme valid on the same day.
  static func overlaps(_ policies: [Shelved]) -> [PipelineFailure.Problem] {
    var problems: [PipelineFailure.Problem] = []
    for a in policies.indices {
      for b in policies.indices where b > a {
        let (x, y) = (policies[a], policies[b])
        guard x.policy.programme.sameScalars(as: y.policy.programme),
          x.policy.validFrom <= lastDay(of: b, in: policies),
          y.policy.validFrom <= lastDay(of: a, in: policies)
        else { continue }
        problems.append(
          .init(
            place(y, "valid"),
            Bilingual(
              "与 \(x.path) 同属“\(x.policy.programme)”，有效期重叠",
              "overlaps in time with \(x.path) of the same programme '\(x.policy.programme)'"),
            remedy: Bilingual("请用 valid.to 结束旧办法。", "Close the old policy with valid.to.")))
      }
    }
    return problems
  }

  /// Problems among policies in force at the same time, one per programme.
  /// - Parameter known: the programmes of all policies at hand.
  static func between(_ policies: [Shelved], known: [String]) -> [PipelineFailure.Problem] {
    disagreeingFunds(policies) + circles(policies) + strangers(policies, known: known)
      + contradictions(policies)
  }

  /// The same for files of different batches: checks every time span with the same policies in force.
  static func everyTime(_ policies: [Shelved]) -> [PipelineFailure.Problem] {
    var problems: [PipelineFailure.Problem] = []
    for day in Set(policies.map(\.policy.validFrom)).sorted() {
      var valid: [Shelved] = []
      for (i, shelved) in policies.enumerated()
      where shelved.policy.validFrom <= day && day <= lastDay(of: i, in: policies)
        && !valid.contains(where: { $0.policy.programme.sameScalars(as: shelved.policy.programme) })
      {
        valid.append(shelved)
      }
      for problem in between(valid, known: policies.map(\.policy.programme))
      where !problems.contains(where: { $0.location == problem.location && $0.what.en == problem.what.en }) {
        problems.append(problem)
      }
    }
    return problems
  }

  private static func circles(_ policies: [Shelved]) -> [PipelineFailure.Problem] {
    guard case .circle(let circle) = ProgrammeOrder.of(policies.map(\.policy)) else { return [] }
    let names = (circle + circle.prefix(1)).map { policies[$0].policy.programme }.joined(separator: " ← ")
    return [
      .init(
        place(policies[circle[0]], "after"),
        Bilingual("after 成环：\(names)", "after goes round in a circle: \(names)"),
        remedy: Bilingual("请去掉其中一个 after。", "Remove one of the 'after'."))
    ]
  }

  /// A named programme may be missing from the batch, unless the name looks like a spelling mistake.
  private static func strangers(_ policies: [Shelved], known: [String]) -> [PipelineFailure.Problem] {
    let all = policies.map(\.policy.programme) + known
    return policies.flatMap { shelved in
      let named =
        shelved.policy.after.map { ($0, place(shelved, "after")) }
        + shelved.policy.exclusions.map { ($0.with, place(shelved, $0.mark)) }
      return named.compactMap { name, place -> PipelineFailure.Problem? in
        if all.contains(where: { $0.sameScalars(as: name) }) { return nil }
        let others = all.filter { !$0.sameScalars(as: shelved.policy.programme) }
        guard let near = NearWord.nearest(to: name, among: others) else { return nil }
        return .init(
          place, Bilingual("没有项目“\(name)”", "there is no programme '\(name)'"),
          remedy: Bilingual("是不是“\(near)”？", "Did you mean '\(near)'?"))
      }
    }
  }

  /// Two programmes that exclude each other must agree which one to keep.
  private static func contradictions(_ policies: [Shelved]) -> [PipelineFailure.Problem] {
    var problems: [PipelineFailure.Problem] = []
    for (i, a) in policies.enumerated() {
      for b in policies[(i + 1)...] {
        for x in a.policy.exclusions where x.with.sameScalars(as: b.policy.programme) {
          for y in b.policy.exclusions
          where y.with.sameScalars(as: a.policy.programme) && mirrored(x.keep) != y.keep {
            problems.append(
              .init(
                place(b, y.mark),
                Bilingual(
                  "与 \(a.policy.id) 互斥，但两边的 keep 不一致（\(x.keep.rawValue) / \(y.keep.rawValue)）",
                  "\(a.policy.id) and this one exclude each other, but their 'keep' disagree "
                    + "(\(x.keep.rawValue) / \(y.keep.rawValue))"),
                remedy: Bilingual("只在一份办法里写，或写成一致。", "Write it in one of them, or make them agree.")))
          }
        }
      }
    }
    return problems
  }

  private static func mirrored(_ keep: Exclusion.Keep) -> Exclusion.Keep {
    switch keep {
    case .this: .other
    case .other: .this
    case .larger, .ask: keep
    }
  }

  /// Policies that share a fund must agree on how to share it when it is short.
  private static func disagreeingFunds(_ policies: [Shelved]) -> [PipelineFailure.Problem] {
    var problems: [PipelineFailure.Problem] = []
    for (i, a) in policies.enumerated() {
      for b in policies[(i + 1)...] {
        guard let fund = a.policy.fund, let other = b.policy.fund, fund.sameScalars(as: other),
          let key = disagreement(a.policy, b.policy)
        else { continue }
        problems.append(
          .init(
            place(b, b.policy.marks[key] == nil ? "fund" : key),
            Bilingual(
              "与 \(a.policy.id) 共用基金“\(fund)”，但 \(key) 不同",
              "shares fund '\(fund)' with \(a.policy.id) but has another \(key)"),
            remedy: Bilingual("请统一两份办法的 \(key)。", "Give both policies the same \(key).")))
      }
    }
    return problems
  }

  private static func disagreement(_ x: Policy, _ y: Policy) -> String? {
    if x.whenShort != y.whenShort { return "when_short" }
    if x.whenShort != .priority { return nil }
    if x.payPartial != y.payPartial { return "pay_partial" }
    return x.priorityShape == y.priorityShape ? nil : "priority"
  }
}
