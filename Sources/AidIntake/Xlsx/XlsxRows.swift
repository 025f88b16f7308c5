import AidModel
import CLibXML2

/// The rows of one worksheet, inflated and parsed a piece at a time.
final class XlsxRows {
  private let file: String
  private let sheet: String
  private let state: UnsafeMutablePointer<SheetState>
  private let pieces: PartPieces
  private var parser: PushParser
  private var isOver = false
  /// Rows of a small sheet may stand in any order: it is read to its end and sorted before the first row is handed out.
  private let readsWhole: Bool
  private var sorted: [RowChunk] = []

  init(
    file: String, sheet: String, entry: ZipArchive.Entry, archive: ZipArchive, shared: SharedStrings,
    book: Workbook, limits: IntakeLimits
  ) {
    self.file = file
    self.sheet = sheet
    readsWhole = entry.size <= limits.disorderedBytesMax
    pieces = PartPieces(entry, of: archive)
    state = .allocate(capacity: 1)
    state.initialize(
      to: SheetState(
        builder: RowBuilder(
          shared: shared, formats: book.formats, dates: book.dates, limits: limits, anyOrder: readsWhole)))
    var sax = SheetHandler.make()
    parser = PushParser(&sax, context: state)
  }

  deinit {
    state.deinitialize(count: 1)
    state.deallocate()
  }

  var merges: [MergedRange] { state.pointee.merges }
  var hiddenColumns: [ClosedRange<Int32>] { state.pointee.hiddenColumns }
  var isFiltered: Bool { state.pointee.hasFilter && state.pointee.builder.sawHiddenRow }

  func next() throws(IntakeFailure) -> RowChunk? {
    if readsWhole {
      if !isOver {
        while !isOver { try advance() }
        let chunks = state.pointee.builder.takeAllReady()
        sorted = (state.pointee.builder.isDisordered ? RowOrder.sorted(chunks) : chunks).reversed()
      }
      return sorted.popLast()
    }
    while true {
      if let chunk = state.pointee.builder.takeReady() { return chunk }
      if isOver { return nil }
      try advance()
    }
  }

  private func advance() throws(IntakeFailure) {
    do throws(XMLFault) {
      if let piece = try pieces.nextAlone() {
        try parser.feed(piece)
      } else {
        isOver = true
        try parser.finish()
        state.pointee.builder.closeChunk()
      }
    } catch {
      throw IntakeFailure.of(error, file: file, part: sheet)
    }
    if let fault = state.pointee.builder.fault { throw failure(of: fault) }
    if isOver, !state.pointee.isWorksheet {
      throw IntakeFailure(
        IntakeFindings.fileUnreadable, file: file, sheet: sheet, ["工作表部分里不是工作表 (no worksheet in its part)"])
    }
  }

  private func failure(of fault: SheetFault) -> IntakeFailure {
    switch fault {
    case .damaged(let row, let what):
      return IntakeFailure(
        IntakeFindings.fileUnreadable, file: file, sheet: sheet, row: row, ["\(what.zh) (\(what.en))"])
    case .limit(let what): return IntakeFailure(IntakeFindings.fileLimit, file: file, sheet: sheet, [what])
    }
  }
}

extension IntakeFailure {
  static func of(_ fault: XMLFault, file: String, part: String) -> IntakeFailure {
    switch fault {
    case .doctype: return IntakeFailure(IntakeFindings.xmlDoctype, file: file, [part])
    case .damaged(let line, let text):
      return IntakeFailure(IntakeFindings.fileUnreadable, file: file, ["\(part):\(line) \(text)"])
    case .archive(.limit(let what)): return IntakeFailure(IntakeFindings.fileLimit, file: file, [what])
    case .archive(.damaged(let what)):
      return IntakeFailure(IntakeFindings.fileUnreadable, file: file, ["\(what.zh) \(what.en)"])
    }
  }
}
