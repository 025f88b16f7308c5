import AidModel
import CLibXML2
import Glibc

/// libxml2's push parser over a document, without DOCTYPE, entities and network. Its owner frees it.
struct Markup: ~Copyable, ScannedParser {
  let parser: xmlParserCtxtPtr
  private let pieces: DocumentPieces
  private(set) var isOver = false
  private var attributes = AttributeCount()
  private var skipper: RowSkipper?
  /// The end of the previous piece that a scanner left unread.
  private var rest = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

  /// A SAX2 handler that does nothing. It keeps no declarations of a DOCTYPE, so nothing can be expanded.
  static func handler() -> xmlSAXHandler {
    var sax = xmlSAXHandler()
    sax.initialized = UInt32(XML_SAX2_MAGIC)
    sax.serror = { _, _ in }
    return sax
  }

  /// - Parameter skipper: removes rows from the input.
  /// - Precondition: `context` outlives the parser.
  init(
    _ document: DocumentBytes, _ sax: inout xmlSAXHandler, context: UnsafeMutableRawPointer?,
    without skipper: RowSkipper? = nil
  ) throws(KindFault) {
    aid_xml_be_quiet()
    pieces = document.pieces()
    self.skipper = skipper
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

  /// Reads a whole document; the handler's callbacks get the state as their context.
  /// - Returns: the final state.
  static func read<State>(
    _ document: DocumentBytes, into initial: State, _ handler: xmlSAXHandler
  ) throws(KindFault) -> State {
    let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
    state.initialize(to: initial)
    defer {
      state.deinitialize(count: 1)
      state.deallocate()
    }
    var sax = handler
    var markup = try Markup(document, &sax, context: state)
    while !markup.isOver { try markup.advance() }
    return state.pointee
  }

  /// Parses the next piece.
  mutating func advance() throws(KindFault) {
    let piece = try pieces.next()
    isOver = piece.isEmpty
    if skipper == nil { return try isOver ? finish() : feed(piece) }
    let left = skipper!.left(of: piece, isOver: isOver)
    try left.withUnsafeBufferPointer { (left) throws(KindFault) in try feed(left) }
    if isOver { try finish() }
  }

  /// Reads one piece, sharing it with a scanner.
  mutating func advance(_ scan: inout ScanFeed<some PartScanner>) throws(KindFault) {
    let piece = try pieces.next(after: rest)
    isOver = piece.isEmpty
    if isOver {
      try feed(rest)
      return try finish()
    }
    rest = try scan.read(piece, into: &self)
  }

  var isBetween: Bool { parser.isBetween }
  var isUTF8: Bool { parser.isUTF8 }

  mutating func feed(_ piece: UnsafeBufferPointer<UInt8>) throws(KindFault) {
    if !piece.isEmpty { try parse(piece) }
  }

  private mutating func finish() throws(KindFault) {
    try parse(UnsafeBufferPointer(start: nil, count: 0))
  }

  private mutating func parse(_ piece: UnsafeBufferPointer<UInt8>) throws(KindFault) {
    guard attributes.passes(piece) else { throw .limit(AttributeCount.limit) }
    let status = piece.withMemoryRebound(to: CChar.self) {
      xmlParseChunk(parser, $0.baseAddress, Int32($0.count), $0.isEmpty ? 1 : 0)
    }
    // libxml2 records the name of a DOCTYPE as soon as it meets one.
    if parser.pointee.intSubName != nil { throw .doctype }
    if status == 0 || status == XML_ERR_USER_STOP.rawValue { return }
    let error = xmlCtxtGetLastError(parser)
    if error?.pointee.level == XML_ERR_WARNING { return }
    let text = error?.pointee.message.map { String(cString: $0) } ?? "error \(status)"
    throw .damaged(
      Bilingual("XML 不合格式", "not well-formed XML: " + text.prefix { $0 != "\n" }),
      row: Int32(clamping: error?.pointee.line ?? -1))
  }
}

/// The name of an element or attribute: local name and namespace.
struct MarkupName {
  let local: UnsafePointer<xmlChar>
  let uri: UnsafePointer<xmlChar>?

  init(_ local: UnsafePointer<xmlChar>?, _ uri: UnsafePointer<xmlChar>?) {
    self.local = local!
    self.uri = uri
  }

