import AidModel
import Foundation
import Testing

@testable import AidIntake

/// Which sheet is the list, what is hidden in it, and files without a list.
@Suite struct SeveralSheets {
  static func book(_ sheets: [(String, [[String]])], columns: String = "") -> [UInt8] {
    let body = sheets.map { name, rows in
      let table = rows.map { row in
        "<Row>" + row.map { "<Cell><Data ss:Type=\"String\">\($0)</Data></Cell>" }.joined() + "</Row>"
      }.joined()
      return "<Worksheet ss:Name=\"\(name)\"><Table>\(columns)\(table)</Table></Worksheet>"
    }.joined()
    return Array(
      ("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>"
        + "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
        + "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\(body)</Workbook>").utf8)
  }

  private static let list = ("申请", [["工号", "姓名", "自付金额"], ["1001", "张三", "5"]])

  @Test func aDirectoryBesideTheListIsNone() {
    let directory = ("通讯录", [["姓名", "工号", "联系电话"], ["李四", "1002", "1"]])
    let read = TableFixture.read(Self.book([directory, Self.list]))
    #expect(read.texts("name") == ["张三"] && read.codes == ["SHEET-UNUSED"], "\(read.findings)")
    #expect(read.findings.first?.arguments == ["通讯录"] && read.findings.first?.kind.severity == .note)
    for other in [
      ("旧表", [["工号", "姓名", "自付金额"], ["1002", "李四", "6"]]),
      ("外院", [["工号", "姓名", "自付"], ["1002", "李四", "6"]]),
    ] {
      #expect(TableFixture.read(Self.book([Self.list, other])).codes == ["SHEET-AMBIGUOUS"], "\(other.0)")
    }
    #expect(TableFixture.read(Self.book([directory, ("二", directory.1)])).codes == ["SHEET-AMBIGUOUS"])
  }

  /// A sheet like the visible one, in a book where it is hidden.
  private static func hidden(_ rows: [[String]], as how: String = "SheetHidden") -> [UInt8] {
    let text = String(decoding: book([list, ("旧表", rows)]), as: UTF8.self)
    let end = text.range(of: "</Worksheet>", options: .backwards)!
    let options =
      "<WorksheetOptions xmlns=\"urn:schemas-microsoft-com:office:excel\"><Visible>\(how)</Visible></WorksheetOptions>"
    return Array(text.replacingCharacters(in: end, with: options + "</Worksheet>").utf8)
  }

  @Test(arguments: ["SheetHidden", "SheetVeryHidden"])
  func applicationsOnAHiddenSheetWait(_ how: String) {
    let old = [["工号", "姓名", "自付金额"], ["1002", "李四", "6"], ["1003", "王五", "7"], ["合计", "", "13"]]
    let read = TableFixture.read(Self.hidden(old, as: how))
    #expect(read.texts("name") == ["张三"] && read.codes == ["HIDDEN-SHEET"], "\(read.findings)")
    #expect(read.findings.first?.kind.severity == .hold)
    #expect(read.findings.first?.message(.zh).contains("2 行申请") == true)
    // Whoever says which sheet is the list has decided.
    let named = TableFixture.read(Self.hidden(old, as: how), sheet: "申请")
    #expect(named.codes == ["HIDDEN-SHEET"] && named.findings.first?.kind.severity == .note)
  }

  @Test func hiddenSheetsThatApplyForNothingAreNoted() {
    for other in [
      [["是", "否"], ["机械", "化学"]], [["工号", "姓名", "职称"], ["1002", "李四", "教授"]],
      [["工号", "姓名", "自付金额"]], [["工号", "姓名", "自付金额"], ["合计", "", "0"]],
    ] {
      let read = TableFixture.read(Self.hidden(other))
      #expect(read.codes == ["HIDDEN-SHEET"] && read.findings[0].kind.severity == .note, "\(other)")
    }
  }

  @Test func oneSheetAPersonIsTold() {
    func book(_ count: Int) -> [UInt8] {
      Self.book((1...count).map { ("张\($0)", [["工号", "姓名", "自付金额"], ["100\($0)", "张\($0)", "5"]]) })
    }
    let read = TableFixture.read(book(5))
    #expect(read.codes == ["SHEET-AMBIGUOUS"] && read.findings[0].arguments == ["5", "张1、张2、张3…"])
    #expect(read.findings[0].hint(.zh).contains("汇总到一张"))
    #expect(TableFixture.read(book(2)).findings[0].arguments == ["张1、张2"])
  }

  @Test func hiddenColumnsAreNotedWhateverTheirHeading() {
    let rows = [["工号", "姓名", "自付金额", "核对码"], ["1001", "张三", "5", "x"]]
    let hidden = "<Column ss:Index=\"3\" ss:Hidden=\"1\"/><Column ss:Index=\"4\" ss:Hidden=\"1\"/>"
    let read = TableFixture.read(Self.book([("申请", rows)], columns: hidden))
    let noted = read.findings.filter { $0.kind.code == "HIDDEN-COLUMN" }
    #expect(noted.map(\.arguments) == [["C", "自付金额"], ["D", "核对码"]], "\(read.findings)")
    #expect(noted.last?.message(.en).contains("not used") == true)
  }

  @Test func aPipeIsRefusedAtOnce() {
    let path = FileManager.default.temporaryDirectory.appending(path: "pipe-\(UUID().uuidString)")
      .path(percentEncoded: false)
    #expect(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    for path in [path, "/dev/null"] {
      do throws(IntakeFailure) {
        _ = try InputFile(path: path, name: "x")
        Issue.record("\(path) was opened")
      } catch {
        #expect(error.finding.kind.code == "FILE-KIND")
      }
    }
  }

  @Test func cellsOfACSVAreCounted() {
    var limits = IntakeLimits.standard
    limits.cellsMax = 6
    for (csv, isRefused) in [("a,b\nc,d\n,,\ne,f\n", false), ("a,b\nc,d\n,,\ne,f\ng\n", true)] {
      TableFixture.withFile(Array(csv.utf8)) { path in
        do throws(IntakeFailure) {
          var reader = try InputFile(path: path, name: "x", limits: limits).open(sheet: 0)
          while try reader.next() != nil {}
          #expect(!isRefused, "\(csv)")
        } catch {
          #expect(isRefused && error.finding.kind.code == "FILE-LIMIT", "\(csv)")
        }
      }
    }
  }

  @Test func adviceCanBePasted() {
    let read = TableFixture.read(
      "家属情况,,,,\n工号,姓名,自付金额,\"\"\" 科\n室\"\"\u{200B}\",x\\y\n1001,张三,5,a,b\n")
    let guide = InspectGuide(report: read.report, layout: TableFixture.layout, language: .en)
    #expect(
      guide.lines.suffix(2).map { $0.prefix { $0 != "]" } } == [
        #"  # ?: ["\" 科 室\"""#, #"  # ?: ["x\\y""#,
      ], "\(guide.lines)")
  }
}
