import AidModel
import Testing

@testable import AidPayout

/// A payment is one line of a ledger, whatever its values are: the writer checks for itself, after everything
/// readers checked.
@Suite struct OneLineTests {
  static let hostile = [
    "甲\r\nM1,2,x,S999,李鬼,99999.00", "甲\n乙", "甲\r乙", "甲\t乙", "甲\u{85}乙", "甲\u{2028}乙", "甲\u{2029}乙",
    "甲\u{0B}乙",
    "甲\u{0C}乙", "甲\u{1B}[2J", "甲\u{9B}2J", "甲\u{0}乙", "甲\u{202E}乙", "甲\u{200B}乙", "甲\u{E0041}乙", "甲\u{FFFE}乙",
  ]

  @Test func noColumnTakesASecondLine() throws {
    for quoting in ["rfc4180", "none"] {
      for encoding in ["utf-8", "gbk", "gb18030"] {
        let template = try LedgerTests.template(
          """
          ledger: t
          amount: yuan
          encoding: \(encoding)
          quoting: \(quoting)
          separator: "|"
          columns:
            - {label: 工号, value: staff_no}
            - {label: 姓名, value: name}
            - {label: 单位, value: unit}
            - {label: 账号, value: account}
            - {label: 金额, value: amount}
          """)
        for text in Self.hostile {
          for payment in [
            LedgerTests.payment(text, "张三", "1.00"), LedgerTests.payment("1", text, "1.00"),
            LedgerTests.payment("1", "张三", "1.00", unit: text),
            LedgerTests.payment("1", "张三", "1.00", account: text),
          ] {
            let problems = LedgerTests.problems { _ = try LedgerTests.files(template, [payment]) }
            let says = problems.map(\.what.zh).joined()
            #expect(says.contains("TEXT-INVISIBLE"), "\(quoting) \(encoding) \(text.debugDescription)")
          }
        }
      }
    }
  }

  /// The programme's title is checked like any other value.
  @Test func titlesAreLookedAtToo() throws {
    let template = try LedgerTests.template(
      "ledger: t\namount: yuan\ncolumns: [{label: 项目, value: programme_title}, {label: 金额, value: amount}]\n")
    let payment = Payment(
      Claimant(
        Claim(
          source: SourceSheet(
            file: "a", sheet: "", columns: LedgerTests.layout.columns.map { _ in 0 },
            layout: LedgerTests.layout),
          row: 2, values: CommonColumn.allCases.map { _ in Value.blank }), roster: nil),
      record: "r", programme: "aid", programmeTitle: "办法\n=1+1", amount: Money(fen: 100))
    let says = LedgerTests.problems { _ = try LedgerTests.files(template, [payment]) }.map(\.what.zh).joined()
    #expect(says.contains("TEXT-INVISIBLE") && says.contains("FORMULA-LIKE"))
  }

  /// Texts of the template itself are rejected at their place in the file.
  @Test func templatesHoldOneLineTexts() {
    let base = "ledger: t\namount: yuan\ncolumns:\n  - {label: 金额, value: amount}\n"
    for (more, line) in [
      ("narrative: \"补\\n助\"\n", 5), ("head: [\"a\\u2028b\"]\n", 5), ("tail: [\"a\\tb\"]\n", 5),
      ("title: \"a\\eb\"\n", 5),
      ("narrative: \"补\\u200B助\"\n", 5),
    ] {
      let problems = LedgerTests.problems { _ = try LedgerTests.template(base + more) }
      #expect(problems.count == 1 && problems[0].location.hasPrefix("l.yaml:\(line):"), "\(more) \(problems)")
    }
    for column in ["{label: \"金\\n额\", value: amount}", "{label: 金额, value: \"'a\\rb'\"}"] {
      let problems = LedgerTests.problems {
        _ = try LedgerTests.template(base.replacing("{label: 金额, value: amount}", with: column))
      }
      #expect(problems.contains { $0.location.hasPrefix("l.yaml:4:") }, "\(column) \(problems)")
    }
  }

  /// GBK has no byte order mark: a template that requests one is rejected.
  @Test func aMarkThatTheEncodingLacksIsRefused() {
    for encoding in ["gbk", "gb18030"] {
      let problems = LedgerTests.problems {
        _ = try LedgerTests.template(
          "ledger: t\namount: yuan\nencoding: \(encoding)\nbom: true\ncolumns: [{label: a, value: amount}]\n")
      }
      #expect(problems.map(\.location) == ["l.yaml:4:6"], "\(problems)")
    }
  }
}
