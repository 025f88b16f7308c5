public import AidModel
import CLibXML2

/// How the rows of an XML export are found: one element a row, and an XPath 1.0 expression for each column, evaluated
/// within one row at a time, so that a file of any length works.
public struct XMLMapping: Sendable {
  public struct Column: Sendable {
    /// The layout's name of the column.
    public let name: String
    public let path: String

    public init(name: String, path: String) {
      self.name = name
      self.path = path
    }
  }

  /// The path of the row elements from the root, `/export/applicants/applicant`.
  public let row: String
  public let columns: [Column]
  /// Prefixes that the paths use.
  public let namespaces: [(prefix: String, uri: String)]
  /// An XML Schema the file must agree with, and what it is called in messages.
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

  /// What is wrong with a row path, nil if nothing.
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

  /// What is wrong with a column's expression, nil if nothing.
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

  /// What is wrong with a schema, nil if nothing.
  public static func problem(withSchema bytes: [UInt8]) -> String? { SchemaCheck.fault(inSchema: bytes) }

  /// Only the row, its descendants and its ancestors' attributes are there when it is evaluated. A path to anything
  /// else would find nothing, in silence.
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
    // `../@unit` and `../../@unit` are the only steps out.
    while let step = code.firstRange(of: "../") {
      let rest = code[step.upperBound...]
      guard rest.hasPrefix("../") || rest.hasPrefix("@") else { return true }
      code.removeSubrange(step)
    }
    if code.contains("..") { return true }
    // A path from the root begins where no step stands before the slash.
    var before: Character = "("
    for character in code {
      if character == "/", "(,|=<>+-*[!".contains(before) { return true }
      before = character
    }
    return false
  }
}

/// The compiled path of row elements, matched while start tags come by.
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

  /// To be pushed and popped with every element; the caller frees it.
  func stream() -> xmlStreamCtxtPtr? {
    guard let stream = xmlPatternGetStreamCtxt(pattern) else { return nil }
    _ = xmlStreamPush(stream, nil, nil)
    return stream
  }
}
