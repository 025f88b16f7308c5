/// JSON that keeps the order of its keys: the same value always gives the same bytes.
public indirect enum JSONText: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case string(String)
  case array([JSONText])
  case object([(String, JSONText)])

  public static func string(_ text: String?) -> JSONText { text.map { .string($0) } ?? .null }

  /// JSON on one line or indented by two spaces, without a final newline.
  public func text(indented: Bool = false) -> String {
    var out = TextBuffer()
    write(to: &out, depth: indented ? 0 : nil)
    return out.text
  }

  private func write(to out: inout TextBuffer, depth: Int?) {
    switch self {
    case .null: out.append("null")
    case .bool(let value): out.append(value ? "true" : "false")
    case .integer(let value): out.append(number: value)
    case .string(let text): out.append(json: text)
    case .array(let items):
      Self.list(items.count, "[", "]", depth, to: &out) { out, i in
        items[i].write(to: &out, depth: depth.map { $0 + 1 })
      }
    case .object(let pairs):
      Self.list(pairs.count, "{", "}", depth, to: &out) { out, i in
        out.append(json: pairs[i].0)
        out.append(depth == nil ? ":" : ": ")
        pairs[i].1.write(to: &out, depth: depth.map { $0 + 1 })
      }
    }
  }

  private static func list(
    _ count: Int, _ open: String, _ close: String, _ depth: Int?, to out: inout TextBuffer,
    item: (inout TextBuffer, Int) -> Void
  ) {
    out.append(open)
    for i in 0..<count {
      if i > 0 { out.append(UInt8(ascii: ",")) }
      if let depth { newline(depth + 1, to: &out) }
      item(&out, i)
    }
    if let depth, count > 0 { newline(depth, to: &out) }
    out.append(close)
  }

  private static func newline(_ depth: Int, to out: inout TextBuffer) {
    out.append(10)
    for _ in 0..<(2 * depth) { out.append(32) }
  }
}
