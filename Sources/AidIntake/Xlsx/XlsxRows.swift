import AidModel
import CLibXML2

/// The rows of one worksheet, inflated and parsed piece by piece.
final class XlsxRows {
  private let file: String
  private let sheet: String
  private let state: UnsafeMutablePointer<SheetState>
  private var feed: PartFeed<RowScanner>
  /// Small sheets are read as a whole and their rows sorted.
  private let isSmall: Bool
  private let bookIsToCompute: Bool
  private var sorted: [RowChunk]?
  private var isOver = false

  init(
    file: String, sheet: String, entry: ZipArchive.Entry, archive: ZipArchive, shared: SharedStrings,
    book: Workbook, limits: IntakeLimits
  ) {
    self.file = file
    self.sheet = sheet
    bookIsToCompute = book.isToCompute
    isSmall = entry.size <= limits.disorderedBytesMax
    let builder = RowBuilder(
      shared: shared, formats: book.formats, dates: book.dates, limits: limits, anyOrder: isSmall)
    state = .allocate(capacity: 1)
    state.initialize(to: SheetState(builder: builder))
    var sax = SheetHandler.make()
    let parser = PushParser(&sax, context: state)
    let scanner = limits.reader == .scanner ? RowScanner(state) : nil
    feed = PartFeed(PartPieces(entry, of: archive), parser: parser, scanner: scanner)
  }

  deinit {
    state.deinitialize(count: 1)
    state.deallocate()
  }

  var merges: [MergedRange] { state.pointee.merges }
  var hiddenColumns: [ClosedRange<Int32>] { state.pointee.hiddenColumns }
  var marked: [MarkedCell] { state.pointee.builder.marked }
  /// Formulas that still have to be computed, according to the workbook or the sheet.
  var formulas: FormulaCells {
    bookIsToCompute || state.pointee.isToCompute ? state.pointee.builder.formulas : FormulaCells()
  }
  var isFiltered: Bool { state.pointee.hasFilter && state.pointee.builder.sawHiddenRow }

  func next() throws(IntakeFailure) -> RowChunk? {
    if isSmall {
      if sorted == nil { sorted = try readWhole() }
      return sorted!.isEmpty ? nil : sorted!.removeFirst()
    }
    while true {
      if let chunk = state.pointee.builder.takeReady() { return chunk }
      if isOver { return nil }
      try advance()
    }
  }

  private func readWhole() throws(IntakeFailure) -> [RowChunk] {
    while !isOver { try advance() }
    let chunks = state.pointee.builder.takeAllReady()
    if !state.pointee.builder.isDisordered { return chunks }
    do {
      return try RowOrder.sorted(chunks)
    } catch {
      throw failure(error)
    }
  }

  private func advance() throws(IntakeFailure) {
    do {
      isOver = try !feed.advance()
    } catch {
      throw IntakeFailure.of(error, file: file, part: sheet)
    }
    if isOver {
      if !state.pointee.isWorksheet {
        state.pointee.builder.refuse("这个部件不是工作表", "the part is not a worksheet")
      } else if !state.pointee.sawData {
        state.pointee.builder.refuse(
          "没有能读的行（sheetData 不在，或只在替代内容的 Choice 中）",
          "no rows that can be read: sheetData is missing, or stands only in a Choice of alternate content")
      }
      state.pointee.builder.closeChunk()
    }
    if let fault = state.pointee.builder.fault { throw failure(fault) }
  }

  private func failure(_ fault: SheetFault) -> IntakeFailure {
    switch fault {
    case .damaged(let row, let what):
      IntakeFailure(
        IntakeFindings.fileUnreadable, file: file, sheet: sheet, row: row, ["\(what.zh) (\(what.en))"])
    case .limit(let what):
      IntakeFailure(IntakeFindings.fileLimit, file: file, sheet: sheet, [what])
    }
  }
}

extension IntakeFailure {
  static func of(_ fault: XMLFault, file: String, part: String) -> IntakeFailure {
    switch fault {
    case .doctype: return IntakeFailure(IntakeFindings.xmlDoctype, file: file, [part])
    case .damaged(let text):
      return IntakeFailure(IntakeFindings.fileUnreadable, file: file, ["\(part): \(text)"])
    case .limit(let what): return IntakeFailure(IntakeFindings.fileLimit, file: file, ["\(part): \(what)"])
    case .archive(.limit(let what)): return IntakeFailure(IntakeFindings.fileLimit, file: file, [what])
    case .archive(.damaged(let what)):
      return IntakeFailure(IntakeFindings.fileUnreadable, file: file, ["\(what.zh) (\(what.en))"])
    }
  }
}
