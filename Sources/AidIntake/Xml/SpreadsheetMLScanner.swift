/// Scans rows of XML spreadsheets in the forms that programs write.
extension SpreadsheetMLState {
  typealias Pointer = UnsafePointer<UInt8>
  private typealias Bytes = UnsafeBufferPointer<UInt8>

  static var rowStart: StaticString { "<Row" }
  static var rowEnd: StaticString { "</Row>" }
  static var tableEnd: StaticString { "</Table>" }

  mutating func scanRow(_ at: Pointer) -> Pointer? {
    var tag = SpreadsheetMLTag()
    let behind = XMLBytes.tag(at, &scratch) { name, value, isPlain in
      guard isPlain, let local = Self.local(name), let attribute = SpreadsheetMLTag.row(local)
      else { return nil }
      tag.note(attribute, value)
      return attribute.rawValue
    }
    guard var p = behind else { return nil }
    beginRow(tag)
    if p[0] == UInt8(ascii: "/") {
      guard p[1] == UInt8(ascii: ">") else { return nil }
      endRow()
      return p + 2
    }
    p += 1
    while true {
      p = XMLBytes.skipSpaces(p)
      if XMLBytes.matches(p, "<Cell") {
        guard let behind = scanCell(p + 5) else { return nil }
        p = behind
      } else {
        guard XMLBytes.matches(p, "</Row>") else { return nil }
        endRow()
        return p + 6
      }
    }
  }

  /// The local name of an attribute with the `ss` prefix.
  @inline(__always)
  private static func local(_ name: Bytes) -> Bytes? {
    guard name.count > 3, let start = name.baseAddress, XMLBytes.matches(start, "ss:") else { return nil }
    return Bytes(start: start + 3, count: name.count - 3)
  }

  /// Reads a cell, from the end of its name to the end of its end tag.
  @inline(__always)
  private mutating func scanCell(_ at: Pointer) -> Pointer? {
    var tag = SpreadsheetMLTag()
    let behind = XMLBytes.tag(at, &scratch) { name, value, isPlain in
      guard let local = Self.local(name), let attribute = SpreadsheetMLTag.cell(local),
        isPlain || attribute == .formula
      else { return nil }
      tag.note(attribute, value)
      return attribute.rawValue
    }
    guard var p = behind else { return nil }
    beginCell(tag)
    if p[0] == UInt8(ascii: "/") {
      guard p[1] == UInt8(ascii: ">") else { return nil }
      endCell()
      return p + 2
    }
    p += 1
    while true {
      p = XMLBytes.skipSpaces(p)
      if XMLBytes.matches(p, "<Data") {
        guard !hasType, let behind = data(p + 5) else { return nil }
        p = behind
      } else if XMLBytes.matches(p, "<NamedCell ss:Name=\"") {
        // The cell belongs to a named range.
        guard let close = XMLBytes.value(p + 20), close[1] == UInt8(ascii: "/"), close[2] == UInt8(ascii: ">")
        else { return nil }
        p = close + 3
      } else {
        guard XMLBytes.matches(p, "</Cell>") else { return nil }
        endCell()
        return p + 7
      }
    }
  }

  /// Reads a value that is text alone, from the end of `<Data` to the end of its end tag.
  @inline(__always)
  private mutating func data(_ at: Pointer) -> Pointer? {
    var type: Bytes?
    let knowsX = prefixes.holds(2)
    let tag = XMLBytes.tag(at, &scratch) { name, value, isPlain in
      guard isPlain else { return nil }
      if XMLBytes.equal(name, "ss:Type") {
        type = value
        return 0
      }
      return knowsX && XMLBytes.equal(name, "x:Ticked") ? 1 : nil
    }
    guard let p = tag, type != nil else { return nil }
    beginData(type: type)
    if p[0] == UInt8(ascii: "/") { return p[1] == UInt8(ascii: ">") ? p + 2 : nil }
    scratch.count = 0
    guard let end = XMLBytes.text(p + 1, &scratch), XMLBytes.matches(end, "</Data>") else { return nil }
    append(scratch.buffer)
    return end + 7
  }
}
