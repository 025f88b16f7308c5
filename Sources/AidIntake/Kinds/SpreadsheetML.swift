import AidModel
import CLibXML2

/// The XML spreadsheet format of 2002 and 2003 (`ss:Workbook`), a common export as `.xml` or `.xls`.
struct SpreadsheetML: SheetBook {
  let kind = FileKind.xml
  private(set) var sheets: [SheetInfo] = []
  let dates = DateSystem.from1900
  private let document: DocumentBytes
  private let name: String
  private let limits: IntakeLimits

  static let namespace: StaticString = "urn:schemas-microsoft-com:office:spreadsheet"

  init(_ document: DocumentBytes, name: String, limits: IntakeLimits) throws(IntakeFailure) {
    (self.document, self.name, self.limits) = (document, name, limits)
    func sheets(without skipper: RowSkipper?) throws(KindFault) -> [SheetInfo] {
      try SpreadsheetMLRows(document, sheet: -1, name: name, limits: limits, without: skipper).sheets()
    }
    do throws(KindFault) {
      self.sheets = try sheets(without: RowSkipper(row: "Row"))
    } catch {
      do throws(KindFault) {
        self.sheets = try sheets(without: nil)
      } catch {
        throw error.failure(file: name)
      }
    }
    if self.sheets.isEmpty {
      throw KindFault.kind("没有工作表的 XML 表格 (an XML spreadsheet without sheets)").failure(file: name)
    }
  }

  func open(sheet index: Int) throws(IntakeFailure) -> any SheetRows {
    do throws(KindFault) {
      return try SpreadsheetMLRows(document, sheet: index, name: name, limits: limits, expecting: sheets)
    } catch {
      throw error.failure(file: name, sheet: sheets[index].name)
    }
  }
}

/// The rows of one worksheet; with sheet number −1, only the names of all.
private final class SpreadsheetMLRows: SheetRows {
  private let state: UnsafeMutablePointer<SpreadsheetMLState>
  private var markup: Markup
  private let name: String
  /// The sheets found before; nil while listing them.
  private let expected: [SheetInfo]?

  init(
    _ document: DocumentBytes, sheet: Int, name: String, limits: IntakeLimits,
    without skipper: RowSkipper? = nil, expecting expected: [SheetInfo]? = nil
  ) throws(KindFault) {
    (self.name, self.expected) = (name, expected)
    state = .allocate(capacity: 1)
    state.initialize(to: SpreadsheetMLState(wanted: sheet, limits: limits))
    var sax = Markup.handler()
    sax.startElementNs = { context, local, _, uri, _, _, count, _, attributes in
      context!.assumingMemoryBound(to: SpreadsheetMLState.self).pointee
        .start(MarkupName(local, uri), MarkupAttributes(attributes, count))
    }
    sax.endElementNs = { context, _, _, _ in
      context!.assumingMemoryBound(to: SpreadsheetMLState.self).pointee.end()
    }
    sax.characters = { context, text, count in
      context!.assumingMemoryBound(to: SpreadsheetMLState.self).pointee
        .characters(UnsafeBufferPointer(start: text, count: Int(count)))
    }
    sax.ignorableWhitespace = sax.characters
    markup = try Markup(document, &sax, context: state, without: skipper)
  }

  deinit {
    state.deinitialize(count: 1)
    state.deallocate()
  }

  func sheets() throws(KindFault) -> [SheetInfo] {
    while !markup.isOver {
      try markup.advance()
      if let fault = state.pointee.builder.fault { throw fault }
    }
    return found
  }

  private var found: [SheetInfo] {
    zip(state.pointee.names, state.pointee.hidden).map { SheetInfo(name: $0, isHidden: $1) }
  }

  var merges: [MergedRange] { state.pointee.merges }
  var hiddenColumns: [ClosedRange<Int32>] { state.pointee.hiddenColumns }
  var marked: [MarkedCell] { state.pointee.marked }
  var isFiltered: Bool { state.pointee.hasFilter && state.pointee.builder.sawHiddenRow }

