import AidModel
import AidYAML
internal import Yams

/// A figure of a policy that can be tried at other values.
public struct PolicyParameter: Sendable {
  /// `cap.year`, `limit`; of a benefit `NAME.rate`, `NAME.gate`, `NAME.cap.award` …
  public let name: String
  /// As the file says it: `20000`, `25%`.
  public let value: String
  /// Where the figure stands: keys and places in lists. A figure that is the end of one tier and the beginning of the
  /// next stands twice.
  let paths: [[NodeStep]]
  /// What stands before and after the figure in its scalar: `base >= ` for a gate.
  let before: String
  let after: String
}

/// A parameter set to another value.
public struct ParameterSetting: Sendable {
  public let parameter: PolicyParameter
  /// `25000`, `30%`.
  public let value: String

  public init(_ parameter: PolicyParameter, to value: String) {
    self.parameter = parameter
    self.value = value
  }
}

enum NodeStep: Sendable {
  case key(String)
  case item(Int)
}

extension Policy {
  /// The figures of a policy file that can be tried at other values, in the order of evaluation. Only figures written
  /// out: what an expression computes has no value of its own.
  public static func parameters(yaml: String) -> [PolicyParameter] {
    var reader = YAMLReader.ofPolicies()
    guard let root = reader.policyRoot(yaml) else { return [] }
    var finder = FigureFinder()
    finder.find(in: root)
    return finder.found
  }
}

/// Walks a policy file and names its figures.
struct FigureFinder {
  private(set) var found: [PolicyParameter] = []

  mutating func find(in root: Node) {
    for (i, benefit) in items(root, "benefits") {
      let name = child(benefit.node, "name")?.node.scalar?.string ?? "benefit-\(i + 1)"
      self.benefit(benefit.node, at: benefit.path, name)
    }
    if let caps = child(root, "caps") { addCaps(of: caps, prefix: "") }
    limits(root, at: [], prefix: "")
    values(root, at: [], prefix: "")
    for (_, table) in items(root, "tables") {
      guard let name = child(table.node, "name")?.node.scalar?.string, let rows = child(table.node, "rows")
      else { continue }
      cells(rows.node, at: table.path + rows.path, "table.\(name)")
    }
    if let places = child(root, "places") {
      for key in ["count", "amount"] {
        guard let figure = child(places.node, key) else { continue }
        add("places.\(key)", figure.node, [places.path + figure.path])
      }
    }
  }

  private mutating func values(_ node: Node, at path: [NodeStep], prefix: String) {
    for (_, value) in items(node, "values") {
      guard let name = child(value.node, "name")?.node.scalar?.string, let figure = child(value.node, "value")
      else { continue }
      add("\(prefix)value.\(name)", figure.node, [path + value.path + figure.path])
    }
  }

  private mutating func limits(_ node: Node, at path: [NodeStep], prefix: String) {
    if let limit = child(node, "limit"), let times = child(limit.node, "times") {
      return add("\(prefix)limit", times.node, [path + limit.path + times.path])
    }
    for (i, limit) in items(node, "limit") {
      guard let times = child(limit.node, "times") else { continue }
      add("\(prefix)limit.\(i + 1)", times.node, [path + limit.path + times.path])
    }
  }

  /// The figure of each step of a benefit that has steps of its own.
  private mutating func steps(_ node: Node, at path: [NodeStep], _ name: String) {
    for (i, step) in items(node, "steps") {
      guard let (written, value) = step.node.mapping?.first, let key = written.scalar?.string else {
        continue
      }
      let inner = ["amount", "rate", "at"].compactMap { child(value, $0) }.first
      add(
        "\(name).step.\(i + 1)", inner?.node ?? value, [path + step.path + [.key(key)] + (inner?.path ?? [])])
    }
  }

  private mutating func benefit(_ node: Node, at path: [NodeStep], _ name: String) {
    for kind in StepBook.kinds {
      guard let found = child(node, kind.key) else { continue }
      kind.figures(of: (found.node, path + found.path), name, in: &self)
    }
    limits(node, at: path, prefix: name + ".")
    values(node, at: path, prefix: name + ".")
    steps(node, at: path, name)
  }

  /// A figure alone, or under a key beside its clause.
  mutating func addOne(_ inner: String, of found: Found, _ name: String) {
    let value = child(found.node, inner)
    add(name, value?.node ?? found.node, [found.path + (value?.path ?? [])])
  }

  /// The ends of a range.
  mutating func addEnds(_ ends: [String], of found: Found, _ name: String) {
    for end in ends {
      guard let value = child(found.node, end) else { continue }
      add("\(name).\(end)", value.node, [found.path + value.path])
    }
  }

  /// A list of figures, by their number from 1.
  mutating func addItems(_ inner: String, of found: Found, _ name: String) {
    for (i, item) in (found.node.sequence.map(Array.init) ?? []).enumerated() {
      addOne(inner, of: (item, found.path + [.item(i)]), "\(name).\(i + 1)")
    }
  }

  /// The one figure of a condition like `base >= 20000`.
  mutating func addLast(of found: Found, under key: String, _ name: String) {
    let when = child(found.node, key)
    guard let text = (when?.node ?? found.node).scalar?.string else { return }
    let start = text.lastIndex { "<>=".contains($0) }.map { text.index(after: $0) } ?? text.startIndex
    let figure = text[start...].trimmingPrefix { $0 == " " }
    // Of several comparisons none is the condition's one figure.
    let others = text[..<start].split(omittingEmptySubsequences: true) { "<>=".contains($0) }
    guard start != text.startIndex, others.count == 1, Self.isFigure(String(figure)) else { return }
    self.found.append(
      PolicyParameter(
        name: name, value: String(figure), paths: [found.path + (when?.path ?? [])],
        before: String(text[..<figure.startIndex]), after: ""))
  }

