import AidModel
import Testing

@testable import AidReview

/// Pages are self-contained and escape everything they are given.
@Suite struct ReviewTests {
  static let facts = BatchFacts(
    batch: "t-1", period: Period(day: CivilDate(iso: "2023-12-31")!), payDate: CivilDate(iso: "2023-12-28")!,
    roster: nil)

  static let layout = Layout(
    programme: "aid",
    columns: CommonColumn.allCases.map { Column(name: $0.columnName, type: $0.type, role: $0.role) })

  static func report(names: [String]) -> BatchReport {
    var report = BatchReport(batch: "t-1", title: "<b>批次</b>", facts: facts)
    report.stage = .rehearsed
    report.programmes = [
      ProgrammeInfo(programme: "aid", policy: "p", title: "补助 & 互助", issuer: "", source: "", fund: nil)
    ]
    let source = SourceSheet(
      file: "a.xlsx", sheet: "S", columns: layout.columns.map { _ in 0 }, layout: layout)
    let claims = names.enumerated().map { i, name in
      let texts: [CommonColumn: String] = [.staffNo: "\(i + 1)", .name: name, .unit: "单位<\(i % 2)>"]
      let values = CommonColumn.allCases.map { column in texts[column].map { Value.text($0) } ?? .blank }
      return Claim(source: source, row: Int32(i + 2), values: values)
    }
    let awards = claims.map { claim in
      var award = Award(record: "r", programme: "aid", policy: "p", claimant: Claimant(claim, roster: nil))
      award.rows = [AwardRow(claim: claim, outcome: .paid)]
      award.outcome = .paid
      _ = try? award.trace.take("amount", clause: "第<三>条", .fixed(expression: "100", value: Rational(100)))
      return award
    }
    var entries = awards.indices.map {
      AwardEntry(programme: 0, applicant: $0, ordinal: 0, claim: $0, award: awards[$0])
    }
    for i in entries.indices { entries[i].unit = Int32(i % 2) }
    report.book = AwardBook(entries: entries, units: ["单位<0>", "单位<1>"], claims: claims, roster: nil) {
      awards[Int($0.applicant)]
    }
    report.totals.rows = names.count
    report.totals.paid = names.count
    return report
  }

