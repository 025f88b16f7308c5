import AidModel
import CLibXML2

/// The state of the SAX callbacks for an XML spreadsheet.
struct SpreadsheetMLState: SheetMarkup, ~Copyable {
  private static let ss = SpreadsheetML.namespace
  private static let html: StaticString = "http://www.w3.org/TR/REC-html40"
  private static let x: StaticString = "urn:schemas-microsoft-com:office:excel"

  private let wanted: Int
  let limits: IntakeLimits
  var builder: ChunkBuilder
  private var names: [String] = []
  private var hidden: [Bool] = []
  private(set) var merges: [MergedRange] = []
  /// So far in one sheet.
  private var mergesSeen = 0
  private var rowsSeen = 0
  private(set) var hiddenColumns: [ClosedRange<Int32>] = []
  private var hasFilter = false
  private(set) var marked: [MarkedCell] = []

  private enum Level { case outside, worksheet, table, row, cell, data, visible, skipped }

  /// The kinds of the open elements, outermost first.
  private var levels: [Level] = []
  private var styleID: String?
  private var styles: [String: FormatMarks] = [:]
  private var zeros: [String: Int] = [:]
  private var text = Growing<UInt8>(capacity: 1 << 10)
  /// The scanner's buffer for decoded text.
  var scratch = Growing<UInt8>(capacity: 1 << 10)
  private var row: Int32 = 0
  private var rowSpan: Int32 = 0
  private var column: Int32 = 0
  private var nextColumn: Int32 = 0
  private var sheetColumn: Int32 = 0
  private var type: SpreadsheetMLType?
  /// The name of an unknown type.
  private var typeName = ""
  private var hasFormula = false
  private var rowStyle: String?
  private var style: String?
  private var isStruck = false
  private(set) var prefixes = UsualPrefixes(Self.usual)

  private static let sheetsMax = 10_000

  init(wanted: Int, limits: IntakeLimits) {
    (self.wanted, self.limits) = (wanted, limits)
    builder = ChunkBuilder(limits: limits)
  }

  static func handler() -> xmlSAXHandler {
    var sax = Markup.handler()
    sax.startElementNs = { context, local, _, uri, spaces, namespaces, count, _, attributes in
      let state = context!.assumingMemoryBound(to: SpreadsheetMLState.self)
      state.pointee.prefixes.open(depth: state.pointee.levels.count + 1, spaces, namespaces)
      state.pointee.start(MarkupName(local, uri), MarkupAttributes(attributes, count))
    }
    sax.endElementNs = { context, _, _, _ in
      let state = context!.assumingMemoryBound(to: SpreadsheetMLState.self)
      state.pointee.prefixes.close(depth: state.pointee.levels.count)
      state.pointee.end()
    }
    sax.characters = { context, text, count in
      context!.assumingMemoryBound(to: SpreadsheetMLState.self).pointee
        .characters(UnsafeBufferPointer(start: text, count: Int(count)))
    }
    sax.ignorableWhitespace = sax.characters
    return sax
  }

  var sheets: [SheetInfo] { zip(names, hidden).map { SheetInfo(name: $0, isHidden: $1) } }
  var isFiltered: Bool { hasFilter && builder.sawHiddenRow }

  private var isReading: Bool { names.count - 1 == wanted }

  private mutating func start(_ name: MarkupName, _ attributes: MarkupAttributes) {
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
      beginData(type: attributes.bytes("Type", Self.ss))
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
    text.count = 0
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
    var tag = SpreadsheetMLTag()
    attributes.forEach { local, uri, value in
      guard MarkupName.equal(uri, Self.ss),
        let attribute = SpreadsheetMLTag.row(MarkupName.bytes(local))
      else { return }
      tag.note(attribute, value)
    }
    beginRow(tag)
  }

  mutating func beginRow(_ tag: SpreadsheetMLTag) {
    let number = tag.index ?? Int32(clamping: Int(row) + Int(rowSpan) + 1)
    if number <= row { builder.refuse("行的顺序错乱", "rows out of order") }
    row = number
    rowSpan = tag.span ?? 0
    let isFlat = tag.height.map { Self.isZero(String(decoding: $0, as: UTF8.self)) } ?? false
    builder.beginRow(row, isHidden: isFlat || tag.isHidden)
    rowStyle = style(tag)
    nextColumn = 0
  }

  /// The style's name; nil if no style of the workbook affects values.
  private func style(_ tag: SpreadsheetMLTag) -> String? {
    if styles.isEmpty, zeros.isEmpty { return nil }
    return tag.style.map { String(decoding: $0, as: UTF8.self) }
  }

  private mutating func startCell(_ attributes: MarkupAttributes) {
    var tag = SpreadsheetMLTag()
    attributes.forEach { local, uri, value in
      guard MarkupName.equal(uri, Self.ss),
        let attribute = SpreadsheetMLTag.cell(MarkupName.bytes(local))
      else { return }
      tag.note(attribute, value)
    }
    beginCell(tag)
  }

