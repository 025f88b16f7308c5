import AidModel
import AidPipeline
import Foundation
import Testing

/// A batch folder remembers that it was posted, whatever becomes of the store and of `out/`.
@Suite struct PostingTraces {
  private func posted() throws -> Office {
    let office = try Office()
    try office.batch("t-0", ["1002,70,2023-02-01"])
    try office.run("t-0", .post)
    try copy(office, "store.sqlite", "old.sqlite")
    try office.batch("t-1", ["1001,1000,2023-05-01"])
    try office.run("t-1", .post)
    return office
  }

  private func copy(_ office: Office, _ from: String, _ to: String) throws {
    let path = office.scratch.path + "/"
    try? FileManager.default.removeItem(atPath: path + to)
    try FileManager.default.copyItem(atPath: path + from, toPath: path + to)
  }

  private func move(_ office: Office, _ from: String, _ to: String) throws {
    let path = office.scratch.path + "/"
    try FileManager.default.moveItem(atPath: path + from, toPath: path + to)
  }

  private func expectStop(_ office: Office, _ request: RunRequest, _ batch: String = "t-1") {
    let failure = #expect(throws: PipelineFailure.self) { try BatchRun.run(request) }
    #expect(failure?.reason == .alreadyPosted && failure?.text(.zh).contains("批次 \(batch)") == true)
    #expect(failure?.text(.zh).contains("posted.jsonl") == true)
  }

  @Test func anotherStoreAfterTheResultsWereMovedAway() throws {
    let office = try posted()
    try move(office, "t-1/out", "archive")
    var request = office.request("t-1")
    request.store = office.scratch.path + "/other/new.sqlite"
    request.out = office.scratch.path + "/elsewhere"
    expectStop(office, request)
    // A rehearsal pays nobody.
    request.depth = .rehearse
    #expect(throws: Never.self) { try BatchRun.run(request) }
  }

  @Test func anOlderStoreUnderTheSameAndAnotherName() throws {
    let office = try posted()
    try move(office, "t-1/out", "archive")
    try copy(office, "old.sqlite", "store.sqlite")
    expectStop(office, office.request("t-1"))
    let yaml = office.scratch.text("t-1/batch.yaml")
    try office.scratch.write("t-1/batch.yaml", yaml.replacing("batch: t-1", with: "batch: t-1B"))
    expectStop(office, office.request("t-1"))
  }

  /// Any batch of an older store is stopped by what a folder beside it remembers.
  @Test func aFolderBesideTellsThatTheStoreIsOld() throws {
    let office = try posted()
    try copy(office, "old.sqlite", "store.sqlite")
    try office.batch("t-2", ["1001,1000,2023-06-01"])
    expectStop(office, office.request("t-2"))
    // What was paid is told to the store by a list: it goes on.
    try office.list("h.csv", ["t-1,aid,1001,,500.00,2023-12-28,已发"])
    try office.take("h.csv")
    #expect(throws: Never.self) { try office.run("t-2", .rehearse) }
    // Folders that post to another store are none of its business.
    var request = office.request("t-2")
    request.store = office.scratch.path + "/own.sqlite"
    request.out = office.scratch.path + "/t-2/out2"
    #expect(throws: Never.self) { try BatchRun.run(request) }
  }

  @Test func aCopiedFolderAndANewYearAreNoAlarm() throws {
    let office = try posted()
    try copy(office, "t-1", "t-3")
    try FileManager.default.removeItem(atPath: office.scratch.path + "/t-3/out")
    try office.batch(
      "t-3", ["1001,100,2024-05-01"], period: "{from: 2024-01-01, to: 2024-12-31}", day: "2024-12-27")
    #expect(try office.run("t-3", .post) == ["1001": "50.00"])
    #expect(office.scratch.text("t-3/posted.jsonl").split(separator: "\n").count == 2)
    #expect(try Verification.verify(office.request("t-3")).isSound)
  }

  /// A refused posting leaves no trace.
  @Test func whatWasNotPostedIsNotRemembered() throws {
    let office = try Office()
    try office.batch("t-1", ["1001,0,2023-05-01"])
    #expect(try BatchRun.run(office.request("t-1")).exitStatus == 2)
    #expect(!office.scratch.exists("t-1/posted.jsonl") && !office.scratch.exists("t-1/posted.jsonl.new"))
  }

  /// A list that waits as a whole pays nobody: the batch's name stays free, and the mended list is paid under it.
  @Test func aWhollyHeldListLeavesTheNameFree() throws {
    let office = try Office()
    let heading = "工号,姓名,自付金额（万元）,出院日期\n"
    try office.batch("t-1", [])
    try office.scratch.write("t-1/a.csv", heading + "1001,张三,1000,2023-05-01\n")
    #expect(try office.run("t-1") == ["1001": "held"])
    #expect(try BatchRun.run(office.request("t-1")).exitStatus == 2)
    #expect(try PaymentHistory.list(store: office.request("t-1").store, language: .zh).text.contains("还没有"))
    try office.batch("t-1", ["1001,1000,2023-05-01"])
    #expect(try office.run("t-1", .post) == ["1001": "500.00"])
  }
}
