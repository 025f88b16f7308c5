import CLibXML2

/// The attributes of an OpenDocument cell that hold its value.
struct OpenDocumentValues {
  private typealias Bytes = UnsafeBufferPointer<UInt8>

  /// The program that wrote the cell marked it as an error.
  var isError = false
  private var type: Bytes?
  private var value: Bytes?
  private var date: Bytes?
  private var time: Bytes?
  private var boolean: Bytes?
  private var string: Bytes?

  /// Takes an attribute of the office namespace.
  mutating func note(_ local: UnsafePointer<xmlChar>, _ bytes: UnsafeBufferPointer<UInt8>) {
    if MarkupName.equal(local, "value-type") {
      type = bytes
    } else if MarkupName.equal(local, "value") {
      value = bytes
    } else if MarkupName.equal(local, "date-value") {
      date = bytes
    } else if MarkupName.equal(local, "time-value") {
      time = bytes
    } else if MarkupName.equal(local, "boolean-value") {
      boolean = bytes
    } else if MarkupName.equal(local, "string-value") {
      string = bytes
    }
  }

  /// The type's name, and the value attribute of that type.
  var typeAndValue: (type: String?, value: String?) {
    guard !isError else { return ("error", nil) }
    guard let name = type.map({ String(decoding: $0, as: UTF8.self) }) else { return (nil, nil) }
    let own: Bytes? =
      switch name {
      case "string": string
      case "float", "percentage", "currency": value
      case "date": date
      case "time": time
      case "boolean": boolean
      default: nil
      }
    return (name, own.map { String(decoding: $0, as: UTF8.self) })
  }
}
