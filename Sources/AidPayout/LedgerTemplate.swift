import AidModel
import AidYAML
internal import Yams

/// A ledger's layout, as data.
public struct LedgerTemplate: Sendable {
  enum Source: Sendable, Equatable {
    case literal(String)
    case field(Field)

    /// The column of an application the value comes from, unless the roster has it.
    var column: CommonColumn? {
      switch self {
      case .field(.staffNo): .staffNo
      case .field(.name): .name
      case .field(.idType): .idType
      case .field(.idNumber): .idNumber
      case .field(.unit): .unit
      case .field(.bank): .bank
      case .field(.branch): .branch
      case .field(.account): .account
      case .field(.accountName): .accountName
      default: nil
      }
    }
  }

  enum Field: String, Sendable, CaseIterable {
    case batch, date, sequence, record
    case staffNo = "staff_no"
    case name
    case idType = "id_type"
    case idNumber = "id_number"
    case unit, programme
    case programmeTitle = "programme_title"
    case bank, branch, account
    case accountName = "account_name"
    case amount, narrative
  }

  /// Whether it asks more of values than every application row is held to.
  var isParticular: Bool {
    encoding != .utf8 || !isQuoted
      || columns.contains { $0.source.column != nil && ($0.required || $0.maxBytes != nil) }
  }

  struct Column: Sendable {
    let label: String
    let source: Source
    let required: Bool
    /// In the target encoding; nil: no limit.
    let maxBytes: Int?
    /// Digits, zeros in front.
    let pad: Int?
  }

  public let id: String
  public let title: String
  /// Whether a bank could pay from it: two such ledgers of one batch are the same money twice.
  public let pays: Bool
  let encoding: LedgerEncoding
  let bom: Bool
  let newline: String
  let finalNewline: Bool
  let separator: String
  /// Never empty.
  let separatorBytes: [UInt8]
  let trailingSeparator: Bool
  let isQuoted: Bool
  let hasHeading: Bool
  let isFen: Bool
  let narrative: String
  let fileExtension: String
  /// Lines of a file; 0: no limit.
  let maxRows: Int
  let head: [String]
  let tail: [String]
  let columns: [Column]

  /// What fixed lines may name in braces.
  static let placeholders = ["date", "total", "count", "batch"]

  static let keys = [
    "ledger", "title", "pays", "container", "encoding", "bom", "newline", "final_newline", "separator",
    "trailing_separator", "quoting", "heading", "amount", "narrative", "extension", "max_rows", "head",
    "tail",
    "columns",
  ]

  /// Reads a template strictly.
  /// - Throws: every problem of the file, with line and column.
  public static func load(yaml: String, file: String) throws(PayoutFailure) -> LedgerTemplate {
    var reader = TemplateReader(file: file)
    let template = reader.template(yaml)
    guard let template, reader.problems.isEmpty else { throw PayoutFailure(reader.problems) }
    return template
  }
}

/// Reads the YAML of a template.
private struct TemplateReader {
  let file: String
  var problems: [PayoutFailure.Problem] = []

  init(file: String) { self.file = file }

  mutating func refuse(_ node: Node?, _ zh: String, _ en: String, _ remedy: Bilingual) {
    let at = node?.mark.map { "\(file):\($0.line):\($0.column)" } ?? file
    problems.append(.init(location: at, what: Bilingual(zh, en), remedy: remedy))
  }

  private mutating func add(_ fault: YAMLFault) {
    let (what, line, column, remedy): (Bilingual, Int, Int, Bilingual)
    switch fault {
    case .refused(let atLine, let atColumn, let why, let todo):
      (what, line, column, remedy) = (why, atLine, atColumn, todo)
    case .keyTwice(let atLine, let atColumn):
      (line, column) = (atLine, atColumn)
      what = Bilingual("同一个键写了两次", "a key is written twice")
      remedy = Bilingual("请保留一个。", "Keep one of them.")
    case .syntax(let words, let atLine, let atColumn):
      (line, column) = (atLine, atColumn)
      what = Bilingual("不是合格的 YAML：\(words)", "not well-formed YAML: \(words)")
      remedy = Bilingual("请检查缩进。", "Check the indentation.")
    }
    problems.append(.init(location: "\(file):\(line):\(column)", what: what, remedy: remedy))
  }

