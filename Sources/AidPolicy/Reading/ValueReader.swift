import AidModel
import AidYAML
internal import Yams

/// Reads `values`: figures and results that have a name.
extension PolicyReader {
  private struct Written {
    let name: String
    let text: String
    let node: Node
    let clause: String?
    let isRemembered: Bool
  }

  /// No rule builds one figure on so many others in a row; without an end a chain of them would exhaust the stack.
  private static let depthMax = 32

  /// No rule names so many; more are a mistake or an attack.
  private static let valuesMax = 100

  private static let types: [ExpressionType] = [.money, .number, .text, .date, .flag, .span]

  /// Names of the values that awards keep, known before any expression is read.
  mutating func readRememberedNames(_ node: Node?) {
    for item in node?.sequence.map(Array.init) ?? [] {
      guard let remember = yaml.pair("remember", in: item)?.scalar?.string, YesNo.word(remember) == true,
        let name = yaml.pair("name", in: item)?.scalar?.string
      else { continue }
      names.rememberedNames.append(name)
    }
  }

  /// A value may use others, in whatever order they stand, but not itself.
  /// - Parameter isOfBenefit: they are the values of one benefit.
  /// - Returns: their places among all values of the policy.
  @discardableResult
  mutating func readValues(_ node: Node?, isOfBenefit: Bool = false) -> Range<Int> {
    let start = draft.values.count
    var waiting: [Written] = []
    let items = yaml.list(node, of: "values")
    if items.count + start > Self.valuesMax {
      yaml.refuse(
        node, Bilingual("定义超过 \(Self.valuesMax) 个", "more than \(Self.valuesMax) values"),
        Bilingual("请合并其中的一些。", "Join some of them."))
      return start..<start
    }
    for item in items {
      guard let value = written(item, isOfBenefit: isOfBenefit) else { continue }
      let isKnown =
        waiting.contains { $0.name.sameScalars(as: value.name) }
        || names.values.contains { $0.name.sameScalars(as: value.name) }
      if isKnown {
        yaml.refuse(
          yaml.pair("name", in: item),
          Bilingual("“\(value.name)”定义了两次", "'\(value.name)' is defined twice"),
          Bilingual("请换名。", "Choose another name."))
        continue
      }
      waiting.append(value)
    }
    names.valueNames += waiting.map(\.name)
    var went = true
    while went, !waiting.isEmpty {
      went = false
      for value in waiting where (try? Parser.compile(value.text, names: names, expecting: Self.types)) != nil
      {
        take(value)
        waiting.removeAll { $0.name.sameScalars(as: value.name) }
        went = true
      }
    }
    refuse(unread: waiting)
    return start..<draft.values.count
  }

  private mutating func written(_ item: Node, isOfBenefit: Bool) -> Written? {
    let pairs = yaml.mapping(
      item, of: "values", allowed: ["name", "value", "clause", "remember"], required: ["name", "value"])
    let isRemembered = yaml.flag(pairs["remember"], of: "remember") ?? false
    if isRemembered, isOfBenefit {
      yaml.refuse(
        pairs["remember"],
        Bilingual("补助自己的定义不能记住", "a value of one benefit cannot be remembered"),
        Bilingual("请移到办法的 values 中。", "Move it to the values of the policy."))
    }
    guard let name = freeName(pairs["name"]), let value = pairs["value"],
      let text = yaml.text(value, of: "value")
    else { return nil }
    return Written(
      name: name, text: text, node: value, clause: yaml.line(pairs["clause"], of: "clause"),
      isRemembered: isRemembered)
  }

  /// Values that cannot be read: those in a circle are told together; what only needs one of them says nothing new.
  private mutating func refuse(unread: [Written]) {
    let uses = unread.map { value in
      let tokens =
        (try? Lexer(value.text, names: names.columns.map(\.name) + names.spokenNames + names.ownNames))?
        .tokens
      return unread.indices.filter { other in
        tokens?.contains { token in
          if case .name(let word) = token.kind { word.sameScalars(as: unread[other].name) } else { false }
        } ?? false
      }
    }
    var told: Set<Int> = []
    for i in unread.indices where !told.contains(i) {
      if let circle = Self.circle(from: i, uses) {
        told.formUnion(circle)
        let path = (circle + [i]).map { unread[$0].name }.joined(separator: " → ")
        yaml.refuse(
          unread[i].node,
          Bilingual("定义循环引用：\(path)", "values depend on each other in a circle: \(path)"),
          Bilingual(
            "其中至少一个要由列、名册或数算出。", "At least one of them must come from columns, the roster or figures."))
      } else if uses[i].isEmpty {
        take(unread[i])
      }
    }
  }

  /// The values on a way from one back to itself; nil where there is none.
  private static func circle(from start: Int, _ uses: [[Int]]) -> [Int]? {
    var open: [[Int]] = [[start]]
    var seen: Set<Int> = []
    while let path = open.popLast() {
      for next in uses[path[path.count - 1]] {
        if next == start { return path }
        if seen.insert(next).inserted { open.append(path + [next]) }
      }
    }
    return nil
  }

  private mutating func take(_ written: Written) {
    guard let value = expression(written.text, at: written.node, Self.types) else { return }
    if written.isRemembered, value.type != .number, value.type != .money {
      yaml.refuse(
        written.node,
        Bilingual("只有数和金额能记住", "only numbers and money can be remembered"),
        Bilingual("请去掉 remember，或记住一个数。", "Remove 'remember', or remember a number."))
    }
    let below = draft.values.indices.filter { index in
      value.expression.contains { if case .named(index) = $0.node { true } else { false } }
    }
    let depth = (below.map { draft.values[$0].depth }.max() ?? 0) + 1
    if depth > Self.depthMax {
      yaml.refuse(
        written.node,
        Bilingual(
          "定义一层套一层，超过 \(Self.depthMax) 层", "values build on each other more than \(Self.depthMax) deep"),
        Bilingual("请把几层合并成一个。", "Join some of them."))
    }
    names.values.append(
      NameTable.ValueName(
        name: written.name, type: value.type, index: draft.values.count, known: value.known))
    draft.values.append(
      NamedValue(
        name: written.name, value: value, clause: written.clause, depth: depth,
        isRemembered: written.isRemembered, largestEnding: value.expression.largestEnding(draft)))
  }

  /// A name that means nothing else; nil after refusing it.
  mutating func freeName(_ node: Node?) -> String? {
    guard let node, let name = yaml.line(node, of: "name") else { return nil }
    let isWord = Words.standingAlone.contains { $0.en == name || $0.zh == name }
    let isOperator = Words.operators.contains { $0.en == name || $0.zh == name }
    if isWord || isOperator {
      yaml.refuse(
        node, Bilingual("“\(name)”是办法语言中的词", "'\(name)' is a word of the language"),
        Bilingual("请换名。", "Choose another name."))
      return nil
    }
    if names.columns.contains(where: { $0.name.sameScalars(as: name) })
      || names.tables.contains(where: { $0.name.sameScalars(as: name) })
    {
      yaml.refuse(
        node, Bilingual("“\(name)”已经是列名或表名", "'\(name)' is a column or table already"),
        Bilingual("请换名。", "Choose another name."))
      return nil
    }
    return name
  }
}
