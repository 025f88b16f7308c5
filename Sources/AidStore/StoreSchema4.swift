internal import AidModel
internal import Foundation
internal import GRDB

/// Version 4: append-only entries, chained and sealed; awards as rows in the order of posting; a posted
/// batch's files, compressed, so that they can always be restored.
extension StoreSchema {
  static func fourth(_ database: Database) throws {
    try database.execute(
      sql: """
        ALTER TABLE batch RENAME TO batch_3;
        ALTER TABLE award RENAME TO award_3;
        ALTER TABLE invoice RENAME TO invoice_3;
        ALTER TABLE history RENAME TO history_3;
        DROP INDEX award_staff_no;
        """)
    try database.execute(sql: tables)
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    try takeOver(database)
    try database.execute(
      sql: """
        DROP TABLE invoice_3;
        DROP TABLE award_3;
        DROP TABLE batch_3;
        DROP TABLE history_3;
        """)
  }

  private static let tables = """
    -- What was added in one transaction: 'batch', 'import', 'placed'. See StoreChain.
    CREATE TABLE entry (
      number INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      digest BLOB NOT NULL
    ) STRICT;
    CREATE TABLE seal (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      digest BLOB NOT NULL
    ) STRICT;
    INSERT INTO seal VALUES (1, zeroblob(32));
    CREATE TABLE batch (
      entry INTEGER PRIMARY KEY,
      batch TEXT NOT NULL UNIQUE,
      title TEXT NOT NULL,
      pay_date TEXT NOT NULL,
      period_from TEXT,
      period_to TEXT,
      manifest_sha256 TEXT NOT NULL,
      paid_count INTEGER NOT NULL,
      paid_fen INTEGER NOT NULL,
      -- Where its results belong; a relative path counts from the store's folder. Empty: not known.
      out TEXT NOT NULL,
      -- Only of batches that an older version posted and whose staging folder had not got its name.
      staged_as TEXT
    ) STRICT;
    CREATE TABLE programme (
      id INTEGER PRIMARY KEY,
      entry INTEGER NOT NULL,
      programme TEXT NOT NULL,
      policy TEXT NOT NULL,
      title TEXT NOT NULL,
      issuer TEXT NOT NULL,
      source TEXT NOT NULL,
      fund TEXT
    ) STRICT;
    CREATE TABLE unit (
      id INTEGER PRIMARY KEY,
      entry INTEGER NOT NULL,
      name TEXT NOT NULL
    ) STRICT;
    CREATE TABLE award (
      id INTEGER PRIMARY KEY,
      entry INTEGER NOT NULL,
      programme INTEGER NOT NULL,
      unit INTEGER NOT NULL,
      record TEXT NOT NULL,
      staff_no TEXT NOT NULL,
      name TEXT NOT NULL,
      id_number TEXT NOT NULL,
      account TEXT NOT NULL,
      outcome TEXT NOT NULL,
      fen INTEGER NOT NULL CHECK (fen >= 0)
    ) STRICT;
    CREATE TABLE invoice (
      id INTEGER PRIMARY KEY,
      entry INTEGER NOT NULL,
      award INTEGER NOT NULL,
      number TEXT NOT NULL
    ) STRICT;
    -- A file of the batch's results.
    CREATE TABLE file (
      id INTEGER PRIMARY KEY,
      entry INTEGER NOT NULL,
      path TEXT NOT NULL,
      mode INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      size INTEGER NOT NULL
    ) STRICT;
    -- A piece of a file as one gzip member. Of explanations: whole lines, one an award from `award` on.
    CREATE TABLE block (
      id INTEGER PRIMARY KEY,
      entry INTEGER NOT NULL,
      file INTEGER NOT NULL,
      award INTEGER,
      awards INTEGER NOT NULL,
      size INTEGER NOT NULL,
      packed BLOB NOT NULL
    ) STRICT;
    -- The results of a batch have got their place.
    CREATE TABLE placed (
      entry INTEGER PRIMARY KEY,
      batch INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE history (
      id INTEGER PRIMARY KEY,
      entry INTEGER NOT NULL,
      batch TEXT NOT NULL,
      programme TEXT NOT NULL,
      staff_no TEXT NOT NULL,
      id_number TEXT NOT NULL,
      fen INTEGER NOT NULL,
      paid_on TEXT NOT NULL,
      status TEXT NOT NULL,
      ordinal INTEGER NOT NULL,
      UNIQUE (batch, programme, staff_no, id_number, fen, paid_on, ordinal)
    ) STRICT;
    """

  /// Converts the contents of versions 1 to 3 to entries: first imports, then each batch.
  private static func takeOver(_ database: Database) throws {
    if try Int.fetchOne(database, sql: "SELECT count(*) FROM history_3") ?? 0 > 0 {
      let mark = try StoreChain.mark(database, remembered4)
      let number = try StoreChain.nextEntry(database)
      try database.execute(
        sql: """
          INSERT INTO history (entry, batch, programme, staff_no, id_number, fen, paid_on, status, ordinal)
          SELECT ?, batch, programme, staff_no, id_number, fen, paid_on, status, ordinal FROM history_3 ORDER BY rowid
          """, arguments: [number])
      try StoreChain.close(number, kind: "import", since: mark, database)
    }
    for batch in try Row.fetchAll(database, sql: "SELECT * FROM batch_3 ORDER BY sequence") {
      try takeOver(batch, database)
    }
  }

