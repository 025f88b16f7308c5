/// The known attributes of an OpenDocument cell, including those that do not affect its value.
enum OpenDocumentAttribute: Int {
  case type, value, date, time, boolean, string, currency
  case style, repeated, formula, rowsSpanned, columnsSpanned
  case validation, matrixRows, matrixColumns
  /// LibreOffice's own `calcext:value-type`.
  case ownType

  typealias Name = UnsafeBufferPointer<UInt8>

  /// The attribute of the office namespace with this local name.
  @inline(__always)
  static func office(_ local: Name) -> Self? {
    switch local.count {
    case 5 where XMLBytes.equal(local, "value"): .value
    case 8 where XMLBytes.equal(local, "currency"): .currency
    case 10 where XMLBytes.equal(local, "value-type"): .type
    case 10 where XMLBytes.equal(local, "date-value"): .date
    case 10 where XMLBytes.equal(local, "time-value"): .time
    case 12 where XMLBytes.equal(local, "string-value"): .string
    case 13 where XMLBytes.equal(local, "boolean-value"): .boolean
    default: nil
    }
  }

  /// The attribute of the table namespace with this local name.
  @inline(__always)
  static func table(_ local: Name) -> Self? {
    switch local.count {
    case 10 where XMLBytes.equal(local, "style-name"): .style
    case 7 where XMLBytes.equal(local, "formula"): .formula
    case 23 where XMLBytes.equal(local, "number-columns-repeated"): .repeated
    case 23 where XMLBytes.equal(local, "content-validation-name"): .validation
    case 22 where XMLBytes.equal(local, "number-columns-spanned"): .columnsSpanned
    case 19 where XMLBytes.equal(local, "number-rows-spanned"): .rowsSpanned
    case 29 where XMLBytes.equal(local, "number-matrix-columns-spanned"): .matrixColumns
    case 26 where XMLBytes.equal(local, "number-matrix-rows-spanned"): .matrixRows
    default: nil
    }
  }

  /// The attribute of LibreOffice's own namespace with this local name.
  @inline(__always)
  static func calc(_ local: Name) -> Self? { XMLBytes.equal(local, "value-type") ? .ownType : nil }
}

/// The declared value type of an OpenDocument cell.
enum OpenDocumentType {
  case string, number, date, time, boolean, error, other
}

/// The attributes of a cell's start tag. The bytes belong to the reader that found them.
struct OpenDocumentTag {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  private(set) var repeated: Int32 = 1
  private(set) var rows: Int32 = 1
  private(set) var columns: Int32 = 1
  private(set) var hasFormula = false
  private(set) var style: Bytes?
  private(set) var currency: Bytes?
  /// The value of `office:value-type`.
  private(set) var typeName: Bytes?
  private var isError = false
  private var value: Bytes?
  private var date: Bytes?
  private var time: Bytes?
  private var boolean: Bytes?
  private var string: Bytes?

  @inline(__always)
  mutating func note(_ attribute: OpenDocumentAttribute, _ bytes: Bytes) {
    switch attribute {
    case .type: typeName = bytes
    case .value: value = bytes
    case .date: date = bytes
    case .time: time = bytes
    case .boolean: boolean = bytes
    case .string: string = bytes
    case .currency: currency = bytes
    case .style: style = bytes
    case .repeated: repeated = max(1, MarkupAttributes.number(bytes) ?? 1)
    case .formula: hasFormula = true
    case .rowsSpanned: rows = max(1, MarkupAttributes.number(bytes) ?? 1)
    case .columnsSpanned: columns = max(1, MarkupAttributes.number(bytes) ?? 1)
    case .ownType: isError = XMLBytes.equal(bytes, "error")
    case .validation, .matrixRows, .matrixColumns: break
    }
  }

  /// Nil if the cell declares no type.
  var type: OpenDocumentType? {
    if isError { return .error }
    guard let typeName else { return nil }
    switch typeName.count {
    case 6 where XMLBytes.equal(typeName, "string"): return .string
    case 5 where XMLBytes.equal(typeName, "float"): return .number
    case 4 where XMLBytes.equal(typeName, "date"): return .date
    case 4 where XMLBytes.equal(typeName, "time"): return .time
    case 7 where XMLBytes.equal(typeName, "boolean"): return .boolean
    case 8 where XMLBytes.equal(typeName, "currency"): return .number
    case 10 where XMLBytes.equal(typeName, "percentage"): return .number
    case 5 where XMLBytes.equal(typeName, "error"): return .error
    default: return .other
    }
  }

  /// The value attribute that belongs to a type.
  func value(of type: OpenDocumentType?) -> Bytes? {
    switch type {
    case .string: string
    case .number: value
    case .date: date
    case .time: time
    case .boolean: boolean
    case .error, .other, nil: nil
    }
  }
}
