import AidModel
import AidPipeline
import AidStore
import Testing

/// A small office: batches of one programme posted one after another into one store.
struct Office {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  static let year = "{from: 2023-01-01, to: 2023-12-31}"

  /// Half of the costs, at most 500.00 a year.
  static let policy = """
    policy: aid-2023
    programme: aid
    title: 困难补助
    valid: {from: 2022-01-01, to: 2026-12-31}
    columns:
      - {name: self_pay, type: money, heading: [自付金额]}
      - {name: discharged, type: date, heading: [出院日期]}
    benefits:
      - {name: b, base: sum(self_pay), rate: 50%}
    caps:
      - {per: year, at: 500}
    """

  /// A batch folder.
  /// - Parameters:
  ///   - rows: `工号,自付金额,出院日期` each; the names are made up.
  ///   - beside: more lines of batch.yaml.
  func batch(
    _ name: String, _ rows: [String], policy: String = policy, period: String = year,
    beside: String = "", day: String = "2023-12-28"
  ) throws {
    try scratch.write(
      "\(name)/batch.yaml",
      """
      batch: \(name)
      period: \(period)
      pay_date: \(day)
      policies: [p.yaml]
      applications:
        - {programme: aid, files: [a.csv]}
      \(beside)
      """)
    try scratch.write("\(name)/p.yaml", policy)
    try scratch.write(
      "\(name)/a.csv", "工号,姓名,自付金额,出院日期\n" + rows.map { Self.row($0) + "\n" }.joined())
  }

  private static func row(_ text: String) -> String {
    var fields = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    fields.insert("张" + (fields[0].last == "1" ? "三" : "四五"), at: 1)
    return fields.joined(separator: ",")
  }

  func request(_ name: String, _ depth: RunRequest.Depth = .post) -> RunRequest {
    var request = RunRequest(folder: scratch.path + "/" + name)
    request.store = scratch.path + "/store.sqlite"
    request.depth = depth
    return request
  }

  /// Everyone's amount by staff number, or the outcome if `held` or `refused`.
  @discardableResult
  func run(_ name: String, _ depth: RunRequest.Depth = .rehearse) throws -> [String: String] {
    try Self.awards(BatchRun.run(request(name, depth)).report)
  }

  static func awards(_ report: BatchReport) -> [String: String] {
    var awards: [String: String] = [:]
    for entry in report.book.entries {
      awards[report.book.claimant(of: entry).staffNo] =
        entry.outcome == .paid ? entry.amount.plain : entry.outcome.rawValue
    }
    return awards
  }

  func codes(_ name: String) throws -> [String] {
    try BatchRun.run(request(name, .rehearse)).report.findings.map(\.kind.code)
  }

  static let head = "batch,programme,staff_no,id_number,amount,paid_on,status\n"

  /// A history list, as a file of the office.
  @discardableResult
  func list(_ name: String, _ lines: [String]) throws -> String {
    try scratch.write(name, Self.head + lines.map { $0 + "\n" }.joined())
    return scratch.path + "/" + name
  }

  @discardableResult
  func take(_ lists: String...) throws(PipelineFailure) -> String {
    try HistoryImport.run(
      lists.map { scratch.path + "/" + $0 }, store: scratch.path + "/store.sqlite", templates: nil,
      language: .zh)
  }
}
