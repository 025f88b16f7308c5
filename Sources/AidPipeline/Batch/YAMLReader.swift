import AidModel
import AidPolicy
import AidYAML
internal import Yams

/// Reads a YAML document strictly: every key must be known, every problem is kept with its line and column.
struct YAMLReader {
  let file: String
  private(set) var problems: [PipelineFailure.Problem] = []

  init(file: String) { self.file = file }

  /// The root of the document, or nil with a problem.
  mutating func root(of text: String) -> Node? {
    do throws(YAMLFault) {
      if let node = try StrictYAML.compose(text) { return node }
      refuse(nil, Bilingual("文件是空的", "the file is empty"), remedy: Bilingual("请填写内容", "Fill it in."))
    } catch {
      add(error, in: text)
    }
    return nil
  }

  private mutating func add(_ fault: YAMLFault, in text: String) {
    switch fault {
    case .keyTwice(let line, let column):
      refuse(
        at: "\(file):\(line):\(column)", Bilingual("同一个键写了两次", "a key is written twice"),
        remedy: Bilingual("请保留一个。", "Keep one of them."))
    case .refused(let line, let column, let what, let remedy):
      refuse(at: "\(file):\(line):\(column)", what, remedy: remedy)
    case .syntax(let words, let line, let column):
      let problem = YAMLSlips.problem(words, line: line, column: column, in: text)
      refuse(at: "\(file):\(problem.line):\(problem.column)", problem.what, remedy: problem.remedy)
    }
  }

  mutating func refuse(_ node: Node?, _ what: Bilingual, remedy: Bilingual) {
    problems.append(.init(location(of: node), what, remedy: remedy))
  }

  mutating func refuse(at location: String, _ what: Bilingual, remedy: Bilingual) {
    problems.append(.init(location, what, remedy: remedy))
  }

  func location(of node: Node?) -> String {
    guard let mark = node?.mark else { return file }
    return "\(file):\(mark.line):\(mark.column)"
  }

  /// The pairs of a mapping, after refusing keys that are not `allowed` and reporting `required` ones missing.
  mutating func mapping(
    _ node: Node, of subject: String, allowed: [String], required: [String] = []
  ) -> [String: Node] {
    guard let mapping = node.mapping else {
      refuse(
        node, Bilingual("\(subject) 应是“键: 值”的列表", "\(subject) must be a mapping of keys to values"),
        remedy: Bilingual("可用的键：\(allowed.joined(separator: " "))", "Keys: \(allowed.joined(separator: " "))")
      )
      return [:]
    }
    var pairs: [String: Node] = [:]
    for (key, value) in mapping {
      let name = key.string ?? ""
      guard allowed.contains(name) else {
        refuse(
          key, Bilingual("\(subject) 中不认识的键“\(name)”", "unknown key '\(name)' in \(subject)"),
          remedy: Bilingual(
            "可用的键：\(allowed.joined(separator: " "))", "Known keys: \(allowed.joined(separator: " "))"))
        continue
      }
      pairs[name] = value
    }
    for name in required where pairs[name] == nil {
      refuse(
        node, Bilingual("\(subject) 缺少“\(name)”", "\(subject) lacks '\(name)'"),
        remedy: Bilingual("请补上“\(name)”。", "Add '\(name)'."))
    }
    return pairs
  }

  mutating func text(_ node: Node?, of subject: String) -> String? {
    guard let node else { return nil }
    if let scalar = node.scalar, !scalar.string.isEmpty { return scalar.string }
    refuse(
      node, Bilingual("\(subject) 应是一段文字", "\(subject) must be a text"),
      remedy: Bilingual("写成 \(subject): 内容", "Write \(subject): text"))
    return nil
  }

  /// A text that stands in reports and ledgers: on one line, of characters that are seen.
  mutating func line(_ node: Node?, of subject: String) -> String? {
    guard let text = text(node, of: subject) else { return nil }
    // A folded text ends with a line break that nobody has written.
    let line = text.hasSuffix("\n") ? String(text.dropLast()) : text
    if let bad = line.firstUnfit {
      let code = "U+" + String(bad.value, radix: 16, uppercase: true)
      refuse(
        node,
        Bilingual(
          "\(subject) 里有换行或看不见的字符（\(code)）", "\(subject) holds a line break or invisible character (\(code))"),
        remedy: Bilingual("请写在一行内，去掉这个字符。", "Write it on one line without that character."))
    }
    return line
  }

  /// A name that becomes part of a file's name.
  mutating func fileNamePart(_ node: Node, of subject: String) -> String {
    let name = node.string ?? ""
    if let fault = FileNamePart.fault(of: name) {
      let shown = ShownText.line(name)
      refuse(
        node, Bilingual("\(subject) “\(shown)”不合格：\(fault.zh)", "\(subject) '\(shown)': \(fault.en)"),
        remedy: FileNamePart.remedy)
    }
    return name
  }

  /// A list of texts; one text alone counts as a list of one.
  mutating func texts(_ node: Node?, of subject: String) -> [(text: String, node: Node)] {
    guard let node else { return [] }
    if let sequence = node.sequence {
      return sequence.compactMap { item in text(item, of: subject).map { ($0, item) } }
    }
    return text(node, of: subject).map { [($0, node)] } ?? []
  }

  mutating func date(_ node: Node?, of subject: String) -> CivilDate? {
    guard let node, let text = text(node, of: subject) else { return nil }
    if let date = CivilDate(iso: text) { return date }
    refuse(
      node, Bilingual("\(subject) 不是日期：\(text)", "\(subject) is not a date: \(text)"),
      remedy: Bilingual("写成 2023-12-31。", "Write it as 2023-12-31."))
    return nil
  }

  /// 1,000,000,000,000.00 元: the funds of a batch can be added up whatever they are.
  private static let fundMax = Money(fen: 100_000_000_000_000)

  mutating func money(_ node: Node?, of subject: String) -> Money? {
    guard let node, let text = text(node, of: subject) else { return nil }
    if let money = Money(plain: text), money >= .zero, money <= Self.fundMax { return money }
    refuse(
      node, Bilingual("\(subject) 不是金额：\(text)", "\(subject) is not an amount: \(text)"),
      remedy: Bilingual("写成 500000.00，单位元，最多两位小数。", "Write yuan with at most two decimals: 500000.00"))
    return nil
  }
}
