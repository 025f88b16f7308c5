public import AidModel
import AidPolicy
import AidReview
import AidStore

/// `simulate`: what a batch would cost under other policies. Posts nothing and writes nothing into `out/`.
public enum Simulation {
  public struct Result: Sendable {
    public let text: String
    public let json: String
    public let html: [UInt8]
  }

  /// - Parameters:
  ///   - policies: candidate files, each compared on its own.
  ///   - sweeps: `NAME=FROM..TO:STEP`, over parameters of the only candidate, else of the batch's own
  ///     policies.
  public static func run(
    _ request: RunRequest, policies: [String], sweeps: [String]
  ) throws(PipelineFailure) -> Result {
    let templates = try Templates(named: request.templates)
    let plan = try Plan(folder: request.folder, templates: templates, language: request.language)
    var problems: [PipelineFailure.Problem] = []
    var candidates: [Candidate] = []
    for file in policies {
      do throws(PipelineFailure) {
        let text = try Disk.text(file, shown: file)
        candidates.append(try Candidate(file: file, text: text, for: plan, language: request.language))
      } catch {
        problems += error.problems
      }
    }
    if !problems.isEmpty { throw PipelineFailure(problems) }
    let wanted = try sweeps.map { sweep throws(PipelineFailure) in
      try SweepRequest(sweep, plan: plan, candidates: policies.isEmpty ? [] : candidates)
    }
    let past = try PaymentMemory(path: request.store, before: plan.file.batch)
    var bench = try Bench(
      request, plan: plan, past: past, extra: candidates.flatMap(\.policy.rosterNames))
    let own = bench.own
    var columns = [(own.column(file: nil, policy: nil, against: own), own.units)]
    for candidate in candidates {
      let tally = try bench.tally(candidate.plan)
      columns.append(
        (tally.column(file: candidate.file, policy: candidate.policy, against: own), tally.units))
    }
    var swept: [Sweep] = []
    for sweep in wanted { swept.append(try sweep.run(on: &bench, plan: plan, language: request.language)) }
    let units = Set(columns.flatMap { $0.1.keys }).map(\.text).sorted { $0.precedes($1) }
    for i in columns.indices {
      columns[i].0.byUnit = units.map { columns[i].1[ExactText($0)] ?? WhatIfColumn.Figure() }
    }
    let whatIf = WhatIf(
      batch: plan.file.batch, title: plan.file.title, programmes: plan.programmes.map(\.info), units: units,
      own: columns[0].0, candidates: columns.dropFirst().map(\.0), sweeps: swept)
    let report = WhatIfReport(whatIf, language: request.language)
    return Result(text: report.text, json: report.json, html: report.html)
  }

  /// An existing file at the page's path may be a list of applications: ask before replacing it.
  public static func refuseToReplace(
    _ path: String, replaces: Bool, ask: (Bilingual) -> Bool?
  ) throws(PipelineFailure) {
    guard Disk.isThere(path), !replaces else { return }
    if !Disk.isFolder(path),
      ask(Bilingual("\(path) 已经在，覆盖它吗？", "\(path) exists. Replace it?")) == true
    {
      return
    }
    throw PipelineFailure(
      path, Bilingual("文件已存在，不敢覆盖", "the file exists and is left alone"),
      remedy: Bilingual("请换一个文件名，或加 --force 覆盖。", "Choose another name, or replace it with --force."))
  }

  /// Writes the page, completely or not at all.
  public static func write(
    _ html: [UInt8], to path: String, request: RunRequest
  ) throws(PipelineFailure) {
    let (folder, out) = (Disk.above(path), Disk.real(request.out))
    if let out, let real = Disk.real(folder), (real + "/").hasPrefix(out + "/") {
      throw PipelineFailure(
        path, Bilingual("试算不写进批次的输出文件夹", "a what-if is not written into the batch's output folder"),
        remedy: Bilingual("请写到别处。", "Choose another place."))
    }
    try Disk.write(html, to: path)
  }
}

/// A batch's lists, read once, and the policies tried on them.
struct Bench {
  let own: Tally
  private let request: RunRequest
  /// One reading per set of requested columns; the batch's own comes first.
  private var readings: [BatchReading]

  init(
    _ request: RunRequest, plan: Plan, past: PaymentMemory, extra: [String]
  ) throws(PipelineFailure) {
    self.request = request
    let sources = BatchReading.Sources(data: plan, beside: plan, decisions: plan, past: past)
    let reading = try BatchReading(request, sources, extra: extra)
    readings = [reading]
    own = Tally(
      try Calculation(request, plan: plan, reading: reading, isWhatIf: true), reading, number: 0,
      language: request.language)
  }

  /// The batch's result under a plan with the same programmes.
  mutating func tally(_ plan: Plan) throws(PipelineFailure) -> Tally {
    let number: Int
    if let known = readings.firstIndex(where: { $0.fits(plan) }) {
      number = known
    } else {
      number = readings.count
      readings.append(BatchReading(request, plan: plan, like: readings[0]))
    }
    return Tally(
      try Calculation(request, plan: plan, reading: readings[number], isWhatIf: true), readings[number],
      number: number, language: request.language)
  }
}
