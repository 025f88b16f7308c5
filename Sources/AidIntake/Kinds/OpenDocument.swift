import AidModel
import CLibXML2

/// An OpenDocument spreadsheet, `.ods` (a package) or `.fods` (one XML file).
struct OpenDocument: SheetBook {
  let kind: FileKind
  private(set) var sheets: [SheetInfo] = []
  let dates = DateSystem.from1900
  private let document: DocumentBytes
  private let name: String
  private let limits: IntakeLimits

  init(
    _ document: DocumentBytes, kind: FileKind, name: String, limits: IntakeLimits
  ) throws(IntakeFailure) {
    (self.document, self.kind, self.name, self.limits) = (document, kind, name, limits)
    func tables(without skipper: RowSkipper?) throws(KindFault) -> [SheetInfo] {
      try OpenDocumentRows(document, table: -1, name: name, limits: limits, without: skipper).tables()
    }
    do throws(KindFault) {
      sheets = try tables(without: RowSkipper(row: "table:table-row"))
    } catch {
      do throws(KindFault) {
        sheets = try tables(without: nil)
      } catch {
        throw error.failure(file: name)
      }
    }
    if sheets.isEmpty {
      throw KindFault.kind("没有工作表的 OpenDocument 文件 (an OpenDocument file without sheets)").failure(file: name)
    }
  }

  /// Whether a package is marked as encrypted.
  static func isEncrypted(_ archive: ZipArchive, limits: IntakeLimits) throws(KindFault) -> Bool {
    guard let entry = archive.entry("META-INF/manifest.xml") else { return false }
    let found = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
    found.initialize(to: false)
    defer { found.deallocate() }
    var sax = Markup.handler()
    sax.startElementNs = { context, local, _, _, _, _, _, _, _ in
      if MarkupName.equal(local, "encryption-data") {
        context!.assumingMemoryBound(to: Bool.self).pointee = true
      }
    }
    var markup = try Markup(.part(entry, of: archive), &sax, context: found)
    while !markup.isOver {
      do throws(KindFault) {
        try markup.advance()
      } catch {
        // Older programs write a DOCTYPE into the manifest, and only there. It is not needed.
        if case .doctype = error { return found.pointee }
        throw error
      }
    }
    return found.pointee
  }

  func open(sheet index: Int) throws(IntakeFailure) -> any SheetRows {
    do throws(KindFault) {
      return try OpenDocumentRows(document, table: index, name: name, limits: limits, expecting: sheets)
    } catch {
      throw error.failure(file: name, sheet: sheets[index].name)
    }
  }
}

/// The rows of one table; with table number −1, only the names of all tables.
final class OpenDocumentRows: SheetRows {
  private let state: UnsafeMutablePointer<OpenDocumentState>
  private var markup: Markup
  private let name: String
  /// The tables found before; nil while listing them.
  private let expected: [SheetInfo]?

  fileprivate init(
    _ document: DocumentBytes, table: Int, name: String, limits: IntakeLimits,
    without skipper: RowSkipper? = nil, expecting expected: [SheetInfo]? = nil
  ) throws(KindFault) {
    (self.name, self.expected) = (name, expected)
    state = .allocate(capacity: 1)
    state.initialize(to: OpenDocumentState(wanted: table, limits: limits))
    var sax = Self.handler()
    markup = try Markup(document, &sax, context: state, without: skipper)
  }

  deinit {
    state.deinitialize(count: 1)
    state.deallocate()
  }

  private static func handler() -> xmlSAXHandler {
    var sax = Markup.handler()
    sax.startElementNs = { context, local, _, uri, _, _, count, _, attributes in
      context!.assumingMemoryBound(to: OpenDocumentState.self).pointee
        .start(MarkupName(local, uri), MarkupAttributes(attributes, count))
    }
    sax.endElementNs = { context, _, _, _ in
      context!.assumingMemoryBound(to: OpenDocumentState.self).pointee.end()
    }
    sax.characters = { context, text, count in
      context!.assumingMemoryBound(to: OpenDocumentState.self).pointee
        .characters(UnsafeBufferPointer(start: text, count: Int(count)))
    }
    sax.ignorableWhitespace = sax.characters
    return sax
  }

  fileprivate func tables() throws(KindFault) -> [SheetInfo] {
    while !markup.isOver {
      try markup.advance()
      if let fault = state.pointee.builder.fault { throw fault }
    }
    return found
  }

  private var found: [SheetInfo] {
    state.pointee.tables.map { SheetInfo(name: $0.name, isHidden: $0.isHidden) }
  }

  var merges: [MergedRange] { state.pointee.merges }
  var hiddenColumns: [ClosedRange<Int32>] { state.pointee.hiddenColumns }
  var isFiltered: Bool { state.pointee.isFiltered }
  var marked: [MarkedCell] { state.pointee.marked }

  func next() throws(IntakeFailure) -> RowChunk? {
    do throws(KindFault) {
      while true {
        // Read on after the table: an incomplete file must not pass.
        if let chunk = try state.pointee.builder.take(atEnd: markup.isOver) { return chunk }
        if markup.isOver {
          if let expected, expected != found { throw ListedSheets.differs }
          return nil
        }
        try markup.advance()
      }
    } catch {
      throw error.failure(file: name)
    }
  }
}
