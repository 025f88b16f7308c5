import AidModel
import CLibXML2

/// The state of the SAX callbacks for an OpenDocument spreadsheet. Depths distinguish nested tables and the
/// texts of drawings and annotations from those of cells.
struct OpenDocumentState: SheetMarkup, ~Copyable {
  static let office: StaticString = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  static let table: StaticString = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
  static let text: StaticString = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
  private static let style: StaticString = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
  static let calc: StaticString =
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"

  /// The index of the table to read, −1 for none.
  private let wanted: Int
  let limits: IntakeLimits
  var builder: ChunkBuilder
  private(set) var sheets: [SheetInfo] = []
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
  var cell = OpenDocumentCell()
  /// The scanner's buffer for decoded text.
  var scratch = Growing<UInt8>(capacity: 1 << 10)
  private var tableSpace = MarkupNamespace(Self.table)
  private var officeSpace = MarkupNamespace(Self.office)
  private var textSpace = MarkupNamespace(Self.text)
  private var calcSpace = MarkupNamespace(Self.calc)
  private(set) var prefixes = UsualPrefixes(Self.usual)

  private static let sheetsMax = 10_000

  init(wanted: Int, limits: IntakeLimits) {
    self.wanted = wanted
    self.limits = limits
    builder = ChunkBuilder(limits: limits)
  }

  static func handler() -> xmlSAXHandler {
    var sax = Markup.handler()
    sax.startElementNs = { context, local, _, uri, spaces, namespaces, count, _, attributes in
      let state = context!.assumingMemoryBound(to: OpenDocumentState.self)
      state.pointee.depth += 1
      state.pointee.prefixes.open(depth: state.pointee.depth, spaces, namespaces)
      state.pointee.start(MarkupName(local, uri), MarkupAttributes(attributes, count))
    }
    sax.endElementNs = { context, _, _, _ in
      let state = context!.assumingMemoryBound(to: OpenDocumentState.self)
      state.pointee.end()
      state.pointee.prefixes.close(depth: state.pointee.depth)
      state.pointee.depth -= 1
    }
    sax.characters = { context, text, count in
      context!.assumingMemoryBound(to: OpenDocumentState.self).pointee
        .characters(UnsafeBufferPointer(start: text, count: Int(count)))
    }
    sax.ignorableWhitespace = sax.characters
    return sax
  }

  private var isReading: Bool { tableDepth > 0 && sheets.count - 1 == wanted }

  private mutating func start(_ name: MarkupName, _ attributes: MarkupAttributes) {
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
    if sheets.count >= Self.sheetsMax { builder.refuse(.limit("\(Self.sheetsMax) 张表 (sheets)")) }
    let isHidden = attributes.text("style-name", Self.table).map(hiddenStyles.contains) ?? false
    sheets.append(SheetInfo(name: attributes.text("name", Self.table) ?? "", isHidden: isHidden))
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
    beginRow(
      repeated: attributes.bytes("number-rows-repeated", Self.table),
      visibility: attributes.bytes("visibility", Self.table),
      style: attributes.bytes("default-cell-style-name", Self.table))
  }

  mutating func beginRow(
    repeated: UnsafeBufferPointer<UInt8>?, visibility: UnsafeBufferPointer<UInt8>?,
    style: UnsafeBufferPointer<UInt8>?
  ) {
    rowsRepeated = max(1, repeated.flatMap(MarkupAttributes.number) ?? 1)
    rowIsFiltered = visibility.map { XMLBytes.equal($0, "filter") } ?? false
    builder.beginRow(row, isHidden: visibility.map { !XMLBytes.equal($0, "visible") } ?? false)
    rowStyle = styles.hasMarks ? style.map { String(decoding: $0, as: UTF8.self) } : nil
    column = 0
  }

  private var columnStyle: String? { columnStyles.first { column <= $0.last }?.style }

