import AidModel

/// The parts of a workbook that describe it: relationships, sheets, styles, the date system.
struct Workbook: Sendable {
  struct Sheet: Sendable {
    let name: String
    let isHidden: Bool
    let part: String
  }

  private(set) var sheets: [Sheet] = []
  private(set) var dates = DateSystem.from1900
  private(set) var isMacroEnabled = false
  /// Its formulas are to be computed when it is opened, or were not all computed when it was saved.
  private(set) var isToCompute = false
  private(set) var sharedStringsPart: String?
  /// For each cell format, how its numbers are read.
  private(set) var formats: [NumberMeaning] = []
  /// For each cell format, its marks besides the value.
  private(set) var marks: [FormatMarks] = []

  enum Fault: Error {
    case noWorkbook, noSheets, binary, missingPart(String), partTwice(String), xml(part: String, XMLFault)
  }

  init(_ archive: ZipArchive, limits: IntakeLimits) throws(Fault) {
    func tags(_ part: String, _ names: Set<String>) throws(Fault) -> [StartTag]? {
      guard let entry = archive.entry(part) else { return nil }
      do {
        return try StartTag.read(entry, of: archive, keeping: names, limits: limits)
      } catch {
        throw .xml(part: part, error)
      }
    }
    guard let rootTags = try tags("_rels/.rels", ["Relationship"]),
      let main = Self.relations(rootTags, from: "").first(where: { $0.type == "officeDocument" })
    else { throw .noWorkbook }
    if main.target.lowercased().hasSuffix(".bin") { throw .binary }
    guard let book = try tags(main.target, ["workbook", "workbookPr", "sheet", "calcPr"]) else {
      throw .missingPart(main.target)
    }
    guard book.first?.name == "workbook" else { throw .noWorkbook }
    let folder = main.target.split(separator: "/").dropLast().joined(separator: "/")
    let leaf = main.target.split(separator: "/").last ?? ""
    let relsPart = (folder.isEmpty ? "" : folder + "/") + "_rels/\(leaf).rels"
    guard let relTags = try tags(relsPart, ["Relationship"]) else { throw .missingPart(relsPart) }
    let relations = Self.relations(relTags, from: folder)

    try list(book, relations)
    if sheets.isEmpty { throw .noSheets }
    isToCompute = book.contains(where: Self.saysToCompute)
    sharedStringsPart = relations.first { $0.type == "sharedStrings" }?.target
    isMacroEnabled = relations.contains { $0.type == "vbaProject" }
    guard let styles = relations.first(where: { $0.type == "styles" })?.target else { return }
    guard let styleTags = try tags(styles, ["numFmt", "xf", "font", "strike"]) else {
      throw .missingPart(styles)
    }
    (formats, marks) = Self.formats(styleTags)
  }

  private mutating func list(_ book: [StartTag], _ relations: [Relation]) throws(Fault) {
    for tag in book {
      if tag.name == "workbookPr", let flag = tag.attribute("date1904"), flag == "1" || flag == "true" {
        dates = .from1904
      }
      guard tag.name == "sheet", tag.parent == "sheets", let name = tag.attribute("name") else { continue }
      // A sheet without a relationship is a leftover that no program shows.
      guard let id = tag.attribute("id"), !id.isEmpty else { continue }
      guard let relation = relations.first(where: { $0.id == id }) else {
        throw .missingPart("\(name) (\(id))")
      }
      // Chart and dialog sheets have no rows.
      guard relation.type == "worksheet" else { continue }
      // Shown ten thousand times, a part of a few kilobytes would be ten thousand sheets to read.
      guard !sheets.contains(where: { $0.part.sameScalars(as: relation.target) }) else {
        throw .partTwice(relation.target)
      }
      let state = tag.attribute("state") ?? "visible"
      sheets.append(Sheet(name: name, isHidden: state != "visible", part: relation.target))
    }
  }

  /// `fullCalcOnLoad` and `calcCompleted` of `calcPr` (ECMA-376 part 1, 18.2.2).
  private static func saysToCompute(_ tag: StartTag) -> Bool {
    guard tag.name == "calcPr" else { return false }
    let (onLoad, completed) = (tag.attribute("fullCalcOnLoad"), tag.attribute("calcCompleted"))
    return onLoad == "1" || onLoad == "true" || completed == "0" || completed == "false"
  }

  private struct Relation {
    let id: String
    /// The last component of the relationship type, the same in transitional and strict files.
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

  private static func formats(_ tags: [StartTag]) -> ([NumberMeaning], [FormatMarks]) {
    var codes: [Int: String] = [:]
    for tag in tags where tag.name == "numFmt" && tag.parent == "numFmts" {
      if let id = tag.attribute("numFmtId").flatMap({ Int($0) }) { codes[id] = tag.attribute("formatCode") }
    }
    let fonts = struckFonts(tags)
    var (meanings, marks): ([NumberMeaning], [FormatMarks]) = ([], [])
    for tag in tags where tag.name == "xf" && tag.parent == "cellXfs" {
      let id = tag.attribute("numFmtId").flatMap { Int($0) } ?? 0
      let font = tag.attribute("fontId").flatMap { Int($0) } ?? 0
      meanings.append(codes[id].map { NumberMeaning(code: $0) } ?? NumberMeaning(builtIn: id))
      marks.append(
        FormatMarks(
          isStruck: fonts.indices.contains(font) && fonts[font],
          unit: meanings.last?.isNumber == true ? codes[id].flatMap { MoneyWords.unit(ofFormat: $0) } : nil))
    }
    return (meanings, marks)
  }

  /// For each cell font, whether it is struck through; tags are in document order.
  private static func struckFonts(_ tags: [StartTag]) -> [Bool] {
    var fonts: [Bool] = []
    var isListed = false
    for tag in tags {
      if tag.name == "font" {
        isListed = tag.parent == "fonts"
        if isListed { fonts.append(false) }
      } else if tag.name == "strike", tag.parent == "font", isListed {
        let value = tag.attribute("val") ?? "1"
        fonts[fonts.count - 1] = value == "1" || value == "true"
      }
    }
    return fonts
  }
}
