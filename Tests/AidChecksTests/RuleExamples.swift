import AidModel
import Foundation
import Testing

@testable import AidChecks

/// Runs every rule's examples: those that pass must give no finding of the rule, those that are flagged must.
@Suite struct RuleExamples {
  /// The common columns and those of a hospital bill.
  static let layout: Layout = {
    let common = CommonColumn.allCases.map {
      Column(name: $0.columnName, headings: [], type: $0.type, role: $0.role)
    }
    let medical: [Column] = [
      Column(name: "kind", type: .choice, choices: ["门诊", "住院"]),
      Column(name: "self_pay", type: .money, role: .selfPay, required: true),
      Column(name: "total_cost", type: .money, role: .totalCost),
      Column(name: "pool_paid", type: .money, role: .poolPaid),
      Column(name: "admitted", type: .date, role: .admitted),
      Column(name: "discharged", type: .date, role: .discharged),
      Column(name: "invoice_number", type: .text, role: .invoiceNumber),
    ]
    return Layout(programme: "aid", columns: common + medical)
  }()

  static let facts: BatchFacts = {
    let columns = ["staff_no", "name", "id_number", "account"].map { Column(name: $0, type: .text) }
    let layout = Layout(programme: "", columns: columns)
    var roster = Roster(layout: layout)
    let source = SourceSheet(file: "roster", sheet: "", columns: [0, 1, 2, 3], layout: layout)
    for (row, values) in [
      [Value.text("00120001"), .text("张三"), .blank, .blank],
      [.text("00120002"), .text("李四"), .text("420100197001010039"), .text("6200000000000000013")],
    ].enumerated() {
      _ = roster.add(Claim(source: source, row: Int32(row + 2), values: values))
    }
    let year = Period(from: CivilDate(iso: "2023-01-01")!, to: CivilDate(iso: "2023-12-31")!)!
    return BatchFacts(batch: "t", period: year, payDate: CivilDate(iso: "2023-12-28")!, roster: roster)
  }()

  /// A roster of one member, whose card has a valid check digit.
  static let withCard: BatchFacts = {
    let layout = Layout(
      programme: "", columns: ["staff_no", "account"].map { Column(name: $0, type: .text) })
    var roster = Roster(layout: layout)
    let source = SourceSheet(file: "roster", sheet: "", columns: [0, 1], layout: layout)
    _ = roster.add(
      Claim(source: source, row: 2, values: [.text("00120002"), .text("6200000000000000018")]))
    return BatchFacts(batch: "t", period: facts.period, payDate: facts.payDate, roster: roster)
  }()

  static let withoutRoster = BatchFacts(
    batch: facts.batch, period: facts.period, payDate: facts.payDate, roster: nil)

  /// The row of an example; the sheet has only the columns it names.
  static func row(_ cells: [String: String], number: Int32, facts: BatchFacts = facts) -> CheckedRow {
    let columns = layout.columns.enumerated().map { cells[$1.name] == nil ? Int32(-1) : Int32($0) }
    let source = SourceSheet(file: "example.xlsx", sheet: "S", columns: columns, layout: layout)
    let reader = FieldReader(dates: .from1900)
    let fields = layout.columns.map { column -> Field in
      guard var text = cells[column.name] else { return Field(.blank) }
      var kind = text.isEmpty ? CellKind.blank : .text
      if text == "‹formula›" {
        (kind, text) = (.formulaWithoutValue, "")
      } else if text.hasPrefix("‹"), text.hasSuffix("›") {
        (kind, text) = (.number, String(text.dropFirst().dropLast()))
      } else if text.hasPrefix("#") {
        kind = .error
      }
      return text.withUTF8 { reader.read(RawCell(kind: kind, bytes: $0), as: column) }
    }
    return CheckedRow(fields: fields, source: source, row: number, facts: facts)
  }

