import AidModel
import AidPipeline
import Foundation
import Testing

/// Compares two runs: new, removed and changed people, with causes that add up to the difference.
@Suite struct DifferenceTests {
  /// The parts of a small batch that can change, each selected by a number.
  struct Parts {
    var data = 0
    var roster = 0
    var history = 0
    var decision = 0
    var policy = 0
    var fund = 0

    /// The same numbers always give the same batch.
    private func random(_ seed: Int, _ place: Int, _ top: Int) -> Int {
      var x = UInt64(truncatingIfNeeded: seed &* 7919 &+ place &* 104_729 &+ 12_345)
      for _ in 0..<3 {
        x ^= x >> 33
        x = x &* 0xFF51_AFD7_ED55_8CCD
      }
      return Int((x ^ (x >> 29)) % UInt64(top))
    }

    private static let people = 1001...1012

    func write(_ scratch: Scratch, _ folder: String) throws {
      var (aid, grant, roster, history) = ("工号,姓名,单位,自付金额\n", "工号,姓名,单位\n", "工号,姓名,缴费年限\n", "")
      var decisions = "programme,staff_no,amount,reason,decided_by,decided_on\n"
      history = "batch,programme,staff_no,id_number,amount,paid_on,status\nt-0,aid,1,,1.00,2023-01-02,paid\n"
      for person in Self.people {
        let unit = person % 2 == 0 ? "甲院" : "乙院"
        if random(data, person, 5) > 0 {
          aid += "\(person),姓名\(person),\(unit),\(random(data, person + 50, 60_000))\n"
        }
        if random(data, person + 100, 3) > 0 { grant += "\(person),姓名\(person),\(unit)\n" }
        roster += "\(person),姓名\(person),\(random(self.roster, person, 6))\n"
        if random(self.history, person, 3) == 0 {
          history += "t-0,aid,\(person),,\(random(self.history, person + 50, 9000)).00,2023-03-01,paid\n"
        }
        if random(decision, person, 4) > 0 {
          decisions += "grant,\(person),\(random(decision, person + 50, 3100)).00,困难,工会,2023-12-01\n"
        }
      }
      let aidPolicy = """
        policy: aid-\(policy)
        programme: aid
        valid: {from: 2023-01-01, to: 2023-12-31}
        fund: f
        when_short: pro_rata
        columns:
          - {name: self_pay, type: money, heading: [自付金额]}
        eligible:
          - {when: roster.contribution_years >= 1}
        benefits:
          - name: b
            base: sum(self_pay)
            rate: \(10 + random(policy, 1, 80))%
        caps: [{per: year, at: \(5000 + random(policy, 2, 9000))}]
        """
      let grantPolicy = """
        policy: grant-\(policy)
        programme: grant
        valid: {from: 2023-01-01, to: 2023-12-31}
        after: [aid]
        benefits:
          - {name: g, committee: {min: 100, max: \(2000 + random(policy, 3, 1500))}}
        offset: [{amount: awarded('aid') / 100}]
        """
      let batch = """
        batch: t-1
        title: 测试
        period: {from: 2023-01-01, to: 2023-12-31}
        pay_date: 2023-12-28
        policies: [p.yaml, g.yaml]
        applications:
          - {programme: aid, files: [a.csv]}
          - {programme: grant, files: [g.csv]}
        roster: [r.csv]
        history: [h.csv]
        decisions: [d.csv]
        funds: {f: {amount: \(10_000 + random(fund, 1, 60_000))}}
        """
      let files = [
        "a.csv": aid, "g.csv": grant, "r.csv": roster, "h.csv": history, "d.csv": decisions,
        "p.yaml": aidPolicy,
        "g.yaml": grantPolicy, "batch.yaml": batch,
      ]
      for (name, text) in files { try scratch.write(folder + "/" + name, text) }
    }
  }

  static func diff(_ scratch: Scratch, _ a: String, _ b: String) throws -> [String: Any] {
    var request = RunRequest(folder: scratch.path + "/" + a)
    request.language = .en
    let result = try Differing.run(
      scratch.path + "/" + a, scratch.path + "/" + b, request: request, store: scratch.path + "/s.sqlite")
    return try #require(JSONSerialization.jsonObject(with: Data(result.json.utf8)) as? [String: Any])
  }

