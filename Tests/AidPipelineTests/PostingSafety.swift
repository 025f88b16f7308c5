import AidModel
import AidPipeline
import Foundation
import GRDB
import Testing

/// Nothing that happens between two runs loses a posted ledger, pays twice or goes unnoticed.
@Suite struct PostingSafety {
  private func failure(_ request: RunRequest) -> PipelineFailure? {
    do throws(PipelineFailure) {
      _ = try BatchRun.run(request)
      return nil
    } catch {
      return error
    }
  }

  private func edit(_ scratch: Scratch, _ sql: String) throws {
    try DatabaseQueue(path: scratch.path + "/store.sqlite").write { try $0.execute(sql: sql) }
  }

  /// The state left by a run killed between the store's commit and the rename: the store knows the batch, and
  /// its results do not exist.
  private func cutOff() throws -> (Scratch, RunRequest, wanted: [(path: String, bytes: Data)]) {
    let scratch = try BadInput.scratch()
    let request = scratch.request(scratch.path + "/b")
    _ = try BatchRun.run(request)
    let wanted = scratch.files()
    try FileManager.default.removeItem(atPath: scratch.path + "/out")
    try edit(
      scratch,
      """
      DELETE FROM placed; DELETE FROM entry WHERE kind = 'placed'; UPDATE seal SET digest = zeroblob(32)
      """)
    return (scratch, request, wanted)
  }

  private func expect(_ scratch: Scratch, _ folder: String, _ wanted: [(path: String, bytes: Data)]) {
    let files = scratch.files(under: folder)
    #expect(files.map(\.path) == wanted.map(\.path))
    for (a, b) in zip(files, wanted) where a.bytes != b.bytes { Issue.record("\(a.path)") }
  }

  @Test func theNextRunWritesACutOffPostingFromTheStore() throws {
    let (scratch, request, wanted) = try cutOff()
    #expect(failure(request)?.reason == .alreadyPosted)
    expect(scratch, "out", wanted)
    #expect(try Verification.verify(request).isSound)
  }

