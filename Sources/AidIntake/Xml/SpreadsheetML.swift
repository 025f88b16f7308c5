import AidModel

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
    do throws(KindFault) {
      sheets = try MarkupRows<SpreadsheetMLState>.sheets(of: document, limits: limits)
    } catch {
      throw error.failure(file: name)
    }
    if sheets.isEmpty {
      throw KindFault.kind("没有工作表的 XML 表格 (an XML spreadsheet without sheets)").failure(file: name)
    }
  }

  func open(sheet index: Int) throws(IntakeFailure) -> any SheetRows {
    do throws(KindFault) {
      return try MarkupRows<SpreadsheetMLState>(
        .init(document: document, name: name, sheet: index, expected: sheets, limits: limits))
    } catch {
      throw error.failure(file: name, sheet: sheets[index].name)
    }
  }
}
