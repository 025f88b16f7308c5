import AidModel
import GRDB
import Testing

@testable import AidStore

/// A store made by an older program goes on being the memory of what was paid.
@Suite struct OlderStores {
  @Test(arguments: ["1", "2"])
  func nothingIsForgotten(_ version: String) throws {
    let file = StoreTests.File()
    do {
      let queue = try DatabaseQueue(path: file.path)
      try StoreSchema.migrator.migrate(queue, upTo: version)
      try queue.write { database in
        try database.execute(
          sql: """
            INSERT INTO batch (batch, title, pay_date, manifest_sha256, paid_count, paid_fen)
            VALUES ('old', 'old', '2023-05-30', 'm', 1, 5000);
            INSERT INTO award VALUES ('old-1', 'old', 'aid', 'p', NULL, '1', '', '', '', '', 'paid', 5000, '{}');
            INSERT INTO history VALUES ('older', 'aid', '2', '', 700, '2022-05-30', 'paid');
            """)
      }
    }
    let earlier = try Store(path: file.path).payments(before: "new")
    #expect(
      earlier.posted.map(\.amount) == [Money(fen: 5000)]
        && earlier.imported.map(\.amount) == [Money(fen: 700)])
    // Its period is not known: it counts by the day it was paid.
    #expect(earlier.posted[0].term == nil && earlier.posted[0].isOfYear(of: StoreTests.year))
    #expect(!earlier.imported[0].isOfYear(of: StoreTests.year))
  }
}
