/// Reads rows in the forms spreadsheet programs write, checking every byte; leaves the rest to libxml2.
struct RowScanner: PartScanner {
  typealias Pointer = UnsafePointer<UInt8>

  static var endTag: StaticString { "</row>" }

  private let state: UnsafeMutablePointer<SheetState>

  init(_ state: UnsafeMutablePointer<SheetState>) { self.state = state }

  var mayGoOn: Bool {
    state.pointee.inData && state.pointee.isPlain && state.pointee.choices == 0 && state.pointee.depth == 2
      && !state.pointee.builder.inRow
  }

  func isEnd(_ at: Pointer) -> Bool { XMLBytes.matches(at, "</sheetData>") }

  func scan(_ at: inout Pointer, _ end: Pointer) {
    while true {
      let start = XMLBytes.skipSpaces(at)
      guard XMLBytes.matches(start, "<row"), state.pointee.builder.fault == nil else { return }
      let mark = state.pointee.builder.mark
      guard let behind = row(start, &state.pointee.builder) else {
        state.pointee.builder.rollBack(to: mark)
        return
      }
      at = behind
    }
  }

  private static let rowAttributes: [StaticString] = [
    "r", "spans", "hidden", "ht", "customHeight", "s", "customFormat", "outlineLevel", "collapsed",
    "thickBot",
    "thickTop", "ph", "x14ac:dyDescent",
  ]
  private static let formulaAttributes: [StaticString] = [
    "t", "ref", "si", "ca", "aca", "dt2D", "dtr", "r1", "r2", "del1", "del2", "bx", "xml:space",
  ]
  private static let space: [StaticString] = ["xml:space"]

  private func row(_ at: Pointer, _ builder: inout RowBuilder) -> Pointer? {
    var number: Int32?
    var isHidden = false
    let knowsX14ac = state.pointee.knowsX14ac
    let tag = XMLBytes.attributes(at + 4, known: Self.rowAttributes) { name, value in
      switch name {
      case 0:
        number = SheetHandler.number(value)
        return number != nil
      case 2:
        isHidden = isHidden || SheetHandler.isTrue(value)
        return true
      case 3:
        isHidden = isHidden || SheetHandler.isZero(value)
        return true
      case 12: return knowsX14ac
      default: return true
      }
    }
    guard var p = tag else { return nil }
    builder.beginRow(number: number, isHidden: isHidden)
    if p[0] == UInt8(ascii: "/") {
      guard p[1] == UInt8(ascii: ">") else { return nil }
      builder.endRow()
      return p + 2
    }
    p += 1
    let digits = PlainCells.RowDigits(builder.row)
    while true {
      p = PlainCells.read(p, digits, &builder)
      if XMLBytes.isSpace(p[0]) { p = XMLBytes.skipSpaces(p) }
      guard p[0] == UInt8(ascii: "<") else { return nil }
      if p[1] == UInt8(ascii: "c") {
        guard let behind = cell(p + 2, &builder) else { return nil }
        p = behind
      } else {
        guard XMLBytes.matches(p, "</row>") else { return nil }
        builder.endRow()
        return p + 6
      }
    }
  }

  @inline(__always)
  private func cell(_ at: Pointer, _ builder: inout RowBuilder) -> Pointer? {
    var p = at
    var place: (row: Int32, column: Int32)?
    var style = 0
    var storage = CellStorage.number
    var seen: UInt8 = 0
    while true {
      if p[0] == UInt8(ascii: ">") { break }
      let next = XMLBytes.skipSpaces(p)
      if next[0] == UInt8(ascii: "/") || next[0] == UInt8(ascii: ">") {
        p = next
        break
      }
      guard next > p else { return nil }
      let bit: UInt8
      if next[1] == UInt8(ascii: "="), next[2] == UInt8(ascii: "\"") {
        guard let close = XMLBytes.value(next + 3) else { return nil }
        let value = UnsafeBufferPointer(start: next + 3, count: close - next - 3)
        switch next[0] {
        case UInt8(ascii: "r"):
          bit = 1
          place = CellReference.read(value)
          if place == nil { return nil }
        case UInt8(ascii: "s"):
          bit = 2
          guard let number = SheetHandler.number(value) else { return nil }
          style = Int(number)
        case UInt8(ascii: "t"):
          bit = 4
          guard let known = SheetHandler.storage(value) else { return nil }
          storage = known
        default: return nil
        }
        p = close + 1
      } else {
        guard let (kind, behind) = otherAttribute(next) else { return nil }
        (bit, p) = (kind, behind)
      }
      if seen & bit != 0 { return nil }
      seen |= bit
    }
    builder.beginCell(place)
    builder.style = style
    builder.storage = storage
    if p[0] == UInt8(ascii: "/") {
      builder.endCell()
      return p[1] == UInt8(ascii: ">") ? p + 2 : nil
    }
    return content(p + 1, &builder)
  }

