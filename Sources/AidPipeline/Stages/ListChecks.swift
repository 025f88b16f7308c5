import AidIntake
import AidModel
import AidPolicy

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
        [claim.source.layout.columns[index].headings.first ?? "工号"])
    }
  }

  /// A column that a policy looks at without asking for it, and a sheet does not have.
  static func absentColumns(_ lists: [ImportedList], _ programmes: [Plan.Programme]) -> [Finding] {
    lists.flatMap { list -> [Finding] in
      guard let source = list.claims.first?.source,
        let own = programmes.first(where: { $0.info.programme.sameScalars(as: list.report.purpose) })
      else { return [] }
      return own.policy.columnsUsed.sorted().compactMap { index in
        let column = source.layout.columns[index]
        if column.required || column.blank != nil || source.columns[index] >= 0 { return nil }
        return Finding(
          PipelineFindings.columnAbsent, at: Place(source), column: column.name,
          [column.headings.first ?? column.name, ([column.name] + column.headings).joined(separator: "、")])
      }
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
