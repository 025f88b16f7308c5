import Glibc

/// Counts the attributes of every tag before libxml2 sees them. libxml2 compares each with all others: two
/// hundred thousand on one element keep it busy for half a minute.
///
/// Comments and the like are treated as text, which can only make the count too low.
struct AttributeCount {
  private enum State: Equatable { case text, opened, skipped, tag, quoted(UInt8) }

  private var state = State.text
  private var count = 0

  /// No element of a workbook or an export comes near.
  static let most = 256
  /// The shortest is ` a=""`.
  private static let attributeBytes = 5
  static var limit: String { "> \(most) 个属性在一个元素上 (attributes of one element)" }

  /// False if a tag has too many.
  mutating func passes(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = 0
    while at < piece.count {
      switch state {
      case .text:
        at = Self.behind(UInt8(ascii: "<"), piece, from: at)
        if at <= piece.count, at > 0, piece[at - 1] == UInt8(ascii: "<") { state = .opened }
      case .opened:
        // A tag ends before the next one begins: this few bytes cannot hold too many attributes.
        let next = Self.behind(UInt8(ascii: "<"), piece, from: at)
        if next - at < Self.most * Self.attributeBytes, piece[next - 1] == UInt8(ascii: "<") {
          at = next
          continue
        }
        state = piece[at] == UInt8(ascii: "!") || piece[at] == UInt8(ascii: "?") ? .skipped : .tag
        count = 0
        if state == .skipped { at += 1 }
      case .skipped:
        at = Self.behind(UInt8(ascii: ">"), piece, from: at)
        if piece[at - 1] == UInt8(ascii: ">") { state = .text }
      case .quoted(let quote):
        at = Self.behind(quote, piece, from: at)
        if piece[at - 1] == quote { state = .tag }
      case .tag:
        if !tag(piece, &at) { return false }
      }
    }
    return true
  }

  private mutating func tag(_ piece: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Bool {
    while at < piece.count {
      let byte = piece[at]
      at += 1
      switch byte {
      case UInt8(ascii: ">"):
        state = .text
        return true
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        state = .quoted(byte)
        return true
      case UInt8(ascii: "="):
        count += 1
        if count > Self.most { return false }
      default: break
      }
    }
    return true
  }

  /// The position after the next such byte, or the end.
  private static func behind(_ byte: UInt8, _ piece: UnsafeBufferPointer<UInt8>, from: Int) -> Int {
    guard let base = piece.baseAddress, let found = memchr(base + from, Int32(byte), piece.count - from)
    else {
      return piece.count
    }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
  }
}
