import AidModel
import AidPipeline
import Testing

/// What was paid is known again however a second list puts it: parted, joined, with a column more or less.
@Suite struct RowsInOtherWords {
  static let open = RowsPaidBefore.open
  static let more = open.replacing(
    "columns:",
    with: """
      columns:
        - {name: illness, type: text, heading: [病种]}
        - {name: own_cost, type: money, heading: [自费金额], blank: 0}
        - {name: applied, type: date, heading: [申请日期]}
        - {name: invoice, type: text, heading: [发票号]}
      """)

  private func office(_ rows: [String], policy: String = open) throws -> Office {
    let office = try Office()
    try office.batch("t-1", rows, policy: policy)
    try office.run("t-1", .post)
    return office
  }

  @Test(arguments: [
    // A day left out, and one given where none was.
    (["1001,1000,2023-05-01"], ["1001,1000,"]), (["1001,1000,"], ["1001,1000,2023-05-01"]),
    // One amount in two rows, or in three; two in one; two otherwise parted.
    (["1001,1000,2023-05-01"], ["1001,600,2023-05-01", "1001,400,2023-05-01"]),
    (["1001,1000,2023-05-01"], ["1001,600,", "1001,300,2023-05-01", "1001,100,"]),
    (["1001,600,2023-05-01", "1001,400,2023-06-01"], ["1001,1000,2023-06-01"]),
    (["1001,600,2023-05-01", "1001,400,2023-06-01"], ["1001,500,2023-05-01", "1001,500,"]),
  ])
  func theSameMoneyWaits(_ paid: [String], _ again: [String]) throws {
    let office = try office(paid)
    try office.batch("t-2", again, policy: Self.open, day: "2023-12-30")
    #expect(try office.run("t-2") == ["1001": "held"], "\(paid) → \(again)")
  }

  /// A row beside those that were paid is paid by itself, though the person's rows wait together.
  @Test func whatIsBesideIsNotFlagged() throws {
    let office = try office(["1001,1000,2023-05-01"])
    try office.batch(
      "t-2", ["1001,600,2023-05-01", "1001,400,2023-05-01", "1001,250,2023-08-08"], policy: Self.open)
    let found = try BatchRun.run(office.request("t-2", .rehearse)).report.findings
    #expect(found.filter { $0.kind.code == "ROW-PAID" }.map { "\($0.place)" } == ["a.csv!2", "a.csv!3"])
  }

  @Test(arguments: [
    "病种\n1001,张三,1000,2023-05-01,胃癌", "自费金额\n1001,张三,1000,2023-05-01,330",
    "申请日期\n1001,张三,1000,2023-05-01,2023-11-11", "发票号\n1001,张三,1000,2023-05-01,N7788",
  ])
  func aColumnAddedLaterHidesNothing(_ rest: String) throws {
    let office = try office(["1001,1000,2023-05-01"])
    try office.batch("t-2", [], policy: Self.more)
    try office.scratch.write("t-2/a.csv", "工号,姓名,自付金额,出院日期," + rest + "\n")
    #expect(try office.run("t-2") == ["1001": "held"])
  }

  /// Equal amounts of other days or other invoices are other claims; a sum that only a third row makes is no part.
  @Test func anotherEventIsPaid() throws {
    let office = try office(["1001,1000,2023-05-01", "1002,300,2023-02-01"])
    try office.batch(
      "t-2", ["1001,1000,2023-09-01", "1002,100,2023-03-01", "1002,200,2023-04-01"], policy: Self.open)
    #expect(try office.run("t-2") == ["1001": "500.00", "1002": "150.00"])
    let other = try Office()
    let heading = "工号,姓名,自付金额,发票号\n"
    for (name, invoice) in [("t-1", "N1"), ("t-2", "N2")] {
      try other.batch(name, [], policy: Self.more)
      try other.scratch.write("\(name)/a.csv", heading + "1001,张三,1000,\(invoice)\n")
      #expect(try other.run(name, .post) == ["1001": "500.00"])
    }
  }

