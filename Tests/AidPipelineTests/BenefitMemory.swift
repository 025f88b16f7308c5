import AidModel
import AidPipeline
import Testing

/// What the store and lists of payments remember about the benefits.
@Suite struct BenefitMemory {
  static let policy = Office.policy.replacing(
    "  - {name: b, base: sum(self_pay), rate: 50%}",
    with: "  - {name: 住院, base: sum(self_pay), rate: 50%}\n  - {name: 护理, amount: 100}")

  private static let head =
    "batch,programme,staff_no,id_number,amount,paid_on,status,record,benefit,of,base,remembered,"
    + "name,account,phone,period_from,period_to,contents"

  private func lines(_ office: Office, _ store: String? = nil) throws -> [String] {
    let path = store ?? office.request("t-1").store
    return String(decoding: try PaymentHistory.export(store: path, asJSON: false), as: UTF8.self)
      .split(whereSeparator: \.isNewline).map(String.init)
  }

  @Test func aPaymentRemembersWhatItsBenefitsGave() throws {
    let office = try Office()
    try office.batch("t-1", ["1001,600,2023-05-01", "1002,1000,2023-05-01"], policy: Self.policy)
    #expect(try office.run("t-1", .post) == ["1001": "400.00", "1002": "500.00"])
    let told = try lines(office)
    #expect(told[0] == Self.head)
    func tail(_ staffNo: String) -> [String] {
      told.filter { $0.contains(",\(staffNo),") }.map { line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        return ([fields[4]] + fields[8...10]).joined(separator: ",")
      }
    }
    #expect(tail("1001") == ["300.00,住院,,600.00", "100.00,护理,,"])
    // The yearly cap of 500 reduces the last benefit.
    #expect(tail("1002") == ["500.00,住院,,1000.00", "0.00,护理,,"])

    // An export gives a new store the same contents, and is no news to a store that knows it.
    try office.scratch.write("h.csv", told.map { $0 + "\n" }.joined())
    let path = office.scratch.path + "/h.csv"
    let again = office.scratch.path + "/again.sqlite"
    _ = try HistoryImport.run([path], store: again, templates: nil, language: .zh)
    #expect(try lines(office, again) == told)
    #expect(try office.take("h.csv").contains("新增 0 笔，状态变化 0 笔，已有 2 笔"))
    #expect(try Verification.verify(office.request("t-1")).isSound)
  }