  @Test func everyPageIsEscapedAndSelfContained() {
    let report = Self.report(names: ["<script>alert(1)</script>", "张三\"", "O'Neil & 王"])
    for language in Language.allCases {
      let pages = [
        SummaryReport.html(report, language: language), ValidationReport.html(report, language: language),
        Self.page(Notice(report, programme: 0, language: language)),
      ]
      for page in pages.map({ String(decoding: $0, as: UTF8.self) }) {
        #expect(!page.contains("<script") && !page.contains("<b>批次") && !page.contains("单位<0>"))
        #expect(
          !page.contains("src=") && !page.contains("href=") && !page.contains("url(")
            && !page.contains("@import"))
        #expect(page.contains("<!DOCTYPE html>") && page.contains("@page") && page.contains("A4"))
      }
    }
  }

  static func page(_ notice: Notice) -> [UInt8] {
    var text = TextBuffer()
    notice.writePageHead(to: &text)
    for number in 0..<notice.count { notice.writePageLine(number, to: &text) }
    notice.writePageTail(to: &text)
    return text.bytes
  }

  private static func kind(_ code: String, _ severity: Severity) -> FindingKind {
    let text = Bilingual(code, code)
    return FindingKind(
      code: code, severity: severity, title: text, message: text, why: text, remedy: text, example: code)
  }

  @Test func aMessageShowsTheBeginningOfALongText() {
    let text = Bilingual("“{1}”", "'{1}'")
    let kind = FindingKind(
      code: "X", severity: .note, title: text, message: text, why: text, remedy: text, example: "x")
    func message(_ argument: String) -> String {
      Finding(kind, at: Place(file: "a"), [argument]).message(.zh)
    }
    #expect(message(String(repeating: "长", count: 1_000)).count == 1_002)
    let long = message(String(repeating: "长", count: 131_000))
    #expect(long.count == 1_003 && long.hasSuffix("…”"))
    // A number at the cut is masked all the same.
    let cut = message(
      String(repeating: "长", count: 990) + "420100198701124572" + String(repeating: "长", count: 500))
    #expect(cut.hasSuffix("长4201******…”"), "\(cut.suffix(30))")
  }

  /// The first findings a run prints, in whatever order they were found.
  @Test func whatKeepsMostPeopleWaitingIsPrintedFirst() {
    var report = Self.report(names: ["甲"])
    report.files = [("a", 10), ("b", 50)].map { name, rows in
      var file = FileReport(path: name, sheet: "S")
      file.rows = rows
      return file
    }
    func place(_ file: String, _ row: Int32 = -1) -> Place {
      Place(SourceSheet(file: file, sheet: "S"), row: row)
    }
    let small = Finding(Self.kind("ROW", .hold), at: place("a", 3))
    let many = (4...9).map { Finding(Self.kind("MANY", .hold), at: place("a", $0)) }
    let total = Finding(Self.kind("TOTAL-MISMATCH", .note), at: place("a", 11))
    let lists = [
      Finding(Self.kind("UNIT-OF-MONEY", .hold), at: place("a")),
      Finding(Self.kind("WHOLE", .hold), at: place("b")),
    ]
    let stop = Finding(Self.kind("STOP", .stop), at: place("b", 60))
    func first(_ findings: [Finding]) -> [String] {
      report.findings = findings
      #expect(UrgentFindings(report).first(3).count == min(3, findings.count))
      return ConsoleSummary.text(report, language: .en).split(separator: "\n").filter { $0.contains(":S") }
        .map {
          String($0.split(separator: " ")[1])
        }
    }
    #expect(first([small] + many + [total] + lists + [stop]) == ["STOP", "WHOLE", "UNIT-OF-MONEY"])
    #expect(first([small] + many + [total] + lists) == ["WHOLE", "UNIT-OF-MONEY", "TOTAL-MISMATCH"])
    #expect(first([small] + many + [total]) == ["TOTAL-MISMATCH", "MANY", "ROW"])
    #expect(first([small] + many) == ["MANY", "ROW", "MANY"])
  }

  @Test func theSummaryOpensWithTheMoneyAndAddsUp() {
    let report = Self.report(names: ["甲", "乙", "丙"])
    let json = String(decoding: SummaryReport.json(report, language: .zh), as: UTF8.self)
    #expect(json.contains("\"amount\": \"300.00\"") && json.contains("\"amount\": \"200.00\""))
    let html = String(decoding: SummaryReport.html(report, language: .zh), as: UTF8.self)
    let money = html.firstRange(of: "300.00")
    let people = html.firstRange(of: "需要有人决定")
    #expect(money != nil && people != nil && money!.lowerBound < people!.lowerBound)
    #expect(html.contains("<svg") && html.contains("守恒"))
  }

  @Test func theNoticeMasksAndShowsOnlyWhatItMay() {
    let report = Self.report(names: ["张三", "=HYPERLINK(1)", "欧阳娜娜"])
    let notice = Notice(report, programme: 0, language: .zh)
    var text = TextBuffer()
    notice.writeCSVHead(to: &text)
    for number in 0..<notice.count { notice.writeCSVLine(number, to: &text) }
    let csv = text.text
    #expect(csv.contains("张*,单位<0>,补助 & 互助,100.00") && csv.contains("欧**娜") && !csv.contains("欧阳"))
    #expect(!csv.contains("\n="))
  }

  @Test func anExplanationThatDisagreesWithThePaymentTraps() async {
    await #expect(processExitsWith: .failure) {
      let report = ReviewTests.report(names: ["甲"])
      var entry = report.book.entries[0]
      entry.amount = Money(fen: 1)
      _ = report.book.award(entry)
    }
  }

  @Test func barsAreDrawnForAnyAmount() {
    for amount in [0, 1, Int64.max / 2, .max] {
      #expect((0...640).contains(Pixels.length(amount, of: .max, along: 640)))
    }
    #expect(Pixels.length(.max, of: .max, along: 640) == 640)
    #expect(Bars.svg([("a", Money(fen: .max)), ("b", Money(fen: 1))], label: "x").contains("width=\"620\""))
  }
}
