import AidModel

/// The state of the SAX callbacks for an OpenDocument spreadsheet. Depths distinguish nested tables and the
/// texts of drawings and annotations from those of cells.
struct OpenDocumentState {
  struct Table {
    let name: String
    let isHidden: Bool
  }

  private static let office: StaticString = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  private static let table: StaticString = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
  private static let text: StaticString = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
  private static let style: StaticString = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
  private static let calc: StaticString =
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"

  /// The index of the table to read, −1 for none.
  private let wanted: Int
  private let limits: IntakeLimits
  var builder: ChunkBuilder
  private(set) var tables: [Table] = []
  private(set) var merges: [MergedRange] = []
  /// So far in one table.
  private var mergesSeen = 0
  private(set) var hiddenColumns: [ClosedRange<Int32>] = []
  private(set) var isFiltered = false
  private(set) var marked: [MarkedCell] = []

  private var depth = 0
  /// Depths of the open elements; 0 if not open.
  private var spreadsheetDepth = 0
  private var tableDepth = 0
  private var rowDepth = 0
  private var cellDepth = 0
  private var paragraphDepth = 0
  private var skippedDepth = 0
  private var styleName: String?
  private var hiddenStyles: Set<String> = []
  private var styles = OpenDocumentStyles()
  private var rowStyle: String?
  private var columnStyles: [(last: Int32, style: String)] = []

  private var row: Int32 = 1
  private var rowsRepeated: Int32 = 1
  private var rowIsFiltered = false
  private var column: Int32 = 0
  private var sheetColumn: Int32 = 0
  private var cell = OpenDocumentCell()
  private var tableSpace = MarkupNamespace(Self.table)
  private var officeSpace = MarkupNamespace(Self.office)
  private var textSpace = MarkupNamespace(Self.text)
  private var calcSpace = MarkupNamespace(Self.calc)

  private static let sheetsMax = 10_000

  init(wanted: Int, limits: IntakeLimits) {
    self.wanted = wanted
    self.limits = limits
    builder = ChunkBuilder(limits: limits)
  }

  private var isReading: Bool { tableDepth > 0 && tables.count - 1 == wanted }

  mutating func start(_ name: MarkupName, _ attributes: MarkupAttributes) {
    depth += 1
    if skippedDepth > 0 { return }
    if cellDepth > 0 { return startInCell(name, attributes) }
    if tableDepth == 0 {
      if spreadsheetDepth == 0 {
        startBeforeBody(name, attributes)
      } else if depth == spreadsheetDepth + 1, name.is("table", Self.table) {
        startTable(attributes)
      }
      return
    }
    guard isReading else {
      if wanted < 0 { countMerge(attributes) }
      return
    }
    if rowDepth > 0 {
      if tableSpace.matches(name.uri), name.isLocal("table-cell") || name.isLocal("covered-table-cell") {
        startCell(attributes)
      } else {
        skippedDepth = depth
      }
    } else if name.is("table-row", Self.table) {
      startRow(attributes)
    } else if name.is("table-column", Self.table) {
      startColumn(attributes)
    } else if !Self.isGroup(name) {
      // Shapes and forms may contain their own tables and texts.
      skippedDepth = depth
    }
  }

  private static func isGroup(_ name: MarkupName) -> Bool {
    for group: StaticString in [
      "table-row-group", "table-rows", "table-header-rows", "table-column-group", "table-columns",
      "table-header-columns",
    ] where name.is(group, table) {
      return true
    }
    return false
  }

  private mutating func startBeforeBody(_ name: MarkupName, _ attributes: MarkupAttributes) {
    if name.is("spreadsheet", Self.office) {
      spreadsheetDepth = depth
    } else if name.is("style", Self.style) {
      styleName = attributes.text("name", Self.style)
      styles.begin(
        styleName, parent: attributes.text("parent-style-name", Self.style),
        format: attributes.text("data-style-name", Self.style))
    } else if name.is("table-properties", Self.style), let styleName,
      attributes.text("display", Self.table) == "false"
    {
      hiddenStyles.insert(styleName)
    } else {
      styles.note(name, attributes, in: styleName)
    }
  }

  private mutating func startTable(_ attributes: MarkupAttributes) {
    tableDepth = depth
    if tables.count >= Self.sheetsMax { builder.refuse(.limit("\(Self.sheetsMax) 张表 (sheets)")) }
    let isHidden = attributes.text("style-name", Self.table).map(hiddenStyles.contains) ?? false
    tables.append(Table(name: attributes.text("name", Self.table) ?? "", isHidden: isHidden))
    (row, sheetColumn, mergesSeen) = (1, 0, 0)
    columnStyles = []
  }

  private mutating func startColumn(_ attributes: MarkupAttributes) {
    let repeated = max(1, attributes.number("number-columns-repeated", Self.table) ?? 1)
    let first = sheetColumn
    sheetColumn = min(sheetColumn &+ repeated, Int32(limits.columnsMax))
    if styles.hasMarks {
      columnStyles.append((sheetColumn - 1, attributes.text("default-cell-style-name", Self.table) ?? ""))
    }
    if let visibility = attributes.text("visibility", Self.table), visibility != "visible",
      first < sheetColumn
    {
      hiddenColumns.append(first...(sheetColumn - 1))
    }
  }

