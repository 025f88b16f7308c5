internal import AidModel
internal import GRDB

/// The memory of posted batches: one SQLite file that any SQLite tool can read, mode 0600. Records are added,
/// never changed; `StoreChain` and `StoreSeal` detect changes by others.
///
/// Uses a rollback journal and full synchronisation, including the journal's removal: a single file that can
/// be copied, and commits that survive a power failure.
public final class Store: Sendable {
  let queue: DatabaseQueue
  public let path: String

  /// Opens the store; creates it if missing.
  public convenience init(path: String) throws(StoreFailure) {
    if try !StoreFile.exists(path) { try StoreFile.make(path) }
    try self.init(opening: path)
  }

  /// The store; nil if no batch has ever been posted. Creates nothing.
  /// - Throws: if there may be a store that cannot be read; only a missing file means no store.
  public static func openIfPresent(_ path: String) throws(StoreFailure) -> Store? {
    try StoreFile.exists(path) ? try Store(opening: path) : nil
  }

  /// The store, if there is one, after checking that it is as the program left it.
  public static func openSound(_ path: String) throws(StoreFailure) -> Store? {
    let store = try openIfPresent(path)
    try store?.check()
    return store
  }

  private init(opening path: String) throws(StoreFailure) {
    self.path = path
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.prepareDatabase {
        try $0.execute(
          sql: "PRAGMA synchronous = EXTRA; PRAGMA cache_size = -65536; PRAGMA secure_delete = ON")
      }
      queue = try DatabaseQueue(path: path, configuration: configuration)
      // Write nothing into a file that is not a store.
      guard try queue.read(Self.isStore) else { throw StoreFailure.notAStore(path) }
      if try queue.read(StoreSchema.migrator.hasBeenSuperseded) { throw StoreFailure.newer(path) }
      // A trigger could change entries behind the chain, a view could replace a table.
      let foreign = try queue.read {
        try String.fetchOne(
          $0, sql: "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view') LIMIT 1")
      }
      if let foreign {
        throw StoreFailure.damaged(
          path,
          Bilingual(
            "记录库里有程序没有建立的触发器或视图：\(foreign)",
            "the store holds a trigger or view that the program did not make: \(foreign)"))
      }
      try migrate()
    } catch let error as StoreSchema.Contradiction {
      throw .damaged(
        path,
        Bilingual(
          "记录库（旧版）里批次 \(error.batch) 的各笔发放与它的合计不符，被改动过",
          "in the store (of an older version) the payments of batch \(error.batch) do not add up to its "
            + "total: it was changed"
        ))
    } catch {
      throw StoreFailure(error, path)
    }
  }

  private static func isStore(_ database: Database) throws -> Bool {
    if try Int64.fetchOne(database, sql: "PRAGMA application_id") == StoreSchema.applicationID { return true }
    // Versions 1 to 3 did not mark their files.
    return try database.tableExists("grdb_migrations") && database.tableExists("batch")
  }

  private func migrate() throws {
    if try queue.read(StoreSchema.migrator.hasCompletedMigrations) { return }
    let isSealed = try queue.read { try $0.tableExists("seal") }
    if isSealed { try check() }
    do {
      try StoreSchema.migrator.migrate(queue)
    } catch let error as DatabaseError {
      // Another run may have migrated the tables at the same moment; then nothing remains to be done.
      guard try queue.read(StoreSchema.migrator.hasCompletedMigrations) else { throw error }
    }
    try queue.vacuum()
    try queue.write(StoreSeal.breakOpen)
    seal()
  }

  // MARK: Reading and writing

  func read<T>(_ body: (Database) throws -> T) throws(StoreFailure) -> T {
    do { return try queue.read(body) } catch { throw StoreFailure(error, path) }
  }

  /// One transaction. Breaks the seal first and renews it at the end.
  func write<T>(seals: Bool = true, _ body: (Database) throws -> T) throws(StoreFailure) -> T {
    let result: T
    do {
      result = try queue.write { database in
        try StoreSeal.breakOpen(database)
        return try body(database)
      }
    } catch {
      throw StoreFailure(error, path)
    }
    if seals { seal() }
    return result
  }

  /// The transaction is committed, sealed or not: without a seal the tables are checked one by one.
  private func seal() { try? queue.write(StoreSeal.close) }

  /// Adds an entry: every row that `body` adds carries its number.
  static func add(_ kind: String, _ database: Database, _ body: (Int64) throws -> Void) throws {
    let mark = try StoreChain.mark(database)
    let number = try StoreChain.nextEntry(database)
    try body(number)
    try StoreChain.close(number, kind: kind, since: mark, database)
  }

  // MARK: Soundness

  /// Checks that the file is as the program left it.
  /// - Parameter wholly: check every page and entry even if the seal is intact.
  /// - Throws: `damaged`, with the problem.
  public func check(wholly: Bool = false) throws(StoreFailure) {
    let problem: Bilingual?
    do {
      problem = try queue.read { try Self.problem($0, wholly: wholly) }
    } catch {
      throw .damaged(
        path, Bilingual("记录库损坏，读不下去：\(error)", "the store is damaged and cannot be read: \(error)"))
    }
    if let problem { throw .damaged(path, problem) }
  }

  private static func problem(_ database: Database, wholly: Bool) throws -> Bilingual? {
    let seal = try StoreSeal.state(database)
    if seal == .sound, !wholly { return nil }
    let pages = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)") ?? ""
    if pages != "ok" {
      return Bilingual("记录库损坏：\(pages)", "the store is damaged: \(pages)")
    }
    if let broken = try StoreChain.firstBroken(database, StoreSchema.remembered(in: database)) {
      let batch = try String.fetchOne(
        database,
        sql: "SELECT batch FROM batch WHERE entry = ?", arguments: [broken])
      let name =
        batch.map { Bilingual("批次 \($0)", "batch \($0)") }
        ?? Bilingual(
          "第 \(broken) "
            + "项", "entry \(broken)")
      return Bilingual(
        "记录库里的记录被改动、增加或删除过：\(name.zh)",
        "what the store remembers was changed, added to or deleted: \(name.en)")
    }
    if seal == .broken {
      return Bilingual(
        "记录库文件被别的程序改写过（各笔记录都完好）",
        "the file of the store was rewritten by another program (every entry is whole)")
    }
    return nil
  }

  /// Seals a store whose entries are all intact although another program wrote to the file.
  /// - Throws: `damaged` if pages or entries are not intact.
  public func sealAgain() throws(StoreFailure) {
    do { try queue.write(StoreSeal.breakOpen) } catch { throw StoreFailure(error, path) }
    try check(wholly: true)
    seal()
  }

  // MARK: Batches

  public func posted(batch: String) throws(StoreFailure) -> PostedBatch? {
    try read { try Self.posted(batch, $0) }
  }

  static func posted(_ batch: String, _ database: Database) throws -> PostedBatch? {
    try Row.fetchOne(
      database, sql: "SELECT \(PostedBatch.columns) FROM batch WHERE batch = ?", arguments: [batch]
    ).map(PostedBatch.init)
  }

  /// In the order of posting.
  public func batches() throws(StoreFailure) -> [PostedBatch] {
    try read {
      try Row.fetchAll($0, sql: "SELECT \(PostedBatch.columns) FROM batch ORDER BY entry").map(
        PostedBatch.init)
    }
  }
}
