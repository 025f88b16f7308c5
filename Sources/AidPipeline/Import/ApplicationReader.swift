import AidChecks
import AidIntake
import AidModel
import Dispatch
import Synchronization

/// One application list, read: its rows as claims, and everything noticed in it.
struct ImportedList: Sendable {
  var report: FileReport
  /// In the order of the list.
  var claims: [Claim] = []
  var findings: [Finding] = []
  var sha256 = ""
}

/// Reads application lists, several at a time. The result does not depend on how many.
struct ApplicationReader: Sendable {
  struct Job: Sendable {
    /// Where the file is.
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

  /// Results in the order of `jobs`.
  func read(_ jobs: [Job], threads: Int) -> [ImportedList] {
    let results = Mutex<[ImportedList?]>(Array(repeating: nil, count: jobs.count))
    let next = Atomic<Int>(0)
    let done = Atomic<Int>(0)
    // Biggest first would finish sooner, but the order of work must not matter to anybody; keep it simple.
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, jobs.count))) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        if index >= jobs.count { return }
        let list = self.read(jobs[index])
        results.withLock { $0[index] = list }
        self.progress(done.add(1, ordering: .relaxed).newValue, jobs.count)
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  private func read(_ job: Job) -> ImportedList {
    var list = ImportedList(report: FileReport(path: job.list.path, purpose: job.programme))
    do throws(IntakeFailure) {
      let file = try InputFile(path: job.path, name: job.list.path, limits: limits, xml: job.list.xml)
      list.sha256 = file.sha256
      list.report.kind = file.kind.rawValue
      var table: ClaimTableBuilder?
      var findings: [Finding] = []
      let (report, noticed) = try TableFile.read(
        file, sheet: job.list.sheet, purpose: job.programme, layout: job.layout, vocabulary: vocabulary,
        unit: job.list.unit,
        restart: {
          table = nil
          findings = []
        },
        rows: { source, rows in
          var packed = table.take() ?? ClaimTableBuilder(source)
          for row in rows { take(row, of: source, into: &packed, &findings) }
          table = packed
        })
      list.report = report
      list.claims = table?.finish().claims ?? []
      list.findings = noticed + findings
    } catch {
      list.findings.append(error.finding)
    }
    return list
  }

  private func take(
    _ row: TableRow, of source: SourceSheet, into table: inout ClaimTableBuilder, _ findings: inout [Finding]
  ) {
    var fields = row.fields
    if let roster,
      let (repaired, finding) = StaffNumberRepair.repaired(
        fields, of: source, row: row.number, roster: roster)
    {
      fields[CommonColumn.staffNo.rawValue] = repaired
      findings.append(finding)
    }
    checks.check(fields, of: source, row: row.number, into: &findings)
    table.append(row: row.number, values: fields.lazy.map(\.value))
  }
}