  /// A list that names the benefits completes an older list without them.
  @Test func aLaterListTellsTheBenefits() throws {
    let office = try Office()
    try office.list("old.csv", ["t-0,aid,1001,,500.00,2023-03-01,已发"])
    try office.take("old.csv")
    try office.scratch.write(
      "new.csv",
      "批次,项目,工号,金额,发放日期,补助项,基数\nt-0,aid,1001,300,2023-03-01,住院,600\nt-0,aid,1001,200,2023-03-01,护理,\n")
    #expect(try office.take("new.csv").contains("新增 0 笔，状态变化 0 笔，已有 1 笔"))
    #expect(
      try lines(office)[1...] == [
        "t-0,aid,1001,,300.00,2023-03-01,已发,,住院,,600.00,,,,,,,",
        "t-0,aid,1001,,200.00,2023-03-01,已发,,护理,,,,,,,,,",
      ])
  }

  /// Claims add up over batches, also one for which nothing was due.
  @Test func aClaimForNothingCountsInTheNextBatch() throws {
    let office = try Office()
    let policy = Office.policy.replacing(
      "{name: b, base: sum(self_pay), rate: 50%}",
      with: "{name: b, base: sum(self_pay), cumulative: year, deductible: 1000, rate: 50%}")
    try office.batch("t-1", ["1001,800,2023-05-01", "1002,1400,2023-05-01"], policy: policy)
    #expect(try office.run("t-1", .post) == ["1001": "zero", "1002": "200.00"])
    try office.batch(
      "t-2", ["1001,700,2023-06-01", "1002,400,2023-06-01"], policy: policy, day: "2023-12-30")
    #expect(try office.run("t-2", .post) == ["1001": "250.00", "1002": "200.00"])
    #expect(try Verification.verify(office.request("t-2")).isSound)
    // Another store learns it from the list, the claim for nothing too.
    try office.scratch.write(
      "h.csv", try PaymentHistory.export(store: office.request("t-1").store, asJSON: false))
    try office.batch(
      "t-3", ["1001,100,2023-07-01"], policy: policy, beside: "history: [h.csv]", day: "2023-12-31")
    try office.scratch.write("t-3/h.csv", office.scratch.text("h.csv"))
    var request = office.request("t-3", .rehearse)
    request.store = office.scratch.path + "/other.sqlite"
    #expect(try Office.awards(BatchRun.run(request).report) == ["1001": "50.00"])
  }

  /// A benefit's yearly cap looks at that benefit; a payment that does not name its benefit is asked after.
  @Test func aBenefitsCapLooksAtTheBenefit() throws {
    let office = try Office()
    let policy = Self.policy.replacing("caps:\n  - {per: year, at: 500}", with: "").replacing(
      "rate: 50%}", with: "rate: 50%, caps: [{per: year, at: 500}]}")
    try office.batch("t-1", ["1001,600,2023-05-01"], policy: policy)
    #expect(try office.run("t-1", .post) == ["1001": "400.00"])
    try office.batch(
      "t-2", ["1001,900,2023-06-01", "1002,900,2023-06-01"], policy: policy, day: "2023-12-30")
    try office.list("old.csv", ["t-0,aid,1002,,450.00,2023-03-01,已发"])
    try office.take("old.csv")
    #expect(try office.run("t-2") == ["1001": "300.00", "1002": "held"])
    #expect(try office.codes("t-2").contains("BENEFIT-UNKNOWN"))
    try office.scratch.write(
      "new.csv", "批次,项目,工号,金额,发放日期,补助项\nt-0,aid,1002,350,2023-03-01,住院\nt-0,aid,1002,100,2023-03-01,护理\n")
    try office.take("new.csv")
    #expect(try office.run("t-2", .post) == ["1001": "300.00", "1002": "250.00"])
    #expect(try Verification.verify(office.request("t-2")).isSound)
  }

  @Test func aValueIsRememberedFromBatchToBatch() throws {
    let office = try Office()
    let policy =
      Office.policy.replacing(
        "columns:",
        with:
          "values:\n  - {name: 天数, value: \"min(sum(days), 10 - remembered('天数').year)\", remember: true}\ncolumns:"
      ).replacing("caps:\n  - {per: year, at: 500}", with: "")
      .replacing("{name: b, base: sum(self_pay), rate: 50%}", with: "{name: b, amount: 天数 * 50元}")
      .replacing(
        "{name: self_pay, type: money, heading: [自付金额]}", with: "{name: days, type: integer, heading: [自付金额]}"
      )
    try office.batch("t-1", ["1001,7,2023-05-01"], policy: policy)
    #expect(try office.run("t-1", .post) == ["1001": "350.00"])
    try office.batch("t-2", ["1001,8,2023-06-01"], policy: policy, day: "2023-12-30")
    #expect(try office.run("t-2", .post) == ["1001": "150.00"])
    #expect(try Verification.verify(office.request("t-2")).isSound)
    #expect(try lines(office).filter { $0.contains(",天数=7") || $0.contains(",天数=3") }.count == 2)
  }

  /// In one list: the second claim is not paid at the first one's rate while nobody can read the first.
  @Test func aLaterRowWaitsForAnEarlierOne() throws {
    let office = try Office()
    let policy = Office.policy.replacing("benefits:", with: "award_per: row\norder: [discharged]\nbenefits:")
      .replacing("base: sum(self_pay)", with: "base: self_pay")
    try office.batch(
      "t-1", ["1001,800,2023-07-01", "1001,若干,2023-06-01", "1001,100,2023-05-01", "1002,300,2023-05-01"],
      policy: policy)
    let report = try BatchRun.run(office.request("t-1", .rehearse)).report
    let ends = report.book.entries.map { "\($0.claim) \($0.outcome.rawValue) \($0.amount)" }.sorted()
    #expect(ends == ["0 held 0.00", "1 held 0.00", "2 paid 50.00", "3 paid 150.00"])
    #expect(report.findings.filter { $0.kind.code == "EARLIER-WAITS" }.map { "\($0.place)" } == ["a.csv!2"])
    // A policy that looks at nothing before pays the third.
    try office.batch(
      "t-2", ["1001,800,2023-07-01", "1001,若干,2023-06-01"],
      policy: policy.replacing("caps:\n  - {per: year, at: 500}", with: ""))
    let other = try BatchRun.run(office.request("t-2", .rehearse)).report
    #expect(other.book.entries.map(\.outcome).sorted { $0.rawValue < $1.rawValue } == [.held, .paid])
  }

  /// A column filled with one household number joins nobody: its rows wait.
  @Test func aCrowdedHouseholdWaits() throws {
    let office = try Office()
    let policy = Office.policy.replacing(
      "{per: year, at: 500}", with: "{per: year, at: 500, unit: household}")
    try office.batch("t-1", [], policy: policy)
    let rows = (1...65).map { "\(1000 + $0),张三,1,7\n" }.joined()
    try office.scratch.write("t-1/a.csv", "工号,姓名,自付金额,户号\n" + rows + "2000,李四,10,8\n")
    let awards = try office.run("t-1")
    #expect(awards["2000"] == "5.00" && awards["1001"] == "held")
    #expect(try office.codes("t-1").count { $0 == "PERSON-CONFLICT" } == 65)
  }
}
