import AidModel
import CLibXML2

/// XPath 1.0 expressions, compiled once and evaluated by libxml2 on one element after another.
final class XPathEvaluator {
  private let context: xmlXPathContextPtr
  private var expressions: [xmlXPathCompExprPtr] = []

  /// The operation limit of one evaluation; a row is small.
  private static let stepsMax: UInt = 10_000_000

  /// Nil if one of them is not XPath 1.0.
  init?(_ paths: [String], namespaces: [(prefix: String, uri: String)]) {
    aid_xml_be_quiet()
    guard let context = xmlXPathNewContext(nil) else { return nil }
    self.context = context
    // Without a handler libxml2 writes to standard error.
    context.pointee.error = { _, _ in }
    for (prefix, uri) in namespaces where xmlXPathRegisterNs(context, prefix, uri) != 0 { return nil }
    for path in paths {
      guard let expression = xmlXPathCtxtCompile(context, path) else { return nil }
      expressions.append(expression)
    }
  }

  deinit {
    for expression in expressions { xmlXPathFreeCompExpr(expression) }
    xmlXPathFreeContext(context)
  }

  /// The result of an expression, as a cell.
  enum Result {
    case blank
    case text(UnsafePointer<xmlChar>)
    case number(UnsafePointer<xmlChar>)
    case boolean(Bool)
    /// Not a single value; says what it is.
    case wrong(Bilingual)
  }

  /// Texts are valid only inside `body`.
  func evaluate(_ index: Int, at node: xmlNodePtr, _ body: (Result) -> Void) {
    context.pointee.doc = node.pointee.doc
    context.pointee.node = node
    context.pointee.opCount = 0
    context.pointee.opLimit = Self.stepsMax
    guard let value = xmlXPathCompiledEval(expressions[index], context) else {
      return body(.wrong(Bilingual("算不出", "cannot be evaluated")))
    }
    defer { xmlXPathFreeObject(value) }
    switch value.pointee.type {
    case XPATH_NODESET: nodes(value.pointee.nodesetval, body)
    case XPATH_BOOLEAN: body(.boolean(value.pointee.boolval != 0))
    case XPATH_NUMBER:
      guard let text = xmlXPathCastToString(value) else { return body(.blank) }
      defer { aid_xml_free(text) }
      let isFinite =
        text[0] != UInt8(ascii: "N") && text[0] != UInt8(ascii: "I") && text[1] != UInt8(ascii: "I")
      body(isFinite ? .number(text) : .wrong(Bilingual("不是数", "not a number")))
    default:
      guard let text = value.pointee.stringval, text[0] != 0 else { return body(.blank) }
      body(.text(text))
    }
  }

  private func nodes(_ set: xmlNodeSetPtr?, _ body: (Result) -> Void) {
    guard let set, set.pointee.nodeNr > 0, let node = set.pointee.nodeTab[0] else { return body(.blank) }
    if set.pointee.nodeNr > 1 {
      let count = set.pointee.nodeNr
      return body(.wrong(Bilingual("有 \(count) 个值", "\(count) values")))
    }
    // Concatenated texts of several elements would turn two numbers into one.
    if node.pointee.type == XML_ELEMENT_NODE, xmlChildElementCount(node) > 0 {
      return body(.wrong(Bilingual("里面还有元素", "elements inside")))
    }
    guard let text = xmlXPathCastNodeToString(node) else { return body(.blank) }
    defer { aid_xml_free(text) }
    body(text[0] == 0 ? .blank : .text(text))
  }

  /// Whether the first expression cannot be evaluated at all.
  var failsOnEmptyElement: Bool {
    guard let document = xmlNewDoc("1.0"), let root = xmlNewDocNode(document, nil, "x", nil) else {
      return true
    }
    defer { xmlFreeDoc(document) }
    xmlDocSetRootElement(document, root)
    (context.pointee.doc, context.pointee.node) = (document, root)
    guard let value = xmlXPathCompiledEval(expressions[0], context) else { return true }
    xmlXPathFreeObject(value)
    return false
  }
}
