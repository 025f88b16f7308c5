import AidModel
import AidPolicy

/// The names of programmes: their ids, titles and policy ids, ignoring blanks, width and letter case.
struct ProgrammeNames: Sendable {
  enum Meant: Sendable, Equatable {
    case programme(String)
    /// Several programmes have this name.
    case several([String])
    case nobody
  }

  private struct Names: Sendable {
    private var programmes: [ExactText: [String]] = [:]

    mutating func add(_ name: String, _ programme: String) {
      let key = ExactText(TextKey.of(name))
      if key.text.isEmpty || programmes[key]?.contains(where: { $0.sameScalars(as: programme) }) == true {
        return
      }
      programmes[key, default: []].append(programme)
    }

    subscript(name: String) -> [String] { programmes[ExactText(TextKey.of(name))] ?? [] }
  }

  /// Names by priority: ids, then names in the batch's policies, then names in posted batches.
  private var levels = [Names](repeating: Names(), count: 3)
  /// Programmes of posted batches that have another id in this batch's policies, by old id.
  private var renamed: [ExactText: String] = [:]

  /// - Parameters:
  ///   - plan: nil without a batch.
  ///   - known: names used in posted batches.
  init(plan: Plan?, known: [ProgrammeName]) {
    for policy in plan?.shelf.all ?? [] {
      levels[0].add(policy.programme, policy.programme)
      levels[1].add(policy.title, policy.programme)
      levels[1].add(policy.id, policy.programme)
    }
    for other in (plan?.programmes ?? []).flatMap(\.policy.namedProgrammes) { levels[0].add(other, other) }
    for name in known { levels[2].add(name.name, name.programme) }
    for name in known where levels[0][name.programme].isEmpty {
      let found = levels[1][name.name]
      if found.count == 1 { renamed[ExactText(name.programme)] = found[0] }
    }
    for name in known { levels[0].add(name.programme, name.programme) }
  }

  /// The present id of a posted batch's programme. Title and policies identify a programme too, so a new id
  /// does not make a new programme.
  func present(_ programme: String) -> String { renamed[ExactText(programme)] ?? programme }

  /// The programme with a name.
  func programme(called name: String) -> Meant {
    for level in levels {
      let found = level[name]
      if found.count == 1 { return .programme(found[0]) }
      if found.count > 1 { return .several(found) }
    }
    return .nobody
  }
}

extension Policy {
  /// Other programmes that its rules mention.
  var namedProgrammes: [String] { after + exclusions.map(\.with) + programmesLookedAt }
}
