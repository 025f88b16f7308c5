import AidModel
import AidPipeline
import Testing

/// A row paid in an earlier batch is recognised by its contents.
@Suite struct RowsPaidBefore {
  private func held(_ office: Office, _ name: String) throws -> Int {
    try office.codes(name).count { $0 == "ROW-PAID" }
  }

  static let open = Office.policy.replacing("at: 500", with: "at: 50000")

  @Test func aCopiedFolderUnderAnotherNamePaysNobody() throws {
    let office = try Office()
    let rows = ["1001,1000,2023-05-01", "1002,800,2023-06-01", "1003,70,"]
    try office.batch("t-1", rows, policy: Self.open)
    try office.run("t-1", .post)
    try office.batch("t-1A", rows.reversed(), policy: Self.open, day: "2023-12-29")
    #expect(try office.run("t-1A") == ["1001": "held", "1002": "held", "1003": "held"])
    #expect(try held(office, "t-1A") == 3)
    // Other columns, another file: the same rows.
    try office.scratch.write(
      "t-1A/a.csv", "序号,出院日期,自付金额,姓名,工号,备注\n1,2023/5/1,\"1,000.00\",张三,1001,补\n")
    #expect(try office.run("t-1A") == ["1001": "held"])
  }

  /// The policy's name and type for a column are not part of the row's contents.
  @Test(arguments: [
    (
      "name: self_pay, type: money, heading: [自付金额]", "name: paid_self, type: money, heading: [自付金额]",
      "sum(paid_self)"
    ),
    ("type: money, heading: [自付金额]", "type: number, heading: [自付金额]", "sum(self_pay) * 1元"),
  ])
  func aRowIsKnownUnderOtherNames(_ column: String, _ other: String, _ base: String) throws {
    let office = try Office()
    let rows = ["1001,1000,2023-05-01", "1003,70,"]
    try office.batch("t-1", rows, policy: Self.open)
    try office.run("t-1", .post)
    let policy = Self.open.replacing(column, with: other).replacing("sum(self_pay)", with: base)
    #expect(!policy.sameScalars(as: Self.open))
    try office.batch("t-2", rows, policy: policy)
    #expect(try office.run("t-2") == ["1001": "held", "1003": "held"])
  }

  /// A programme is identified by its title and policies too, not only by its id.
  @Test func aProgrammeUnderAnotherIDIsTheSame() throws {
    let office = try Office()
    let rows = ["1001,1000,2023-05-01", "1003,70,"]
    try office.batch("t-1", rows, policy: Self.open)
    try office.run("t-1", .post)
    try office.batch("t-2", rows, policy: Self.open.replacing("programme: aid", with: "programme: aid-new"))
    let file = "t-2/batch.yaml"
    try office.scratch.write(
      file, office.scratch.text(file).replacing("programme: aid,", with: "programme: aid-new,"))
    #expect(try office.run("t-2") == ["1001": "held", "1003": "held"])
  }

  @Test func whatIsAnotherMatterIsPaid() throws {
    let office = try Office()
    try office.batch("t-1", ["1001,1000,2023-05-01", "1003,70,", "1004,60,"], policy: Self.open)
    try office.run("t-1", .post)
    // Another amount, another day, another person.
    try office.batch(
      "t-2", ["1001,1001,2023-05-01", "1001,1000,2023-05-02", "1003,71,2023-07-01", "1002,60,"],
      policy: Self.open)
    #expect(try office.run("t-2") == ["1001": "1000.50", "1003": "35.50", "1002": "30.00"])
    // The next year the same figure without a day is another payment; a day of last year is not.
    let next = "{from: 2024-01-01, to: 2024-12-31}"
    try office.batch(
      "t-3", ["1001,1000,2023-05-01", "1003,70,"], policy: Self.open, period: next, day: "2024-12-27")
    #expect(try office.run("t-3") == ["1001": "held", "1003": "35.00"])
    // December's list sent again in January is the same list.
    let january = "{from: 2024-01-01, to: 2024-01-31}"
    try office.batch("t-4", ["1003,70,"], policy: Self.open, period: january, day: "2024-01-26")
    #expect(try office.run("t-4") == ["1003": "held"])
  }

