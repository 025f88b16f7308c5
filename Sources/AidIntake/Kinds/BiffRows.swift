import AidModel

/// The cells of one sheet of a BIFF8 workbook. Where each of them stands is noted first; writers need not keep to the
/// order of rows.
final class BiffRows: SheetRows {
  private let globals: BiffGlobals
  private let name: String
  private let limits: IntakeLimits
  private var builder: ChunkBuilder
  /// Row, column, whether it is one of many in its record, and where it stands; sorted.
  private var cells: [UInt64] = []
  private var at = 0
  private var hiddenRows: Set<Int> = []
  private(set) var merges: [MergedRange] = []
  private(set) var hiddenColumns: [ClosedRange<Int32>] = []
  private(set) var isFiltered = false
  private(set) var marked: [MarkedCell] = []

  init(
    _ globals: BiffGlobals, sheet: Int, name: String, limits: IntakeLimits
  ) throws(KindFault) {
    self.globals = globals
    self.name = name
    self.limits = limits
    builder = ChunkBuilder(limits: limits)
    try scan(from: globals.sheets[sheet].offset)
    if !zip(cells, cells.dropFirst()).allSatisfy({ $0 < $1 }) { cells.sort() }
  }

  private var records: BiffRecords { globals.records }

  private func scan(from offset: Int) throws(KindFault) {
    guard let first = try records.record(at: offset), first.type == 0x809 else { throw BiffRecords.damaged }
    var next = first.start + first.count
    // Charts stand inside a sheet as a stream of their own.
    var depth = 1
    while let record = try records.record(at: next) {
      next = record.start + record.count
      switch record.type {
      case 0x809: depth += 1
      case 0x0A:
        depth -= 1
        if depth == 0 {
          isFiltered = isFiltered && !hiddenRows.isEmpty
          return
        }
      default: if depth == 1 { try note(record) }
      }
    }
    throw BiffRecords.damaged
  }

  private func note(_ record: BiffRecords.Record) throws(KindFault) {
    let (start, count) = (record.start, record.count)
    switch record.type {
    case 0x203, 0x27E, 0xFD, 0x204, 0xD6, 0x205, 0x06:
      guard count >= 8 else { throw BiffRecords.damaged }
      keep(row: records.u16(start), column: records.u16(start + 2), at: start - 4)
    case 0xBD:
      guard count >= 6 else { throw BiffRecords.damaged }
      for i in 0..<((count - 6) / 6) {
        keep(row: records.u16(start), column: records.u16(start + 2) + i, at: start + 4 + 6 * i, isMany: true)
      }
    case 0x208 where count >= 14:
      // Hidden, or of no height.
      if records.u16(start + 12) & 0x20 != 0 || records.u16(start + 6) & 0x7FFF == 0 {
        hiddenRows.insert(records.u16(start))
      }
    case 0x7D where count >= 10:
      let (first, last) = (Int32(records.u16(start)), Int32(records.u16(start + 2)))
      if records.u16(start + 8) & 1 != 0 || records.u16(start + 4) == 0, first <= last {
        hiddenColumns.append(first...last)
      }
    case 0xE5 where count >= 2: try noteMerges(record)
    case 0x9B: isFiltered = true
    default: break
    }
  }

  private func keep(row: Int, column: Int, at: Int, isMany: Bool = false) {
    cells.append(UInt64(row) << 48 | UInt64(column & 0x7FFF) << 33 | (isMany ? 1 << 32 : 0) | UInt64(at))
  }

  private func noteMerges(_ record: BiffRecords.Record) throws(KindFault) {
    for i in 0..<records.u16(record.start) {
      let at = record.start + 2 + 8 * i
      guard at + 8 <= record.start + record.count else { throw BiffRecords.damaged }
      let (rows, columns) = (
        (records.u16(at), records.u16(at + 2)), (records.u16(at + 4), records.u16(at + 6))
      )
      guard rows.0 <= rows.1, columns.0 <= columns.1 else { continue }
      if merges.count >= limits.mergesMax { throw .limit("\(limits.mergesMax) 处合并 (merged ranges)") }
      merges.append(
        MergedRange(
          firstRow: Int32(rows.0 + 1), lastRow: Int32(rows.1 + 1), firstColumn: Int32(columns.0),
          lastColumn: Int32(columns.1)))
    }
  }

  func next() throws(IntakeFailure) -> RowChunk? {
    do throws(KindFault) {
      while true {
        if let chunk = try builder.take(atEnd: at == cells.count) { return chunk }
        if at == cells.count { return nil }
        try readRow()
      }
    } catch {
      throw error.failure(file: name)
    }
  }