  private mutating func startRow(_ attributes: MarkupAttributes) {
    rowDepth = depth
    rowsRepeated = max(1, attributes.number("number-rows-repeated", Self.table) ?? 1)
    let visibility = attributes.text("visibility", Self.table) ?? "visible"
    rowIsFiltered = visibility == "filter"
    builder.beginRow(row, isHidden: visibility != "visible")
    rowStyle = attributes.text("default-cell-style-name", Self.table)
    column = 0
  }

  private var columnStyle: String? { columnStyles.first { column <= $0.last }?.style }

  private mutating func startCell(_ attributes: MarkupAttributes) {
    cellDepth = depth
    cell.begin()
    var (rows, columns): (Int32, Int32) = (1, 1)
    var (style, foreign): (UnsafeBufferPointer<UInt8>?, UnsafeBufferPointer<UInt8>?)
    var values = OpenDocumentValues()
    // Visit each attribute only once: a sheet has a million cells with three each.
    attributes.forEach { local, uri, value in
      if officeSpace.matches(uri) {
        if MarkupName.equal(local, "currency") { foreign = value } else { values.note(local, value) }
      } else if tableSpace.matches(uri) {
        if MarkupName.equal(local, "style-name") {
          style = value
        } else if MarkupName.equal(local, "number-columns-repeated") {
          cell.repeated = max(1, MarkupAttributes.number(value) ?? 1)
        } else if MarkupName.equal(local, "formula") {
          cell.hasFormula = true
        } else if MarkupName.equal(local, "number-rows-spanned") {
          rows = max(1, MarkupAttributes.number(value) ?? 1)
        } else if MarkupName.equal(local, "number-columns-spanned") {
          columns = max(1, MarkupAttributes.number(value) ?? 1)
        }
      } else if calcSpace.matches(uri), MarkupName.equal(local, "value-type") {
        values.isError = value.elementsEqual("error".utf8)
      }
    }
    (cell.type, cell.value) = values.typeAndValue
    if styles.hasMarks {
      let own = style.map { String(decoding: $0, as: UTF8.self) }
      cell.marks = styles.marks(of: own ?? rowStyle ?? columnStyle)
    }
    if let foreign = foreign.map({ String(decoding: $0, as: UTF8.self) }),
      !["CNY", "RMB", ""].contains(foreign)
    {
      cell.marks.unit = foreign
    }
    if rows > 1 || columns > 1 {
      if merges.count >= limits.mergesMax { refuseMerges() }
      merges.append(
        MergedRange(
          firstRow: row, lastRow: row &+ rows &- 1, firstColumn: column, lastColumn: column &+ columns &- 1))
    }
  }

  /// Rows and cells may be repeated.
  private mutating func noteMarks() {
    for i in 0..<min(rowsRepeated, Int32(MarkedCell.most) + 1) {
      for j in 0..<min(cell.repeated, Int32(limits.columnsMax)) where marked.count <= MarkedCell.most {
        cell.marks.note(row: row &+ i, column: column &+ j, in: &marked)
      }
    }
  }

  /// Counts merged cells while listing tables, when their contents are skipped, so that a file with too many
  /// is rejected in the first of its two passes.
  private mutating func countMerge(_ attributes: MarkupAttributes) {
    guard attributes.count > 0,
      attributes.bytes("number-columns-spanned", Self.table) != nil
        || attributes.bytes("number-rows-spanned", Self.table) != nil
    else { return }
    mergesSeen += 1
    if mergesSeen > limits.mergesMax { refuseMerges() }
  }

  private mutating func refuseMerges() {
    builder.refuse(.limit("\(limits.mergesMax) 处合并 (merged ranges)"))
  }

  private mutating func startInCell(_ name: MarkupName, _ attributes: MarkupAttributes) {
    if paragraphDepth == 0 {
      if depth == cellDepth + 1, name.isLocal("p") || name.isLocal("h"), textSpace.matches(name.uri) {
        paragraphDepth = depth
        cell.beginParagraph()
        if styles.marks(of: attributes.text("style-name", Self.text)).isStruck { cell.marks.isStruck = true }
      } else {
        skippedDepth = depth
      }
    } else if name.is("s", Self.text) {
      cell.spaces(Int(attributes.number("c", Self.text) ?? 1), limits.cellBytesMax)
    } else if name.is("tab", Self.text) {
      cell.mark(9)
    } else if name.is("line-break", Self.text) {
      cell.mark(10)
    } else if name.is("ruby-text", Self.text) || name.is("note", Self.text)
      || name.is("annotation", Self.office)
    {
      skippedDepth = depth
    } else if !MarkupName.equal(name.uri, Self.text) {
      skippedDepth = depth
    } else if styles.marks(of: attributes.text("style-name", Self.text)).isStruck {
      cell.marks.isStruck = true
    }
  }

