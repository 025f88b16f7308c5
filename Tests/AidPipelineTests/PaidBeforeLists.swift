import AidModel
import AidPipeline
import Testing

/// What lists of earlier payments report, under `history:` and through `history import`.
@Suite struct PaidBeforeLists {
  /// The bank returned a payment: the person can be paid, and nothing counts twice.
  @Test(arguments: ["退票", "退汇", "returned", "发放失败"], [true, false])
  func aReturnedPaymentIsRecordedAndCounts(_ status: String, _ imported: Bool) throws {
    let office = try Office()
    try office.batch("t-1", ["1001,1000,2023-05-01", "1002,1000,2023-05-01"])
    #expect(try office.run("t-1", .post) == ["1001": "500.00", "1002": "500.00"])
    try office.list("returns.csv", ["t-1,aid,1001,,500.00,2023-12-28,\(status)"])
    if imported {
      #expect(try office.take("returns.csv").contains("新增 0 笔，状态变化 1 笔，已有 0 笔"))
      #expect(try office.take("returns.csv").contains("状态变化 0 笔，已有 1 笔"))
    }
    try office.batch(
      "t-2", ["1001,1000,2023-05-01", "1002,900,2023-06-01"],
      beside: imported ? "" : "history: [h.csv]", day: "2023-12-30")
    if !imported { try office.list("t-2/h.csv", ["t-1,aid,1001,,500.00,2023-12-28,\(status)"]) }
    #expect(try office.run("t-2") == ["1001": "500.00", "1002": "zero"])
    #expect(try Verification.verify(office.request("t-1")).isSound)
  }

  /// A manual payment under the name of a posted batch is a new payment; the batch's own are known.
  @Test func aPaymentIsKnownByMoreThanItsBatch() throws {
    let office = try Office()
    try office.batch("t-1", ["1001,1000,2023-05-01"], day: "2023-06-28")
    try office.run("t-1", .post)
    let lines = ["t-1,aid,1001,,500.00,2023-06-28,已发", "t-1,困难补助,1006,,400.00,2023-07-05,已发"]
    try office.batch("t-2", ["1006,1000,2023-05-01"], beside: "history: [h.csv]")
    try office.list("t-2/h.csv", lines)
    #expect(try office.run("t-2") == ["1006": "100.00"])
    let found = try BatchRun.run(office.request("t-2", .rehearse)).report.findings
    #expect(found.filter { $0.kind.code == "HISTORY-KNOWN" }.map(\.arguments) == [["1"]])
    try office.batch("t-3", ["1006,1000,2023-05-01"])
    try office.list("h.csv", lines)
    let told = try office.take("h.csv")
    #expect(told.contains("新增 1 笔，状态变化 0 笔，已有 1 笔") && told.contains("h.csv!2  t-1 aid 1001 500.00"))
    #expect(try office.run("t-3") == ["1006": "100.00"])
  }

  /// A programme's payments are found by its title, its policy's id and its own id.
  @Test(arguments: ["aid", "困难补助", "aid-2023", " 困难 补助", "ＡＩＤ"], [true, false])
  func aProgrammeIsKnownByAnyOfItsNames(_ name: String, _ imported: Bool) throws {
    let office = try Office()
    try office.batch("t-1", ["1001,2000,2023-05-01"], beside: imported ? "" : "history: [h.csv]")
    try office.list(imported ? "h.csv" : "t-1/h.csv", ["t-0,\(name),1001,,400.00,2023-03-01,"])
    if imported { try office.take("h.csv") }
    #expect(try office.run("t-1") == ["1001": "100.00"])
  }

