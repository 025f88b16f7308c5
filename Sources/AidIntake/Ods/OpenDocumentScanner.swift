/// Scans OpenDocument rows in the forms that programs write.
extension OpenDocumentState {
  typealias Pointer = UnsafePointer<UInt8>
  private typealias Bytes = UnsafeBufferPointer<UInt8>

  static var rowStart: StaticString { "<table:table-row" }
  static var rowEnd: StaticString { "</table:table-row>" }
  static var tableEnd: StaticString { "</table:table>" }

  mutating func scanRow(_ at: Pointer) -> Pointer? {
    var (repeated, visibility, style): (Bytes?, Bytes?, Bytes?)
    let tag = XMLBytes.tag(at, &scratch) { name, value, isPlain in
      guard isPlain else { return nil }
      if XMLBytes.equal(name, "table:style-name") { return 0 }
      if XMLBytes.equal(name, "table:number-rows-repeated") {
        repeated = value
        return 1
      }
      if XMLBytes.equal(name, "table:visibility") {
        visibility = value
        return 2
      }
      guard XMLBytes.equal(name, "table:default-cell-style-name") else { return nil }
      style = value
      return 3
    }
    guard var p = tag else { return nil }
    beginRow(repeated: repeated, visibility: visibility, style: style)
    if p[0] == UInt8(ascii: "/") {
      guard p[1] == UInt8(ascii: ">") else { return nil }
      endRow()
      return p + 2
    }
    p += 1
    while true {
      p = XMLBytes.skipSpaces(p)
      if XMLBytes.begins(p, "<table:table-cell") {
        guard let behind = scanCell(p + 17, end: "</table:table-cell>") else { return nil }
        p = behind
      } else if XMLBytes.begins(p, "<table:covered-table-cell") {
        guard let behind = scanCell(p + 25, end: "</table:covered-table-cell>") else { return nil }
        p = behind
      } else {
        guard XMLBytes.begins(p, "</table:table-row>") else { return nil }
        endRow()
        return p + 18
      }
    }
  }

  /// Reads a cell, from the end of its name to the end of its end tag.
  @inline(__always)
  private mutating func scanCell(_ at: Pointer, end: StaticString) -> Pointer? {
    var tag = OpenDocumentTag()
    let knowsCalc = prefixes.holds(3)
    let behind = XMLBytes.tag(at, &scratch) { name, value, isPlain in
      guard let attribute = Self.attribute(name, knowsCalc), isPlain || attribute == .formula
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
      if XMLBytes.begins(p, "<text:p") {
        guard let behind = paragraph(p + 7) else { return nil }
        p = behind
      } else {
        guard XMLBytes.begins(p, end) else { return nil }
        endCell()
        return p + end.utf8CodeUnitCount
      }
    }
  }

  @inline(__always)
  private static func attribute(_ name: Bytes, _ knowsCalc: Bool) -> OpenDocumentAttribute? {
    guard name.count > 8, let start = name.baseAddress else { return nil }
    switch start[0] {
    case UInt8(ascii: "o") where XMLBytes.matches(start, "office:"):
      return .office(Bytes(start: start + 7, count: name.count - 7))
    case UInt8(ascii: "t") where XMLBytes.matches(start, "table:"):
      return .table(Bytes(start: start + 6, count: name.count - 6))
    case UInt8(ascii: "c") where knowsCalc && XMLBytes.matches(start, "calcext:"):
      return .calc(Bytes(start: start + 8, count: name.count - 8))
    default: return nil
    }
  }

  /// Reads a paragraph, from the end of `<text:p` to the end of its end tag.
  @inline(__always)
  private mutating func paragraph(_ at: Pointer) -> Pointer? {
    guard let tag = styled(at) else { return nil }
    cell.beginParagraph()
    noteStyle(ofText: tag.style)
    var p = tag.behind
    if !tag.isEmpty {
      var spans = 0
      while true {
        scratch.count = 0
        guard let end = XMLBytes.text(p, &scratch) else { return nil }
        cell.append(scratch.buffer, limits.cellBytesMax)
        if spans == 0, XMLBytes.begins(end, "</text:p>") {
          p = end + 9
          break
        }
        guard let behind = inParagraph(end, &spans) else { return nil }
        p = behind
      }
    }
    cell.endParagraph()
    return p
  }

  /// Reads one tag inside a paragraph.
  private mutating func inParagraph(_ at: Pointer, _ spans: inout Int) -> Pointer? {
    if XMLBytes.begins(at, "</text:span>") {
      spans -= 1
      return spans >= 0 ? at + 12 : nil
    }
    if XMLBytes.begins(at, "<text:span") {
      guard let tag = styled(at + 10) else { return nil }
      noteStyle(ofText: tag.style)
      if !tag.isEmpty { spans += 1 }
      // libxml2 limits how deeply elements nest.
      return spans < 16 ? tag.behind : nil
    }
    if XMLBytes.begins(at, "<text:tab/>") {
      cell.mark(9)
      return at + 11
    }
    if XMLBytes.begins(at, "<text:line-break/>") {
      cell.mark(10)
      return at + 18
    }
    guard XMLBytes.begins(at, "<text:s") else { return nil }
    var count: Bytes?
    let tag = XMLBytes.tag(at + 7, &scratch) { name, value, isPlain in
      guard isPlain, XMLBytes.equal(name, "text:c") else { return nil }
      count = value
      return 0
    }
    guard let p = tag, p[0] == UInt8(ascii: "/"), p[1] == UInt8(ascii: ">") else { return nil }
    cell.spaces(Int(count.flatMap(MarkupAttributes.number) ?? 1), limits.cellBytesMax)
    return p + 2
  }

  /// Reads the rest of a start tag that has at most a style.
  @inline(__always)
  private mutating func styled(_ at: Pointer) -> (style: Bytes?, isEmpty: Bool, behind: Pointer)? {
    if at[0] == UInt8(ascii: ">") { return (nil, false, at + 1) }
    var style: Bytes?
    let tag = XMLBytes.tag(at, &scratch) { name, value, isPlain in
      guard isPlain, XMLBytes.equal(name, "text:style-name") else { return nil }
      style = value
      return 0
    }
    guard let p = tag else { return nil }
    if p[0] == UInt8(ascii: ">") { return (style, false, p + 1) }
    return p[1] == UInt8(ascii: ">") ? (style, true, p + 2) : nil
  }
}
