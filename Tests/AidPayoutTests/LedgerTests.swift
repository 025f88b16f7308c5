import AidModel
import Foundation
import Testing

@testable import AidPayout

/// Every template in Templates/ledgers renders the same three payments; the expected bytes are here too.
///
/// `UPDATE_GOLDEN=1 swift test --filter everyTemplate` rewrites them; `git diff` is the review.
@Suite struct LedgerTests {
  static let here = URL(filePath: #filePath).deletingLastPathComponent()
  static let templates = here.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Templates/ledgers")
  static let payDate = CivilDate(iso: "2023-12-28")!

  static let layout = Layout(
    programme: "aid",
    columns: CommonColumn.allCases.map { Column(name: $0.columnName, type: $0.type, role: $0.role) })

  static func payment(
    _ staffNo: String, _ name: String, _ amount: String, unit: String = "机械学院",
    account: String = "6200000000000000018",
    record: String = "t-1-abcdefghij"
  ) -> Payment {
    let source = SourceSheet(
      file: "a.xlsx", sheet: "S", columns: layout.columns.map { _ in 0 }, layout: layout)
    let texts: [CommonColumn: String] = [
      .staffNo: staffNo, .name: name, .unit: unit, .account: account, .bank: "工商银行江城支行",
      .idNumber: "420100199001011213",
    ]
    let values = CommonColumn.allCases.map { column in texts[column].map { Value.text($0) } ?? .blank }
    let claim = Claim(source: source, row: 2, values: values)
    return Payment(
      Claimant(claim, roster: nil), record: record, programme: "aid", programmeTitle: "大病医疗互助",
      amount: Money(plain: amount)!)
  }

  static func template(_ yaml: String) throws -> LedgerTemplate {
    try LedgerTemplate.load(yaml: yaml, file: "l.yaml")
  }

  /// The complete files of a ledger, as the program writes them piece by piece.
  static func files(
    _ template: LedgerTemplate, _ payments: [Payment], fund: String? = nil
  ) throws -> [(file: LedgerFile, bytes: [UInt8])] {
    let list = PaymentList(
      count: payments.count, amount: { payments[$0].amount }, payment: { payments[$0] })
    let rendering = LedgerRendering(template, list, batch: "t-1", payDate: payDate, fund: fund)
    return try rendering.files.map { file in
      var text = TextBuffer()
      try rendering.writeHead(of: file, to: &text)
      let problems = rendering.writeLines(file.payments, of: file, to: &text)
      if !problems.isEmpty { throw PayoutFailure(problems) }
      try rendering.writeTail(of: file, to: &text)
      return (file, text.bytes)
    }
  }

  static func problems(_ body: () throws -> Void) -> [PayoutFailure.Problem] {
    do {
      try body()
      return []
    } catch let failure as PayoutFailure {
      return failure.problems
    } catch {
      return []
    }
  }

  static let plain =
    "ledger: t\namount: yuan\ncolumns:\n  - {label: 户名, value: account_name}\n  - {label: 金额, value: amount}\n"

  @Test func everyTemplate() throws {
    let payments = [
      Self.payment("00120001", "张三", "12500.00", record: "t-1-aaaaaaaaaa"),
      Self.payment("00120002", "阿卜杜拉\u{B7}买买提", "0.01", unit: "图书馆, 档案馆", record: "t-1-bbbbbbbbbb"),
      Self.payment("00120003", "欧阳\"娜\"", "999999.99", record: "t-1-cccccccccc"),
    ]
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Self.templates.path(percentEncoded: false)
    ).sorted()
    #expect(names.count >= 2)
    for name in names {
      let yaml = try String(contentsOf: Self.templates.appending(path: name), encoding: .utf8)
      let files = try Self.files(Self.template(yaml), payments)
      #expect(files.count == 1 && files[0].file.payments.count == 3)
      #expect(files[0].file.total == Money(plain: "1012500.00"))
      let expected = Self.here.appending(path: "Expected/\(files[0].file.name)")
      if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
        try FileManager.default.createDirectory(
          at: expected.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(files[0].bytes).write(to: expected)
      }
      #expect((try? Data(contentsOf: expected)) == Data(files[0].bytes), "\(name)")
    }
  }

