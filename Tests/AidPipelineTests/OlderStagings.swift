import AidModel
import AidPipeline
import Foundation
import GRDB
import Testing

/// An older version's store kept no files: an interrupted posting's staging folder holds the only ledger.
@Suite struct OlderStagings {
  /// A store of version 3 that posted the batch and waits for `out.staged`.
  private func store(_ path: String, manifest: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { database in
      try database.execute(
        sql: """
          CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
          INSERT INTO grdb_migrations VALUES ('1'), ('2'), ('3');
          CREATE TABLE batch (sequence INTEGER PRIMARY KEY, batch TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
            pay_date TEXT NOT NULL, manifest_sha256 TEXT NOT NULL, paid_count INTEGER NOT NULL,
            paid_fen INTEGER NOT NULL, staged_as TEXT, period_from TEXT, period_to TEXT) STRICT;
          CREATE TABLE award (record TEXT PRIMARY KEY, batch TEXT NOT NULL, programme TEXT NOT NULL,
            policy TEXT NOT NULL, fund TEXT, staff_no TEXT NOT NULL, name TEXT NOT NULL, id_number TEXT NOT NULL,
            unit TEXT NOT NULL, account TEXT NOT NULL, outcome TEXT NOT NULL, fen INTEGER NOT NULL,
            explanation TEXT NOT NULL) STRICT;
          CREATE INDEX award_staff_no ON award (staff_no);
          CREATE TABLE invoice (record TEXT NOT NULL, number TEXT NOT NULL) STRICT;
          CREATE TABLE history (batch TEXT NOT NULL, programme TEXT NOT NULL, staff_no TEXT NOT NULL,
            id_number TEXT NOT NULL, fen INTEGER NOT NULL, paid_on TEXT NOT NULL, status TEXT NOT NULL,
            ordinal INTEGER NOT NULL, UNIQUE (batch, programme, staff_no, id_number, fen, paid_on, ordinal)) STRICT;
          INSERT INTO award VALUES ('t-1-x', 't-1', 'aid', 'p-1', NULL, '1001', '张三', '', '', '', 'paid', 25000, '{}');
          """)
      try database.execute(
        sql: "INSERT INTO batch VALUES (1, 't-1', '', '2023-12-28', ?, 1, 25000, 'out.staged', NULL, NULL)",
        arguments: [manifest])
    }
  }

  @Test(arguments: ["right", "placed", "gone", "another"])
  func theRightOneIsAdoptedAndNoOther(_ state: String) throws {
    let scratch = try BadInput.scratch()
    let request = scratch.request(scratch.path + "/b")
    _ = try BatchRun.run(request)
    let (wanted, manager) = (scratch.files(), FileManager.default)
    let manifest = Array(Data(scratch.text("out/manifest.json").utf8))
    try manager.removeItem(atPath: request.store)
    try store(request.store, manifest: SHA256.hex(SHA256.hash(manifest)))
    if state != "placed" { try manager.moveItem(atPath: request.out, toPath: request.out + ".staged") }
    if state == "gone" { try manager.removeItem(atPath: request.out + ".staged") }
    if state == "another" { try scratch.write("out.staged/manifest.json", manifest + [10]) }
    for _ in 1...2 {
      let said = #expect(throws: PipelineFailure.self) { try BatchRun.run(request) }
      #expect(said?.reason == .alreadyPosted)
      let isLost = state == "gone" || state == "another"
      #expect(said?.text(.zh).contains("找不到") == isLost, "\(said?.text(.zh) ?? "")")
      #expect(scratch.files().map(\.path) == (isLost ? [] : wanted.map(\.path)))
    }
    #expect(scratch.exists("out.staged") == (state == "another"))
  }
}
