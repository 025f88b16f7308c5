import Glibc

/// Recognises repeated elements of a part in the forms that programs write, and leaves everything else alone.
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

/// Feeds the bytes of a part to libxml2, except for elements that a scanner reads itself.
///
/// libxml2 parses until an element has ended and its input is consumed; then the scanner takes as many
/// elements as it understands; from the first byte it does not, libxml2 continues. So libxml2 sees a
/// well-formed document without its plain elements.
struct PartFeed<Scanner: PartScanner>: ~Copyable {
  private let pieces: PartPieces
  private var parser: PushParser
  private let scanner: Scanner?
  private var isScanning = false
  private var rest = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

  init(_ pieces: PartPieces, parser: consuming PushParser, scanner: Scanner?) {
    self.pieces = pieces
    self.parser = parser
    self.scanner = scanner
  }

  /// Reads one piece; false at the end of the part.
  mutating func advance() throws(XMLFault) -> Bool {
    let next: UnsafeBufferPointer<UInt8>?
    do {
      next = try pieces.next(after: rest)
    } catch {
      throw .archive(error)
    }
    guard let piece = next, let start = piece.baseAddress else {
      try parser.feed(rest)
      try parser.finish()
      return false
    }
    rest = UnsafeBufferPointer(start: nil, count: 0)
    try read(start, start + piece.count)
    return true
  }

  private mutating func read(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) throws(XMLFault) {
    var at = start
    while at < end {
      if isScanning, let scanner {
        scanner.scan(&at, end)
        if at == end { return }
        // An element cut off by the end of the piece is tried again with the next one.
        if !scanner.isEnd(at), end - at <= PartPieces.headroom, behindEndTag(at, end) == nil {
          rest = UnsafeBufferPointer(start: at, count: end - at)
          return
        }
        isScanning = false
      } else {
        let stop = scanner == nil ? end : behindEndTag(at, end) ?? end
        try parser.feed(UnsafeBufferPointer(start: at, count: stop - at))
        at = stop
        isScanning = scanner?.mayGoOn == true && parser.isBetween && parser.isUTF8
      }
    }
  }

  private func behindEndTag(_ at: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>?
  {
    let tag = Scanner.endTag
    var from = at
    while let found = memchr(from, Int32(UInt8(ascii: "<")), end - from) {
      let start = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
      if end - start < tag.utf8CodeUnitCount { return nil }
      if XMLBytes.matches(start, tag) { return start + tag.utf8CodeUnitCount }
      from = start + 1
    }
    return nil
  }
}
