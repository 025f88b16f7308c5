internal import GRDB

/// Version 7: what paid rows said, in words; by what else a person is known again; what exported lists tell of it.
extension StoreSchema {
  static func seventh(_ database: Database) throws {
    try database.execute(
      sql: """
        -- Beside the account the only way to know one person under two numbers.
        ALTER TABLE award ADD COLUMN phone TEXT NOT NULL DEFAULT '';
        -- What the paid rows said: amounts, days, hashes of words, invoices. NULL where an older version posted it,
        -- which kept digests alone (rows).
        ALTER TABLE award ADD COLUMN said TEXT;
        -- Somebody of the same name may be the same person under another number.
        DROP INDEX award_name;
        CREATE INDEX award_name ON award (name);

        ALTER TABLE history_line ADD COLUMN account TEXT NOT NULL DEFAULT '';
        ALTER TABLE history_line ADD COLUMN phone TEXT NOT NULL DEFAULT '';
        -- The term of the batch it was paid in; NULL where the list does not say.
        ALTER TABLE history_line ADD COLUMN period_from TEXT;
        ALTER TABLE history_line ADD COLUMN period_to TEXT;
        ALTER TABLE history_line ADD COLUMN said TEXT NOT NULL DEFAULT '';
        DROP INDEX history_name;
        CREATE INDEX history_name ON history_line (name);
        """)
    try StoreChain.rebuild(database, remembered7)
  }

  static let remembered7 =
    remembered6.filter { $0.name != "award" && $0.name != "history_line" } + [
      Remembered(
        name: "award", key: "id",
        columns:
          "id, programme, unit, record, staff_no, name, id_number, account, outcome, fen, rows, breakdown, "
          + "phone, said"),
      Remembered(
        name: "history_line", key: "id",
        columns:
          "id, list, row, batch, programme, staff_no, id_number, name, fen, paid_on, status, state, record, "
          + "breakdown, account, phone, period_from, period_to, said"),
    ]
}
