import AidModel
import CLibXML2

/// A rectangle of merged cells. Rows from 1, columns from 0, ends included.
public struct MergedRange: Sendable, Hashable {
  public let firstRow: Int32
  public let lastRow: Int32
  public let firstColumn: Int32
  public let lastColumn: Int32

  public init(firstRow: Int32, lastRow: Int32, firstColumn: Int32, lastColumn: Int32) {
    self.firstRow = firstRow
    self.lastRow = lastRow
    self.firstColumn = firstColumn
    self.lastColumn = lastColumn
  }
}

/// How the type attribute of a cell says its value is stored.
enum CellStorage { case number, shared, string, inline, boolean, error, isoDate }

/// What the SAX callbacks write into. A plain struct behind a pointer: no retain, no lookup for a cell.
struct SheetState {
  var chunk = RowChunk()
  var ready: [RowChunk] = []
  var row: Int32 = 0
  var rowIsHidden = false
  var firstCell = 0
  var nextColumn: Int32 = 0
  var inCell = false
  var column: Int32 = 0
  var storage = CellStorage.number
  var style = 0
  var hasFormula = false
  var hasValue = false
  var collecting = false
  var valueStart = 0
  var inlineDepth = 0
  var phonetic = 0
  var fault: SheetFault?

  var merges: [MergedRange] = []
  var hiddenColumns: [ClosedRange<Int32>] = []
  var hasFilter = false
  var sawHiddenRow = false

  let shared: SharedStrings
  let formats: [NumberMeaning]
  let dates: DateSystem
  let limits: IntakeLimits

  init(shared: SharedStrings, formats: [NumberMeaning], dates: DateSystem, limits: IntakeLimits) {
    self.shared = shared
    self.formats = formats
    self.dates = dates
    self.limits = limits
  }

  /// Rows to a chunk: enough that handing it over costs nothing, few enough to stay in the cache.
  static let chunkRows = 512

  mutating func beginRow(number: Int32?, isHidden: Bool) {
    let number = number ?? row + 1
    if number <= row { fault = fault ?? .order(row: number) }
    if number > limits.rowsMax { fault = fault ?? .limit("row \(number) > \(limits.rowsMax)") }
    row = number
    rowIsHidden = isHidden
    if isHidden { sawHiddenRow = true }
    firstCell = chunk.cells.count
    nextColumn = 0
  }

  mutating func endRow() {
    chunk.rows.append(
      RowSlot(
        number: row, firstCell: Int32(firstCell), cellCount: Int32(chunk.cells.count - firstCell),
        isHidden: rowIsHidden))
    if chunk.rows.count >= Self.chunkRows || chunk.bytes.count > 8 << 20 {
      ready.append(chunk)
      chunk.removeAll()
    }
  }

  mutating func beginCell(column: Int32?) {
    let column = column ?? nextColumn
    if column < nextColumn { fault = fault ?? .order(row: row) }
    if column >= limits.columnsMax { fault = fault ?? .limit("column \(column) > \(limits.columnsMax)") }
    self.column = column
    nextColumn = column + 1
    inCell = true
    hasFormula = false
    hasValue = false
    collecting = false
    valueStart = chunk.bytes.count
  }

  mutating func endCell() {
    inCell = false
    collecting = false
    let kind = finishValue()
    let count = chunk.bytes.count - valueStart
    if count > limits.cellBytesMax { fault = fault ?? .limit("cell of \(count) bytes in row \(row)") }
    if kind == .blank {
      chunk.bytes.removeLast(count)
      return
    }
    chunk.cells.append(
      CellSlot(
        column: column, kind: kind, hasFormula: hasFormula, start: Int32(valueStart), count: Int32(count)))
  }

  private mutating func finishValue() -> CellKind {
    let count = chunk.bytes.count - valueStart
    switch storage {
    case .number:
      if count == 0 { return hasFormula ? .formulaWithoutValue : .blank }
      if style < formats.count, formats[style] == .date, replaceBySerialDay() { return .date }
      return .number
    case .shared:
      if count == 0 { return hasFormula ? .formulaWithoutValue : .blank }
      return replaceByShared()
    case .string, .inline:
      EscapedText.decode(&chunk.bytes, from: valueStart)
      if hasFormula, !hasValue { return .formulaWithoutValue }
      return chunk.bytes.count == valueStart ? .blank : .text
    case .boolean:
      if count == 0 { return hasFormula ? .formulaWithoutValue : .blank }
      let isTrue =
        chunk.bytes[valueStart] == UInt8(ascii: "1") || chunk.bytes[valueStart] | 0x20 == UInt8(ascii: "t")
      replace(isTrue ? "TRUE" : "FALSE")
      return .boolean
    case .error: return count == 0 ? .blank : .error
    case .isoDate: return count == 0 ? .blank : .date
    }
  }

  private mutating func replace(_ text: String) {
    chunk.bytes.removeLast(chunk.bytes.count - valueStart)
    chunk.bytes.append(contentsOf: text.utf8)
  }

  private mutating func replaceByShared() -> CellKind {
    var index = 0
    for byte in chunk.bytes[valueStart...] {
      guard byte >= 48, byte <= 57, index < 1 << 40 else {
        fault = fault ?? .shared(row: row)
        return .blank
      }
      index = index * 10 + Int(byte - 48)
    }
    guard index < shared.count else {
      fault = fault ?? .shared(row: row)
      return .blank
    }
    chunk.bytes.removeLast(chunk.bytes.count - valueStart)
    let (from, to) = (Int(shared.starts[index]), Int(shared.starts[index + 1]))
    shared.bytes.withUnsafeBufferPointer {
      chunk.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[from..<to]))
    }
    return from == to ? .blank : .text
  }

  private mutating func replaceBySerialDay() -> Bool {
    let text = String(decoding: chunk.bytes[valueStart...], as: UTF8.self)
    guard let iso = SerialDate.iso(text, in: dates) else { return false }
    replace(iso)
    return true
  }
}

enum SheetFault: Error {
  case order(row: Int32)
  case shared(row: Int32)
  case limit(String)
}

/// A stored day number as ISO text.
enum SerialDate {
  /// Nil where the number is no day of the system; times are rounded to seconds.
  static func iso(_ text: String, in dates: DateSystem) -> String? {
    guard let value = Double(text), value >= 0, value < 3_000_000 else { return nil }
    var day = Int(value)
    var seconds = Int(((value - Double(day)) * 86_400).rounded())
    if seconds == 86_400 { (day, seconds) = (day + 1, 0) }
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let time = "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    if day == 0, dates == .from1900 { return time }
    guard let date = CivilDate(excelSerial: day, in: dates) else { return nil }
    return seconds == 0 ? date.description : "\(date)T\(time)"
  }
}
