public import AidModel

/// One thing wrong with a policy file.
public struct PolicyProblem: Sendable {
  /// From 1.
  public let line: Int
  public let column: Int
  public let what: Bilingual
  public let remedy: Bilingual

  public init(line: Int, column: Int, what: Bilingual, remedy: Bilingual) {
    self.line = line
    self.column = column
    self.what = what
    self.remedy = remedy
  }
}

/// A policy file that cannot be used, with everything that is wrong with it.
public struct PolicyFailure: Error, Sendable {
  public let file: String
  public let problems: [PolicyProblem]

  public init(file: String, problems: [PolicyProblem]) {
    self.file = file
    self.problems = problems
  }
}
