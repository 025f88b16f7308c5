public import AidModel
public import Yams

/// A problem in a YAML file.
public struct YAMLProblem: Sendable {
  /// From 1.
  public let line: Int
  /// From 1.
  public let column: Int
  public let what: Bilingual
  public let remedy: Bilingual

  public init(line: Int, column: Int, what: Bilingual, remedy: Bilingual) {
    self.line = line
    self.column = column
    self.what = what
    self.remedy = remedy
  }
}

/// A place in a file, both numbers from 1.
public struct SourceMark: Sendable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public init(of node: Node?) {
    self.init(line: node?.mark?.line ?? 1, column: node?.mark?.column ?? 1)
  }
}

/// The Chinese words that a kind of file may use besides the English ones.
public struct YAMLVocabulary: Sendable {
  /// Keys of mappings.
  public let keys: [(en: String, zh: String)]
  /// Fixed values of keys.
  public let values: [(en: String, zh: String)]

  public init(keys: [(en: String, zh: String)] = [], values: [(en: String, zh: String)] = []) {
    self.keys = keys
    self.values = values
  }
}

/// Reads a YAML file's nodes strictly: every key must be known, and every problem is recorded with its place.
public struct YAMLReader {
  /// The file's name for messages.
  public let file: String
  public private(set) var problems: [YAMLProblem] = []
  private let vocabulary: YAMLVocabulary
  /// All lines of the file.
  private var lines: [[Unicode.Scalar]] = []
  /// The file begins with a Chinese key, so hints name keys and values in Chinese.
  private var isChinese = false

  public init(file: String, vocabulary: YAMLVocabulary = YAMLVocabulary()) {
    self.file = file
    self.vocabulary = vocabulary
  }