  /// However an invoice's number is written, and beside others in one cell.
  @Test(arguments: ["FP-100", "FP101、FP100", "fp100（复印件）", "No. FP100"])
  func anInvoiceIsKnownByItsLettersAndDigits(_ number: String) throws {
    let office = try Office()
    for (name, row) in [("t-1", "1001,张三,1000,FP100\n"), ("t-2", "1002,李四,70,\(number)\n")] {
      try office.batch(name, [], policy: Self.more)
      try office.scratch.write("\(name)/a.csv", "工号,姓名,自付金额,发票号\n" + row)
      #expect(try office.run(name, .post).values.sorted() == [name == "t-1" ? "500.00" : "held"], "\(number)")
    }
  }

  /// A row without money is known by what else it says, as far as both say it.
  @Test func aGiftIsKnownByItsKind() throws {
    let gift = """
      policy: gift-2023
      programme: aid
      title: 慰问
      valid: {from: 2022-01-01, to: 2026-12-31}
      columns:
        - {name: kind, type: choice, heading: [慰问类别], choices: [住院, 生育]}
        - {name: ward, type: text, heading: [病区]}
      benefits: [{name: b, amount: 300}]
      """
    let office = try Office()
    let heading = "工号,姓名,慰问类别,病区\n"
    for (name, rows) in [
      ("t-1", "1001,张三,住院,\n1002,李四,住院,\n"), ("t-2", "1001,张三,住院,三病区\n1002,李四,生育,\n"),
    ] {
      try office.batch(name, [], policy: gift)
      try office.scratch.write("\(name)/a.csv", heading + rows)
      #expect(
        try office.run(name, .post) == [
          "1001": name == "t-1" ? "300.00" : "held", "1002": "300.00",
        ])
    }
  }

  // MARK: a store made again from what another exported

  @Test func aRebuiltStoreKnowsWhatRowsSaid() throws {
    let office = try Office()
    let heading = "工号,姓名,手机号,自付金额,出院日期,发票号\n"
    try office.batch("t-1", [], policy: Self.more, day: "2024-01-15")
    try office.scratch.write(
      "t-1/a.csv",
      heading + "1001,张三,13812345678,1000,2023-05-01,N1\n1002,李四,,800,2023-06-01,\n1003,王五,,70,,N9\n")
    #expect(try office.run("t-1", .post).count == 3)
    let store = office.request("t-1").store
    let export = try PaymentHistory.export(store: store, asJSON: false)
    try office.scratch.write("export.csv", export)
    let again = office.scratch.path + "/again.sqlite"
    _ = try HistoryImport.run(
      [office.scratch.path + "/export.csv"], store: again, templates: nil, language: .zh)
    #expect(try PaymentHistory.export(store: again, asJSON: false) == export)
    for (name, rows, outcome) in [
      // The same rows; the same person under another number; an invoice that was paid to somebody else.
      ("t-2", "1001,张三,,1000,2023-05-01,N1\n", ["1001": "held"]),
      ("t-3", "1002,李四,,500,,\n1002,李四,,300,,\n", ["1002": "held"]),
      ("t-4", "1009,赵六,,55,2023-07-07,N9\n", ["1009": "held"]),
      ("t-5", "2001,张三,13812345678,44,2023-07-07,\n", ["2001": "held"]),
      ("t-6", "1002,李四,,90,2023-10-01,\n", ["1002": "45.00"]),
    ] {
      try office.batch(name, [], policy: Self.more)
      try office.scratch.write("\(name)/a.csv", heading + rows)
      var request = office.request(name, .rehearse)
      request.store = again
      #expect(try Office.awards(BatchRun.run(request).report) == outcome, "\(name)")
    }
    // What was paid in January for the old year counts for the old year.
    try office.batch("t-7", ["1001,9000,2023-08-01"])
    var request = office.request("t-7", .rehearse)
    request.store = again
    #expect(try Office.awards(BatchRun.run(request).report) == ["1001": "zero"])
  }

  @Test func contentsThatNobodyExportedStop() throws {
    let office = try Office()
    let head = "batch,programme,staff_no,amount,paid_on,period_from,period_to,contents\n"
    for rest in [",,self_pay", ",,self_pay=x|;", "2023-02-01,2023-01-01,", "2023-02-01,,"] {
      try office.scratch.write("h.csv", head + "t-0,aid,1001,100.00,2023-03-01,\(rest)\n")
      let failure = #expect(throws: PipelineFailure.self, "\(rest)") { try office.take("h.csv") }
      #expect(failure?.text(.zh).contains("h.csv!2") == true)
    }
  }
}
