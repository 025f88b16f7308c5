import AidModel
import AidPipeline
import Foundation
import Testing

/// Every policy in Templates/policies is valid, passes its examples, and names its source.
@Suite struct ShippedPolicies {
  private static let folder = Project.root.appending(path: "Templates/policies")

  private static func paths() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
      .filter { $0.hasSuffix(".yaml") }.map { folder.appending(path: $0).path(percentEncoded: false) }
  }

  @Test func examplesOfShippedPoliciesComeOut() throws {
    let paths = try Self.paths()
    #expect(paths.count >= 19)
    let result = try PolicyCheck.check(paths, templates: nil, language: .zh)
    #expect(result.failure == nil, "\(result.failure?.text(.en) ?? "")")
  }

  @Test func eachSaysItsSourceAndHowFarToTrustIt() throws {
    for path in try Self.paths() {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.hasPrefix("#") && text.contains("证据等级"), "\(path)")
      for key in ["\nsource: ", "\nissuer: ", "\nexamples:", "clause: "] {
        #expect(text.contains(key), "\(path) lacks\(key)")
      }
    }
  }

  /// One fen less in an example must be noticed: the examples are really run.
  @Test func aWrongExampleIsShownWithItsSteps() throws {
    let scratch = try Scratch()
    let text = try String(
      contentsOf: Self.folder.appending(path: "whu-serious-illness-2017.yaml"), encoding: .utf8)
    let path = scratch.path + "/wrong.yaml"
    try text.replacing("pays: 12500.00", with: "pays: 12499.99").write(
      toFile: path, atomically: true, encoding: .utf8)
    let result = try PolicyCheck.check([path], templates: nil, language: .zh)
    let words = result.failure?.text(.zh) ?? ""
    #expect(words.contains("wrong.yaml:32:5: 例子不符：应得 pays: 12499.99，算得 pays: 12500.00"), "\(words)")
    #expect(words.contains("2. [inpatient] 门槛：base >= 20000（达到）"), "\(words)")
    // Figures beside each other are no telephone number.
    #expect(words.contains("年度封顶 50,000.00：12,500.00 → 12,500.00"), "\(words)")
  }
}
