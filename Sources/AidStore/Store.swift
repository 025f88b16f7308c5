public import AidModel
internal import GRDB

/// A store that cannot be used.
public struct StoreFailure: Error, Sendable {
  public enum Reason: Sendable { case unusable, alreadyPosted, changed }
  public let reason: Reason
  public let path: String
  public let what: Bilingual
  public let remedy: Bilingual
}

/// A batch as the store remembers it.
public struct PostedBatch: Sendable {
  public let batch: String
  public let title: String
  public let payDate: CivilDate
  /// Nil for batches of a store that did not keep it.
  public let period: Period?
  public let manifestSHA256: String
  public let paidCount: Int
  public let paidTotal: Money
  /// The staging folder whose rename is not yet confirmed; nil when all is in place.
  public let stagedAs: String?

  public init(_ report: BatchReport, manifestSHA256: String, stagedAs: String?) {
    batch = report.batch
    title = report.title
    payDate = report.facts.payDate
    period = report.facts.period
    self.manifestSHA256 = manifestSHA256
    paidCount = report.book.entries.count { $0.outcome == .paid }
    paidTotal = report.book.paid
    self.stagedAs = stagedAs
  }

  fileprivate init(_ row: Row) {
    batch = row["batch"]
    title = row["title"]
    payDate = CivilDate(iso: row["pay_date"]) ?? CivilDate(dayNumber: 0)
    let from = (row["period_from"] as String?).flatMap(CivilDate.init(iso:))
    let to = (row["period_to"] as String?).flatMap(CivilDate.init(iso:))
    period = from.flatMap { from in to.flatMap { Period(from: from, to: $0) } }
    manifestSHA256 = row["manifest_sha256"]
    paidCount = row["paid_count"]
    paidTotal = Money(fen: row["paid_fen"])
    stagedAs = row["staged_as"]
  }
}

/// Everything kept of one award: the payment and its whole explanation.
public struct StoredAward: Sendable {
  public let award: Award
  public let fund: String?
  /// The line of explanations.jsonl.
  public let explanation: String
  /// Keys of the invoices that were paid for.
  public let invoices: [String]

  public init(award: Award, fund: String?, explanation: String, invoices: [String] = []) {
    self.award = award
    self.fund = fund
    self.explanation = explanation
    self.invoices = invoices
  }
}

/// The memory of posted batches: one SQLite file, readable by anything, mode 0600.
///
/// Rollback journal and full synchronisation: one file that can be copied, and a commit that survives a power cut.
public final class Store: Sendable {
  private let queue: DatabaseQueue
  private let path: String

  /// Opens the store, making it when it is not there.
  public convenience init(path: String) throws(StoreFailure) { try self.init(path, makes: true) }

  /// The store, or nil when no batch has ever been posted. Nothing is created.
  public static func openIfPresent(_ path: String) throws(StoreFailure) -> Store? {
    StoreFile.exists(path) ? try Store(path, makes: false) : nil
  }

