import AidModel
private import CHints
import Glibc

/// Removes the rows of a document for a pass that only lists its sheets: most of a file is rows.
///
/// It recognises tags by their letters alone. Where that misleads it (a row inside a row, a comment), the
/// remainder is either not well-formed or lists other sheets than the whole document. Both are detected, the
/// latter when the rows are read.
struct RowSkipper {
  private enum State { case outside, tag, inside }

  private let open: [UInt8]
  private let close: [UInt8]
  private var state = State.outside
  /// The end of the previous piece, which may be the beginning of a tag.
  private var rest: [UInt8] = []
  /// No real tag is this long; a longer one is passed through, and will not be well-formed.
  private static let tagMax = 1 << 16

  /// - Parameter row: the element name of a row, with its prefix.
  init(row: String) {
    open = Array("<\(row)".utf8)
    close = Array("</\(row)>".utf8)
  }

  /// What remains of the next piece.
  /// - Parameter isOver: there is no further piece.
  mutating func left(of piece: UnsafeBufferPointer<UInt8>, isOver: Bool) -> [UInt8] {
    var kept: [UInt8] = []
    let all = rest + piece
    rest = []
    all.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count {
        guard let next = step(bytes, at, isOver, &kept) else { return }
        at = next
      }
    }
    return kept
  }

  /// One step from `at`, to the end of a tag; nil if the rest must wait for the next piece.
  private mutating func step(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ isOver: Bool, _ kept: inout [UInt8]
  ) -> Int? {
    switch state {
    case .outside:
      let (found, end) = Self.find(open, bytes, from: at, more: 1)
      kept.append(contentsOf: bytes[at..<end])
      guard found else {
        if isOver { kept.append(contentsOf: bytes[end...]) } else { rest = Array(bytes[end...]) }
        return nil
      }
      let behind = bytes[end + open.count]
      guard [UInt8(ascii: ">"), UInt8(ascii: "/"), 32, 10, 9, 13].contains(behind) else {
        kept.append(bytes[end])
        return end + 1
      }
      state = .tag
      return end + open.count
    case .tag:
      guard let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) else {
        if bytes.count - at > Self.tagMax { state = .outside } else { rest = Array(bytes[at...]) }
        return state == .outside ? at : nil
      }
      state = end > at && bytes[end - 1] == UInt8(ascii: "/") ? .outside : .inside
      return end + 1
    case .inside:
      let (found, end) = Self.find(close, bytes, from: at, more: 0)
      guard found else {
        rest = Array(bytes[end...])
        return nil
      }
      state = .outside
      return end + close.count
    }
  }

  /// The position of a tag that has `more` bytes after it, else the first position that may still become one.
  private static func find(
    _ tag: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>, from: Int, more: Int
  ) -> (found: Bool, at: Int) {
    guard let base = bytes.baseAddress, from < bytes.count else { return (false, from) }
    if let found = find_bytes(base + from, bytes.count - from, tag, tag.count) {
      let at = found - UnsafeRawPointer(base)
      return (bytes.count - at >= tag.count + more, at)
    }
    let at = max(from, bytes.count - tag.count + 1)
    guard at < bytes.count, let start = memchr(base + at, Int32(tag[0]), bytes.count - at) else {
      return (false, bytes.count)
    }
    return (false, UnsafeRawPointer(start) - UnsafeRawPointer(base))
  }
}

/// Sheets are listed before their rows are read, and must be the same then.
enum ListedSheets {
  static var differs: KindFault {
    .damaged(Bilingual("工作表的次序或名称前后不一致", "its sheets cannot be told apart for certain"))
  }
}
