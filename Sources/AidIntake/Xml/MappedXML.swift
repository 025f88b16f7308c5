import AidModel
import CLibXML2

/// An XML export read through a mapping: the batch file says where rows and columns are.
struct MappedXML: SheetBook {
  let kind = FileKind.xml
  let sheets = [SheetInfo(name: "", isHidden: false)]
  let dates = DateSystem.from1900
  private let document: DocumentBytes
  private let mapping: XMLMapping
  private let name: String
  private let limits: IntakeLimits

  /// - Throws: if the root cannot be read, or the file does not match its schema.
  init(
    _ document: DocumentBytes, mapping: XMLMapping, name: String, limits: IntakeLimits
  ) throws(IntakeFailure) {
    (self.document, self.mapping, self.name, self.limits) = (document, mapping, name, limits)
    do throws(KindFault) {
      _ = try MarkupRoot(document)
    } catch {
      throw error.failure(file: name)
    }
    guard let schema = mapping.schema else { return }
    let problem: SchemaCheck.Problem?
    do throws(KindFault) {
      problem = try SchemaCheck.problem(of: document, schema: schema.bytes)
    } catch {
      throw error.failure(file: name)
    }
    if let problem {
      throw IntakeFailure(
        IntakeFindings.xmlSchema, file: name, row: problem.line, [schema.name, problem.text])
    }
  }

  func open(sheet index: Int) throws(IntakeFailure) -> any SheetRows {
    do throws(KindFault) {
      return try MappedXMLRows(document, mapping: mapping, name: name, limits: limits)
    } catch {
      throw error.failure(file: name)
    }
  }
}

/// The state of the SAX callbacks for a mapped document.
private struct MappedState {
  var builder: ChunkBuilder
  let evaluator: XPathEvaluator
  let columnCount: Int
  let stream: xmlStreamCtxtPtr
  var depth = 0
  /// The depth of the current row element; 0 outside rows.
  var rowDepth = 0
  var rowLine: Int32 = 0
  var rowsSeen = 0

  /// Converts the finished row element into cells.
  mutating func take(_ node: xmlNodePtr) {
    // Several rows in one line get consecutive numbers, so that all row numbers differ.
    builder.beginRow(max(rowLine, builder.row + 1), isHidden: false)
    rowsSeen += 1
    for index in 0..<columnCount {
      let column = Int32(index)
      evaluator.evaluate(index, at: node) { result in
        switch result {
        case .blank: break
        case .text(let text): builder.add(.text, column: column, Self.bytes(text))
        case .number(let text): builder.add(.number, column: column, Self.bytes(text))
        case .boolean(let flag): builder.add(.boolean, column: column, (flag ? "TRUE" : "FALSE").utf8)
        case .wrong(let what): builder.add(.error, column: column, "\(what.zh) (\(what.en))".utf8)
        }
      }
    }
    builder.endRow(keepingBlank: true)
  }

  private static func bytes(_ text: UnsafePointer<xmlChar>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text)))
  }
}

/// Builds the tree of one row at a time with libxml2; what has been read is freed at once. Of the elements
/// above a row, only names and attributes are kept.
private final class MappedXMLRows: SheetRows {
  let merges: [MergedRange] = []
  let hiddenColumns: [ClosedRange<Int32>] = []
  let isFiltered = false
  let marked: [MarkedCell] = []
  private let name: String
  private let state: UnsafeMutablePointer<MappedState>
  private let pattern: RowPattern
  private var markup: Markup
  private let root: MarkupRoot
  private let mapping: XMLMapping

