import AidModel
import AidYAML
internal import Yams

/// The columns of an application row: the policy's own, and common ones it says more about.
extension PolicyReader {
  /// A list has at most 255 columns with the common ones; no form asks for nearly as many.
  private static let columnsMax = 200

  mutating func readColumns(_ node: Node?, _ roleForHeading: (String) -> ColumnRole?) {
    var replaced: [String: Column] = [:]
    let items = yaml.list(node, of: "columns")
    if items.count > Self.columnsMax {
      yaml.refuse(
        node,
        Bilingual(
          "列太多：\(items.count)，最多 \(Self.columnsMax)", "\(items.count) columns, at most \(Self.columnsMax)"),
        Bilingual("只写办法要用的列。", "Name only the columns the policy uses."))
    }
    var owners = HeadingOwners(common, except: redirected)
    for item in items.prefix(Self.columnsMax) {
      guard let (column, nameNode) = column(item, roleForHeading) else { continue }
      if draft.columns.contains(where: { $0.name.sameScalars(as: column.name) }) {
        let written = nameNode?.scalar?.string ?? column.name
        yaml.refuse(
          nameNode, Bilingual("列“\(written)”重复", "the column '\(written)' is doubled"),
          Bilingual("请删去一个，或换名。", "Remove one of them, or choose another name."))
        continue
      }
      refuseTakenHeadings(column, item, nameNode, &owners)
      draft.columns.append(column)
      guard let own = common.first(where: { $0.name.sameScalars(as: column.name) }) else { continue }
      replaced[own.name] = Column(
        name: own.name, headings: column.headings + own.headings, type: column.type, role: own.role,
        choices: column.choices, required: column.required, blank: column.blank)
    }
    makeLayout(replaced)
  }

  private mutating func column(
    _ item: Node, _ roleForHeading: (String) -> ColumnRole?
  ) -> (column: Column, name: Node?)? {
    let pairs = yaml.mapping(
      item, of: "columns", allowed: ["name", "type", "heading", "choices", "required", "blank"],
      required: ["name", "type"])
    guard let written = yaml.text(pairs["name"], of: "name"), !refuseBadName(written, pairs["name"]) else {
      return nil
    }
    // A column whose type cannot be told has whatever type is asked of it: one slip, one message.
    let type =
      yaml.word(
        pairs["type"], of: "type", among: ["money", "number", "integer", "date", "text", "choice", "flag"]
      ).flatMap { ColumnType(rawValue: $0) } ?? .automatic
    let headings = yaml.texts(pairs["heading"], of: "heading")
    let choices = choices(pairs["choices"], of: written, type, item)
    let name = commonMeant(by: written, headings)?.name ?? written
    if let own = common.first(where: { $0.name.sameScalars(as: name) }), type != .automatic,
      own.type != type, !(own.type == .text && type == .choice)
    {
      yaml.refuse(
        pairs["type"],
        Bilingual(
          "“\(written)”是公共列，类型是 \(own.type.rawValue)",
          "'\(written)' is a common column of type \(own.type.rawValue)"),
        Bilingual("请改类型或换名。", "Change the type or the name."))
    }
    let role = roleForHeading(name) ?? headings.compactMap(roleForHeading).first ?? .plain
    func column(required: Bool = false, blank: Value? = nil) -> Column {
      Column(
        name: name, headings: headings, type: type, role: role, choices: choices, required: required,
        blank: blank)
    }
    let required = yaml.flag(pairs["required"], of: "required") ?? false
    return (column(required: required, blank: blank(pairs["blank"], of: column())), pairs["name"])
  }

  private mutating func choices(_ node: Node?, of name: String, _ type: ColumnType, _ item: Node) -> [String]
  {
    let choices = yaml.texts(node, of: "choices")
    if type != .automatic, (type == .choice) != !choices.isEmpty {
      yaml.refuse(
        node ?? item,
        Bilingual("choices 只用于 type: choice，且不能为空", "choices goes with type: choice and cannot be empty"),
        Bilingual(
          "写成 {name: \(name), type: choice, choices: [甲, 乙]}",
          "Write {name: \(name), type: choice, choices: [a, b]}"))
    }
    for (i, choice) in choices.enumerated()
    where choices[..<i].contains(where: { $0.sameScalars(as: choice) }) {
      yaml.refuse(
        node?.sequence?[i] ?? node, Bilingual("选项“\(choice)”写了两次", "the choice '\(choice)' is written twice"),
        Bilingual("请删去一个，或改正。", "Remove one of them, or correct it."))
    }
    return choices
  }

  /// A heading of a common column, used as a name where no other heading is given, means that column: so it can be
  /// made required, or a choice, in Chinese too.
  private func commonMeant(by name: String, _ headings: [String]) -> Column? {
    func isOwn(_ text: String, _ column: Column) -> Bool {
      ([column.name] + column.headings).contains { TextKey.of($0).sameScalars(as: TextKey.of(text)) }
    }
    return common.first { column in
      column.name.sameScalars(as: name)
        || (isOwn(name, column) && headings.allSatisfy { isOwn($0, column) })
    }
  }

