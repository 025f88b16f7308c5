import AidModel
import AidPipeline
import Foundation
import Testing

/// `policy check` of several files, and as JSON.
@Suite struct PolicyChecks {
  private static func policy(_ id: String, _ more: String, valid: String = "{from: 2023-01-01}") -> String {
    let name = id.prefix { $0 != "-" }
    return "policy: \(id)\nprogramme: \(name)\nvalid: \(valid)\n\(more)benefits:\n  - {name: b, amount: 5}\n"
  }

  private func check(_ files: [String]) throws -> PolicyCheck.Result {
    let scratch = try Scratch()
    let paths = try files.enumerated().map { i, text in
      let path = scratch.path + "/\(i).yaml"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      return path
    }
    return try PolicyCheck.check(paths, templates: nil, language: .en)
  }

  private func problems(_ files: [String]) throws -> [String] {
    let result = try check(files)
    return result.failure?.problems.map {
      $0.location.split(separator: "/").last.map(String.init)! + " " + $0.what.en
    } ?? []
  }

  @Test func filesBesideEachOther() throws {
    let told = try [
      problems([Self.policy("a-1", "after: [b]\n"), Self.policy("b-1", "after: [a]\n")]),
      problems([
        Self.policy("alpha-1", "exclusive: [{with: betta, keep: this}]\n"), Self.policy("beta-1", ""),
      ]),
      problems([
        Self.policy("a-1", "fund: f\nwhen_short: stop\n"),
        Self.policy("b-1", "fund: f\nwhen_short: pro_rata\n"),
      ]),
      problems([
        Self.policy("a-1", "exclusive: [{with: b, keep: this}]\n"),
        Self.policy("b-1", "exclusive: [{with: a, keep: this}]\n"),
      ]),
      problems([Self.policy("a-1", ""), Self.policy("a-2", "")]),
    ].map { $0.joined(separator: "; ") }
    #expect(told[0].hasPrefix("0.yaml:4:8 after goes round in a circle"), "\(told[0])")
    #expect(told[1] == "0.yaml:4:20 there is no programme 'betta'")
    #expect(told[2].hasPrefix("1.yaml:5:13 shares fund 'f' with a-1"), "\(told[2])")
    #expect(told[3].hasPrefix("1.yaml:4:20 a-1 and this one exclude each other"), "\(told[3])")
    #expect(told[4].hasPrefix("1.yaml:3:8 overlaps in time"), "\(told[4])")
  }

  /// Policies that are never in force at the same time do not affect each other.
  @Test func filesOfOtherYears() throws {
    let told = try problems([
      Self.policy(
        "a-1", "after: [b]\nfund: f\nwhen_short: stop\n", valid: "{from: 2022-01-01, to: 2022-12-31}"),
      Self.policy(
        "b-1", "after: [a]\nfund: f\nwhen_short: pro_rata\n", valid: "{from: 2023-01-01, to: 2023-12-31}"),
    ])
    #expect(told.isEmpty, "\(told)")
  }

  private struct Page: Decodable {
    struct Policy: Decodable {
      struct Example: Decodable { let line: Int, column: Int, passed: Bool, expected: String, got: String }
      struct Note: Decodable { let line: Int, column: Int, message: String }
      let file: String, policy: String, programme: String, title: String
      let examples: [Example]
      let notes: [Note]
    }
    struct Problem: Decodable { let file: String, line: Int?, column: Int?, message: String, remedy: String }
    let sound: Bool
    let policies: [Policy]
    let problems: [Problem]
  }

  private func page(_ files: [String]) throws -> Page {
    try JSONDecoder().decode(Page.self, from: Data(check(files).json.utf8))
  }

  @Test func asJSON() throws {
    let good =
      Self.policy("a-1", "columns: [{name: x, type: money}]\n") + "examples:\n  - {rows: [{}], pays: 5.00}\n"
    let page = try page([good])
    #expect(page.sound && page.problems.isEmpty && page.policies[0].policy == "a-1")
    #expect(page.policies[0].examples[0].passed && page.policies[0].examples[0].line == 8)
    #expect(page.policies[0].notes[0].message.contains("'x'"))

    let wrong = try self.page([
      good.replacing("5.00", with: "6.00"), good.replacing("amount", with: "amuont"),
    ])
    #expect(!wrong.sound && wrong.policies.count == 1)
    #expect(
      wrong.policies[0].examples[0].expected == "pays: 6.00"
        && wrong.policies[0].examples[0].got == "pays: 5.00")
    #expect(
      wrong.problems.map(\.line) == [8, 6, 6] || wrong.problems.map(\.line) == [8, 6], "\(wrong.problems)")
    #expect(
      wrong.problems.allSatisfy { $0.file.hasSuffix(".yaml") && $0.column != nil && !$0.remedy.isEmpty })
  }
}