  init(
    _ document: DocumentBytes, mapping: XMLMapping, name: String, limits: IntakeLimits
  ) throws(KindFault) {
    guard let pattern = RowPattern(mapping.row, namespaces: mapping.namespaces),
      let stream = pattern.stream(),
      let evaluator = XPathEvaluator(mapping.columns.map(\.path), namespaces: mapping.namespaces)
    else { preconditionFailure("a mapping is checked when the batch file is read") }
    (self.name, self.mapping, self.pattern) = (name, mapping, pattern)
    state = .allocate(capacity: 1)
    state.initialize(
      to: MappedState(
        builder: ChunkBuilder(limits: limits), evaluator: evaluator, columnCount: mapping.columns.count,
        stream: stream))
    root = try MarkupRoot(document)
    var sax = Self.handler()
    markup = try Markup(document, &sax, context: nil)
    markup.parser.pointee._private = UnsafeMutableRawPointer(state)
  }

  deinit {
    xmlFreeDoc(markup.parser.pointee.myDoc)
    markup.parser.pointee.myDoc = nil
    xmlFreeStreamCtxt(state.pointee.stream)
    state.deinitialize(count: 1)
    state.deallocate()
  }

  private static func handler() -> xmlSAXHandler {
    var sax = Markup.handler()
    sax.startDocument = { xmlSAX2StartDocument($0) }
    sax.startElementNs = {
      context, local, prefix, uri, namespaceCount, namespaces, count, defaulted, attributes in
      let parser = context!.assumingMemoryBound(to: xmlParserCtxt.self)
      let state = parser.pointee._private!.assumingMemoryBound(to: MappedState.self)
      state.pointee.depth += 1
      let isRow = state.pointee.rowDepth == 0 && xmlStreamPush(state.pointee.stream, local, uri) == 1
      xmlSAX2StartElementNs(
        context, local, prefix, uri, namespaceCount, namespaces, count, defaulted, attributes)
      if isRow {
        state.pointee.rowDepth = state.pointee.depth
        state.pointee.rowLine = Int32(clamping: parser.pointee.input.pointee.line)
      }
    }
    sax.endElementNs = { context, local, prefix, uri in
      let parser = context!.assumingMemoryBound(to: xmlParserCtxt.self)
      let state = parser.pointee._private!.assumingMemoryBound(to: MappedState.self)
      let node = parser.pointee.node
      let isRow = state.pointee.rowDepth == state.pointee.depth
      if isRow, let node { state.pointee.take(node) }
      xmlSAX2EndElementNs(context, local, prefix, uri)
      if isRow || state.pointee.rowDepth == 0 {
        _ = xmlStreamPop(state.pointee.stream)
        state.pointee.rowDepth = 0
        xmlUnlinkNode(node)
        xmlFreeNode(node)
      }
      state.pointee.depth -= 1
    }
    sax.characters = { context, text, count in
      let parser = context!.assumingMemoryBound(to: xmlParserCtxt.self)
      let state = parser.pointee._private!.assumingMemoryBound(to: MappedState.self)
      if state.pointee.rowDepth > 0 { xmlSAX2Characters(context, text, count) }
    }
    sax.ignorableWhitespace = sax.characters
    return sax
  }

  func next() throws(IntakeFailure) -> RowChunk? {
    do throws(KindFault) {
      while true {
        if let chunk = try state.pointee.builder.take(atEnd: markup.isOver) { return chunk }
        if markup.isOver { break }
        try markup.advance()
      }
    } catch {
      throw error.failure(file: name)
    }
    if state.pointee.rowsSeen == 0 { throw nothingFound() }
    return nil
  }

  /// A wrong path must not look like an empty list.
  private func nothingFound() -> IntakeFailure {
    var what = "没有元素符合 row: \(mapping.row) (no element matches); 根元素 (root): \(root.name)"
    if !root.namespace.isEmpty {
      what += " xmlns=\(root.namespace)"
      if mapping.namespaces.isEmpty {
        what += "；请在 xml 下写 namespaces: {x: \(root.namespace)} 并用 x:\(root.name) "
        what += "(declare the namespace under xml and use its prefix)"
      }
    }
    return IntakeFailure(IntakeFindings.headerNotFound, file: name, [what])
  }
}
