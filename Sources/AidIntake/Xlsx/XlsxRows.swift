import AidModel
import CLibXML2

/// The rows of one worksheet, inflated and parsed a piece at a time.
final class XlsxRows {
  private let file: String
  private let sheet: String
  private let state: UnsafeMutablePointer<SheetState>
  private var feed: PartFeed<RowScanner>
  /// Small sheets are read whole and their rows put in order.
  private let isSmall: Bool
  private var sorted: [RowChunk]?
  private var isOver = false

  init(
    file: String, sheet: String, entry: ZipArchive.Entry, archive: ZipArchive, book: Workbook,
    shared: SharedStrings, limits: IntakeLimits
  ) {
    self.file = file
    self.sheet = sheet
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
    return state.pointee.builder.isDisordered ? RowOrder.sorted(chunks) : chunks
  }

  private func advance() throws(IntakeFailure) {
    do {
      isOver = try !feed.advance()
    } catch {
      throw IntakeFailure.of(error, file: file, part: sheet)
    }
    if isOver {
      if !state.pointee.isWorksheet { state.pointee.builder.refuse("这个部件不是工作表", "the part is not a worksheet") }
      state.pointee.builder.closeChunk()
    }
    guard let fault = state.pointee.builder.fault else { return }
    switch fault {
    case .damaged(let row, let what):
      throw IntakeFailure(
        IntakeFindings.fileUnreadable, file: file, sheet: sheet, row: row, ["\(what.zh) (\(what.en))"])
    case .limit(let what):
      throw IntakeFailure(IntakeFindings.fileLimit, file: file, sheet: sheet, [what])
    }
  }
}

/// Rows that came in any order, in the order of their numbers. Rows with one number are joined, and of two cells in
/// one place the later holds, as other readers have it.
enum RowOrder {
  static func sorted(_ chunks: [RowChunk]) -> [RowChunk] {
    var places: [(number: Int32, chunk: Int, row: Int)] = []
    for (i, chunk) in chunks.enumerated() {
      for (j, row) in chunk.rows.enumerated() { places.append((row.number, i, j)) }
    }
    places.sort { ($0.number, $0.chunk, $0.row) < ($1.number, $1.chunk, $1.row) }
    var result: [RowChunk] = []
    var chunk = RowChunk()
    var at = 0
    while at < places.count {
      let same = places[at...].prefix { $0.number == places[at].number }
      append(same.map { (chunks[$0.chunk], chunks[$0.chunk].rows[$0.row]) }, to: &chunk)
      at += same.count
      if chunk.rows.count >= RowBuilder.chunkRows || at == places.count {
        result.append(chunk)
        chunk.removeAll()
      }
    }
    return result
  }

  private static func append(_ same: [(RowChunk, RowSlot)], to out: inout RowChunk) {
    var cells: [(slot: CellSlot, from: Int)] = []
    for (i, (chunk, row)) in same.enumerated() {
      for slot in chunk.cells[Int(row.firstCell)..<Int(row.firstCell + row.cellCount)] {
        cells.append((slot, i))
      }
    }
    if same.count > 1 {
      cells = cells.enumerated().sorted { ($0.element.slot.column, $0.offset) < ($1.element.slot.column, $1.offset) }
        .map(\.element)
    }
    let first = Int32(out.cells.count)
    for (i, cell) in cells.enumerated() {
      if i + 1 < cells.count, cells[i + 1].slot.column == cell.slot.column { continue }
      let (slot, source) = (cell.slot, same[cell.from].0)
      let start = Int32(out.bytes.count)
      out.bytes += source.bytes[Int(slot.start)..<Int(slot.start + slot.count)]
      out.cells.append(
        CellSlot(
          column: slot.column, kind: slot.kind, hasFormula: slot.hasFormula, start: start, count: slot.count))
    }
    out.rows.append(
      RowSlot(
        number: same[0].1.number, firstCell: first, cellCount: Int32(out.cells.count) - first,
        isHidden: same.contains { $0.1.isHidden }))
  }
}

extension IntakeFailure {
  static func of(_ fault: XMLFault, file: String, part: String) -> IntakeFailure {
    switch fault {
    case .doctype: return IntakeFailure(IntakeFindings.xmlDoctype, file: file, [part])
    case .damaged(let text): return IntakeFailure(IntakeFindings.fileUnreadable, file: file, ["\(part): \(text)"])
    case .limit(let what): return IntakeFailure(IntakeFindings.fileLimit, file: file, ["\(part): \(what)"])
    case .archive(.limit(let what)): return IntakeFailure(IntakeFindings.fileLimit, file: file, [what])
    case .archive(.damaged(let what)):
      return IntakeFailure(IntakeFindings.fileUnreadable, file: file, ["\(what.zh) (\(what.en))"])
    }
  }
}
