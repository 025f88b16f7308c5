import AidModel
import AidPolicy

/// A policy to try in place of the one in force.
struct Candidate {
  let file: String
  let policy: Policy
  /// The batch's plan under it.
  let plan: Plan

  /// - Parameter setting: a parameter to override; the policy's own examples no longer apply and are not run.
  /// - Throws: everything that keeps the policy from deciding this batch.
  init(
    file: String, text: String, for plan: Plan, language: Language, setting: ParameterSetting? = nil
  ) throws(PipelineFailure) {
    self.file = file
    do {
      policy = try plan.headings.policy(yaml: text, file: file, setting: setting)
    } catch {
      throw PipelineFailure(error)
    }
    var problems =
      setting == nil ? ShelfChecks.failedExamples(policy, path: file, language: language) : []
    problems += PolicyShelf.missingFund(policy, path: file, file: plan.file)
    problems += Self.outOfTime(policy, file, plan.file.period.to)
    guard let index = ProgrammeOrder.index(of: policy.programme, in: plan.programmes.map(\.policy)) else {
      throw PipelineFailure(problems + [Self.stranger(policy, file, plan)])
    }
    if !problems.isEmpty { throw PipelineFailure(problems) }
    var changed = plan
    changed.programmes[index] = try PolicyShelf.programme(
      policy, folder: plan.folder, file: plan.file, receipt: plan.receipt)
    problems = plan.shelf.together(changed.programmes, file: file)
    if !problems.isEmpty { throw PipelineFailure(problems) }
    self.plan = changed
  }

  private static func outOfTime(
    _ policy: Policy, _ file: String, _ day: CivilDate
  ) -> [PipelineFailure.Problem] {
    if policy.validFrom <= day, policy.validTo.map({ day <= $0 }) ?? true { return [] }
    let span = "\(policy.validFrom)…\(policy.validTo.map(\.description) ?? "")"
    return [
      .init(
        file,
        Bilingual(
          "办法在 \(day)（核算期末）无效：\(span)", "the policy is not valid on \(day), the end of the period: \(span)"),
        remedy: Bilingual("请改 valid，使它包含这一天。", "Change 'valid' so that it holds that day."))
    ]
  }

  private static func stranger(_ policy: Policy, _ file: String, _ plan: Plan) -> PipelineFailure.Problem {
    let known = plan.programmes.map(\.info.programme).joined(separator: " ")
    return .init(
      file,
      Bilingual("批次中没有项目“\(policy.programme)”", "the batch has no programme '\(policy.programme)'"),
      remedy: Bilingual("批次中的项目：\(known)。请改 programme。", "The batch has: \(known). Change 'programme'."))
  }
}
