import AidModel
import AidPolicy

/// All policies a batch names, and the choice of the one that holds for each programme.
struct PolicyShelf {
  private var policies: [(policy: Policy, path: String)] = []
  private(set) var ingredients: [Plan.Ingredient] = []

  init(folder: Folder, file: BatchFile, headings: Headings, language: Language) throws(PipelineFailure) {
    var problems: [PipelineFailure.Problem] = []
    for path in try Self.files(folder: folder, file: file) {
      let text = try Disk.text(folder.absolute(path), shown: path)
      ingredients.append(.init(path: path, sha256: Plan.hash(text)))
      do {
        let policy = try headings.policy(yaml: text, file: path)
        problems += Self.failedExamples(policy, path: path, language: language)
        policies.append((policy, path))
      } catch {
        problems += PipelineFailure(error).problems
      }
    }
    problems += overlaps()
    if !problems.isEmpty { throw PipelineFailure(problems) }
  }

  private static func files(folder: Folder, file: BatchFile) throws(PipelineFailure) -> [String] {
    var paths: [String] = []
    for pattern in file.policies {
      for found in try Plan.expand([pattern], in: folder, as: "policies") {
        if Disk.isFolder(folder.absolute(found)) {
          let base = found.hasSuffix("/") ? String(found.dropLast()) : found
          for name in Disk.names(in: folder.absolute(found))
          where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            paths += try folder.expand(base + "/" + name, from: "batch.yaml (policies)")
          }
        } else {
          paths.append(found)
        }
      }
    }
    var seen: Set<ExactText> = []
    return paths.filter { seen.insert(ExactText($0)).inserted }
  }

  /// A policy whose own examples do not come out must not pay anybody.
  static func failedExamples(
    _ policy: Policy, path: String, language: Language
  ) -> [PipelineFailure.Problem] {
    policy.runExamples(language: language).filter { !$0.passed }.map { result in
      PipelineFailure.Problem(
        "\(path):\(result.line)",
        Bilingual(
          "例子不符：应得 \(result.expected)，算得 \(result.got)",
          "an example does not come out: expected \(result.expected), got \(result.got)"),
        remedy: Bilingual("请核对条款与例子，改正其一。", "Check the clause against the example and mend one of them."))
    }
  }

  private func lastDay(of index: Int) -> CivilDate {
    let policy = policies[index].policy
    if let end = policy.validTo { return end }
    let next = policies.filter {
      $0.policy.programme.sameScalars(as: policy.programme) && $0.policy.validFrom > policy.validFrom
    }.map(\.policy.validFrom).min()
    return next?.adding(days: -1) ?? CivilDate(dayNumber: .max)
  }

  private func overlaps() -> [PipelineFailure.Problem] {
    var problems: [PipelineFailure.Problem] = []
    for a in policies.indices {
      for b in policies.indices where b > a {
        let (x, y) = (policies[a], policies[b])
        guard x.policy.programme.sameScalars(as: y.policy.programme),
          x.policy.validFrom <= lastDay(of: b), y.policy.validFrom <= lastDay(of: a)
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

  /// One programme for each entry of `applications`, with the policy valid on the last day of the period.
  func programmes(folder: Folder, file: BatchFile) throws(PipelineFailure) -> [Plan.Programme] {
    var problems: [PipelineFailure.Problem] = []
    var result: [Plan.Programme] = []
    for entry in file.applications {
      let paths = try Plan.expand(entry.files, in: folder, as: "applications")
      func files(_ policy: Policy) throws(PipelineFailure) -> [ListFile] {
        let xml = try entry.mapping(layout: policy.layout, folder: folder)
        return paths.map { ListFile(path: $0, sheet: entry.sheet, xml: xml, unit: entry.unit) }
      }
      if let index = result.firstIndex(where: { $0.info.programme.sameScalars(as: entry.programme) }) {
        let old = result[index]
        let more = try files(old.policy).filter { file in
          !old.files.contains { $0.path.sameScalars(as: file.path) }
        }
        result[index] = Plan.Programme(info: old.info, policy: old.policy, files: old.files + more)
        continue
      }
      let all = policies.indices.filter { policies[$0].policy.programme.sameScalars(as: entry.programme) }
      let valid = all.filter {
        policies[$0].policy.validFrom <= file.period.to && file.period.to <= lastDay(of: $0)
      }
      guard let index = valid.first else {
        problems.append(missingPolicy(entry, known: all, day: file.period.to))
        continue
      }
      let (policy, path) = policies[index]
      if let fund = policy.fund, !file.funds.contains(where: { $0.name.sameScalars(as: fund) }) {
        problems.append(
          .init(
            path, Bilingual("batch.yaml 没有基金“\(fund)”", "batch.yaml has no fund '\(fund)'"),
            remedy: Bilingual("请在 batch.yaml 的 funds 下写明金额。", "Give its amount under funds in batch.yaml.")))
      }
      let info = ProgrammeInfo(
        programme: policy.programme, policy: policy.id, title: policy.title, issuer: policy.issuer,
        source: policy.source, fund: policy.fund)
      result.append(Plan.Programme(info: info, policy: policy, files: try files(policy)))
    }
    problems += disagreeingFunds(result)
    if !problems.isEmpty { throw PipelineFailure(problems) }
    return result
  }

  private func missingPolicy(
    _ entry: BatchFile.Applications, known: [Int], day: CivilDate
  ) -> PipelineFailure.Problem {
    let spans = known.map { index in
      let policy = policies[index].policy
      return "\(policies[index].path) \(policy.validFrom)…\(policy.validTo.map(\.description) ?? "")"
    }.joined(separator: "; ")
    return .init(
      entry.location,
      Bilingual(
        "项目“\(entry.programme)”在 \(day) 没有有效的办法" + (spans.isEmpty ? "" : "（\(spans)）"),
        "programme '\(entry.programme)' has no policy valid on \(day)" + (spans.isEmpty ? "" : " (\(spans))")),
      remedy: Bilingual(
        "请放入 programme: \(entry.programme) 且有效期包含该日的办法文件。",
        "Add a policy file with programme: \(entry.programme) valid on that day."))
  }

  private func disagreeingFunds(_ programmes: [Plan.Programme]) -> [PipelineFailure.Problem] {
    var problems: [PipelineFailure.Problem] = []
    for (i, a) in programmes.enumerated() {
      for b in programmes[(i + 1)...] {
        guard let fund = a.policy.fund, let other = b.policy.fund, fund.sameScalars(as: other),
          a.policy.whenShort != b.policy.whenShort
        else { continue }
        problems.append(
          .init(
            b.info.policy,
            Bilingual(
              "与 \(a.info.policy) 共用基金“\(fund)”，但 when_short 不同",
              "shares fund '\(fund)' with \(a.info.policy) but has another when_short"),
            remedy: Bilingual("请统一两份办法的 when_short。", "Give both policies the same when_short.")))
      }
    }
    return problems
  }
}
