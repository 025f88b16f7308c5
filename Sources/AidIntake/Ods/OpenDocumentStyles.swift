import AidModel

/// The styles of an OpenDocument spreadsheet that carry a mark besides a cell's value.
struct OpenDocumentStyles {
  private static let style: StaticString = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
  private static let number: StaticString = "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"

  private var byName: [String: FormatMarks] = [:]
  /// The current number format: its name, and the text it shows besides digits.
  private var format: String?
  private var shown: [UInt8] = []
  private var units: [String: String] = [:]

  var hasMarks: Bool { !byName.isEmpty }

  /// Begins a style; it inherits from its parent if that comes before it.
  mutating func begin(_ name: String?, parent: String?, format: String?) {
    self.format = nil
    guard let name else { return }
    if let inherited = parent.flatMap({ byName[$0] }) { byName[name] = inherited }
    if let unit = format.flatMap({ units[$0] }) { byName[name, default: FormatMarks()].unit = unit }
  }

  /// An element inside a style, or outside all styles.
  mutating func note(_ name: MarkupName, _ attributes: MarkupAttributes, in styleName: String?) {
    for kind: StaticString in ["number-style", "currency-style"] where name.is(kind, Self.number) {
      format = attributes.text("name", Self.style)
      shown.removeAll()
    }
    guard name.is("text-properties", Self.style), let styleName,
      let line = attributes.text("text-line-through-style", Self.style)
        ?? attributes.text("text-line-through-type", Self.style)
    else { return }
    if line == "none" {
      byName[styleName]?.isStruck = false
    } else {
      byName[styleName, default: FormatMarks()].isStruck = true
    }
  }

  /// Text inside styles: the literals of number formats.
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let format, shown.count < 1 << 10 else { return }
    shown.append(contentsOf: bytes)
    units[format] = MoneyWords.unit(ofFormat: String(decoding: shown, as: UTF8.self))
  }

  func marks(of style: String?) -> FormatMarks {
    byName.isEmpty ? FormatMarks() : style.flatMap { byName[$0] } ?? FormatMarks()
  }
}
