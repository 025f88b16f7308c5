import AidIntake
import AidModel
import AidPayout
import AidPolicy

/// Checks that need all lists of a batch.
enum ListChecks {
  /// The same file handed in twice: every row of the second one waits.
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

  /// The findings of the lists, except those about a sheet not read that another entry reads.
  static func withoutSheetsReadElsewhere(_ lists: [ImportedList]) -> [Finding] {
    lists.flatMap { list in
      list.findings.filter { finding in
        let isOfSheet = finding.kind.code == IntakeFindings.sheetUnused.code
        return !isOfSheet
          || !lists.contains {
            $0.report.path.sameScalars(as: finding.place.file)
              && $0.report.sheet.sameScalars(as: finding.place.sheet)
          }
      }
    }
  }

  /// A row without staff number and ID number has no identifiable person.
  static func unidentified(_ claims: [Claim], _ persons: Persons) -> [Finding] {
    claims.indices.filter { number in
      let person = persons.person(ofClaim: number)
      return !persons.hasStaffNo(person) && !persons.hasIDNumber(person)
    }.map { number in
      let claim = claims[number]
      let index = CommonColumn.staffNo.rawValue
      return Finding(
        PipelineFindings.kind("REQUIRED-BLANK"), at: claim.place(ofColumn: index), column: "staff_no",
        [claim.source.layout.columns[index].headings.first ?? "工号"])
    }
  }

  /// Data of applicants that the batch's ledgers cannot hold.
  static func unfit(
    _ claims: [Claim], _ persons: Persons, plan: Plan, facts: BatchFacts, threads: Int
  ) -> [Finding] {
    let ranges = Parallel.ranges(of: claims.count, each: 4096)
    return Parallel.map(ranges.count, threads: threads) { part -> [Finding] in
      guard
        let preview = LedgerPreview(
          plan.ledgers, hasRoster: facts.roster != nil, batch: plan.file.batch, payDate: facts.payDate)
      else { return [] }
      return ranges[part].flatMap { number in
        let claimant = Claimant(claims[number], roster: facts.roster, currentIDs: persons.currentIDs)
        return preview.findings(claimant, claims[number])
      }
    }.flatMap { $0 }
  }

  /// A policy that replaced another within the period.
  static func changedPolicies(_ plan: Plan) -> [Finding] {
    let from = plan.file.period.from
    return plan.programmes.filter { $0.policy.validFrom > from && $0.hasPredecessor }.map { programme in
      Finding(
        PipelineFindings.policyChanged, at: Place(file: programme.info.policy),
        [programme.info.policy, "\(programme.policy.validFrom)", "\(from)"])
    }
  }

  /// A household number that stands at more people than any household has.
  static func crowdedHouseholds(_ claims: [Claim], _ persons: Persons) -> [Finding] {
    var people: [ExactText: Set<Int>] = [:]
    for (number, claim) in claims.enumerated() {
      let household = claim.text(.householdID)
      if !household.isEmpty {
        people[ExactText(household), default: []].insert(persons.person(ofClaim: number))
      }
    }
    return claims.compactMap { claim in
      let household = claim.text(.householdID)
      guard !household.isEmpty, let count = people[ExactText(household)]?.count, count > Households.membersMax
      else { return nil }
      return Finding(
        PipelineFindings.householdCrowded, at: claim.place(ofColumn: CommonColumn.householdID.rawValue),
        column: "household_id", [household, "\(count)"])
    }
  }

  /// A column that a policy uses without requesting it, and that a sheet lacks.
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
}

/// Doubts about roster rows that must be settled before the person is paid.
struct RosterDoubts: Sendable {
  /// Staff numbers listed twice: it is unknown which line is valid.
  let doubled: Set<ExactText>
  /// Findings in single rows.
  let rows: [Finding]

  func findings(_ claims: [Claim], roster: Roster?) -> [Finding] {
    var findings: [Finding] = []
    if !doubled.isEmpty {
      findings += claims.compactMap { claim in
        let known = claim.member(of: roster)?.text(named: "staff_no") ?? ""
        guard doubled.contains(ExactText(known)) else { return nil }
        return Finding(
          PipelineFindings.rosterTwice, at: claim.place(ofColumn: CommonColumn.staffNo.rawValue),
          column: "staff_no", [known])
      }
    }
    if rows.isEmpty { return findings }
    var byRow: [ExactText: Finding] = [:]
    for finding in rows { byRow[Self.key(finding.place)] = finding }
    return findings
      + claims.compactMap { claim in
        guard let entry = claim.member(of: roster), let doubt = byRow[Self.key(entry.place)]
        else { return nil }
        return Finding(
          PipelineFindings.rosterDoubt, at: claim.place(ofColumn: CommonColumn.staffNo.rawValue),
          column: "staff_no", ["\(doubt.place)", doubt.kind.code])
      }
  }

  private static func key(_ place: Place) -> ExactText {
    ExactText("\(place.file)\u{1F}\(place.sheet)\u{1F}\(place.row)")
  }
}
