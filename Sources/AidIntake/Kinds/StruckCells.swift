import AidModel
import CLibXML2

/// A cell whose text is struck through: somebody has crossed it out and left it standing.
struct StruckCell {
  /// From 1.
  let row: Int32
  /// Zero-based.
  let column: Int32
}

/// Finds struck cells of a ZIP workbook: fonts from its styles, then, only where a font is struck, the cells with it.
enum StruckCells {
  /// Past so many the sheet is struck as a whole, and one finding a row would not help.
  static let most = 10_000

  static func find(
    in archive: ZipArchive, sheet part: String, limits: IntakeLimits
  ) throws(KindFault) -> [StruckCell] {
    guard let styles = archive.entries.first(where: { $0.name.lowercased().hasSuffix("/styles.xml") }),
      let sheet = archive.entry(part)
    else { return [] }
    let formats = try Markup.read(.part(styles, of: archive), into: StyleState(), StyleState.handler())
      .formats
    guard formats.contains(true) else { return [] }
    return try Markup.read(.part(sheet, of: archive), into: CellState(formats: formats), CellState.handler())
      .found
  }

  /// The value of an attribute without prefix.
  private static func value(
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int32, _ name: StaticString
  ) -> String? {
    guard let attributes else { return nil }
    for i in 0..<Int(count) where MarkupName.equal(attributes[5 * i], name) && attributes[5 * i + 1] == nil {
      guard let from = attributes[5 * i + 3], let to = attributes[5 * i + 4] else { return nil }
      return String(decoding: UnsafeBufferPointer(start: from, count: to - from), as: UTF8.self)
    }
    return nil
  }

  private struct StyleState {
    var fonts: [Bool] = []
    /// For each cell format, whether its font is struck.
    var formats: [Bool] = []
    private var inFonts = false
    private var inFormats = false

    static func handler() -> xmlSAXHandler {
      var sax = Markup.handler()
      sax.startElementNs = { context, local, _, _, _, _, count, _, attributes in
        context!.assumingMemoryBound(to: StyleState.self).pointee.start(local, attributes, count)
      }
      sax.endElementNs = { context, local, _, _ in
        let state = context!.assumingMemoryBound(to: StyleState.self)
        if MarkupName.equal(local, "fonts") { state.pointee.inFonts = false }
        if MarkupName.equal(local, "cellXfs") { state.pointee.inFormats = false }
      }
      return sax
    }

    mutating func start(
      _ local: UnsafePointer<xmlChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?,
      _ count: Int32
    ) {
      if MarkupName.equal(local, "fonts") {
        inFonts = true
      } else if MarkupName.equal(local, "cellXfs") {
        inFormats = true
      } else if inFonts, MarkupName.equal(local, "font") {
        fonts.append(false)
      } else if inFonts, MarkupName.equal(local, "strike"), !fonts.isEmpty {
        let value = StruckCells.value(attributes, count, "val") ?? "1"
        fonts[fonts.count - 1] = value == "1" || value == "true"
      } else if inFormats, MarkupName.equal(local, "xf") {
        let font = StruckCells.value(attributes, count, "fontId").flatMap { Int($0) } ?? 0
        formats.append(fonts.indices.contains(font) && fonts[font])
      }
    }
  }

  private struct CellState {
    let formats: [Bool]
    var found: [StruckCell] = []
    private var struck: StruckCell?

    init(formats: [Bool]) { self.formats = formats }

    static func handler() -> xmlSAXHandler {
      var sax = Markup.handler()
      sax.startElementNs = { context, local, _, _, _, _, count, _, attributes in
        let state = context!.assumingMemoryBound(to: CellState.self)
        if MarkupName.equal(local, "c") {
          state.pointee.start(attributes, count)
        } else if MarkupName.equal(local, "v") || MarkupName.equal(local, "is") {
          state.pointee.keep()
        }
      }
      return sax
    }

    /// Cells without a reference are not looked for: programs that know fonts write references.
    mutating func start(_ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int32) {
      struck = nil
      guard let format = StruckCells.value(attributes, count, "s").flatMap({ Int($0) }),
        formats.indices.contains(format), formats[format],
        var reference = StruckCells.value(attributes, count, "r")
      else { return }
      struck = reference.withUTF8 { CellReference.read($0) }.map {
        StruckCell(row: $0.row, column: $0.column)
      }
    }

    mutating func keep() {
      if let struck, found.count < StruckCells.most { found.append(struck) }
      struck = nil
    }
  }
}
