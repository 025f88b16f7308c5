import AidModel
import CLibXML2

/// The SAX callbacks of a worksheet. They touch bytes and the state, and make no objects.
enum SheetHandler {
  typealias Attributes = UnsafeMutablePointer<UnsafePointer<xmlChar>?>

  static func make() -> xmlSAXHandler {
    var sax = PushParser.handler()
    sax.startElementNs = { context, local, _, _, _, _, count, _, attributes in
      let state = context!.assumingMemoryBound(to: SheetState.self)
      SheetHandler.start(state, Name(local!), Int(count), attributes)
    }
    sax.endElementNs = { context, local, _, _ in
      let state = context!.assumingMemoryBound(to: SheetState.self)
      switch Name(local!) {
      case .c: if state.pointee.inCell { state.pointee.endCell() }
      case .v, .t: state.pointee.collecting = false
      case .is: state.pointee.inlineDepth -= 1
      case .rPh: state.pointee.phonetic -= 1
      case .row: state.pointee.endRow()
      default: break
      }
    }
    sax.characters = { context, text, count in
      let state = context!.assumingMemoryBound(to: SheetState.self)
      guard state.pointee.collecting else { return }
      state.pointee.chunk.bytes.append(contentsOf: UnsafeBufferPointer(start: text, count: Int(count)))
    }
    return sax
  }

  private static func start(
    _ state: UnsafeMutablePointer<SheetState>, _ name: Name, _ count: Int, _ attributes: Attributes?
  ) {
    switch name {
    case .c: cell(state, count, attributes)
    case .row: row(state, count, attributes)
    case .v:
      state.pointee.hasValue = true
      state.pointee.collecting = state.pointee.inCell
    case .t:
      if state.pointee.inlineDepth > 0, state.pointee.phonetic == 0 {
        state.pointee.hasValue = true
        state.pointee.collecting = state.pointee.inCell
      }
    case .f: if state.pointee.inCell { state.pointee.hasFormula = true }
    case .is: state.pointee.inlineDepth += 1
    case .rPh: state.pointee.phonetic += 1
    case .mergeCell: merge(state, count, attributes)
    case .col: columns(state, count, attributes)
    case .autoFilter: state.pointee.hasFilter = true
    default: break
    }
  }

  /// The bytes of an attribute without prefix, nil where it is not there.
  private static func bytes(
    _ attributes: Attributes?, _ count: Int, _ name: StaticString
  ) -> UnsafeBufferPointer<UInt8>? {
    guard let attributes else { return nil }
    for i in 0..<count {
      guard let local = attributes[5 * i], Name.equal(local, name), attributes[5 * i + 1] == nil else {
        continue
      }
      guard let start = attributes[5 * i + 3], let end = attributes[5 * i + 4] else { return nil }
      return UnsafeBufferPointer(start: start, count: end - start)
    }
    return nil
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>?) -> Int32? {
    guard let bytes, !bytes.isEmpty, bytes.count <= 9 else { return nil }
    var value: Int32 = 0
    for byte in bytes {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int32(byte - 48)
    }
    return value
  }

  private static func isTrue(_ bytes: UnsafeBufferPointer<UInt8>?) -> Bool {
    guard let bytes, let first = bytes.first else { return false }
    return first == UInt8(ascii: "1") || first == UInt8(ascii: "t")
  }

  private static func row(
    _ state: UnsafeMutablePointer<SheetState>, _ count: Int, _ attributes: Attributes?
  ) {
    state.pointee.beginRow(
      number: number(bytes(attributes, count, "r")), isHidden: isTrue(bytes(attributes, count, "hidden")))
  }

  private static func cell(
    _ state: UnsafeMutablePointer<SheetState>, _ count: Int, _ attributes: Attributes?
  ) {
    var column: Int32?
    if let reference = bytes(attributes, count, "r") {
      column = CellReference.read(reference)?.column
    }
    state.pointee.beginCell(column: column)
    state.pointee.style = Int(number(bytes(attributes, count, "s")) ?? 0)
    var storage = CellStorage.number
    if let type = bytes(attributes, count, "t"), let first = type.first {
      switch first {
      case UInt8(ascii: "s"): storage = type.count == 1 ? .shared : .string
      case UInt8(ascii: "i"): storage = .inline
      case UInt8(ascii: "b"): storage = .boolean
      case UInt8(ascii: "e"): storage = .error
      case UInt8(ascii: "d"): storage = .isoDate
      default: storage = .number
      }
    }
    state.pointee.storage = storage
  }

  private static func merge(
    _ state: UnsafeMutablePointer<SheetState>, _ count: Int, _ attributes: Attributes?
  ) {
    guard let reference = bytes(attributes, count, "ref"),
      let colon = reference.firstIndex(of: UInt8(ascii: ":")),
      let a = CellReference.read(UnsafeBufferPointer(rebasing: reference[..<colon])),
      let b = CellReference.read(UnsafeBufferPointer(rebasing: reference[(colon + 1)...])),
      a.row <= b.row, a.column <= b.column
    else { return }
    state.pointee.merges.append(
      MergedRange(firstRow: a.row, lastRow: b.row, firstColumn: a.column, lastColumn: b.column))
  }

  private static func columns(
    _ state: UnsafeMutablePointer<SheetState>, _ count: Int, _ attributes: Attributes?
  ) {
    guard isTrue(bytes(attributes, count, "hidden")), let from = number(bytes(attributes, count, "min")),
      let to = number(bytes(attributes, count, "max")), from >= 1, from <= to
    else { return }
    state.pointee.hiddenColumns.append((from - 1)...(to - 1))
  }
}

/// `H17` as row 17, column 7.
enum CellReference {
  static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> (row: Int32, column: Int32)? {
    var (row, column): (Int32, Int32) = (0, 0)
    var digits = 0
    for byte in bytes {
      switch byte {
      case 65...90 where digits == 0: column = column * 26 + Int32(byte - 64)
      case 97...122 where digits == 0: column = column * 26 + Int32(byte - 96)
      case 48...57:
        row = row * 10 + Int32(byte - 48)
        digits += 1
      case UInt8(ascii: "$"): continue
      default: return nil
      }
      if column > 100_000 || row > 100_000_000 { return nil }
    }
    return column > 0 && row > 0 ? (row, column - 1) : nil
  }
}
