import AidModel
import AidYAML
internal import Yams

/// A ledger's layout, as data.
public struct LedgerTemplate: Sendable {
  enum Source: Sendable, Equatable {
    case literal(String)
    case field(Field)

    /// The application column of the value, unless it comes from the roster.
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

  /// Whether it requires more of values than every application row must satisfy.
  var isParticular: Bool {
    encoding != .utf8 || !isQuoted
      || columns.contains { $0.source.column != nil && ($0.required || $0.maxBytes != nil) }
  }

  struct Column: Sendable {
    let label: String
    let source: Source
    let required: Bool
    /// In bytes of the target encoding; nil for no limit.
    let maxBytes: Int?
    /// The number of digits to pad to with zeros.
    let pad: Int?
  }

  public let id: String
  public let title: String
  /// Whether a bank could pay from it: two such ledgers of one batch would pay twice.
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
  /// Lines per file; 0 for no limit.
  let maxRows: Int
  let head: [String]
  let tail: [String]
  let columns: [Column]

  /// Placeholders in braces that fixed lines may contain.
  static let placeholders = ["date", "total", "count", "batch"]

  static let keys = [
    "ledger", "title", "pays", "container", "encoding", "bom", "newline", "final_newline", "separator",
    "trailing_separator", "quoting", "heading", "amount", "narrative", "extension", "max_rows", "head",
    "tail",
    "columns",
  ]

  /// Parses a template strictly.
  /// - Throws: all problems of the file, with line and column.
  public static func load(yaml: String, file: String) throws(PayoutFailure) -> LedgerTemplate {
    var reader = YAMLReader(file: file)
    let template = reader.ledgerTemplate(yaml)
    guard let template, reader.problems.isEmpty else {
      throw PayoutFailure(
        reader.problems.map {
          .init(location: "\(file):\($0.line):\($0.column)", what: $0.what, remedy: $0.remedy)
        })
    }
    return template
  }
}

/// Parsing of templates.
extension YAMLReader {
  fileprivate mutating func ledgerTemplate(_ text: String) -> LedgerTemplate? {
    guard let root = root(text) else { return nil }
    let top = mapping(root, of: "ledger", allowed: LedgerTemplate.keys)
    if let container = top["container"], container.string != "text" {
      refuse(
        container,
        Bilingual(
          "container: \(container.string ?? "") 尚不支持",
          "container: \(container.string ?? "") is not supported yet"),
        Bilingual("目前只有 text。", "Only text for now."))
    }
    let columns = (top["columns"]?.sequence.map(Array.init) ?? []).compactMap { column($0) }
    if columns.isEmpty {
      refuse(
        top["columns"] ?? root, Bilingual("没有列", "no columns"), Bilingual("请写 columns。", "Write columns."))
    }
    guard let id = top["ledger"]?.string, !id.isEmpty,
      id.utf8.allSatisfy({ ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 45 }),
      FileNamePart.fault(of: id) == nil
    else {
      refuse(
        top["ledger"] ?? root,
        Bilingual("ledger 应由小写字母、数字、连字符组成", "ledger must be lower-case letters, digits, hyphens"),
        Bilingual("例如 finance-office", "For example finance-office"))
      return nil
    }
    let encoding = word(top["encoding"], of: "encoding", among: ["utf-8", "gbk", "gb18030"]) ?? "utf-8"
    let fileExtension =
      word(top["extension"], of: "extension", among: ["csv", "txt", "bpt", "bxt", "plz", "dat"]) ?? "csv"
    let quoting = word(top["quoting"], of: "quoting", among: ["rfc4180", "none"]) ?? "rfc4180"
    let amount = word(top["amount"], of: "amount", among: ["yuan", "fen"])
    if amount == nil {
      refuse(
        top["amount"] ?? root, Bilingual("没有写明金额单位", "the unit of amounts is not given"),
        Bilingual("写 amount: yuan 或 amount: fen。", "Write amount: yuan or amount: fen."))
    }
    let separator = top["separator"]?.string ?? ","
    if let bad = separator.unicodeScalars.first(where: { $0.kind == .invisible || $0.kind == .unfit }),
      bad.value > 0x7F
    {
      refuse(
        top["separator"], Bilingual("分隔符是看不见的字符", "the separator is an invisible character"),
        Bilingual("例如 separator: \"|\"", "For example separator: \"|\""))
    }
    if separator.isEmpty || separator.utf8.contains(where: { [10, 13, 34].contains($0) }) {
      refuse(
        top["separator"],
        Bilingual("分隔符不能为空，也不能是换行或引号", "a separator is not blank, a line break or a quotation mark"),
        Bilingual("例如 separator: \"|\"", "For example separator: \"|\""))
      return nil
    }
    let hasMark = flag(top["bom"], of: "bom") ?? false
    if hasMark, encoding != "utf-8" {
      refuse(
        top["bom"],
        Bilingual("bom: true 只用于 utf-8，\(encoding) 没有 BOM", "bom: true is for utf-8; \(encoding) has no BOM"),
        Bilingual("请去掉 bom，或写 encoding: utf-8。", "Remove bom, or write encoding: utf-8."))
    }
    return LedgerTemplate(
      id: id, title: line(top["title"], of: "title") ?? id, pays: flag(top["pays"], of: "pays") ?? true,
      encoding: LedgerEncoding(rawValue: encoding) ?? .utf8,
      bom: hasMark,
      newline: word(top["newline"], of: "newline", among: ["crlf", "lf"]) == "lf" ? "\n" : "\r\n",
      finalNewline: flag(top["final_newline"], of: "final_newline") ?? true,
      separator: separator, separatorBytes: Array(separator.utf8),
      trailingSeparator: (flag(top["trailing_separator"], of: "trailing_separator") ?? false),
      isQuoted: quoting == "rfc4180", hasHeading: flag(top["heading"], of: "heading") ?? true,
      isFen: amount == "fen", narrative: line(top["narrative"], of: "narrative") ?? "工会补助",
      fileExtension: fileExtension, maxRows: whole(top["max_rows"], of: "max_rows") ?? 0,
      head: lines(top["head"], of: "head"),
      tail: lines(top["tail"], of: "tail"), columns: columns)
  }

