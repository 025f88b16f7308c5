import AidYAML
internal import Yams

/// In braces and brackets of YAML a comma ends a value, so `{at: min(base, 2000)}` arrives in two pieces, the second as
/// a key without a value. What an author means is certain where a bracket is still open: the pieces are joined again.
enum FlowCommas {
  static func joined(_ node: Node) -> Node {
    if let mapping = node.mapping {
      let pairs = rejoined(mapping.map { ($0.key, $0.value) }).map { ($0.0, joined($0.1)) }
      return .mapping(Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
    }
    if let sequence = node.sequence {
      return .sequence(
        Node.Sequence(rejoined(Array(sequence)).map(joined), sequence.tag, sequence.style, sequence.mark))
    }
    return node
  }

  private static func rejoined(_ pairs: [(Node, Node)]) -> [(Node, Node)] {
    var out: [(Node, Node)] = []
    for (key, value) in pairs {
      if let last = out.last, isOpen(last.1), let piece = key.scalar, value.scalar?.string.isEmpty == true {
        out[out.count - 1].1 = appended(last.1, piece.string)
      } else {
        out.append((key, value))
      }
    }
    return out
  }

  private static func rejoined(_ items: [Node]) -> [Node] {
    var out: [Node] = []
    for item in items {
      if let last = out.last, isOpen(last), let piece = item.scalar, piece.style == .plain {
        out[out.count - 1] = appended(last, piece.string)
      } else {
        out.append(item)
      }
    }
    return out
  }

  /// A plain text with a bracket still open.
  private static func isOpen(_ node: Node) -> Bool {
    guard let scalar = node.scalar, scalar.style == .plain else { return false }
    var depth = 0
    for character in scalar.string.unicodeScalars {
      if character == "(" || character == "（" { depth += 1 }
      if character == ")" || character == "）" { depth -= 1 }
    }
    return depth > 0
  }

  private static func appended(_ node: Node, _ piece: String) -> Node {
    guard let scalar = node.scalar else { return node }
    return .scalar(Node.Scalar(scalar.string + ", " + piece, scalar.tag, scalar.style, scalar.mark))
  }
}
