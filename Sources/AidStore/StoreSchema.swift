internal import GRDB

/// The tables, version by version. A released version is never changed; every change is a new version.
enum StoreSchema {
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(
        sql: """
          CREATE TABLE batch (
            sequence INTEGER PRIMARY KEY,
            batch TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            pay_date TEXT NOT NULL,
            manifest_sha256 TEXT NOT NULL,
            paid_count INTEGER NOT NULL,
            paid_fen INTEGER NOT NULL,
            staged_as TEXT
          ) STRICT;
          CREATE TABLE award (
            record TEXT PRIMARY KEY,
            batch TEXT NOT NULL REFERENCES batch (batch),
            programme TEXT NOT NULL,
            policy TEXT NOT NULL,
            fund TEXT,
            staff_no TEXT NOT NULL,
            name TEXT NOT NULL,
            id_number TEXT NOT NULL,
            unit TEXT NOT NULL,
            account TEXT NOT NULL,
            outcome TEXT NOT NULL,
            fen INTEGER NOT NULL CHECK (fen >= 0),
            explanation TEXT NOT NULL
          ) STRICT;
          CREATE INDEX award_staff_no ON award (staff_no);
          CREATE TABLE history (
            batch TEXT NOT NULL,
            programme TEXT NOT NULL,
            staff_no TEXT NOT NULL,
            id_number TEXT NOT NULL,
            fen INTEGER NOT NULL,
            paid_on TEXT NOT NULL,
            status TEXT NOT NULL,
            UNIQUE (batch, programme, staff_no, id_number, fen, paid_on)
          ) STRICT;
          """)
    }
    migrator.registerMigration("2") { database in
      try database.execute(
        sql: """
          CREATE TABLE invoice (
            record TEXT NOT NULL REFERENCES award (record),
            number TEXT NOT NULL
          ) STRICT;
          """)
    }
    migrator.registerMigration("3") { database in
      try database.execute(
        sql: """
          ALTER TABLE batch ADD COLUMN period_from TEXT;
          ALTER TABLE batch ADD COLUMN period_to TEXT;
          CREATE TABLE history_new (
            batch TEXT NOT NULL,
            programme TEXT NOT NULL,
            staff_no TEXT NOT NULL,
            id_number TEXT NOT NULL,
            fen INTEGER NOT NULL,
            paid_on TEXT NOT NULL,
            status TEXT NOT NULL,
            -- Of payments that are the same in everything, from 0.
            ordinal INTEGER NOT NULL,
            UNIQUE (batch, programme, staff_no, id_number, fen, paid_on, ordinal)
          ) STRICT;
          INSERT INTO history_new SELECT batch, programme, staff_no, id_number, fen, paid_on, status, 0 FROM history;
          DROP TABLE history;
          ALTER TABLE history_new RENAME TO history;
          """)
    }
    migrator.registerMigration("4") { try fourth($0) }
    migrator.registerMigration("5") { try fifth($0) }
    migrator.registerMigration("6") { try sixth($0) }
    migrator.registerMigration("7") { try seventh($0) }
    return migrator
  }()

  /// Marks the file as a store in the SQLite header: "AidL".
  static let applicationID: Int64 = 0x4169_644C

  /// A table whose rows are added and never changed, each naming its entry.
  struct Remembered {
    let name: String
    /// The integer key, ascending in the order of insertion.
    let key: String
    let columns: String

    func rows(where condition: String) -> String {
      "SELECT entry, \(columns) FROM \(name) WHERE \(condition) ORDER BY \(key)"
    }
  }

  /// All tables the store remembers, by version. The chain covers them in this order; a version that changes
  /// a table here must end with `StoreChain.rebuild`.
  static let rememberedByVersion: [(version: String, tables: [Remembered])] = [
    ("4", remembered4), ("5", remembered5), ("6", remembered6), ("7", remembered7),
  ]

  static var remembered: [Remembered] { rememberedByVersion[rememberedByVersion.count - 1].tables }

  /// The tables of the store's present version.
  static func remembered(in database: Database) throws -> [Remembered] {
    let applied = try migrator.appliedIdentifiers(database)
    return rememberedByVersion.last { applied.contains($0.version) }?.tables ?? []
  }

  static let remembered4 = [
    Remembered(
      name: "batch", key: "entry",
      columns: "batch, title, pay_date, period_from, period_to, manifest_sha256, paid_count, paid_fen, "
        + "out, staged_as"),
    Remembered(name: "programme", key: "id", columns: "id, programme, policy, title, issuer, source, fund"),
    Remembered(name: "unit", key: "id", columns: "id, name"),
    Remembered(
      name: "award", key: "id",
      columns: "id, programme, unit, record, staff_no, name, id_number, account, outcome, fen"),
    Remembered(name: "invoice", key: "id", columns: "id, award, number"),
    Remembered(name: "file", key: "id", columns: "id, path, mode, sha256, size"),
    Remembered(name: "block", key: "id", columns: "id, file, award, awards, size, packed"),
    Remembered(name: "placed", key: "entry", columns: "batch"),
    Remembered(
      name: "history", key: "id",
      columns: "id, batch, programme, staff_no, id_number, fen, paid_on, status, ordinal"),
  ]
}
