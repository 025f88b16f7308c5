import AidModel
import CZlib
import Foundation
import Testing

@testable import AidIntake

/// A workbook built by a test: parts as text, packed into an archive entry by entry.
struct TestWorkbook {
  var parts: [(name: String, bytes: [UInt8])]
  var isDeflated = false
  /// Bytes written before the archive's first entry.
  var before: [UInt8] = []

  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// A workbook with one sheet of these rows (the contents of `sheetData`).
  init(
    rows: String, shared: String? = nil, styles: String? = nil, workbook: String = "", after: String = "",
    main: String = Self.main, relations: String = Self.relations, target: String = "worksheets/sheet1.xml"
  ) {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
    let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    var links = "<Relationship Id=\"r1\" Type=\"\(relations)/worksheet\" Target=\"\(target)\"/>"
    var texts: [(String, String)] = [
      (
        "_rels/.rels",
        "\(head)<Relationships xmlns=\"\(package)\"><Relationship Id=\"r1\" "
          + "Type=\"\(relations)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "\(head)<workbook xmlns=\"\(main)\" xmlns:r=\"\(relations)\">\(workbook)<sheets>"
          + "<sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
      ),
      (
        "xl/worksheets/sheet1.xml",
        "\(head)<worksheet xmlns=\"\(main)\"><sheetData>\(rows)</sheetData>\(after)</worksheet>"
      ),
    ]
    if let shared {
      links += "<Relationship Id=\"r2\" Type=\"\(relations)/sharedStrings\" Target=\"sharedStrings.xml\"/>"
      texts.append(("xl/sharedStrings.xml", "\(head)<sst xmlns=\"\(main)\">\(shared)</sst>"))
    }
    if let styles {
      links += "<Relationship Id=\"r3\" Type=\"\(relations)/styles\" Target=\"/xl/styles.xml\"/>"
      texts.append(("xl/styles.xml", "\(head)<styleSheet xmlns=\"\(main)\">\(styles)</styleSheet>"))
    }
    texts.append(
      ("xl/_rels/workbook.xml.rels", "\(head)<Relationships xmlns=\"\(package)\">\(links)</Relationships>"))
    parts = texts.map { ($0.0, Array($0.1.utf8)) }
  }

  /// A row of inline texts.
  static func texts(_ row: Int, _ texts: [String]) -> String {
    "<row r=\"\(row)\">" + texts.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
  }

  mutating func change(_ name: String, _ edit: (String) -> String) {
    for i in parts.indices where parts[i].name == name {
      parts[i].bytes = Array(edit(String(decoding: parts[i].bytes, as: UTF8.self)).utf8)
    }
  }

  /// A minimal archive according to PKWARE's APPNOTE.
  var bytes: [UInt8] {
    var out = before
    var directory: [UInt8] = []
    func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 255) } }
    for part in parts {
      let packed = isDeflated ? Self.deflate(part.bytes) : part.bytes
      let crc = part.bytes.withUnsafeBufferPointer { Int(crc32(0, $0.baseAddress, UInt32($0.count))) }
      let name = Array(part.name.utf8)
      let common =
        little(20, 2) + little(0x800, 2) + little(isDeflated ? 8 : 0, 2) + little(0, 4)
        + little(crc, 4) + little(packed.count, 4) + little(part.bytes.count, 4) + little(name.count, 2)
        + little(0, 2)
      directory +=
        little(0x0201_4B50, 4) + little(20, 2) + common + little(0, 10) + little(out.count, 4) + name
      out += little(0x0403_4B50, 4) + common + name + packed
    }
    let at = out.count
    return out + directory + little(0x0605_4B50, 4) + little(0, 4) + little(parts.count, 2)
      + little(parts.count, 2)
      + little(directory.count, 4) + little(at, 4) + little(0, 2)
  }

  private static func deflate(_ bytes: [UInt8]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: bytes.count + 1024)
    var count = UInt(out.count)
    var input = bytes
    compress(&out, &count, &input, UInt(bytes.count))
    // Without zlib's two-byte header and four-byte checksum.
    return Array(out[2..<(Int(count) - 4)])
  }
}

/// A temporary file for one test.
final class TestFile {
  let path = FileManager.default.temporaryDirectory.appending(path: "intake-\(UUID().uuidString)")
    .path(percentEncoded: false)

  init(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// `inspect --raw` of the first sheet.
  func raw(limits: IntakeLimits = .standard) throws -> String {
    var out: [UInt8] = []
    try RawDump.csv(try InputFile(path: path, name: "t", limits: limits), sheet: 0) { out += $0 }
    return String(decoding: out, as: UTF8.self)
  }

  /// The code of the refusal; nil if the file is read.
  func refusal(limits: IntakeLimits = .standard) -> String? {
    do {
      _ = try raw(limits: limits)
      return nil
    } catch let failure as IntakeFailure {
      return failure.finding.kind.code
    } catch {
      return "\(error)"
    }
  }
}
