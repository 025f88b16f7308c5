import AidModel
import AidPipeline
import Foundation
import Testing

/// A batch is posted once, completely, and remembered.
@Suite struct PostingTests {
  @Test func aPostedBatchIsRefusedAndUntouched() throws {
    let scratch = try BadInput.scratch()
    let request = scratch.request(scratch.path + "/b")
    _ = try BatchRun.run(request)
    let before = scratch.files()
    for depth in [RunRequest.Depth.post, .rehearse, .validate] {
      var again = request
      again.depth = depth
      let failure = #expect(throws: PipelineFailure.self) { try BatchRun.run(again) }
      #expect(failure?.reason == .alreadyPosted)
    }
    // Elsewhere a dry run of a posted batch is allowed, a second posting is not.
    var elsewhere = request
    elsewhere.out = scratch.path + "/other"
    #expect(#expect(throws: PipelineFailure.self) { try BatchRun.run(elsewhere) }?.reason == .alreadyPosted)
    elsewhere.depth = .rehearse
    #expect(try BatchRun.run(elsewhere).exitStatus == 0)
    let after = scratch.files()
    #expect(before.map(\.path) == after.map(\.path) && zip(before, after).allSatisfy { $0.bytes == $1.bytes })
  }

  @Test func theNextBatchKnowsWhatWasPaid() throws {
    let scratch = try BadInput.scratch([
      ("p.yaml", "benefits:", "caps: [{per: year, at: 300}]\nbenefits:"),
      ("p.yaml", "valid: {from: 2023-01-01, to: 2023-12-31}", "valid: {from: 2023-01-01}"),
    ])
    let request = scratch.request(scratch.path + "/b")
    _ = try BatchRun.run(request)
    try scratch.write("b/batch.yaml", BadInput.batch.replacing("batch: t-1", with: "batch: t-2"))
    try scratch.write("b/a.csv", BadInput.list.replacing("1000", with: "1200"))
    var second = request
    second.out = scratch.path + "/out2"
    _ = try BatchRun.run(second)
    #expect(scratch.text("out2/ledgers/t-2-finance-office.csv").contains(",50.00,"))
    #expect(scratch.text("out2/explanations.jsonl").contains("已用 250.00"))
    // Each can still be recomputed as it was.
    #expect(try Verification.verify(second).isSound)
    try scratch.write("b/batch.yaml", BadInput.batch)
    try scratch.write("b/a.csv", BadInput.list)
    #expect(try Verification.verify(request).isSound)
  }

  @Test func verifyFindsEveryChange() throws {
    let scratch = try BadInput.scratch()
    let request = scratch.request(scratch.path + "/b")
    _ = try BatchRun.run(request)
    #expect(try Verification.verify(request).isSound)
    let ledger = "out/ledgers/t-1-finance-office.csv"
    let text = scratch.text(ledger)
    try scratch.write(ledger, text.replacing("250.00", with: "950.00"))
    let changed = try Verification.verify(request)
    #expect(!changed.isSound && changed.text.contains("t-1-finance-office.csv"))
    try scratch.write(ledger, text)
    try scratch.write("b/a.csv", BadInput.list.replacing("1000", with: "1200"))
    #expect(try !Verification.verify(request).isSound)
  }

  @Test func verifySaysWhichLineAndWhichFile() throws {
    let scratch = try BadInput.scratch()
    var request = scratch.request(scratch.path + "/b")
    request.language = .en
    _ = try BatchRun.run(request)
    // Posted in one language and verified in the other, it is the same batch.
    request.language = .zh
    #expect(try Verification.verify(request).isSound)
    let ledger = "out/ledgers/t-1-finance-office.csv"
    let bytes = try Data(contentsOf: URL(filePath: scratch.path + "/" + ledger))
    try scratch.write(ledger, Array(bytes + Data("x\r\n".utf8)))
    #expect(try Verification.verify(request).text.contains("从第 3 行起"))
    try scratch.write(ledger, Array(bytes))
    try scratch.write("out/ledgers/t-1-other.csv", "x")
    let more = try Verification.verify(request)
    #expect(!more.isSound && more.text.contains("多出的文件：ledgers/t-1-other.csv"))
    #expect(more.json.contains("\"sound\": false"))
  }