  mutating func template(_ text: String) -> LedgerTemplate? {
    let root: Node?
    do throws(YAMLFault) { root = try StrictYAML.compose(text) } catch {
      add(error)
      return nil
    }
    guard let root, let mapping = root.mapping else {
      refuse(root, "模板是空的", "the template is empty", Bilingual("见 docs/LEDGERS.md。", "See docs/LEDGERS.md."))
      return nil
    }
    let top = pairs(mapping, allowed: LedgerTemplate.keys)
    if let container = top["container"], container.string != "text" {
      refuse(
        container, "container: \(container.string ?? "") 尚不支持",
        "container: \(container.string ?? "") is not supported yet",
        Bilingual("目前只有 text。", "Only text for now."))
    }
    let columns = (top["columns"]?.sequence.map(Array.init) ?? []).compactMap { column($0) }
    if columns.isEmpty {
      refuse(top["columns"] ?? root, "没有列", "no columns", Bilingual("请写 columns。", "Write columns."))
    }
    guard let id = top["ledger"]?.string, !id.isEmpty,
      id.utf8.allSatisfy({ ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 45 }),
      FileNamePart.fault(of: id) == nil
    else {
      refuse(
        top["ledger"] ?? root, "ledger 应由小写字母、数字、连字符组成", "ledger must be lower-case letters, digits, hyphens",
        Bilingual("例如 finance-office", "For example finance-office"))
      return nil
    }
    let encoding = word(top["encoding"], ["utf-8", "gbk", "gb18030"]) ?? "utf-8"
    let fileExtension = word(top["extension"], ["csv", "txt", "bpt", "bxt", "plz", "dat"]) ?? "csv"
    let quoting = word(top["quoting"], ["rfc4180", "none"]) ?? "rfc4180"
    let amount = word(top["amount"], ["yuan", "fen"])
    if amount == nil {
      refuse(
        top["amount"] ?? root, "没有写明金额单位", "the unit of amounts is not given",
        Bilingual("写 amount: yuan 或 amount: fen。", "Write amount: yuan or amount: fen."))
    }
    let separator = top["separator"]?.string ?? ","
    if let bad = separator.unicodeScalars.first(where: { $0.kind == .invisible || $0.kind == .unfit }),
      bad.value > 0x7F
    {
      refuse(
        top["separator"], "分隔符是看不见的字符", "the separator is an invisible character",
        Bilingual("例如 separator: \"|\"", "For example separator: \"|\""))
    }
    if separator.isEmpty || separator.utf8.contains(where: { [10, 13, 34].contains($0) }) {
      refuse(
        top["separator"], "分隔符不能为空，也不能是换行或引号", "a separator is not blank, a line break or a quotation mark",
        Bilingual("例如 separator: \"|\"", "For example separator: \"|\""))
      return nil
    }
    let hasMark = flag(top["bom"])
    if hasMark, encoding != "utf-8" {
      refuse(
        top["bom"], "bom: true 只用于 utf-8，\(encoding) 没有 BOM",
        "bom: true is for utf-8; \(encoding) has no BOM",
        Bilingual("请去掉 bom，或写 encoding: utf-8。", "Remove bom, or write encoding: utf-8."))
    }
    return LedgerTemplate(
      id: id, title: oneLine(top["title"]) ?? id, pays: top["pays"] == nil || flag(top["pays"]),
      encoding: LedgerEncoding(rawValue: encoding) ?? .utf8,
      bom: hasMark, newline: word(top["newline"], ["crlf", "lf"]) == "lf" ? "\n" : "\r\n",
      finalNewline: top["final_newline"] == nil || flag(top["final_newline"]),
      separator: separator, separatorBytes: Array(separator.utf8),
      trailingSeparator: flag(top["trailing_separator"]),
      isQuoted: quoting == "rfc4180", hasHeading: top["heading"] == nil || flag(top["heading"]),
      isFen: amount == "fen", narrative: oneLine(top["narrative"]) ?? "工会补助",
      fileExtension: fileExtension, maxRows: whole(top["max_rows"]) ?? 0, head: lines(top["head"]),
      tail: lines(top["tail"]), columns: columns)
  }