  /// A rule missing from the book would check nothing.
  @Test func everyRuleWrittenIsInTheBook() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/AidChecks/Rules").path(percentEncoded: false)
    let listed = Set(
      RuleBook.rowRules.map { "\($0)" } + RuleBook.batchRules.map { "\($0)" })
    var written: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      for rule in text.matches(of: /(?m)^(?:public )?(?:struct|enum) (\w+): \w*Rule\b/) {
        written.insert(String(rule.1))
      }
    }
    #expect(written.count > 50)
    #expect(written == listed)
  }

  /// A kind missing from the catalogue could not be looked up by its code.
  @Test func everyKindOfARuleIsInTheCatalogue() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/AidChecks").path(percentEncoded: false)
    let files = try #require(FileManager.default.subpaths(atPath: folder)).filter { $0.hasSuffix(".swift") }
    var written = 0
    for file in files {
      written += try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
        .matches(of: /= FindingKind\(/).count
    }
    #expect(written > 50)
    // Two rules may share a kind.
    let told = Set(
      RuleBook.kinds.map {
        "\($0.code) \($0.severity) \($0.message.en) \($0.why.en) \($0.remedy.en)"
      })
    #expect(told.count == written)
  }

  /// A card that fails its check digit waits if the roster's does not; two valid ones are a change of card.
  @Test(arguments: [
    ("620000000000000001", Severity.hold), ("6200000000000000012", .hold), ("6200000000000000026", .note),
  ])
  func aMistypedCardWaits(_ account: String, _ severity: Severity) {
    var findings: [Finding] = []
    AccountMatchesRoster.check(
      Self.row(["staff_no": "00120002", "account": account], number: 1, facts: Self.withCard), into: &findings
    )
    #expect(
      findings.map(\.kind.severity) == [severity] && findings.allSatisfy { $0.kind.code == "ACCOUNT-DIFFERS" }
    )
  }

  @Test func everyRowRule() {
    for rule in RuleBook.rowRules {
      #expect(rule.examples.contains { $0.isFlagged } && rule.examples.contains { !$0.isFlagged }, "\(rule)")
      for example in rule.examples {
        var findings: [Finding] = []
        for (i, cells) in example.rows.enumerated() {
          rule.check(Self.row(cells, number: Int32(i + 2)), into: &findings)
        }
        #expect(findings.isEmpty != example.isFlagged, "\(rule.kind.code) \(example.rows)")
        #expect(findings.allSatisfy { $0.kind.code == rule.kind.code })
      }
    }
  }

  @Test func everyBatchRule() {
    for rule in RuleBook.batchRules {
      #expect(rule.examples.contains { $0.isFlagged } && rule.examples.contains { !$0.isFlagged }, "\(rule)")
      for example in rule.examples {
        let claims = example.rows.enumerated().map { i, cells in
          let row = Self.row(cells, number: Int32(i + 2))
          return Claim(source: row.source, row: row.row, values: row.fields.map(\.value))
        }
        // A roster would settle this rule's doubts, so it is tested without one.
        let facts = rule is PersonCertain.Type ? Self.withoutRoster : Self.facts
        var checker = rule.init(facts: facts, persons: Persons(claims, roster: facts.roster))
        for (i, claim) in claims.enumerated() { checker.see(claim, number: i) }
        #expect(checker.finish(claims).isEmpty != example.isFlagged, "\(rule.kind.code) \(example.rows)")
      }
    }
  }

  @Test func personalNumbersAreMasked() {
    let id = "420100199001011231"
    var row = Self.row(["id_number": id, "account": "62000X", "self_pay": "1"], number: 2)
    var findings: [Finding] = []
    RowChecks(facts: Self.facts).check(&row, number: row.row, into: &findings)
    #expect(!findings.isEmpty)
    for finding in findings {
      #expect(!finding.message(.zh).contains(id) && !finding.message(.en).contains(id))
    }
  }

  @Test func lostZerosComeBackOnlyForTheSameName() {
    let roster = Self.facts.roster!
    func repaired(_ name: String) -> Value? {
      let row = Self.row(["staff_no": "120001", "name": name], number: 2)
      let finding = StaffNumberRepair.repair(row.cells, of: row.source, row: row.row, roster: roster)
      return finding == nil ? nil : row.cells.value(at: CommonColumn.staffNo.rawValue)
    }
    #expect(repaired("张三") == .text("00120001"))
    #expect(repaired("李四") == nil)
  }
}