  private static func takeOver(_ batch: Row, _ database: Database) throws {
    let mark = try StoreChain.mark(database, remembered4)
    let number = try StoreChain.nextEntry(database)
    let name: String = batch["batch"]
    try refuseContradiction(batch, database)
    try database.execute(
      sql: """
        INSERT INTO batch SELECT ?, batch, title, pay_date, period_from, period_to, manifest_sha256, paid_count,
          paid_fen, '', staged_as FROM batch_3 WHERE batch = ?
        """, arguments: [number, name])
    try database.execute(
      sql: """
        INSERT INTO programme (entry, programme, policy, title, issuer, source, fund)
        SELECT ?, programme, policy, '', '', '', fund FROM award_3 WHERE batch = ?
        GROUP BY programme, policy, fund ORDER BY min(rowid)
        """, arguments: [number, name])
    try database.execute(
      sql:
        "INSERT INTO unit (entry, name) SELECT DISTINCT ?, unit FROM award_3 WHERE batch = ? ORDER BY unit",
      arguments: [number, name])
    let before = try Int64.fetchOne(database, sql: "SELECT max(id) FROM award") ?? 0
    try database.execute(
      sql: """
        INSERT INTO award (entry, programme, unit, record, staff_no, name, id_number, account, outcome, fen)
        SELECT ?1, p.id, u.id, a.record, a.staff_no, a.name, a.id_number, a.account, a.outcome, a.fen
        FROM award_3 a
        JOIN programme p ON p.entry = ?1 AND p.programme = a.programme AND p.policy = a.policy AND p.fund IS a.fund
        JOIN unit u ON u.entry = ?1 AND u.name = a.unit
        WHERE a.batch = ?2 ORDER BY a.rowid
        """, arguments: [number, name])
    try database.execute(
      sql: """
        INSERT INTO invoice (entry, award, number)
        SELECT ?1, a.id, i.number
        FROM award a JOIN award_3 o ON o.record = a.record JOIN invoice_3 i ON i.record = o.record
        WHERE a.entry = ?1 ORDER BY i.rowid
        """, arguments: [number])
    try packExplanations(of: name, entry: number, after: before, database)
    try StoreChain.close(number, kind: "batch", since: mark, database)
    guard (batch["staged_as"] as String?) == nil else { return }
    let placed = try StoreChain.mark(database, remembered4)
    try database.execute(
      sql: "INSERT INTO placed (entry, batch) VALUES (?, ?)", arguments: [number + 1, number])
    try StoreChain.close(number + 1, kind: "placed", since: placed, database)
  }

  /// A batch whose awards do not match its totals was altered before there was a chain to show it.
  private static func refuseContradiction(_ batch: Row, _ database: Database) throws {
    let sum = try Row.fetchOne(
      database,
      sql: """
        SELECT count(*) AS count, coalesce(sum(fen), 0) AS fen FROM award_3 WHERE batch = ? AND outcome = 'paid'
        """, arguments: [batch["batch"] as String])
    guard let sum, (sum["count"] as Int) == batch["paid_count"], (sum["fen"] as Int64) == batch["paid_fen"]
    else {
      throw Contradiction(batch: batch["batch"])
    }
  }

  /// An older store in which a batch contradicts its awards.
  struct Contradiction: Error { let batch: String }

  /// Converts explanations, until now one text per award, to packed blocks of the file they were written to.
  private static func packExplanations(
    of batch: String, entry: Int64, after before: Int64, _ database: Database
  ) throws {
    let file = (try Int64.fetchOne(database, sql: "SELECT max(id) FROM file") ?? 0) + 1
    var (hash, size, award) = (SHA256(), 0, before + 1)
    let lines = try RawStatement(database, "SELECT explanation FROM award_3 WHERE batch = ?1 ORDER BY rowid")
    let name = Array(batch.utf8)
    try name.withUnsafeBytes { bytes in
      lines.bind(1, text: bytes)
      var text = TextBuffer()
      var (count, more) = (0, try lines.step())
      while more {
        text.append(lines.bytes(0))
        text.append(10)
        count += 1
        more = try lines.step()
        guard count == StoredFile.awardsInBlock || !more else { continue }
        try text.withBytes { text in
          hash.update(text)
          size += text.count
          var packed = TextBuffer()
          Gzip.append(text, to: &packed)
          try database.execute(
            sql: "INSERT INTO block (entry, file, award, awards, size, packed) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [entry, file, award, count, text.count, packed.withBytes { Data($0) }])
        }
        award += Int64(count)
        count = 0
        text.removeAll()
      }
    }
    if size == 0 { return }
    try database.execute(
      sql: "INSERT INTO file (id, entry, path, mode, sha256, size) VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [file, entry, StoredFile.explanations, 0o600, SHA256.hex(hash.finish()), size])
  }
}