  private mutating func pairs(_ mapping: Node.Mapping, allowed: [String]) -> [String: Node] {
    var pairs: [String: Node] = [:]
    for (key, value) in mapping {
      let name = key.string ?? ""
      if allowed.contains(name) {
        pairs[name] = value
      } else {
        refuse(
          key, "不认识的键“\(name)”", "unknown key '\(name)'",
          Bilingual("可用的键：\(allowed.joined(separator: " "))", "Known keys: \(allowed.joined(separator: " "))")
        )
      }
    }
    return pairs
  }

  private mutating func column(_ node: Node) -> LedgerTemplate.Column? {
    guard let mapping = node.mapping else {
      refuse(
        node, "列应是“键: 值”", "a column is a mapping",
        Bilingual("{label: 金额, value: amount}", "{label: amount, value: amount}"))
      return nil
    }
    let top = pairs(mapping, allowed: ["label", "value", "required", "max_bytes", "pad"])
    guard let label = oneLine(top["label"]), let value = oneLine(top["value"]) else {
      refuse(
        node, "列缺少 label 或 value", "a column lacks label or value",
        Bilingual("{label: 金额, value: amount}", "{label: amount, value: amount}"))
      return nil
    }
    let source: LedgerTemplate.Source
    if value.hasPrefix("'"), value.hasSuffix("'"), value.count >= 2 {
      source = .literal(String(value.dropFirst().dropLast()))
    } else if let field = LedgerTemplate.Field(rawValue: value) {
      source = .field(field)
    } else {
      let known = LedgerTemplate.Field.allCases.map(\.rawValue).joined(separator: " ")
      refuse(
        top["value"], "不认识的值“\(value)”", "unknown value '\(value)'",
        Bilingual(
          "可用：\(known)，或加引号的文字。",
          "Use \(known), or a text in quotes."))
      return nil
    }
    return .init(
      label: label, source: source, required: flag(top["required"]), maxBytes: whole(top["max_bytes"]),
      pad: whole(top["pad"]))
  }

  /// A text that goes into the ledger as it is: on one line, of characters that are seen.
  private mutating func oneLine(_ node: Node?) -> String? {
    guard let node, let text = node.string else { return nil }
    if let bad = text.firstUnfit {
      let code = "U+" + String(bad.value, radix: 16, uppercase: true)
      refuse(
        node, "文字里有换行、控制字符或看不见的字符（\(code)）",
        "the text holds a line break, control or invisible character (\(code))",
        Bilingual("请写在一行内，去掉这个字符。", "Write it on one line without that character."))
    }
    return text
  }

  private mutating func word(_ node: Node?, _ allowed: [String]) -> String? {
    guard let node, let text = node.string else { return nil }
    if allowed.contains(text) { return text }
    refuse(
      node, "不能是“\(text)”", "cannot be '\(text)'",
      Bilingual("可用：\(allowed.joined(separator: " "))", "Use: \(allowed.joined(separator: " "))"))
    return nil
  }

  private mutating func flag(_ node: Node?) -> Bool {
    guard let node else { return false }
    return word(node, ["true", "false"]) == "true"
  }

  private mutating func whole(_ node: Node?) -> Int? {
    guard let node else { return nil }
    if let value = Int(node.string ?? ""), value >= 0 { return value }
    refuse(node, "不是整数", "not a whole number", Bilingual("例如 500", "For example 500"))
    return nil
  }

  /// Fixed lines; what stands in braces is filled in.
  private mutating func lines(_ node: Node?) -> [String] {
    (node?.sequence ?? []).compactMap { item in
      guard let line = oneLine(item) else { return nil }
      let rest = LedgerTemplate.placeholders.reduce(line) { $0.replacing("{\($1)}", with: "") }
      if rest.contains("{") || rest.contains("}") {
        let known = LedgerTemplate.placeholders.map { "{\($0)}" }.joined(separator: " ")
        refuse(
          item, "“\(line)”中有不认识的花括号", "'\(line)' has braces nobody knows",
          Bilingual("可用：\(known)", "Use: \(known)"))
      }
      return line
    }
  }
}
