internal import GRDB

/// Version 5: lists of payments as imported; the contents of paid rows; what each batch paid out of funds.
extension StoreSchema {
  static func fifth(_ database: Database) throws {
    try database.execute(
      sql: """
        -- What the paid rows of an award said: sixteen bytes a row.
        ALTER TABLE award ADD COLUMN rows BLOB;
        -- Zeros in front and the case of letters may differ in a list; who is meant is decided by those who look.
        CREATE INDEX award_staff_no ON award (upper(ltrim(staff_no, '0')));
        CREATE INDEX award_id_number ON award (id_number);
        -- Of who is known by one number alone the name matters too.
        CREATE INDEX award_name ON award (name) WHERE staff_no = '' OR id_number = '';

        -- What a posted batch paid out of each fund.
        CREATE TABLE fund (
          id INTEGER PRIMARY KEY,
          entry INTEGER NOT NULL,
          fund TEXT NOT NULL,
          fen INTEGER NOT NULL
        ) STRICT;
        INSERT INTO fund (entry, fund, fen)
          SELECT a.entry, p.fund, sum(a.fen) FROM award a JOIN programme p ON p.id = a.programme
          WHERE a.outcome = 'paid' AND p.fund IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2;

        -- A list as it came. What is of one entry came together.
        CREATE TABLE history_list (
          id INTEGER PRIMARY KEY,
          entry INTEGER NOT NULL,
          -- The file's name, without its folders.
          name TEXT NOT NULL
        ) STRICT;
        CREATE TABLE history_line (
          id INTEGER PRIMARY KEY,
          entry INTEGER NOT NULL,
          list INTEGER NOT NULL,
          -- The row of the sheet; 0: not known.
          row INTEGER NOT NULL,
          batch TEXT NOT NULL,
          -- As the list calls it: an id, a title, any name of the programme.
          programme TEXT NOT NULL,
          staff_no TEXT NOT NULL,
          id_number TEXT NOT NULL,
          name TEXT NOT NULL,
          fen INTEGER NOT NULL,
          paid_on TEXT NOT NULL,
          -- The list's own word.
          status TEXT NOT NULL,
          -- What the word meant when the list came; NULL where nobody looked.
          state TEXT
        ) STRICT;
        INSERT INTO history_list SELECT DISTINCT entry, entry, '' FROM history ORDER BY entry;
        INSERT INTO history_line (entry, list, row, batch, programme, staff_no, id_number, name, fen, paid_on, status)
          SELECT entry, entry, 0, batch, programme, staff_no, id_number, '', fen, paid_on, status FROM history
          ORDER BY id;
        DROP TABLE history;
        CREATE INDEX history_staff_no ON history_line (upper(ltrim(staff_no, '0')));
        CREATE INDEX history_id_number ON history_line (id_number);
        CREATE INDEX history_name ON history_line (name) WHERE staff_no = '' OR id_number = '';
        """)
    try StoreChain.rebuild(database, remembered5)
  }

  static let remembered5 =
    remembered4.filter { $0.name != "award" && $0.name != "history" } + [
      Remembered(
        name: "award", key: "id",
        columns: "id, programme, unit, record, staff_no, name, id_number, account, outcome, fen, rows"),
      Remembered(name: "fund", key: "id", columns: "id, fund, fen"),
      Remembered(name: "history_list", key: "id", columns: "id, name"),
      Remembered(
        name: "history_line", key: "id",
        columns: "id, list, row, batch, programme, staff_no, id_number, name, fen, paid_on, status, state"),
    ]
}
