import AidModel

/// The location of an XML document: a file of its own, or a part of an archive.
enum DocumentBytes: Sendable {
  case file(FileBytes)
  case part(ZipArchive.Entry, of: ZipArchive)

  func pieces() -> DocumentPieces { DocumentPieces(self) }
}

/// The bytes of a document, piece by piece in order.
final class DocumentPieces {
  private var file: FileBytes?
  private var position = 0
  private var part: PartPieces?

  /// libxml2 scans an unfinished tag again for every piece, so small pieces make a giant tag slow.
  private static let pieceSize = 1 << 18

  fileprivate init(_ document: DocumentBytes) {
    switch document {
    case .file(let bytes): file = bytes
    case .part(let entry, let archive): part = PartPieces(entry, of: archive)
    }
  }

  /// The next piece, valid until the next call; empty at the end.
  func next() throws(KindFault) -> UnsafeBufferPointer<UInt8> {
    if let file {
      let end = min(position + Self.pieceSize, file.count)
      defer { position = end }
      return UnsafeRawBufferPointer(rebasing: file.buffer[position..<end]).bindMemory(to: UInt8.self)
    }
    do throws(Inflater.Fault) {
      let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
      return try part?.next(after: nothing) ?? nothing
    } catch {
      throw Self.fault(error)
    }
  }

  private static func fault(_ fault: Inflater.Fault) -> KindFault {
    switch fault {
    case .damaged(let what): .damaged(what)
    case .limit(let what): .limit(what)
    }
  }
}
