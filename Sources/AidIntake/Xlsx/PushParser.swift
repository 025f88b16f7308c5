import AidModel
import CLibXML2

/// Why an XML part cannot be read.
enum XMLFault: Error {
  case doctype
  case damaged(String)
  case limit(String)
  case archive(Inflater.Fault)
}

/// libxml2's push parser, restricted: no DOCTYPE, no entities, no network. Its owner frees it.
struct PushParser: ~Copyable, ScannedParser {
  private let parser: xmlParserCtxtPtr
  private var attributes = AttributeCount()

  /// A SAX2 handler that has only the error callback.
  static func handler() -> xmlSAXHandler {
    var sax = xmlSAXHandler()
    sax.initialized = UInt32(XML_SAX2_MAGIC)
    // Without entity callbacks no declarations of a DOCTYPE are kept, so nothing can be expanded.
    sax.serror = { _, _ in }
    return sax
  }

  /// - Precondition: `context` outlives the parser.
  init(_ sax: inout xmlSAXHandler, context: UnsafeMutableRawPointer) {
    aid_xml_be_quiet()
    guard let parser = xmlCreatePushParserCtxt(&sax, context, nil, 0, nil) else {
      preconditionFailure("libxml2 has no memory for a parser")
    }
    // NOENT affects only XML's five predefined entities, since no others exist: `&amp;` becomes `&` in
    // attributes.
    xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue))
    self.parser = parser
  }

  deinit {
    // For entities declared in a DOCTYPE, libxml2 creates a document that it does not free.
    xmlFreeDoc(parser.pointee.myDoc)
    parser.pointee.myDoc = nil
    xmlFreeParserCtxt(parser)
  }

  mutating func feed(_ piece: UnsafeBufferPointer<UInt8>) throws(XMLFault) {
    guard !piece.isEmpty else { return }
    guard attributes.passes(piece) else { throw .limit(AttributeCount.limit) }
    try piece.withMemoryRebound(to: CChar.self) { (chars) throws(XMLFault) in
      try check(xmlParseChunk(parser, chars.baseAddress, Int32(chars.count), 0))
    }
  }

  mutating func finish() throws(XMLFault) { try check(xmlParseChunk(parser, nil, 0, 1)) }

  var isBetween: Bool { parser.isBetween }
  var isUTF8: Bool { parser.isUTF8 }

  private func check(_ status: Int32) throws(XMLFault) {
    // libxml2 records the name of a DOCTYPE as soon as it meets one.
    if parser.pointee.intSubName != nil { throw .doctype }
    if status == 0 { return }
    let error = xmlCtxtGetLastError(parser)
    let text = error?.pointee.message.map { String(cString: $0) } ?? "error \(status)"
    throw .damaged(String(text.prefix { $0 != "\n" }))
  }

  /// Reads a whole part; `check` is called after every piece and may throw to stop.
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

/// Where libxml2 stands, for what reads beside it.
extension xmlParserCtxtPtr {
  /// Whether all input is parsed and the parser is between the children of an element.
  var isBetween: Bool {
    guard let input = pointee.input else { return false }
    return pointee.instate == XML_PARSER_CONTENT && input.pointee.cur == input.pointee.end
  }

  /// The document is written in UTF-8, or does not say.
  var isUTF8: Bool {
    guard let name = pointee.encoding else { return true }
    return String(cString: name).uppercased() == "UTF-8"
  }
}
