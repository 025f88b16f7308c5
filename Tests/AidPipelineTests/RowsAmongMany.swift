import AidModel
import AidPipeline
import Testing

/// A payment parted or joined is known again however many rows there are.
@Suite struct RowsAmongMany {
  static let receipts = ["120.5", "88", "93.4", "210", "45.6", "77.7", "310.2", "64.1", "150"]
  static let dated = receipts.enumerated().map { "1001,\($1),2023-03-0\($0 + 1)" }
  /// Parts of 1000.00 yuan.
  static func parts(_ count: Int, day: String = "") -> [String] {
    var amounts = (0..<count).map { 1000 / count + $0 - count / 2 }
    amounts[count - 1] += 1000 - amounts.reduce(0, +)
    return amounts.map { "1001,\($0),\(day)" }
  }

  private func outcome(_ paid: [String], _ again: [String]) throws -> (awards: [String: String], rows: Int) {
    let office = try Office()
    try office.batch("t-1", paid, policy: RowsPaidBefore.open)
    try office.run("t-1", .post)
    try office.batch("t-2", again, policy: RowsPaidBefore.open, day: "2023-12-30")
    let report = try BatchRun.run(office.request("t-2", .rehearse)).report
    return (Office.awards(report), report.findings.count { $0.kind.code == "ROW-PAID" })
  }

  @Test func receiptsOfOneUndatedPaymentWait() throws {
    let (awards, rows) = try outcome(["1001,1159.50,"], Self.dated + ["1001,99,2023-12-20"])
    #expect(awards == ["1001": "held"] && rows == 9)
  }

  @Test func nineOfTenPaidRowsJoinedWait() throws {
    let (awards, rows) = try outcome(Self.dated + ["1001,5.50,2023-04-01"], ["1001,1159.50,"])
    #expect(awards == ["1001": "held"] && rows == 1)
  }

  @Test(arguments: [9, 13, 20, 40])
  func anyNumberOfPartsWaits(_ count: Int) throws {
    for (paid, day) in [("", ""), ("2023-05-01", ""), ("2023-05-01", "2023-05-01")] {
      let again = Self.parts(count, day: day) + ["1001,77,2023-09-09"]
      #expect(try outcome(["1001,1000,\(paid)"], again).awards == ["1001": "held"], "\(count) \(paid) \(day)")
    }
    #expect(try outcome(Self.parts(count), Array(again(count))).awards == ["1001": "held"], "\(count) joined")
  }

  private func again(_ count: Int) -> [String] {
    let sum = Self.parts(count).dropLast().reduce(0) { $0 + (Int($1.split(separator: ",")[1]) ?? 0) }
    return ["1001,\(sum),"]
  }

  /// With many small amounts nearly every sum is reached by chance: other days are other events.
  @Test func manyRowsOfOtherDaysArePaid() throws {
    let again = (1...24).map { "1001,\($0 * 7 + 3),2023-08-\($0 < 10 ? "0" : "")\($0)" }
    #expect(try outcome(["1001,500,2023-05-01", "1001,300,2023-05-02"], again).awards == ["1001": "1086.00"])
  }

  @Test func whatIsTooMuchToTryWaits() throws {
    let again = (1...9).map { "1001,\(90_000_000 + $0 * 7).0\($0)," }
    #expect(try outcome(["1001,800000000.01,"], again).awards == ["1001": "held"])
  }
}