  /// A heading means one column only: the second would take it away from the first, and its cells with it.
  private mutating func refuseTakenHeadings(
    _ column: Column, _ item: Node, _ nameNode: Node?, _ owners: inout HeadingOwners
  ) {
    let headings = yaml.pair("heading", in: item)
    let nodes = headings?.sequence.map(Array.init) ?? (headings.map { [$0] } ?? [])
    let written = [(column.name, nameNode)] + zip(column.headings, nodes).map { ($0, Optional($1)) }
    for (text, node) in written {
      guard let owner = owners.claim(text, for: column.name) else { continue }
      guard owner.isCommon else {
        yaml.refuse(
          node,
          Bilingual(
            "列名“\(text)”已经属于列“\(owner.column)”，两列不能同名",
            "the heading '\(text)' belongs to column '\(owner.column)' already"),
          Bilingual("一个列名只能指一列，请换一个。", "A heading means one column only: use another one."))
        continue
      }
      let other = text.utf8.count == text.count ? "child_\(text)" : "子女\(text)"
      yaml.refuse(
        node,
        Bilingual(
          "列名“\(text)”属于公共列 \(owner.column)，被“\(column.name)”占用后，名单里的这一格就到不了台账",
          "the heading '\(text)' belongs to the common column \(owner.column): '\(column.name)' would take its cells, "
            + "and the ledgers would lack them"),
        Bilingual(
          "若是另一列，请用表里不同的列名（例如“\(other)”）；若就是公共列，请写 name: \(owner.column)，不写 heading。",
          "For another column use a heading of its own (such as \(other)); if the common column is meant, write "
            + "name: \(owner.column) without that heading."))
    }
  }

  private mutating func makeLayout(_ replaced: [String: Column]) {
    let first = common.map { replaced[$0.name] ?? $0 }
    let own = draft.columns.filter { column in !common.contains { $0.name.sameScalars(as: column.name) } }
    let roles = Set(own.map(\.role)).subtracting([.plain])
    let others = known.filter { column in
      !own.contains { $0.name.sameScalars(as: column.name) } && !roles.contains(column.role)
    }
    layout = Layout(programme: draft.programme, columns: first + own + others)
  }

  /// True where no expression could name the column, and it is left out.
  private mutating func refuseBadName(_ name: String, _ node: Node?) -> Bool {
    let other = name.utf8.count == name.count ? "own_\(name)" : "本次\(name)"
    if let word = Words.standingAlone.first(where: { $0.en == name || $0.zh == name }) {
      yaml.refuse(
        node,
        Bilingual(
          "“\(name)”是办法语言里的词（\(word.meaning.zh)），列用了这个名字，表达式里就说不出原来的意思",
          "'\(name)' is a word of the language (\(word.meaning.en)): a column of that name would take its place"
        ),
        Bilingual(
          "请换名，例如“\(other)”；表里的列名写在 heading 中。",
          "Choose another name, such as '\(other)'; what lists call it goes under heading."))
      return false
    }
    if !isBadName(name) { return false }
    yaml.refuse(
      node,
      Bilingual("列名“\(name)”不能用在表达式里", "the column name '\(name)' cannot be used in expressions"),
      name.unicodeScalars.first?.properties.numericType != nil
        ? Bilingual(
          "名字不能以数字开头；列名照旧写在 heading 里。",
          "A name does not begin with a digit; give the list's heading as 'heading'.")
        : Bilingual("请换一个由文字、数字、下划线组成的名字。", "Choose another name of letters, digits and underscores."))
    return true
  }

  private func isBadName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first else { return true }
    if !(first == "_" || first.properties.isAlphabetic || first.properties.isIdeographic) { return true }
    let reserved = Words.operators.flatMap { [$0.en, $0.zh] } + ["is", "blank"]
    if reserved.contains(name) { return true }
    if name.unicodeScalars.allSatisfy({ $0.value < 128 }) {
      return !name.utf8.allSatisfy {
        ($0 >= 97 && $0 <= 122) || ($0 >= 65 && $0 <= 90) || ($0 >= 48 && $0 <= 57) || $0 == 95
      }
    }
    return false
  }

  private mutating func blank(_ node: Node?, of column: Column) -> Value? {
    guard let node, let text = yaml.text(node, of: "blank") else { return nil }
    var copy = text
    let field = copy.withUTF8 {
      FieldReader(dates: .from1900).read(RawCell(kind: .text, bytes: $0), as: column)
    }
    if field.value.isKnown { return field.value }
    yaml.refuse(
      node,
      Bilingual(
        "blank: \(text) 不是 \(column.type.rawValue)", "blank: \(text) is not of type \(column.type.rawValue)"),
      Bilingual("例如金额列写 blank: 0。", "For a money column write blank: 0."))
    return nil
  }
}

/// Which column a heading of a list belongs to.
private struct HeadingOwners {
  typealias Owner = (column: String, isCommon: Bool)
  private var owners: [ExactText: Owner] = [:]

  /// - Parameter redirected: headings an office gives to columns as it likes; they stay where it puts them.
  init(_ common: [Column], except redirected: [String]) {
    let free = Set(redirected.map { ExactText(TextKey.of($0)) })
    for column in common {
      for text in [column.name] + column.headings where !free.contains(ExactText(TextKey.of(text))) {
        owners[ExactText(TextKey.of(text))] = (column.name, true)
      }
    }
  }

  /// The other column that has the heading already; nil where it is free, and now the column's own.
  mutating func claim(_ heading: String, for column: String) -> Owner? {
    let key = ExactText(TextKey.of(heading))
    if let owner = owners[key] { return owner.column.sameScalars(as: column) ? nil : owner }
    owners[key] = (column, false)
    return nil
  }
}
