import AidIntake
import AidModel

/// What only all lists of a batch together show.
enum ListChecks {
  /// The same bytes handed in twice: every row of the second file waits.
  static func repeatedFiles(_ lists: [ImportedList]) -> [Finding] {
    var first: [String: String] = [:]
    var findings: [Finding] = []
    for list in lists where !list.sha256.isEmpty {
      let key = list.report.purpose + "\u{1F}" + list.sha256
      if let other = first[key] {
        let place = Place(SourceSheet(file: list.report.path, sheet: list.report.sheet))
        findings.append(Finding(IntakeFindings.fileTwice, at: place, [other]))
      } else {
        first[key] = list.report.path
      }
    }
    return findings
  }

  /// A row without staff number and ID number belongs to nobody.
  static func unidentified(_ claims: [Claim]) -> [Finding] {
    claims.filter { $0.personKey.isEmpty }.map { claim in
      let index = CommonColumn.staffNo.rawValue
      return Finding(
        PipelineFindings.kind("REQUIRED-BLANK"), at: claim.place(ofColumn: index), column: "staff_no",
        ["staff_no"])
    }
  }

  /// Somebody whose staff number stands twice on the roster: nobody can say which line holds.
  static func doubledOnRoster(_ claims: [Claim], _ doubled: Set<ExactText>) -> [Finding] {
    if doubled.isEmpty { return [] }
    return claims.filter { doubled.contains(ExactText($0.text(.staffNo))) }.map { claim in
      Finding(
        PipelineFindings.rosterTwice, at: claim.place(ofColumn: CommonColumn.staffNo.rawValue),
        column: "staff_no", [claim.text(.staffNo)])
    }
  }
}
