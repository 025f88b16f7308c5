import AidModel
import Foundation

@testable import AidIntake

/// A workbook with one sheet, built from XML texts; any part can be replaced before packing.
struct SheetPackage {
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  static let package = "http://schemas.openxmlformats.org/package/2006/relationships"
  static let sheet = "xl/worksheets/sheet1.xml"

  private(set) var names: [String] = []
  private var texts: [String: [UInt8]] = [:]
  var isDeflated = true
  /// Modifies the archive after all parts are in it.
  var shape: (inout ZipFixture) -> Void = { _ in }

  /// - Parameters:
  ///   - rows: the contents of `sheetData`.
  ///   - shared: the contents of `sst`; nil to omit the part.
  ///   - styles: the contents of `styleSheet`; nil to omit the part.
  init(
    _ rows: String = "", shared: String? = nil, styles: String? = nil, book: String = "", before: String = "",
    after: String = "", target: String = "worksheets/sheet1.xml"
  ) {
    var relations = Self.relation("r1", "worksheet", target)
    if let shared {
      relations += Self.relation("r2", "sharedStrings", "sharedStrings.xml")
      self["xl/sharedStrings.xml"] = "<sst xmlns=\"\(Self.main)\">\(shared)</sst>"
    }
    if let styles {
      relations += Self.relation("r3", "styles", "styles.xml")
      self["xl/styles.xml"] = "<styleSheet xmlns=\"\(Self.main)\">\(styles)</styleSheet>"
    }
    self["_rels/.rels"] = Self.relationships(Self.relation("r1", "officeDocument", "xl/workbook.xml"))
    self["xl/workbook.xml"] =
      "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.links)\">\(book)<sheets>"
      + "<sheet name=\"名单\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    self["xl/_rels/workbook.xml.rels"] = Self.relationships(relations)
    self[Self.sheet] = Self.worksheet("\(before)<sheetData>\(rows)</sheetData>\(after)")
  }

  static func worksheet(_ inside: String) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"\(main)\">\(inside)</worksheet>"
  }

  static func relation(_ id: String, _ type: String, _ target: String) -> String {
    "<Relationship Id=\"\(id)\" Type=\"\(links)/\(type)\" Target=\"\(target)\"/>"
  }

  static func relationships(_ inside: String) -> String {
    "<Relationships xmlns=\"\(package)\">\(inside)</Relationships>"
  }

  subscript(name: String) -> String {
    get { String(decoding: texts[name] ?? [], as: UTF8.self) }
    set { self.set(name, Array(newValue.utf8)) }
  }

  mutating func set(_ name: String, _ bytes: [UInt8]) {
    if texts[name] == nil { names.append(name) }
    texts[name] = bytes
  }

  mutating func rename(_ old: String, _ new: String) {
    names = names.map { $0 == old ? new : $0 }
    texts[new] = texts.removeValue(forKey: old)
  }

  mutating func remove(_ name: String) {
    names.removeAll { $0 == name }
    texts[name] = nil
  }

  var bytes: [UInt8] {
    var zip = ZipFixture()
    zip.parts = names.map { ZipFixture.Part(name: $0, bytes: texts[$0] ?? [], isDeflated: isDeflated) }
    shape(&zip)
    return zip.bytes()
  }

  /// The output of `inspect --raw`.
  func csv(_ limits: IntakeLimits = .standard) throws -> String { try Reading.csv(bytes, limits) }

  /// The code and message of the refusal; nil if the file is read.
  func refusal(_ limits: IntakeLimits = .standard) throws -> String? { try Reading.refusal(bytes, limits) }
}

/// Reads bytes as a file.
enum Reading {
  static func withFile<R>(_ bytes: [UInt8], _ body: (String) throws -> R) throws -> R {
    let path = NSTemporaryDirectory() + "aidledger-intake-" + UUID().uuidString
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  static func csv(_ bytes: [UInt8], _ limits: IntakeLimits = .standard, sheet: Int = 0) throws -> String {
    try withFile(bytes) { path in
      var out: [UInt8] = []
      try RawDump.csv(InputFile(path: path, name: "t.xlsx", limits: limits), sheet: sheet) { out += $0 }
      return String(decoding: out, as: UTF8.self)
    }
  }

  static func refusal(_ bytes: [UInt8], _ limits: IntakeLimits = .standard) throws -> String? {
    do {
      _ = try csv(bytes, limits)
      return nil
    } catch let failure as IntakeFailure {
      return failure.finding.kind.code + " " + failure.finding.arguments.joined(separator: " ")
    }
  }
}
