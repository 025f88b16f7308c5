import AidModel
import AidPolicy

/// The order in which programmes are assessed: each after those it looks at, and after programmes that may
/// still exclude those.
enum ProgrammeOrder {
  /// Indexes in order, or a cycle of programmes that wait for each other.
  enum Result {
    case order([Int])
    case circle([Int])
  }

  static func of(_ policies: [Policy]) -> Result {
    // A programme that excludes one looked at comes first if possible.
    let wide = policies.indices.map { prerequisites($0, policies, withExclusions: true) }
    if case .order(let order) = sort(wide) { return .order(order) }
    return sort(policies.indices.map { prerequisites($0, policies, withExclusions: false) })
  }

  static func index(of programme: String, in policies: [Policy]) -> Int? {
    policies.firstIndex { $0.programme.sameScalars(as: programme) }
  }

  private static func prerequisites(_ index: Int, _ policies: [Policy], withExclusions: Bool) -> [Int] {
    var needed = policies[index].after.compactMap { Self.index(of: $0, in: policies) }
    if withExclusions {
      for other in needed {
        needed += policies.indices.filter { excludes($0, other, policies) || excludes(other, $0, policies) }
      }
    }
    return needed.filter { $0 != index }
  }

  private static func excludes(_ a: Int, _ b: Int, _ policies: [Policy]) -> Bool {
    policies[a].exclusions.contains { $0.with.sameScalars(as: policies[b].programme) }
  }

  private static func sort(_ needed: [[Int]]) -> Result {
    var order: [Int] = []
    var state = [Int](repeating: 0, count: needed.count)
    var path: [Int] = []
    func visit(_ index: Int) -> [Int]? {
      if state[index] == 2 { return nil }
      if state[index] == 1 { return Array(path[(path.firstIndex(of: index) ?? 0)...]) }
      state[index] = 1
      path.append(index)
      for other in needed[index].sorted() {
        if let circle = visit(other) { return circle }
      }
      path.removeLast()
      state[index] = 2
      order.append(index)
      return nil
    }
    for index in needed.indices {
      if let circle = visit(index) { return .circle(circle) }
    }
    return .order(order)
  }
}
