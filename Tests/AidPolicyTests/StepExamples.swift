import AidModel
import Foundation
import Testing

@testable import AidPolicy

/// Every kind of step stands in the book and shows by its own examples what it does.
@Suite struct StepExamples {
  @Test func everyFileStandsInTheBook() throws {
    let folder = ManualExamples.page.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/AidPolicy/Steps")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
    let names = Set(files.map { $0.replacing(".swift", with: "") }).subtracting(["StepBook"])
    #expect(names == Set(StepBook.kinds.map { "\($0)" }))
    let keys = StepBook.words.map(\.en)
    #expect(Set(keys).count == keys.count, "\(keys)")
  }

  @Test func examplesComeOut() throws {
    for kind in StepBook.kinds {
      #expect(!kind.examples.isEmpty, "\(kind) shows nothing")
      for example in kind.examples {
        let cases = example.cases.map { "{rows: [{\($0.row)}], \($0.outcome)}" }.joined(separator: ", ")
        let yaml = Fixture.plain("{name: b, \(example.benefit)}", more: "examples: [\(cases)]")
        let policy = try Fixture.policy(yaml)
        #expect(policy.benefits[0].steps.contains { $0.kind == kind }, "\(kind): \(example.benefit)")
        for result in policy.runExamples(language: .en) where !result.passed {
          Issue.record("\(kind): \(example.benefit): \(result.expected) ≠ \(result.got)")
        }
      }
    }
  }
}