  static func equal(_ a: UnsafePointer<xmlChar>?, _ b: StaticString) -> Bool {
    guard let a else { return false }
    let (start, count) = (b.utf8Start, b.utf8CodeUnitCount)
    for i in 0..<count where a[i] != start[i] { return false }
    return a[count] == 0
  }

  @inline(__always)
  static func bytes(_ name: UnsafePointer<xmlChar>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: name, count: name.withMemoryRebound(to: CChar.self, capacity: 1) { strlen($0) })
  }

  func isLocal(_ name: StaticString) -> Bool { Self.equal(local, name) }

  func `is`(_ name: StaticString, _ namespace: StaticString) -> Bool {
    Self.equal(local, name) && Self.equal(uri, namespace)
  }
}

/// A namespace that is compared often. libxml2 interns names per document: an equal address means the same
/// namespace, without comparing bytes.
struct MarkupNamespace {
  private let name: StaticString
  private var known: UnsafePointer<xmlChar>?

  init(_ name: StaticString) { self.name = name }

  @inline(__always)
  mutating func matches(_ uri: UnsafePointer<xmlChar>?) -> Bool {
    guard let uri else { return false }
    if uri == known { return true }
    guard MarkupName.equal(uri, name) else { return false }
    known = uri
    return true
  }
}

/// The attributes of a SAX2 start tag.
struct MarkupAttributes {
  let start: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  let count: Int

  init(_ start: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int32) {
    self.start = start
    self.count = Int(count)
  }

  /// The value as bytes; nil if the attribute is missing.
  func bytes(_ name: StaticString, _ namespace: StaticString) -> UnsafeBufferPointer<UInt8>? {
    guard let start else { return nil }
    for i in 0..<count {
      let field = start + 5 * i
      guard MarkupName.equal(field[0], name), MarkupName.equal(field[2], namespace), let from = field[3],
        let to = field[4]
      else { continue }
      return UnsafeBufferPointer(start: from, count: to - from)
    }
    return nil
  }

  /// Calls `body` with the local name, namespace and value of each attribute.
  @inline(__always)
  func forEach(
    _ body: (UnsafePointer<xmlChar>, UnsafePointer<xmlChar>?, UnsafeBufferPointer<UInt8>) -> Void
  ) {
    guard let start else { return }
    for i in 0..<count {
      let field = start + 5 * i
      guard let local = field[0], let from = field[3], let to = field[4] else { continue }
      body(local, field[2], UnsafeBufferPointer(start: from, count: to - from))
    }
  }

  func text(_ name: StaticString, _ namespace: StaticString) -> String? {
    bytes(name, namespace).map { String(decoding: $0, as: UTF8.self) }
  }

  /// A whole number from 0; nil if missing or invalid.
  func number(_ name: StaticString, _ namespace: StaticString) -> Int32? {
    bytes(name, namespace).flatMap(Self.number)
  }

  /// A whole number from 0; nil if invalid.
  static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    guard !bytes.isEmpty, bytes.count <= 9 else { return nil }
    var value: Int32 = 0
    for byte in bytes {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int32(byte - 48)
    }
    return value
  }
}

/// The root element of a document, which identifies the kind of XML.
struct MarkupRoot {
  let name: String
  let namespace: String

  private struct Found {
    var name: String?
    var namespace = ""
  }

  /// Reads up to the first start tag.
  init(_ document: DocumentBytes) throws(KindFault) {
    let found = UnsafeMutablePointer<Found>.allocate(capacity: 1)
    found.initialize(to: Found())
    defer {
      found.deinitialize(count: 1)
      found.deallocate()
    }
    var sax = Markup.handler()
    sax.startElementNs = { context, local, _, uri, _, _, _, _, _ in
      let found = context!.assumingMemoryBound(to: Found.self)
      if found.pointee.name != nil { return }
      found.pointee.name = String(cString: local!)
      found.pointee.namespace = uri.map { String(cString: $0) } ?? ""
    }
    var markup = try Markup(document, &sax, context: found)
    do {
      while found.pointee.name == nil, !markup.isOver { try markup.advance() }
    } catch {
      // A fault after the root is found again, and reported, when the document is read.
      if found.pointee.name == nil { throw error }
      if case .doctype = error { throw error }
    }
    name = found.pointee.name ?? ""
    namespace = found.pointee.namespace
  }
}