  private mutating func column(_ node: Node) -> LedgerTemplate.Column? {
    let top = mapping(
      node, of: "columns", allowed: ["label", "value", "required", "max_bytes", "pad"])
    guard let label = line(top["label"], of: "label"), let value = line(top["value"], of: "value") else {
      refuse(
        node, Bilingual("列缺少 label 或 value", "a column lacks label or value"),
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
        top["value"], Bilingual("不认识的值“\(value)”", "unknown value '\(value)'"),
        Bilingual(
          "可用：\(known)，或加引号的文字。",
          "Use \(known), or a text in quotes."))
      return nil
    }
    return .init(
      label: label, source: source, required: (flag(top["required"], of: "required") ?? false),
      maxBytes: whole(top["max_bytes"], of: "max_bytes"),
      pad: whole(top["pad"], of: "pad"))
  }

  private mutating func whole(_ node: Node?, of subject: String) -> Int? {
    guard let node else { return nil }
    if let value = Int(node.string ?? ""), value >= 0 { return value }
    refuse(
      node, Bilingual("\(subject) 不是整数", "\(subject) is not a whole number"),
      Bilingual("例如 500", "For example 500"))
    return nil
  }

  /// Fixed lines; placeholders in braces are filled in later.
  private mutating func lines(_ node: Node?, of subject: String) -> [String] {
    (node?.sequence ?? []).compactMap { item in
      guard let line = self.line(item, of: subject) else { return nil }
      let rest = LedgerTemplate.placeholders.reduce(line) { $0.replacing("{\($1)}", with: "") }
      if rest.contains("{") || rest.contains("}") {
        let known = LedgerTemplate.placeholders.map { "{\($0)}" }.joined(separator: " ")
        refuse(
          item, Bilingual("“\(line)”中有不认识的花括号", "'\(line)' has braces nobody knows"),
          Bilingual("可用：\(known)", "Use: \(known)"))
      }
      return line
    }
  }
}