  /// Rates and ends of tiers by their number from 1; an end is the beginning of the next tier too.
  mutating func addTiers(of list: Found, _ name: String) {
    let tiers = (list.node.sequence.map(Array.init) ?? []).enumerated().map { i, node in
      Found(node, list.path + [.item(i)])
    }
    for (i, tier) in tiers.enumerated() {
      if i == 0, let start = ["from", "ge", "gt"].compactMap({ child(tier.node, $0) }).first {
        add("\(name).1.from", start.node, [tier.path + start.path])
      }
      for what in ["rate", "pays"] {
        guard let value = child(tier.node, what) else { continue }
        add("\(name).\(i + 1).\(what)", value.node, [tier.path + value.path])
      }
      guard i + 1 < tiers.count,
        let end = ["to", "le", "lt"].compactMap({ child(tier.node, $0) }).first
      else { continue }
      let next = tiers[i + 1]
      guard let start = ["from", "ge", "gt"].compactMap({ child(next.node, $0) }).first else { continue }
      add("\(name).\(i + 1).to", end.node, [tier.path + end.path, next.path + start.path])
    }
  }

  mutating func addCells(of table: Found, _ name: String) {
    guard let rows = child(table.node, "rows") else { return }
    cells(rows.node, at: table.path + rows.path, name)
  }

  private mutating func cells(_ rows: Node, at path: [NodeStep], _ name: String) {
    for (written, value) in rows.mapping ?? [:] {
      guard let key = written.scalar?.string else { continue }
      let place = path + [.key(key)]
      if value.mapping == nil {
        add("\(name).\(key)", value, [place])
      } else {
        cells(value, at: place, "\(name).\(key)")
      }
    }
  }

  mutating func addCaps(of list: Found, prefix: String) {
    var seen: [String: Int] = [:]
    for (i, item) in (list.node.sequence.map(Array.init) ?? []).enumerated() {
      let cap = Found(item, list.path + [.item(i)])
      guard let at = child(cap.node, "at"), let span = child(cap.node, "per")?.node else { continue }
      var per = span.scalar?.string ?? "years"
      per = Words.values.first { $0.zh == per && ["award", "year", "lifetime"].contains($0.en) }?.en ?? per
      let unit = child(cap.node, "unit")?.node.scalar?.string ?? "person"
      let isHousehold = unit == "household" || Words.values.contains { $0.zh == unit && $0.en == "household" }
      let name = "\(prefix)cap.\(per)" + (isHousehold ? ".household" : "")
      // Of several alike the first keeps the plain name.
      let number = seen[name, default: 0] + 1
      seen[name] = number
      add(number == 1 ? name : "\(name).\(number)", at.node, [cap.path + at.path])
    }
  }

  private mutating func add(_ name: String, _ node: Node, _ paths: [[NodeStep]]) {
    guard let text = node.scalar?.string else { return }
    let unit = ["元", "yuan"].first { text.hasSuffix($0) } ?? ""
    let figure = String(text.dropLast(unit.count))
    guard Self.isFigure(figure) else { return }
    found.append(PolicyParameter(name: name, value: figure, paths: paths, before: "", after: unit))
  }

  private static func isFigure(_ text: String) -> Bool {
    let plain = Lexer.half(text)
    return DecimalNumber(plain: plain.hasSuffix("%") ? String(plain.dropLast()) : plain) != nil
  }

  typealias Found = (node: Node, path: [NodeStep])

  /// A value by its English key, whichever language it is written in.
  private func child(_ node: Node, _ key: String) -> Found? {
    for (written, value) in node.mapping ?? [:] {
      guard let word = written.scalar?.string else { continue }
      if word == key || Words.keys.contains(where: { $0.en == key && $0.zh == word }) {
        return (value, [.key(word)])
      }
    }
    return nil
  }

  private func items(_ node: Node, _ key: String) -> [(index: Int, found: Found)] {
    guard let list = child(node, key), let items = list.node.sequence else { return [] }
    return items.enumerated().map { ($0, ($1, list.path + [.item($0)])) }
  }
}

extension ParameterSetting {
  /// Writes the value in its places.
  func write(into root: inout Node) {
    for path in parameter.paths {
      Self.write(parameter.before + value + parameter.after, at: path[...], &root)
    }
  }

  private static func write(_ text: String, at path: ArraySlice<NodeStep>, _ node: inout Node) {
    guard let step = path.first else {
      guard var scalar = node.scalar else { return }
      scalar.string = text
      node = .scalar(scalar)
      return
    }
    switch step {
    case .key(let key):
      guard var mapping = node.mapping else { return }
      for (written, value) in mapping where written.scalar?.string == key {
        var changed = value
        write(text, at: path.dropFirst(), &changed)
        mapping[written] = changed
      }
      node = .mapping(mapping)
    case .item(let index):
      guard var sequence = node.sequence, sequence.indices.contains(index) else { return }
      write(text, at: path.dropFirst(), &sequence[index])
      node = .sequence(sequence)
    }
  }
}
