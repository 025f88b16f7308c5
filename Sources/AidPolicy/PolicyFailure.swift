public import AidYAML

/// A policy file that cannot be used, with everything that is wrong with it.
public struct PolicyFailure: Error, Sendable {
  public let file: String
  public let problems: [YAMLProblem]

  public init(file: String, problems: [YAMLProblem]) {
    self.file = file
    self.problems = problems
  }
}
