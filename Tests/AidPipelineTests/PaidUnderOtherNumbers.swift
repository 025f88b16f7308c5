import AidModel
import AidPipeline
import Testing

/// One name with one account or telephone under two numbers, one of them paid earlier, and no roster to tell.
@Suite struct PaidUnderOtherNumbers {
  static let card = "6200000000000000075"

  private func batch(
    _ office: Office, _ name: String, _ rows: String, contact: String = "银行卡号", beside: String = ""
  ) throws {
    try office.batch(name, [], policy: RowsPaidBefore.open, beside: beside)
    try office.scratch.write("\(name)/a.csv", "工号,姓名,\(contact),自付金额,出院日期\n" + rows)
  }

  @Test(arguments: [("银行卡号", card, "6200000000000000026"), ("手机号", "13812345678", "13812345679")])
  func thePersonWaits(_ heading: String, _ contact: String, _ other: String) throws {
    let office = try Office()
    try batch(office, "t-1", "1001,张三,\(contact),1000,2023-05-01\n", contact: heading)
    #expect(try office.run("t-1", .post) == ["1001": "500.00"])
    try batch(
      office, "t-2", "2001,张三,\(contact),600,2023-06-01\n2001,张三,\(contact),30,2023-07-01\n", contact: heading
    )
    #expect(try office.run("t-2") == ["2001": "held"])
    #expect(try office.codes("t-2").count { $0 == "PERSON-UNSURE" } == 2)
    // A household's account, or telephone, under another name is nothing, and so is the name alone.
    try batch(
      office, "t-3", "1002,李四,\(contact),60,2023-06-01\n1003,张三,\(other),80,2023-06-01\n", contact: heading)
    #expect(try office.run("t-3") == ["1002": "30.00", "1003": "40.00"])
    // With a roster somebody can tell.
    try batch(
      office, "t-4", "2001,张三,\(contact),600,2023-06-01\n", contact: heading, beside: "roster: [r.csv]")
    try office.scratch.write("t-4/r.csv", "工号,姓名\n1001,张三\n2001,张三\n")
    #expect(try office.run("t-4") == ["2001": "300.00"])
    // What came back was not paid.
    try office.list("r.csv", ["t-1,aid,1001,,500.00,2023-12-28,退票"])
    try office.take("r.csv")
    #expect(try office.run("t-2") == ["2001": "315.00"])
  }

  @Test(arguments: ["account", "银行卡号", "卡号"], [true, false])
  func aHistoryListTellsToo(_ heading: String, _ imported: Bool) throws {
    let office = try Office()
    let list =
      "batch,programme,staff_no,name,amount,paid_on,\(heading)\nt-0,aid,1001,张三,100,2023-03-01,\(Self.card)\n"
    try office.scratch.write(imported ? "h.csv" : "t-1/h.csv", list)
    if imported { try office.take("h.csv") }
    try batch(
      office, "t-1", "2001,张三,\(Self.card),1000,2023-05-01\n", beside: imported ? "" : "history: [h.csv]")
    #expect(try office.run("t-1") == ["2001": "held"])
    #expect(try office.codes("t-1").contains("PERSON-UNSURE"))
  }

  /// A list of payments is not refused for a card that cannot be read.
  @Test func aBadCardInAHistoryListTellsNothing() throws {
    let office = try Office()
    try office.scratch.write(
      "h.csv", "batch,programme,staff_no,name,amount,paid_on,卡号\nt-0,aid,1001,张三,100,2023-03-01,6.2E+18\n")
    #expect(throws: Never.self) { try office.take("h.csv") }
  }
}