  @Test func whatALedgerCannotHoldIsRefusedWithItsRecord() throws {
    let gbk = Self.plain + "encoding: gbk\n"
    let bare = Self.plain + "quoting: none\nseparator: '|'\n"
    let narrow =
      "ledger: t\namount: yuan\ncolumns:\n  - {label: 户名, value: account_name, max_bytes: 6, required: true}\n"
    let cases: [(yaml: String, name: String, says: String)] = [
      (Self.plain, "=1+1", "FORMULA-LIKE"), (Self.plain, "@SUM", "FORMULA-LIKE"),
      (Self.plain, "＝甲", "FORMULA-LIKE"),
      (gbk, "王䶮", "U+4DAE"), (gbk, "王\u{E000}", "NAME-UNENCODABLE"), (bare, "甲|乙", "separator"),
      (narrow, "张三丰", "9 bytes, more than 6"), (narrow, "", "blank"),
    ]
    for (yaml, name, says) in cases {
      let template = try Self.template(yaml)
      let problems = Self.problems {
        _ = try Self.files(template, [Self.payment("1", name, "1.00")])
      }
      #expect(problems.contains { $0.what.en.contains(says) }, "\(name): \(problems.map(\.what.en))")
      #expect(
        problems.allSatisfy { $0.location.hasPrefix("t-1-abcdefghij ") && !$0.remedy.zh.isEmpty }, "\(name)")
    }
    // The official middle dot can be encoded in GBK.
    _ = try Self.files(Self.template(gbk), [Self.payment("1", "阿\u{B7}买", "1.00")])
  }

  /// Anything that could be read as the end of a field or line reads back unchanged in every position, and a
  /// line that lost a byte is never accepted.
  @Test func whateverAFieldHoldsReadsBack() throws {
    let marks = ["\"", ",", "|", "\r", "\n", "甲", ""]
    for more in ["", "trailing_separator: true\nseparator: '||'\n"] {
      let template = try Self.template(Self.plain + more)
      for (a, b, c) in marks.flatMap({ a in marks.flatMap { b in marks.map { (a, b, $0) } } }) {
        var line = LedgerLine(template)
        line.field { $0.append("人\(a)\(b)\(c)") }
        line.field { $0.append("1.00") }
        var written = TextBuffer()
        var wanted = TextBuffer()
        let isReadBack = line.write(to: &written)
        #expect(isReadBack, "\(a)\(b)\(c)")
        wanted.append("人\(a)\(b)\(c)1.00")
        let bytes = written.bytes
        for i in bytes.indices {
          var lost = TextBuffer()
          for (j, byte) in bytes.enumerated() where j != i { lost.append(byte) }
          var reader = LedgerLineReader(template)
          let isSame = reader.read(lost, from: 0) && reader.equals(wanted, [wanted.count - 4, wanted.count])
          #expect(!isSame, "\(a)\(b)\(c) without byte \(i)")
        }
      }
    }
  }

  @Test func largeLedgersAreSplitAndAddUp() throws {
    let template = try Self.template(Self.plain + "max_rows: 2\n")
    let payments = (1...5).map { Self.payment("\($0)", "人", "\($0).00") }
    let files = try Self.files(template, payments, fund: "relief").map(\.file)
    #expect(files.map(\.name) == ["t-1-t-relief-1.csv", "t-1-t-relief-2.csv", "t-1-t-relief-3.csv"])
    #expect(files.map(\.payments.count) == [2, 2, 1])
    #expect(files.reduce(Money.zero) { $0 + $1.total } == Money(plain: "15.00"))
  }

  @Test func templatesAreReadStrictly() {
    let wrong: [(yaml: String, says: String)] = [
      ("", "empty"), ("ledger: T\namount: yuan\ncolumns: [{label: a, value: amount}]", "lower-case"),
      ("ledger: t\ncolumns: [{label: a, value: amount}]", "unit of amounts"),
      ("ledger: t\namount: yuan\n", "no columns"),
      ("ledger: t\namount: yuan\ncolumns: [{label: a, value: salary}]", "unknown value 'salary'"),
      ("ledger: t\namount: yuan\ncolours: 1\ncolumns: [{label: a, value: amount}]", "unknown key 'colours'"),
      ("ledger: t\namount: yuan\nencoding: big5\ncolumns: [{label: a, value: amount}]", "cannot be 'big5'"),
      ("ledger: t\namount: yuan\ncontainer: xlsx\ncolumns: [{label: a, value: amount}]", "not supported yet"),
      ("ledger: t\namount: yuan\nmax_rows: lots\ncolumns: [{label: a, value: amount}]", "not a whole number"),
    ]
    for (yaml, says) in wrong {
      let problems = Self.problems { _ = try Self.template(yaml) }
      #expect(problems.contains { $0.what.en.contains(says) }, "\(yaml): \(problems.map(\.what.en))")
      #expect(problems.allSatisfy { $0.location.hasPrefix("l.yaml") })
    }
  }
}
