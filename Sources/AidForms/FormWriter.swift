import AidModel
import CXlsxWriter
import Glibc

/// Writes a blank form as a workbook. The same form always gives the same bytes.
public struct FormWriter {
  /// The first day of 2020, UTC. A document needs a creation time, and no clock may affect an output.
  private static let created: time_t = 1_577_836_800
  /// Rows below the heading that get drop-downs and messages; formats apply to whole columns.
  private static let rowsChecked: lxw_row_t = 10_000
  /// The maximum length of an inline drop-down, including commas; longer ones are read from the `Meta` sheet.
  private static let choicesMax = 255
  /// The first column of choices on the `Meta` sheet, to the right of its names and values.
  private static let choicesColumn: lxw_col_t = 3

  private let book: UnsafeMutablePointer<lxw_workbook>
  private let sheet: UnsafeMutablePointer<lxw_worksheet>
  private let meta: UnsafeMutablePointer<lxw_worksheet>
  private let texts = CText()

  /// - Parameter path: a file that does not exist or may be replaced.
  public static func write(_ form: BlankForm, to path: String) throws(FormFailure) {
    guard let book = workbook_new(path), let sheet = workbook_add_worksheet(book, form.sheet),
      let meta = workbook_add_worksheet(book, "Meta")
    else { throw FormFailure(reason: "the workbook cannot be made") }
    let writer = FormWriter(book: book, sheet: sheet, meta: meta)
    writer.setUp(form)
    var longChoices: lxw_col_t = 0
    for (i, column) in form.columns.enumerated() {
      writer.heading(column, at: lxw_col_t(i))
      writer.validation(column, at: lxw_col_t(i), longChoices: &longChoices)
    }
    for (row, item) in form.meta.enumerated() {
      worksheet_write_string(meta, lxw_row_t(row), 0, item.name, nil)
      worksheet_write_string(meta, lxw_row_t(row), 1, item.value, nil)
    }
    worksheet_hide(meta)
    let status = workbook_close(book)
    if status != LXW_NO_ERROR {
      throw FormFailure(reason: lxw_strerror(status).map { String(cString: $0) } ?? "\(status)")
    }
  }

  private func setUp(_ form: BlankForm) {
    var properties = lxw_doc_properties()
    properties.title = texts.pointer(form.title)
    properties.created = Self.created
    workbook_set_properties(book, &properties)
    worksheet_freeze_panes(sheet, 1, 0)
    worksheet_repeat_rows(sheet, 0, 0)
    worksheet_set_landscape(sheet)
    worksheet_fit_to_pages(sheet, 1, 0)
    worksheet_set_header(sheet, "&C" + form.title.replacing("&", with: "&&"))
    worksheet_set_row(sheet, 0, 30, nil)
  }

  private func heading(_ column: BlankForm.Column, at index: lxw_col_t) {
    let head = workbook_add_format(book)
    format_set_bold(head)
    format_set_align(head, UInt8(LXW_ALIGN_CENTER.rawValue))
    format_set_align(head, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    format_set_border(head, UInt8(LXW_BORDER_THIN.rawValue))
    format_set_bg_color(head, column.isRequired ? 0xFFE699 : 0xDDEBF7)
    worksheet_write_string(sheet, 0, index, column.heading, head)

    var options = lxw_comment_options()
    options.author = texts.pointer("AidLedger")
    options.width = 260
    options.height = UInt16(min(60 + column.rule.unicodeScalars.count, 320))
    worksheet_write_comment_opt(sheet, 0, index, column.rule, &options)

    let body = workbook_add_format(book)
    if let number = Self.numberFormat(column) { format_set_num_format(body, number) }
    let width = column.isIdentifier ? 160 : column.type == .text ? 110 : 100
    worksheet_set_column_pixels(
      sheet, index, index, UInt32(max(width, column.heading.unicodeScalars.count * 16 + 16)), body)
  }

  private static func numberFormat(_ column: BlankForm.Column) -> String? {
    switch column.type {
    case .money: "0.00"
    case .integer: "0"
    case .date: "yyyy-mm-dd"
    case .text: "@"
    case .number, .choice, .flag, .automatic: nil
    }
  }

  private func validation(
    _ column: BlankForm.Column, at index: lxw_col_t, longChoices: inout lxw_col_t
  ) {
    var check = lxw_data_validation()
    var list: [UnsafeMutablePointer<CChar>?] = []
    check.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
    func range(_ kind: lxw_validation_types, _ from: String, _ to: String) {
      check.validate = UInt8(kind.rawValue)
      check.minimum_formula = texts.pointer(from)
      check.maximum_formula = texts.pointer(to)
    }
    switch column.type {
    case .choice, .flag:
      if Self.fits(column.choices) {
        check.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
        list = column.choices.map { texts.pointer($0) } + [nil]
      } else {
        check.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
        check.value_formula = texts.pointer(keep(column.choices, &longChoices))
      }
    case .money: range(LXW_VALIDATION_TYPE_DECIMAL_FORMULA, "=0", "=\(Money.cellMax)")
    case .number: range(LXW_VALIDATION_TYPE_DECIMAL_FORMULA, "=0", "=999999999")
    case .integer: range(LXW_VALIDATION_TYPE_INTEGER_FORMULA, "=0", "=999999999")
    // The range of dates that the program can read.
    case .date: range(LXW_VALIDATION_TYPE_DATE_FORMULA, "=DATE(1900,1,1)", "=DATE(2199,12,31)")
    case .text, .automatic: check.validate = UInt8(LXW_VALIDATION_TYPE_ANY.rawValue)
    }
    // A drop-down explains itself; a message over every plain text cell would be in the way.
    if column.type != .text || column.isIdentifier {
      check.input_title = texts.pointer(column.heading, atMost: 32)
      check.input_message = texts.pointer(column.rule, atMost: 255)
    }
    check.error_title = texts.pointer(column.heading, atMost: 32)
    check.error_message = texts.pointer(column.complaint, atMost: 255)
    list.withUnsafeMutableBufferPointer { list in
      if !list.isEmpty { check.value_list = list.baseAddress }
      _ = worksheet_data_validation_range(sheet, 1, index, Self.rowsChecked, index, &check)
    }
  }

  private static func fits(_ choices: [String]) -> Bool {
    !choices.contains { $0.contains(",") || $0.contains("\"") }
      && choices.reduce(0) { $0 + $1.unicodeScalars.count + 1 } <= choicesMax
  }

  /// Writes choices to the `Meta` sheet.
  /// - Returns: the formula that refers to their cells.
  private func keep(_ choices: [String], _ longChoices: inout lxw_col_t) -> String {
    let column = Self.choicesColumn + longChoices
    longChoices += 1
    for (row, choice) in choices.enumerated() {
      worksheet_write_string(meta, lxw_row_t(row), column, choice, nil)
    }
    let letters = Place.letters(Int32(column))
    return "=Meta!$\(letters)$1:$\(letters)$\(choices.count)"
  }
}
