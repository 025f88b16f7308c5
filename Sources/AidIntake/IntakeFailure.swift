public import AidModel

/// A file that cannot be read: the finding says what, where and how to proceed.
public struct IntakeFailure: Error, Sendable {
  public let finding: Finding

  public init(_ finding: Finding) { self.finding = finding }

  init(_ kind: FindingKind, file: String, sheet: String = "", row: Int32 = -1, _ arguments: [String] = []) {
    self.init(Finding(kind, at: Place(SourceSheet(file: file, sheet: sheet), row: row), arguments))
  }
}
