import AidModel
import AidPipeline
import Foundation
import Testing

/// Of two programmes one, of a couple one: what is kept while something waits, and what a member is told of it.
@Suite struct ExclusionsAndHouseholds {
  /// How each of two programmes ends for a person whose figure in one of them is blank.
  private func ends(keep: String, blankIn waiting: String) throws -> [String] {
    let scratch = try BadInput.scratch([
      ("p.yaml", BadInput.policy, Self.policy("aid", "exclusive: [{with: other, keep: \(keep)}]\n")),
      ("batch.yaml", "policies: [p.yaml]", "policies: [p.yaml, q.yaml]"),
      (
        "batch.yaml", "- {programme: aid, files: [a.csv]}",
        "- {programme: aid, files: [a.csv]}\n  - {programme: other, files: [o.csv]}"
      ),
    ])
    try scratch.write("b/q.yaml", Self.policy("other", ""))
    for (programme, file) in [("aid", "a.csv"), ("other", "o.csv")] {
      let figure = programme == waiting ? "" : "100"
      try scratch.write("b/" + file, "工号,姓名,自付金额\n1001,张三,\(figure)\n")
    }
    let report = try ReferenceListTests.rehearse(scratch).report
    return ["aid", "other"].map { programme in
      let entry = report.book.entries.first { report.book.award($0).programme == programme }
      guard let entry else { return "none" }
      let award = report.book.award(entry)
      return ([award.outcome.rawValue] + award.reasons.map(\.code)).joined(separator: " ")
    }
  }

  private static func policy(_ programme: String, _ lines: String) -> String {
    """
    policy: \(programme)-1
    programme: \(programme)
    valid: {from: 2023-01-01}
    \(lines)columns:
      - {name: self_pay, type: money, heading: [自付金额]}
    benefits:
      - {name: b, base: sum(self_pay), rate: 100%}
    """
  }

  @Test func whatMightBeKeptMakesTheOtherWait() throws {
    let (waits, stands) = ("held UNKNOWN-VALUE", "held EXCLUSIVE-BOTH")
    #expect(try ends(keep: "this", blankIn: "aid") == [waits, stands])
    #expect(try ends(keep: "other", blankIn: "other") == [stands, waits])
    // What is kept is paid, whatever the other might come to.
    #expect(try ends(keep: "this", blankIn: "other") == ["paid", "refused exclusive"])
    #expect(try ends(keep: "other", blankIn: "aid") == ["refused exclusive", "paid"])
    for keep in ["larger", "ask"] {
      #expect(try ends(keep: keep, blankIn: "aid") == [waits, stands], "\(keep)")
      #expect(try ends(keep: keep, blankIn: "other") == [stands, waits], "\(keep)")
    }
  }

  private static let couple = [("1001", "张三", "42010019800101101X"), ("1002", "李四", "42010019820202102X")]

  private func couple(_ rule: (from: String, to: String), _ figures: [String]) throws -> Scratch {
    let rows = zip(zip(Self.couple, Self.couple.reversed()), figures).map { pair, figure in
      "\(pair.0.0),\(pair.0.1),\(pair.0.2),\(pair.1.2),\(figure)\n"
    }
    return try BadInput.scratch([
      ("p.yaml", rule.from, rule.to),
      ("a.csv", BadInput.list, "工号,姓名,身份证号,配偶身份证号,自付金额\n" + rows.joined()),
    ])
  }

  /// An award that is settled is kept before one that waits, in either order; two that wait both wait.
  @Test(arguments: [
    (["1000", ""], ["paid", "refused COUPLE-BOTH"]), (["", "1000"], ["refused COUPLE-BOTH", "paid"]),
    (["", ""], ["held UNKNOWN-VALUE", "held UNKNOWN-VALUE"]),
    (["0", ""], ["zero base", "held UNKNOWN-VALUE"]),
  ])
  func anAwardThatWaitsYieldsToTheSpousesSettledOne(_ figures: [String], _ ends: [String]) throws {
    let scratch = try couple(("columns:", "one_per_household: true\ncolumns:"), figures)
    let report = try ReferenceListTests.rehearse(scratch).report
    let found = report.book.entries.map { entry in
      let award = report.book.award(entry)
      return ([award.outcome.rawValue] + award.reasons.map(\.code)).joined(separator: " ")
    }
    #expect(found == ends)
  }

  private func letter(_ scratch: Scratch, _ staffNo: String, _ language: Language) throws -> (String, String)
  {
    var request = scratch.request(scratch.path + "/b")
    request.language = language
    let found = try Explaining.find(request, .init(staffNo: staffNo))
    _ = try LetterFile.write(found, of: request, to: scratch.path + "/letter.html")
    return (scratch.text("letter.html"), found.text)
  }

  /// The explanation for the office has what the household used; the member's letter only that it did.
  @Test(arguments: [Language.zh, .en])
  func aLetterDoesNotTellWhatTheSpouseGot(_ language: Language) throws {
    let scratch = try couple(
      ("benefits:", "caps: [{per: year, at: 300, unit: household}]\nbenefits:"), ["777.20", "1000"])
    let used = "194.30"
    let (letter, office) = try letter(scratch, "1002", language)
    #expect(
      office.contains(language == .zh ? "每户年度封顶 300.00，已用 \(used)：250.00 → 105.70" : ", used \(used): "))
    #expect(letter.contains("105.70") && !letter.contains(used) && !letter.contains("1001"), "\(letter)")
    #expect(letter.contains(language == .zh ? "每户年度封顶 300.00，扣除本户已用的：250.00" : "less what the household"))
    let all = try couple(
      ("benefits:", "caps: [{per: year, at: 194.30, unit: household}]\nbenefits:"), ["800", "1000"])
    let (nothing, _) = try self.letter(all, "1002", language)
    #expect(!nothing.contains(language == .zh ? "已用 " : "is used already"), "\(nothing)")
  }

  @Test(arguments: [Language.zh, .en])
  func aLetterDoesNotNameTheSpouseWhoIsKept(_ language: Language) throws {
    let scratch = try couple(("columns:", "one_per_household: true\ncolumns:"), ["2000", "1000"])
    let (letter, office) = try letter(scratch, "1002", language)
    #expect(office.contains("1001") && !letter.contains("1001"), "\(letter)")
  }
}