  @Test func whatCameBackIsPaidAgain() throws {
    let office = try Office()
    try office.batch("t-1", ["1001,1000,2023-05-01"], policy: Self.open)
    try office.run("t-1", .post)
    try office.batch("t-2", ["1001,1000,2023-05-01"], policy: Self.open, day: "2023-12-30")
    #expect(try office.run("t-2") == ["1001": "held"])
    try office.list("r.csv", ["t-1,aid,1001,,500.00,2023-12-28,退票"])
    try office.take("r.csv")
    #expect(try office.run("t-2", .post) == ["1001": "500.00"])
    #expect(try Verification.verify(office.request("t-2")).isSound)
    try office.batch("t-3", ["1001,1000,2023-05-01"], policy: Self.open)
    #expect(try office.run("t-3") == ["1001": "held"])
  }

  /// A household limit counts what the spouse received before, and in the same batch.
  @Test func aHouseholdsLimitCountsTheSpouse() throws {
    let office = try Office()
    let policy =
      Self.open.replacing("base: sum(self_pay), rate: 50%", with: "amount: 100")
      + "\nlimit: {per: year, times: 1, unit: household}\n"
    let heading = "工号,姓名,身份证号,配偶身份证号,自付金额,出院日期\n"
    let (own, spouse) = ("42010019800101101X", "42010019820202102X")
    for (name, list) in [
      ("t-1", "1002,李四,\(spouse),,1,2023-02-01\n"), ("t-2", "1001,张三,\(own),\(spouse),1,2023-03-01\n"),
    ] {
      try office.batch(name, [], policy: policy)
      try office.scratch.write(name + "/a.csv", heading + list)
    }
    #expect(try office.run("t-1", .post) == ["1002": "100.00"])
    #expect(try office.run("t-2") == ["1001": "refused"])
  }

  /// A household cap over three years counts what the spouse received in them, and nothing earlier.
  @Test func aHouseholdsCapOverYearsCountsTheSpouse() throws {
    let office = try Office()
    let policy = Self.open.replacing("base: sum(self_pay), rate: 50%", with: "amount: 100")
      .replacing("{per: year, at: 50000}", with: "{per: {years: 3}, at: 110, unit: household}")
    #expect(policy.contains("household"))
    try office.batch("t-1", [], policy: policy, beside: "history: [h.csv]")
    try office.scratch.write(
      "t-1/a.csv",
      "工号,姓名,身份证号,配偶身份证号,自付金额,出院日期\n1001,张三,42010019800101101X,42010019820202102X,1,2023-03-01\n")
    try office.list(
      "t-1/h.csv",
      ["2023-02-01", "2021-01-01", "2020-12-31"].map { "t-0,aid,,42010019820202102X,10.00,\($0),已发" })
    #expect(try office.run("t-1") == ["1001": "90.00"])
  }

  /// A list with names only: in the same term it is the same gift, in another term another one.
  @Test func giftsAreKnownByTheirTerm() throws {
    let office = try Office()
    let gift = Self.open.replacing("base: sum(self_pay), rate: 50%", with: "amount: 300")
    let (spring, autumn) = ("{from: 2023-01-01, to: 2023-03-31}", "{from: 2023-08-01, to: 2023-10-31}")
    try office.batch("spring", ["1001,,"], policy: gift, period: spring)
    #expect(try office.run("spring", .post) == ["1001": "300.00"])
    try office.batch("again", ["1001,,"], policy: gift, period: spring)
    #expect(try office.run("again") == ["1001": "held"])
    try office.batch("autumn", ["1001,,"], policy: gift, period: autumn, day: "2024-10-20")
    #expect(try office.run("autumn") == ["1001": "300.00"])
  }

