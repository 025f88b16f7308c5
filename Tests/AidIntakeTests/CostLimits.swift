import AidModel
import Foundation
import Glibc
import Testing

@testable import AidIntake

/// Limits on cost: small input that expands a lot is rejected; large input that means little is read quickly.
@Suite(.serialized) struct CostLimits {
  static let long = String(repeating: "x", count: 40_000)

  static func sheet(_ rows: String) -> [UInt8] {
    KindFixture.archive(
      KindFixture.package("<table:table table:name=\"t\">\(rows)</table:table>"))
  }

  static func cell(_ attributes: String, _ text: String) -> String {
    "<table:table-cell office:value-type=\"string\"\(attributes)><text:p>\(text)</text:p></table:table-cell>"
  }

  @Test func cellsRepeatedBeyondMeasureAreRefused() {
    let row = "<table:table-row>"
    for (what, rows) in [
      (
        "a long text in 16,384 columns",
        row + Self.cell(" table:number-columns-repeated=\"16384\"", Self.long) + "</table:table-row>"
      ),
      (
        "a row a million times",
        "<table:table-row table:number-rows-repeated=\"1000000\">" + Self.cell("", "甲甲甲甲甲甲甲甲")
          + "</table:table-row>"
      ),
      (
        "spaces that are only counted",
        String(
          repeating: row + Self.cell("", "a<text:s text:c=\"131000\"/>b") + "</table:table-row>", count: 100)
      ),
      (
        "more spaces in a cell than it may hold",
        row + Self.cell("", String(repeating: "<text:s text:c=\"131000\"/>", count: 1000))
          + "</table:table-row>"
      ),
    ] {
      HostileFiles.expect(Self.sheet(rows), "FILE-LIMIT", what)
    }
  }

  @Test func formsWithRowsFilledInAdvanceAreRead() {
    let rows =
      "<table:table-row table:number-rows-repeated=\"2000\">"
      + Self.cell(" table:number-columns-repeated=\"20\"", "0.00") + "</table:table-row>"
    HostileFiles.expect(Self.sheet(rows), "read", "2,000 rows of 20 figures")
  }

  @Test(arguments: [SheetReading.scanner, .libxml2])
  func oneLongTextShownByAllCellsIsRefused(_ reader: SheetReading) {
    let cells = String(repeating: "<c t=\"s\"><v>0</v></c>", count: 2_000)
    var limits = IntakeLimits()
    limits.reader = reader
    let book = SheetPackage("<row>\(cells)</row>", shared: "<si><t>\(Self.long)</t></si>")
    HostileFiles.expect(book.bytes, "FILE-LIMIT", "2,000 cells of 40,000 bytes", limits: limits)
    let few = SheetPackage(
      "<row>" + String(repeating: "<c t=\"s\"><v>0</v></c>", count: 20) + "</row>",
      shared: "<si><t>\(Self.long)</t></si>")
    HostileFiles.expect(few.bytes, "read", "20 of them", limits: limits)
  }

  @Test func aFieldOfDoubledQuotationMarksHasALimitToo() {
    let quotes = String(repeating: "\"\"", count: 1 << 20)
    HostileFiles.expect(Array("工号,姓名\n1,\"\(quotes)\"\n".utf8), "FILE-LIMIT", "a million marks")
  }

  /// Beside headings, above them and among the data, with every prefix that triggers a closer look.
  @Test(arguments: ["x", "1.", "/a", "(", "万元", "元", "：", "  ", "例", "合计"])
  func longCellsCostNoMoreThanTheyAreLong(_ part: String) {
    let long = String(repeating: part, count: 30_000 / part.utf8.count)
    let beside = (0..<8).map { "\($0)" + long }.joined(separator: ",")
    let text =
      "\(beside)\n工号,姓名,自付金额,\(beside)\n1001,张三,100,\(beside)\n1002,李四,200\n,\(long)王,\(long)\n"
    let clock = ContinuousClock()
    var read = TableFixture.Read()
    let time = clock.measure { read = TableFixture.read(Array(text.utf8)) }
    #expect(time < .seconds(8), "\(part): \(time)")
    #expect(read.texts("staff_no").prefix(2) == ["1001", "1002"], "\(part)")
  }

  /// Lines that are no applications cost little, and a name as long as a book is none.
  @Test(arguments: ["合计,,1000", "工号,姓名,自付金额", "审核：,李四,", "单位：元,,", "合计(元),,1000", "填表说明：5万元以上的另附,,"])
  func linesBesideTheRowsCostLittle(_ line: String) {
    let text =
      "工号,姓名,自付金额\n1001,张三,1000\n" + String(repeating: line + "\n", count: 5_000) + "1002,李四,200\n"
    var (read, start, end) = (TableFixture.Read(), timespec(), timespec())
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
    read = TableFixture.read(Array(text.utf8))
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
    // Less than a second of the processor in a program that is not optimized, a tenth of that in one that is.
    let seconds = end.tv_sec - start.tv_sec + (end.tv_nsec < start.tv_nsec ? -1 : 0)
    #expect(seconds < 2, "\(line): \(seconds) s")
    #expect(read.texts("staff_no") == ["1001", "1002"] && read.report.dropped.count == 5_001, "\(line)")
  }

