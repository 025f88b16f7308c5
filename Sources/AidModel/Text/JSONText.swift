/// JSON with the keys in the order they are given: the same value always gives the same bytes.
public indirect enum JSONText: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case string(String)
  case array([JSONText])
  case object([(String, JSONText)])

  public static func string(_ text: String?) -> JSONText { text.map { .string($0) } ?? .null }

  /// On one line, or with two-space indents. No final newline.
  public func text(indented: Bool = false) -> String {
    var out: [UInt8] = []
    write(to: &out, depth: indented ? 0 : nil)
    return String(decoding: out, as: UTF8.self)
  }

  /// Appends UTF-8.
  public func write(to out: inout [UInt8], depth: Int? = nil) {
    switch self {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): out.append(contentsOf: "\(value)".utf8)
    case .string(let text): Self.quote(text, to: &out)
    case .array(let items):
      Self.list(items.count, "[", "]", depth, to: &out) { out, i in
        items[i].write(to: &out, depth: depth.map { $0 + 1 })
      }
    case .object(let pairs):
      Self.list(pairs.count, "{", "}", depth, to: &out) { out, i in
        Self.quote(pairs[i].0, to: &out)
        out.append(contentsOf: (depth == nil ? ":" : ": ").utf8)
        pairs[i].1.write(to: &out, depth: depth.map { $0 + 1 })
      }
    }
  }

  private static func list(
    _ count: Int, _ open: String, _ close: String, _ depth: Int?, to out: inout [UInt8],
    item: (inout [UInt8], Int) -> Void
  ) {
    out.append(contentsOf: open.utf8)
    for i in 0..<count {
      if i > 0 { out.append(UInt8(ascii: ",")) }
      if let depth { newline(depth + 1, to: &out) }
      item(&out, i)
    }
    if let depth, count > 0 { newline(depth, to: &out) }
    out.append(contentsOf: close.utf8)
  }

  private static func newline(_ depth: Int, to out: inout [UInt8]) {
    out.append(10)
    for _ in 0..<(2 * depth) { out.append(32) }
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)

  private static func quote(_ text: String, to out: inout [UInt8]) {
    out.append(34)
    var text = text
    text.withUTF8 { bytes in
      var plainFrom = 0
      for (i, byte) in bytes.enumerated() where byte < 32 || byte == 34 || byte == 92 || byte == 127 {
        out.append(contentsOf: bytes[plainFrom..<i])
        escape(byte, to: &out)
        plainFrom = i + 1
      }
      out.append(contentsOf: bytes[plainFrom...])
    }
    out.append(34)
  }

  private static func escape(_ byte: UInt8, to out: inout [UInt8]) {
    out.append(92)
    switch byte {
    case 34, 92: out.append(byte)
    case 10: out.append(UInt8(ascii: "n"))
    case 13: out.append(UInt8(ascii: "r"))
    case 9: out.append(UInt8(ascii: "t"))
    default:
      out.append(contentsOf: "u00".utf8)
      out.append(hexDigits[Int(byte >> 4)])
      out.append(hexDigits[Int(byte & 15)])
    }
  }
}
