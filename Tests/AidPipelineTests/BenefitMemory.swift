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
}
