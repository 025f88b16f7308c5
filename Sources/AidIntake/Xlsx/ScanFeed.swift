private import CHints

/// Recognises repeated elements of a document in the forms that programs write, and leaves everything else alone.
protocol PartScanner {
  /// The end tag after which a scanner may continue.
  static var endTag: StaticString { get }
  /// Whether an element has ended and the next may begin in the form this scanner knows.
  var mayGoOn: Bool { get }
  /// Reads whole elements from `at`, and moves it past the last one fully understood.
  func scan(_ at: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>)
  /// Whether this position is the end of the elements.
  func isEnd(_ at: UnsafePointer<UInt8>) -> Bool
}

/// A libxml2 parser that can share a document with a scanner.
protocol ScannedParser: ~Copyable {
  associatedtype Fault: Error
  mutating func feed(_ piece: UnsafeBufferPointer<UInt8>) throws(Fault)
  /// Whether all input is parsed and the parser is between the children of an element.
  var isBetween: Bool { get }
  /// Whether the document is in UTF-8 or declares no encoding.
  var isUTF8: Bool { get }
}

/// Feeds the bytes of a document to libxml2, except for elements that a scanner reads itself.
///
/// libxml2 parses until an element has ended and its input is consumed; then the scanner takes as many
/// elements as it understands; from the first byte it does not, libxml2 continues. So libxml2 sees a
/// well-formed document without its plain elements.
struct ScanFeed<Scanner: PartScanner> {
  /// Nil if libxml2 reads everything.
  let scanner: Scanner?
  private var isScanning = false

  init(_ scanner: Scanner?) { self.scanner = scanner }

  /// Parses the next piece.
  /// - Precondition: `PartPieces.padding` zero bytes follow the piece.
  /// - Returns: the unread end of the piece, to be prepended to the next one.
  mutating func read<Parser: ScannedParser & ~Copyable>(
    _ piece: UnsafeBufferPointer<UInt8>, into parser: inout Parser
  ) throws(Parser.Fault) -> UnsafeBufferPointer<UInt8> {
    let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    guard var at = piece.baseAddress else { return nothing }
    let end = at + piece.count
    while at < end {
      if isScanning, let scanner {
        scanner.scan(&at, end)
        if at == end { break }
        // An element cut off by the end of the piece is tried again with the next one.
        if !scanner.isEnd(at), end - at <= PartPieces.headroom, behindEndTag(at, end) == nil {
          return UnsafeBufferPointer(start: at, count: end - at)
        }
        isScanning = false
      } else {
        let stop = scanner == nil ? end : behindEndTag(at, end) ?? end
        try parser.feed(UnsafeBufferPointer(start: at, count: stop - at))
        at = stop
        isScanning = scanner?.mayGoOn == true && parser.isBetween && parser.isUTF8
      }
    }
    return nothing
  }

  private func behindEndTag(_ at: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>?
  {
    let tag = Scanner.endTag
    guard let found = find_bytes(at, end - at, tag.utf8Start, tag.utf8CodeUnitCount) else { return nil }
    return found.assumingMemoryBound(to: UInt8.self) + tag.utf8CodeUnitCount
  }
}
