import AidModel
import AidPolicy

/// What programmes are called: by their ids, their titles, the ids of their policies, whatever blanks, width and case
/// of letters a list has.
struct ProgrammeNames: Sendable {
  enum Meant: Sendable, Equatable {
    case programme(String)
    /// The name belongs to several programmes.
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

  /// Ids first, then what the batch's policies say, then what posted batches said.
  private var levels = [Names](repeating: Names(), count: 3)
  /// Programmes of posted batches that this batch's policies have under another id, by the old one.
  private var renamed: [ExactText: String] = [:]

  /// - Parameters:
  ///   - plan: nil: no batch is at hand.
  ///   - known: names of batches posted before.
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

  /// What a posted batch's programme is called now. A programme is its title and its policies too: a new id makes
  /// nobody new.
  func present(_ programme: String) -> String { renamed[ExactText(programme)] ?? programme }

  /// The programme a name stands for.
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
  /// Other programmes its rules speak of.
  var namedProgrammes: [String] { after + exclusions.map(\.with) + programmesLookedAt }
}
