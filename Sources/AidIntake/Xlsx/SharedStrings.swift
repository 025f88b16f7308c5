import AidModel
import CLibXML2
import Glibc

/// The shared strings of a workbook as flat bytes: rich text runs joined, phonetic runs dropped.
final class SharedStrings: Sendable {
  /// Addresses of the bytes and of the start offsets (plus the end). Immutable.
  private let bytes: UInt
  private let starts: UInt
  let count: Int
  /// Indexes of strings with a struck-through run.
  let struck: Set<Int>

  static let none = SharedStrings(Growing(capacity: 16), Growing(capacity: 16), count: 0, struck: [])

  private init(
    _ text: consuming Growing<UInt8>, _ starts: consuming Growing<UInt32>, count: Int, struck: Set<Int>
  ) {
    bytes = UInt(bitPattern: text.release())
    self.starts = UInt(bitPattern: starts.release())
    (self.count, self.struck) = (count, struck)
  }

  deinit {
    free(UnsafeMutableRawPointer(bitPattern: bytes))
    free(UnsafeMutableRawPointer(bitPattern: starts))
  }

  /// Valid as long as this object lives.
  @inline(__always)
  subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
    let starts = UnsafePointer<UInt32>(bitPattern: starts).unsafelyUnwrapped
    let from = Int(starts[index])
    return UnsafeBufferPointer(
      start: UnsafePointer<UInt8>(bitPattern: bytes).unsafelyUnwrapped + from,
      count: Int(starts[index &+ 1]) &- from)
  }

  static func read(
    _ entry: ZipArchive.Entry, of archive: ZipArchive, limits: IntakeLimits
  ) throws(XMLFault) -> SharedStrings {
    let state = UnsafeMutablePointer<StringsState>.allocate(capacity: 1)
    state.initialize(to: StringsState(limits: limits, room: entry.size / 2))
    defer {
      state.deinitialize(count: 1)
      state.deallocate()
    }
    var sax = StringsHandler.make()
    let parser = PushParser(&sax, context: state)
    let scanner = limits.reader == .scanner ? StringScanner(state: state) : nil
    var feed = PartFeed(PartPieces(entry, of: archive), parser: parser, scanner: scanner)
    while try feed.advance() {
      if let limit = state.pointee.limit { throw .limit(limit) }
    }
    if let limit = state.pointee.limit { throw .limit(limit) }
    guard state.pointee.isTable else { throw .damaged("not a table of shared strings") }
    let count = state.pointee.starts.count - 1
    return SharedStrings(
      exchange(&state.pointee.text, with: Growing(capacity: 16)),
      exchange(&state.pointee.starts, with: Growing(capacity: 16)), count: count,
      struck: state.pointee.struck)
  }
}

/// The output of both readers of the shared strings.
struct StringsState: ~Copyable {
  var text: Growing<UInt8>
  var starts = Growing<UInt32>(capacity: 1 << 10)
  var namespace: UnsafePointer<xmlChar>?
  var isTable = false
  var isPlain = false
  var depth = 0
  var choices = 0
  var inItem = false
  var isText = false
  var phonetic = 0
  var limit: String?
  var struck: Set<Int> = []
  let cellBytesMax: Int

  init(limits: IntakeLimits, room: Int) {
    text = Growing(capacity: min(max(room, 1 << 10), 1 << 30))
    starts.append(0)
    cellBytesMax = limits.cellBytesMax
  }

  var itemStart: Int { Int(starts.base[starts.count - 1]) }

  @inline(__always)
  mutating func endItem() {
    EscapedText.decode(&text, from: itemStart)
    if text.count - itemStart > cellBytesMax { limit = "a string of \(text.count - itemStart) bytes" }
    if text.count > Int(UInt32.max) - (1 << 20) {
      limit = "> 4 GiB of strings"
    } else {
      starts.append(UInt32(truncatingIfNeeded: text.count))
    }
  }
}

