import AidModel
import AidPipeline
import Foundation
import Testing

/// The cost of a batch under other policies matches a run with the changed policy, and nothing is written.
@Suite struct SimulationTests {
  static let list = """
    工号,姓名,单位,自付金额,附注
    1001,张三,甲院,1000,
    1002,李四,甲院,30000,7
    1003,王五,乙院,8000,
    1004,赵六,乙院,100000,9

    """

  static func scratch(_ changes: [(file: String, from: String, to: String)] = []) throws -> Scratch {
    try BadInput.scratch([("a.csv", "", list)] + changes)
  }

  /// The batch's policy with one text replaced, as a file beside the batch.
  static func candidate(_ scratch: Scratch, _ name: String, _ from: String, _ to: String) throws -> String {
    let text = BadInput.policy.replacing(from, with: to).replacing("policy: p-1", with: "policy: \(name)")
    #expect(text != BadInput.policy)
    try scratch.write(name + ".yaml", text)
    return scratch.path + "/" + name + ".yaml"
  }

  static func json(_ scratch: Scratch, policies: [String] = [], sweeps: [String] = []) throws -> [String: Any]
  {
    var request = scratch.request(scratch.path + "/b")
    request.language = .en
    let result = try Simulation.run(request, policies: policies, sweeps: sweeps)
    let object = try JSONSerialization.jsonObject(with: Data(result.json.utf8))
    return try #require(object as? [String: Any])
  }

  static func refusal(_ scratch: Scratch, policies: [String] = [], sweeps: [String] = []) -> String? {
    do throws(PipelineFailure) {
      _ = try Simulation.run(scratch.request(scratch.path + "/b"), policies: policies, sweeps: sweeps)
      return nil
    } catch {
      return error.text(.en)
    }
  }

  @Test func candidatesStandSideBySide() throws {
    let scratch = try Self.scratch()
    // 250 + 8000 + 2000 + 29000 under the batch's own policy.
    let cut = try Self.candidate(scratch, "cut", "rate: 25%", "rate: 20%")
    let capped = try Self.candidate(
      scratch, "capped", "benefits:", "caps: [{per: award, at: 8000}]\nbenefits:")
    let floor = try Self.candidate(scratch, "floor", "    marginal:", "    gate: base >= 8000\n    marginal:")
    let json = try Self.json(scratch, policies: [cut, capped, floor])
    let own = try #require(json["own"] as? [String: Any])
    #expect(own["amount"] as? String == "39250.00" && own["people"] as? Int == 4)
    let columns = try #require(json["candidates"] as? [[String: Any]])
    #expect(columns.map { $0["policy"] as? String } == ["cut", "capped", "floor"])
    #expect(columns.map { $0["amount"] as? String } == ["36800.00", "18250.00", "39000.00"])
    #expect(columns.map { $0["difference"] as? String } == ["-2450.00", "-21000.00", "-250.00"])
    #expect(columns.map { $0["lose"] as? Int } == [4, 1, 0])
    #expect(columns.map { $0["leave"] as? Int } == [0, 0, 1])
    #expect(columns.map { $0["unchanged"] as? Int } == [0, 3, 3])
    let units = try #require(columns[1]["units"] as? [[String: Any]])
    #expect(units.map { $0["difference"] as? String } == ["-21000.00", "0.00"])
    let bands = try #require(columns[1]["bands"] as? [[String: Any]])
    #expect(bands.map { $0["people"] as? Int } == [1, 1, 2, 0, 0, 0])
    let largest = try #require(columns[1]["largest"] as? [[String: Any]])
    #expect(largest.count == 1 && largest[0]["staff_no"] as? String == "1004")
    #expect(!scratch.exists("out") && !scratch.exists("store.sqlite"))
  }

