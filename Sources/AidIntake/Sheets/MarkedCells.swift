import AidModel
import CLibXML2

/// A mark of a cell besides its value.
enum CellMark: Sendable, Equatable {
  /// The text, or part of it, is struck through: crossed out but not deleted.
  case struck
  /// The number format shows a unit of money other than the yuan.
  case unit(String)
  /// A formula not yet computed, with 0 or nothing stored as its value.
  case placeholder
  /// A formula not yet computed, with an earlier value stored.
  case toCompute
}

struct MarkedCell: Sendable {
  /// From 1.
  let row: Int32
  /// Zero-based.
  let column: Int32
  let mark: CellMark

  /// Beyond this number the whole sheet is marked: findings per row would not help.
  static let most = 10_000
}

extension [MarkedCell] {
  /// Keeps one more than is listed row by row, to show that there are more.
  mutating func note(_ cell: MarkedCell) {
    if count <= MarkedCell.most { append(cell) }
  }
}

/// The marks of a cell format.
struct FormatMarks: Sendable {
  var isStruck = false
  var unit: String?

  var isPlain: Bool { !isStruck && unit == nil }

  func note(row: Int32, column: Int32, in marked: inout [MarkedCell]) {
    if isStruck { marked.note(MarkedCell(row: row, column: column, mark: .struck)) }
    if let unit { marked.note(MarkedCell(row: row, column: column, mark: .unit(unit))) }
  }
}

/// Finds the marked cells of a ZIP workbook by their formats and shared strings. Reads the sheet a second
/// time, but only if the workbook has such a format or string.
enum MarkedCells {
  static func find(
    in archive: ZipArchive, sheet part: String, formats: [FormatMarks], shared: SharedStrings
  ) throws(KindFault) -> [MarkedCell] {
    guard !shared.struck.isEmpty || formats.contains(where: { !$0.isPlain }),
      let sheet = archive.entry(part)
    else { return [] }
    let state = CellState(formats: formats, struckStrings: shared.struck)
    return try Markup.read(.part(sheet, of: archive), into: state, CellState.handler()).found
  }

  private struct CellState {
    let formats: [FormatMarks]
    let struckStrings: Set<Int>
    var found: [MarkedCell] = []
    private var row: Int32 = 0
    private var rowFormat: Int?
    private var nextColumn: Int32 = 0
    private var place: (row: Int32, column: Int32) = (0, 0)
    private var format = 0
    private var isShared = false
    private var hasValue = false
    private var isValue = false
    private var value: [UInt8] = []

    init(formats: [FormatMarks], struckStrings: Set<Int>) {
      (self.formats, self.struckStrings) = (formats, struckStrings)
    }

    static func handler() -> xmlSAXHandler {
      var sax = Markup.handler()
      sax.startElementNs = { context, local, _, _, _, _, count, _, attributes in
        let state = context!.assumingMemoryBound(to: CellState.self)
        switch XMLName(local!) {
        case .row: state.pointee.startRow(attributes, Int(count))
        case .c: state.pointee.startCell(attributes, Int(count))
        case .v: state.pointee.startValue()
        case .is: state.pointee.hasValue = true
        default: break
        }
      }
      sax.endElementNs = { context, local, _, _ in
        let state = context!.assumingMemoryBound(to: CellState.self)
        switch XMLName(local!) {
        case .v: state.pointee.isValue = false
        case .c: state.pointee.endCell()
        default: break
        }
      }
      sax.characters = { context, text, count in
        let state = context!.assumingMemoryBound(to: CellState.self)
        guard state.pointee.isValue, state.pointee.value.count < 16 else { return }
        state.pointee.value.append(contentsOf: UnsafeBufferPointer(start: text, count: Int(count)))
      }
      sax.ignorableWhitespace = sax.characters
      return sax
    }

    mutating func startRow(_ attributes: SheetHandler.Attributes?, _ count: Int) {
      row = SheetHandler.number(SheetHandler.bytes(attributes, count, "r")) ?? row &+ 1
      nextColumn = 0
      rowFormat =
        SheetHandler.isTrue(SheetHandler.bytes(attributes, count, "customFormat"))
        ? SheetHandler.number(SheetHandler.bytes(attributes, count, "s")).map { Int($0) } : nil
    }

    mutating func startCell(_ attributes: SheetHandler.Attributes?, _ count: Int) {
      place = (row, nextColumn)
      if let reference = SheetHandler.bytes(attributes, count, "r").flatMap({ CellReference.read($0) }) {
        place = reference
      }
      nextColumn = place.column &+ 1
      format =
        SheetHandler.number(SheetHandler.bytes(attributes, count, "s")).map { Int($0) } ?? rowFormat ?? 0
      isShared = SheetHandler.bytes(attributes, count, "t").flatMap { SheetHandler.storage($0) } == .shared
      (hasValue, isValue) = (false, false)
      value.removeAll(keepingCapacity: true)
    }

    mutating func startValue() {
      hasValue = true
      isValue = isShared && !struckStrings.isEmpty
    }

    mutating func endCell() {
      guard hasValue else { return }
      var marks = formats.indices.contains(format) ? formats[format] : FormatMarks()
      if isShared, !marks.isStruck, let index = Int(String(decoding: value, as: UTF8.self)) {
        marks.isStruck = struckStrings.contains(index)
      }
      if !marks.isPlain { marks.note(row: place.row, column: place.column, in: &found) }
    }
  }
}
