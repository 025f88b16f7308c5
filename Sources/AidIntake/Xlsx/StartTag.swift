import AidModel
import CLibXML2

/// Why an XML part cannot be read.
enum XMLFault: Error {
  case doctype
  case damaged(line: Int, String)
  case archive(Inflater.Fault)
}

/// One start tag of a small part: its local name, that of the element around it, and its attributes (local names).
struct StartTag {
  let name: String
  /// Empty for the root.
  let parent: String
  let attributes: [(name: String, value: String)]

  func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// Reads a small part (relationships, workbook, styles) whole; the tags with one of `names`, in document order.
  static func read(
    _ entry: ZipArchive.Entry, of archive: ZipArchive, keeping names: Set<String>, limits: IntakeLimits
  ) throws(XMLFault) -> [StartTag] {
    let state = UnsafeMutablePointer<TagState>.allocate(capacity: 1)
    state.initialize(to: TagState(names: names, most: limits.partElementsMax))
    defer {
      state.deinitialize(count: 1)
      state.deallocate()
    }
    var sax = PushParser.handler()
    sax.startElementNs = { context, local, _, _, _, _, count, _, attributes in
      context!.assumingMemoryBound(to: TagState.self).pointee.open(
        String(cString: local!), Int(count), attributes)
    }
    sax.endElementNs = { context, _, _, _ in
      _ = context!.assumingMemoryBound(to: TagState.self).pointee.around.popLast()
    }
    try PushParser.readAll(entry, of: archive, &sax, context: state) { () throws(XMLFault) in
      if state.pointee.isFull {
        throw .archive(.limit("> \(limits.partElementsMax) elements (\(entry.name))"))
      }
    }
    return state.pointee.tags
  }

  private struct TagState {
    let names: Set<String>
    let most: Int
    var tags: [StartTag] = []
    var around: [String] = []
    var isFull = false

    init(names: Set<String>, most: Int) { (self.names, self.most) = (names, most) }

    mutating func open(
      _ name: String, _ count: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
      let parent = around.last ?? ""
      around.append(name)
      guard names.contains(name) else { return }
      isFull = isFull || tags.count >= most
      if isFull { return }
      var list: [(name: String, value: String)] = []
      for i in 0..<count {
        guard let attributes, let name = attributes[5 * i] else { continue }
        list.append((String(cString: name), PushParser.value(attributes, i)))
      }
      tags.append(StartTag(name: name, parent: parent, attributes: list))
    }
  }
}

/// libxml2's push parser with our safety: no DOCTYPE, no entities, no network. One owner frees it.
struct PushParser: ~Copyable {
  private let parser: xmlParserCtxtPtr

  /// A SAX2 handler with nothing but the safety callbacks set.
  static func handler() -> xmlSAXHandler {
    var sax = xmlSAXHandler()
    sax.initialized = UInt32(XML_SAX2_MAGIC)
    // No entity callbacks: nothing declared in a DOCTYPE is kept, so nothing can be expanded.
    sax.serror = { _, _ in }
    return sax
  }

  /// - Precondition: `context` stays valid until the parser is gone.
  init(_ sax: inout xmlSAXHandler, context: UnsafeMutableRawPointer) {
    guard let parser = xmlCreatePushParserCtxt(&sax, context, nil, 0, nil) else {
      preconditionFailure("libxml2 has no memory for a parser")
    }
    xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue))
    self.parser = parser
  }

  deinit { xmlFreeParserCtxt(parser) }

  mutating func feed(_ piece: UnsafeBufferPointer<UInt8>) throws(XMLFault) {
    try piece.withMemoryRebound(to: CChar.self) { (chars) throws(XMLFault) in
      try check(xmlParseChunk(parser, chars.baseAddress, Int32(chars.count), 0))
    }
  }

  mutating func finish() throws(XMLFault) { try check(xmlParseChunk(parser, nil, 0, 1)) }

  private func check(_ status: Int32) throws(XMLFault) {
    // libxml2 keeps the DOCTYPE's name as soon as it has met one.
    if parser.pointee.intSubName != nil { throw .doctype }
    if status == 0 { return }
    let error = xmlCtxtGetLastError(parser)
    let text = error?.pointee.message.map { String(cString: $0) } ?? "error \(status)"
    throw .damaged(
      line: Int(error?.pointee.line ?? 0), String(text.prefix { $0 != "\n" }))
  }

  /// Reads a whole part; `check` is asked after every piece whether to go on.
  static func readAll(
    _ entry: ZipArchive.Entry, of archive: ZipArchive, _ sax: inout xmlSAXHandler,
    context: UnsafeMutableRawPointer, check: () throws(XMLFault) -> Void
  ) throws(XMLFault) {
    let pieces = PartPieces(entry, of: archive)
    var parser = PushParser(&sax, context: context)
    while let piece = try pieces.nextAlone() {
      try parser.feed(piece)
      try check()
    }
    try parser.finish()
    try check()
  }

  /// The value of the i-th attribute of a SAX2 start tag.
  static func value(
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>, _ i: Int
  ) -> String {
    guard let start = attributes[5 * i + 3], let end = attributes[5 * i + 4] else { return "" }
    return String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
  }
}