/// The SAX callbacks of the shared strings.
private enum StringsHandler {
  static func make() -> xmlSAXHandler {
    var sax = PushParser.handler()
    sax.startElementNs = { context, local, prefix, uri, _, _, count, _, attributes in
      let state = context!.assumingMemoryBound(to: StringsState.self)
      StringsHandler.start(state, local!, prefix, uri)
      if StringsHandler.isStrike(state, local!, uri, attributes, Int(count)) {
        state.pointee.struck.insert(state.pointee.starts.count - 1)
      }
      state.pointee.depth += 1
    }
    sax.endElementNs = { context, local, _, uri in
      let state = context!.assumingMemoryBound(to: StringsState.self)
      state.pointee.depth -= 1
      let name = XMLName(local!)
      if name == .choice || state.pointee.choices > 0 {
        if name == .choice { state.pointee.choices -= 1 }
        return
      }
      guard uri == state.pointee.namespace else { return }
      switch name {
      case .t: state.pointee.isText = false
      case .rPh: state.pointee.phonetic -= 1
      case .si where state.pointee.depth == 1:
        state.pointee.inItem = false
        state.pointee.endItem()
      default: break
      }
    }
    sax.characters = { context, text, count in
      let state = context!.assumingMemoryBound(to: StringsState.self)
      guard state.pointee.isText, state.pointee.choices == 0, state.pointee.limit == nil else { return }
      state.pointee.text.append(text!, count: Int(count))
      let most = 7 * state.pointee.cellBytesMax
      if state.pointee.text.count - state.pointee.itemStart > most {
        state.pointee.limit = "a string of > \(most) bytes"
      }
    }
    sax.cdataBlock = sax.characters
    sax.ignorableWhitespace = sax.characters
    return sax
  }

  /// Whether the element strikes through a run of the current item.
  private static func isStrike(
    _ state: UnsafeMutablePointer<StringsState>, _ local: UnsafePointer<xmlChar>,
    _ uri: UnsafePointer<xmlChar>?, _ attributes: SheetHandler.Attributes?, _ count: Int
  ) -> Bool {
    state.pointee.inItem && state.pointee.choices == 0 && state.pointee.phonetic == 0
      && uri == state.pointee.namespace && XMLName(local) == .strike
      && SheetHandler.isStrike(attributes, count)
  }

  private static func start(
    _ state: UnsafeMutablePointer<StringsState>, _ local: UnsafePointer<xmlChar>,
    _ prefix: UnsafePointer<xmlChar>?, _ uri: UnsafePointer<xmlChar>?
  ) {
    if state.pointee.depth == 0 {
      state.pointee.isTable = XMLName.equal(local, "sst")
      state.pointee.namespace = uri
      state.pointee.isPlain = prefix == nil
      return
    }
    let name = XMLName(local)
    if name == .choice || state.pointee.choices > 0 {
      if name == .choice { state.pointee.choices += 1 }
      return
    }
    guard uri == state.pointee.namespace else { return }
    switch name {
    case .si: if state.pointee.depth == 1 { state.pointee.inItem = true }
    case .t: state.pointee.isText = state.pointee.inItem && state.pointee.phonetic == 0
    case .rPh: state.pointee.phonetic += 1
    default: break
    }
  }
}

/// Reads string items in the forms that spreadsheet programs write.
private struct StringScanner: PartScanner {
  static var endTag: StaticString { "</si>" }

  let state: UnsafeMutablePointer<StringsState>

  var mayGoOn: Bool {
    state.pointee.isTable && state.pointee.isPlain && state.pointee.choices == 0 && state.pointee.depth == 1
  }

  func isEnd(_ at: UnsafePointer<UInt8>) -> Bool { XMLBytes.matches(at, "</sst>") }

  func scan(_ at: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
    while state.pointee.limit == nil {
      var p = XMLBytes.skipSpaces(at)
      guard XMLBytes.matches(p, "<si") else { return }
      if p[3] == UInt8(ascii: ">") {
        let before = state.pointee.text.count
        var sawText = false
        guard let last = RichText.scan(p + 4, &state.pointee.text, &sawText), XMLBytes.matches(last, "</si>")
        else {
          state.pointee.text.count = before
          return
        }
        p = last + 5
      } else {
        guard p[3] == UInt8(ascii: "/"), p[4] == UInt8(ascii: ">") else { return }
        p += 5
      }
      state.pointee.endItem()
      at = p
    }
  }
}
