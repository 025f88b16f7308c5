public import AidModel
import CLibXML2

/// Where an XML export keeps its rows: one element per row, and an XPath 1.0 expression per column, evaluated
/// within one row at a time, so that files of any length can be read.
public struct XMLMapping: Sendable {
  public struct Column: Sendable {
    /// The column's name in the layout.
    public let name: String
    public let path: String

    public init(name: String, path: String) {
      self.name = name
      self.path = path
    }
  }

  /// The path of the row elements from the root: `/export/applicants/applicant`.
  public let row: String
  public let columns: [Column]
  /// Prefixes used in the paths.
  public let namespaces: [(prefix: String, uri: String)]
  /// An XML Schema the file must match, and its name in messages.
  public let schema: (bytes: [UInt8], name: String)?

  public init(
    row: String, columns: [Column], namespaces: [(prefix: String, uri: String)] = [],
    schema: (bytes: [UInt8], name: String)? = nil
  ) {
    self.row = row
    self.columns = columns
    self.namespaces = namespaces
    self.schema = schema
  }

  /// The fault of a row path; nil if it is valid.
  public static func problem(
    withRow path: String, namespaces: [(prefix: String, uri: String)] = []
  ) -> Bilingual? {
    guard path.hasPrefix("/") else {
      return Bilingual("row 应从根元素写起：/export/applicant", "row must begin at the root: /export/applicant")
    }
    if path.contains("[") {
      return Bilingual(
        "row 不能带条件 […]：每个申请都要有下落；请把条件写进办法的 count",
        "row takes no condition […]: every application must be accounted for; put the condition into the policy's count"
      )
    }
    guard RowPattern(path, namespaces: namespaces) != nil, !path.contains("@") else {
      return Bilingual(
        "row 不是元素路径：\(path)（只用元素名、*、//）",
        "row is not a path of elements: \(path) (element names, * and // only)")
    }
    return nil
  }

  /// The fault of a column's expression; nil if it is valid.
  public static func problem(
    withColumn path: String, namespaces: [(prefix: String, uri: String)] = []
  ) -> Bilingual? {
    if leavesTheRow(path) {
      return Bilingual(
        "表达式越出了这一行：\(path)（行外只能用上级元素的属性，如 ../@unit）",
        "the expression leaves its row: \(path) (outside it only attributes of the elements above, like ../@unit)"
      )
    }
    guard let evaluator = XPathEvaluator([path], namespaces: namespaces) else {
      return Bilingual("不是 XPath 1.0 表达式：\(path)", "not an XPath 1.0 expression: \(path)")
    }
    if evaluator.failsOnEmptyElement {
      return Bilingual(
        "XPath 用了没有声明的前缀、变量或函数：\(path)",
        "the XPath uses a prefix, variable or function that is not declared: \(path)")
    }
    return nil
  }

  /// The fault of a schema; nil if it is valid.
  public static func problem(withSchema bytes: [UInt8]) -> String? { SchemaCheck.fault(inSchema: bytes) }

  /// Whether an expression leaves the row: only the row, its descendants and its ancestors' attributes exist
  /// when it is evaluated, so any other path would silently find nothing.
  private static func leavesTheRow(_ path: String) -> Bool {
    var code = ""
    var quote: Character?
    for character in path {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if !character.isWhitespace {
        code.append(character)
      }
    }
    for axis in ["parent::", "ancestor", "preceding", "following", "id("] where code.contains(axis) {
      return true
    }
    // `../@unit` and `../../@unit` are the only allowed steps out.
    while let step = code.firstRange(of: "../") {
      let rest = code[step.upperBound...]
      guard rest.hasPrefix("../") || rest.hasPrefix("@") else { return true }
      code.removeSubrange(step)
    }
    if code.contains("..") { return true }
    // A slash without a preceding step begins a path at the root.
    var before: Character = "("
    for character in code {
      if character == "/", "(,|=<>+-*[!".contains(before) { return true }
      before = character
    }
    return false
  }
}

/// The compiled path of row elements, matched against start tags as they arrive.
final class RowPattern {
  private let pattern: xmlPatternPtr
  private var names: [UnsafeMutablePointer<xmlChar>?] = []

  init?(_ path: String, namespaces: [(prefix: String, uri: String)]) {
    names = namespaces.flatMap { [xmlCharStrdup($0.uri), xmlCharStrdup($0.prefix)] } + [nil, nil]
    let compiled = names.withUnsafeMutableBufferPointer { names in
      names.withMemoryRebound(to: UnsafePointer<xmlChar>?.self) {
        xmlPatterncompile(path, nil, Int32(XML_PATTERN_XPATH.rawValue), $0.baseAddress)
      }
    }
    guard let compiled, xmlPatternStreamable(compiled) == 1 else {
      if let compiled { xmlFreePattern(compiled) }
      for name in names { aid_xml_free(name) }
      return nil
    }
    pattern = compiled
  }

  deinit {
    xmlFreePattern(pattern)
    for name in names { aid_xml_free(name) }
  }

  /// A stream to push and pop with every element; the caller frees it.
  func stream() -> xmlStreamCtxtPtr? {
    guard let stream = xmlPatternGetStreamCtxt(pattern) else { return nil }
    _ = xmlStreamPush(stream, nil, nil)
    return stream
  }
}
