import AidModel

/// The positions of a sheet's cells in its stream, and its other properties.
struct BiffSheetLayout {
  /// A cell's position in the sheet and in the stream. Ordered by row, then column.
  struct Cell: Comparable, BitwiseCopyable {
    /// Row (16 bits), column (15), a flag for records of several cells, and the stream position (32).
    private let bits: UInt64

    /// - Precondition: row fits 16 bits, column 15, place 32.
    init(row: Int, column: Int, place: Int, isOneOfMany: Bool) {
      bits = UInt64(row) << 48 | UInt64(column) << 33 | (isOneOfMany ? 1 << 32 : 0) | UInt64(place)
    }

    /// Zero-based.
    var row: Int { Int(bits >> 48) }
    /// Zero-based.
    var column: Int { Int((bits >> 33) & 0x7FFF) }
    var isOneOfMany: Bool { bits & (1 << 32) != 0 }
    /// Offset of the cell's record; in a record of several cells, of the cell's format.
    var place: Int { Int(bits & 0xFFFF_FFFF) }

    static func < (a: Cell, b: Cell) -> Bool { a.bits < b.bits }
  }

  private(set) var cells: [Cell] = []
  private(set) var hiddenRows: Set<Int> = []
  private(set) var merges: [MergedRange] = []
  private(set) var hiddenColumns: [ClosedRange<Int32>] = []
  private(set) var isFiltered = false
  /// The sheet was saved without computing its formulas.
  private(set) var isUncomputed = false

  private let records: BiffRecords
  private let limits: IntakeLimits
  private let uses = BiffCellRecord.uses

  init(_ globals: BiffGlobals, sheet: Int, limits: IntakeLimits) throws(KindFault) {
    (records, self.limits) = (globals.records, limits)
    try scan(from: try globals.begin(of: sheet))
    if !zip(cells, cells.dropFirst()).allSatisfy({ $0 < $1 }) { cells.sort() }
  }

  private mutating func scan(from offset: Int) throws(KindFault) {
    guard let first = try records.record(at: offset) else { throw BiffRecords.damaged }
    var next = first.end
    // Charts are nested streams inside a sheet.
    var depth = 1
    while let record = try records.record(at: next) {
      next = record.end
      switch record.type {
      case BiffRecords.beginning: depth += 1
      case BiffRecords.end:
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

  @inline(__always)
  private mutating func note(_ record: BiffRecords.Record) throws(KindFault) {
    let use = record.type < uses.count ? uses[record.type] : .none
    switch use {
    case .one:
      guard record.count >= 8 else { throw BiffRecords.damaged }
      try keep(column: records.u16(record.start + 2), of: record, at: record.start - 4, isOneOfMany: false)
    case .many: try noteMany(record)
    case .none: try noteOther(record)
    case .blank, .ofFormula: break
    case .refused:
      let hasPlace = record.count >= 4
      throw BiffCellRecord.refusal(
        record.type, row: hasPlace ? records.u16(record.start) : nil,
        column: hasPlace ? records.u16(record.start + 2) : 0)
    }
  }

  private mutating func noteMany(_ record: BiffRecords.Record) throws(KindFault) {
    guard record.count >= 6 else { throw BiffRecords.damaged }
    let first = records.u16(record.start + 2)
    for i in 0..<((record.count - 6) / 6) {
      try keep(column: first + i, of: record, at: record.start + 4 + 6 * i, isOneOfMany: true)
    }
  }

  @inline(__always)
  private mutating func keep(
    column: Int, of record: BiffRecords.Record, at place: Int, isOneOfMany: Bool
  ) throws(KindFault) {
    guard column <= 0x7FFF, place <= 0xFFFF_FFFF else { throw .limit("\(limits.columnsMax) 列 (columns)") }
    cells.append(
      Cell(row: records.u16(record.start), column: column, place: place, isOneOfMany: isOneOfMany))
  }

  /// Records about rows, columns or the whole sheet.
  private mutating func noteOther(_ record: BiffRecords.Record) throws(KindFault) {
    let (start, count) = (record.start, record.count)
    switch record.type {
    case 0x208 where count >= 14:
      // Hidden, or of zero height.
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
    case 0x5E: isUncomputed = true
    default: break
    }
  }

  private mutating func noteMerges(_ record: BiffRecords.Record) throws(KindFault) {
    for i in 0..<records.u16(record.start) {
      let at = record.start + 2 + 8 * i
      guard at + 8 <= record.end else { throw BiffRecords.damaged }
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
}
