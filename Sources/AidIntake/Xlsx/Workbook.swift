import AidModel

/// The parts of a workbook that say where everything is: relationships, sheets, styles, the date system.
struct Workbook: Sendable {
  struct Sheet: Sendable {
    let name: String
    let isHidden: Bool
    let part: String
  }

  private(set) var sheets: [Sheet] = []
  private(set) var dates = DateSystem.from1900
  private(set) var isMacroEnabled = false
  private(set) var sharedStringsPart: String?
  /// For each cell format, how its numbers read.
  private(set) var formats: [NumberMeaning] = []

  enum Fault: Error { case noWorkbook, missingPart(String), xml(part: String, XMLFault) }

  init(_ archive: ZipArchive, limits: IntakeLimits) throws(Fault) {
    func tags(_ part: String) throws(Fault) -> [StartTag]? {
      guard let entry = archive.entry(part) else { return nil }
      do {
        return try StartTag.read(entry, of: archive, limits: limits)
      } catch {
        throw .xml(part: part, error)
      }
    }
    guard let rootTags = try tags("_rels/.rels"),
      let main = Self.relations(rootTags, from: "").first(where: { $0.type == "officeDocument" })
    else { throw .noWorkbook }
    guard let book = try tags(main.target) else { throw .missingPart(main.target) }
    guard book.first?.name == "workbook" else { throw .noWorkbook }
    let folder = main.target.split(separator: "/").dropLast().joined(separator: "/")
    let leaf = main.target.split(separator: "/").last ?? ""
    let relsPart = (folder.isEmpty ? "" : folder + "/") + "_rels/\(leaf).rels"
    guard let relTags = try tags(relsPart) else { throw .missingPart(relsPart) }
    let relations = Self.relations(relTags, from: folder)

    for tag in book {
      if tag.name == "workbookPr", let flag = tag.attribute("date1904"), flag == "1" || flag == "true" {
        dates = .from1904
      }
      if tag.name == "sheet", let name = tag.attribute("name"), let id = tag.attribute("id"),
        let relation = relations.first(where: { $0.id == id })
      {
        // Chart and dialog sheets have no rows.
        guard relation.type == "worksheet" else { continue }
        let state = tag.attribute("state") ?? "visible"
        sheets.append(Sheet(name: name, isHidden: state != "visible", part: relation.target))
      }
    }
    if sheets.isEmpty { throw .noWorkbook }
    sharedStringsPart = relations.first { $0.type == "sharedStrings" }?.target
    isMacroEnabled = relations.contains { $0.type == "vbaProject" }
    if let styles = relations.first(where: { $0.type == "styles" })?.target, let tags = try tags(styles) {
      formats = Self.formats(tags)
    }
  }

  private struct Relation {
    let id: String
    /// The last word of the relationship type, the same in transitional and strict files.
    let type: String
    let target: String
  }

  private static func relations(_ tags: [StartTag], from folder: String) -> [Relation] {
    tags.compactMap { tag in
      guard tag.name == "Relationship", let id = tag.attribute("Id"), let type = tag.attribute("Type"),
        let target = tag.attribute("Target"), tag.attribute("TargetMode") != "External"
      else { return nil }
      return Relation(
        id: id, type: String(type.split(separator: "/").last ?? ""), target: resolve(target, from: folder))
    }
  }

  /// A target as a part name: absolute from the archive's root, else relative to the part's folder.
  private static func resolve(_ target: String, from folder: String) -> String {
    var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/").map(String.init)
    for part in target.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }

  private static func formats(_ tags: [StartTag]) -> [NumberMeaning] {
    var codes: [Int: String] = [:]
    var meanings: [NumberMeaning] = []
    var inCellFormats = -1
    for tag in tags {
      if inCellFormats >= 0, tag.depth <= inCellFormats { inCellFormats = -1 }
      switch tag.name {
      case "numFmt":
        if let id = tag.attribute("numFmtId").flatMap({ Int($0) }) { codes[id] = tag.attribute("formatCode") }
      case "cellXfs": inCellFormats = tag.depth
      case "xf" where inCellFormats >= 0:
        let id = tag.attribute("numFmtId").flatMap { Int($0) } ?? 0
        meanings.append(codes[id].map { NumberMeaning(code: $0) } ?? NumberMeaning(builtIn: id))
      default: break
      }
    }
    return meanings
  }
}

/// Whether a number format shows a plain number, or a day and time.
enum NumberMeaning: UInt8, Sendable {
  case number, date

  /// Formats 14–22 and 45–47 are dates and times everywhere; 27–36 and 50–58 in Chinese, Japanese and Korean
  /// files (ECMA-376 part 1, 18.8.30).
  init(builtIn id: Int) {
    switch id {
    case 14...22, 27...36, 45...47, 50...58: self = .date
    default: self = .number
    }
  }

  /// A custom format is a date if a letter of day or time stands outside quotes, escapes and brackets.
  init(code: String) {
    var bytes = Array(code.utf8)[...]
    self = .number
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "\""):
        while let next = bytes.popFirst(), next != UInt8(ascii: "\"") {}
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): _ = bytes.popFirst()
      case UInt8(ascii: "["):
        let inside = bytes.prefix { $0 != UInt8(ascii: "]") }
        bytes = bytes.dropFirst(inside.count + 1)
        // [h], [mm], [s]: elapsed time.
        let letters = Set(inside.map { $0 | 0x20 })
        if letters.count == 1, let only = letters.first, [104, 109, 115].contains(only) { self = .date }
      case UInt8(ascii: ";"): return
      default:
        if [100, 104, 109, 115, 121].contains(byte | 0x20) { self = .date }
      // "General" has none of these letters; neither have #, 0, ? and the exponent E.
      }
    }
  }
}
