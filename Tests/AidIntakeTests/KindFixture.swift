import AidModel
import Testing

@testable import AidIntake

/// Files of other kinds, built byte by byte.
enum KindFixture {
  static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  // MARK: Packages

  /// A ZIP archive with stored parts.
  static func archive(_ parts: [(name: String, text: String)]) -> [UInt8] {
    var out: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      let (name, bytes) = (Array(part.name.utf8), Array(part.text.utf8))
      let sizes = little(Int(crc32(bytes)), 4) + little(bytes.count, 4) + little(bytes.count, 4)
      let common = [0, 0, 0, 0, 0, 0, 0, 0] as [UInt8]
      let start = out.count
      out += [0x50, 0x4B, 3, 4, 20, 0] + common + sizes + little(name.count, 2) + [0, 0] + name + bytes
      directory +=
        [0x50, 0x4B, 1, 2, 20, 0, 20, 0] + common + sizes + little(name.count, 2) + little(0, 12)
        + little(start, 4) + name
    }
    return out + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + little(parts.count, 2) + little(parts.count, 2)
      + little(directory.count, 4) + little(out.count, 4) + [0, 0]
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
  }

  static let officeNames =
    "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
    + "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
    + "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
    + "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
    + "xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\""

  /// A flat OpenDocument spreadsheet with these tables.
  static func flat(_ tables: String, styles: String = "") -> [UInt8] {
    Array(
      ("<?xml version=\"1.0\"?><office:document \(officeNames)><office:automatic-styles>\(styles)"
        + "</office:automatic-styles><office:body><office:spreadsheet>\(tables)"
        + "</office:spreadsheet></office:body></office:document>").utf8)
  }

  static func package(_ tables: String) -> [(name: String, text: String)] {
    [
      ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
      (
        "content.xml",
        "<office:document-content \(officeNames)><office:body><office:spreadsheet>\(tables)"
          + "</office:spreadsheet></office:body></office:document-content>"
      ),
    ]
  }

  // MARK: BIFF8

  static func record(_ type: Int, _ bytes: [UInt8]) -> [UInt8] {
    little(type, 2) + little(bytes.count, 2) + bytes
  }

  /// A text preceded by its character count, with one or two bytes per character.
  static func text(_ text: String, lengthBytes: Int = 2, wide: Bool = true) -> [UInt8] {
    let units = Array(text.utf16)
    return little(units.count, lengthBytes) + [wide ? 1 : 0] + units.flatMap { little(Int($0), wide ? 2 : 1) }
  }

  static func stored(_ value: Double) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
  }

  static func cell(_ type: Int, _ row: Int, _ column: Int, format: Int = 0, _ bytes: [UInt8]) -> [UInt8] {
    record(type, little(row, 2) + little(column, 2) + little(format, 2) + bytes)
  }

  /// A workbook stream: the records of the globals, and the name, state and records of each sheet.
  static func stream(
    globals: [UInt8] = [], sheets: [(name: String, state: Int, records: [UInt8])]
  ) -> [UInt8] {
    func begin(_ type: Int) -> [UInt8] { record(0x809, little(0x600, 2) + little(type, 2) + little(0, 12)) }
    let end = record(0x0A, [])
    func bound(_ offset: Int, _ sheet: (name: String, state: Int, records: [UInt8])) -> [UInt8] {
      record(0x85, little(offset, 4) + [UInt8(sheet.state), 0] + text(sheet.name, lengthBytes: 1))
    }
    let headLength = begin(5).count + globals.count + sheets.reduce(0) { $0 + bound(0, $1).count } + end.count
    var offset = headLength
    var out = begin(5) + globals
    for sheet in sheets {
      out += bound(offset, sheet)
      offset += begin(16).count + sheet.records.count + end.count
    }
    out += end
    for sheet in sheets { out += begin(16) + sheet.records + end }
    return out
  }

  /// A compound file with one stream under its root; if under 4096 bytes it is in the mini stream.
  static func compound(_ name: String, _ stream: [UInt8]) -> [UInt8] {
    func padded(_ bytes: [UInt8], to size: Int) -> [UInt8] {
      bytes + [UInt8](repeating: 0, count: (size - bytes.count % size) % size)
    }
    func entry(_ name: String, _ type: UInt8, child: Int, start: Int, size: Int) -> [UInt8] {
      let units = name.utf16.flatMap { little(Int($0), 2) }
      return units + [UInt8](repeating: 0, count: 64 - units.count) + little(units.count + 2, 2) + [type, 1]
        + little(-1, 4) + little(-1, 4) + little(child, 4) + [UInt8](repeating: 0, count: 36)
        + little(start, 4) + little(size, 8)
    }
    let isSmall = stream.count < 4096
    let content = padded(stream, to: 512)
    let sectors = content.count / 512
    // Sectors: the content, the directory, the mini sector table, then the sector tables themselves.
    let (directoryAt, smallAt) = (sectors, sectors + 1)
    let tableCount = (sectors + 2) / 127 + 1
    var table = (1..<max(sectors, 1)).map { $0 } + [-2, -2, -2] + [Int](repeating: -3, count: tableCount)
    while table.count % 128 != 0 { table.append(-1) }
    var small = isSmall ? (1..<max((stream.count + 63) / 64, 1)).map { $0 } + [-2] : []
    while small.count % 128 != 0 || small.isEmpty { small.append(-1) }
    let directory =
      entry("Root Entry", 5, child: 1, start: isSmall ? 0 : -2, size: isSmall ? content.count : 0)
      + entry(name, 2, child: -1, start: 0, size: stream.count)
      + [UInt8](repeating: 0, count: 256)
    var header = CompoundFile.magic + [UInt8](repeating: 0, count: 16) + little(0x3E, 2) + little(3, 2)
    header += [0xFE, 0xFF] + little(9, 2) + little(6, 2) + [UInt8](repeating: 0, count: 10)
    header += little(tableCount, 4) + little(directoryAt, 4) + little(0, 4) + little(4096, 4)
    header += little(smallAt, 4) + little(1, 4) + little(-2, 4) + little(0, 4)
    for i in 0..<109 { header += little(i < tableCount ? smallAt + 1 + i : -1, 4) }
    precondition(header.count == 512 && small.count == 128, "a fixture this large is not foreseen")
    return header + content + directory + small.flatMap { little($0, 4) } + table.flatMap { little($0, 4) }
  }
}
