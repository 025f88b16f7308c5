/// Feeds a part of a workbook to libxml2 and a scanner.
struct PartFeed<Scanner: PartScanner>: ~Copyable {
  private let pieces: PartPieces
  private var parser: PushParser
  private var feed: ScanFeed<Scanner>
  private var rest = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

  init(_ pieces: PartPieces, parser: consuming PushParser, scanner: Scanner?) {
    self.pieces = pieces
    self.parser = parser
    feed = ScanFeed(scanner)
  }

  /// Reads one piece; false at the end of the part.
  mutating func advance() throws(XMLFault) -> Bool {
    let next: UnsafeBufferPointer<UInt8>?
    do {
      next = try pieces.next(after: rest)
    } catch {
      throw .archive(error)
    }
    guard let piece = next else {
      try parser.feed(rest)
      try parser.finish()
      return false
    }
    rest = try feed.read(piece, into: &parser)
    return true
  }
}
