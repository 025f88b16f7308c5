import Glibc

/// Recognises repeated elements of a part in the shapes programs write, and leaves everything else alone.
protocol PartScanner {
  /// The end tag behind which a scanner may go on.
  static var endTag: StaticString { get }
  /// An element has ended and the next may begin, in the form this scanner knows.
  var mayGoOn: Bool { get }
  /// Reads whole elements from `at` on, and moves it behind the last one it fully understood.
  func scan(_ at: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>)
  /// What stands here ends the elements.
  func isEnd(_ at: UnsafePointer<UInt8>) -> Bool
}

/// Leads the bytes of a part to libxml2, but for those elements a scanner reads by itself.
///
/// libxml2 reads on until an element has ended and it has nothing left unread; the scanner then takes as many as it
/// understands; from the first byte it does not, libxml2 goes on. So libxml2 sees a well-formed document whose plain
/// elements are missing.
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

  /// Reads one piece; false once the part is over.
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
        // What is cut off by the end of the piece is looked at again with the next one.
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
