import AidModel
import AidPolicy

/// All policies a batch names; chooses the one in force for each programme.
struct PolicyShelf {
  private var policies: [(policy: Policy, path: String)] = []
  private(set) var ingredients: [Plan.Ingredient] = []

  init(folder: Folder, file: BatchFile, headings: Headings, language: Language) throws(PipelineFailure) {
    var problems: [PipelineFailure.Problem] = []
    for path in try Self.files(folder: folder, file: file) {
      let document = try Disk.document(folder.absolute(path), shown: path)
      ingredients.append(.init(path: path, sha256: document.sha256))
      do {
        let policy = try headings.policy(yaml: document.text, file: path)
        problems += ShelfChecks.failedExamples(policy, path: path, language: language)
        policies.append((policy, path))
      } catch {
        problems += PipelineFailure(error).problems
      }
    }
    problems += ShelfChecks.overlaps(policies)
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

  /// The programmes named under `applications`, each once, with the policy valid on the period's last day.
  func programmes(
    folder: Folder, file: BatchFile, receipt: Receipt
  ) throws(PipelineFailure) -> [Plan.Programme] {
    var problems: [PipelineFailure.Problem] = []
    var result: [Plan.Programme] = []
    for entry in file.applications {
      if result.contains(where: { $0.info.programme.sameScalars(as: entry.programme) }) { continue }
      let all = policies.indices.filter { policies[$0].policy.programme.sameScalars(as: entry.programme) }
      let valid = all.filter {
        policies[$0].policy.validFrom <= file.period.to
          && file.period.to <= ShelfChecks.lastDay(of: $0, in: policies)
      }
      guard let index = valid.first else {
        problems.append(missingPolicy(entry, known: all, day: file.period.to))
        continue
      }
      let (policy, path) = policies[index]
      problems += Self.missingFund(policy, path: path, file: file)
      var programme = try Self.programme(policy, folder: folder, file: file, receipt: receipt)
      programme.hasPredecessor = all.contains { policies[$0].policy.validFrom < policy.validFrom }
      result.append(programme)
    }
    problems += together(result)
    if !problems.isEmpty { throw PipelineFailure(problems) }
    return result
  }

  /// Problems among policies that are in force together.
  /// - Parameter file: of a policy that is not on the shelf.
  func together(_ programmes: [Plan.Programme], file: String = "") -> [PipelineFailure.Problem] {
    ShelfChecks.between(
      programmes.map { ($0.policy, path(of: $0.policy) ?? file) }, known: policies.map(\.policy.programme))
  }

  /// A programme under a given policy, with the lists that batch.yaml names for it.
  static func programme(
    _ policy: Policy, folder: Folder, file: BatchFile, receipt: Receipt
  ) throws(PipelineFailure) -> Plan.Programme {
    var files: [ListFile] = []
    for (number, entry) in file.applications.enumerated()
    where entry.programme.sameScalars(as: policy.programme) {
      let paths = receipt.applications[number]
      let isOwn = paths.count == 1 && entry.files.count == 1 && FilePattern(entry.files[0])?.path == paths[0]
      let xml = try entry.mapping(layout: policy.layout, folder: folder)
      for path in paths where !files.contains(where: { $0.path.sameScalars(as: path) }) {
        files.append(
          ListFile(path: path, sheet: entry.sheet, xml: xml, unit: entry.unit, isOwnUnit: isOwn))
      }
    }
    let info = ProgrammeInfo(
      programme: policy.programme, policy: policy.id, title: policy.title, issuer: policy.issuer,
      source: policy.source, fund: policy.fund, phrases: policy.phrases)
    return Plan.Programme(info: info, policy: policy, files: files)
  }

  static func missingFund(_ policy: Policy, path: String, file: BatchFile) -> [PipelineFailure.Problem] {
    guard let fund = policy.fund, !file.funds.contains(where: { $0.name.sameScalars(as: fund) }) else {
      return []
    }
    return [
      .init(
        ShelfChecks.place((policy, path), "fund"),
        Bilingual("batch.yaml 没有基金“\(fund)”", "batch.yaml has no fund '\(fund)'"),
        remedy: Bilingual("请在 batch.yaml 的 funds 下写明金额。", "Give its amount under funds in batch.yaml."))
    ]
  }

  /// Every policy, in force or not.
  var all: [Policy] { policies.map(\.policy) }

  /// The file of a policy, relative to the batch folder.
  func path(of policy: Policy) -> String? { policies.first { $0.policy === policy }?.path }

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
}
