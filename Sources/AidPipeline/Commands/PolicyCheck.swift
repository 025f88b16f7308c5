public import AidModel
import AidPolicy

/// `policy check`: parses policy files, runs their examples, and checks them against each other.
public enum PolicyCheck {
  public struct Result: Sendable {
    public let text: String
    public let json: String
    /// All problems of all files; nil if there are none.
    public let failure: PipelineFailure?
  }

  /// A file that was parsed, with the results of its examples.
  private struct Checked {
    let policy: Policy
    let path: String
    let results: [ExampleResult]

    var isSound: Bool { results.allSatisfy(\.passed) }
  }

  public static func check(
    _ paths: [String], templates folder: String?, language: Language
  ) throws(PipelineFailure) -> Result {
    let headings = try Headings(templates: try Templates(named: folder))
    var checked: [Checked] = []
    var problems: [PipelineFailure.Problem] = []
    for path in paths {
      do {
        let policy = try headings.policy(yaml: try Disk.text(path, shown: path), file: path)
        let results = policy.runExamples(language: language)
        checked.append(Checked(policy: policy, path: path, results: results))
        problems += ShelfChecks.failedExamples(results, path: path)
      } catch let error as PolicyFailure {
        problems += PipelineFailure(error).problems
      } catch let error as PipelineFailure {
        problems += error.problems
      } catch {
        preconditionFailure("a policy fails as PolicyFailure")
      }
    }
    let read = checked.map { (policy: $0.policy, path: $0.path) }
    problems += ShelfChecks.overlaps(read) + ShelfChecks.everyTime(read)
    return Result(
      text: checked.flatMap { lines($0, language) }.joined(separator: "\n"),
      json: json(checked, problems, language),
      failure: problems.isEmpty ? nil : PipelineFailure(problems))
  }

  private static func lines(_ file: Checked, _ language: Language) -> [String] {
    var lines: [String] = []
    let (path, policy) = (file.path, file.policy)
    if file.isSound {
      lines.append(
        Bilingual(
          "\(path)：\(policy.id)（\(policy.title)）合格，\(file.results.count) 个例子全部相符",
          "\(path): \(policy.id) (\(policy.title)) is sound, all \(file.results.count) examples come out"
        ).text(language))
    }
    return lines
      + policy.notices.map { notice in
        let text = Bilingual("提示：\(notice.text.zh)", "note: \(notice.text.en)").text(language)
        return "  \(path):\(notice.line):\(notice.column): \(text)"
      }
  }

  // MARK: JSON

  private static func json(
    _ checked: [Checked], _ problems: [PipelineFailure.Problem], _ language: Language
  ) -> String {
    JSONText.object([
      ("sound", .bool(problems.isEmpty)),
      ("policies", .array(checked.map { object($0, language) })),
      ("problems", .array(problems.map { object($0, language) })),
    ]).text(indented: true)
  }

  private static func object(_ file: Checked, _ language: Language) -> JSONText {
    .object([
      ("file", .string(file.path)), ("policy", .string(file.policy.id)),
      ("programme", .string(file.policy.programme)), ("title", .string(file.policy.title)),
      (
        "examples",
        .array(
          file.results.map { result in
            .object([
              ("line", .integer(result.line)), ("column", .integer(result.column)),
              ("passed", .bool(result.passed)), ("expected", .string(result.expected)),
              ("got", .string(result.got)),
            ])
          })
      ),
      (
        "notes",
        .array(
          file.policy.notices.map { notice in
            .object([
              ("line", .integer(notice.line)), ("column", .integer(notice.column)),
              ("message", .string(notice.text.text(language))),
            ])
          })
      ),
    ])
  }

  private static func object(_ problem: PipelineFailure.Problem, _ language: Language) -> JSONText {
    let (file, line, column) = place(problem.location)
    return .object([
      ("file", .string(file)), ("line", line.map { .integer($0) } ?? .null),
      ("column", column.map { .integer($0) } ?? .null), ("message", .string(problem.message(language))),
      ("remedy", .string(problem.remedy.text(language))),
    ])
  }

  /// Splits `file:line:column`; a location without a line is a whole file.
  private static func place(_ location: String) -> (file: String, line: Int?, column: Int?) {
    let parts = location.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 3, let line = Int(parts[parts.count - 2]), let column = Int(parts[parts.count - 1])
    else { return (location, nil, nil) }
    return (parts.dropLast(2).joined(separator: ":"), line, column)
  }
}
