import AidModel
import CLibXML2

/// What is built from an XML document with sheets while one of them is read: by libxml2's callbacks, and by a scanner
/// that reads rows in the shapes programs write and leaves to libxml2 what it does not fully understand. Both find tags
/// and texts, each in its way; what those mean is decided here, once for both.
protocol SheetMarkup: ~Copyable {
  /// - Parameter wanted: the number of the sheet to read, −1 for none.
  init(wanted: Int, limits: IntakeLimits)
  /// Its context is a pointer to the state.
  static func handler() -> xmlSAXHandler

  /// `<`, the name of a row as programs write it; its end tag; and that of the table around it.
  static var rowStart: StaticString { get }
  static var rowEnd: StaticString { get }
  static var tableEnd: StaticString { get }
  /// The next row of the wanted sheet may begin here, and prefixes mean what the scanner takes them for.
  var mayScan: Bool { get }
  associatedtype Mark
  var mark: Mark { get }
  /// - Precondition: a row has begun after `mark` and has not ended, and there was no fault then.
  mutating func rollBack(to mark: Mark)
  /// Reads a row from behind `rowStart` on.
  /// - Returns: where it ends; nil where the row is not fully understood. What was read of it is then taken back.
  mutating func scanRow(_ at: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>?

  var builder: ChunkBuilder { get set }
  var sheets: [SheetInfo] { get }
  var merges: [MergedRange] { get }
  var hiddenColumns: [ClosedRange<Int32>] { get }
  var isFiltered: Bool { get }
  var marked: [MarkedCell] { get }
}

/// Reads the rows of a sheet in the shapes programs write.
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

/// The rows of one sheet of such a document.
final class MarkupRows<State: SheetMarkup & ~Copyable>: SheetRows {
  /// What is read: a document, one of its sheets, and the sheets that were found before.
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

  /// The sheets of a document: with its rows left out, or, where that cannot tell for certain, of all of it.
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
      // What follows the table is read too: a file that is not whole must not pass.
      if let chunk = try state.pointee.builder.take(atEnd: markup.isOver) { return chunk }
      if markup.isOver {
        if state.pointee.sheets != request.expected { throw ListedSheets.differs }
        return nil
      }
      try markup.advance(&scan)
    }
  }

  /// libxml2 names lines, and has not seen those that the scanner read: it reads the sheet again, alone, to say what is
  /// wrong with it.
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

/// Whether the prefixes that a scanner goes by mean what they usually do: bound at the root as usual, and nothing bound
/// anew in an element that is still open.
struct UsualPrefixes {
  struct Usual {
    /// Empty for names without prefix.
    let prefix: StaticString
    let uri: StaticString
  }

  private let usual: [Usual]
  /// One bit for each.
  private var bound = 0
  /// The depth of the outermost open element below the root that binds prefixes; 0 where there is none.
  private var boundAt = 0

  init(_ usual: [Usual]) { self.usual = usual }

  /// An element opens.
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

  /// - Parameter index: the place among the usual ones.
  @inline(__always)
  func holds(_ index: Int) -> Bool { boundAt == 0 && bound & 1 << index != 0 }
}