  /// Whatever is done in between, the ledger is not lost and no one is paid again.
  @Test(arguments: 0..<6)
  func whatIsDoneInBetweenLosesNothing(_ step: Int) throws {
    let (scratch, request, wanted) = try cutOff()
    var between = request
    switch step {
    case 0: between.out = scratch.path + "/else"
    case 1:
      between.store = scratch.path + "/other.sqlite"
      between.depth = .validate
    case 2:
      between.store = scratch.path + "/other.sqlite"
      between.depth = .rehearse
    case 3: between.depth = .rehearse
    case 4: try scratch.write("b/batch.yaml", BadInput.batch.replacing("batch: t-1", with: "batch: t-2"))
    default: try scratch.write("out.staged/ledgers/half.csv", "x")
    }
    let said = failure(between)
    if step == 0 || step == 4 {
      #expect(
        said?.text(.zh).contains(
          "history restore "
            + "t-1") == true, "\(said as Any)")
    }
    #expect(!scratch.exists("else"))
    try scratch.write("b/batch.yaml", BadInput.batch)
    #expect(failure(request)?.reason == .alreadyPosted)
    expect(scratch, "out", wanted)
    #expect(try Verification.verify(request).isSound)
  }

  /// A run killed before its commit leaves a complete staging folder: no obstacle for its own store, which
  /// knows that nothing was posted; an obstacle if another store has posted it or cannot be queried.
  @Test(arguments: ["uncommitted", "posted elsewhere", "unreadable"])
  func aWholeStagingFolderIsAskedForItsStore(_ state: String) throws {
    let scratch = try BadInput.scratch()
    var request = scratch.request(scratch.path + "/b")
    request.out = scratch.path + "/b/out"
    _ = try BatchRun.run(request)
    let manager = FileManager.default
    try manager.moveItem(atPath: request.out, toPath: request.out + ".staged")
    let owner = URL(filePath: request.store).resolvingSymlinksInPath().path(percentEncoded: false)
    try scratch.write("b/out.staged/.aidledger-staging", "t-1\n\(owner)\n")
    switch state {
    case "uncommitted":
      try manager.removeItem(atPath: request.store)
      try manager.removeItem(atPath: scratch.path + "/b/posted.jsonl")
    case "unreadable": try scratch.write("store.sqlite", "gone bad")
    default: break
    }
    if state != "uncommitted" { request.store = scratch.path + "/other.sqlite" }
    for out in ["/b/out", "/elsewhere"] where state != "uncommitted" || out == "/b/out" {
      request.out = scratch.path + out
      #expect((failure(request) == nil) == (state == "uncommitted"), "\(out)")
    }
    #expect(scratch.exists("b/out.staged") == (state != "uncommitted"))
    #expect(!scratch.exists("elsewhere") && !scratch.exists("other.sqlite"))
  }

  @Test func lostLedgersAreWrittenAgain() throws {
    let scratch = try BadInput.scratch()
    let request = scratch.request(scratch.path + "/b")
    _ = try BatchRun.run(request)
    let wanted = scratch.files()
    try FileManager.default.removeItem(atPath: scratch.path + "/out")
    // The run says how, but does not do it on its own.
    let said = try #require(failure(request))
    #expect(said.reason == .alreadyPosted && said.text(.zh).contains("history restore t-1"))
    #expect(!scratch.exists("out"))
    let text = try StoreCare.restore(
      batch: "t-1", out: request.out, store: request.store, language: .zh)
    #expect(text.contains("250.00"))
    expect(scratch, "out", wanted)
    // Repeating it changes nothing, and another batch's results are not replaced.
    #expect(
      try StoreCare.restore(batch: "t-1", out: request.out, store: request.store, language: .zh).contains(
        "没有改动"))
    #expect(throws: PipelineFailure.self) {
      try StoreCare.restore(batch: "t-9", out: request.out, store: request.store, language: .zh)
    }
  }

  /// A restored backup of the store, another store, no store: posted results are detected in any case.
  @Test(arguments: [true, false], [true, false])
  func aPostedFolderThatTheStoreDoesNotKnowStops(_ hasOther: Bool, _ elsewhere: Bool) throws {
    let scratch = try BadInput.scratch()
    var request = scratch.request(scratch.path + "/b")
    request.out = scratch.path + "/b/out"
    if hasOther {
      _ = try HistoryImport.run(
        [try history(scratch)], store: request.store, templates: nil, language: .zh)
    }
    let backup = FileManager.default.contents(atPath: request.store)
    _ = try BatchRun.run(request)
    try FileManager.default.removeItem(atPath: request.store)
    if let backup { try scratch.write("store.sqlite", Array(backup)) }
    if elsewhere { request.out = scratch.path + "/o" }
    let said = try #require(failure(request))
    #expect(said.reason == .alreadyPosted && said.text(.zh).contains("history list"))
    for language in [Language.zh, .en] {
      let text = said.text(language)
      #expect(!text.contains("--out") && !text.contains("另立") && !text.contains("new batch"), "\(text)")
    }
    #expect(!scratch.exists("o"))
  }

  private func history(_ scratch: Scratch) throws -> String {
    try scratch.write(
      "h.csv",
      "batch,programme,staff_no,id_number,amount,paid_on,status\nt-0,aid,1001,,20.00,2022-03-01,paid\n")
    return scratch.path + "/h.csv"
  }

  @Test(arguments: [
    "DELETE FROM award", "UPDATE award SET fen = 1", "UPDATE award SET staff_no = '9'", "DELETE FROM invoice",
    "UPDATE batch SET pay_date = '2020-01-01'",
  ])
  func aChangedStoreIsNoticedAndNothingIsPosted(_ sql: String) throws {
    let scratch = try BadInput.scratch([
      (
        "p.yaml", "heading: [自付金额]}",
        "heading: [自付金额]}\n  - {name: invoice_number, type: text, heading: [发票号码]}"
      ),
      ("a.csv", "自付金额\n1001,张三,1000", "自付金额,发票号码\n1001,张三,1000,FP1"),
    ])
    var request = scratch.request(scratch.path + "/b")
    _ = try BatchRun.run(request)
    try edit(scratch, sql)
    let verified = try Verification.verify(request)
    #expect(!verified.isSound && verified.text.contains("记录库"), "\(verified.text)")
    try scratch.write("b/batch.yaml", BadInput.batch.replacing("batch: t-1", with: "batch: t-2"))
    request.out = scratch.path + "/out2"
    for depth in [RunRequest.Depth.post, .rehearse] {
      request.depth = depth
      let said = try #require(failure(request), "\(sql)")
      #expect(said.reason == .refused && said.text(.zh).contains("备份"))
    }
    #expect(!scratch.exists("out2"))
  }

  /// Changing the store and sealing it again is detected by the batch's own inputs.
  @Test func everyAwardOfTheStoreIsCompared() throws {
    let scratch = try BadInput.scratch()
    let request = scratch.request(scratch.path + "/b")
    _ = try BatchRun.run(request)
    try edit(scratch, "UPDATE award SET fen = 1; UPDATE seal SET digest = zeroblob(32)")
    let verified = try Verification.verify(request)
    #expect(verified.text.contains("金额 0.01，应为 250.00"), "\(verified.text)")
  }

  @Test func aChangedInputIsNamedFirst() throws {
    let scratch = try BadInput.scratch()
    let request = scratch.request(scratch.path + "/b")
    _ = try BatchRun.run(request)
    try scratch.write("b/a.csv", BadInput.list.replacing("1000", with: "1200"))
    let verified = try Verification.verify(request)
    #expect(verified.text.hasPrefix("表格 a.csv 在发放以后改过"), "\(verified.text)")
    #expect(!verified.text.contains("manifest.json"))
  }

  /// If no one is paid, the name stays free.
  @Test func aPostingThatPaysNobodyIsRefused() throws {
    let scratch = try BadInput.scratch([("a.csv", "1000", "不详")])
    let request = scratch.request(scratch.path + "/b")
    let result = try BatchRun.run(request)
    #expect(result.exitStatus == 2 && result.report.stops.count == 1)
    #expect(!scratch.exists("store.sqlite") && !scratch.exists("out/ledgers"))
    try scratch.write("b/a.csv", BadInput.list)
    #expect(try BatchRun.run(request).exitStatus == 0)
  }

  @Test func onATerminalItIsAskedOnce() throws {
    let scratch = try BadInput.scratch([("a.csv", "1000\n", "1000\n1002,李四,不详\n")])
    var request = scratch.request(scratch.path + "/b")
    request.confirm = { $0.zh.contains("1 行待处理") ? false : true }
    #expect(failure(request)?.text(.zh).contains("没有入账") == true)
    #expect(!scratch.exists("store.sqlite") && !scratch.exists("out.staged"))
    request.confirm = { _ in true }
    #expect(try BatchRun.run(request).exitStatus == 1)
  }
}
