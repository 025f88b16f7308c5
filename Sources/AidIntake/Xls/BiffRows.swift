import AidModel

/// The rows of one sheet of a binary workbook.
final class BiffRows: SheetRows {
  private let name: String
  private var reader: BiffRowReader

  init(
    _ globals: BiffGlobals, sheet: Int, name: String, limits: IntakeLimits
  ) throws(KindFault) {
    self.name = name
    reader = try BiffRowReader(globals, sheet: sheet, limits: limits)
  }

  var merges: [MergedRange] { reader.layout.merges }
  var hiddenColumns: [ClosedRange<Int32>] { reader.layout.hiddenColumns }
  var isFiltered: Bool { reader.layout.isFiltered }
  var marked: [MarkedCell] { reader.marked }
  var formulas: FormulaCells { reader.formulas }

  func next() throws(IntakeFailure) -> RowChunk? {
    do throws(KindFault) {
      return try reader.next()
    } catch {
      throw error.failure(file: name)
    }
  }
}

/// Reads the cells of one sheet. Their positions are collected first, since writers need not write rows in
/// order. A struct, so that accesses need no exclusivity checks.
private struct BiffRowReader {
  private let globals: BiffGlobals
  private let records: BiffRecords
  private let decoder: CodePage?
  private var builder: ChunkBuilder
  let layout: BiffSheetLayout
  /// Whether some format carries a mark besides the value.
  private let hasMarks: Bool
  private var at = 0
  /// The text of the current cell.
  private var text: [UInt8] = []
  private var formulaCells = FormulaCells()
  private(set) var marked: [MarkedCell] = []

  init(_ globals: BiffGlobals, sheet: Int, limits: IntakeLimits) throws(KindFault) {
    self.globals = globals
    records = globals.records
    decoder = globals.texts.isWide ? nil : try globals.texts.decoder()
    builder = ChunkBuilder(limits: limits)
    hasMarks = globals.marks.contains { !$0.isPlain }
    layout = try BiffSheetLayout(globals, sheet: sheet, limits: limits)
  }

  /// Available after `next` has returned nil.
  var formulas: FormulaCells {
    layout.isUncomputed ? formulaCells : formulaCells.bySheet
  }

  mutating func next() throws(KindFault) -> RowChunk? {
    while true {
      let isOver = at == layout.cells.count
      if let chunk = try builder.take(atEnd: isOver) { return chunk }
      if isOver { return nil }
      try readRow()
    }
  }

  private mutating func readRow() throws(KindFault) {
    let row = layout.cells[at].row
    builder.beginRow(Int32(row + 1), isHidden: layout.hiddenRows.contains(row))
    while at < layout.cells.count, layout.cells[at].row == row {
      let cell = layout.cells[at]
      let column = Int32(truncatingIfNeeded: cell.column)
      if cell.isOneOfMany {
        let format = records.u16(cell.place)
        noteMarks(format: format, column)
        number(Self.packed(records.u32(cell.place + 2)), column, format: format)
      } else if let record = try records.record(at: cell.place) {
        noteMarks(format: records.u16(record.start + 4), column)
        try read(record, column)
      }
      at += 1
    }
    builder.endRow()
  }

  @inline(__always)
  private mutating func noteMarks(format: Int, _ column: Int32) {
    guard hasMarks, format < globals.marks.count else { return }
    globals.marks[format].note(row: builder.row, column: column, in: &marked)
  }

  /// - Precondition: the record has at least eight bytes.
  private mutating func read(_ record: BiffRecords.Record, _ column: Int32) throws(KindFault) {
    let (start, count) = (record.start, record.count)
    let format = records.u16(start + 4)
    func need(_ bytes: Int) throws(KindFault) {
      if count < bytes { throw BiffRecords.damaged }
    }
    switch record.type {
    case BiffCellRecord.number:
      try need(14)
      number(records.double(start + 6), column, format: format)
    case BiffCellRecord.packedNumber:
      try need(10)
      number(Self.packed(records.u32(start + 6)), column, format: format)
    case BiffCellRecord.sharedText:
      try need(10)
      try shared(records.u32(start + 6), column)
    case BiffCellRecord.text, BiffCellRecord.richText:
      try own(record, column)
    case BiffCellRecord.flag:
      flag(records.u8(start + 6), isError: records.u8(start + 7) != 0, column, hasFormula: false)
    default: try formula(record, column, format: format)
    }
  }

  private mutating func shared(_ index: Int, _ column: Int32) throws(KindFault) {
    guard let text = globals.strings[index] else {
      throw .damaged(Bilingual("共享字符串缺失", "a shared string is missing"), row: builder.row)
    }
    builder.add(.text, column: column, text)
    if globals.strings.struck.contains(index) { noteStruck(column) }
  }

  private mutating func noteStruck(_ column: Int32) {
    marked.note(MarkedCell(row: builder.row, column: column, mark: .struck))
  }