  @Test(arguments: ["张", "张 ", "1 ", "a", "\u{200B}张", "e\u{301}\u{301}"])
  func namesAsLongAsBooksAreNone(_ part: String) {
    let long = String(repeating: part, count: 20_000 / part.utf8.count)
    let read = TableFixture.read("工号,姓名,自付金额,所在单位\n1001,\(long),5,\(long)\n1002,李四,5,机械\n")
    #expect(read.rows.count == 2)
    for column in ["name", "unit"] {
      let field = read.rows[0].fields[TableFixture.layout.index(of: column)!]
      #expect(field.value == .unreadable && field.notes == .misfit, "\(part)")
      #expect(field.original!.unicodeScalars.count < 50)
    }
    let words = String(repeating: "难", count: 3_000)
    #expect(TableFixture.read("工号,姓名,自付金额,备注\n1001,张三,5,\(words)\n").texts("remark") == [words])
  }

  @Test func whatStandsBehindLongSpacesIsNotBlank() {
    let far = String(repeating: " ", count: 5_000)
    let read = TableFixture.read(Array("工号,姓名,自付金额\n\(far)1001,\(far)张三,\(far)100\n".utf8))
    #expect(read.rows.count == 1 && read.texts("staff_no") == ["1001"] && read.texts("name") == ["张三"])
  }

  @Test func figuresOfAHundredThousandDigitsAreUnreadableAtOnce() {
    let digits = String(repeating: "9", count: 100_000)
    let rows = (0..<50).map { "\(1001 + $0),张三,\(digits),\(digits)" }.joined(separator: "\n")
    let clock = ContinuousClock()
    var read = TableFixture.Read()
    let time = clock.measure {
      read = TableFixture.read(
        Array("工号,姓名,自付金额,出院日期\n\(rows)\n".utf8))
    }
    #expect(time < .seconds(5), "\(time)")
    #expect(read.rows.count == 50 && read.texts("self_pay").allSatisfy { !$0.contains("9") })
    let at = TableFixture.layout.index(of: "self_pay")!
    #expect(read.rows.allSatisfy { $0.fields[at].value == .unreadable && $0.fields[at].original!.count < 50 })
  }

  @Test func aHeadingOfThousandsOfColumnsIsReadInTime() {
    let wide = (0..<4_000).map { "列\($0)" }.joined(separator: ",")
    let groups = String(repeating: "组,", count: 4_000)
    let clock = ContinuousClock()
    var read = TableFixture.Read()
    let time = clock.measure {
      read = TableFixture.read(Array("\(groups)\n工号,姓名,自付金额,\(wide)\n1001,张三,1\n".utf8))
    }
    #expect(time < .seconds(8) && read.texts("staff_no") == ["1001"], "\(time)")
  }

  // MARK: files that change

  /// Writes `bytes` to a file and passes its path.
  static func withPath<R>(_ bytes: [UInt8], _ body: (String) throws -> R) rethrows -> R {
    let path = NSTemporaryDirectory() + "/aidledger-\(getpid())-changing"
    let file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
    defer { unlink(path) }
    precondition(file >= 0 && write(file, bytes, bytes.count) == bytes.count, "the file cannot be written")
    close(file)
    return try body(path)
  }

  static func outcome(_ bytes: [UInt8], _ change: (String) -> Void) -> String {
    withPath(bytes) { path in
      do throws(IntakeFailure) {
        let file = try InputFile(path: path, name: "x")
        var reader = try file.open(sheet: 0)
        _ = try reader.next()
        change(path)
        while try reader.next() != nil {}
        _ = file.sha256
        try file.checkUnchanged()
        return "read"
      } catch {
        return "\(error.finding.kind.code) \(error.finding.message(.en).contains("changed while"))"
      }
    }
  }

  @Test func aFileCutShortWhileItIsReadIsRefused() {
    let text = Array(("工号,姓名\n" + String(repeating: "1001,张三\n", count: 200_000)).utf8)
    let rows = String(repeating: HostileFiles.text, count: 10)
    let book = HostileFiles.book(String(repeating: "<row>\(rows)</row>", count: 20_000))
    for (what, bytes) in [("text", text), ("workbook", book)] {
      #expect(Self.outcome(bytes) { _ in } == "read", "\(what)")
      for length in [0, 100, 5_000] {
        #expect(
          Self.outcome(bytes) { truncate($0, length) } == "FILE-UNREADABLE true", "\(what) cut to \(length)")
      }
      #expect(
        Self.outcome(bytes) { path in
          let file = open(path, O_WRONLY | O_APPEND)
          write(file, "9", 1)
          close(file)
        } == "FILE-UNREADABLE true", "\(what) added to")
    }
  }

  @Test func whatIsNoFileIsRefusedAtOnce() {
    let pipe = NSTemporaryDirectory() + "/aidledger-\(getpid())-pipe"
    mkfifo(pipe, 0o600)
    defer { unlink(pipe) }
    for path in [pipe, "/dev/zero", "/tmp"] {
      do throws(IntakeFailure) {
        _ = try InputFile(path: path, name: "x")
        Issue.record("\(path) was read")
      } catch {
        #expect(error.finding.kind.code == "FILE-KIND", "\(path)")
      }
    }
  }
}
