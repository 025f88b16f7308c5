import AidModel
import Foundation
import Testing

@testable import AidIntake

/// The scanner and libxml2 read the same cells, or reject for the same reason, whatever the bytes.
@Suite struct ScannerAgainstReference {
  private static func outcome(_ path: String, _ reader: SheetReading) -> String {
    var limits = IntakeLimits.standard
    limits.reader = reader
    do throws(IntakeFailure) {
      let file = try InputFile(path: path, name: "t", limits: limits)
      var out: [UInt8] = []
      for sheet in file.sheets.indices { try RawDump.csv(file, sheet: sheet) { out += $0 } }
      return String(decoding: out, as: UTF8.self)
    } catch {
      return "refused " + error.finding.kind.code
    }
  }

  @Test func everySampleWorkbook() throws {
    let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "SampleData")
    let walk = FileManager.default.enumerator(atPath: samples.path(percentEncoded: false))
    let books = (walk?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".xlsx") }.sorted()
    #expect(books.count > 40)
    for book in books {
      let path = samples.appending(path: book).path(percentEncoded: false)
      #expect(Self.outcome(path, .scanner) == Self.outcome(path, .libxml2), "\(book)")
    }
  }

  private static let rows = """
    <row r="1" spans="1:6" ht="15" customHeight="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1"><v>12.5</v></c>\
    <c r="C1" t="b"><v>1</v></c><c r="D1" t="e"><v>#N/A</v></c><c r="E1" t="str"><f>A1&amp;"x"</f><v>a&lt;b</v></c>\
    <c r="F1" t="inlineStr"><is><t xml:space="preserve"> 张三 </t></is></c></row>
    <row r="2" hidden="1"><c r="A2" t="s"><v>1</v></c><c r="B2"/>\
    <c r="C2"><f>1+1</f><v>2</v></c><c r="D2"><f>2</f></c></row>
    <row r="4"><c r="A4" t="inlineStr"><is><r><rPr><b/><sz val="11"/></rPr><t>富</t></r><r><t>文</t></r></is></c></row>
    <row r="5"><c r="A5" s="1"><v>45356</v></c><c r="B5"><v>1E-7</v></c><c r="C5" t="s"> <v>2</v> </c></row>
    """
  private static let shared =
    "<si><t>共&amp;享</t></si><si><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></si><si><t>𠮷\u{A}_x000D_</t>"
    + "<rPh sb=\"0\" eb=\"1\"><t>ji</t></rPh><phoneticPr fontId=\"1\"/></si>"
  private static let styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"

  /// Changes, inserts, removes and duplicates bytes, from a seed; inserted bytes are those that upset XML.
  static func mutated(_ bytes: [UInt8], _ state: inout UInt64, with own: [String] = []) -> [UInt8] {
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let pieces =
      [
        "<", ">", "&", "\"", "'", "/", "]]>", "<!-- x -->", "<![CDATA[x]]>", "<?x y?>", "&#65;", "&#x4e00;",
        "&#0;", "&lt;", "\r",
        "\u{0}", "\t", " ", "é", "\u{FFFE}", "<c/>", "</c>", "<v>1</v>", "</row>", "<row>", "<row r=\"3\">",
        " r=\"A1\"", " t=\"s\"",
        " x:y=\"1\"", " s=\"1\" s=\"2\"", "<is>", "<f>", "xmlns=\"q\"", "-", "9999999999", "<t>", "</t>",
      ] + own
    var out = bytes
    for _ in 0..<(1 + next(2)) {
      let at = next(out.count)
      switch next(5) {
      case 0: out[at] = UInt8(next(256))
      case 1: out.insert(contentsOf: Array(pieces[next(pieces.count)].utf8), at: at)
      case 2: out.removeSubrange(at..<min(at + 1 + next(12), out.count))
      case 3: out.insert(contentsOf: Array(out[at..<min(at + 1 + next(60), out.count)]), at: next(out.count))
      default: out.replaceSubrange(at..<min(at + 1, out.count), with: Array(pieces[next(pieces.count)].utf8))
      }
    }
    return out
  }

  /// Set `MUTANTS=100000` for a long run.
  @Test func mutatedWorkbooks() throws {
    var state: UInt64 = 20_231_228
    var read = 0
    let good = TestWorkbook(rows: Self.rows, shared: Self.shared, styles: Self.styles)
    let targets = ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"]
    let rounds = ProcessInfo.processInfo.environment["MUTANTS"].flatMap { Int($0) } ?? 1200
    for round in 0..<rounds {
      let seed = state
      var book = good
      let name = targets[round % targets.count]
      for i in book.parts.indices where book.parts[i].name == name {
        book.parts[i].bytes = Self.mutated(book.parts[i].bytes, &state)
      }
      let file = try TestFile(book.bytes)
      let (fast, reference) = (Self.outcome(file.path, .scanner), Self.outcome(file.path, .libxml2))
      if !reference.hasPrefix("refused") { read += 1 }
      #expect(fast == reference, "round \(round) seed \(seed)")
    }
    #expect(read > rounds / 40, "most mutants are refused; enough are not")
  }
}
