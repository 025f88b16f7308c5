import AidModel
import AidPolicy
import AidReview

/// What only the policies of a batch together show.
enum ShelfChecks {
  typealias Shelved = (policy: Policy, path: String)

  /// A policy whose own examples do not come out must not pay anybody.
  static func failedExamples(
    _ policy: Policy, path: String, language: Language
  ) -> [PipelineFailure.Problem] {
    policy.runExamples(language: language).filter { !$0.passed }.map { result in
      PipelineFailure.Problem(
        "\(path):\(result.line)",
        Bilingual(
          "例子不符：应得 \(result.expected)，算得 \(result.got)" + steps(result, .zh),
          "an example does not come out: expected \(result.expected), got \(result.got)" + steps(result, .en)),
        remedy: Bilingual("请核对条款与例子，改正其一。", "Check the clause against the example and mend one of them."))
    }
  }

  private static func steps(_ result: ExampleResult, _ language: Language) -> String {
    result.traces.map { trace in
      var before = Rational.zero
      return trace.steps.enumerated().map { i, step in
        defer { before = step.result }
        let benefit = step.benefit.map { "[\($0)] " } ?? ""
        return "\n    \(i + 1). \(benefit)" + StepText.text(step, before: before, language: language)
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
            y.path,
            Bilingual(
              "与 \(x.path) 同属“\(x.policy.programme)”，有效期重叠",
              "overlaps in time with \(x.path) of the same programme '\(x.policy.programme)'"),
            remedy: Bilingual("请用 valid.to 结束旧办法。", "Close the old policy with valid.to.")))
      }
    }
    return problems
  }

  /// - Parameter known: the programmes of every policy at hand, of the batch or not.
  static func between(_ programmes: [Plan.Programme], known: [String]) -> [PipelineFailure.Problem] {
    circles(programmes) + strangers(programmes, known: known) + contradictions(programmes)
  }

  private static func circles(_ programmes: [Plan.Programme]) -> [PipelineFailure.Problem] {
    guard case .circle(let circle) = ProgrammeOrder.of(programmes.map(\.policy)) else { return [] }
    let names = (circle + circle.prefix(1)).map { programmes[$0].info.programme }.joined(separator: " ← ")
    return [
      .init(
        programmes[circle[0]].info.policy,
        Bilingual("after 成环：\(names)", "after goes round in a circle: \(names)"),
        remedy: Bilingual("请去掉其中一个 after。", "Remove one of the 'after'."))
    ]
  }

  /// A programme named that this batch does not have is nothing special, unless it looks like a slip.
  private static func strangers(
    _ programmes: [Plan.Programme], known: [String]
  ) -> [PipelineFailure.Problem] {
    let all = programmes.map(\.info.programme) + known
    return programmes.flatMap { programme in
      (programme.policy.after + programme.policy.exclusions.map(\.with)).compactMap { name in
        if all.contains(where: { $0.sameScalars(as: name) }) { return nil }
        let others = all.filter { !$0.sameScalars(as: programme.info.programme) }
        guard let near = Words.nearest(to: name, among: others) else { return nil }
        return .init(
          programme.info.policy,
          Bilingual("没有项目“\(name)”", "there is no programme '\(name)'"),
          remedy: Bilingual("是不是“\(near)”？", "Did you mean '\(near)'?"))
      }
    }
  }

  /// Two programmes that exclude each other must keep the same one.
  private static func contradictions(_ programmes: [Plan.Programme]) -> [PipelineFailure.Problem] {
    var problems: [PipelineFailure.Problem] = []
    for (i, a) in programmes.enumerated() {
      for b in programmes[(i + 1)...] {
        for x in a.policy.exclusions where x.with.sameScalars(as: b.info.programme) {
          for y in b.policy.exclusions
          where y.with.sameScalars(as: a.info.programme) && mirrored(x.keep) != y.keep {
            problems.append(
              .init(
                b.info.policy,
                Bilingual(
                  "与 \(a.info.policy) 互斥，但两边的 keep 不一致（\(x.keep.rawValue) / \(y.keep.rawValue)）",
                  "\(a.info.policy) and this one exclude each other, but their 'keep' disagree "
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
}