  /// `cm`, `vm` and `ph` do not affect the value.
  private func otherAttribute(_ at: Pointer) -> (bit: UInt8, behind: Pointer)? {
    let names: [(StaticString, UInt8)] = [("cm=\"", 8), ("vm=\"", 16), ("ph=\"", 32)]
    for (name, bit) in names where XMLBytes.matches(at, name) {
      return XMLBytes.value(at + 4).map { (bit, $0 + 1) }
    }
    return nil
  }

  /// Reads from the end of `<c …>` to the end of `</c>`.
  @inline(__always)
  private func content(_ at: Pointer, _ builder: inout RowBuilder) -> Pointer? {
    var p = at
    while true {
      if XMLBytes.isSpace(p[0]) { p = XMLBytes.skipSpaces(p) }
      guard p[0] == UInt8(ascii: "<") else { return nil }
      switch p[1] {
      case UInt8(ascii: "v"):
        guard let behind = value(p + 2, &builder) else { return nil }
        p = behind
      case UInt8(ascii: "/"):
        guard p[2] == UInt8(ascii: "c"), p[3] == UInt8(ascii: ">") else { return nil }
        if builder.inCell { builder.endCell() }
        return p + 4
      case UInt8(ascii: "f"):
        guard let behind = formula(p + 2, &builder) else { return nil }
        p = behind
      case UInt8(ascii: "i"):
        guard let behind = inline(p, &builder) else { return nil }
        p = behind
      default: return nil
      }
    }
  }

  @inline(__always)
  private func value(_ at: Pointer, _ builder: inout RowBuilder) -> Pointer? {
    guard !builder.hasValue, builder.storage != .inline else { return nil }
    builder.hasValue = true
    var p = at
    if p[0] != UInt8(ascii: ">") {
      guard let end = XMLBytes.attributes(p, known: Self.space, take: { _, _ in true }) else { return nil }
      if end[0] == UInt8(ascii: "/") { return end[1] == UInt8(ascii: ">") ? end + 2 : nil }
      p = end
    }
    p += 1
    if builder.storage == .shared, let behind = sharedIndex(p, &builder) { return behind }
    guard let end = XMLBytes.text(p, &builder.text), XMLBytes.matches(end, "</v>") else { return nil }
    return end + 4
  }

  /// The usual case, `7</v></c>`: ends the cell with a shared string.
  @inline(__always)
  private func sharedIndex(_ at: Pointer, _ builder: inout RowBuilder) -> Pointer? {
    var p = at
    var index = 0
    while p[0] &- 48 <= 9 {
      index = index &* 10 &+ Int(p[0] &- 48)
      p += 1
    }
    guard p > at, p - at <= 9, XMLBytes.matches(p, "</v></c>") else { return nil }
    builder.endCell(shared: index)
    return p + 4
  }

  private func formula(_ at: Pointer, _ builder: inout RowBuilder) -> Pointer? {
    builder.hasFormula = true
    guard let p = XMLBytes.attributes(at, known: Self.formulaAttributes, take: { _, _ in true }) else {
      return nil
    }
    if p[0] == UInt8(ascii: "/") { return p[1] == UInt8(ascii: ">") ? p + 2 : nil }
    // The formula's text is checked, but not kept.
    let before = builder.text.count
    guard let end = XMLBytes.text(p + 1, &builder.text), XMLBytes.matches(end, "</f>") else { return nil }
    builder.text.count = before
    return end + 4
  }

  private func inline(_ at: Pointer, _ builder: inout RowBuilder) -> Pointer? {
    guard !builder.hasValue, XMLBytes.matches(at, "<is>") else { return nil }
    builder.storage = .inline
    var sawText = false
    guard let end = RichText.scan(at + 4, &builder.text, &sawText), XMLBytes.matches(end, "</is>") else {
      return nil
    }
    if sawText { builder.hasValue = true }
    return end + 5
  }
}
