import AidModel

/// A file that is neither a ZIP workbook nor plain text: its sheets, and the rows of each.
protocol SheetBook: Sendable {
  var kind: FileKind { get }
  var sheets: [SheetInfo] { get }
  var dates: DateSystem { get }
  /// - Precondition: `index` is an index of `sheets`.
  func open(sheet index: Int) throws(IntakeFailure) -> any SheetRows
}

/// The rows of one sheet, chunk by chunk.
protocol SheetRows: AnyObject {
  /// The next rows; nil at the end.
  func next() throws(IntakeFailure) -> RowChunk?
  /// Available after `next` has returned nil, like the properties below.
  var merges: [MergedRange] { get }
  var hiddenColumns: [ClosedRange<Int32>] { get }
  /// Whether a filter is active and rows are hidden.
  var isFiltered: Bool { get }
  /// Cells with a mark besides their value; at most `MarkedCell.most` + 1.
  var marked: [MarkedCell] { get }
  /// Formulas that, according to the program that wrote them, still have to be computed.
  var formulas: FormulaCells { get }
}

extension SheetRows {
  /// Most formats cannot express it.
  var formulas: FormulaCells { FormulaCells() }
}

/// Why a file of these kinds cannot be read.
enum KindFault: Error {
  case damaged(Bilingual, row: Int32 = -1)
  case limit(String)
  case doctype
  /// With a supplement to the message.
  case encrypted(String = "")
  /// Like `encrypted`, but no password helps.
  case locked(String)
  /// The kind is unsupported; says which it is.
  case kind(String)
  /// A workbook of charts, macros or dialogs only.
  case noSheets

  func failure(file: String, sheet: String = "") -> IntakeFailure {
    switch self {
    case .damaged(let what, let row):
      IntakeFailure(
        IntakeFindings.fileUnreadable, file: file, sheet: sheet, row: row, ["\(what.zh) (\(what.en))"])
    case .limit(let what): IntakeFailure(IntakeFindings.fileLimit, file: file, sheet: sheet, [what])
    case .doctype: IntakeFailure(IntakeFindings.xmlDoctype, file: file, ["XML"])
    case .encrypted(let more): IntakeFailure(IntakeFindings.fileEncrypted, file: file, [more])
    case .locked(let more): IntakeFailure(IntakeFindings.fileLocked, file: file, [more])
    case .kind(let what): IntakeFailure(IntakeFindings.fileKind, file: file, [what])
    case .noSheets: IntakeFailure(IntakeFindings.noWorksheets, file: file, [FileRecognition.chartsOnly])
    }
  }
}