  static func fen(_ value: Any?) throws -> Int64 {
    let text = try #require(value as? String)
    return try #require(DecimalNumber(plain: text)?.mantissa(atScale: 2))
  }

  /// Checks the sums of a comparison.
  /// - Returns: the causes that appear.
  static func sound(_ json: [String: Any]) throws -> Set<String> {
    var (seen, sum): (Set<String>, Int64) = ([], 0)
    for line in try #require(json["lines"] as? [[String: Any]]) {
      let causes = try #require(line["causes"] as? [[String: Any]])
      let parts = try causes.reduce(Int64(0)) { $0 + (try fen($1["amount"])) }
      let (before, after) = (try fen(line["before"]), try fen(line["after"]))
      let difference = try fen(line["difference"])
      #expect(parts == difference && difference == after - before, "\(line)")
      #expect(!causes.isEmpty, "\(line)")
      seen.formUnion(causes.compactMap { $0["cause"] as? String })
      sum += difference
    }
    let whole = try fen(json["difference"])
    #expect(sum == whole)
    let causes = try #require(json["causes"] as? [String: Any])
    var named: Int64 = 0
    for cause in causes.values { named += try fen(cause) }
    #expect(named == sum)
    return seen
  }

  /// Whatever changes together, the causes of a line add up to its difference, and the lines to the total.
  @Test(arguments: 1...25) func causesAddUp(seed: Int) throws {
    let scratch = try Scratch()
    let first = Parts(data: seed, roster: seed, history: seed, decision: seed, policy: seed, fund: seed)
    func other(_ bit: Int) -> Int { (seed >> bit) & 1 == 0 ? seed + 1000 : seed }
    let second = Parts(
      data: other(0), roster: other(1), history: other(2), decision: other(3), policy: other(4),
      fund: seed + 500)
    try first.write(scratch, "a")
    try second.write(scratch, "b")
    let json = try Self.diff(scratch, "a", "b")
    _ = try Self.sound(json)
    let totals = try ["a", "b"].map { folder in
      try BatchRun.run(
        RunRequest(folder: scratch.path + "/" + folder).elsewhere(scratch)
      ).report.book.paid.plain
    }
    #expect([json["total_a"], json["total_b"]].map { $0 as? String } == totals)
  }

  /// A single change is the only cause, besides the fund that pays for it.
  @Test func oneChangeHasOneCause() throws {
    let changes: [(WritableKeyPath<Parts, Int>, String)] = [
      (\.data, "data"), (\.roster, "history"), (\.history, "history"), (\.decision, "decision"),
      (\.policy, "policy"), (\.fund, "pool"),
    ]
    for (part, cause) in changes {
      let scratch = try Scratch()
      let first = Parts()
      var second = Parts()
      second[keyPath: part] = 77
      try first.write(scratch, "a")
      try second.write(scratch, "b")
      let seen = try Self.sound(try Self.diff(scratch, "a", "b"))
      #expect(seen.contains(cause) && seen.isSubset(of: [cause, "pool"]), "\(cause): \(seen)")
      let same = try Self.diff(scratch, "b", "b")
      #expect((same["lines"] as? [Any])?.isEmpty == true && same["difference"] as? String == "0.00")
    }
  }

  @Test func whoIsNewGoneAndChanged() throws {
    let scratch = try SimulationTests.scratch()
    for name in ["batch.yaml", "p.yaml"] { try scratch.write("c/" + name, scratch.text("b/" + name)) }
    let list = SimulationTests.list.replacing("1001,张三,甲院,1000", with: "1009,新人,甲院,2000")
      .replacing("1003,王五,乙院,8000", with: "1003,王五,乙院,9000")
    try scratch.write("c/a.csv", list)
    let json = try Self.diff(scratch, "b", "c")
    #expect(["new", "gone", "changed", "unchanged"].map { json[$0] as? Int } == [1, 1, 1, 2])
    let lines = try #require(json["lines"] as? [[String: Any]])
    #expect(lines.map { $0["staff_no"] as? String } == ["1003", "1001", "1009"])
    #expect(lines.map { $0["difference"] as? String } == ["250.00", "-250.00", "500.00"])
    #expect((json["causes"] as? [String: String])?["data"] == "500.00")
  }

  /// A stopped run pays no one: the cause is the fund, not the data.
  @Test func aStoppedRunIsThePools() throws {
    let scratch = try SimulationTests.scratch([
      ("p.yaml", "columns:", "fund: f\nwhen_short: stop\ncolumns:"),
      ("batch.yaml", "policies:", "funds: {f: {amount: 100000}}\npolicies:"),
    ])
    for name in ["a.csv", "p.yaml"] { try scratch.write("c/" + name, scratch.text("b/" + name)) }
    try scratch.write("c/batch.yaml", scratch.text("b/batch.yaml").replacing("100000", with: "10"))
    let json = try Self.diff(scratch, "b", "c")
    #expect(json["total_b"] as? String == "0.00" && json["changed"] as? Int == 4)
    #expect(try Self.sound(json) == ["pool"])
  }

  /// Results alone can be compared too, with a remark; results that follow from their inputs are explained.
  @Test func ledgersAndFoldersOfResults() throws {
    let scratch = try SimulationTests.scratch()
    let batch = scratch.path + "/b"
    var run = RunRequest(folder: batch)
    run.store = scratch.path + "/s.sqlite"
    run.depth = .post
    _ = try BatchRun.run(run)
    try scratch.write("c/p.yaml", BadInput.policy.replacing("25%", with: "20%"))
    for name in ["a.csv", "batch.yaml"] { try scratch.write("c/" + name, scratch.text("b/" + name)) }
    run = RunRequest(folder: scratch.path + "/c")
    (run.store, run.depth) = (scratch.path + "/s2.sqlite", .post)
    _ = try BatchRun.run(run)
    let explained = try Self.diff(scratch, "b/out", "c/out")
    #expect(try Self.sound(explained) == ["policy"])
    // The input has changed since: only the results are available.
    try scratch.write("c/p.yaml", BadInput.policy.replacing("25%", with: "21%"))
    let ledger = "out/ledgers/t-1-finance-office.csv"
    for (a, b) in [("b/out", "c/out"), ("b/" + ledger, "c/" + ledger)] {
      let json = try Self.diff(scratch, a, b)
      #expect(json["changed"] as? Int == 4 && json["difference"] as? String == "-2450.00", "\(a)")
      #expect(json["causes"] is NSNull && (json["why"] as? String)?.contains("not known") == true)
    }
    func refused(_ a: String, _ b: String) -> String {
      do throws(PipelineFailure) {
        let paths = (scratch.path + "/" + a, scratch.path + "/" + b)
        _ = try Differing.run(paths.0, paths.1, request: run, store: nil)
        return "accepted"
      } catch {
        return error.text(.en)
      }
    }
    #expect(refused("b", "c/" + ledger).contains("compared with a ledger only"))
    #expect(refused("b/out/ledgers", "c").contains("neither batch.yaml nor manifest.json"))
    #expect(refused("b/none.csv", "c/" + ledger).contains("FILE-MISSING"))
    #expect(refused("b/batch.yaml", "c/" + ledger).contains("→"))
    let told = try ProgramTests.run([
      "diff", batch, scratch.path + "/c", "--store", scratch.path + "/s3.sqlite",
    ])
    #expect(told.status == 0 && told.out.contains("办法") && told.out.contains("1004"), "\(told)")
    #expect(try ProgramTests.run(["diff", batch]).status == 64)
    #expect(try ProgramTests.run(["diff", batch, batch + "/nowhere"]).status == 2)
  }
}

extension RunRequest {
  /// A dry run that writes into a folder of the test.
  fileprivate func elsewhere(_ scratch: Scratch) -> RunRequest {
    var request = self
    request.out = scratch.path + "/rehearsed-\(UUID().uuidString)"
    request.store = scratch.path + "/s.sqlite"
    return request
  }
}
