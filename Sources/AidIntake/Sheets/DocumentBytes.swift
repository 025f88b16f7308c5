import AidModel

/// The location of an XML document: a file of its own, or a part of an archive.
enum DocumentBytes: Sendable {
  case file(FileBytes)
  case part(ZipArchive.Entry, of: ZipArchive)

  func pieces() -> DocumentPieces { DocumentPieces(self) }
}

/// The bytes of a document, piece by piece in order; zero bytes follow each piece, as in `PartPieces`.
final class DocumentPieces {
  private enum Source {
    case file(FilePieces)
    case part(PartPieces)
  }

  private let source: Source

  fileprivate init(_ document: DocumentBytes) {
    switch document {
    case .file(let bytes): source = .file(FilePieces(bytes))
    case .part(let entry, let archive): source = .part(PartPieces(entry, of: archive))
    }
  }

  /// The next piece, preceded by `rest`, the unread end of the previous one. Valid until the next call; empty at the
  /// end of the document.
  func next(
    after rest: UnsafeBufferPointer<UInt8> = UnsafeBufferPointer(start: nil, count: 0)
  ) throws(KindFault) -> UnsafeBufferPointer<UInt8> {
    do throws(Inflater.Fault) {
      switch source {
      case .file(let pieces): return pieces.next(after: rest)
      case .part(let pieces):
        return try pieces.next(after: rest) ?? UnsafeBufferPointer(start: nil, count: 0)
      }
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

/// The bytes of a file, copied piece by piece, so that a reader that looks at a byte twice sees the same value even if
/// the file changes meanwhile.
private final class FilePieces {
  private let file: FileBytes
  private var position = 0
  private let window: UnsafeMutablePointer<UInt8>

  init(_ file: FileBytes) {
    self.file = file
    let room = PartPieces.headroom + min(PartPieces.pieceSize, file.count) + PartPieces.padding
    window = .allocate(capacity: room)
  }

  deinit { window.deallocate() }

  func next(after rest: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    precondition(rest.count <= PartPieces.headroom, "a rest must fit in front of the next piece")
    let count = min(PartPieces.pieceSize, file.count - position)
    if count == 0 { return UnsafeBufferPointer(start: nil, count: 0) }
    let piece = window + PartPieces.headroom
    let start = piece - rest.count
    if let end = rest.baseAddress { start.update(from: end, count: rest.count) }
    UnsafeMutableRawPointer(piece).copyMemory(
      from: file.buffer.baseAddress! + position, byteCount: count)
    (piece + count).update(repeating: 0, count: PartPieces.padding)
    position += count
    return UnsafeBufferPointer(start: start, count: rest.count + count)
  }
}
