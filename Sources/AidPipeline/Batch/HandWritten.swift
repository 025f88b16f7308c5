import AidModel
import AidPayout
import AidPolicy

/// The hand-written kinds of file, each parsed as in a run. For the fuzzer, which only checks that it ends.
package enum HandWritten: String, CaseIterable, Sendable {
  case batch, policy, columns, ledger

  private static let headings = try? Headings(templates: Templates(named: nil))

  /// - Returns: the number of problems reported.
  package func problems(of text: String) -> Int {
    do {
      switch self {
      case .batch: _ = try BatchFile(yaml: text, file: "batch.yaml")
      case .columns: _ = try OfficeHeadings(yaml: text, sha256: "", file: "columns.yaml")
      case .ledger: _ = try LedgerTemplate.load(yaml: text, file: "ledger.yaml")
      case .policy:
        guard let policy = try Self.headings?.policy(yaml: text, file: "policy.yaml") else { return 0 }
        return ShelfChecks.failedExamples(policy, path: "policy.yaml", language: .zh).count
      }
      return 0
    } catch let failure as PipelineFailure {
      return failure.problems.count
    } catch let failure as PolicyFailure {
      return failure.problems.count
    } catch {
      return 1
    }
  }
}