  /// `file:line:col`, or only the file without a node.
  public func location(of node: Node?) -> String {
    guard let mark = node?.mark else { return file }
    return "\(file):\(mark.line):\(mark.column)"
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  public mutating func add(_ problem: YAMLProblem) { problems.append(problem) }

  /// - Parameter offset: in characters, within the node's text.
  public mutating func refuse(_ node: Node?, _ what: Bilingual, _ remedy: Bilingual, offset: Int? = nil) {
    var place = (line: node?.mark?.line ?? 1, column: node?.mark?.column ?? 1)
    if let offset, let found = node.flatMap({ self.place(of: offset, in: $0) }) { place = found }
    problems.append(YAMLProblem(line: place.line, column: place.column, what: what, remedy: remedy))
  }

  public mutating func refuse(at mark: SourceMark, _ what: Bilingual, _ remedy: Bilingual) {
    problems.append(YAMLProblem(line: mark.line, column: mark.column, what: what, remedy: remedy))
  }

  /// The position in the file of a character of a text, however the text is quoted, folded or split.
  private func place(of offset: Int, in node: Node) -> (line: Int, column: Int)? {
    guard let scalar = node.scalar, let mark = node.mark else { return nil }
    var walk = SourceWalk(lines: lines, line: mark.line - 1, column: mark.column - 1)
    switch scalar.style {
    case .literal, .folded: walk.nextLine()
    case .singleQuoted, .doubleQuoted: walk.step()
    default: break
    }
    let scalars = Array(scalar.string.unicodeScalars)
    for wanted in scalars.prefix(offset) where !Self.isSpace(wanted) {
      guard walk.find(wanted) else { return nil }
    }
    if offset < scalars.count, !Self.isSpace(scalars[offset]),
      !walk.find(scalars[offset], past: false)
    {
      return nil
    }
    return (walk.line + 1, walk.column + 1)
  }

  public mutating func root(_ text: String) -> Node? {
    lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    do throws(YAMLFault) {
      if let node = try StrictYAML.compose(text) {
        let first = node.mapping?.first?.key.string ?? ""
        isChinese = first.unicodeScalars.contains { $0.properties.isIdeographic }
        return node
      }
      refuse(nil, Bilingual("文件是空的", "the file is empty"), Bilingual("请填写内容。", "Fill it in."))
    } catch {
      syntax(error)
    }
    return nil
  }

  private mutating func syntax(_ fault: YAMLFault) {
    switch fault {
    case .syntax(let problem, let line, let column):
      add(YAMLSlips.problem(problem, line: line, column: column, in: lines))
    case .refused(let line, let column, let what, let remedy):
      add(YAMLProblem(line: line, column: column, what: what, remedy: remedy))
    case .keyTwice(let line, let column):
      add(
        YAMLProblem(
          line: line, column: column,
          what: Bilingual("同一个键写了两次", "a key is written twice"),
          remedy: Bilingual(
            "请保留一个；若是表达式里的逗号，整个表达式加双引号。",
            "Keep one of them; if it is a comma inside an expression, put the expression in double quotes.")))
    }
  }

  /// Keys or values in the language of the file.
  public func listed(_ words: [String], in table: [(en: String, zh: String)]) -> String {
    words.map { word in isChinese ? table.first { $0.en == word }?.zh ?? word : word }.joined(separator: " ")
  }

  /// The pairs of a mapping by English key; reports unknown, repeated and missing keys.
  public mutating func mapping(
    _ node: Node?, of subject: String, allowed: [String], required: [String] = []
  ) -> [String: Node] {
    guard let node else { return [:] }
    guard let mapping = node.mapping else {
      refuse(
        node, Bilingual("\(subject) 应是“键: 值”", "\(subject) must be a mapping"),
        Bilingual(
          "可用的键：\(listed(allowed, in: vocabulary.keys))", "Keys: \(listed(allowed, in: vocabulary.keys))"))
      return [:]
    }
    var pairs: [String: Node] = [:]
    for (key, value) in mapping {
      let written = key.string ?? ""
      let name = englishKey(written, allowed)
      guard allowed.contains(name) else {
        unknownKey(key, written, subject, allowed)
        continue
      }
      if pairs.updateValue(value, forKey: name) != nil {
        refuse(
          key, Bilingual("“\(written)”写了两次", "'\(written)' is written twice"),
          Bilingual("请保留一个。", "Keep one of them."))
      }
    }
    for name in required where pairs[name] == nil {
      let zh = vocabulary.keys.first { $0.en == name }?.zh ?? name
      refuse(
        node, Bilingual("\(subject) 缺少 \(name)（\(zh)）", "\(subject) lacks '\(name)'"),
        Bilingual("请补上 \(name)。", "Add '\(name)'."))
    }
    return pairs
  }

  /// The value of an English key, in whichever language the key is written.
  public func pair(_ key: String, in node: Node) -> Node? {
    node.mapping?.first { pair in pair.key.string.map { englishKey($0, [key]) == key } ?? false }?.value
  }

  /// A Chinese word may mean different keys in different places: takes the one allowed here.
  private func englishKey(_ word: String, _ allowed: [String]) -> String {
    if allowed.contains(word) { return word }
    return vocabulary.keys.first { $0.zh == word && allowed.contains($0.en) }?.en ?? word
  }

  private mutating func unknownKey(_ node: Node, _ word: String, _ subject: String, _ allowed: [String]) {
    let known = allowed + allowed.compactMap { key in vocabulary.keys.first { $0.en == key }?.zh }
    let list = listed(allowed, in: vocabulary.keys)
    refuse(
      node, Bilingual("\(subject) 中不认识的键“\(word)”", "unknown key '\(word)' in \(subject)"),
      YAMLSlips.remedy(forKey: word)
        ?? NearWord.nearest(to: word, among: known).map { Bilingual("是不是“\($0)”？", "Did you mean '\($0)'?") }
        ?? Bilingual("可用的键：\(list)", "Known keys: \(list)"))
  }

  public mutating func text(_ node: Node?, of subject: String) -> String? {
    guard let node else { return nil }
    if let scalar = node.scalar { return scalar.string }
    refuse(
      node, Bilingual("\(subject) 应是一个值", "\(subject) must be a single value"),
      Bilingual("不要写成列表。", "Do not write a list."))
    return nil
  }

  /// A text for reports and ledgers: on one line, with visible characters only.
  public mutating func line(_ node: Node?, of subject: String) -> String? {
    guard let text = text(node, of: subject) else { return nil }
    // A folded text ends with an implicit line break.
    let line = text.hasSuffix("\n") ? String(text.dropLast()) : text
    if let bad = line.firstUnfit {
      let code = "U+" + String(bad.value, radix: 16, uppercase: true)
      refuse(
        node,
        Bilingual(
          "\(subject) 里有换行或看不见的字符（\(code)）",
          "\(subject) holds a line break or invisible character (\(code))"),
        Bilingual("请写在一行内，去掉这个字符。", "Write it on one line without that character."))
    }
    return line
  }

  /// A text that must not be empty.
  public mutating func filled(_ node: Node?, of subject: String) -> String? {
    guard let text = text(node, of: subject) else { return nil }
    if !text.isEmpty { return text }
    refuse(
      node, Bilingual("\(subject) 是空的", "\(subject) is empty"),
      Bilingual("写成 \(subject): 内容", "Write \(subject): text"))
    return nil
  }

  /// The same for a text that becomes part of a file name.
  public mutating func fileNamePart(_ node: Node?, of subject: String) -> String? {
    guard let name = text(node, of: subject) else { return nil }
    if let fault = FileNamePart.fault(of: name) {
      refuse(
        node,
        Bilingual(
          "\(subject) “\(ShownText.line(name))”不合格：\(fault.zh)",
          "\(subject) '\(ShownText.line(name))': \(fault.en)"),
        FileNamePart.remedy)
    }
    return name
  }

  /// A list of texts; a single text counts as a list of one.
  public mutating func texts(_ node: Node?, of subject: String) -> [String] {
    items(node, of: subject).map(\.text)
  }

  /// The same with their nodes.
  public mutating func items(_ node: Node?, of subject: String) -> [(text: String, node: Node)] {
    guard let node else { return [] }
    if let sequence = node.sequence {
      return sequence.compactMap { item in filled(item, of: subject).map { ($0, item) } }
    }
    return filled(node, of: subject).map { [($0, node)] } ?? []
  }

  public mutating func list(_ node: Node?, of subject: String) -> [Node] {
    guard let node else { return [] }
    if let sequence = node.sequence { return Array(sequence) }
    refuse(
      node, Bilingual("\(subject) 应是列表", "\(subject) must be a list"),
      Bilingual("每项以“- ”开头。", "Begin each item with '- '."))
    return []
  }

  public mutating func date(_ node: Node?, of subject: String) -> CivilDate? {
    guard let node, let text = text(node, of: subject) else { return nil }
    if let date = CivilDate(iso: text) { return date }
    refuse(
      node, Bilingual("\(subject) 不是日期：\(text)", "\(subject) is not a date: \(text)"),
      Bilingual("写成 2023-12-31。", "Write 2023-12-31."))
    return nil
  }

  /// One of the fixed values of a key.
  public mutating func word(_ node: Node?, of subject: String, among allowed: [String]) -> String? {
    guard let node, let text = text(node, of: subject) else { return nil }
    if allowed.contains(text) { return text }
    let known = vocabulary.values.filter { allowed.contains($0.en) }
    if let match = known.first(where: { $0.zh == text }) { return match.en }
    let near = NearWord.nearest(to: text, among: allowed + known.map(\.zh))
    let list = listed(allowed, in: known)
    refuse(
      node, Bilingual("\(subject) 不能是“\(text)”", "\(subject) cannot be '\(text)'"),
      near.map { Bilingual("是不是“\($0)”？可用：\(list)", "Did you mean '\($0)'? Use: \(list)") }
        ?? Bilingual("可用：\(list)", "Use: \(list)"))
    return nil
  }

  public mutating func flag(_ node: Node?, of subject: String) -> Bool? {
    word(node, of: subject, among: ["true", "false"]).map { $0 == "true" }
  }
}
