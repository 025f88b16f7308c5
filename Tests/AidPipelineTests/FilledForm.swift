import AidModel
import CZlib
import Testing

@testable import AidIntake

/// Opens a workbook, writes rows into its first sheet and packs it again, like a spreadsheet program.
struct FilledForm {
  private(set) var parts: [(name: String, text: String)] = []

  init(path: String) throws {
    let archive = try ZipArchive(try FileBytes(path: path), limits: .standard)
    for entry in archive.entries {
      var inflater = Inflater(entry, of: archive)
      var bytes = [UInt8](repeating: 0, count: entry.size + 1)
      let count = try bytes.withUnsafeMutableBufferPointer { try inflater.fill($0) }
      parts.append((entry.name, String(decoding: bytes.prefix(count), as: UTF8.self)))
    }
  }

  static let sheet = "xl/worksheets/sheet1.xml"

  func part(_ name: String) -> String { parts.first { $0.name == name }?.text ?? "" }

  /// The headings in row 1, in order.
  var headings: [String] {
    let shared = part("xl/sharedStrings.xml").matches(of: /<si><t[^>]*>([^<]*)<\/t><\/si>/).map {
      String($0.1)
    }
    let row = part(Self.sheet).firstMatch(of: /<row r="1".*?<\/row>/)?.0 ?? ""
    return row.matches(of: /<v>([0-9]+)<\/v>/).compactMap { Int($0.1) }.map { shared[$0] }
  }

  /// Adds row 2 with a cell for each named heading: a number after `#`, otherwise text. Cells get their
  /// column's style.
  mutating func fill(_ values: [String: String]) throws {
    let styles = part(Self.sheet).matches(
      of: /<col min="([0-9]+)" max="[0-9]+"[^>]*? style="([0-9]+)"/
    ).map { (Int($0.1) ?? 0, String($0.2)) }
    var cells = ""
    for (i, heading) in headings.enumerated() {
      guard let value = values[heading] else { continue }
      let style = styles.first { $0.0 == i + 1 }.map { " s=\"\($0.1)\"" } ?? ""
      let start = "<c r=\"\(Place.letters(Int32(i)))2\"\(style)"
      cells +=
        value.hasPrefix("#")
        ? "\(start)><v>\(value.dropFirst())</v></c>"
        : "\(start) t=\"inlineStr\"><is><t>\(value)</t></is></c>"
    }
    #expect(cells.matches(of: #/<c /#).count == values.count, "every value has its column: \(headings)")
    let at = try #require(parts.firstIndex { $0.name == Self.sheet })
    parts[at].text = parts[at].text.replacing("</sheetData>", with: "<row r=\"2\">\(cells)</row></sheetData>")
  }

  /// The archive with uncompressed parts (PKWARE APPNOTE).
  var bytes: [UInt8] {
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    var (out, directory): ([UInt8], [UInt8]) = ([], [])
    for part in parts {
      let (bytes, name) = (Array(part.text.utf8), Array(part.name.utf8))
      let crc = bytes.withUnsafeBufferPointer { Int(crc32(0, $0.baseAddress, UInt32($0.count))) }
      let common =
        little(20, 2) + little(0x800, 2) + little(0, 6) + little(crc, 4) + little(bytes.count, 4)
        + little(bytes.count, 4) + little(name.count, 2) + little(0, 2)
      directory +=
        little(0x0201_4B50, 4) + little(20, 2) + common + little(0, 10) + little(out.count, 4) + name
      out += little(0x0403_4B50, 4) + common + name + bytes
    }
    let at = out.count
    return out + directory + little(0x0605_4B50, 4) + little(0, 4) + little(parts.count, 2)
      + little(parts.count, 2) + little(directory.count, 4) + little(at, 4) + little(0, 2)
  }
}