  mutating func beginCell(_ tag: SpreadsheetMLTag) {
    column = tag.index.map { $0 - 1 } ?? nextColumn
    if column < nextColumn { builder.refuse("单元格的顺序错乱", "cells out of order") }
    let (across, down) = (tag.across ?? 0, tag.down ?? 0)
    nextColumn = Int32(clamping: Int(column) + Int(across) + 1)
    if across > 0 || down > 0 {
      if merges.count >= limits.mergesMax { refuseMerges() }
      merges.append(
        MergedRange(
          firstRow: row, lastRow: Int32(clamping: Int(row) + Int(down)), firstColumn: column,
          lastColumn: nextColumn - 1))
    }
    hasFormula = tag.hasFormula
    type = nil
    text.count = 0
    style = style(tag) ?? rowStyle
    isStruck = false
  }

  mutating func beginData(type bytes: UnsafeBufferPointer<UInt8>?) {
    type = bytes.map { SpreadsheetMLType($0) }
    if type == .other { typeName = bytes.map { String(decoding: $0, as: UTF8.self) } ?? "" }
  }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    if text.count <= limits.cellBytesMax { text.append(bytes) }
  }

  private mutating func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
    if levels.last == .data || levels.last == .visible { append(bytes) }
  }

  private mutating func end() {
    switch levels.removeLast() {
    case .cell: endCell()
    case .row: endRow()
    case .visible:
      if text.buffer.starts(with: "SheetHidden".utf8) || text.buffer.starts(with: "SheetVeryHidden".utf8) {
        hidden[hidden.count - 1] = true
      }
    default: break
    }
  }

  mutating func endRow() { builder.endRow() }

  mutating func endCell() {
    if type != nil {
      var marks = style.flatMap { styles[$0] } ?? FormatMarks()
      marks.isStruck = marks.isStruck || isStruck
      marks.note(row: row, column: column, in: &marked)
    }
    switch type {
    case nil: if hasFormula { add(.formulaWithoutValue, []) }
    case .string: add(.text, text.buffer)
    case .error: add(.error, text.buffer)
    case .number: putNumber()
    case .boolean:
      guard text.count == 1, text.base[0] | 1 == UInt8(ascii: "1") else {
        return builder.refuse("逻辑值有误", "a wrong boolean")
      }
      add(.boolean, (text.base[0] == UInt8(ascii: "1") ? "TRUE" : "FALSE").utf8)
    case .date: putMoment()
    case .other: builder.refuse("不认识的单元格类型 \(typeName)", "an unknown type of cell \(typeName)")
    }
  }

  private mutating func add(_ kind: CellKind, _ bytes: some Sequence<UInt8>) {
    builder.add(kind, column: column, hasFormula: hasFormula, bytes)
  }

  private mutating func putNumber() {
    let isNumber =
      PlainDigits.are(text.buffer) || Double(String(decoding: text.buffer, as: UTF8.self))?.isFinite == true
    guard isNumber else { return builder.refuse("数值单元格里不是数", "a number cell without a number") }
    if let width = style.flatMap({ zeros[$0] }) {
      add(.number, NumberMeaning.padded(text.array, to: width))
    } else {
      add(.number, text.buffer)
    }
  }

  private mutating func putMoment() {
    let bytes = text.buffer
    let day = UnsafeBufferPointer(rebasing: bytes.prefix(10))
    // A time alone, of day or elapsed, is stored on the day before the epoch.
    let isTime = bytes.starts(with: "1899-12-31T".utf8)
    if !isTime, bytes.dropFirst(10).elementsEqual("T00:00:00.000".utf8), PlainDigits.areDay(day) {
      return add(.date, day)
    }
    guard var moment = Moment(iso: String(decoding: bytes, as: UTF8.self), elapsed: isTime), moment.day != nil
    else {
      return builder.refuse("日期单元格里不是日期", "a date cell without a date")
    }
    if isTime { moment.day = nil }
    add(.date, moment.text.utf8)
  }
}

// MARK: Sharing the document with a scanner

extension SpreadsheetMLState {
  private static let usual: [UsualPrefixes.Usual] = [
    .init(prefix: "", uri: ss), .init(prefix: "ss", uri: ss), .init(prefix: "x", uri: x),
  ]

  var mayScan: Bool { levels.last == .table && levels.count < 200 && prefixes.holds(0) && prefixes.holds(1) }

  struct Mark {
    fileprivate let builder: ChunkBuilder.Mark
    fileprivate let merges: Int
    fileprivate let marked: Int
    fileprivate let row: Int32
    fileprivate let rowSpan: Int32
  }

  var mark: Mark {
    Mark(builder: builder.mark, merges: merges.count, marked: marked.count, row: row, rowSpan: rowSpan)
  }

  mutating func rollBack(to mark: Mark) {
    builder.rollBack(to: mark.builder)
    merges.removeLast(merges.count - mark.merges)
    marked.removeLast(marked.count - mark.marked)
    (row, rowSpan) = (mark.row, mark.rowSpan)
  }

  /// Whether the current cell has a type.
  var hasType: Bool { type != nil }
}
