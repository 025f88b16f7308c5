internal import GRDB
import Glibc

/// The tables, version by version. A version once shipped is never changed; a change is a new one.
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
    return migrator
  }()
}

enum StoreFile {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The file holds personal numbers: nobody else may read it, from its first byte on.
  static func makePrivate(_ path: String) {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if file >= 0 { close(file) }
  }
}
