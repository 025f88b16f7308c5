import AidModel
import CLibXML2

/// Validates a document against an XML Schema, streaming. Neither may open another file or address.
enum SchemaCheck {
  struct Problem {
    /// −1 if unknown.
    let line: Int32
    let text: String
  }

  /// The fault of the schema itself; nil if it is valid.
  static func fault(inSchema bytes: [UInt8]) -> String? {
    switch Self.parse(bytes) {
    case .success(let schema):
      xmlSchemaFree(schema)
      return nil
    case .failure(let fault): return fault.text
    }
  }

  /// The first violation of the schema; nil if the document is valid.
  static func problem(of document: DocumentBytes, schema bytes: [UInt8]) throws(KindFault) -> Problem? {
    // Reject a DOCTYPE before the validator's own parser sees it.
    _ = try MarkupRoot(document)
    let schema: xmlSchemaPtr
    switch Self.parse(bytes) {
    case .success(let parsed): schema = parsed
    case .failure(let fault): return Problem(line: -1, text: fault.text)
    }
    defer { xmlSchemaFree(schema) }
    guard let context = xmlSchemaNewValidCtxt(schema) else { throw .limit("memory") }
    defer { xmlSchemaFreeValidCtxt(context) }
    let first = FirstError()
    xmlSchemaSetValidStructuredErrors(
      context, FirstError.take, Unmanaged.passUnretained(first).toOpaque())
    let source = try Source(document)
    let input = xmlParserInputBufferCreateIO(
      { context, buffer, count in
        Unmanaged<Source>.fromOpaque(context!).takeUnretainedValue().read(buffer!, Int(count))
      }, nil, Unmanaged.passUnretained(source).toOpaque(), XML_CHAR_ENCODING_NONE)
    guard let input else { throw .limit("memory") }
    var sax = Markup.handler()
    let status = withExtendedLifetime((first, source)) {
      xmlSchemaValidateStream(context, input, XML_CHAR_ENCODING_NONE, &sax, nil)
    }
    if let fault = source.fault { throw fault }
    if status == 0 { return nil }
    return Problem(line: first.line, text: first.text.isEmpty ? "XML" : first.text)
  }

  private struct BadSchema: Error { let text: String }

  private static func parse(_ bytes: [UInt8]) -> Result<xmlSchemaPtr, BadSchema> {
    Self.refuseOtherFiles
    if String(decoding: bytes, as: UTF8.self).contains("<!DOCTYPE") {
      return .failure(BadSchema(text: "DOCTYPE"))
    }
    let parsed: (xmlSchemaPtr?, String) = bytes.withUnsafeBytes { buffer in
      guard
        let context = xmlSchemaNewMemParserCtxt(
          buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: buffer.count))
      else { return (nil, "memory") }
      defer { xmlSchemaFreeParserCtxt(context) }
      let first = FirstError()
      xmlSchemaSetParserStructuredErrors(
        context, FirstError.take, Unmanaged.passUnretained(first).toOpaque())
      let schema = withExtendedLifetime(first) { xmlSchemaParse(context) }
      return (schema, first.line > 0 ? "\(first.line): \(first.text)" : first.text)
    }
    if let schema = parsed.0 { return .success(schema) }
    return .failure(BadSchema(text: parsed.1))
  }

  /// Keeps schemas and documents from including other files: libxml2 finds nothing to open.
  private static let refuseOtherFiles: Void = xmlSetExternalEntityLoader { _, _, _ in nil }

  private final class FirstError {
    var line: Int32 = -1
    var text = ""

    static let take: xmlStructuredErrorFunc = { context, error in
      guard let context, let error, error.pointee.level != XML_ERR_WARNING else { return }
      let me = Unmanaged<FirstError>.fromOpaque(context).takeUnretainedValue()
      guard me.text.isEmpty, let message = error.pointee.message else { return }
      me.line = error.pointee.line > 0 ? error.pointee.line : -1
      me.text = String(String(cString: message).prefix { $0 != "\n" })
    }
  }

  private final class Source {
    private let pieces: DocumentPieces
    private var rest = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var attributes = AttributeCount()
    var fault: KindFault?

    init(_ document: DocumentBytes) throws(KindFault) { pieces = document.pieces() }

    func read(_ buffer: UnsafeMutablePointer<CChar>, _ room: Int) -> Int32 {
      if rest.isEmpty {
        do throws(KindFault) {
          rest = try pieces.next()
        } catch {
          fault = error
          return -1
        }
        if !attributes.passes(rest) {
          fault = .limit(AttributeCount.limit)
          return -1
        }
      }
      let count = min(room, rest.count)
      guard count > 0, let start = rest.baseAddress else { return 0 }
      UnsafeMutableRawPointer(buffer).copyMemory(from: start, byteCount: count)
      rest = UnsafeBufferPointer(rebasing: rest[count...])
      return Int32(count)
    }
  }
}
