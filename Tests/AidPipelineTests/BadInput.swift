import AidModel
import AidPipeline
import Foundation
import Testing

/// What is rejected as a whole: with a message that names the place and the remedy, and nothing written.
@Suite struct BadInput {
  static let batch = """
    batch: t-1
    title: 测试
    period: {from: 2023-01-01, to: 2023-12-31}
    pay_date: 2023-12-28
    policies: [p.yaml]
    applications:
      - {programme: aid, files: [a.csv]}
    """
  static let policy = """
    policy: p-1
    programme: aid
    valid: {from: 2023-01-01, to: 2023-12-31}
    columns:
      - {name: self_pay, type: money, heading: [自付金额]}
    benefits:
      - name: b
        base: sum(self_pay)
        marginal:
          - {from: 0, to: 20000, rate: 25%}
          - {from: 20000, rate: 30%}
    """
  static let list = "工号,姓名,自付金额\n1001,张三,1000\n"

  /// A valid batch in its own folder, with a single change.
  static func scratch(_ changes: [(file: String, from: String, to: String)] = []) throws -> Scratch {
    let scratch = try Scratch()
    var files = ["batch.yaml": batch, "p.yaml": policy, "a.csv": list]
    for change in changes {
      let old = files[change.file] ?? ""
      files[change.file] = change.from.isEmpty ? change.to : old.replacing(change.from, with: change.to)
      #expect(files[change.file] != old, "\(change) changes nothing")
    }
    for (name, text) in files { try scratch.write("b/" + name, text) }
    return scratch
  }

  static func failure(_ scratch: Scratch) -> PipelineFailure? {
    do throws(PipelineFailure) {
      _ = try BatchRun.run(scratch.request(scratch.path + "/b"))
      return nil
    } catch {
      return error
    }
  }

  @Test func theSoundOneRuns() throws {
    let scratch = try Self.scratch()
    #expect(try BatchRun.run(scratch.request(scratch.path + "/b")).exitStatus == 0)
    #expect(scratch.text("out/ledgers/t-1-finance-office.csv").contains(",250.00,"))
  }

  static let refusals: [(file: String, from: String, to: String, says: String)] = [
    ("batch.yaml", "batch: t-1", "batch: t_1", "batch.yaml:1:8"),
    ("batch.yaml", "batch: t-1", "batch: ''", "batch.yaml:1:8"),
    ("batch.yaml", "title: 测试", "titel: 测试", "titel"),
    ("batch.yaml", "title: 测试", "title： 测试", "batch.yaml:2:6: the colon is a full-width"),
    ("batch.yaml", "to: 2023-12-31", "to: 2022-12-31", "before it begins"),
    ("batch.yaml", "pay_date: 2023-12-28", "pay_date: 2023-12-32", "2023-12-32"),
    ("batch.yaml", "pay_date: 2023-12-28\n", "", "pay_date"),
    ("batch.yaml", "files: [a.csv]", "files: []", "files is empty"),
    ("batch.yaml", "files: [a.csv]", "files: [../a.csv]", "leaves the batch folder"),
    ("batch.yaml", "files: [a.csv]", "files: [/etc/hosts]", "leaves the batch folder"),
    ("batch.yaml", "policies: [p.yaml]", "policies: [../p.yaml]", "leaves the batch folder"),
    ("batch.yaml", "files: [a.csv]", "files: ['*.xlsx']", "no file matches"),
    ("batch.yaml", "policies: [p.yaml]", "policies: [q.yaml]", "q.yaml"),
    ("batch.yaml", "programme: aid", "programme: other", "no policy valid"),
    ("batch.yaml", "policies: [p.yaml]", "ledgers: [nobank]\npolicies: [p.yaml]", "nobank"),
    ("batch.yaml", "policies: [p.yaml]", "funds: {f: {amount: many}}\npolicies: [p.yaml]", "batch.yaml:5:21"),
    (
      "batch.yaml", "policies: [p.yaml]", "reports: {notice: {show: [id_number]}}\npolicies: [p.yaml]",
      "id_number"
    ),
    ("batch.yaml", "batch: t-1", "batch: [", "YAML"),
    ("p.yaml", "benefits:", "bonus: 1\nbenefits:", "p.yaml:6:1"),
    ("p.yaml", "from: 20000", "from: 19000", "overlaps"),
    ("p.yaml", "rate: 30%", "rate: 300%", "over 100"),
    ("p.yaml", "to: 2023-12-31", "to: 2023-06-30", "no policy valid"),
    ("p.yaml", "columns:", "fund: f\ncolumns:", "no fund"),
    (
      "p.yaml", "columns:", "examples:\n  - {rows: [{self_pay: 1000}], pays: 1.00}\ncolumns:",
      "expected pays: 1.00, got pays: 250.00"
    ),
  ]