  private mutating func startCell(_ attributes: MarkupAttributes) {
    cellDepth = depth
    var tag = OpenDocumentTag()
    // Visit each attribute only once: a sheet has a million cells with three each.
    attributes.forEach { local, uri, value in
      let name = MarkupName.bytes(local)
      let attribute: OpenDocumentAttribute? =
        if officeSpace.matches(uri) {
          .office(name)
        } else if tableSpace.matches(uri) {
          .table(name)
        } else if calcSpace.matches(uri) {
          .calc(name)
        } else {
          nil
        }
      if let attribute { tag.note(attribute, value) }
    }
    beginCell(tag)
  }

  mutating func beginCell(_ tag: OpenDocumentTag) {
    cell.begin(tag)
    if styles.hasMarks {
      let own = tag.style.map { String(decoding: $0, as: UTF8.self) }
      cell.marks = styles.marks(of: own ?? rowStyle ?? columnStyle)
    }
    if let foreign = tag.currency.map({ String(decoding: $0, as: UTF8.self) }),
      !["CNY", "RMB", ""].contains(foreign)
    {
      cell.marks.unit = foreign
    }
    if tag.rows > 1 || tag.columns > 1 {
      if merges.count >= limits.mergesMax { refuseMerges() }
      merges.append(
        MergedRange(
          firstRow: row, lastRow: row &+ tag.rows &- 1, firstColumn: column,
          lastColumn: column &+ tag.columns &- 1))
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
        noteStyle(ofText: attributes.bytes("style-name", Self.text))
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
    } else {
      noteStyle(ofText: attributes.bytes("style-name", Self.text))
    }
  }

  /// Marks the cell if a paragraph or span has a struck-through style.
  mutating func noteStyle(ofText style: UnsafeBufferPointer<UInt8>?) {
    guard styles.hasMarks, let style else { return }
    if styles.marks(of: String(decoding: style, as: UTF8.self)).isStruck { cell.marks.isStruck = true }
  }

  private mutating func characters(_ text: UnsafeBufferPointer<UInt8>) {
    if spreadsheetDepth == 0 { styles.text(text) }
    if paragraphDepth > 0, skippedDepth == 0 { cell.append(text, limits.cellBytesMax) }
  }

  private mutating func end() {
    if skippedDepth > 0 {
      if depth == skippedDepth { skippedDepth = 0 }
      return
    }
    if depth == paragraphDepth {
      paragraphDepth = 0
      cell.endParagraph()
    } else if depth == cellDepth {
      cellDepth = 0
      endCell()
    } else if depth == rowDepth {
      rowDepth = 0
      endRow()
    } else if depth == tableDepth {
      tableDepth = 0
    } else if depth == spreadsheetDepth {
      spreadsheetDepth = 0
    }
  }
  mutating func endCell() {
    if cell.isFilled, !cell.marks.isPlain { noteMarks() }
    cell.put(into: &builder, column: column)
    column = Int32(clamping: Int(column) + Int(cell.repeated))
  }

  mutating func endRow() {
    if rowIsFiltered { isFiltered = true }
    builder.endRow(repeated: rowsRepeated)
    row = Int32(clamping: Int(row) + Int(rowsRepeated))
  }
}

// MARK: Sharing the document with a scanner

extension OpenDocumentState {
  private static let usual: [UsualPrefixes.Usual] = [
    .init(prefix: "office", uri: office), .init(prefix: "table", uri: table),
    .init(prefix: "text", uri: text),
    .init(prefix: "calcext", uri: calc),
  ]

  var mayScan: Bool {
    isReading && rowDepth == 0 && skippedDepth == 0 && depth < Self.depthMax && prefixes.holds(0)
      && prefixes.holds(1) && prefixes.holds(2)
  }

  /// Row groups may nest; libxml2 rejects elements nested more than 256 deep.
  private static let depthMax = 200

  struct Mark {
    fileprivate let builder: ChunkBuilder.Mark
    fileprivate let merges: Int
    fileprivate let marked: Int
  }

  var mark: Mark { Mark(builder: builder.mark, merges: merges.count, marked: marked.count) }

  mutating func rollBack(to mark: Mark) {
    builder.rollBack(to: mark.builder)
    merges.removeLast(merges.count - mark.merges)
    marked.removeLast(marked.count - mark.marked)
  }
}
