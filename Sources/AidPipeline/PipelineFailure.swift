public import AidModel

/// Why the whole run fails: what, where, and how to proceed. Nothing is paid.
public struct PipelineFailure: Error, Sendable {
  public struct Problem: Sendable {
    /// `file`, `file:line:col` or `file:sheet!cell`.
    public let location: String
    public let what: Bilingual
    /// Follows what is wrong: the program's own words and figures, in which nothing is left to mask.
    public let details: Bilingual
    public let remedy: Bilingual

    public init(
      _ location: String, _ what: Bilingual, details: Bilingual = Bilingual("", ""), remedy: Bilingual
    ) {
      self.location = location
      self.what = what
      self.details = details
      self.remedy = remedy
    }

    /// What is wrong, with personal numbers masked, and the details.
    func message(_ language: Language) -> String {
      Masking.text(what.text(language)) + details.text(language)
    }
  }

  public enum Reason: Sendable { case refused, alreadyPosted }

  public let reason: Reason
  public let problems: [Problem]

  public init(_ problems: [Problem], reason: Reason = .refused) {
    self.problems = problems
    self.reason = reason
  }

  public init(_ location: String, _ what: Bilingual, remedy: Bilingual, reason: Reason = .refused) {
    self.init([Problem(location, what, remedy: remedy)], reason: reason)
  }

  /// A file named on the command line does not exist.
  static func noFile(_ path: String) -> PipelineFailure {
    PipelineFailure(
      path, Bilingual("FILE-MISSING 没有这个文件", "FILE-MISSING there is no such file"),
      remedy: Bilingual("请检查命令行上的路径和文件名。", "Check the path and name on the command line."))
  }

  /// Two lines per problem: where and what, then what to do.
  public func text(_ language: Language) -> String {
    problems.map { problem in
      let place = problem.location.isEmpty ? "" : ShownText.line(problem.location) + ": "
      return place + problem.message(language) + "\n  → " + problem.remedy.text(language)
    }.joined(separator: "\n")
  }
}