  /// A text in the record itself, possibly rich text.
  private mutating func own(_ record: BiffRecords.Record, _ column: Int32) throws(KindFault) {
    text.removeAll(keepingCapacity: true)
    let fonts = try globals.texts.read(
      record.start + 6, of: record, hasRuns: record.type == BiffCellRecord.richText, decoder, into: &text)
    builder.add(.text, column: column, text)
    if fonts.contains(where: globals.isStruck) { noteStruck(column) }
  }

  // MARK: Formulas

  /// The compute-on-load flag of a formula ([MS-XLS] 2.4.127; the bit was named in earlier formats). Programs
  /// that cannot compute set it, but so do OpenOffice and LibreOffice, which can.
  private static let computeOnLoad = 2

  /// The stored value of a formula.
  private mutating func formula(_ record: BiffRecords.Record, _ column: Int32, format: Int) throws(KindFault)
  {
    let value = record.start + 6
    guard record.count >= 16 else { throw BiffRecords.damaged }
    let isToCompute = layout.isUncomputed || records.u16(value + 8) & Self.computeOnLoad != 0
    guard records.u16(value + 6) == 0xFFFF else {
      let stored = records.double(value)
      note(isToCompute, column, isPlaceholder: stored == 0)
      return number(stored, column, format: format, hasFormula: true)
    }
    switch records.u8(value) {
    case 0:
      try formulaText(behind: record)
      note(isToCompute, column, isPlaceholder: text.isEmpty)
      builder.add(.text, column: column, hasFormula: true, text)
    case 1, 2:
      note(isToCompute, column, isPlaceholder: false)
      flag(records.u8(value + 2), isError: records.u8(value) == 2, column, hasFormula: true)
    case 3: note(isToCompute, column, isPlaceholder: true)
    default: throw BiffRecords.damaged
    }
  }

  private mutating func note(_ isToCompute: Bool, _ column: Int32, isPlaceholder: Bool) {
    if isToCompute { formulaCells.note(row: builder.row, column: column, isPlaceholder: isPlaceholder) }
  }

  /// A formula's text result is in a separate record, after those of a shared or array formula.
  private mutating func formulaText(behind record: BiffRecords.Record) throws(KindFault) {
    var next = record.end
    while let more = try records.record(at: next),
      more.type == BiffRecords.continuation
        || more.type != BiffCellRecord.formulaText && BiffCellRecord.use(of: more.type) == .ofFormula
    {
      next = more.end
    }
    guard let string = try records.record(at: next), string.type == BiffCellRecord.formulaText else {
      throw BiffRecords.damaged
    }
    text.removeAll(keepingCapacity: true)
    try globals.texts.read(string.start, of: string, decoder, into: &text)
  }

  // MARK: Values

  private mutating func flag(_ value: Int, isError: Bool, _ column: Int32, hasFormula: Bool) {
    guard isError else {
      return builder.add(
        .boolean, column: column, hasFormula: hasFormula, (value == 0 ? "FALSE" : "TRUE").utf8)
    }
    let known: [Int: String] = [
      0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
      0x2A: "#N/A", 0x2B: "#GETTING_DATA",
    ]
    builder.add(.error, column: column, hasFormula: hasFormula, (known[value] ?? "#ERR\(value)").utf8)
  }

  /// A number in thirty bits: an integer, or the upper bits of a double; possibly in hundredths.
  private static func packed(_ rk: Int) -> Double {
    let isHundredths = rk & 1 != 0
    let value =
      rk & 2 != 0
      ? Double(Int32(truncatingIfNeeded: rk) >> 2) : Double(bitPattern: UInt64(rk & 0xFFFF_FFFC) << 32)
    return isHundredths ? value / 100 : value
  }

  private mutating func number(_ value: Double, _ column: Int32, format: Int, hasFormula: Bool = false) {
    guard value.isFinite else { return builder.refuse("数值单元格里不是数", "a number cell without a number") }
    let meaning = format < globals.meanings.count ? globals.meanings[format] : .number
    if meaning == .date, writeDay(value) {
      return builder.add(.date, column: column, hasFormula: hasFormula, text)
    }
    let moment: Moment? =
      switch meaning {
      case .date: Moment(serial: value, in: globals.dates)
      case .elapsed: Moment(elapsedDays: value)
      default: nil
      }
    if let moment {
      return builder.add(.date, column: column, hasFormula: hasFormula, moment.text.utf8)
    }
    text.removeAll(keepingCapacity: true)
    StoredNumber.write(value, to: &text)
    if let zeros = meaning.zeros { text = NumberMeaning.padded(text, to: zeros) }
    builder.add(.number, column: column, hasFormula: hasFormula, text)
  }

  /// Writes a whole day without going through `Moment`; false if it is not one.
  private mutating func writeDay(_ value: Double) -> Bool {
    guard value > 0, value < 1_000_000, value == value.rounded() else { return false }
    text.removeAll(keepingCapacity: true)
    text.append(contentsOf: repeatElement(0, count: 10))
    let (day, dates) = (Int(value), globals.dates)
    return text.withUnsafeMutableBufferPointer { StoredDate.write(day: day, in: dates, to: $0.baseAddress!) }
  }
}