  private func readRow() throws(KindFault) {
    let row = Int(cells[at] >> 48)
    builder.beginRow(Int32(row + 1), isHidden: hiddenRows.contains(row))
    while at < cells.count, Int(cells[at] >> 48) == row {
      let column = Int32((cells[at] >> 33) & 0x7FFF)
      let place = Int(cells[at] & 0xFFFF_FFFF)
      let isMany = cells[at] & (1 << 32) != 0
      noteMarks(format: records.u16(place + (isMany ? 0 : 8)), column)
      if isMany {
        number(Self.packed(records.u32(place + 2)), column, format: records.u16(place))
      } else if let record = try records.record(at: place) {
        try read(record, column)
      }
      at += 1
    }
    builder.endRow()
  }

  private func noteMarks(format: Int, _ column: Int32) {
    guard format < globals.marks.count else { return }
    globals.marks[format].note(row: builder.row, column: column, in: &marked)
  }

  private func read(_ record: BiffRecords.Record, _ column: Int32) throws(KindFault) {
    let (start, count) = (record.start, record.count)
    let format = records.u16(start + 4)
    func need(_ bytes: Int) throws(KindFault) {
      if count < bytes { throw BiffRecords.damaged }
    }
    switch record.type {
    case 0x203:
      try need(14)
      number(records.double(start + 6), column, format: format)
    case 0x27E:
      try need(10)
      number(Self.packed(records.u32(start + 6)), column, format: format)
    case 0xFD:
      try need(10)
      guard let text = globals.string(records.u32(start + 6)) else {
        throw .damaged(Bilingual("共享字符串缺失", "a shared string is missing"), row: builder.row)
      }
      builder.add(.text, column: column, text)
      if globals.struckTexts.contains(records.u32(start + 6)) {
        marked.note(MarkedCell(row: builder.row, column: column, mark: .struck))
      }
    case 0x204, 0xD6:
      builder.add(.text, column: column, try text(record, from: start + 6))
    case 0x205:
      try need(8)
      flag(records.u8(start + 6), isError: records.u8(start + 7) != 0, column, hasFormula: false)
    default: try formula(record, column, format: format)
    }
  }

  private func text(_ record: BiffRecords.Record, from: Int) throws(KindFault) -> [UInt8] {
    var segments = try records.segments(of: record)
    guard segments[0].upperBound >= from + 3 else { throw BiffRecords.damaged }
    segments[0] = from..<segments[0].upperBound
    var bytes: [UInt8] = []
    var reader = BiffStringReader(records, segments)
    try reader.string(into: &bytes)
    return bytes
  }

  /// The cached value of a formula.
  private func formula(_ record: BiffRecords.Record, _ column: Int32, format: Int) throws(KindFault) {
    let value = record.start + 6
    guard record.count >= 20 else { throw BiffRecords.damaged }
    guard records.u16(value + 6) == 0xFFFF else {
      return number(records.double(value), column, format: format, hasFormula: true)
    }
    switch records.u8(value) {
    case 0:
      // The text stands in a record of its own, behind what a shared or array formula adds.
      var next = record.start + record.count
      while let more = try records.record(at: next), [0x4BC, 0x221, 0x236, 0x3C].contains(more.type) {
        next = more.start + more.count
      }
      guard let string = try records.record(at: next), string.type == 0x207 else { throw BiffRecords.damaged }
      builder.add(.text, column: column, hasFormula: true, try text(string, from: string.start))
    case 1: flag(records.u8(value + 2), isError: false, column, hasFormula: true)
    case 2: flag(records.u8(value + 2), isError: true, column, hasFormula: true)
    case 3: break
    default: throw BiffRecords.damaged
    }
  }

  private func flag(_ value: Int, isError: Bool, _ column: Int32, hasFormula: Bool) {
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

  /// Thirty bits of a number: a whole one or the top of a stored one, perhaps in hundredths.
  private static func packed(_ rk: Int) -> Double {
    let isHundredths = rk & 1 != 0
    let value =
      rk & 2 != 0
      ? Double(Int32(truncatingIfNeeded: rk) >> 2) : Double(bitPattern: UInt64(rk & 0xFFFF_FFFC) << 32)
    return isHundredths ? value / 100 : value
  }

  private func number(_ value: Double, _ column: Int32, format: Int, hasFormula: Bool = false) {
    guard value.isFinite else { return builder.refuse("数值单元格里不是数", "a number cell without a number") }
    let meaning = format < globals.meanings.count ? globals.meanings[format] : .number
    let moment: Moment? =
      switch meaning {
      case .date: Moment(serial: value, in: globals.dates)
      case .elapsed: Moment(elapsedDays: value)
      default: nil
      }
    if let moment {
      builder.add(.date, column: column, hasFormula: hasFormula, moment.text.utf8)
    } else {
      let digits = StoredNumber.shortest(Array("\(value)".utf8))
      builder.add(
        .number, column: column, hasFormula: hasFormula,
        meaning.zeros.map { NumberMeaning.padded(digits, to: $0) } ?? digits)
    }
  }
}
