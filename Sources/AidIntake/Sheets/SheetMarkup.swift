import AidModel
import CLibXML2

/// The state of reading one sheet of an XML document. Two readers write to it: libxml2's callbacks, and a scanner that
/// reads rows in the forms that programs write and leaves to libxml2 what it does not fully understand. Each finds tags
/// and text in its own way; what they mean is decided here, once for both.
protocol SheetMarkup: ~Copyable {
  /// - Parameter wanted: the index of the sheet to read, −1 for none.
  init(wanted: Int, limits: IntakeLimits)
  /// The SAX callbacks; their context is a pointer to the state.
  static func handler() -> xmlSAXHandler

  /// The beginning of a row's start tag as programs write it, a row's end tag, and the end tag of its table.
  static var rowStart: StaticString { get }
  static var rowEnd: StaticString { get }
  static var tableEnd: StaticString { get }
  /// Whether a row of the wanted sheet may begin here, with all prefixes bound as the scanner assumes.
  var mayScan: Bool { get }
  associatedtype Mark
  var mark: Mark { get }
  /// Discards the row in progress.
  /// - Precondition: the row began after `mark` and has not ended, and there was no fault at `mark`.
  mutating func rollBack(to mark: Mark)
  /// Reads a row, from the end of `rowStart`.
  /// - Returns: the end of the row, or nil if the row is not fully understood; the caller then rolls back.
  mutating func scanRow(_ at: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>?

  var builder: ChunkBuilder { get set }
  var sheets: [SheetInfo] { get }
  var merges: [MergedRange] { get }
  var hiddenColumns: [ClosedRange<Int32>] { get }
  var isFiltered: Bool { get }
  var marked: [MarkedCell] { get }
}

/// Reads the rows of a sheet in the forms that programs write.
struct MarkupScanner<State: SheetMarkup & ~Copyable>: PartScanner {
  static var endTag: StaticString { State.rowEnd }

  let state: UnsafeMutablePointer<State>

  var mayGoOn: Bool { state.pointee.mayScan }

  func isEnd(_ at: UnsafePointer<UInt8>) -> Bool { XMLBytes.matches(at, State.tableEnd) }

  func scan(_ at: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
    while true {
      let start = XMLBytes.skipSpaces(at)
      guard XMLBytes.matches(start, State.rowStart), state.pointee.builder.fault == nil else { return }
      let mark = state.pointee.mark
      guard let behind = state.pointee.scanRow(start + State.rowStart.utf8CodeUnitCount) else {
        state.pointee.rollBack(to: mark)
        return
      }
      at = behind
    }
  }
}

/// The rows of one sheet of an XML document.
final class MarkupRows<State: SheetMarkup & ~Copyable>: SheetRows {
  /// What to read: a sheet of a document, and the sheets found while listing them.
  struct Request {
    let document: DocumentBytes
    let name: String
    let sheet: Int
    let expected: [SheetInfo]
    var limits: IntakeLimits
  }

  private let request: Request
  private let state: UnsafeMutablePointer<State>
  private var markup: Markup
  private var scan: ScanFeed<MarkupScanner<State>>

  init(_ request: Request) throws(KindFault) {
    self.request = request
    state = .allocate(capacity: 1)
    state.initialize(to: State(wanted: request.sheet, limits: request.limits))
    scan = ScanFeed(request.limits.reader == .scanner ? MarkupScanner(state: state) : nil)
    var sax = State.handler()
    markup = try Markup(request.document, &sax, context: state)
  }

  deinit {
    state.deinitialize(count: 1)
    state.deallocate()
  }

  /// Lists the sheets of a document, skipping its rows; if that fails, by parsing all of it.
  static func sheets(of document: DocumentBytes, limits: IntakeLimits) throws(KindFault) -> [SheetInfo] {
    do throws(KindFault) {
      let row = String(describing: State.rowStart).dropFirst()
      return try sheets(of: document, limits: limits, without: RowSkipper(row: String(row)))
    } catch {
      return try sheets(of: document, limits: limits, without: nil)
    }
  }

  private static func sheets(
    of document: DocumentBytes, limits: IntakeLimits, without skipper: RowSkipper?
  ) throws(KindFault) -> [SheetInfo] {
    let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
    state.initialize(to: State(wanted: -1, limits: limits))
    defer {
      state.deinitialize(count: 1)
      state.deallocate()
    }
    var sax = State.handler()
    var markup = try Markup(document, &sax, context: state, without: skipper)
    while !markup.isOver {
      try markup.advance()
      if let fault = state.pointee.builder.fault { throw fault }
    }
    return state.pointee.sheets
  }

  var merges: [MergedRange] { state.pointee.merges }
  var hiddenColumns: [ClosedRange<Int32>] { state.pointee.hiddenColumns }
  var isFiltered: Bool { state.pointee.isFiltered }
  var marked: [MarkedCell] { state.pointee.marked }

  func next() throws(IntakeFailure) -> RowChunk? {
    do throws(KindFault) {
      return try chunk()
    } catch {
      throw whatIsWrong(error).failure(file: request.name)
    }
  }

  private func chunk() throws(KindFault) -> RowChunk? {
    while true {
      // Read on after the table: an incomplete file must not pass.
      if let chunk = try state.pointee.builder.take(atEnd: markup.isOver) { return chunk }
      if markup.isOver {
        if state.pointee.sheets != request.expected { throw ListedSheets.differs }
        return nil
      }
      try markup.advance(&scan)
    }
  }

  /// The fault as libxml2 alone reports it. Its messages contain line numbers, which are wrong when a scanner has
  /// consumed rows, so the sheet is read again without one.
  private func whatIsWrong(_ fault: KindFault) -> KindFault {
    guard scan.scanner != nil else { return fault }
    var alone = request
    alone.limits.reader = .libxml2
    do throws(KindFault) {
      let rows = try MarkupRows(alone)
      while try rows.chunk() != nil {}
      return fault
    } catch {
      return error
    }
  }
}

/// Tracks whether namespace prefixes have their usual meaning: the root binds them as usual, and no open element binds
/// any prefix again.
struct UsualPrefixes {
  struct Usual {
    /// Empty for the default namespace.
    let prefix: StaticString
    let uri: StaticString
  }

  private let usual: [Usual]
  /// One bit per usual prefix that the root binds.
  private var bound = 0
  /// The depth of the outermost open element below the root that binds a prefix; 0 if there is none.
  private var boundAt = 0

  init(_ usual: [Usual]) { self.usual = usual }

  /// Notes the start of an element.
  /// - Parameter depth: 1 for the root.
  @inline(__always)
  mutating func open(
    depth: Int, _ count: Int32, _ namespaces: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    if count > 0 { bind(depth, Int(count), namespaces) }
  }

  private mutating func bind(
    _ depth: Int, _ count: Int, _ namespaces: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    guard depth == 1, let namespaces else {
      if boundAt == 0 { boundAt = depth }
      return
    }
    for i in 0..<count {
      for (j, one) in usual.enumerated() {
        let prefix = namespaces[2 * i]
        let isSame =
          prefix == nil ? one.prefix.utf8CodeUnitCount == 0 : MarkupName.equal(prefix, one.prefix)
        if isSame, MarkupName.equal(namespaces[2 * i + 1], one.uri) { bound |= 1 << j }
      }
    }
  }

  @inline(__always)
  mutating func close(depth: Int) {
    if depth == boundAt { boundAt = 0 }
  }

  /// - Parameter index: the position in the list of usual prefixes.
  @inline(__always)
  func holds(_ index: Int) -> Bool { boundAt == 0 && bound & 1 << index != 0 }
}
