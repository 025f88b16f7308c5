import CLibXML2

/// The state of the SAX callbacks for a worksheet. A plain struct behind a pointer avoids retains per cell.
struct SheetState: ~Copyable {
  var builder: RowBuilder
  /// The namespace of the sheet's own elements; libxml2 interns it, so pointers are compared.
  var namespace: UnsafePointer<xmlChar>?
  var isWorksheet = false
  /// Inside `sheetData`.
  var inData = false
  /// `sheetData` has been seen.
  var sawData = false
  /// Rows in `sheetData` have no prefix, and the prefix Excel uses for row attributes is declared.
  var isPlain = false
  var knowsX14ac = false
  var depth = 0
  /// Inside a `Choice` of alternate content: it needs an unsupported extension, so the fallback is read.
  var choices = 0
  var collecting = false
  var inlineDepth = 0
  var phonetic = 0

  var merges: [MergedRange] = []
  var hiddenColumns: [ClosedRange<Int32>] = []
  var hasFilter = false
  /// The sheet's formulas are to be computed when it is opened.
  var isToCompute = false

  init(builder: consuming RowBuilder) { self.builder = builder }
}

/// The SAX callbacks of a worksheet. They work on bytes and the state, without creating objects.
enum SheetHandler {
  typealias State = UnsafeMutablePointer<SheetState>
  typealias Attributes = UnsafeMutablePointer<UnsafePointer<xmlChar>?>

  static func make() -> xmlSAXHandler {
    var sax = PushParser.handler()
    sax.startElementNs = { context, local, prefix, uri, spaces, names, count, _, attributes in
      let state = context!.assumingMemoryBound(to: SheetState.self)
      let name = XMLName(local!)
      if SheetHandler.isTransparent(name, state) { return }
      if state.pointee.depth == 0 {
        SheetHandler.root(state, local!, prefix, uri, Int(spaces), names)
      } else if name == .choice || state.pointee.choices > 0 {
        if name == .choice { state.pointee.choices += 1 }
      } else if uri == state.pointee.namespace {
        SheetHandler.start(state, name, prefix, Int(count), attributes)
      }
      state.pointee.depth += 1
    }
    sax.endElementNs = { context, local, _, uri in
      let state = context!.assumingMemoryBound(to: SheetState.self)
      let name = XMLName(local!)
      if SheetHandler.isTransparent(name, state) { return }
      state.pointee.depth -= 1
      if name == .choice || state.pointee.choices > 0 {
        if name == .choice { state.pointee.choices -= 1 }
      } else if uri == state.pointee.namespace {
        SheetHandler.end(state, name)
      }
    }
    sax.characters = { context, text, count in
      let state = context!.assumingMemoryBound(to: SheetState.self)
      guard state.pointee.collecting, state.pointee.choices == 0 else { return }
      SheetHandler.text(state, text!, Int(count))
    }
    sax.cdataBlock = sax.characters
    sax.ignorableWhitespace = sax.characters
    return sax
  }

  /// Alternate content and its fallback are transparent: their children count as children of the parent.
  private static func isTransparent(_ name: XMLName, _ state: State) -> Bool {
    (name == .alternates || name == .fallback) && state.pointee.choices == 0 && state.pointee.depth > 0
  }

  private static func root(
    _ state: State, _ local: UnsafePointer<xmlChar>, _ prefix: UnsafePointer<xmlChar>?,
    _ uri: UnsafePointer<xmlChar>?, _ count: Int, _ namespaces: Attributes?
  ) {
    state.pointee.isWorksheet = XMLName.equal(local, "worksheet")
    state.pointee.namespace = uri
    state.pointee.isPlain = prefix == nil
    for i in 0..<count {
      if let name = namespaces?[2 * i], XMLName.equal(name, "x14ac") { state.pointee.knowsX14ac = true }
    }
  }