  mutating func characters(_ text: UnsafeBufferPointer<UInt8>) {
    if spreadsheetDepth == 0 { styles.text(text) }
    if paragraphDepth > 0, skippedDepth == 0 { cell.append(text, limits.cellBytesMax) }
  }

  mutating func end() {
    defer { depth -= 1 }
    if skippedDepth > 0 {
      if depth == skippedDepth { skippedDepth = 0 }
      return
    }
    if depth == paragraphDepth {
      paragraphDepth = 0
      cell.endParagraph()
    } else if depth == cellDepth {
      cellDepth = 0
      if cell.isFilled, !cell.marks.isPlain { noteMarks() }
      cell.put(into: &builder, column: column)
      column = Int32(clamping: Int(column) + Int(cell.repeated))
    } else if depth == rowDepth {
      rowDepth = 0
      if rowIsFiltered { isFiltered = true }
      builder.endRow(repeated: rowsRepeated)
      row = Int32(clamping: Int(row) + Int(rowsRepeated))
    } else if depth == tableDepth {
      tableDepth = 0
    } else if depth == spreadsheetDepth {
      spreadsheetDepth = 0
    }
  }
}

/// One cell of an OpenDocument table while it is read.
struct OpenDocumentCell {
  var type: String?
  var value: String?
  var hasFormula = false
  var repeated: Int32 = 1
  var marks = FormatMarks()
  private var text: [UInt8] = []
  private var paragraphs = 0
  /// White space is collapsed; this says whether the next space counts.
  private var mayHaveSpace = false
  private var paragraphStart = 0

  mutating func begin() {
    (type, value, hasFormula, repeated) = (nil, nil, false, 1)
    marks = FormatMarks()
    text.removeAll(keepingCapacity: true)
    paragraphs = 0
  }

  var isFilled: Bool { type != nil || !text.isEmpty }

  mutating func beginParagraph() {
    if paragraphs > 0 { text.append(10) }
    paragraphs += 1
    paragraphStart = text.count
    mayHaveSpace = false
  }

  /// Appends text, dropping white space that is only XML layout.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ most: Int) {
    if text.count > most { return }
    for byte in bytes {
      if byte == 32 || byte == 9 || byte == 10 || byte == 13 {
        if mayHaveSpace { text.append(32) }
        mayHaveSpace = false
      } else {
        text.append(byte)
        mayHaveSpace = true
      }
    }
  }

  /// `text:s`: explicit spaces.
  mutating func spaces(_ count: Int, _ most: Int) {
    if text.count > most { return }
    text.append(contentsOf: repeatElement(32, count: min(max(count, 0), most)))
    mayHaveSpace = true
  }

  mutating func mark(_ byte: UInt8) {
    text.append(byte)
    mayHaveSpace = true
  }

  mutating func endParagraph() {
    if !mayHaveSpace, text.count > paragraphStart, text.last == 32 { text.removeLast() }
  }

  /// - Parameter column: the first of its columns.
  func put(into builder: inout ChunkBuilder, column: Int32) {
    func add(_ kind: CellKind, _ bytes: some Sequence<UInt8>) {
      builder.add(kind, column: column, hasFormula: hasFormula, repeated: repeated, bytes)
    }
    let mustHaveValue = type != nil && type != "string" && type != "error"
    if mustHaveValue, value == nil, hasFormula, text.isEmpty { return add(.formulaWithoutValue, []) }
    switch type {
    case nil:
      if hasFormula, text.isEmpty { return add(.formulaWithoutValue, []) }
      add(.text, text)
    case "error": add(.error, text)
    case "string": if let value { add(.text, value.utf8) } else { add(.text, text) }
    case "float", "percentage", "currency":
      guard let value, PlainDigits.are(value.utf8) || Double(value)?.isFinite == true else {
        return builder.refuse("数值单元格里不是数", "a number cell without a number")
      }
      // A zero-padding format shows more digits than are stored: 00000001.
      let shown = NumberMeaning.padded(Array(value.utf8), to: text.count)
      add(.number, shown == text && text.first == UInt8(ascii: "0") ? text : Array(value.utf8))
    case "date":
      guard let value, let moment = Moment(iso: value), moment.day != nil else {
        return builder.refuse("日期单元格里不是日期", "a date cell without a date")
      }
      add(.date, moment.text.utf8)
    case "time":
      guard let value, let moment = Moment(duration: value) else {
        return builder.refuse("时间单元格里不是时间", "a time cell without a time")
      }
      add(.date, moment.text.utf8)
    case "boolean":
      // An XML Schema boolean since OpenDocument 1.2; some programs write digits.
      switch value {
      case "true", "1": add(.boolean, "TRUE".utf8)
      case "false", "0": add(.boolean, "FALSE".utf8)
      default: builder.refuse("逻辑值有误", "a wrong boolean")
      }
    default: builder.refuse("不认识的单元格类型 \(type ?? "")", "an unknown type of cell \(type ?? "")")
    }
  }
}