  @Test func refusedWithPlaceAndRemedyAndNothingWritten() throws {
    for (file, from, to, says) in Self.refusals {
      let scratch = try Self.scratch([(file, from, to)])
      guard let failure = Self.failure(scratch) else {
        Issue.record("\(file): \(to) is accepted")
        continue
      }
      let (zh, en) = (failure.text(.zh), failure.text(.en))
      #expect(en.contains(says), "\(to): \(en)")
      #expect(en.contains("→") && zh.contains("→") && zh != en, "\(to): \(en)")
      #expect(
        !scratch.exists("out") && !scratch.exists("store.sqlite") && !scratch.exists("out.staged"), "\(to)")
    }
  }

  @Test func linksMayNotLeaveTheFolder() throws {
    let scratch = try Self.scratch([("batch.yaml", "files: [a.csv]", "files: [link.csv]")])
    try scratch.write("outside.csv", Self.list)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/b/link.csv", withDestinationPath: scratch.path + "/outside.csv")
    #expect(Self.failure(scratch)?.text(.en).contains("leaves the batch folder") == true)
  }

  @Test func allMistakesOfABatchComeAtOnce() throws {
    let scratch = try Self.scratch([
      ("batch.yaml", "batch: t-1", "batch: t_1"), ("batch.yaml", "title: 测试", "titel: 测试"),
      ("batch.yaml", "pay_date: 2023-12-28", "pay_date: soon"),
    ])
    #expect(Self.failure(scratch)?.problems.count == 3)
  }

  /// A faulty list becomes a finding and the others are still read: all faults appear in one pass.
  @Test func everyBadListIsSeenInOnePass() throws {
    let scratch = try Self.scratch([("batch.yaml", "files: [a.csv]", "files: [a.csv, b.csv, c.xlsx, d.csv]")])
    try scratch.write("b/b.csv", "没有,表头\n1,2\n")
    try scratch.write("b/c.xlsx", "PK\u{3}\u{4}broken")
    let result = try BatchRun.run(scratch.request(scratch.path + "/b"))
    #expect(result.exitStatus == 2 && result.report.stage == .stopped)
    let codes = result.report.findings.filter { $0.kind.severity == .stop }.map(\.kind.code)
    #expect(codes == ["HEADER-NOT-FOUND", "FILE-UNREADABLE", "FILE-MISSING"], "\(codes)")
    #expect(scratch.exists("out/reports/validation.html") && !scratch.exists("out/ledgers"))
    #expect(scratch.text("out/explanations.jsonl").contains("\"outcome\":\"held\""))
  }

  @Test func strictRefusesWhateverIsHeld() throws {
    let scratch = try Self.scratch([("a.csv", "1001,张三,1000", "1001,张三,1000\n1002,李四,约500")])
    var request = scratch.request(scratch.path + "/b")
    request.strict = true
    let result = try BatchRun.run(request)
    #expect(result.exitStatus == 2 && !scratch.exists("out/ledgers") && !scratch.exists("store.sqlite"))
    request.strict = false
    #expect(try BatchRun.run(request).exitStatus == 1)
  }
}
