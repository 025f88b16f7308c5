import AidModel
import AidPolicy
import AidReview

/// `diff`: compares two runs or two ledgers person by person, with the causes of each change if both runs can
/// be recomputed.
public enum Differing {
  public struct Result: Sendable {
    public let text: String
    public let json: String
  }

  /// - Parameters:
  ///   - store: for both; nil for the one beside each batch folder.
  public static func run(
    _ a: String, _ b: String, request: RunRequest, store: String?
  ) throws(PipelineFailure) -> Result {
    let before = try DifferenceSide(a, request: request, store: store)
    let after = try DifferenceSide(b, request: request, store: store)
    if before.isLedger != after.isLedger {
      throw PipelineFailure(
        before.isLedger ? a : b,
        Bilingual("台账只能与台账比较", "a ledger is compared with a ledger only"),
        remedy: Bilingual("请给出两份台账，或两个文件夹。", "Give two ledgers, or two folders."))
    }
    let states = try Self.states(before, after, request: request)
    var difference = compare(before, after, states)
    difference.remarks = [before.remark, after.remark].compactMap(\.self)
    let report = DifferenceReport(difference, language: request.language)
    return Result(text: report.text, json: report.json)
  }

  /// The standings between the two sides as one cause after another changes: B's data; then its roster and
  /// history; its decisions; its policies. Nil if either side cannot be recomputed.
  private static func states(
    _ a: DifferenceSide, _ b: DifferenceSide, request: RunRequest
  ) throws(PipelineFailure) -> [Standings]? {
    guard let before = a.recomputed, let after = b.recomputed else { return nil }
    let mixtures = [
      Mixture(data: after, beside: before, decisions: before, policy: before, funds: before),
      Mixture(data: after, beside: after, decisions: before, policy: before, funds: before),
      Mixture(data: after, beside: after, decisions: after, policy: before, funds: before),
      Mixture(data: after, beside: after, decisions: after, policy: after, funds: before),
    ]
    var states: [Standings] = []
    for mixture in mixtures { states.append(try mixture.standings(request)) }
    return states
  }

  private static func compare(
    _ a: DifferenceSide, _ b: DifferenceSide, _ states: [Standings]?
  ) -> Difference {
    var lines: [Difference.Line] = []
    var unchanged = 0
    for key in a.standings.union(b.standings) {
      let (before, after) = (a.standings[key], b.standings[key])
      guard let who = after ?? before else { continue }
      if let before, let after, before.amount == after.amount, before.outcome == after.outcome {
        unchanged += 1
        continue
      }
      lines.append(
        Difference.Line(
          kind: before == nil ? .new : (after == nil ? .gone : .changed), programme: who.programme,
          unit: who.unit, staffNo: who.staffNo, name: who.name,
          outcomes: (before?.outcome, after?.outcome), before: before?.amount ?? .zero,
          after: after?.amount ?? .zero,
          causes: states.map { causes(before, $0.map { $0[key] }, after) }))
    }
    var titles: [ExactText: String] = [:]
    for side in [a, b] {
      for programme in side.recomputed?.plan.programmes ?? [] {
        titles[ExactText(programme.info.programme)] = programme.info.title
      }
    }
    return Difference(
      names: (a.name, b.name), totals: (a.standings.total, b.standings.total), titles: titles, lines: lines,
      unchanged: unchanged, isExplained: states != nil)
  }

  /// How much each cause changed the policy's amount, before the fund is applied. Reductions by the fund,
  /// whatever made it short, and their effect on awards that look at them, are attributed to the pool. The
  /// parts sum to the difference.
  private static func causes(
    _ a: Standing?, _ states: [Standing?], _ b: Standing?
  ) -> [(cause: Difference.Cause, amount: Money)] {
    let steps = [a] + states + [b]
    var causes: [(cause: Difference.Cause, amount: Money)] = []
    for (i, cause) in Difference.Cause.allCases.enumerated() {
      let (from, to) = (steps[i], steps[i + 1])
      var amount = (to?.asked ?? .zero) - (from?.asked ?? .zero)
      if cause == .pool { amount += (b?.cut ?? .zero) - (a?.cut ?? .zero) }
      if amount != .zero || from?.outcome != to?.outcome { causes.append((cause, amount)) }
    }
    return causes
  }
}

/// A batch combined from two.
struct Mixture {
  let data: DifferenceSide.Recomputed
  let beside: DifferenceSide.Recomputed
  let decisions: DifferenceSide.Recomputed
  let policy: DifferenceSide.Recomputed
  let funds: DifferenceSide.Recomputed

  func standings(_ request: RunRequest) throws(PipelineFailure) -> Standings {
    var plan = data.plan
    // Decisions may name records, whose ids contain the batch.
    plan.file.batch = decisions.plan.file.batch
    plan.programmes = try plan.programmes.map { programme throws(PipelineFailure) in
      let other = policy.plan.programmes.first {
        $0.info.programme.sameScalars(as: programme.info.programme)
      }
      // A programme that only the other batch has keeps its own policy.
      guard let other else { return programme }
      return try PolicyShelf.programme(
        other.policy, folder: plan.folder, file: plan.file, receipt: plan.receipt)
    }
    let own = funds.plan.file.funds
    plan.file.funds =
      own + data.plan.file.funds.filter { fund in !own.contains { $0.name.sameScalars(as: fund.name) } }
    plan.file.funds += policy.plan.file.funds.filter { fund in
      !plan.file.funds.contains { $0.name.sameScalars(as: fund.name) }
    }
    if case .circle = ProgrammeOrder.of(plan.programmes.map(\.policy)) {
      throw PipelineFailure(
        data.plan.folder.path,
        Bilingual(
          "两次的办法合在一起，after 成环，分不清原因", "the policies of both together go round in a circle ('after')"),
        remedy: Bilingual(
          "请比较两次的 out 文件夹的副本（只比结果）。", "Compare copies of the two out folders, results only."))
    }
    var asked = request
    asked.strict = false
    let reading = try BatchReading(
      asked,
      BatchReading.Sources(data: plan, beside: beside.plan, decisions: decisions.plan, past: beside.past))
    let report = try Calculation(asked, plan: plan, reading: reading, isWhatIf: true).report
    return Standings(report, reading)
  }
}
