extension String {
  /// Whether both have the same Unicode scalars. `==` is canonical equivalence: some different names are
  /// equal.
  public func sameScalars(as other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }

  /// Whether the text contains `part`, scalar by scalar. Meant for many short texts.
  public func containsScalars(_ part: String) -> Bool {
    var (own, part) = (self, part)
    return own.withUTF8 { own in
      part.withUTF8 { part in
        guard let first = part.first else { return true }
        guard own.count >= part.count else { return false }
        for start in 0...(own.count - part.count) where own[start] == first {
          if own[start..<(start + part.count)].elementsEqual(part) { return true }
        }
        return false
      }
    }
  }

  /// Whether it sorts before `other` by Unicode scalars, the same on every machine.
  public func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

/// Text as a key: compared and hashed by its UTF-8 bytes, never by canonical equivalence.
public struct ExactText: Hashable, Comparable, Sendable {
  public let text: String
  public init(_ text: String) { self.text = text }

  public static func == (a: ExactText, b: ExactText) -> Bool { a.text.sameScalars(as: b.text) }
  public static func < (a: ExactText, b: ExactText) -> Bool { a.text.precedes(b.text) }
  public func hash(into hasher: inout Hasher) {
    var copy = text
    copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
