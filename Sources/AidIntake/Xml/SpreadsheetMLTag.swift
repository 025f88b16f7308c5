/// The declared type of an XML spreadsheet cell.
enum SpreadsheetMLType {
  case string, number, date, boolean, error, other

  init(_ name: UnsafeBufferPointer<UInt8>) {
    switch name.count {
    case 6 where XMLBytes.equal(name, "String"): self = .string
    case 6 where XMLBytes.equal(name, "Number"): self = .number
    case 8 where XMLBytes.equal(name, "DateTime"): self = .date
    case 7 where XMLBytes.equal(name, "Boolean"): self = .boolean
    case 5 where XMLBytes.equal(name, "Error"): self = .error
    default: self = .other
    }
  }
}

/// The attributes of a row's or cell's start tag. The bytes belong to the reader that found them.
struct SpreadsheetMLTag {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// The known attributes, including those that do not affect rows or values.
  enum Attribute: Int {
    case index, span, height, isHidden, style, autoHeight, across, down, formula
  }

  private(set) var index: Int32?
  private(set) var span: Int32?
  private(set) var across: Int32?
  private(set) var down: Int32?
  private(set) var height: Bytes?
  private(set) var style: Bytes?
  private(set) var isHidden = false
  private(set) var hasFormula = false

  /// The row attribute with this local name.
  static func row(_ local: Bytes) -> Attribute? {
    switch local.count {
    case 5 where XMLBytes.equal(local, "Index"): .index
    case 4 where XMLBytes.equal(local, "Span"): .span
    case 6 where XMLBytes.equal(local, "Height"): .height
    case 6 where XMLBytes.equal(local, "Hidden"): .isHidden
    case 7 where XMLBytes.equal(local, "StyleID"): .style
    case 13 where XMLBytes.equal(local, "AutoFitHeight"): .autoHeight
    default: nil
    }
  }

  /// The cell attribute with this local name.
  @inline(__always)
  static func cell(_ local: Bytes) -> Attribute? {
    switch local.count {
    case 7 where XMLBytes.equal(local, "StyleID"): .style
    case 5 where XMLBytes.equal(local, "Index"): .index
    case 7 where XMLBytes.equal(local, "Formula"): .formula
    case 11 where XMLBytes.equal(local, "MergeAcross"): .across
    case 9 where XMLBytes.equal(local, "MergeDown"): .down
    default: nil
    }
  }

  mutating func note(_ attribute: Attribute, _ value: Bytes) {
    switch attribute {
    case .index: index = MarkupAttributes.number(value)
    case .span: span = MarkupAttributes.number(value)
    case .across: across = MarkupAttributes.number(value)
    case .down: down = MarkupAttributes.number(value)
    case .height: height = value
    case .style: style = value
    case .isHidden: isHidden = XMLBytes.equal(value, "1")
    case .formula: hasFormula = true
    case .autoHeight: break
    }
  }
}