  private init(_ path: String, makes: Bool) throws(StoreFailure) {
    self.path = path
    if makes { StoreFile.makePrivate(path) }
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      queue = try DatabaseQueue(path: path, configuration: configuration)
      do {
        try StoreSchema.migrator.migrate(queue)
      } catch {
        // Another run may have made the tables at the same moment; then there is nothing left to do.
        try StoreSchema.migrator.migrate(queue)
      }
      let isNewer = try queue.read { try StoreSchema.migrator.hasBeenSuperseded($0) }
      if isNewer { throw NewerStore() }
    } catch {
      throw Self.failure(error, path)
    }
  }

  private struct NewerStore: Error {}

  private static func failure(_ error: any Error, _ path: String) -> StoreFailure {
    if error is NewerStore {
      return StoreFailure(
        reason: .unusable, path: path,
        what: Bilingual("记录库由更新版本的程序建立", "the store was made by a newer version"),
        remedy: Bilingual("请改用新版本的 aidledger。", "Use the newer aidledger."))
    }
    let text = (error as? DatabaseError)?.message ?? "\(error)"
    return StoreFailure(
      reason: .unusable, path: path,
      what: Bilingual("记录库打不开或写不了：\(text)", "the store cannot be used: \(text)"),
      remedy: Bilingual(
        "请检查路径、权限和磁盘空间；文件损坏时请从备份恢复。",
        "Check path, permissions and disk space; restore a damaged file from its backup."))
  }

  private func read<T>(_ body: (Database) throws -> T) throws(StoreFailure) -> T {
    do { return try queue.read(body) } catch { throw Self.failure(error, path) }
  }

  private func write<T>(_ body: (Database) throws -> T) throws(StoreFailure) -> T {
    do { return try queue.write(body) } catch let error as StoreFailure { throw error } catch {
      throw Self.failure(error, path)
    }
  }

  public func posted(batch: String) throws(StoreFailure) -> PostedBatch? {
    try read {
      try Row.fetchOne($0, sql: "SELECT * FROM batch WHERE batch = ?", arguments: [batch]).map(
        PostedBatch.init)
    }
  }

  /// In the order they were posted.
  public func batches() throws(StoreFailure) -> [PostedBatch] {
    try read { try Row.fetchAll($0, sql: "SELECT * FROM batch ORDER BY sequence").map(PostedBatch.init) }
  }

  /// Remembers a batch and all its awards in one transaction.
  /// - Parameter seen: what the store held when the batch was calculated. If another batch has been posted since, caps
  ///   and invoices were not looked at with it.
  /// - Throws: `alreadyPosted` when the batch is there, `changed`; then nothing changes.
  public func post(
    _ batch: PostedBatch, entries: some Sequence<StoredAward>, seen: StoreStamp? = nil
  ) throws(StoreFailure) {
    try write { database in
      if let seen, try Self.stamp(database) != seen {
        throw StoreFailure(
          reason: .changed, path: path,
          what: Bilingual("计算期间另一批次入了账", "another batch was posted while this one was calculated"),
          remedy: Bilingual(
            "没有发放任何款项。请重新运行，新的已发记录会计入。", "Nothing was paid. Run again: what was paid then counts."))
      }
      let known =
        try Int.fetchOne(
          database, sql: "SELECT count(*) FROM batch WHERE batch = ?", arguments: [batch.batch]) ?? 0
      if known > 0 {
        throw StoreFailure(
          reason: .alreadyPosted, path: path,
          what: Bilingual("批次 \(batch.batch) 已经入账", "batch \(batch.batch) is already posted"),
          remedy: Bilingual("核对用 aidledger verify。", "Check it with `aidledger verify`."))
      }
      try database.execute(
        sql: """
          INSERT INTO batch (batch, title, pay_date, manifest_sha256, paid_count, paid_fen, staged_as,
            period_from, period_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          batch.batch, batch.title, batch.payDate.description, batch.manifestSHA256, batch.paidCount,
          batch.paidTotal.fen, batch.stagedAs, batch.period?.from.description, batch.period?.to.description,
        ])
      let statement = try database.makeStatement(
        sql: """
          INSERT INTO award (record, batch, programme, policy, fund, staff_no, name, id_number, unit, account,
            outcome, fen, explanation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """)
      let invoice = try database.makeStatement(sql: "INSERT INTO invoice (record, number) VALUES (?, ?)")
      for entry in entries {
        let award = entry.award
        try statement.execute(arguments: [
          award.record, batch.batch, award.programme, award.policy, entry.fund, award.staffNo, award.name,
          award.idNumber, award.unit, award.claimant.payee.account, award.outcome.rawValue, award.amount.fen,
          entry.explanation,
        ])
        for number in entry.invoices { try invoice.execute(arguments: [award.record, number]) }
      }
    }
  }

  /// Says that the staging folder has got its name.
  public func finishPosting(batch: String) throws(StoreFailure) {
    try write { try $0.execute(sql: "UPDATE batch SET staged_as = NULL WHERE batch = ?", arguments: [batch]) }
  }

  /// Payments of batches posted before this one (all of them while it is not posted), and imported ones of batches the
  /// store did not post itself.
  public func payments(before batch: String) throws(StoreFailure) -> EarlierPayments {
    try read { database in
      let own = try Int.fetchOne(
        database, sql: "SELECT sequence FROM batch WHERE batch = ?", arguments: [batch])
      let posted = try Row.fetchAll(
        database,
        sql: """
          SELECT a.batch, a.programme, a.staff_no, a.id_number, a.fen, b.pay_date AS paid_on, 'paid' AS status,
            b.period_from, b.period_to
          FROM award a JOIN batch b USING (batch)
          WHERE a.outcome = 'paid' AND b.sequence < ?
          ORDER BY 6, 1, 2, 3, 4, 5
          """, arguments: [own ?? Int.max])
      let imported = try Row.fetchAll(
        database,
        sql: """
          SELECT batch, programme, staff_no, id_number, fen, paid_on, status, NULL AS period_from,
            NULL AS period_to FROM history
          WHERE batch NOT IN (SELECT batch FROM batch)
          ORDER BY 6, 1, 2, 3, 4, 5
          """)
      let invoices = try Row.fetchAll(
        database,
        sql: """
          SELECT i.number, a.batch, a.staff_no
          FROM invoice i JOIN award a USING (record) JOIN batch b USING (batch)
          WHERE b.sequence < ?
          ORDER BY 1, b.sequence, 3
          """, arguments: [own ?? Int.max])
      return EarlierPayments(
        posted: posted.map(Self.payment), imported: imported.map(Self.payment),
        invoices: invoices.map {
          PaidInvoice(key: $0["number"], batch: $0["batch"], staffNo: $0["staff_no"])
        }, stamp: try Self.stamp(database))
    }
  }

  private static func stamp(_ database: Database) throws -> StoreStamp {
    StoreStamp(
      batches: try Int.fetchOne(database, sql: "SELECT max(sequence) FROM batch") ?? 0,
      imported: try Int.fetchOne(database, sql: "SELECT count(*) FROM history") ?? 0)
  }

  /// Whether payments of a batch were imported: it was paid, though not by this store.
  public func hasImported(batch: String) throws(StoreFailure) -> Bool {
    try read {
      try Int.fetchOne(
        $0, sql: "SELECT 1 FROM history WHERE batch = ? LIMIT 1", arguments: [batch]) != nil
    }
  }

  private static func payment(_ row: Row) -> PastPayment {
    let ends = [row["period_from"] as String?, row["period_to"] as String?].map {
      $0.flatMap(CivilDate.init(iso:))
    }
    return PastPayment(
      batch: row["batch"], programme: row["programme"], staffNo: row["staff_no"], idNumber: row["id_number"],
      amount: Money(fen: row["fen"]), paidOn: CivilDate(iso: row["paid_on"]) ?? CivilDate(dayNumber: 0),
      status: row["status"], term: ends[0].flatMap { from in ends[1].flatMap { Period(from: from, to: $0) } })
  }

  /// Adds payments made before the store existed; ones already there are left alone.
  /// - Returns: how many were new.
  public func importHistory(_ payments: [PastPayment]) throws(StoreFailure) -> Int {
    try write { database in
      var added = 0
      var seen: [String: Int] = [:]
      for payment in payments {
        let key = [
          payment.batch, payment.programme, payment.staffNo, payment.idNumber, payment.amount.plain,
          payment.paidOn.description,
        ].joined(separator: "\u{1F}")
        // Two rows of one person may have got the same amount.
        let ordinal = seen[key, default: 0]
        seen[key] = ordinal + 1
        try database.execute(
          sql: """
            INSERT OR IGNORE INTO history (batch, programme, staff_no, id_number, fen, paid_on, status, ordinal)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            payment.batch, payment.programme, payment.staffNo, payment.idNumber, payment.amount.fen,
            payment.paidOn.description, payment.status, ordinal,
          ])
        added += database.changesCount
      }
      return added
    }
  }
}
