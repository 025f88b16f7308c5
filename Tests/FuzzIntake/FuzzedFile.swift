/// A complete file around the fuzzed part, with correct checksums.
enum FuzzedFile {
  static func whole(_ target: FuzzIntake.Target, _ bytes: [UInt8]) -> [UInt8] {
    switch target {
    case .file, .text, .mapping, .spreadsheet, .batch, .policy, .columns, .ledger: bytes
    case .workbook: workbook(["xl/workbook.xml": bytes])
    case .sheet: workbook(["xl/worksheets/sheet1.xml": bytes])
    case .strings: workbook(["xl/sharedStrings.xml": bytes])
    case .styles: workbook(["xl/styles.xml": bytes])
    case .content: archive([("mimetype", Array(openDocument.utf8)), ("content.xml", bytes)])
    case .xls: compound([("Workbook", bytes + [UInt8](repeating: 0, count: max(0, 4096 - bytes.count)))])
    case .encryption: encrypted(bytes)
    }
  }

  private static let openDocument = "application/vnd.oasis.opendocument.spreadsheet"

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  // MARK: Packages

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  private static func links(_ links: [(type: String, target: String)]) -> [UInt8] {
    let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    let items = links.enumerated().map { i, link in
      "<Relationship Id=\"r\(i + 1)\" Type=\"\(relations)/\(link.type)\" Target=\"\(link.target)\"/>"
    }
    return Array("<Relationships xmlns=\"\(package)\">\(items.joined())</Relationships>".utf8)
  }

  /// A sheet that refers to texts and formats of every kind.
  private static let sheet: String = {
    let texts = (0..<8).map { "<c t=\"s\"><v>\($0)</v></c>" }.joined()
    let formats = (0..<8).map { "<c s=\"\($0)\"><v>4\($0)000.5</v></c>" }.joined()
    return
      "<worksheet xmlns=\"\(main)\"><sheetData><row>\(formats)</row><row>\(texts)</row></sheetData></worksheet>"
  }()

  /// A workbook with these parts instead of plain ones.
  private static func workbook(_ parts: [String: [UInt8]]) -> [UInt8] {
    let sheets = "<sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"r1\"/></sheets>"
    let plain: [(String, [UInt8])] = [
      ("[Content_Types].xml", []),
      ("_rels/.rels", links([("officeDocument", "xl/workbook.xml")])),
      (
        "xl/_rels/workbook.xml.rels",
        links([
          ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"),
          ("styles", "styles.xml"),
        ])
      ),
      (
        "xl/workbook.xml",
        Array("<workbook xmlns=\"\(main)\" xmlns:r=\"\(relations)\">\(sheets)</workbook>".utf8)
      ),
      ("xl/worksheets/sheet1.xml", Array(sheet.utf8)),
      ("xl/sharedStrings.xml", Array("<sst xmlns=\"\(main)\"><si><t>x</t></si></sst>".utf8)),
      (
        "xl/styles.xml",
        Array("<styleSheet xmlns=\"\(main)\"><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>".utf8)
      ),
    ]
    return archive(plain.map { ($0.0, parts[$0.0] ?? $0.1) })
  }

  private static let crcTable: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }

  private static func archive(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var out: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      let crc = ~part.bytes.reduce(UInt32.max) { $0 >> 8 ^ crcTable[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
      let name = Array(part.name.utf8)
      let common =
        [UInt8](repeating: 0, count: 8) + little(Int(crc), 4) + little(part.bytes.count, 4)
        + little(part.bytes.count, 4) + little(name.count, 2)
      let start = out.count
      out += [0x50, 0x4B, 3, 4, 20, 0] + common + [0, 0] + name + part.bytes
      directory += [0x50, 0x4B, 1, 2, 20, 0, 20, 0] + common + little(0, 12) + little(start, 4) + name
    }
    return out + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + little(parts.count, 2) + little(parts.count, 2)
      + little(directory.count, 4) + little(out.count, 4) + [0, 0]
  }

  // MARK: Compound files

  /// Two bytes with the length of the description, the description, the package.
  private static func encrypted(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count > 2 else { return bytes }
    let length = min(Int(bytes[0]) | Int(bytes[1]) << 8, bytes.count - 2)
    return compound([
      ("EncryptionInfo", Array(bytes[2..<(2 + length)])), ("EncryptedPackage", Array(bytes[(2 + length)...])),
    ])
  }

  /// An OLE2 file whose streams are all in sectors of their own.
  private static func compound(_ streams: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var sectors: [UInt8] = []
    var table: [Int] = []
    func chain(_ bytes: [UInt8]) -> Int {
      let (start, count) = (table.count, (bytes.count + 511) / 512)
      if count == 0 { return -2 }
      sectors += bytes + [UInt8](repeating: 0, count: count * 512 - bytes.count)
      table += (1...count).map { $0 == count ? -2 : start + $0 }
      return start
    }
    func entry(_ name: String, _ type: UInt8, _ links: [Int], _ start: Int, _ size: Int) -> [UInt8] {
      let units = name.utf16.flatMap { little(Int($0), 2) }
      return units + [UInt8](repeating: 0, count: 64 - units.count) + little(units.count + 2, 2) + [type, 1]
        + links.flatMap { little($0, 4) } + [UInt8](repeating: 0, count: 36) + little(start, 4)
        + little(size, 8)
    }
    var entries: [UInt8] = []
    for (i, stream) in streams.enumerated() {
      let start = chain(stream.bytes)
      let right = i + 1 < streams.count ? i + 2 : -1
      entries += entry(stream.name, 2, [-1, right, -1], start, stream.bytes.count)
    }
    let directoryAt = chain(entry("Root Entry", 5, [-1, -1, 1], -2, 0) + entries)
    let tableAt = table.count
    let tableCount = (tableAt + 126) / 127
    table += [Int](repeating: -3, count: tableCount)
    while table.count % 128 != 0 { table.append(-1) }
    let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    var header = magic + [UInt8](repeating: 0, count: 16) + [0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]
    header += [UInt8](repeating: 0, count: 10)
    // No stream is small enough for the mini stream.
    for number in [tableCount, directoryAt, 0, 0, -2, 0, -2, 0] { header += little(number, 4) }
    for i in 0..<109 { header += little(i < tableCount ? tableAt + i : -1, 4) }
    return header + sectors + table.flatMap { little($0, 4) }
  }
}
