import AidModel

/// A file of a kind that is neither a ZIP workbook nor plain text: its sheets, and the rows of each.
protocol SheetBook: Sendable {
  var kind: FileKind { get }
  var sheets: [SheetInfo] { get }
  var dates: DateSystem { get }
  /// - Precondition: `index` is one of `sheets`.
  func open(sheet index: Int) throws(IntakeFailure) -> any SheetRows
}

/// The rows of one sheet, a chunk at a time.
protocol SheetRows: AnyObject {
  /// The next rows, nil at the end.
  func next() throws(IntakeFailure) -> RowChunk?
  /// Known once `next` has returned nil, as are the others below.
  var merges: [MergedRange] { get }
  var hiddenColumns: [ClosedRange<Int32>] { get }
  /// A filter is on and rows are hidden.
  var isFiltered: Bool { get }
  /// Cells that say something beside their value; only the first `MarkedCell.most` and one more.
  var marked: [MarkedCell] { get }
  /// Formulas that the program which wrote them says are still to be computed.
  var formulas: FormulaCells { get }
}

extension SheetRows {
  /// Most formats have no word for it.
  var formulas: FormulaCells { FormulaCells() }
}

/// Why a file of these kinds cannot be read.
enum KindFault: Error {
  case damaged(Bilingual, row: Int32 = -1)
  case limit(String)
  case doctype
  /// What else there is to say about it, for behind the message.
  case encrypted(String = "")
  /// As `encrypted`, and no password helps.
  case locked(String)
  /// The file is of a kind that is not read; what it is.
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
