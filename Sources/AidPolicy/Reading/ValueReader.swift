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
  }

  /// No rule builds one figure on so many others in a row; without an end a chain of them would exhaust the stack.
  private static let depthMax = 32

  /// No rule names so many; more are a mistake or an attack.
  private static let valuesMax = 100

  private static let types: [ExpressionType] = [.money, .number, .text, .date, .flag, .span]

  /// A value may use others, in whatever order they stand, but not itself.
  mutating func readValues(_ node: Node?) {
    var waiting: [Written] = []
    let items = yaml.list(node, of: "values")
    if items.count > Self.valuesMax {
      yaml.refuse(
        node, Bilingual("定义超过 \(Self.valuesMax) 个", "more than \(Self.valuesMax) values"),
        Bilingual("请合并其中的一些。", "Join some of them."))
      return
    }
    for item in items {
      let pairs = yaml.mapping(
        item, of: "values", allowed: ["name", "value", "clause"], required: ["name", "value"])
      guard let name = freeName(pairs["name"]), let value = pairs["value"],
        let text = yaml.text(value, of: "value")
      else { continue }
      if waiting.contains(where: { $0.name.sameScalars(as: name) }) {
        yaml.refuse(
          pairs["name"], Bilingual("“\(name)”定义了两次", "'\(name)' is defined twice"),
          Bilingual("请换名。", "Choose another name."))
        continue
      }
      let clause = yaml.line(pairs["clause"], of: "clause")
      waiting.append(Written(name: name, text: text, node: value, clause: clause))
    }
    names.valueNames = waiting.map(\.name)
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
    for value in waiting { take(value) }
  }

  private mutating func take(_ written: Written) {
    guard let value = expression(written.text, at: written.node, Self.types) else { return }
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
    draft.values.append(NamedValue(name: written.name, value: value, clause: written.clause, depth: depth))
    names.values.append((written.name, value.type))
  }

  /// A name that means nothing else; nil after refusing it.
  mutating func freeName(_ node: Node?) -> String? {
    guard let node, let name = yaml.line(node, of: "name") else { return nil }
    let isWord = Words.standingAlone.contains { $0.en == name || $0.zh == name }
    let isOperator = Words.operators.contains { $0.en == name || $0.zh == name }
    let isFunction = Words.functions.contains { $0.en == name || $0.zh == name }
    if isWord || isOperator || isFunction {
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