  func next() throws(IntakeFailure) -> RowChunk? {
    do throws(KindFault) {
      while true {
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

/// The state of the SAX callbacks for an XML spreadsheet.
private struct SpreadsheetMLState {
  private static let ss = SpreadsheetML.namespace
  private static let html: StaticString = "http://www.w3.org/TR/REC-html40"
  private static let x: StaticString = "urn:schemas-microsoft-com:office:excel"

  private let wanted: Int
  private let limits: IntakeLimits
  var builder: ChunkBuilder
  private(set) var names: [String] = []
  private(set) var hidden: [Bool] = []
  private(set) var merges: [MergedRange] = []
  /// So far in one sheet.
  private var mergesSeen = 0
  private var rowsSeen = 0
  private(set) var hiddenColumns: [ClosedRange<Int32>] = []
  private(set) var hasFilter = false
  private(set) var marked: [MarkedCell] = []

  private enum Level { case outside, worksheet, table, row, cell, data, visible, skipped }

  /// The kinds of the open elements, outermost first.
  private var levels: [Level] = []
  private var styleID: String?
  private var styles: [String: FormatMarks] = [:]
  private var zeros: [String: Int] = [:]
  private var text: [UInt8] = []
  private var row: Int32 = 0
  private var rowSpan: Int32 = 0
  private var column: Int32 = 0
  private var nextColumn: Int32 = 0
  private var sheetColumn: Int32 = 0
  private var type: String?
  private var hasFormula = false
  private var rowStyle: String?
  private var style: String?
  private var isStruck = false

  private static let sheetsMax = 10_000

  init(wanted: Int, limits: IntakeLimits) {
    (self.wanted, self.limits) = (wanted, limits)
    builder = ChunkBuilder(limits: limits)
  }

  private var isReading: Bool { names.count - 1 == wanted }

  mutating func start(_ name: MarkupName, _ attributes: MarkupAttributes) {
    levels.append(level(of: name, in: levels.last ?? .outside, attributes))
  }

  private mutating func level(
    of name: MarkupName, in parent: Level, _ attributes: MarkupAttributes
  ) -> Level {
    switch parent {
    case .outside:
      // The workbook element, then its children.
      if levels.isEmpty { return .outside }
      if name.is("Styles", Self.ss) || name.is("Style", Self.ss) {
        styleID = attributes.text("ID", Self.ss)
        return .outside
      }
      if let styleID { noteStyle(styleID, name, attributes) }
      guard name.is("Worksheet", Self.ss) else { return .skipped }
      startSheet(attributes)
      return .worksheet
    case .worksheet:
      if name.is("Table", Self.ss) { return isReading ? .table : .skipped }
      if name.is("AutoFilter", Self.x) { hasFilter = hasFilter || isReading }
      return name.is("WorksheetOptions", Self.x) ? .worksheet : options(name)
    case .table:
      if name.is("Row", Self.ss) {
        startRow(attributes)
        return .row
      }
      if name.is("Column", Self.ss) { startColumn(attributes) }
      return .skipped
    case .row:
      guard name.is("Cell", Self.ss) else { return .skipped }
      startCell(attributes)
      return .cell
    case .cell:
      guard name.is("Data", Self.ss) else { return .skipped }
      type = attributes.text("Type", Self.ss)
      return .data
    case .data:
      if MarkupName.equal(name.uri, Self.x) { return .skipped }
      if MarkupName.equal(name.uri, Self.html), Self.isStrike(name) { isStruck = true }
      return .data
    case .visible, .skipped:
      if wanted < 0 { count(name, attributes) }
      return .skipped
    }
  }

  /// Counts rows and merged cells while listing sheets, when their tables are skipped, so that a file with
  /// too many is rejected in the first of its two passes.
  private mutating func count(_ name: MarkupName, _ attributes: MarkupAttributes) {
    if name.isLocal("Row") {
      rowsSeen += 1
      if rowsSeen > limits.rowsMax { builder.refuse(.limit("\(limits.rowsMax) 行 (rows)")) }
      return
    }
    guard attributes.count > 0,
      attributes.bytes("MergeAcross", Self.ss) != nil || attributes.bytes("MergeDown", Self.ss) != nil
    else { return }
    mergesSeen += 1
    if mergesSeen > limits.mergesMax { refuseMerges() }
  }

  private mutating func refuseMerges() {
    builder.refuse(.limit("\(limits.mergesMax) 处合并 (merged ranges)"))
  }

  private static func isStrike(_ name: MarkupName) -> Bool {
    name.isLocal("S") || name.isLocal("Strike") || name.isLocal("Del")
  }

  private mutating func noteStyle(_ id: String, _ name: MarkupName, _ attributes: MarkupAttributes) {
    if name.is("Font", Self.ss), attributes.text("StrikeThrough", Self.ss) == "1" {
      styles[id, default: FormatMarks()].isStruck = true
    }
    if name.is("NumberFormat", Self.ss), let code = attributes.text("Format", Self.ss) {
      let meaning = NumberMeaning(code: code)
      zeros[id] = meaning.zeros
      if meaning.isNumber, let unit = MoneyWords.unit(ofFormat: code) {
        styles[id, default: FormatMarks()].unit = unit
      }
    }
  }

  private mutating func options(_ name: MarkupName) -> Level {
    guard name.is("Visible", Self.x) else { return .skipped }
    text.removeAll(keepingCapacity: true)
    return .visible
  }

  private mutating func startSheet(_ attributes: MarkupAttributes) {
    if names.count >= Self.sheetsMax { builder.refuse(.limit("\(Self.sheetsMax) 张表 (sheets)")) }
    names.append(attributes.text("Name", Self.ss) ?? "")
    (mergesSeen, rowsSeen) = (0, 0)
    hidden.append(false)
    (row, sheetColumn, rowSpan) = (0, 0, 0)
  }

  private mutating func startColumn(_ attributes: MarkupAttributes) {
    let first = attributes.number("Index", Self.ss).map { $0 - 1 } ?? sheetColumn
    let last = Int32(clamping: Int(first) + Int(attributes.number("Span", Self.ss) ?? 0))
    sheetColumn = last + 1
    let isHidden =
      attributes.text("Hidden", Self.ss) == "1"
      || (attributes.text("Width", Self.ss).map(Self.isZero) ?? false)
    if isHidden, first >= 0, last < limits.columnsMax, first <= last {
      hiddenColumns.append(first...last)
    }
  }

  /// Whether a height or width is `0` or `0.0`, so that nothing is visible.
  private static func isZero(_ text: String) -> Bool { Double(text) == 0 }

  private mutating func startRow(_ attributes: MarkupAttributes) {
    let number = attributes.number("Index", Self.ss) ?? Int32(clamping: Int(row) + Int(rowSpan) + 1)
    if number <= row { builder.refuse("行的顺序错乱", "rows out of order") }
    row = number
    rowSpan = attributes.number("Span", Self.ss) ?? 0
    let isFlat = attributes.text("Height", Self.ss).map(Self.isZero) ?? false
    builder.beginRow(row, isHidden: isFlat || attributes.text("Hidden", Self.ss) == "1")
    rowStyle = attributes.text("StyleID", Self.ss)
    nextColumn = 0
  }

  private mutating func startCell(_ attributes: MarkupAttributes) {
    column = attributes.number("Index", Self.ss).map { $0 - 1 } ?? nextColumn
    if column < nextColumn { builder.refuse("单元格的顺序错乱", "cells out of order") }
    let across = attributes.number("MergeAcross", Self.ss) ?? 0
    let down = attributes.number("MergeDown", Self.ss) ?? 0
    nextColumn = Int32(clamping: Int(column) + Int(across) + 1)
    if across > 0 || down > 0 {
      if merges.count >= limits.mergesMax { refuseMerges() }
      merges.append(
        MergedRange(
          firstRow: row, lastRow: Int32(clamping: Int(row) + Int(down)), firstColumn: column,
          lastColumn: nextColumn - 1))
    }
    hasFormula = attributes.bytes("Formula", Self.ss) != nil
    type = nil
    text.removeAll(keepingCapacity: true)
    style = attributes.text("StyleID", Self.ss) ?? rowStyle
    isStruck = false
  }

  mutating func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard levels.last == .data || levels.last == .visible, text.count <= limits.cellBytesMax else { return }
    text.append(contentsOf: bytes)
  }

  mutating func end() {
    switch levels.removeLast() {
    case .cell: put()
    case .row: builder.endRow()
    case .visible:
      if text.starts(with: "SheetHidden".utf8) || text.starts(with: "SheetVeryHidden".utf8) {
        hidden[hidden.count - 1] = true
      }
    default: break
    }
  }

  private mutating func put() {
    func add(_ kind: CellKind, _ bytes: some Sequence<UInt8>) {
      builder.add(kind, column: column, hasFormula: hasFormula, bytes)
    }
    if type != nil {
      var marks = style.flatMap { styles[$0] } ?? FormatMarks()
      marks.isStruck = marks.isStruck || isStruck
      marks.note(row: row, column: column, in: &marked)
    }
    var plain: String { String(decoding: text, as: UTF8.self) }
    switch type {
    case nil: if hasFormula { add(.formulaWithoutValue, []) }
    case "String": add(.text, text)
    case "Error": add(.error, text)
    case "Number":
      guard PlainDigits.are(text) || Double(plain)?.isFinite == true else {
        return builder.refuse("数值单元格里不是数", "a number cell without a number")
      }
      add(.number, style.flatMap { zeros[$0] }.map { NumberMeaning.padded(text, to: $0) } ?? text)
    case "Boolean":
      guard plain == "0" || plain == "1" else { return builder.refuse("逻辑值有误", "a wrong boolean") }
      add(.boolean, (plain == "1" ? "TRUE" : "FALSE").utf8)
    case "DateTime":
      // A time alone, of day or elapsed, is stored on the day before the epoch.
      let isTime = plain.hasPrefix("1899-12-31T")
      guard var moment = Moment(iso: plain, elapsed: isTime), moment.day != nil else {
        return builder.refuse("日期单元格里不是日期", "a date cell without a date")
      }
      if isTime { moment.day = nil }
      add(.date, moment.text.utf8)
    default: builder.refuse("不认识的单元格类型 \(type ?? "")", "an unknown type of cell \(type ?? "")")
    }
  }
}