  /// January's batch sees what December's paid.
  @Test func springWarmthSeesDecember() throws {
    let office = try Office()
    let hardship = """
      policy: hardship-2023
      programme: hardship-grant
      title: 困难补助
      valid: {from: 2023-01-01}
      columns: [{name: self_pay, type: money, heading: [自付金额]}]
      benefits: [{name: b, amount: self_pay}]
      """
    try office.batch("t-12", ["1001,2000,", "1002,1500,"], policy: hardship)
    let swap = { (name: String, programme: String) throws in
      let path = name + "/batch.yaml"
      try office.scratch.write(
        path, office.scratch.text(path).replacing("programme: aid", with: "programme: " + programme))
    }
    try swap("t-12", "hardship-grant")
    #expect(try office.run("t-12", .post) == ["1001": "2000.00", "1002": "1500.00"])
    let warmth = try #require(Project.template("policies/spring-warmth-2023.yaml"))
    for (name, day, pays) in [("t-01", "2024-01-20", "800.00"), ("t-07", "2024-07-20", "refused")] {
      try office.batch(
        name, ["1001,,", "1003,,"], policy: warmth, period: "{from: 2024-01-01, to: 2024-12-31}",
        beside: "funds: {spring-warmth: {title: 送温暖, amount: 100000, account: warmth}}", day: day)
      try swap(name, "spring-warmth")
      try office.scratch.write(name + "/a.csv", "工号,姓名,慰问标准\n1001,张三,800\n1003,李四,800\n")
      #expect(try office.run(name) == ["1001": pays, "1003": "refused"], "\(name)")
    }
  }

  @Test func twoLedgersABankCouldPayFromNeedAWord() throws {
    let office = try Office()
    let two = "ledgers: [icbc-bpt, own.yaml]"
    try office.batch("t-1", ["1001,1000,2023-05-01"], beside: two)
    let template = try #require(Project.template("ledgers/finance-office.yaml"))
    try office.scratch.write(
      "t-1/own.yaml",
      template.replacing("ledger: finance-office", with: "ledger: own").replacing(
        "pays: false", with: "pays: true"))
    let failure = #expect(throws: PipelineFailure.self) { try office.run("t-1") }
    #expect(
      failure?.text(.zh).contains("icbc-bpt own") == true
        && failure?.text(.zh).contains("copies: true") == true)
    for line in [two + "\ncopies: true", "ledgers: [finance-office, icbc-bpt]"] {
      try office.batch("t-1", ["1001,1000,2023-05-01"], beside: line)
      #expect(throws: Never.self) { try office.run("t-1") }
    }
  }

  @Test func aFundOfTwoBatchesIsSaid() throws {
    let office = try Office()
    let policy = Office.policy.replacing("title: 困难补助", with: "title: 困难补助\nfund: relief")
    let fund = "funds: {relief: {title: 互助帮扶基金, amount: 1000.00}}"
    try office.batch("t-1", ["1001,1000,2023-05-01"], policy: policy, beside: fund)
    try office.run("t-1", .post)
    try office.batch("t-2", ["1002,600,2023-05-01"], policy: policy, beside: fund)
    let notes = try BatchRun.run(office.request("t-2", .rehearse)).report.findings
      .filter { $0.kind.code == "FUND-SHARED" }
    #expect(notes.map(\.arguments) == [["relief", "t-1 500.00"]] && notes[0].kind.severity == .note)
    try office.batch(
      "t-3", ["1002,600,2023-05-01"], policy: policy,
      beside: "funds: {relief: {amount: 1000.00, account: relief-2023}}")
    #expect(try !office.codes("t-3").contains("FUND-SHARED"))
  }

  /// Usually a note, sometimes a hold: the catalogue shows both.
  @Test func theCatalogueTellsEverySeverity() throws {
    let list = try #require(FindingsPage.text(code: nil, language: .en, json: false))
    #expect(list.split(separator: "\n").contains { $0.hasPrefix("PAID-BEFORE") && $0.contains("note/hold") })
    let page = try #require(FindingsPage.text(code: "PAID-BEFORE", language: .en, json: false))
    #expect(page.contains("note: kept") && page.contains("hold: the row"))
  }
}
