import AidModel
import Foundation
import Testing

@testable import AidPolicy

/// Runs docs/POLICIES.md: its examples pass, and its table of synonyms matches the program.
@Suite struct ManualExamples {
  static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "docs/POLICIES.md")

  @Test func everyPolicyInItIsSoundAndItsExamplesComeOut() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let blocks = text.components(separatedBy: "```yaml\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
    #expect(blocks.count >= 3)
    for block in blocks {
      let policy = try Fixture.policy(block)
      let results = policy.runExamples(language: .zh)
      #expect(results.count >= 2, "\(policy.id)")
      for result in results {
        #expect(result.passed, "\(policy.id):\(result.line) \(result.expected) ≠ \(result.got)")
      }
    }
  }

  @Test func itNamesEverySynonym() throws {
    // A line may break between a word and its synonym.
    let text = try String(contentsOf: Self.page, encoding: .utf8).replacing(/\s+/, with: " ")
    for (en, zh) in Words.keys + Words.values + Words.operators + Words.functions + Words.names {
      #expect(text.contains("`\(en)` \(zh)"), "docs/POLICIES.md lacks `\(en)` \(zh)")
    }
  }
}