  /// A simulated total equals what a run under the changed policy pays, whichever columns it requests.
  @Test func itIsWhatARunWouldPay() throws {
    let changes: [(String, String)] = [
      ("rate: 30%", "rate: 50%"), ("base: sum(self_pay)", "deductible: 500\n    base: sum(self_pay)"),
      (
        "benefits:",
        "  - {name: extra, type: number, heading: [附注], blank: 0}\ncount:\n  - {when: extra > 5}\nbenefits:"
      ),
    ]
    for (i, (from, to)) in changes.enumerated() {
      let scratch = try Self.scratch()
      let file = try Self.candidate(scratch, "c-\(i)", from, to)
      let columns = try #require(try Self.json(scratch, policies: [file])["candidates"] as? [[String: Any]])
      try scratch.write("b/p.yaml", scratch.text("c-\(i).yaml"))
      let paid = try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse)).report.book.paid
      #expect(columns[0]["amount"] as? String == paid.plain && paid > .zero, "\(to)")
    }
  }

  @Test func theSampleBatchUnderItsOwnPolicyIsUnchanged() throws {
    let scratch = try Scratch()
    let file = Project.sample + "/policies/serious-illness-mutual-aid.yaml"
    let request = scratch.request(Project.sample)
    let result = try Simulation.run(request, policies: [file], sweeps: [])
    let object = try JSONSerialization.jsonObject(with: Data(result.json.utf8)) as? [String: Any]
    let columns = try #require(object?["candidates"] as? [[String: Any]])
    #expect(columns[0]["difference"] as? String == "0.00")
    #expect((columns[0]["largest"] as? [Any])?.isEmpty == true)
    let again = try Simulation.run(request, policies: [file], sweeps: [])
    #expect(again.html == result.html && again.text == result.text)
  }

  @Test func aSweepTellsTheCostOfEachValue() throws {
    let scratch = try Self.scratch([("p.yaml", "    marginal:", "    deductible: 0\n    marginal:")])
    let json = try Self.json(scratch, sweeps: ["deductible=0..2000:1000", "b.marginal.1.rate=20%..30%:5%"])
    let sweeps = try #require(json["sweeps"] as? [[String: Any]])
    #expect(sweeps.map { $0["parameter"] as? String } == ["aid:b.deductible", "aid:b.marginal.1.rate"])
    func points(_ sweep: Int, _ key: String) throws -> [String?] {
      try #require(sweeps[sweep]["points"] as? [[String: Any]]).map { $0[key] as? String }
    }
    #expect(try points(0, "value") == ["0", "1000", "2000"])
    // 1,000 less for each base: 25 % of two of them, 30 % of the other two, and one drops out.
    #expect(try points(0, "amount") == ["39250.00", "38150.00", "37300.00"])
    #expect(try points(1, "value") == ["20%", "25%", "30%"])
    #expect(try points(1, "difference") == ["-2450.00", "0.00", "2450.00"])
  }

  /// Every name listed in the message can be swept, and its own value changes nothing.
  @Test func everyParameterListedCanBeSwept() throws {
    let scratch = try Scratch()
    let request = scratch.request(Project.sample)
    let message = #expect(throws: PipelineFailure.self) {
      try Simulation.run(request, policies: [], sweeps: ["nonsense=1..2:1"])
    }
    let lines = (message?.text(.en) ?? "").split(separator: "\n").filter { $0.contains(" = ") }
    #expect(lines.count >= 15, "\(lines)")
    let sweeps = lines.map { line in
      let parts = line.split(separator: " = ").map { $0.trimmingPrefix { $0 == " " } }
      let step = parts[1].hasSuffix("%") ? "1%" : "1"
      return "\(parts[0])=\(parts[1])..\(parts[1]):\(step)"
    }
    let json = try Simulation.run(request, policies: [], sweeps: sweeps).json
    #expect(json.matches(of: /"parameter":/).count == lines.count)
    #expect(json.matches(of: /"refused": "/).isEmpty)
    #expect(json.matches(of: /"difference": "-?[1-9]/).isEmpty)
  }

  @Test func aValueThePolicyCannotHaveHasNoFigure() throws {
    let scratch = try Self.scratch()
    let json = try Self.json(scratch, sweeps: ["marginal.1.rate=90%..110%:10%"])
    let points = try #require((json["sweeps"] as? [[String: Any]])?[0]["points"] as? [[String: Any]])
    #expect(points.map { $0["refused"] == nil } == [true, true, false])
  }

  @Test func refusalsSayWhereAndWhatToDo() throws {
    let scratch = try Self.scratch()
    func refused(_ from: String, _ to: String, says: String) throws {
      let file = try Self.candidate(scratch, "bad", from, to)
      let text = Self.refusal(scratch, policies: [file]) ?? "accepted"
      #expect(text.contains(says) && text.contains("bad.yaml") && text.contains("→"), "\(text)")
    }
    try refused("2023-12-31", "2023-06-30", says: "not valid on 2023-12-31")
    try refused("programme: aid", "programme: other", says: "no programme 'other'")
    try refused("columns:", "fund: nowhere\ncolumns:", says: "no fund 'nowhere'")
    try refused(
      "columns:", "examples: [{rows: [{self_pay: 100}], pays: 1}]\ncolumns:", says: "does not come out")
    try refused("rate: 25%", "rate: self_pay", says: "a number is wanted here")
    let missing = Self.refusal(scratch, policies: [scratch.path + "/none.yaml"])
    #expect(missing?.contains("none.yaml") == true)
    for sweep in ["x", "rate", "rate=1..2", "rate=2..1:1", "rate=1..2:0", "rate=1%..2:1", "rate=0..9999:1"] {
      #expect(Self.refusal(scratch, sweeps: [sweep])?.contains("cannot be read") == true, "\(sweep)")
    }
    #expect(Self.refusal(scratch, sweeps: ["rate=0..1:1"])?.contains("may be any of") == true)
    #expect(Self.refusal(scratch, sweeps: ["gate=0..1:1"])?.contains("b.marginal.2.rate = 30%") == true)
  }

  /// A short fund with `stop` still gives a result: what would be due, and that a run would stop.
  @Test func aShortFundIsTold() throws {
    let scratch = try Self.scratch([
      ("p.yaml", "columns:", "fund: f\nwhen_short: stop\ncolumns:"),
      ("batch.yaml", "policies:", "funds: {f: {amount: 10000}}\npolicies:"),
    ])
    let text = scratch.text("b/p.yaml").replacing("policy: p-1", with: "policy: half")
      .replacing("rate: 30%", with: "rate: 15%")
    try scratch.write("half.yaml", text)
    let json = try Self.json(scratch, policies: [scratch.path + "/half.yaml"])
    let column = try #require((json["candidates"] as? [[String: Any]])?.first)
    #expect(column["amount"] as? String == "25750.00")
    #expect((column["stops"] as? [String])?.first?.contains("short") == true)
  }

  @Test func thePageStandsAlone() throws {
    let scratch = try Self.scratch([("a.csv", "甲院", "<甲&院>")])
    let cut = try Self.candidate(scratch, "cut", "rate: 25%", "rate: 20%")
    let options = ["--store", scratch.path + "/s.sqlite"]
    let page = scratch.path + "/page.html"
    let batch = scratch.path + "/b"
    let run = try ProgramTests.run(
      ["simulate", batch, "--policy", cut, "--sweep", "b.marginal.1.rate=0%..25%:5%", "--html", page]
        + options)
    #expect(run.status == 0 && run.out.contains("36,800.00 (-2,450.00)"), "\(run)")
    let html = scratch.text("page.html")
    #expect(html.contains("&lt;甲&amp;院&gt;") && !html.contains("<甲"))
    #expect(!html.contains("src=") && !html.contains("href=") && html.contains("size: A4"))
    #expect(html.matches(of: /<svg/).count == 2)
    #expect(!scratch.exists("b/out") && !scratch.exists("s.sqlite"))
    #expect(try ProgramTests.run(["simulate", batch]).status == 64)
    #expect(try ProgramTests.run(["simulate", batch, "--policy", batch + "/none.yaml"]).status == 2)
    _ = try ProgramTests.run(["run", batch] + options)
    let inside = ["simulate", batch, "--policy", cut, "--html", batch + "/out/page.html"] + options
    #expect(try ProgramTests.run(inside).status == 2 && !scratch.exists("b/out/page.html"))
  }
}
