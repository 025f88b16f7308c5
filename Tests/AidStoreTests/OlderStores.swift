import AidModel
import GRDB
import Testing

@testable import AidStore

/// A store made by an older version still remembers what was paid.
@Suite struct OlderStores {
  @Test(arguments: ["1", "2", "3"])
  func nothingIsForgotten(_ version: String) throws {
    let file = StoreTests.File()
    do {
      let ordinal = version == "3" ? ", 0" : ""
      let queue = try DatabaseQueue(path: file.path)
      try StoreSchema.migrator.migrate(queue, upTo: version)
      try queue.write { database in
        try database.execute(
          sql: """
            INSERT INTO batch (batch, title, pay_date, manifest_sha256, paid_count, paid_fen)
            VALUES ('old', 'old', '2023-05-30', 'm', 1, 5000);
            INSERT INTO award VALUES ('old-1', 'old', 'aid', 'p', NULL, '1', '', '', '', '', 'paid', 5000, '{"a":1}');
            INSERT INTO award VALUES ('old-0', 'old', 'aid', 'p', NULL, '2', '', '', 'u', '', 'refused', 0, '{"a":0}');
            INSERT INTO history VALUES ('older', 'aid', '2', '', 700, '2022-05-30', '退票'\(ordinal));
            """)
        if version != "1" { try database.execute(sql: "INSERT INTO invoice VALUES ('old-1', 'n1')") }
      }
    }
    let store = try #require(try Store.openSound(file.path))
    try store.check(wholly: true)
    let earlier = try store.payments(before: "new")
    let told = earlier.lists.flatMap(\.lines).map(\.payment)
    #expect(
      earlier.posted.map(\.amount) == [Money(fen: 5000)]
        && told.map(\.amount) == [Money(fen: 700)])
    // The meaning of the word was never determined.
    #expect(told[0].status == "退票" && told[0].state == .partial)
    // Its period is unknown: it counts by the day of payment.
    #expect(earlier.posted[0].term == nil && earlier.posted[0].isOfYear(of: StoreTests.year))
    #expect(!told[0].isOfYear(of: StoreTests.year))

    #expect(earlier.invoices.map(\.key) == (version == "1" ? [] : ["n1"]))
    let posted = try #require(try store.posted(batch: "old"))
    #expect(posted.isPlaced && posted.stagedAs == nil)
    #expect(try store.awards(of: posted).map(\.explanation) == ["{\"a\":1}", "{\"a\":0}"])
    #expect(try store.files(of: posted).map(\.path) == ["explanations.jsonl"])
  }

  /// A batch that an older version posted without moving its results into place is still known as such.
  @Test func whatWasNotPutInPlaceIsStillWaited() throws {
    let file = StoreTests.File()
    try Self.make(file.path, paid: 0)
    let posted = try #require(try Store.openSound(file.path)?.posted(batch: "old"))
    #expect(!posted.isPlaced && posted.stagedAs == "out.staged")
  }

  /// A batch whose awards do not match its totals was altered before a chain could show it.
  @Test func whatWasChangedBeforeIsRefused() throws {
    let file = StoreTests.File()
    try Self.make(file.path, paid: 5000)
    let failure = #expect(throws: StoreFailure.self) { try Store.openIfPresent(file.path) }
    #expect(failure?.reason == .damaged && failure?.what.zh.contains("old") == true)
  }

  /// A store from before benefits were remembered still works; its payments have no breakdown.
  @Test func benefitsOfOlderPaymentsAreNotKnown() throws {
    let file = StoreTests.File()
    let queue = try DatabaseQueue(path: file.path)
    try StoreSchema.migrator.migrate(queue, upTo: "5")
    try queue.write { database in
      try database.execute(
        sql: """
          INSERT INTO history_list (id, entry, name) VALUES (1, 1, 'h');
          INSERT INTO history_line (id, entry, list, row, batch, programme, staff_no, id_number, name, fen, paid_on,
            status, state) VALUES (1, 1, 1, 2, 'a', 'aid', '9', '', '', 500, '2022-12-28', '', 'paid');
          """)
      try StoreChain.close(1, kind: "import", since: StoreChain.mark(database, []), database)
      try StoreChain.rebuild(database, StoreSchema.remembered5)
    }
    try queue.close()
    let store = try #require(try Store.openSound(file.path))
    try store.check(wholly: true)
    let payment = try #require(try store.payments(before: "").lists.first?.lines.first?.payment)
    #expect(payment.breakdown == nil && payment.record.isEmpty && payment.amount == Money(fen: 500))
  }

  private static func make(_ path: String, paid fen: Int) throws {
    let queue = try DatabaseQueue(path: path)
    try StoreSchema.migrator.migrate(queue, upTo: "3")
    try queue.write {
      try $0.execute(
        sql: """
          INSERT INTO batch (batch, title, pay_date, manifest_sha256, paid_count, paid_fen, staged_as)
          VALUES ('old', 'old', '2023-05-30', 'm', 0, ?, 'out.staged')
          """, arguments: [fen])
    }
  }
}
