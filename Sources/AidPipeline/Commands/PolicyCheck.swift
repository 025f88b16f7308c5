public import AidModel
import AidPolicy

/// `policy check`: reads policy files and runs their own examples.
public enum PolicyCheck {
  public struct Result: Sendable {
    public let text: String
    /// What is wrong, over all files; nil when nothing is.
    public let failure: PipelineFailure?
  }

  public static func check(
    _ paths: [String], templates folder: String?, language: Language
  ) throws(PipelineFailure) -> Result {
    let headings = try Headings(templates: try Templates(named: folder))
    var lines: [String] = []
    var problems: [PipelineFailure.Problem] = []
    var read: [ShelfChecks.Shelved] = []
    for path in paths {
      do {
        let policy = try headings.policy(yaml: try Disk.text(path, shown: path), file: path)
        let results = policy.runExamples(language: language)
        read.append((policy, path))
        let failed = ShelfChecks.failedExamples(policy, path: path, language: language)
        problems += failed
        if failed.isEmpty {
          lines.append(
            Bilingual(
              "\(path)：\(policy.id)（\(policy.title)）合格，\(results.count) 个例子全部相符",
              "\(path): \(policy.id) (\(policy.title)) is sound, all \(results.count) examples come out"
            ).text(language))
        }
        for notice in policy.notices {
          let text = Bilingual("提示：\(notice.text.zh)", "note: \(notice.text.en)").text(language)
          lines.append("  \(path):\(notice.line):\(notice.column): \(text)")
        }
      } catch let error as PolicyFailure {
        problems += PipelineFailure(error).problems
      } catch let error as PipelineFailure {
        problems += error.problems
      } catch {
        preconditionFailure("a policy fails as PolicyFailure")
      }
    }
    problems += ShelfChecks.overlaps(read)
    return Result(
      text: lines.joined(separator: "\n"), failure: problems.isEmpty ? nil : PipelineFailure(problems))
  }
}