  private static func text(_ state: State, _ text: UnsafePointer<xmlChar>, _ count: Int) {
    // An escape takes up to seven bytes for one; a longer text exceeds the limit in any case.
    let start = state.pointee.builder.valueStart
    if state.pointee.builder.text.count - start + count > 7 * state.pointee.builder.limits.cellBytesMax {
      state.pointee.builder.refuse(limit: "a cell of > \(state.pointee.builder.limits.cellBytesMax) bytes")
    } else {
      state.pointee.builder.text.append(text, count: count)
    }
  }

  private static func start(
    _ state: State, _ name: XMLName, _ prefix: UnsafePointer<xmlChar>?, _ count: Int,
    _ attributes: Attributes?
  ) {
    switch name {
    case .sheetData:
      if state.pointee.depth == 1 {
        if state.pointee.sawData { state.pointee.builder.refuse("有两处 sheetData", "sheetData stands twice") }
        (state.pointee.inData, state.pointee.sawData) = (true, true)
      }
      if prefix != nil { state.pointee.isPlain = false }
    case .row where state.pointee.inData: row(state, count, attributes)
    case .c where state.pointee.builder.inRow: cell(state, count, attributes)
    case .v where state.pointee.builder.inCell:
      if state.pointee.builder.storage == .inline {
        state.pointee.builder.refuse("内联文本单元格带有值", "an inline text cell with a value")
      }
      state.pointee.builder.beginValue()
      state.pointee.collecting = true
    case .t where state.pointee.inlineDepth > 0 && state.pointee.phonetic == 0:
      state.pointee.builder.beginValue()
      state.pointee.collecting = true
    case .f where state.pointee.builder.inCell: state.pointee.builder.hasFormula = true
    case .is where state.pointee.builder.inCell:
      // A few programs omit the type.
      if state.pointee.builder.hasValue {
        state.pointee.builder.refuse("单元格有两个值", "a cell with two values")
      }
      state.pointee.builder.storage = .inline
      state.pointee.inlineDepth += 1
    case .rPh: state.pointee.phonetic += 1
    case .strike where state.pointee.inlineDepth > 0 && state.pointee.phonetic == 0:
      if isStrike(attributes, count) { state.pointee.builder.noteStruckRun() }
    case .mergeCell: merge(state, count, attributes)
    case .col: columns(state, count, attributes)
    case .autoFilter: state.pointee.hasFilter = true
    case .sheetCalcPr:
      if isTrue(bytes(attributes, count, "fullCalcOnLoad")) { state.pointee.isToCompute = true }
    default: break
    }
  }

  private static func end(_ state: State, _ name: XMLName) {
    switch name {
    case .c: state.pointee.builder.endCell()
    case .v, .t: state.pointee.collecting = false
    case .is: if state.pointee.inlineDepth > 0 { state.pointee.inlineDepth -= 1 }
    case .rPh: state.pointee.phonetic -= 1
    case .row: if state.pointee.inData { state.pointee.builder.endRow() }
    case .sheetData: if state.pointee.depth == 1 { state.pointee.inData = false }
    default: break
    }
  }

  private static func row(_ state: State, _ count: Int, _ attributes: Attributes?) {
    var row: Int32?
    if let text = bytes(attributes, count, "r") {
      row = number(text)
      if row == nil { state.pointee.builder.refuse("行号有误", "a wrong row number") }
    }
    let isFlat = bytes(attributes, count, "ht").map { isZero($0) } ?? false
    state.pointee.builder.beginRow(
      number: row, isHidden: isFlat || isTrue(bytes(attributes, count, "hidden")))
  }

  private static func cell(_ state: State, _ count: Int, _ attributes: Attributes?) {
    var place: (row: Int32, column: Int32)?
    if let reference = bytes(attributes, count, "r") {
      place = CellReference.read(reference)
      if place == nil { state.pointee.builder.refuse("单元格位置有误", "a wrong cell reference") }
    }
    state.pointee.builder.beginCell(place)
    if let style = bytes(attributes, count, "s") {
      state.pointee.builder.style = Int(number(style) ?? Int32.max)
    }
    guard let type = bytes(attributes, count, "t") else { return }
    guard let storage = storage(type) else {
      return state.pointee.builder.refuse("不认识的单元格类型", "an unknown cell type")
    }
    state.pointee.builder.storage = storage
  }