  @Test func whatContradictsStopsAndChangesNothing() throws {
    let office = try Office()
    try office.batch("t-1", ["1001,1000,2023-05-01"])
    try office.run("t-1", .post)
    for line in ["t-1,aid,1001,,600.00,2023-12-28,已发", "t-1,困难补助,1001,,500.00,2024-01-05,已发"] {
      try office.list("h.csv", [line])
      let failure = #expect(throws: PipelineFailure.self) { try office.take("h.csv") }
      #expect(failure?.text(.zh).contains("h.csv!2") == true, "\(line)")
      try office.batch("t-2", ["1001,900,2023-06-01"], beside: "history: [h.csv]")
      try office.list("t-2/h.csv", [line])
      #expect(throws: PipelineFailure.self, "\(line)") { try office.run("t-2") }
    }
    #expect(
      try PaymentHistory.list(store: office.request("t-1").store, language: .zh).text.contains("另有") == false)
  }

  /// Money cannot come back that never went out.
  @Test(arguments: ["退票", "发放失败", "作废"])
  func aReturnOfAPaymentNobodyMadeStops(_ status: String) throws {
    let office = try Office()
    try office.batch("t-1", ["1001,1000,2023-05-01"])
    try office.run("t-1", .post)
    for line in [
      "t-1,aid,1009,,500.00,2023-12-28,\(status)", "t-1,aid,1001,,77.00,2023-11-01,\(status)",
      "t-1,别的,1001,,500.00,2023-12-28,\(status)",
    ] {
      try office.list("h.csv", ["t-1,aid,1001,,500.00,2023-12-28,已发", line])
      let failure = #expect(throws: PipelineFailure.self, "\(line)") { try office.take("h.csv") }
      #expect(failure?.text(.zh).contains("h.csv!3") == true)
      try office.batch("t-2", ["1001,900,2023-06-01", "1009,10,2023-06-01"], beside: "history: [h.csv]")
      try office.list("t-2/h.csv", [line])
      #expect(throws: PipelineFailure.self, "\(line)") { try office.run("t-2") }
    }
    // Of a batch that was not posted here the list may be the only one that tells: it is taken, and said.
    try office.list("h.csv", ["t-0,互助金,1009,,500.00,2022-12-28,\(status)"])
    let told = try office.take("h.csv")
    #expect(told.contains("没有别的记录说发过这一笔") && told.contains("项目 1 个：互助金") && told.contains("批次 1 个：t-0"))
  }

  /// A bank's own words are added beside the batch.
  @Test func aBatchAddsItsOwnStatuses() throws {
    let office = try Office()
    try office.batch("t-1", ["1001,2000,2023-05-01"], beside: "history: [h.csv]")
    try office.list("t-1/h.csv", ["t-0,aid,1001,,400.00,2023-03-01,回款户"])
    #expect(try office.codes("t-1").contains("STATUS-UNKNOWN"))
    try office.scratch.write("t-1/templates/statuses.yaml", "returned: [回款户]\n")
    #expect(try office.run("t-1") == ["1001": "500.00"])
    #expect(office.scratch.text("t-1/out/manifest.json").contains("templates/statuses.yaml"))
    try office.scratch.write("t-1/templates/statuses.yaml", "paid: [退票]\n")
    #expect(throws: PipelineFailure.self) { try office.run("t-1") }
  }

  @Test func theSameLineTwiceIsSaid() throws {
    let office = try Office()
    let lines = ["t-0,aid,1001,,100.00,2023-03-01,已发", "t-0,aid,1001,,100.00,2023-03-01,已发"]
    try office.batch("t-1", ["1001,2000,2023-05-01"], beside: "history: [h.csv]")
    try office.list("t-1/h.csv", lines)
    #expect(try office.run("t-1") == ["1001": "300.00"])
    let found = try BatchRun.run(office.request("t-1", .rehearse)).report.findings
    #expect(
      found.filter { $0.kind.code == "ROW-TWICE" }.map { "\($0.place) \($0.kind.severity)" } == [
        "h.csv!3 note"
      ])
    try office.list("h.csv", lines)
    #expect(try office.take("h.csv").contains("ROW-TWICE"))
  }

  /// Pending, then paid; the same list twice in one call; a list that comes after a posting.
  @Test func aListThatComesAgainCountsOnce() throws {
    let office = try Office()
    try office.batch("t-1", ["1001,2000,2023-05-01"])
    try office.list("pending.csv", ["t-0,aid,1001,,200.00,2023-03-01,待发"])
    try office.list("paid.csv", ["t-0,aid,1001,,200.00,2023-03-01,已发"])
    try office.take("pending.csv")
    #expect(try office.run("t-1") == ["1001": "held"])
    #expect(try office.codes("t-1").contains("EARLIER-WAITS"))
    try office.take("paid.csv", "paid.csv")
    try office.take("pending.csv")
    #expect(try office.run("t-1", .post) == ["1001": "300.00"])
    try office.list("late.csv", ["t-0,aid,1001,,150.00,2023-04-01,已发"])
    try office.take("late.csv")
    #expect(try Verification.verify(office.request("t-1")).isSound)
    // An export gives a new store the same contents.
    let export = try PaymentHistory.export(store: office.request("t-1").store, asJSON: false)
    try office.scratch.write("export.csv", export)
    let again = office.scratch.path + "/again.sqlite"
    _ = try HistoryImport.run(
      [office.scratch.path + "/export.csv"], store: again, templates: nil, language: .zh)
    #expect(try PaymentHistory.export(store: again, asJSON: false) == export)
  }

  /// A policy without a cap or limit does not look at earlier payments: nothing waits.
  @Test func inTransitMattersOnlyWhereItIsLookedAt() throws {
    let office = try Office()
    let policy = Office.policy.replacing("caps:\n  - {per: year, at: 500}", with: "")
    try office.batch("t-1", ["1001,2000,2023-05-01"], policy: policy, beside: "history: [h.csv]")
    try office.list("t-1/h.csv", ["t-0,aid,1001,,200.00,2023-03-01,处理中"])
    #expect(try office.run("t-1") == ["1001": "1000.00"])
  }

  @Test(arguments: ["已核", "部分成功", "PART", "nein", "退票?"])
  func aStatusThatDoesNotTellStops(_ status: String) throws {
    let office = try Office()
    try office.batch("t-1", ["1001,2000,2023-05-01"], beside: "history: [h.csv]")
    for path in ["t-1/h.csv", "h.csv"] {
      try office.list(
        path, ["t-0,aid,1001,,200.00,2023-03-01,\(status)", "t-0,aid,1002,,1.00,2023-03-01,\(status)"])
    }
    let result = try BatchRun.run(office.request("t-1"))
    let found = result.report.findings.filter { $0.kind.code == "STATUS-UNKNOWN" }
    #expect(result.exitStatus == 2 && found.map { "\($0.place)" } == ["h.csv!G2"])
    let failure = #expect(throws: PipelineFailure.self) { try office.take("h.csv") }
    #expect(
      failure?.text(.zh).contains("h.csv!G2") == true && failure?.text(.zh).contains("STATUS-UNKNOWN") == true
    )
  }

  /// However lists are provided (under `history:`, imported, both, again, before or after a posting), the
  /// awards are the same.
  @Test func itDoesNotMatterHowListsAreGiven() throws {
    for seed in 1...6 {
      var random = Seeded(UInt64(seed))
      let files = Self.lists(&random)
      let rows = (1...4).map { "100\($0),2000,2023-05-01" }
      var results: [[String: String]] = []
      for arrangement in 0..<6 {
        let office = try Office()
        try office.batch("t-1", ["1001,100,2023-02-01", "1002,60,2023-02-01"], day: "2023-02-28")
        for (i, lines) in files.enumerated() {
          try office.list("h\(i).csv", lines)
        }
        // How many of the lists are imported; the others are under `history:`, in order.
        let imported = [0, 3, 3, 1, 2, 3][arrangement]
        let names = (0..<3).map { "h\($0).csv" }
        if arrangement == 5 {
          for name in names { try office.take(name) }
        }
        try office.run("t-1", .post)
        if arrangement != 5 { for name in names.prefix(imported) { try office.take(name) } }
        if arrangement == 2 { for name in names { try office.take(name) } }
        let listed = arrangement == 4 ? names : Array(names.dropFirst(imported))
        // A list in the folder must be read, or the batch stops.
        for name in listed { try office.list("t-2/" + name, files[names.firstIndex(of: name) ?? 0]) }
        try office.batch(
          "t-2", rows, beside: listed.isEmpty ? "" : "history: [\(listed.joined(separator: ", "))]")
        results.append(try office.run("t-2"))
      }
      #expect(Set(results).count == 1, "seed \(seed): \(results)")
    }
  }

  /// Three lists of payments before the posted batch: spelled in different ways, repeated, with later states.
  private static func lists(_ random: inout Seeded) -> [[String]] {
    let names = ["aid", "困难补助", "aid-2023"]
    var payments: [(who: Int, amount: Int, day: Int)] = []
    return (0..<3).map { list in
      var lines: [String] = []
      for _ in 0..<4 {
        payments.append(
          (1 + random.below(4), 10 + payments.count * 10 + random.below(9), 1 + random.below(27)))
      }
      for payment in payments where random.below(3) > 0 {
        let states = list == 0 ? ["已发", "", "待发"] : ["已发", "", "退票"]
        let word = list == 2 && random.below(2) == 0 ? "追回" : states[random.below(3)]
        // No payment returns to being in transit.
        let day = "2023-01-" + (payment.day < 10 ? "0" : "") + "\(payment.day)"
        lines.append(
          "t-0,\(names[random.below(3)]),100\(payment.who),,\(payment.amount).00,\(day),\(word == "待发" ? "已发" : word)"
        )
      }
      return lines
    }
  }

  private struct Seeded {
    var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
    mutating func below(_ n: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(n))
    }
  }
}