  /// A store rebuilt from payments knows that a batch was paid.
  @Test func whatWasImportedIsNotPaidAgain() throws {
    let scratch = try BadInput.scratch()
    var request = scratch.request(scratch.path + "/b")
    _ = try BatchRun.run(request)
    let export = try PaymentHistory.export(store: request.store, asJSON: false)
    try scratch.write("h.csv", export)
    request.store = scratch.path + "/new.sqlite"
    request.out = scratch.path + "/again"
    _ = try HistoryImport.run(
      [scratch.path + "/h.csv"], store: request.store, templates: nil, language: .zh)
    #expect(#expect(throws: PipelineFailure.self) { try BatchRun.run(request) }?.reason == .alreadyPosted)
    #expect(try PaymentHistory.list(store: request.store, language: .zh).text.contains("另有导入的以往发放 1 笔"))
  }

  @Test func oneRunAtATimeWritesAFolder() throws {
    let scratch = try BadInput.scratch()
    let request = scratch.request(scratch.path + "/b")
    let lock = open(scratch.path + "/out.lock", O_RDWR | O_CREAT, 0o600)
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    #expect(BadInput.failure(scratch)?.text(.zh).contains("另一次运行") == true)
    close(lock)
    #expect(try BatchRun.run(request).exitStatus == 0)
    #expect(!scratch.exists("out.lock"))
  }

  @Test func historyListsAreNotCountedTwice() throws {
    let history =
      "batch,programme,staff_no,id_number,amount,paid_on,status\nt-1,aid,1001,,250.00,2023-12-28,paid\n"
      + "t-0,aid,1001,,20.00,2023-03-01,paid\nt-0,aid,1001,,5.00,2023-03-01,退回\n"
    let scratch = try BadInput.scratch([("p.yaml", "benefits:", "caps: [{per: year, at: 300}]\nbenefits:")])
    let request = scratch.request(scratch.path + "/b")
    _ = try BatchRun.run(request)
    try scratch.write("b/h.csv", history)
    try scratch.write(
      "b/batch.yaml", BadInput.batch.replacing("batch: t-1", with: "batch: t-2") + "\nhistory: [h.csv]\n")
    try scratch.write("b/a.csv", BadInput.list.replacing("1000", with: "1001"))
    var second = request
    second.out = scratch.path + "/out2"
    let result = try BatchRun.run(second)
    #expect(scratch.text("out2/ledgers/t-2-finance-office.csv").contains(",30.00,"))
    #expect(result.report.findings.contains { $0.kind.code == "HISTORY-KNOWN" })
  }

  @Test func somethingElseInTheOutputFolderIsNotOverwritten() throws {
    let scratch = try BadInput.scratch()
    try scratch.write("out/photo.jpg", "x")
    #expect(BadInput.failure(scratch)?.text(.en).contains("holds something else") == true)
    #expect(scratch.text("out/photo.jpg") == "x")
  }

  @Test func aStoreThatCannotBeWrittenPaysNobody() throws {
    let scratch = try BadInput.scratch()
    try scratch.write("store.sqlite", "this is no database, it only looks like a file of some length")
    #expect(BadInput.failure(scratch) != nil)
    #expect(!scratch.exists("out") && !scratch.exists("out.staged"))
  }

  @Test func ledgersAreForTheirOwnerOnly() throws {
    let scratch = try BadInput.scratch()
    _ = try BatchRun.run(scratch.request(scratch.path + "/b"))
    for path in ["out/ledgers/t-1-finance-office.csv", "out/explanations.jsonl", "store.sqlite"] {
      let mode =
        try FileManager.default.attributesOfItem(atPath: scratch.path + "/" + path)[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(path)")
    }
  }
}
