import AidChecks
import AidIntake
import AidModel
import Synchronization

/// One application list as read: its rows as claims, and the findings.
struct ImportedList: Sendable {
  var report: FileReport
  /// In list order.
  var claims: [Claim] = []
  var findings: [Finding] = []
  var sha256 = ""
}

/// Reads application lists, several at a time. The result does not depend on how many.
struct ApplicationReader: Sendable {
  struct Job: Sendable {
    /// Path of the file on disk.
    let path: String
    let list: ListFile
    let programme: String
    let layout: Layout
  }

  let limits: IntakeLimits
  let vocabulary: HeadingVocabulary
  let checks: RowChecks
  let roster: Roster?
  let progress: @Sendable (_ done: Int, _ all: Int) -> Void

  /// Reads all jobs; the results are in the order of `jobs`.
  func read(_ jobs: [Job], threads: Int) -> [ImportedList] {
    let done = Atomic<Int>(0)
    // Starting with the largest file would finish sooner, but file order is simpler and always the same.
    let atOnce = max(1, min(threads, jobs.count))
    // The remaining threads help with the rows of each list.
    let each = max(1, threads / atOnce)
    return SharedWork.map(jobs.count, threads: atOnce) { index in
      let list = self.read(jobs[index], threads: each)
      self.progress(done.add(1, ordering: .relaxed).newValue, jobs.count)
      return list
    }
  }

  private func read(_ job: Job, threads: Int) -> ImportedList {
    var list = ImportedList(report: FileReport(path: job.list.path, purpose: job.programme))
    do throws(IntakeFailure) {
      let file = try InputFile(path: job.path, name: job.list.path, limits: limits, xml: job.list.xml)
      let hashing = Background { file.sha256 }
      // Any file that can be opened is reported with its hash, whatever happens to its rows.
      defer { list.sha256 = hashing.result }
      list.report.kind = file.kind.rawValue
      var claims: [Claim] = []
      var findings: [Finding] = []
      var cutNumbers = CutNumbers()
      let (report, noticed) = try TableFile.read(
        file, sheet: job.list.sheet, purpose: job.programme, layout: job.layout, vocabulary: vocabulary,
        unit: job.list.unit, isOwnUnit: job.list.isOwnUnit, threads: threads,
        restart: {
          claims = []
          findings = []
          cutNumbers = CutNumbers()
        },
        taker: { ListShare($0, checks: checks, roster: roster) },
        taken: {
          claims += $1.table.claims
          findings += $1.findings
          cutNumbers.join($1.cutNumbers)
        })
      // The hash is computed in parallel: make sure that the file did not change in between.
      list.sha256 = hashing.result
      try file.checkUnchanged()
      list.report = report
      list.claims = claims
      list.findings = noticed + findings + cutNumbers.cut
    } catch {
      list.findings.append(error.finding)
    }
    return list
  }
}

/// A share of an application list's rows: repaired, checked and packed.
private struct ListShare: RowTaker {
  private let source: SourceSheet
  private let checks: RowChecks
  private let roster: Roster?
  private var table: ClaimTableBuilder
  private var findings: [Finding] = []
  private var checked: CheckedRow?
  private var cutNumbers = CutNumbers()

  init(_ source: SourceSheet, checks: RowChecks, roster: Roster?) {
    (self.source, self.checks, self.roster) = (source, checks, roster)
    table = ClaimTableBuilder(source)
  }

  mutating func take(_ fields: FieldRow, row: Int32, isHidden: Bool) {
    if let roster,
      let finding = StaffNumberRepair.repair(fields, of: source, row: row, roster: roster)
    {
      findings.append(finding)
    }
    if checked == nil { checked = checks.rows(in: fields, of: source) }
    checks.check(&checked!, number: row, into: &findings)
    cutNumbers.see(checked!)
    table.append(row: row, fields: fields)
  }

  mutating func finish() -> (table: ClaimTable, findings: [Finding], cutNumbers: CutNumbers) {
    (table.finish(), findings, cutNumbers)
  }
}
