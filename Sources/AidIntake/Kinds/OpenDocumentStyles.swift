/// The styles of an OpenDocument spreadsheet that say something beside a cell's value.
struct OpenDocumentStyles {
  private static let style: StaticString = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"

  private var byName: [String: FormatMarks] = [:]

  var hasMarks: Bool { !byName.isEmpty }

  /// A style begins; it has what its parent says, if that stands before it.
  mutating func begin(_ name: String?, parent: String?) {
    if let name, let inherited = parent.flatMap({ byName[$0] }) { byName[name] = inherited }
  }

  /// An element inside a style, or outside of all.
  mutating func note(_ name: MarkupName, _ attributes: MarkupAttributes, in styleName: String?) {
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

  func marks(of style: String?) -> FormatMarks {
    byName.isEmpty ? FormatMarks() : style.flatMap { byName[$0] } ?? FormatMarks()
  }
}
