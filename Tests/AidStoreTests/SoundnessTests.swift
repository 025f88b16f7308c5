import AidModel
import Foundation
import GRDB
import Testing

@testable import AidStore

/// Changes to a store by anything but the program are detected before it is trusted.
@Suite struct SoundnessTests {
  /// A sealed store with two batches and an imported list.
  static func store() throws -> (file: StoreTests.File, store: Store) {
    let file = StoreTests.File()
    let store = try Store(path: file.path)
    for name in ["a", "b"] {
      let awards = (1...5).map { TestAward(number: $0, invoices: ["\(name)\($0)", "x\($0)"]) }
      try store.post(StoreTests.batch(name, "2023-06-30"), entries: awards)
      try store.markPlaced(batch: name)
    }
    try store.keep(
      [ListedPayments(name: "h.csv", lines: [StoreTests.told("old")])], seen: store.payments(before: "").stamp
    )
    return (file, store)
  }

  @Test func whatTheProgramLeavesIsSound() throws {
    let (file, store) = try Self.store()
    try store.check()
    try store.check(wholly: true)
    #expect(try store.read(StoreSeal.state) == .sound)
    // Checking changes no byte.
    let before = try Data(contentsOf: URL(filePath: file.path))
    try Store.openSound(file.path)?.check(wholly: true)
    #expect(try Data(contentsOf: URL(filePath: file.path)) == before)
  }

  static let edits = [
    "DELETE FROM award", "DELETE FROM award WHERE id = 10", "UPDATE award SET fen = 0 WHERE id = 3",
    "UPDATE award SET fen = fen + 1", "UPDATE award SET staff_no = '77' WHERE id = 1",
    "UPDATE award SET outcome = 'refused' WHERE id = 2", "UPDATE award SET record = 'z' WHERE id = 2",
    "UPDATE award SET programme = 2 WHERE id = 1", "UPDATE programme SET programme = 'x' WHERE id = 1",
    "DELETE FROM invoice", "UPDATE invoice SET number = 'y' WHERE id = 1",
    "DELETE FROM invoice WHERE id = 20",
    "INSERT INTO invoice VALUES (999, 1, 1, 'n')", "DELETE FROM history_line",
    "UPDATE history_line SET status = '退回'",
    "UPDATE batch SET pay_date = '2020-01-01' WHERE batch = 'a'", "DELETE FROM batch WHERE batch = 'b'",
    "UPDATE batch SET batch = 'c' WHERE batch = 'b'", "DELETE FROM block",
    "DELETE FROM entry WHERE number = 5",
    "DELETE FROM placed", "UPDATE file SET size = 1 WHERE id = 1", "UPDATE award SET entry = 1",
    "INSERT INTO award SELECT 999, entry, programme, unit, 'q', staff_no, name, id_number, account, "
      + "outcome, fen, rows, breakdown, phone, said FROM award WHERE id = 1",
    "UPDATE award SET rows = x'00' WHERE id = 1", "INSERT INTO fund VALUES (9, 2, 'f', 5)",
    "UPDATE history_list SET name = 'x'",
  ]

  /// By the seal, and by the chain if the store was interrupted before being sealed.
  @Test(arguments: edits, [false, true])
  func anEditIsNoticed(_ sql: String, _ isOpen: Bool) throws {
    let (file, _) = try Self.store()
    let queue = try DatabaseQueue(path: file.path)
    try queue.write {
      try $0.execute(sql: "PRAGMA foreign_keys = OFF")
      try $0.execute(sql: sql)
      if isOpen { try $0.execute(sql: "UPDATE seal SET digest = zeroblob(32)") }
    }
    let failure = #expect(throws: StoreFailure.self) { try Store.openSound(file.path) }
    #expect(failure?.reason == .damaged && failure?.what.zh.contains("改写") == false, "\(sql)")
    // It stays detected: nothing written later hides it.
    if let store = try Store.openIfPresent(file.path) {
      #expect(throws: StoreFailure.self) { try store.sealAgain() }
    }
  }

  /// Changes sixteen bytes anywhere, in a table or between tables.
  @Test func everyChangedByteIsNoticed() throws {
    let (file, _) = try Self.store()
    let whole = try Data(contentsOf: URL(filePath: file.path))
    #expect(whole.count > 50_000)
    let damaged = StoreTests.File()
    for place in stride(from: 0, to: whole.count - 16, by: 3001) + [
      0, 16, 24, 32, 40, 60, 84, 92, whole.count - 16,
    ] {
      var bytes = whole
      for i in place..<(place + 16) { bytes[i] ^= 0x15 }
      try bytes.write(to: URL(filePath: damaged.path))
      #expect(throws: StoreFailure.self, "byte \(place)") {
        try Store.openIfPresent(damaged.path)?.check(wholly: true)
      }
      #expect(throws: StoreFailure.self, "byte \(place)") { try Store.openSound(damaged.path) }
    }
  }

  /// Another program rewrote the file without changing its contents: reported, and can be accepted.
  @Test func aRewrittenFileIsSaidAndCanBeAccepted() throws {
    let (file, _) = try Self.store()
    try DatabaseQueue(path: file.path).vacuum()
    try DatabaseQueue(path: file.path).write { try $0.execute(sql: "PRAGMA user_version = 7") }
    let failure = #expect(throws: StoreFailure.self) { try Store.openSound(file.path) }
    #expect(failure?.what.zh.contains("各笔记录都完好") == true)
    try #require(try Store.openIfPresent(file.path)).sealAgain()
    #expect(try Store.openSound(file.path)?.batches().map(\.batch) == ["a", "b"])
  }

  /// A trigger could change entries behind the chain, a view could replace a table: never accepted.
  @Test(arguments: [
    "CREATE TRIGGER t AFTER INSERT ON award BEGIN UPDATE award SET fen = 0 WHERE id < new.id; END",
    "CREATE VIEW v AS SELECT * FROM award",
  ])
  func aTriggerOrViewIsNoPartOfAStore(_ sql: String) throws {
    let (file, _) = try Self.store()
    try DatabaseQueue(path: file.path).write { try $0.execute(sql: sql) }
    let sound = #expect(throws: StoreFailure.self) { try Store.openSound(file.path) }
    #expect(sound?.what.en.contains("did not make") == true)
    #expect(throws: StoreFailure.self) { try Store.openIfPresent(file.path) }
  }

  /// A copy made by SQLite's own backup is the same store.
  @Test func aBackupIsSound() throws {
    let (file, _) = try Self.store()
    let copy = StoreTests.File()
    try DatabaseQueue(path: file.path).backup(to: DatabaseQueue(path: copy.path))
    #expect(try Store.openSound(copy.path)?.batches().count == 2)
  }

  /// If interrupted between the commit and the seal, a store is checked entry by entry and continues.
  @Test func anOpenStoreGoesOn() throws {
    let file = StoreTests.File()
    let store = try Store(path: file.path)
    try store.post(StoreTests.batch("a", "2023-06-30"), entries: [StoreTests.award(1)])
    #expect(try store.read(StoreSeal.state) == .open)
    try #require(try Store.openSound(file.path)).markPlaced(batch: "a")
    #expect(try store.read(StoreSeal.state) == .sound)
  }
}
