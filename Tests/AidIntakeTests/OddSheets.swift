import AidModel
import Testing

@testable import AidIntake

/// Sheets that are well-formed XML but should never be written: rejected by name, never read in part.
@Suite struct OddSheets {
  private static func outcomes(_ sheet: String) -> [String] {
    SheetReading.allCases.map { reader in
      var book = TestWorkbook(rows: "")
      book.change("xl/worksheets/sheet1.xml") { _ in sheet }
      var limits = IntakeLimits.standard
      limits.reader = reader
      return TableFixture.raw(book.bytes, limits: limits)
    }
  }

  private static func sheet(_ inside: String) -> String {
    "<worksheet xmlns=\"\(TestWorkbook.main)\" xmlns:mc=\"urn:mc\">\(inside)</worksheet>"
  }

  private static func data(_ value: Int) -> String {
    "<sheetData><row r=\"1\"><c r=\"A1\"><v>\(value)</v></c></row></sheetData>"
  }

  private static func expect(_ inside: String, _ says: String, _ what: String) {
    let found = outcomes(sheet(inside))
    #expect(found.allSatisfy { $0.contains(says) } && Set(found).count == 1, "\(what): \(found)")
  }

  @Test func alternateContent() {
    let choice = "<mc:Choice Requires=\"x\">\(Self.data(1))</mc:Choice>"
    let fallback = "<mc:Fallback>\(Self.data(2))</mc:Fallback>"
    Self.expect(
      "<mc:AlternateContent>\(choice)\(fallback)</mc:AlternateContent>", "2\n", "the fallback is read")
    Self.expect(
      "<mc:AlternateContent>\(choice)</mc:AlternateContent>", "FILE-UNREADABLE", "a choice alone")
    Self.expect("", "sheetData is missing", "no rows at all")
    Self.expect("\(Self.data(1))\(Self.data(2))", "twice", "two of them")
    Self.expect(
      "\(Self.data(3))<mc:AlternateContent><mc:Fallback><x/></mc:Fallback></mc:AlternateContent>", "3\n",
      "behind the rows")
  }

  @Test func twoCellsInOnePlace() {
    func rows(_ rows: String) -> String { "<sheetData>\(rows)</sheetData>" }
    Self.expect(
      rows("<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>"), "two cells B1",
      "in one row")
    Self.expect(
      rows(
        "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"/><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>"
      ),
      "two cells A2", "in two rows of one number")
    Self.expect(rows("<row r=\"0\"><c><v>1</v></c></row>"), "rows count from 1", "row 0")
  }

  @Test func rowsAndColumnsThatNobodySees() throws {
    let rows =
      "<row r=\"1\"><c><v>1</v></c></row><row r=\"2\" ht=\"0\" customHeight=\"1\"><c><v>2</v></c></row>"
    for reader in SheetReading.allCases {
      var book = TestWorkbook(rows: rows)
      book.change("xl/worksheets/sheet1.xml") {
        $0.replacing("<sheetData>", with: "<cols><col min=\"2\" max=\"2\" width=\"0\"/></cols><sheetData>")
      }
      var limits = IntakeLimits.standard
      limits.reader = reader
      let file = try TestFile(book.bytes)
      var sheet = try InputFile(path: file.path, name: "t", limits: limits).open(sheet: 0)
      var hidden: [Int32] = []
      while let chunk = try sheet.next() { hidden += chunk.rows.filter(\.isHidden).map(\.number) }
      #expect(hidden == [2] && sheet.hiddenColumns == [1...1])
    }
  }

  @Test func attributesWithoutEnd() {
    let many = (0..<200_000).map { "a\($0)=\"1\"" }.joined(separator: " ")
    let clock = ContinuousClock()
    let time = clock.measure {
      Self.expect("<sheetData><row \(many)/></sheetData>", "FILE-LIMIT", "a row")
      let run = "<c t=\"inlineStr\"><is><r><rPr><b \(many)/></rPr><t>x</t></r></is></c>"
      Self.expect("<sheetData><row>\(run)</row></sheetData>", "FILE-LIMIT", "a run")
      #expect(XMLKindTests.read("<export><unit><applicant \(many)/></unit></export>").codes == ["FILE-LIMIT"])
    }
    #expect(time < .seconds(30), "\(time)")
    var count = AttributeCount()
    let text = Array(
      "<a b=\"1 = 2 > 3\" c='=='/><!-- don't = --> = = = <?x a=b?><d>\(String(repeating: "=", count: 999))</d>"
        .utf8)
    for byte in text { #expect([byte].withUnsafeBufferPointer { count.passes($0) }) }
    #expect(Array("<a \(many)>".utf8).withUnsafeBufferPointer { count.passes($0) } == false)
  }

  @Test func whatNoPasswordOpensIsNotSaidToNeedOne() {
    let encrypted = KindFixture.package("") + [("META-INF/manifest.xml", "<m><encryption-data/></m>")]
    let finding = TableFixture.read(KindFixture.archive(encrypted)).finding("FILE-ENCRYPTED")
    #expect(
      finding?.hint(.zh).contains("--password-file") == false
        && finding?.hint(.en).contains("without a password") == true)
  }
}
