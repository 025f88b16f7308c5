import AidIntake
import AidModel
import AidPayout
import AidPolicy
import AidStore
import AidYAML

/// Converts the failures of the modules below.
extension PipelineFailure {
  /// All problems of a file.
  init(_ reader: YAMLReader) {
    self.init(
      reader.problems.map {
        Problem("\(reader.file):\($0.line):\($0.column)", $0.what, remedy: $0.remedy)
      })
  }

  init(_ failure: PolicyFailure) {
    self.init(
      failure.problems.map { Problem("\(failure.file):\($0.line):\($0.column)", $0.what, remedy: $0.remedy) })
  }

  init(_ failure: PayoutFailure) {
    self.init(failure.problems.map { Problem($0.location, $0.what, remedy: $0.remedy) })
  }

  init(_ failure: StoreFailure) {
    self.init(
      failure.path, failure.what, remedy: failure.remedy,
      reason: failure.reason == .alreadyPosted ? .alreadyPosted : .refused)
  }

  init(_ failure: IntakeFailure) {
    let finding = failure.finding
    self.init(
      finding.place.description,
      Bilingual(
        "\(finding.kind.code) \(finding.message(.zh))", "\(finding.kind.code) \(finding.message(.en))"),
      remedy: finding.kind.remedy)
  }
}
