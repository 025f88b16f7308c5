import AidModel
import AidPipeline
import Foundation
import Testing

/// Posts every folder in SampleData/cases and compares it with its `expected/`, file by file.
///
/// `UPDATE_GOLDEN=1 swift test --filter goldenCases` rewrites them; `git diff` is the review.
@Suite struct GoldenCases {
  private static let cases = Project.root.appending(path: "SampleData/cases")

  @Test func goldenCases() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.cases.path(percentEncoded: false))
      .sorted()
    #expect(folders.count >= 12)
    for name in folders {
      let folder = Self.cases.appending(path: name)
      let expected = folder.appending(path: "expected")
      let found = try Self.run(folder.path(percentEncoded: false))
      if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
        try? FileManager.default.removeItem(at: expected)
        for (path, bytes) in found {
          let url = expected.appending(path: path)
          try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
          try bytes.write(to: url)
        }
      }
      let walk = FileManager.default.enumerator(atPath: expected.path(percentEncoded: false))
      let wanted = (walk?.compactMap { $0 as? String } ?? []).filter { $0.contains(".") }.sorted()
      #expect(wanted == found.map(\.path), "\(name): other files than expected")
      for (path, bytes) in found {
        let old = (try? Data(contentsOf: expected.appending(path: path))) ?? Data()
        #expect(
          old == bytes, "\(name)/expected/\(path) differs: look at it with UPDATE_GOLDEN=1 and git diff")
      }
    }
  }

  /// The result of a case: `outcome.txt` and every data output. Pages and the manifest have their own tests.
  private static func run(_ folder: String) throws -> [(path: String, bytes: Data)] {
    let scratch = try Scratch()
    var request = scratch.request(folder)
    var outcome: String
    do throws(PipelineFailure) {
      let passwords = folder + "/passwords.txt"
      if FileManager.default.fileExists(atPath: passwords) {
        request.passwords = try PasswordFile.read(passwords).passwords
      }
      let result = try BatchRun.run(request)
      outcome = "exit \(result.exitStatus)\n\(RunSummary.text(result, language: .zh))\n"
    } catch {
      outcome = "exit 2\n\(error.text(.zh))\n\(error.text(.en))\n"
    }
    outcome = outcome.replacing(scratch.path + "/", with: "").replacing(folder, with: "BATCH")
    let files = scratch.files().filter { $0.path != "manifest.json" && !$0.path.hasSuffix(".html") }
    return (files + [("outcome.txt", Data(outcome.utf8))]).sorted { $0.path < $1.path }
  }
}
