import AidModel
import CLibXML2

/// Why an XML part cannot be read.
enum XMLFault: Error {
  case doctype
  case damaged(line: Int, String)
  case archive(Inflater.Fault)
}

/// One start tag of a small part: its depth, local name and attributes (local names), in document order.
struct StartTag {
  let depth: Int
  let name: String
  let attributes: [(name: String, value: String)]

  func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// Reads a small part (relationships, workbook, styles) whole.
  static func read(
    _ entry: ZipArchive.Entry, of archive: ZipArchive, limits: IntakeLimits
  ) throws(XMLFault) -> [StartTag] {
    let state = UnsafeMutablePointer<TagState>.allocate(capacity: 1)
    state.initialize(to: TagState())
    defer {
      state.deinitialize(count: 1)
      state.deallocate()
    }
    var sax = PushParser.handler()
    sax.startElementNs = { context, local, _, _, _, _, count, _, attributes in
      let state = context!.assumingMemoryBound(to: TagState.self)
      var list: [(name: String, value: String)] = []
      for i in 0..<Int(count) {
        guard let attributes, let name = attributes[5 * i] else { continue }
        list.append((String(cString: name), PushParser.value(attributes, i)))
      }
      state.pointee.tags.append(
        StartTag(depth: state.pointee.depth, name: String(cString: local!), attributes: list))
      state.pointee.depth += 1
    }
    sax.endElementNs = { context, _, _, _ in
      context!.assumingMemoryBound(to: TagState.self).pointee.depth -= 1
    }
    var parser = PushParser(&sax, context: state)
    do {
      var inflater = try Inflater(entry, of: archive, limits: limits)
      while true {
        let piece = try inflater.next()
        if piece.isEmpty { break }
        try parser.feed(piece)
      }
      try parser.finish()
    } catch let fault as XMLFault {
      throw fault
    } catch let fault as Inflater.Fault {
      throw .archive(fault)
    } catch {
      preconditionFailure("parts fail as XMLFault or Inflater.Fault")
    }
    return state.pointee.tags
  }

  private struct TagState {
    var tags: [StartTag] = []
    var depth = 0
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

  /// The value of the i-th attribute of a SAX2 start tag.
  static func value(
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>, _ i: Int
  ) -> String {
    guard let start = attributes[5 * i + 3], let end = attributes[5 * i + 4] else { return "" }
    return String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
  }
}