  static func storage(_ type: UnsafeBufferPointer<UInt8>) -> CellStorage? {
    if type.count == 1 {
      switch type[0] {
      case UInt8(ascii: "s"): return .shared
      case UInt8(ascii: "n"): return .number
      case UInt8(ascii: "b"): return .boolean
      case UInt8(ascii: "e"): return .error
      case UInt8(ascii: "d"): return .isoDate
      default: return nil
      }
    }
    if type.elementsEqual("str".utf8) { return .string }
    return type.elementsEqual("inlineStr".utf8) ? .inline : nil
  }

  private static func merge(_ state: State, _ count: Int, _ attributes: Attributes?) {
    guard let reference = bytes(attributes, count, "ref"),
      let colon = reference.firstIndex(of: UInt8(ascii: ":")),
      let a = CellReference.read(UnsafeBufferPointer(rebasing: reference[..<colon])),
      let b = CellReference.read(UnsafeBufferPointer(rebasing: reference[(colon + 1)...])),
      a.row <= b.row, a.column <= b.column
    else { return }
    let most = state.pointee.builder.limits.mergesMax
    if state.pointee.merges.count >= most {
      return state.pointee.builder.refuse(limit: "> \(most) merged ranges")
    }
    state.pointee.merges.append(
      MergedRange(firstRow: a.row, lastRow: b.row, firstColumn: a.column, lastColumn: b.column))
  }

  private static func columns(_ state: State, _ count: Int, _ attributes: Attributes?) {
    let isFlat = bytes(attributes, count, "width").map { isZero($0) } ?? false
    guard isFlat || isTrue(bytes(attributes, count, "hidden")),
      let from = number(bytes(attributes, count, "min")),
      let to = number(bytes(attributes, count, "max")), from >= 1, from <= to
    else { return }
    if state.pointee.hiddenColumns.count >= state.pointee.builder.limits.columnsMax {
      return state.pointee.builder.refuse(limit: "> \(state.pointee.builder.limits.columnsMax) columns")
    }
    state.pointee.hiddenColumns.append((from - 1)...(to - 1))
  }
}

/// Attribute values of a SAX2 start tag, as bytes.
extension SheetHandler {
  /// The bytes of an attribute without prefix; nil if missing.
  static func bytes(_ attributes: Attributes?, _ count: Int, _ name: StaticString) -> UnsafeBufferPointer<
    UInt8
  >? {
    guard let attributes else { return nil }
    for i in 0..<count {
      guard let local = attributes[5 * i], XMLName.equal(local, name), attributes[5 * i + 1] == nil else {
        continue
      }
      guard let start = attributes[5 * i + 3], let end = attributes[5 * i + 4] else { return nil }
      return UnsafeBufferPointer(start: start, count: end - start)
    }
    return nil
  }

  static func number(_ bytes: UnsafeBufferPointer<UInt8>?) -> Int32? {
    guard let bytes, !bytes.isEmpty, bytes.count <= 9 else { return nil }
    var value: Int32 = 0
    for byte in bytes {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int32(byte - 48)
    }
    return value
  }

  /// `0` or `0.0`: a row of zero height is invisible, and so is a column of zero width.
  static func isZero(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
  }

  /// Whether a `strike` is on, which is also the default.
  static func isStrike(_ attributes: Attributes?, _ count: Int) -> Bool {
    bytes(attributes, count, "val").map { isTrue($0) } ?? true
  }

  static func isTrue(_ bytes: UnsafeBufferPointer<UInt8>?) -> Bool {
    guard let bytes, let first = bytes.first else { return false }
    return first == UInt8(ascii: "1") || first == UInt8(ascii: "t")
  }
}
